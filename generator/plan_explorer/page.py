"""A page before it is written, and the places it leads to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plan_explorer.addresses import Address
from plan_explorer.entities import Entity


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to go to: what it is called, and its address."""

    title: str
    address: Address
    code: str = ""
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree at the side of a page."""

    stop: Stop
    depth: int
    current: bool
    open: bool | None
    """Whether what stands below it is shown; None if there is nothing."""


@dataclass(frozen=True)
class Page:
    """A page of the site, before it is written."""

    path: str
    template: str
    title: str
    description: str = ""
    tab: str = ""
    """The path of the top page it belongs to."""
    entity: Entity | None = None
    """The entry whose page it is, if it is one's."""
    crumbs: tuple[Stop, ...] = ()
    tree: tuple[Branch, ...] = ()
    previous: Stop | None = None
    next: Stop | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    """Parts of the theme that the page does without."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What its template is given besides."""
    fill: Callable[[], Mapping[str, Any]] = dict
    """The rest of that, worked out when the page is written: all of it at once would be much."""


def in_row(pages: list[Page]) -> Iterator[Page]:
    """Yield *pages* with the ones before and after, strand by strand."""
    for at, page in enumerate(pages):
        before, after = pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
        yield replace(
            page,
            previous=_stop(before) if before and before.tab == page.tab else None,
            next=_stop(after) if after and after.tab == page.tab else None,
        )


def _stop(page: Page) -> Stop:
    return Stop(page.title, Address(page.path))
