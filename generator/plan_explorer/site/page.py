"""Represent planned pages and links between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from plan_explorer.model.entities import Entity, Item
from plan_explorer.site.addresses import Address
from plan_explorer.site.pagination import Part
from plan_explorer.translation import gettext, labelled

T = TypeVar("T")

MAX_PARTS_BESIDE = 40
"""How many other parts of a list one of its pages links to."""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link with a title."""

    title: str
    address: Address
    code: str = ""
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """A line of the tree beside a page."""

    link: NavLink
    depth: int
    current: bool
    open: bool | None
    """Whether its children are shown; None if it has none."""
    off: bool = False
    """Whether the primary source says nothing of it or of what is below it."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Links between orders of the same things, or tables of the same kind."""

    label: str
    links: Sequence[tuple[str, str]]
    """What each is called, and the path of its page."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """A planned page of the site."""

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
    """The entry that the page is about, if any."""
    crumbs: tuple[NavLink, ...] = ()
    tree: Callable[[], tuple[SidebarItem, ...]] = tuple
    """Returns the tree beside the page; all trees together would exceed the plan in size."""
    previous: NavLink | None = None
    next: NavLink | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    """Parts of the theme that the page omits."""
    context: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """Data for the template."""
    language: str = ""
    """The language of its text, if that is not the language of the plan."""
    search: tuple[str, ...] = ()
    """Words under which readers look for it, besides its title."""
    lazy_context: Callable[[], Mapping[str, Any]] = dict
    """Returns further data for the template, to save memory until it is rendered."""


def link_neighbours(pages: list[Page]) -> Iterator[Page]:
    """Yield *pages* linked to their neighbours."""
    links = [
        NavLink(page.title, Address(page.path), page.entity.code if isinstance(page.entity, Item) else "")
        for page in pages
    ]
    for at, page in enumerate(pages):
        before = at - 1 if at and pages[at - 1].tab == page.tab else None
        after = at + 1 if at + 1 < len(pages) and pages[at + 1].tab == page.tab else None
        yield replace(
            page,
            previous=None if before is None else links[before],
            next=None if after is None else links[after],
        )


def split_page(
    whole: Part,
    page: Page,
    data_of: Callable[[Sequence[Any]], Mapping[str, Any]],
    above: Mapping[str, Any] | None = None,
) -> Iterator[Page]:
    """Yield the page or pages of a list.

    Args:
        whole: the list.
        page: its first page; the template also receives the part and its neighbours.
        data_of: returns the template's data for some of the entries.
        above: further data for the first page.
    """

    def written(part: Part, crumbs: tuple[NavLink, ...], beside: Sequence[Part]) -> Iterator[Page]:
        title = page.title
        if part.label:
            title = labelled(page.title, part.label)
        context = {**page.context, **(above or {}), "part": part, "beside": _near(beside, part)}
        lazy = dict if part.parts else partial(data_of, part.entries)
        one = replace(page, path=part.path, title=title, crumbs=crumbs, context=context, lazy_context=lazy)
        about = gettext("%(title)s. %(description)s", title=title, description=page.description)
        yield replace(one, description=about, search=()) if part.label else one
        for each in part.parts:
            yield from written(each, (*crumbs, NavLink(title, Address(part.path))), part.parts)

    pages = list(written(whole, page.crumbs, ()))
    yield from (each for each in pages if each.context["part"].parts)
    yield from link_neighbours([each for each in pages if not each.context["part"].parts])


def _near(parts: Sequence[Part], part: Part) -> Sequence[Part]:
    """Return the closest *parts* of a list."""
    at = next((at for at, each in enumerate(parts) if each is part), 0)
    return around(parts, at, MAX_PARTS_BESIDE)


def around(things: Sequence[T], at: int, most: int) -> Sequence[T]:
    """Return up to *most* of *things* around *at*."""
    first = max(min(at - most // 2, len(things) - most), 0)
    return things[first : first + most]
