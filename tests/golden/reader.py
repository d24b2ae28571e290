"""What a reader gets of a page, whatever its wrappers, classes and white space are."""

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

KINDS = {
    "words": "words of the main content, in reading order",
    "signs": "punctuation of the main content, in order",
    "headings": "headings with their level",
    "links": "links of the main content: words, target, spoken name, title",
    "ids": "addresses within the page",
    "places": "the words that follow an address",
    "labels": "labels of evidence",
    "languages": "words in another language than the page",
    "names": "spoken names and titles of what is no link",
    "pictures": "words, names and links of drawings",
    "contents": "contents of the page",
    "frame-words": "words around the main content",
    "frame-links": "links around the main content",
    "head": "title, descriptions, alternates, linked data",
}
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
TOKEN = re.compile(rf"([{HAN}]|[^\W_{HAN}]+(?:['’.-][^\W_{HAN}]+)*)|[^\w\s]")
"""A Chinese character is a word, so that it does not matter where the tags stand in a name."""
UNREAD = {"script", "style", "template"}
NAMES = ("aria-label", "alt", "title", "placeholder")

Contents = dict[str, list[str]]
"""What was found, by kind."""


def read(site: Path, page: str) -> Contents:
    """Return what a reader gets of the *page*, a path below *site*."""
    root = html.document_fromstring((site / page).read_text(encoding="utf-8"))
    return Reader(root, page).found


def words(text: str) -> str:
    """Return the words of *text* without punctuation and extra space."""
    return " ".join(match[1] for match in TOKEN.finditer(text) if match[1])


class Reader:
    """Reads a page from top to bottom.

    Words are cut at every tag: a code and a name stand apart by style, often without a space between them.
    """

    def __init__(self, root: HtmlElement, page: str) -> None:
        self.found: Contents = {kind: [] for kind in KINDS}
        self._page = page
        self._language = root.get("lang")
        self._runs: list[tuple[str | None, list[str]]] = []
        self._starts: dict[str, int] = {}
        body = root.find("body")
        self._main = next(
            (found for tag in ("main", "article") if (found := root.find(f".//{tag}")) is not None), body
        )
        self._read_head(root)
        if body is None:
            return
        self._walk(body, self._language, main=self._main is body, picture=False)
        found = self.found
        found["ids"] = sorted(self._starts)
        found["places"] = [
            f"#{id}: {' '.join(found['words'][at : at + 2])}" for id, at in sorted(self._starts.items())
        ]
        found["languages"] = [
            f"{language}: {' '.join(run)}" for language, run in self._runs if language != self._language
        ]
        found["contents"] = [
            self._link(a) for nav in root.xpath("//nav[contains(@class, 'toc')]") for a in nav.iter("a")
        ]

    def _walk(self, element: HtmlElement, language: str | None, *, main: bool, picture: bool) -> None:
        if isinstance(element.tag, str) and element.tag not in UNREAD and not self._is_permalink(element):
            main = main or element is self._main
            picture = picture or element.tag == "svg"
            inside = element.get("lang") or language
            self._read_element(element, main, picture)
            self._read_text(element.text, inside, main, picture)
            for child in element:
                self._walk(child, inside, main=main, picture=picture)
                self._read_text(child.tail, inside, main, picture)

    def _read_element(self, element: HtmlElement, main: bool, picture: bool) -> None:
        found, tag = self.found, element.tag
        if main and not picture and (id := element.get("id") or (tag == "a" and element.get("name"))):
            self._starts[id] = len(found["words"])
        if tag == "a" and (element.get("href") or element.get("{http://www.w3.org/1999/xlink}href")):
            found["pictures" if picture else "links" if main else "frame-links"].append(self._link(element))
        else:
            names = (f"{name}: {text}" for name in NAMES if (text := element.get(name)))
            found["pictures" if picture else "names"].extend(names)
        if main and re.fullmatch("h[1-6]", tag):
            found["headings"].append(f"{tag} {words(self._text(element))}")
        for name in element.get("class", "").split():
            if name.startswith("px-ev--"):
                found["labels"].append(f"{name.removeprefix('px-ev--')}: {words(self._text(element))}")

    def _read_text(self, text: str | None, language: str | None, main: bool, picture: bool) -> None:
        for match in TOKEN.finditer(text or ""):
            word = match[1]
            if picture or not main:
                self.found["pictures" if picture else "frame-words"].append(match[0])
            elif not word:
                self.found["signs"].append(match[0])
            else:
                self.found["words"].append(word)
                if not self._runs or self._runs[-1][0] != language:
                    self._runs.append((language, []))
                self._runs[-1][1].append(word)

    def _read_head(self, root: HtmlElement) -> None:
        lines = [f"{name}: {root.get(name)}" for name in ("lang", "dir")]
        lines += [f"title: {title.text_content()}" for title in root.iterfind("head/title")]
        for meta in root.iterfind("head/meta"):
            name = meta.get("name") or meta.get("property") or meta.get("http-equiv")
            lines += [f"{name}: {meta.get('content')}"] if name else []
        for link in root.iterfind("head/link"):
            if link.get("rel") not in ("stylesheet", "icon"):
                lines.append(f"{link.get('rel')} {link.get('type') or ''}: {self._target(link.get('href'))}")
        for data in root.xpath("//script[@type='application/ld+json']"):
            lines += _flat(json.loads(data.text))
        self.found["head"] = lines

    def _link(self, a: HtmlElement) -> str:
        """Return a link as Markdown, with what is said of it."""
        href = a.get("href") or a.get("{http://www.w3.org/1999/xlink}href")
        names = (f" {name}: {a.get(name)}" for name in ("aria-label", "title") if a.get(name))
        return f"[{words(self._text(a))}]({self._target(href)}){''.join(names)}"

    def _target(self, href: str) -> str:
        """Return the path on the site, or the address, that *href* leads to."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return href
        path = self._page
        if parts.path:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
            if parts.path.endswith(("/", ".")):
                path = posixpath.normpath(f"{path}/index.html")
        query, anchor = (
            f"?{parts.query}" if parts.query else "",
            f"#{unquote(parts.fragment)}" if parts.fragment else "",
        )
        return unquote(path) + query + anchor

    @staticmethod
    def _text(element: HtmlElement) -> str:
        """Return the text, cut at every tag."""
        return " ".join(element.itertext())

    @staticmethod
    def _is_permalink(element: HtmlElement) -> bool:
        return element.tag == "a" and "".join(element.itertext()).strip() in ("#", "¶")


def _flat(data: object, path: str = "") -> Iterator[str]:
    """Yield a line for each value in *data*, with the way to it."""
    if isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in pairs:
            yield from _flat(value, f"{path}/{key}")
    else:
        yield f"{path}: {data}"
