"""What is made when it is asked for is made once, and whole."""

import threading

import pytest

from plan_explorer.mkdocs_plugin.lazy_pages import TRIES, LazyPages


class Site:
    """A server of files that says 404 to what it does not have."""

    def __init__(self, *paths: str) -> None:
        self.files, self.asked = set(paths), 0

    def __call__(self, environ, start):
        self.asked += 1
        found = environ["PATH_INFO"] in self.files
        start("200 OK" if found else "404 Not Found", [])
        return [environ["PATH_INFO"].encode() if found else b"none"]


def ask(later: LazyPages, site: Site, path: str, mount: str = "/") -> tuple[str, bytes]:
    told = []
    answer = later.answer(site, mount, {"PATH_INFO": path}, lambda *given: told.extend(given))
    return told[0], b"".join(answer)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/a/b.html", "a/b.html"),
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a", "a/index.html"),
        ("/\u4e2d.html".encode().decode("latin-1"), "\u4e2d.html"),
    ],
)
def test_what_is_not_there_is_made_and_then_found(path, file):
    later, site = LazyPages(), Site()
    later.put_off({file: lambda: site.files.add(path), "other.html": pytest.fail})
    assert ask(later, site, path)[0] == "200 OK"
    assert site.asked == 2
    assert later.waiting == ["other.html"]
    assert ask(later, site, path)[0] == "200 OK"
    assert site.asked == 3, "it was made before"


def test_a_site_below_a_folder_is_made_too():
    later, site = LazyPages(), Site()
    later.put_off({"a.html": lambda: site.files.add("/x/y/a.html")})
    assert ask(later, site, "/x/y/a.html", "/x/y/")[0] == "200 OK"


def test_what_nobody_makes_is_not_found():
    assert ask(LazyPages(), Site(), "/a.html") == ("404 Not Found", b"none")


def test_what_is_made_and_never_there_is_given_up():
    later, site = LazyPages(), Site()
    later.put_off({"a.html": lambda: None})
    assert ask(later, site, "/a.html")[0] == "404 Not Found"
    assert site.asked == TRIES


def test_what_failed_is_tried_again():
    later, tries = LazyPages(), []

    def make():
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")

    later.put_off({"a.html": make})
    with pytest.raises(ValueError, match="not yet"):
        later.made("a.html")
    assert later.waiting == ["a.html"]
    assert later.made("a.html")
    assert later.made("a.html")
    assert len(tries) == 2


def test_many_who_ask_at_once_have_it_made_once():
    later, tries, held = LazyPages(), [], threading.Event()

    def make():
        held.wait(10)
        tries.append(1)

    later.put_off({"a.html": make})
    threads = [threading.Thread(target=later.made, args=["a.html"]) for _ in range(8)]
    for thread in threads:
        thread.start()
    held.set()
    for thread in threads:
        thread.join()
    assert tries == [1]


def test_a_new_build_forgets_what_an_older_one_would_have_made():
    later = LazyPages()
    later.put_off({"a.html": pytest.fail})
    later.put_off({"b.html": lambda: None})
    assert not later.made("a.html")
    assert later.made("b.html")
