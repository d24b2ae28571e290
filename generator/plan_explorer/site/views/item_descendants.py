"""What an item gathers from those below it: its terms, and how its part is linked to the others."""

from dataclasses import dataclass
from typing import Any

from plan_explorer.model.entities import Actor, Item, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation
from plan_explorer.site.views.item import terms

MAX_TERMS, MAX_BRIDGES, MAX_PAIRS = 12, 30, 4
"""Most terms, most other parts, and most pairs with one of them, that the page of an item gathers.

The pages below have the rest.
"""


@dataclass(frozen=True)
class Child:
    """An item below, with what its line shows besides its name and summary."""

    item: Item
    actors: list[Actor]
    places: list[Citation]
    silent: bool
    """Whether it is a commitment that names nobody."""


@dataclass(frozen=True)
class Bridge:
    """Another part of the plan, and the pairs of items through which the two are linked."""

    top: Item
    pairs: list[tuple[Item, Item]]
    """The one here and the one there."""


def descendants_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return what the page of *item* shows of the items below it."""
    bridges = _bridges(plan, item)
    return {
        "below": [_child(plan, child) for child in pages_below(plan, item)],
        "gathered": _terms(plan, item),
        "bridges": _strongest(bridges),
        "further_bridges": max(0, len(bridges) - MAX_BRIDGES),
    }


def _child(plan: Plan, child: Item) -> Child:
    actors = list(
        {link.other.id: link.other for link in plan.links(child) if isinstance(link.other, Actor)}.values()
    )
    bound = plan.level(child).commitment and bool(plan.actors)
    return Child(child, actors, plan.cited(child), bound and not actors)


def _terms(plan: Plan, item: Item) -> list[tuple[Term, list[Item]]]:
    """Return the terms that *item* or the items below it use, each with those that use it."""
    found: dict[str, tuple[Term, list[Item]]] = {}
    below = list(plan.descendants(item))
    if not below:
        return []
    for each in (item, *below):
        for term in terms(plan, each):
            if isinstance(term, Term):
                found.setdefault(term.id, (term, []))[1].append(each)
    return list(found.values())[:MAX_TERMS]


def _bridges(plan: Plan, item: Item) -> list[Bridge]:
    """Return the other parts of the plan that items below *item* are linked to."""
    own = plan.top(item) or item
    found: dict[str, dict[tuple[str, str], tuple[Item, Item]]] = {}
    for each in plan.descendants(item):
        for link in plan.links(each):
            if isinstance(link.other, Item):
                there = plan.top(link.other) or link.other
                if there.id != own.id:
                    found.setdefault(there.id, {})[each.id, link.other.id] = (each, link.other)
    tops = sorted(found, key=lambda id: plan.order[id])
    return [Bridge(t, list(found[id].values())) for id in tops if isinstance(t := plan[id], Item)]


def _strongest(bridges: list[Bridge]) -> list[Bridge]:
    """Return those of *bridges* with the most pairs, in the order of the plan, each with a few of them."""
    by_pairs = sorted(range(len(bridges)), key=lambda at: (-len(bridges[at].pairs), at))
    kept = sorted(by_pairs[:MAX_BRIDGES])
    return [Bridge(bridges[at].top, bridges[at].pairs[:MAX_PAIRS]) for at in kept]


def pages_below(plan: Plan, item: Item) -> list[Item]:
    """Return the items right below *item* that have a page of their own."""
    return [child for child in plan.children(item) if plan.level(child).page == "own"]


def bears_on(plan: Plan, item: Item) -> list[Item]:
    """Return the items with a hue that *item*, or what stands below it, is linked to."""
    found: dict[str, Item] = {}
    for each in (item, *plan.descendants(item)):
        for link in plan.links(each):
            if isinstance(link.other, Item) and plan.level(link.other).hue == "each":
                found[link.other.id] = link.other
    return sorted(found.values(), key=lambda other: plan.order[other.id])
