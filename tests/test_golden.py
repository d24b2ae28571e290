"""The golden comparison sees what a reader gains or loses, and nothing of how it is marked up."""

import pytest
from golden.differences import Tally, compare_pages, differing_files
from golden.reader import KINDS, read

PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head><body>
<nav class="px-toc"><a href="#b">Part</a></nav><main id="top">
<h2 id="b">Part<a class="headerlink" href="#b">#</a></h2>
<p>One <a href="../c/#x" title="The other">two</a>, three <span lang="zh-Hans">数字2025中国</span>.</p>
<ul><li id="s1">Four <span class="px-ev px-ev--inferred">Read</span></li><li>Five</li></ul>
<svg aria-label="Map"><text>Six</text></svg></main></body></html>"""
SAME = (
    ("<ul>", '<div class="new">\n  <ul>'),
    ("</ul>", "</ul></div>"),
    ("px-ev px-ev--inferred", "px-ev--inferred other"),
    ('<li id="s1">Four', '<li><span id="s1"></span><b>Four</b>'),
    ('href="../c/#x"', 'href="../c/index.html#x"'),
    ("数字2025中国", "数字<i>2025</i>中国"),
)
FAULTS = {
    "words": ("Five", "5"),
    "signs": ("</a>, three", "</a>; three"),
    "headings": ("h2", "h3"),
    "links": ("#x", "#y"),
    "ids": ('id="s1"', 'id="s2"'),
    "labels": ("px-ev--inferred", "px-ev--stated"),
    "languages": ("zh-Hans", "zh-Hant"),
    "pictures": ("Six", "Seven"),
    "head": ("A page", "The page"),
    "contents": ('<a href="#b">Part</a></nav>', "</nav>"),
}


def compared(tmp_path, text: str) -> dict[str, Tally]:
    for side, page in (("old", PAGE), ("new", text)):
        (tmp_path / side / "a").mkdir(parents=True)
        (tmp_path / side / "a" / "page.html").write_text(page, encoding="utf-8")
    tallies = {kind: Tally() for kind in KINDS}
    compare_pages(tmp_path / "old", tmp_path / "new", ["a/page.html"], tallies, "plan")
    return {kind: tally for kind, tally in tallies.items() if tally.pages}


def test_markup_does_not_matter(tmp_path):
    text = PAGE
    for old, new in SAME:
        assert old in text
        text = text.replace(old, new)
    assert compared(tmp_path, text) == {}


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_is_seen(tmp_path, kind):
    old, new = FAULTS[kind]
    assert old in PAGE
    assert kind in compared(tmp_path, PAGE.replace(old, new))


def test_moved_words_are_not_lost(tmp_path):
    text = PAGE.replace("<li>Five</li>", "").replace("<p>One", "<p>Five</p><p>One")
    tally = compared(tmp_path, text)["words"]
    assert (tally.lost, tally.gained, tally.moved) == (0, 0, 1)


def test_address_elsewhere_is_seen(tmp_path):
    text = PAGE.replace(' id="s1"', "").replace("<li>Five", '<li id="s1">Five')
    assert list(compared(tmp_path, text)) == ["places"]


def test_links_lead_to_paths_of_the_site(tmp_path):
    (tmp_path / "page.html").write_text(PAGE.replace("../c/", "c/"), encoding="utf-8")
    found = read(tmp_path, "page.html")
    assert found["links"] == ["[two](c/index.html#x) title: The other"]
    assert found["contents"] == ["[Part](page.html#b)"]


def test_files_are_compared_by_their_bytes(tmp_path):
    for side, files in {"old": {"a": "1", "b": "1", "c": "1"}, "new": {"b": "2", "c": "1", "d": "1"}}.items():
        for name, text in files.items():
            path = tmp_path / side / "site" / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    found = differing_files(tmp_path / "old", tmp_path / "new")
    assert found == {"data/a": "missing", "data/b": "differs", "data/d": "new"}
