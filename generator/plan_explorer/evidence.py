"""How much of what is said rests on what: counts of statements by status, sentences by passage."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from plan_explorer.plan import Plan, Said
from plan_explorer.statements import Status


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
