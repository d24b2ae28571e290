"""Collect items below and their links."""

from dataclasses import dataclass
from typing import Any

from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation, Status
from plan_explorer.site.views.statements import STATUS_ORDER, is_stated_link


@dataclass(frozen=True)
class Child:
    """An item below, with further data for its line."""

    item: Item
    actors: list[Actor]
    """Those whom the primary source names."""
    places: list[Citation]


def descendants_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return the data about items below *item*."""
    return {"below": [_child(plan, child) for child in pages_below(plan, item)]}


def _child(plan: Plan, child: Item) -> Child:
    links = (link for link in plan.links(child) if is_stated_link(link))
    actors = {link.other.id: link.other for link in links if isinstance(link.other, Actor)}
    return Child(child, list(actors.values()), plan.cited(child))


def pages_below(plan: Plan, item: Item) -> list[Item]:
    """Return the items right below *item* that have a page of their own."""
    return [child for child in plan.children(item) if plan.level(child).page == "own"]


def bears_on(plan: Plan, item: Item) -> dict[Status, list[Item]]:
    """Return the items with a hue that *item*, or what stands below it, is linked to, by label."""
    found: dict[str, tuple[Item, Status]] = {}
    for each in (item, *plan.descendants(item)):
        for link in plan.links(each):
            if isinstance(link.other, Item) and plan.level(link.other).hue == "each":
                status = link.relation.says.status
                known = found.get(link.other.id, (link.other, status))[1]
                found[link.other.id] = link.other, min(known, status, key=STATUS_ORDER.index)
    linked = sorted(found.values(), key=lambda pair: plan.order[pair[0].id])
    by_label = {status: [other for other, of in linked if of == status] for status in STATUS_ORDER}
    return {status: items for status, items in by_label.items() if items}
