"""An old address leads to the new one: from the disk, under a strict policy, and by a rule of a server."""

import subprocess
import time
import urllib.request

import pytest
from conftest import build_site
from edited import copied, run
from served import Served, end_process, free_port

ENDS = [("", ""), ("#s2", "#s2")]


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Return the site of a plan with an item that was renamed and one that was replaced."""
    folder = copied("tiny", tmp_path_factory.mktemp("moved"))
    for words in (
        ["publish"],
        ["rename", "less-runoff", "dry-fields"],
        ["new", "step", "fewer-fumes", "--under", "clean-air"],
        ["publish"],
        ["remove", "fewer-fumes", "--replaced-by", "dry-fields"],
    ):
        assert run(*words, "--plan", folder).exit_code == 0
    return build_site(folder, tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize(("end", "kept"), ENDS)
def test_from_the_disk(tab, moved, end, kept):
    page = tab((moved / "steps" / "less-runoff.html").as_uri() + end)
    page.wait_for_url("**/dry-fields.html" + kept)
    assert page.get_by_role("heading", level=1).inner_text().strip() == "Less runoff"


def test_without_scripts(tab, moved):
    page = tab((moved / "steps" / "less-runoff.html").as_uri(), java_script_enabled=False)
    page.wait_for_url("**/dry-fields.html")


def test_a_place_on_what_was_replaced_is_none_on_what_replaces_it(tab, moved):
    page = tab((moved / "steps" / "fewer-fumes.html").as_uri() + "#s2")
    page.wait_for_url("**/dry-fields.html")


def test_in_a_folder_of_a_server_under_a_strict_policy(tab, moved):
    server = Served(moved)
    try:
        page = tab(server.address + "steps/less-runoff.html#s1")
        page.wait_for_url(server.address + "steps/dry-fields.html#s1")
        page.wait_for_load_state("networkidle")  # else the end of the server would be a fault
    finally:
        server.close()


def test_by_the_rules_for_nginx(nginx, moved, tmp_path):
    port = free_port()
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "sub").symlink_to(moved)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}; proxy_temp_path {tmp_path};\n"
        f"  fastcgi_temp_path {tmp_path}; uwsgi_temp_path {tmp_path}; scgi_temp_path {tmp_path};\n"
        f"  server {{ listen 127.0.0.1:{port}; root {tmp_path}/www;\n"
        f"    include {moved}/redirects/nginx.conf; }} }}\n",
        encoding="utf-8",
    )
    subprocess.run([nginx, "-t", "-q", "-c", config, "-e", tmp_path / "log"], check=True)
    process = subprocess.Popen([nginx, "-c", config, "-e", tmp_path / "log"])
    try:
        assert _answer(port, "/sub/steps/less-runoff.html") == "/sub/steps/dry-fields.html"
        assert _answer(port, "/sub/steps/fewer-fumes.html") == "/sub/steps/dry-fields.html"
        assert _answer(port, "/sub/steps/dry-fields.html") == "/sub/steps/dry-fields.html"
        assert _answer(port, "//example.org/steps/less-runoff.html").startswith("/")
    finally:
        end_process(process)


def _answer(port: int, path: str) -> str:
    """Return the path at which a request for *path* ends on the server."""
    address = f"http://127.0.0.1:{port}"
    for attempt in range(600):
        try:
            with urllib.request.urlopen(address + path, timeout=5) as response:
                return response.url.removeprefix(address)
        except urllib.error.HTTPError as error:
            return error.url.removeprefix(address)
        except urllib.error.URLError:
            if attempt == 599:
                raise
            time.sleep(0.05)
    return ""
