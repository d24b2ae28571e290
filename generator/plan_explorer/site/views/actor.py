"""Collect the data of an actor's page."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from plan_explorer.model.entities import Actor, Entity, Event, Item
from plan_explorer.model.plan import Link, Plan
from plan_explorer.model.statements import Date, Status
from plan_explorer.site.views import item as item_view
from plan_explorer.site.views.item import Row, RowGroup, rows_by_label
from plan_explorer.site.views.statements import date_status, group_statements, is_stated_link


class Role(NamedTuple):
    """What an actor does, or is asked to do, by one kind of relation."""

    kind: str
    label: str
    """How the relation reads from the actor: Monitors."""
    number: int
    stated: int
    """How much of it the primary source states."""
    deeds: list[RowGroup]
    """The same by label."""


def actor_context(plan: Plan, actor: Actor) -> dict[str, Any]:
    """Return the data for an actor's page."""
    here = [said for said in plan.said[actor.id] if said.published]
    roles = [_role(plan, kind, links) for kind, links in roles_held(plan, actor).items()]
    told = {(row.other.id, row.label) for role in roles for each in role.deeds for row in each.rows}
    rows = item_view.rows(plan, actor)
    return {
        "actor": actor,
        "groups": group_statements(here),
        "silent": [said for said in here if said.statement.status == "silence"],
        "parts": [each for each in plan.actors if each.under == actor.id],
        "terms": [each.entity for each in item_view.used_terms(plan, actor)],
        "roles": roles,
        "others": [row for row in rows if (row.other.id, row.label) not in told],
    }


def roles_held(plan: Plan, actor: Actor) -> dict[str, list[Link]]:
    """Return what *actor* does by kind of relation, each entry once, by what is stated if it can."""
    held: dict[str, dict[str, Link]] = {
        kind: {} for kind, each in plan.settings.relations.items() if each.role
    }
    for link in plan.links(actor):
        if not link.outgoing and link.relation.kind in held:
            known = held[link.relation.kind].get(link.other.id)
            if known is None or (is_stated_link(link) and not is_stated_link(known)):
                held[link.relation.kind][link.other.id] = link
    return {kind: list(links.values()) for kind, links in held.items() if links}


def _role(plan: Plan, kind: str, links: Sequence[Link]) -> Role:
    """Return what *links* of one kind lead to, in the order of the plan."""
    ordered = sorted(links, key=lambda link: plan.order.get(link.other.id, len(plan.order)))
    rows = [
        Row(link.other, link.row_label, link.relation.says, link.relation.date, outgoing=False)
        for link in ordered
    ]
    return Role(kind, links[0].row_label, len(links), sum(map(is_stated_link, links)), rows_by_label(rows))


def date_of(plan: Plan, entity: Entity) -> tuple[Date | str, Status | None, Item | None] | None:
    """Return when *entity* is due or was, what that rests on, and the item above through which it holds."""
    if isinstance(entity, Event) and entity.date:
        return entity.date, date_status(plan, entity), None
    if not isinstance(entity, Item):
        return None
    fact = next(item_view.dates(plan, entity), None)
    return (fact.values[0].words, fact.status, fact.through) if fact else None
