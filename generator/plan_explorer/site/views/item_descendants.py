"""Collect terms and links of items below."""

from dataclasses import dataclass, replace
from typing import Any

from plan_explorer.model.entities import Actor, Item, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation, Status
from plan_explorer.site.views.item import terms
from plan_explorer.site.views.statements import STATUS_ORDER, is_stated_link

MAX_TERMS, MAX_BRIDGES, MAX_PAIRS = 12, 30, 4
"""The most terms, other parts, and pairs with one of them that are shown.

The pages of the items below have the rest.
"""


@dataclass(frozen=True)
class Child:
    """An item below, with further data for its line."""

    item: Item
    actors: list[Actor]
    """Those whom the primary source names."""
    places: list[Citation]


@dataclass(frozen=True)
class Bridge:
    """A linked part of the plan, with pairs of items."""

    top: Item
    pairs: list[tuple[Item, Item]]
    """Pairs of the item here and the item there."""
    status: Status
    """What all these pairs rest on."""


def descendants_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return the data about items below *item*."""
    bridges = _bridges(plan, item)
    return {
        "below": [_child(plan, child) for child in pages_below(plan, item)],
        "terms_below": _terms(plan, item),
        "bridges": _select_bridges(bridges),
        "further_bridges": max(0, len(bridges) - MAX_BRIDGES),
    }


def _child(plan: Plan, child: Item) -> Child:
    links = (link for link in plan.links(child) if is_stated_link(link))
    actors = {link.other.id: link.other for link in links if isinstance(link.other, Actor)}
    return Child(child, list(actors.values()), plan.cited(child))


def _terms(plan: Plan, item: Item) -> list[tuple[Term, list[Item]]]:
    """Return the terms used here or below."""
    users: dict[str, tuple[Term, list[Item]]] = {}
    below = list(plan.descendants(item))
    if not below:
        return []
    for each in (item, *below):
        for term in terms(plan, each):
            if isinstance(term, Term):
                users.setdefault(term.id, (term, []))[1].append(each)
    return list(users.values())[:MAX_TERMS]


def _bridges(plan: Plan, item: Item) -> list[Bridge]:
    """Return the parts linked to items below, those by one status apart from those by another."""
    own = plan.top(item) or item
    found: dict[tuple[str, Status], dict[tuple[str, str], tuple[Item, Item]]] = {}
    for each in plan.descendants(item):
        for link in plan.links(each):
            if isinstance(link.other, Item):
                there = plan.top(link.other) or link.other
                if there.id != own.id:
                    pairs = found.setdefault((there.id, link.relation.says.status), {})
                    pairs[each.id, link.other.id] = (each, link.other)
    tops = sorted(found, key=lambda key: (plan.order[key[0]], STATUS_ORDER.index(key[1])))
    return [Bridge(t, list(found[id, s].values()), s) for id, s in tops if isinstance(t := plan[id], Item)]


def _select_bridges(bridges: list[Bridge]) -> list[Bridge]:
    """Return the strongest bridges in plan order."""
    by_pairs = sorted(range(len(bridges)), key=lambda at: (-len(bridges[at].pairs), at))
    strongest = sorted(by_pairs[:MAX_BRIDGES])
    return [replace(bridges[at], pairs=bridges[at].pairs[:MAX_PAIRS]) for at in strongest]


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
