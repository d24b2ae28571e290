"""Describe an entry and everything that refers to it."""

from collections.abc import Iterator

from plan_explorer.editing.references import find_references
from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.entities import Actor, Entity, Item, Source, Term
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses

MAX_LINES = 25
"""How many lines of one part are shown unless all are requested."""


def describe_entry(workspace: Workspace, id: str, *, all: bool = False) -> Iterator[str]:
    """Yield the lines that describe an entry.

    Raises:
        PlanError: ``unknown-id``, if it does not exist.
    """
    plan, entry = workspace.plan, workspace.entry(id)
    entity = entry.entity
    code = f" {entity.code}" if isinstance(entity, Item) and entity.code else ""
    yield f"{plan.noun(entity)}{code}: {plan.title(entity)}"
    yield f"  id       {id}" + (f", formerly {', '.join(entity.formerly)}" if entity.formerly else "")
    yield f"  written  {entry.document.locate(entry.key)}"
    yield f"  page     {Addresses(plan).of(entity)}"
    for tag, name in entity.name.items():
        yield f"  {tag:<8} {name.text}" + (f" ({name.confidence})" if name.unsure else "")
    for title, lines in _parts(workspace, entity):
        if lines:
            yield f"{title} ({len(lines)})"
            shown = lines if all else lines[:MAX_LINES]
            yield from (f"  {line}" for line in shown)
            if len(lines) > len(shown):
                yield f"  … and {len(lines) - len(shown)} more; --all shows them"


def _parts(workspace: Workspace, entity: Entity) -> Iterator[tuple[str, list[str]]]:
    plan = workspace.plan
    yield "Under", [_id_and_title(plan, each) for each in _above(plan, entity)]
    yield "Above", [_id_and_title(plan, each) for each in _below(plan, entity)]
    yield "Says", [_statement_line(ref) for ref in plan.said[entity.id] if ref.key[0] != "relations"]
    links = plan.links(entity)
    for title, outgoing in (("Links to", True), ("Linked from", False)):
        some = (link for link in links if link.outgoing == outgoing)
        yield title, [f"{link.row_label}: {_id_and_title(plan, link.other)}" for link in some]
    if isinstance(entity, Term):
        yield "Mentioned in", [_statement_place(plan, ref) for ref in plan.mentioned(entity)]
    if isinstance(entity, Source):
        cited = [_statement_place(plan, ref) for _, ref in plan.citing_source(entity.id)]
        yield "Cited by", list(dict.fromkeys(cited))
    else:
        yield "Named at", [str(each.location(workspace)) for each in find_references(workspace, entity.id)]


def _above(plan: Plan, entity: Entity) -> list[Entity]:
    if isinstance(entity, Item):
        return [plan[id] for id in entity.parents]
    return [plan[entity.under]] if isinstance(entity, Actor) and entity.under else []


def _below(plan: Plan, entity: Entity) -> list[Entity]:
    if isinstance(entity, Item):
        return [*plan.children(entity)]
    return [each for each in plan.actors if each.under == entity.id] if isinstance(entity, Actor) else []


def _id_and_title(plan: Plan, entity: Entity) -> str:
    return f"{entity.id} ({plan.title(entity)})" if not isinstance(entity, Subject) else entity.id


def _statement_line(ref: StatementRef) -> str:
    cites = "; ".join(map(str, ref.statement.all_cites))
    words = ref.statement.words or " / ".join(side.words for side in ref.statement.sides)
    return f"{ref.address} {ref.statement.status}: {words} [{cites}]"


def _statement_place(plan: Plan, ref: StatementRef) -> str:
    document, key = plan.written(ref)
    return f"{document.locate(key)}: {ref.holder.id}, {ref.address}"
