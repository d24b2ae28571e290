"""Group statements by label, and tell what is said from what is left open."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from plan_explorer.model.entities import Entity, Event, Item, Passage, Source
from plan_explorer.model.plan import Link, Plan, StatementRef
from plan_explorer.model.statements import Citation, Statement, Status, status_of

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

Found = TypeVar("Found", bound=Entity)

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
        StatementGroup(
            status, by_status[status], shared_places([each.statement for each in by_status[status]])
        )
        for status in STATUS_ORDER
        if status in by_status
    ]


def lead_and_rest(groups: list[StatementGroup]) -> list[StatementGroup]:
    """Return *groups* with the first statement in one of its own."""
    if not groups or len(groups[0].statements) == 1:
        return groups
    first, rest = groups[0], groups[0].statements[1:]
    lead = first._replace(statements=first.statements[:1])
    shared = shared_places(each.statement for each in rest)
    return [lead, first._replace(statements=rest, shared=shared), *groups[1:]]


def shared_places(said: Iterable[Statement]) -> tuple[Citation, ...]:
    """Return the places that all that is *said* rests on."""
    first, *others = (each.cites for each in said)
    return tuple(dict.fromkeys(place for place in first if all(place in cites for cites in others)))


def is_stated(plan: Plan, entity: Entity) -> bool:
    """Return whether the primary source says anything of *entity*, in a statement, a date or a relation."""
    if any(each.statement.status in SHOWN for each in plan.said[entity.id]):
        return True
    if isinstance(entity, Event) and date_status(plan, entity) == "stated":
        return True
    return any(is_stated_link(link) for link in plan.links(entity))


@lru_cache(maxsize=1)  # asked for by every link
def shown_ids(plan: Plan) -> frozenset[str]:
    """Return the ids of what the lens shows: entries of which something is stated, and those above them."""
    stated = [entity for entity in plan if is_stated(plan, entity)]
    above = [each for entity in stated if isinstance(entity, Item) for each in plan.ancestors(entity)]
    return frozenset(each.id for each in (*stated, *above)) | {plan.settings.id, plan.settings.primary}


def shown(plan: Plan, entities: Iterable[Found]) -> list[Found]:
    """Return those of *entities* that the lens shows."""
    ids = shown_ids(plan)
    return [entity for entity in entities if entity.id in ids]


def resting(plan: Plan, source: Source, passage: Passage) -> Mapping[int, set[str]]:
    """Return the ids of what rests on each sentence of *passage* under the lens, by its number."""
    found: dict[int, set[str]] = {}
    for citation, said in plan.citing(source.id, passage.id):
        if said.grounded and said.statement.status in SHOWN:
            for number in citation.sentences or [0]:
                found.setdefault(number, set()).add(said.holder.id)
    return found


def is_stated_link(link: Link) -> bool:
    """Return whether the primary source states *link*."""
    return link.relation.says.status == "stated"


def date_status(plan: Plan, entity: Event | Item) -> Status | None:
    """Return what the date of *entity* rests on, if it has one."""
    if not entity.date:
        return None
    return entity.date.status or status_of(entity.date_cites, plan.settings.primary)
