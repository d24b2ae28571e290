"""Build the tree beside a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.page import NavLink, SidebarItem, around
from plan_explorer.site.views.statements import shown_ids

MAX_SIDEBAR_ITEMS = 40
"""The most entries in one list of the tree."""


@dataclass(frozen=True)
class SideTree:
    """The trees beside the pages of items."""

    plan: Plan
    addresses: Addresses
    hues: Mapping[str, int]

    def branches(self, strand: Strand, current: Item | None) -> tuple[SidebarItem, ...]:
        """Return the tree of *strand*, opened as far as *current*."""
        return tuple(self._branches(strand, current))

    def _branches(self, strand: Strand, current: Item | None) -> Iterator[SidebarItem]:
        lineage = {each.id for each in self.plan.ancestors(current)} if current else set()
        lineage |= {current.id} if current else set()
        stack = [(root, 0) for root in reversed(near(self.plan.roots(strand), lineage))]
        while stack:
            item, depth = stack.pop()
            below = self._below[item.id]
            opened = item.id in lineage or (depth == 0 and strand.id in self._always_open)
            here = bool(current and item.id == current.id)
            off = not here and item.id not in shown_ids(self.plan)
            yield SidebarItem(self._short_links[item.id], depth, here, opened if below else None, off)
            stack += [(child, depth + 1) for child in reversed(near(below, lineage))] if opened else []

    @cached_property
    def _short_links(self) -> dict[str, NavLink]:
        """Every item as a link, by its short name."""
        plan, of, hue = self.plan, self.addresses.of, self.hues.get
        return {i.id: NavLink(plan.short(i), of(i), i.code, hue(i.id)) for i in plan.items}

    @cached_property
    def _below(self) -> dict[str, list[Item]]:
        """The children with their own pages, by parent id."""
        return {
            item.id: [child for child in self.plan.branches(item) if not self.addresses.of(child).anchor]
            for item in self.plan.items
        }

    @cached_property
    def _always_open(self) -> set[str]:
        """The strands whose second level is always shown."""
        strands = set()
        for strand in self.plan.settings.strands:
            below = [child for root in self.plan.roots(strand) for child in self._below[root.id]]
            if len(below) <= MAX_SIDEBAR_ITEMS and any(
                self.plan.level(child).hue == "each" for child in below
            ):
                strands.add(strand.id)
        return strands


def near(items: list[Item], lineage: set[str]) -> Sequence[Item]:
    """Return those of *items* closest to *lineage*.

    Args:
        items: the entries of one list.
        lineage: the ids of the page's entry and its ancestors.
    """
    at = next((index for index, item in enumerate(items) if item.id in lineage), 0)
    return around(items, at, MAX_SIDEBAR_ITEMS)
