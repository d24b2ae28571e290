"""How much of what is said rests on what: counts of statements by status, sentences by passage."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from plan_explorer.entities import Item
from plan_explorer.plan import Plan, Said
from plan_explorer.statements import Citation, Status


class Count(NamedTuple):
    """A status, its label in this plan, and how many statements have it."""

    status: Status
    label: str
    number: int


def tally(plan: Plan, said: Iterable[Said]) -> list[Count]:
    """Return how many of *said* have each status that occurs, in the order of plan.yaml."""
    numbers = Counter(each.statement.status for each in said)
    labels = plan.settings.statuses
    return [Count(status, labels[status], numbers[status]) for status in labels if numbers[status]]


def cited(plan: Plan, item: Item) -> list[Citation]:
    """Return the places of the primary source that *item* rests on, in the order of the source."""
    order = plan.primary.places
    found = {
        citation: None
        for said in plan.said[item.id]
        if said.key[0] != "relations"
        for citation in said.statement.all_cites
        if citation.source == plan.settings.primary
    }
    return sorted(found, key=lambda c: (order.get(c.passage, 0), c.first, c.last))
