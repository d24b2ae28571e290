"""A site is replaced when it is whole, and a file that did not change is not written."""

import os

from plan_explorer.mkdocs_plugin.staging import Staging


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
    staging = Staging(site)
    fill(staging.folder, {"same.html": "same", "changed.html": "2", "new/b.html": "b"})
    staging.settle()
    assert tree(site) == {
        ".gitignore": "*", "same.html": "same", "changed.html": "2", "new/b.html": "b",
    }  # fmt: skip
    assert (site / "same.html").stat().st_mtime == 1
    assert (site / "changed.html").stat().st_mtime != 1
    assert staging.written == 2
    assert not (site / "gone").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_is_put_and_is_there_already_is_not_written_at_all(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a.html": "a", "b.html": "b"})
    staging = Staging(site)
    staging.put("a.html", b"a")
    staging.put("b.html", b"B")
    assert tree(staging.folder) == {"b.html": "B"}
    staging.settle()
    assert tree(site) == {"a.html": "a", "b.html": "B"}
    assert staging.written == 1


def test_a_folder_may_become_a_file_and_a_file_a_folder(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a/b.html": "b", "c": "c"})
    staging = Staging(site)
    fill(staging.folder, {"a": "a", "c/d.html": "d"})
    staging.settle()
    assert tree(site) == {"a": "a", "c/d.html": "d"}


def test_a_build_that_is_dropped_leaves_the_site_as_it_was(tmp_path):
    site = tmp_path / "site"
    fill(site, {"a.html": "a"})
    staging = Staging(site)
    fill(staging.folder, {"a.html": "broken"})
    staging.drop()
    assert tree(site) == {"a.html": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
