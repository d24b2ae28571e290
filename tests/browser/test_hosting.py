"""The examples in hosting/: what they say, the site works under, on a real server, below a folder."""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from need import need
from served import POLICY, end_process, free_port

from plan_explorer.package_files import builtin_templates

HOSTING = builtin_templates() / "starter" / "hosting"
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/log;
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  include {folder}/plan.conf;
}}
"""


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def hosted(request, sites, tmp_path_factory):
    """Return the address of the first plan's site on a server that is set up by the example."""
    folder = tmp_path_factory.mktemp(request.param)
    folder.chmod(0o755)
    port = free_port()
    command = {"nginx": nginx_command, "caddy": caddy_command}[request.param]
    with (folder / "errors").open("wb") as errors:
        server = subprocess.Popen(
            command(request, folder, str(sites("real")), port),
            stderr=errors,
            env={**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        )
    for _ in range(600):
        with socket.socket() as knock:
            if not knock.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.05)
    assert server.poll() is None, (folder / "errors").read_text(encoding="utf-8")
    yield f"http://127.0.0.1:{port}/plan/"
    end_process(server)


def nginx_command(request, folder: Path, site: str, port: int) -> list[str]:
    example = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    example = example.replace("listen 80", f"listen 127.0.0.1:{port}")
    (folder / "plan.conf").write_text(example.replace("/srv/plan-explorer/site", site))
    conf = NGINX.format(folder=folder, port=port)
    (folder / "nginx.conf").write_text(f"user root;\n{conf}" if os.geteuid() == 0 else conf)
    return [request.getfixturevalue("nginx"), "-c", str(folder / "nginx.conf")]


def caddy_command(request, folder: Path, site: str, port: int) -> list[str]:
    caddy = need("caddy", "install it to test hosting/: apt install caddy", shutil.which("caddy"))
    example = (HOSTING / "Caddyfile").read_text(encoding="utf-8")
    example = example.replace("plan.example.org", f"http://127.0.0.1:{port}")
    example = example.replace("/srv/plan-explorer/site", site)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{example}", encoding="utf-8")
    return [caddy, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def answer(address: str):
    try:
        return urllib.request.urlopen(address, timeout=60)
    except urllib.error.HTTPError as error:
        return error


def test_every_page_and_asset_is_answered_with_its_type_and_the_policy(hosted, sites):
    types = {".html": "text/html", ".css": "text/css", ".js": "javascript", ".svg": "image/svg+xml"}
    paths = [path for path in sites("real").rglob("*") if path.suffix in types]
    assert len(paths) > 100
    for path in paths[:: max(1, len(paths) // 60)]:
        with answer(hosted + path.relative_to(sites("real")).as_posix()) as got:
            assert got.status == 200, path
            assert types[path.suffix] in got.headers["Content-Type"]
            assert got.headers["Content-Security-Policy"] == POLICY


def test_a_folder_without_its_slash_leads_on_and_a_missing_page_is_ours(hosted, sites):
    with answer(hosted.rstrip("/")) as got:
        assert got.url == hosted
    with answer(hosted + "no/such/page.html") as got:
        assert (got.code, got.read()) == (404, (sites("real") / "404.html").read_bytes())
        assert got.headers["Content-Security-Policy"] == POLICY


def test_an_address_that_was_cut_off_leads_on(hosted):
    with answer(hosted + "tasks/") as got:
        assert got.status == 200
        assert b'<meta http-equiv="refresh"' in got.read()
    with answer(hosted + "about") as got, answer(hosted + "about.html") as whole:
        assert got.status == 200
        assert got.read() == whole.read()
    with answer(hosted + "actors") as got:
        assert got.url == hosted + "actors/"


def test_the_site_works_there(tab, hosted):
    page = tab(hosted)
    page.locator(".px-tabbar a").nth(1).click()
    page.wait_for_url(re.compile(re.escape(hosted) + "."))
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("F1.2")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(hosted) + "tasks/"))


def test_the_other_examples_say_the_same_as_that_for_nginx():
    nginx_says = re.findall(r'add_header (\S+) "?([^"]*?)"? always;', (HOSTING / "nginx.conf").read_text())
    file_says = re.findall(r"^  (\S+): (.*)$", (HOSTING / "_headers").read_text(), re.MULTILINE)
    caddy = (HOSTING / "Caddyfile").read_text(encoding="utf-8")
    caddy_says = re.findall(r'^\theader (\S+) "(.*)"$', caddy, re.MULTILINE)
    assert dict(file_says) == dict(nginx_says) == dict(caddy_says)
    assert dict(file_says)["Content-Security-Policy"] == POLICY
