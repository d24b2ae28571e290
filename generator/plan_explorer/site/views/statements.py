"""Group statements by label, and tell what is said from what is left open."""

from collections.abc import Iterable
from typing import NamedTuple

from plan_explorer.model.entities import Entity, Event, Item
from plan_explorer.model.plan import Link, Plan, StatementRef
from plan_explorer.model.statements import Citation, Status, status_of

STATUS_ORDER: tuple[Status, ...] = (
    "stated",
    "inferred",
    "disputed",
    "background",
    "known",
    "wording",
    "editorial",
)
"""The statuses, in the order of their groups on a page; a silence stands in a box of its own."""

SHOWN: tuple[Status, ...] = ("stated", "silence")
"""The statuses that the lens shows."""


class StatementGroup(NamedTuple):
    """Statements of one status."""

    status: Status
    statements: list[StatementRef]
    shared: tuple[Citation, ...]
    """What all of them cite."""


def group_statements(said: Iterable[StatementRef]) -> list[StatementGroup]:
    """Return what is *said* by label, without silences."""
    by_status: dict[Status, list[StatementRef]] = {}
    for each in said:
        by_status.setdefault(each.statement.status, []).append(each)
    return [
        StatementGroup(status, by_status[status], _shared(by_status[status]))
        for status in STATUS_ORDER
        if status in by_status
    ]


def _shared(said: list[StatementRef]) -> tuple[Citation, ...]:
    first, *others = (each.statement.cites for each in said)
    return tuple(dict.fromkeys(place for place in first if all(place in cites for cites in others)))


def is_stated(plan: Plan, entity: Entity) -> bool:
    """Return whether the primary source says anything of *entity*, in a statement, a date or a relation."""
    if any(each.statement.status in SHOWN for each in plan.said[entity.id]):
        return True
    if isinstance(entity, Event) and date_status(plan, entity) == "stated":
        return True
    return any(is_stated_link(link) for link in plan.links(entity))


def is_stated_link(link: Link) -> bool:
    """Return whether the primary source states *link*."""
    return link.relation.says.status == "stated"


def date_status(plan: Plan, entity: Event | Item) -> Status | None:
    """Return what the date of *entity* rests on, if it has one."""
    if not entity.date:
        return None
    return entity.date.status or status_of(entity.date_cites, plan.settings.primary)
