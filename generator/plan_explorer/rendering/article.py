"""Turn a body into the article of a page: converted, decorated, and laid out with components."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from xml.etree.ElementTree import SubElement

from markdown.extensions.toc import slugify, unique

from plan_explorer.model.plan import StatementRef
from plan_explorer.rendering.commonmark import HEADINGS, Element
from plan_explorer.rendering.decorator import decorate
from plan_explorer.rendering.link_targets import Lookup
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.rendering.quote_buttons import add_quote_buttons
from plan_explorer.rendering.sections import cut
from plan_explorer.rendering.templates import Templates
from plan_explorer.site.quotations import quotation
from plan_explorer.site.views.indicators import ANCHOR as INDICATOR
from plan_explorer.translation import gettext

PERMALINK = "#"
"""The sign behind each heading, as a link to itself."""

REMOVED = "removed-statements"
"""The section that only a reader sees who comes by the address of a statement that is gone."""

_ID = re.compile(r'id="(?<=\sid=")([^"]+)"')  # plain letters first: they are found at once
_HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
_HEADING = re.compile(r'<h([1-6])\b[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_ASIDE = re.compile(r'<a class="headerlink".*?</a>|<span (?:lang|class="px-unsure)[^>]*>.*?</span>', re.S)
_TAG = re.compile(r"<[^>]*>")
_DRAWN = re.compile(rf'(^<a id="{INDICATOR.pattern}"></a>(?:\n(?!\|).*)*)(?:\n\|.*)+', re.M)
"""The address of an indicator, what follows up to its table, and the table."""


TOP = "top"
"""The address of the title of a page, within it."""


@dataclass(frozen=True)
class Heading:
    """A heading of an article, and those below it."""

    title: str
    """As plain text, without names in other languages."""
    id: str
    level: int
    below: "list[Heading]" = field(default_factory=list)


@dataclass(frozen=True)
class Article:
    """A page as HTML, without the shell that the theme puts around it."""

    html: str
    contents: list[Heading]
    made_ids: list[str]
    """The addresses of headings that are made of words, in their order."""

    @property
    def ids(self) -> set[str]:
        """The places on the page that can be linked to."""
        return {unescape(id) for id in _ID.findall(self.html)}

    @property
    def links(self) -> Iterator[str]:
        """The addresses that it links to, as they stand in it."""
        return (unescape(href) for href in _HREF.findall(self.html))


def article(
    root: Element,
    page: PageScope,
    lookup: Lookup,
    templates: Templates,
    layout: str,
    context: Mapping[str, Any],
    said: Mapping[str, StatementRef],
    known: Sequence[str] = (),
) -> Article:
    """Return the body *root* of *page* as HTML.

    Args:
        root: the body, converted.
        page: where it is.
        lookup: what addresses and italics mean.
        templates: those of layouts and components.
        layout: the name of the template that lays the body out.
        context: what that template is given.
        said: the statements of the page by their anchors, each of which gets a button to quote it.
        known: the addresses of headings that were made of their words where the page is told in another
            language, in their order.
    """
    decorate(root, lookup, page, context["markdown"].counts)
    made = list(_add_permalinks(root, iter(known)))
    found = {id: said[id] for each in root.iter() if (id := each.get("id", "")) in said}
    quoted = {id: quotation(page.plan, page.addresses, id, each) for id, each in found.items()}
    add_quote_buttons(root, quoted)
    body = cut(root)
    removed = body[REMOVED]
    if removed.head:
        body = replace(body, sections=[each for each in body.sections if each is not removed])
    given = {
        **context,
        "permalink": {"sign": PERMALINK, "title": gettext("Link to this heading")},
        "statements": [each for each in found.values() if each.published],
    }
    html = templates.layout(layout, {**given, "body": body})
    if quoted:
        html += templates.layout("quotations.html", given)
    aside = f'<div class="px-removed">\n{removed.whole}\n</div>\n' if removed.head else ""
    return Article(html + aside, _contents(html), made)


def without_drawn_tables(text: str) -> str:
    """Return the body *text* without the tables of indicators, which a component draws.

    To convert the rows of 1,000 indicators takes two seconds.
    """
    return _DRAWN.sub(r"\1", text)


def _add_permalinks(root: Element, known: Iterator[str]) -> Iterator[str]:
    """Give headings without an address one, and each a link to itself; yield those that are made of words.

    That of the title is the same on every page; another is the next that is *known*, if there is one.
    """
    ids = {element.get("id", "") for element in root.iter() if element.get("id")}
    for heading in root:
        if heading.tag in HEADINGS:
            id = heading.get("id") or ""
            if not id and heading.tag == "h1":
                id = unique(TOP, ids)
            elif not id:
                id = next(known, "") or unique(_made_of("".join(heading.itertext())), ids)
                yield id
            ids.add(id)
            heading.set("id", id)
            link = SubElement(heading, "a", {"class": "headerlink", "href": f"#{id}"})
            link.set("title", gettext("Link to this heading"))
            link.set("aria-hidden", "true")  # it is no part of the name of the heading
            link.set("tabindex", "-1")
            link.text = PERMALINK


def _made_of(words: str) -> str:
    """Return an address made of *words*: in Latin letters without accents, if they have any."""
    return str(slugify(words, "-") or slugify(words, "-", unicode=True))


def _contents(html: str) -> list[Heading]:
    """Return the headings of *html*, each among those below the one it stands under."""
    top = Heading("", "", 0)
    above = [top]
    for level, id, inside in _HEADING.findall(html):
        title = unescape(_TAG.sub("", _ASIDE.sub("", inside)))
        found = Heading(" ".join(title.split()), unescape(id), int(level))
        while above[-1].level >= found.level:
            above.pop()
        above[-1].below.append(found)
        above.append(found)
    return top.below
