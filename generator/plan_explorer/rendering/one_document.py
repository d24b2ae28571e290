"""Join the pages of a site into one HTML document, to be printed."""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

from plan_explorer.model.texts import direction
from plan_explorer.rendering.renderer import RenderedPage
from plan_explorer.rendering.site_files import STYLES
from plan_explorer.site.addresses import GUIDE, HOME, Address
from plan_explorer.site.page import NavLink, Page
from plan_explorer.site.urls import UrlOf
from plan_explorer.translation import FALLBACK

_LINK = re.compile(r'(\s(?:xlink:)?href=)"([^"]*)"')
_NAMED = re.compile(r'(\s(?:id|for|name|aria-labelledby)=)"([^"]*)"')
_IN_DRAWING = re.compile(r"url\(#")
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.S)
_HEADING = re.compile(r"<h([1-6])\b")
DEEPEST = 6
"""The lowest level of a heading."""


@dataclass(frozen=True)
class _Place:
    """Where a page comes in the document: after which others, and what begins its anchors."""

    order: tuple[int, ...]
    """The numbers of the pages above it, and its own."""
    name: str


def printable(pages: Sequence[RenderedPage]) -> list[RenderedPage]:
    """Return *pages* without those for editors, who read them while they write."""
    return [each for each in pages if not each.page.path.startswith(posixpath.dirname(GUIDE))]


def one_document(
    pages: Sequence[RenderedPage],
    nav: Sequence[NavLink],
    url: UrlOf,
    title: str,
    base: str = "",
    language: str = FALLBACK,
) -> Iterator[str]:
    """Yield the parts of a document that holds *pages* in the order of the navigation.

    Links between pages lead within the document; each sheet tells the address of its page.

    Args:
        pages: those to print.
        nav: links to its top pages.
        url: gives the address of a built page.
        title: what the document is called, and the foot of every sheet begins with.
        base: where the site is published, if that is known.
        language: that of the pages.
    """
    places = _places([each.page for each in pages], nav, url)
    sheets = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLES)
    rules = "".join(_rule(place.name, f"{title} · {base}{path}") for path, place in places.items())
    way = direction(language)
    yield f'<!doctype html><html lang="{language}" dir="{way}"><head><meta charset="utf-8">'
    yield f"<title>{escape(title)}</title>"
    yield f"{sheets}<style>{rules}</style></head><body>"
    for rendered in sorted(pages, key=lambda each: places[url(Address(each.page.path))].order):
        path = url(Address(rendered.page.path))
        place = places[path]
        html = _lower(_rewrite(rendered.article().html, path, places), len(place.order) - 1)
        yield f'<main class="md-typeset {place.name}" id="{place.name}">{html}</main>'
        rendered.forget()
    yield "</body></html>"


def _places(pages: Sequence[Page], nav: Sequence[NavLink], url: UrlOf) -> dict[str, _Place]:
    """Return where each page comes, by its address: those below a page follow it."""
    paths = dict.fromkeys([*(link.address.path for link in nav), *(page.path for page in pages)])
    number = {path: at for at, path in enumerate(paths)}
    places = {}
    for page in pages:
        above = dict.fromkeys([page.tab, *(link.address.path for link in page.crumbs)])
        lineage = [path for path in above if path in number and path not in (HOME, page.path)]
        order = (*(number[path] for path in lineage), number[page.path])
        # What stands below the first page itself comes next to it.
        first = (number[HOME],) if page.tab == HOME and page.path != HOME else ()
        places[url(Address(page.path))] = _Place((*first, *order), f"px-page-{number[page.path]}")
    return places


def _rule(name: str, foot: str) -> str:
    """Return the style rules of the sheets of a page."""
    content = json.dumps(foot, ensure_ascii=False).replace("<", "\\3c ")
    return f".{name}{{page:{name}}}@page {name}{{@bottom-left{{content:{content}}}}}"


def _rewrite(html: str, path: str, places: Mapping[str, _Place]) -> str:
    """Return *html* of the page at *path* with names and links that hold in the whole document."""
    name = places[path].name

    def link(found: re.Match[str]) -> str:
        target = urlsplit(unescape(found[2]))
        if target.scheme:
            return found[0]
        there = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), target.path)) if target.path else path
        )
        if there not in places:
            return ""  # a file beside the pages
        anchor = f"-{target.fragment}" if target.fragment else ""
        return f'{found[1]}"#{escape(places[there].name + anchor)}"'

    def named(found: re.Match[str]) -> str:
        names = " ".join(f"{name}-{each}" for each in found[2].split())
        return f'{found[1]}"{names}"'

    html = _NAMED.sub(named, _LINK.sub(link, _PERMALINK.sub("", html)))
    return _IN_DRAWING.sub(f"url(#{name}-", html)


def _lower(html: str, by: int) -> str:
    """Return *html* with headings that count as *by* levels lower, for the contents; their looks stay."""
    return _HEADING.sub(lambda found: f'{found[0]} aria-level="{min(int(found[1]) + by, DEEPEST)}"', html)
