"""The server for writing: an edit shows by itself, a fault stands over the last good page."""

import http.client
import os
import posixpath
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from conftest import plan_folder
from served import end_process, free_port

from plan_explorer.mkdocs_plugin.dev_server import IDLE

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds until a test gives up; how fast it is, is no matter of these tests."""


class Live:
    """A server in a process of its own, and the project it serves."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen) -> None:
        self.folder, self._port, self.process = folder, port, process

    def get(self, path: str, *, whole: bool = False) -> tuple[int, str]:
        """Return the status and the text at *path*; without an answer 0, and why if it was to be *whole*."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (urllib.error.URLError, ConnectionError, http.client.IncompleteRead) as error:
            return 0, repr(error) if whole else ""

    def wait(self, path: str, *words: str, without: str = "\0") -> str:
        """Return the page at *path* once it has all of *words* and is *without* the others."""
        end = time.monotonic() + PATIENCE
        page = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
            status, page = self.get(path)
            if status and all(word in page for word in words) and without not in page:
                return page
            time.sleep(0.1)
        raise AssertionError(
            f"{words} never came; {(self.folder / 'log').read_text(encoding='utf-8')}\n{page}"
        )

    def edit(self, path: str, find: str, put: str) -> None:
        """Save a file as editors do: written beside, then moved over."""
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert find in text
        beside = target.with_suffix(".swp~")
        beside.write_text(text.replace(find, put), encoding="utf-8")
        beside.replace(target)


def project(folder: Path) -> Path:
    """Make a small project in *folder*: a plan, a template, a style and a page of its own."""
    shutil.copytree(plan_folder("tiny"), folder / "content" / "plan")
    (folder / "own" / "bodies").mkdir(parents=True)
    (folder / "own" / "bodies" / "about.md").write_text(
        '{% include "builtin/about.md" %}\n\nAnd this.\n', encoding="utf-8"
    )
    (folder / "content" / "more.css").write_text("p { color: red }\n", encoding="utf-8")
    (folder / "content" / "hand.md").write_text("# By hand\n\nWords.\n", encoding="utf-8")
    settings = {
        "site_name": "A plan",
        "docs_dir": "content",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "plugins": [{"plan-explorer": {"templates": "own"}}],
        "extra_css": ["more.css"],
        "exclude_docs": "/plan/",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


@contextmanager
def serving(folder: Path):
    """Serve the project in *folder*, on a free port, until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        )
        try:
            yield Live(folder, port, process)
        finally:
            end_process(process)


def test_an_edit_of_anything_shows_by_itself(tmp_path):
    with serving(project(tmp_path)) as live:
        live.wait("about.html", "And this.")
        live.edit("content/plan/content.yaml", "less-runoff", "fewer-floods")
        assert live.wait("steps/fewer-floods.html", "livereload(")
        assert live.get("steps/less-runoff.html")[0] == 404
        live.edit("own/bodies/about.md", "And this.", "And that.")
        live.wait("about.html", "And that.", without="And this.")
        live.edit("content/more.css", "red", "green")
        live.wait("more.css", "green")
        live.edit("content/hand.md", "Words.", "Other words.")
        live.wait("hand.html", "Other words.")


def test_a_fault_stands_over_the_last_good_page_until_it_is_mended(tmp_path):
    with serving(project(tmp_path)) as live:
        live.wait("about.html", "And this.", without="px-problems")
        live.edit("content/plan/content.yaml", "under: clean-water", "under: clean-<b>watr")
        page = live.wait("about.html", "1 problem in the plan")
        assert "content/plan/content.yaml:44:12: there is no entry &#x27;clean-&lt;b&gt;watr&#x27;" in page
        assert "did you mean" in page
        assert "^^^^" in page
        assert "And this." in page, "the last good page is below"
        assert page.index("px-problems") < page.index("</body>")
        unseen = live.wait("steps/less-runoff.html", "1 problem in the plan")
        assert "<h1" in unseen, "a page that nobody has seen yet is the last good one, too"
        assert "prefers-color-scheme: dark" in page
        live.edit("content/plan/content.yaml", "clean-<b>watr", "clean-water")
        live.wait("about.html", "And this.", without="px-problems")


def test_a_fault_in_a_template_or_a_page_by_hand_is_shown_too(tmp_path):
    with serving(project(tmp_path)) as live:
        live.wait("about.html", "And this.")
        live.edit("own/bodies/about.md", "And this.", "{{ nothing }}")
        live.wait("about.html", "&#x27;nothing&#x27; is undefined [template]")
        live.edit("own/bodies/about.md", "{{ nothing }}", "And this.")
        live.wait("about.html", "And this.", without="px-problems")
        live.edit("content/hand.md", "Words.", "<!-- plan-explorer: mop -->")
        page = live.wait(
            "hand.html", "hand.md:3:1: there is no component &#x27;mop&#x27; [unknown-component]", "Words."
        )
        assert "[not-built]" not in page
        assert "<h1" in live.wait("steps/less-runoff.html", "[unknown-component]")
        live.edit("content/hand.md", "<!-- plan-explorer: mop -->", "Words.")
        live.wait("hand.html", "Words.", without="px-problems")


@pytest.mark.parametrize("name", ["bodies/about.md", "layouts/about.html", "components/counts.html"])
def test_a_page_that_cannot_be_made_tells_why_and_comes_when_it_can(tmp_path, name):
    folder = project(tmp_path)
    about = folder / "own" / name
    good = '{% include "builtin/' + about.name + '" %}\n\nAnd this.\n'
    about.parent.mkdir(exist_ok=True)
    about.write_text("\n{{ nothing }}", encoding="utf-8")
    with serving(folder) as live:
        live.wait("steps/less-runoff.html", "<h1", without="px-problems")
        page = live.wait("about.html", f"<strong>{name}:2:1: &#x27;nothing&#x27; is undefined [template]")
        assert "[not-built]" not in page
        assert live.get("about.html")[0] == 500
        assert 'http-equiv="refresh"' in page
        about.write_text(good, encoding="utf-8")
        live.wait("about.html", "And this.", without="px-problems")


def test_the_server_starts_with_a_broken_plan(tmp_path):
    folder = project(tmp_path)
    content = folder / "content" / "plan" / "content.yaml"
    good = content.read_text(encoding="utf-8")
    content.write_text(good.replace("under: clean-water", "under: clean-watr"), encoding="utf-8")
    with serving(folder) as live:
        live.wait("", "1 problem in the plan", "clean-watr")
        assert 'http-equiv="refresh"' in live.wait("about.html", "1 problem in the plan")
        content.write_text(good, encoding="utf-8")
        live.wait("about.html", "And this.", without="px-problems")


def test_every_page_answers_while_many_read_and_the_plan_is_edited(tmp_path):
    with serving(project(tmp_path)) as live:
        live.wait("about.html", "And this.")
        paths = sorted(linked(live))
        assert {"data/index.html", "data/plan.json", "objects.inv", "steps/less-runoff.html"} <= set(paths)
        done = threading.Event()
        answers: Counter[tuple[int, str]] = Counter()

        def read(reader: int) -> None:
            at = reader
            while not done.is_set():
                path = paths[at % len(paths)]
                status, _ = live.get(path, whole=True)
                answers[status, "" if status == 200 else path] += 1
                at += 7

        readers = [threading.Thread(target=read, args=[number]) for number in range(20)]
        for reader in readers:
            reader.start()
        try:
            for number in range(30):
                said = "The paper asks for" if not number else f"It asks {number} times for"
                live.edit("content/plan/content.yaml", said, f"It asks {number + 1} times for")
                live.wait("goals/clean-water/index.html", f"It asks {number + 1} times for")
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert set(answers) == {(200, "")}, answers
        assert answers.total() > 200


def linked(live: Live) -> set[str]:
    """Return the paths of all pages and files that can be reached by links."""
    found, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        status, page = live.get(path, whole=True)
        assert status == 200, path
        if path.endswith((".html", "/")):
            links = re.findall(r'(?:href|src)="([^"#?]+)', page)
            todo += [
                posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
                for link in links
                if link[0] != "/" and ":" not in link
            ]
    return found


def test_memory_does_not_grow_with_the_edits(tmp_path):
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("memory is read from /proc")
    with serving(project(tmp_path)) as live:
        live.wait("about.html", "And this.")
        used = {}
        for number in range(100):
            said = "The paper asks for" if not number else f"It asks {number} times for"
            live.edit("content/plan/content.yaml", said, f"It asks {number + 1} times for")
            live.wait("goals/clean-water/index.html", f"It asks {number + 1} times for")
            if number in (9, 99):
                time.sleep(3 * IDLE)  # the last site but one is freed
                memory = Path(f"/proc/{live.process.pid}/status").read_text(encoding="utf-8")
                used[number] = int(re.search(r"VmRSS:\s+(\d+)", memory)[1])
        assert used[99] <= 1.2 * used[9], used


@pytest.mark.parametrize("command", ["build", "serve"])
def test_nothing_is_left_beside_the_site(tmp_path, command):
    folder = project(tmp_path)
    if command == "build":
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    else:
        with serving(folder) as live:
            live.wait("about.html", "And this.")
    assert [
        path.name for path in folder.iterdir() if path.name.startswith(".") and path.name != ".cache"
    ] == []
