"""Find what a search can find on the pages of a site that are of no plan."""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup
from mkdocs.contrib.search.search_index import ContentParser
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from plan_explorer.site.search_index import SearchEntry


def entries(pages: Iterable[Page]) -> Iterator[SearchEntry]:
    """Yield each of *pages*, which are rendered, and what stands below each of their headings."""
    for page in pages:
        if page.content is not None and not _is_hidden(page):
            yield from _page(page)


def _asks(page: Page) -> dict[str, Any]:
    """Return what a page asks of the search in its front matter."""
    asks = page.meta.get("search")
    return asks if isinstance(asks, dict) else {}


def _is_hidden(page: Page) -> bool:
    """Return whether a page asks not to be found, as pages of Material do."""
    return bool(_asks(page).get("exclude"))


def _words(page: Page) -> tuple[str, ...]:
    """Return the words under which a page wants to be found."""
    words = _asks(page).get("words") or ()
    return tuple(map(str, words if isinstance(words, list) else [words]))


def _page(page: Page) -> Iterator[SearchEntry]:
    content = page.content or ""
    parser = ContentParser()
    parser.feed(content if "<h1" in content else f"<h1></h1>{content}")
    parser.close()
    titles = {anchor.id: _plain(anchor.title) for anchor in _all(page.toc)}
    name = str(page.title)
    for at, section in enumerate(parser.data):
        text = " ".join(section.text)
        if not at:
            yield SearchEntry(
                page.url, "Page", name, text=text, stated=False, words=_words(page), sort="page"
            )
        elif title := titles.get(section.id or ""):
            url = f"{page.url}#{section.id}"
            yield SearchEntry(
                url, "Page", f"{name}: {title}", aliases=(title,), text=text, stated=False, sort="page"
            )


def _all(anchors: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for anchor in anchors:
        yield anchor
        yield from _all(anchor.children)


def _plain(html: str) -> str:
    return str(Markup(html).striptags())
