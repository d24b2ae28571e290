"""The cache never gives back anything but what was written, and what is in use stays."""

import functools
import subprocess
import sys
from pathlib import Path

import pytest
from plan_explorer.mkdocs_plugin.disk_cache import Cache, key

from plan_explorer.mkdocs_plugin import disk_cache


def test_what_was_written_is_read_by_another_cache_of_the_same_folder(tmp_path):
    Cache(tmp_path).write(key("a"), b"content")
    assert Cache(tmp_path).read(key("a")) == b"content"
    assert Cache(tmp_path).read(key("b")) is None


@pytest.mark.parametrize("harm", [lambda raw: raw[:-1], lambda raw: b"x" + raw[1:], lambda raw: b""])
def test_an_entry_that_was_harmed_is_none(tmp_path, harm):
    Cache(tmp_path).write(key("a"), b"content")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(harm(path.read_bytes()))
    assert Cache(tmp_path).read(key("a")) is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    entries = Cache(tmp_path / "file")
    entries.write(key("a"), b"content")
    assert entries.read(key("a")) is None


def test_tidying_keeps_what_was_used_and_bounds_the_rest(tmp_path):
    old = Cache(tmp_path)
    for number in range(500):
        old.write(key("old", number), b"old")
    new = Cache(tmp_path)
    new.write(key("new"), b"new")
    assert new.read(key("old", 7)) == b"old"
    new.tidy()
    kept = Cache(tmp_path)
    assert kept.read(key("new")) == b"new"
    assert kept.read(key("old", 7)) == b"old"
    assert kept.read(key("old", 8)) is None


def test_two_writers_at_once_leave_whole_entries(tmp_path):
    program = (
        "import sys; from pathlib import Path\n"
        "from plan_explorer.mkdocs_plugin.disk_cache import Cache, key\n"
        "entries = Cache(Path(sys.argv[1]))\n"
        "for number in range(300):\n"
        "    entries.write(key('shared', number % 10), bytes([65 + number % 10]) * 20000)\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    entries = Cache(tmp_path)
    assert [entries.read(key("shared", n)) for n in range(10)] == [bytes([65 + n]) * 20000 for n in range(10)]
    assert not list(tmp_path.rglob(".new-*"))


def test_a_key_tells_its_parts_apart_and_knows_no_address_in_memory():
    assert key("ab", "c") != key("a", "bc")
    assert key({"a": 1, "b": 2}) == key({"b": 2, "a": 1})
    assert key([1]) != key(["1"])
    assert key({"x", "y"}) == key({"y", "x"})
    assert key(functools.partial(print)) == key(functools.partial(print))
    assert key(Path("a/b")) != key(Path("a/c"))


def test_the_key_of_files_follows_names_and_content(tmp_path):
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = disk_cache.files_key(tmp_path)
    (tmp_path / "a").write_text("2", encoding="utf-8")
    second = disk_cache.files_key(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, disk_cache.files_key(tmp_path)}) == 3
