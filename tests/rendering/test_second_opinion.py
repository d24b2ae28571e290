"""Python-Markdown reads the bodies of pages as our CommonMark parser does: the same words, the same links."""

from html.parser import HTMLParser
from urllib.parse import unquote

import markdown
import pytest
from conftest import PLANS, plan_folder
from kept import project

from plan_explorer.build import build
from plan_explorer.rendering.commonmark import parse, serialise
from plan_explorer.rendering.markdown import MarkdownWriter

INLINE = {"a", "code", "del", "em", "img", "ins", "span", "strong"}
DIFFERENCES = {
    "emphasis beside punctuation, within a word": ("**“a”**b", "**“a”**b", "“a”b"),
    "a tilde is not escaped": ("~a", "~a", "\\~a"),
    "a bar in code, which a table needs escaped": ("| a |\n|---|\n| `b\\|c` |", "a b|c", "a b\\|c"),
    "an image from elsewhere, which ours shows by its words": ("a ![b](http://x.example/c)", "a b", "a"),
}
"""Where the two differ: what is written, what ours shows, what Python-Markdown shows."""


class Reader(HTMLParser):
    """What a reader gets of a page: words, and links with their targets and titles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._text: list[str] = []
        self.feed(html)

    @property
    def words(self) -> list[str]:
        return "".join(self._text).split()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.links.append((unquote(given["href"]), given.get("title")))  # 拼音.md, or %E6%8B%BC…
        self._text += [] if tag in INLINE else [" "]

    def handle_endtag(self, tag):
        self._text += [] if tag in INLINE else [" "]

    def handle_data(self, data):
        self._text.append(data)


def ours(text: str) -> Reader:
    return Reader(serialise(parse(text)))


def theirs(text: str) -> Reader:
    return Reader(markdown.markdown(text, extensions=["tables", "fenced_code"]))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*PLANS, "with versions"])
def test_bodies_have_the_same_words_and_links(name, tmp_path):
    folder = plan_folder(name) if name in PLANS else project(tmp_path) / "plan"
    differ, words, links = [], 0, 0
    for rendered in build(folder, name).pages:
        one, other = ours(rendered.body), theirs(rendered.body)
        words, links = words + len(one.words), links + len(one.links)
        if (one.words, one.links) != (other.words, other.links):
            differ.append(rendered.page.path)
        rendered.forget()
    assert differ == []
    assert words > 3000
    assert links > 200


@pytest.mark.parametrize(("written", "here", "there"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_known_differences_are_still_there(written, here, there):
    prose = written if written.startswith("|") else MarkdownWriter.prose(None, written)
    assert " ".join(ours(prose).words) == here
    assert " ".join(theirs(prose).words) == there
