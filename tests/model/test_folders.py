"""A site is replaced when it is whole, and a file that did not change is not written."""

import errno
import os
import threading
import time
from pathlib import Path

import pytest

from plan_explorer.model import folders
from plan_explorer.model.folders import NextFolder, locked, replace_files


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def fill(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_a_site_becomes_what_was_built_and_keeps_what_is_hidden(tmp_path):
    site = tmp_path / "site"
    fill(
        site,
        {".gitignore": "*", "same.html": "same", "old.html": "old", "gone/a.html": "a", "changed.html": "1"},
    )
    for path in ("same.html", "changed.html"):
        os.utime(site / path, (1, 1))
    fresh = NextFolder(site)
    fill(fresh.folder, {"same.html": "same", "changed.html": "2", "new/b.html": "b"})
    fresh.settle()
    assert tree(site) == {
        ".gitignore": "*", "same.html": "same", "changed.html": "2", "new/b.html": "b",
    }  # fmt: skip
    assert (site / "same.html").stat().st_mtime == 1
    assert (site / "changed.html").stat().st_mtime != 1
    assert not (site / "gone").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_is_put_and_is_there_already_is_not_written_at_all(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a.html": "a", "b.html": "b"})
    fresh = NextFolder(site)
    fresh.put("a.html", b"a")
    fresh.put("b.html", b"B")
    assert tree(fresh.folder) == {"b.html": "B"}
    fresh.settle()
    assert tree(site) == {"a.html": "a", "b.html": "B"}


def test_a_folder_may_become_a_file_and_a_file_a_folder(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a/b.html": "b", "c": "c"})
    fresh = NextFolder(site)
    fill(fresh.folder, {"a": "a", "c/d.html": "d"})
    fresh.settle()
    assert tree(site) == {"a": "a", "c/d.html": "d"}


def test_a_build_that_is_dropped_leaves_the_site_as_it_was(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a.html": "a"})
    fresh = NextFolder(site)
    fill(fresh.folder, {"a.html": "broken"})
    fresh.drop()
    assert tree(site) == {"a.html": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.fixture
def site(tmp_path):
    """Return a folder with a site."""
    folder = tmp_path / "site"
    fill(folder, {".gitignore": "*", "same.html": "same", "changed.html": "1", "gone/a.html": "a"})
    os.utime(folder / "same.html", (1, 1))
    return folder


AFTER = {".gitignore": "*", "same.html": "same", "changed.html": "2", "new/b.html": "b"}


def replace(site):
    """Put the next site in its place, and return whether folders were swapped."""
    before = site.stat().st_ino
    with locked(site), NextFolder(site) as fresh:
        fresh.put("same.html", b"same")
        fresh.put("changed.html", b"2")
        fresh.put("new/b.html", b"b")
        fresh.settle()
    assert tree(site) == AFTER
    assert (site / "same.html").stat().st_mtime == 1
    assert [path.name for path in site.parent.iterdir()] == [site.name]
    return site.stat().st_ino != before


def test_a_folder_is_swapped(site):
    site.chmod(0o750)
    assert replace(site)
    assert site.stat().st_mode & 0o777 == 0o750


def test_a_folder_somebody_stands_in_stays_the_same(site, monkeypatch):
    monkeypatch.chdir(site)
    assert not replace(site)
    assert sorted(path.name for path in Path().iterdir()) == [
        ".gitignore",
        "changed.html",
        "new",
        "same.html",
    ]


def test_a_mounted_folder_stays_the_same(site, monkeypatch):
    monkeypatch.setattr(Path, "is_mount", lambda path: path == site)
    assert not replace(site)


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EPERM])
def test_a_folder_that_cannot_be_renamed_is_filled_file_by_file(site, monkeypatch, number):
    def fail(one, other):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folders, "_exchange", fail)
    assert not replace(site)


def test_a_disk_mounted_within_is_not_moved(site, monkeypatch):
    def fail(path, target):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(Path, "hardlink_to", fail)
    assert not replace(site)


def test_without_hard_links_files_are_copied_with_their_times(site, monkeypatch):
    def fail(path, target):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", fail)
    assert replace(site)


def test_without_an_exchange_folders_are_renamed(site, monkeypatch):
    monkeypatch.setattr(folders, "_exchange", lambda one, other: False)
    assert replace(site)


def test_a_link_to_a_folder_stays_one(site, tmp_path):
    real = tmp_path / "elsewhere"
    site.rename(real)
    site.symlink_to(real)
    with NextFolder(site) as fresh:
        fresh.put("changed.html", b"2")
        fresh.settle()
    assert site.is_symlink()
    assert tree(real) == {".gitignore": "*", "changed.html": "2"}


def test_what_is_not_finished_leaves_no_folder(tmp_path):
    with NextFolder(tmp_path / "a" / "b" / "site") as fresh:
        fresh.put("c.html", b"c")
    assert list(tmp_path.iterdir()) == []


def plan(folder):
    files = {"a.yaml": "a", "b.yaml": "b", "more/c.yaml": "c", "notes/n.txt": "n"}
    fill(folder, files)
    (folder / "empty").mkdir()
    return folder


@pytest.mark.parametrize("where", ["elsewhere", "inside", "repository"])
def test_files_are_replaced_wherever_one_stands(tmp_path, monkeypatch, where):
    folder = plan(tmp_path / "plan")
    if where == "inside":
        monkeypatch.chdir(folder / "more")
    elif where == "repository":
        (folder / ".git").mkdir()
    before = folder.stat().st_ino
    replace_files(
        folder,
        {folder / "a.yaml": b"A", folder / "b.yaml": None, folder / "x" / "d.yaml": b"D"},
        lambda _: None,
    )
    assert tree(folder) == {"a.yaml": "A", "more/c.yaml": "c", "notes/n.txt": "n", "x/d.yaml": "D"}
    assert (folder / "empty").is_dir()
    assert (folder.stat().st_ino != before) == (where == "elsewhere")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_file_that_is_a_link_stays_one(tmp_path):
    folder = plan(tmp_path / "plan")
    (tmp_path / ".cache").mkdir()
    (tmp_path / "shared.yaml").write_text("shared", encoding="utf-8")
    (folder / "link.yaml").symlink_to("../shared.yaml")
    before = tmp_path.stat().st_ino, folder.stat().st_ino
    replace_files(folder, {folder / "link.yaml": b"new", folder / "a.yaml": b"A"}, lambda _: None)
    assert (tmp_path.stat().st_ino, folder.stat().st_ino) == before, "what is further away is not swapped"
    assert (folder / "link.yaml").is_symlink()
    assert (tmp_path / "shared.yaml").read_text(encoding="utf-8") == "new"
    assert (folder / "a.yaml").read_text(encoding="utf-8") == "A"


def test_two_wait_for_each_other(tmp_path):
    order = []

    def second():
        with locked(tmp_path / "." / "site"):
            order.append("second")

    with locked(tmp_path / "site"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == [], "nothing lies beside the folder"


def test_pages_beside_a_plan_are_replaced_where_they_are(tmp_path):
    folder = plan(tmp_path / "plan")
    (tmp_path / "page.md").write_text("old", encoding="utf-8")
    before = tmp_path.stat().st_ino, folder.stat().st_ino
    edits = {folder / "a.yaml": b"A", folder / "b.yaml": b"B", tmp_path / "page.md": b"new"}
    replace_files(folder, edits, lambda _: None)
    assert tmp_path.stat().st_ino == before[0], "that folder may hold anything"
    assert folder.stat().st_ino != before[1]
    assert {name: tree(tmp_path)[name] for name in ("page.md", "plan/a.yaml", "plan/b.yaml")} == {
        "page.md": "new",
        "plan/a.yaml": "A",
        "plan/b.yaml": "B",
    }
