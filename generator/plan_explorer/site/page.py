"""A page before it is written, and the places it leads to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from plan_explorer.model.entities import Entity
from plan_explorer.site.addresses import Address
from plan_explorer.site.pagination import Part

T = TypeVar("T")

MAX_PARTS_BESIDE = 40
"""Most parts of a list that the page of one of them leads to, so that no page grows with the plan."""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A place to go to: what it is called, and its address."""

    title: str
    address: Address
    code: str = ""
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """A line of the tree at the side of a page."""

    stop: NavLink
    depth: int
    current: bool
    open: bool | None
    """Whether what stands below it is shown; None if there is nothing."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Links between orders of the same things, or tables of the same kind."""

    label: str
    stops: Sequence[tuple[str, str]]
    """What each is called, and the path of its page."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, before it is written."""

    path: str
    template: str
    """The name of the template of its body."""
    title: str
    description: str = ""
    tab: str = ""
    """The path of the top page it belongs to."""
    layout: str = ""
    """The name of its layout, if that differs."""
    entity: Entity | None = None
    """The entry whose page it is, if it is one's."""
    crumbs: tuple[NavLink, ...] = ()
    tree: Callable[[], tuple[SidebarItem, ...]] = tuple
    """Works out the tree at its side: those of all pages together would be many times the plan."""
    previous: NavLink | None = None
    next: NavLink | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    """Parts of the theme that the page does without."""
    context: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """What its template is given besides."""
    lazy_context: Callable[[], Mapping[str, Any]] = dict
    """The rest of that, worked out when the page is written: all of it at once would be much."""


def link_neighbours(pages: list[Page]) -> Iterator[Page]:
    """Yield *pages* with the ones before and after, strand by strand."""
    stops = [NavLink(page.title, Address(page.path)) for page in pages]
    for at, page in enumerate(pages):
        before = at - 1 if at and pages[at - 1].tab == page.tab else None
        after = at + 1 if at + 1 < len(pages) and pages[at + 1].tab == page.tab else None
        yield replace(
            page,
            previous=None if before is None else stops[before],
            next=None if after is None else stops[after],
        )


def split_page(
    whole: Part,
    page: Page,
    told: Callable[[Sequence[Any]], Mapping[str, Any]],
    above: Mapping[str, Any] | None = None,
) -> Iterator[Page]:
    """Yield *page* with the *whole* of a list; or, if it is in parts, as their index, and a page for each.

    Args:
        whole: the list.
        page: its first page; the template is also given the part, and the parts beside it.
        told: gives what the template needs to tell of some of the entries.
        above: what it needs besides where the whole is introduced.
    """

    def written(part: Part, way: tuple[NavLink, ...], beside: Sequence[Part]) -> Iterator[Page]:
        title = f"{page.title}: {part.label}" if part.label else page.title
        context = {**page.context, **(above or {}), "part": part, "beside": _near(beside, part)}
        lazy = dict if part.parts else partial(told, part.entries)
        one = replace(page, path=part.path, title=title, crumbs=way, context=context, lazy_context=lazy)
        yield replace(one, description=f"{title}. {page.description}") if part.label else one
        for each in part.parts:
            yield from written(each, (*way, NavLink(title, Address(part.path))), part.parts)

    pages = list(written(whole, page.crumbs, ()))
    yield from (each for each in pages if each.context["part"].parts)
    yield from link_neighbours([each for each in pages if not each.context["part"].parts])


def _near(parts: Sequence[Part], part: Part) -> Sequence[Part]:
    """Return the *parts* of a list around one of them, itself included."""
    at = next((at for at, each in enumerate(parts) if each is part), 0)
    return around(parts, at, MAX_PARTS_BESIDE)


def around(things: Sequence[T], at: int, most: int) -> Sequence[T]:
    """Return *things*; of more than *most*, as many as that around the one at the place *at*."""
    first = max(min(at - most // 2, len(things) - most), 0)
    return things[first : first + most]
