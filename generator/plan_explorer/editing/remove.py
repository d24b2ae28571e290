"""Remove an entry and redirect its addresses to a replacement."""

from collections import defaultdict
from collections.abc import Iterator

from plan_explorer.checking.published_ids import PUBLISHED_IDS, parse_published_ids
from plan_explorer.diagnostics.problems import Location
from plan_explorer.editing.entries import delete_lines, find_block, insert_entry, line_offset, take_entry
from plan_explorer.editing.read_again import READ_AGAIN, format_read_again, parse_read_again, reason_about
from plan_explorer.editing.references import Reference, find_references, find_rows
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import STATEMENT_LISTS, Workspace, refuse
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.model.entities import Entity, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.redirects import former_address

MAX_REFERENCES = 5
"""How many references an error lists."""


def remove_entry(workspace: Workspace, id: str, heir: str = "") -> Workspace:
    """Return *workspace* without the entry *id*; references name *heir* instead.

    Raises:
        PlanError: ``unknown-id``, if one of the two does not exist; ``cannot-edit``, if there is no heir
            although the entry is still referred to or was published.
    """
    entry = workspace.entry(id)
    where = entry.document.locate((*entry.key, "id"))
    if isinstance(entry.entity, Subject):
        raise refuse("the plan itself cannot be removed", where)
    if heir == id or (heir and workspace.entry(heir).entity.id == workspace.plan.settings.id):
        raise refuse(f"'{heir}' cannot replace it", where)
    references = [each for each in find_references(workspace, id) if each.holder != id]
    if not heir:
        _refuse_if_needed(workspace, id, references)
    edited = workspace.apply_edits(_redirect_references(workspace, references, heir))
    if heir:
        edited = _record_removal(edited, workspace, entry.entity, heir)
    edited, _ = take_entry(edited, workspace.name_of(entry.document), entry.key)
    if isinstance(entry.entity, Item):
        edited = edited.apply_edits(_without_rows(workspace, entry.entity))
    for name in STATEMENT_LISTS:
        edited = edited.without_lines(name, id)
    return _list_reasons(edited, workspace.plan, id, heir)


def _list_reasons(edited: Workspace, before: Plan, id: str, heir: str) -> Workspace:
    """Return *edited* with the reasons listed that were written about *id*."""
    fresh = [
        reason_about(holder, relation, id)
        for holder in before
        if holder.id not in (id, heir)
        for relation in holder.relations
        if relation.target == id and relation.says.text
    ]
    if not fresh:
        return edited
    known = parse_read_again(edited.text(READ_AGAIN), f"{edited.shown}/{READ_AGAIN}")
    return edited.put(READ_AGAIN, format_read_again([*known, *fresh]))


def rewritten_reasons(before: Workspace, after: Workspace, id: str) -> Iterator[tuple[Location, str]]:
    """Yield where relations lead to another entry in the place of *id*, and why they say they do.

    Raises:
        PlanError: with every problem of the plan as it is *after* the edit.
    """
    for holder in before.plan:
        kept = [relation for relation in holder.relations if relation.target == id]
        if holder.id == id or holder.id not in after.plan or not kept:
            continue
        entry = after.plan.entries[holder.id]
        for at, relation in enumerate(entry.entity.relations):
            was = relation.model_copy(update={"target": id})
            if was in kept and relation.says.text:
                place = entry.document.locate((*entry.key, "relations", at))
                yield place, f"{holder.id} {relation.kind} {relation.target}: {relation.says.words}"


def _refuse_if_needed(workspace: Workspace, id: str, references: list[Reference]) -> None:
    entry = workspace.entry(id)
    where = entry.document.locate((*entry.key, "id"))
    if references:
        places = ", ".join(str(each.location(workspace)) for each in references[:MAX_REFERENCES])
        more = f" and {len(references) - MAX_REFERENCES} more" if len(references) > MAX_REFERENCES else ""
        hint = f"use --replaced-by ID to make them name another entry; they are at {places}{more}"
        raise refuse(f"'{id}' is still referred to", where, hint)
    ids = {id, *entry.entity.formerly}
    if any(each.id in ids for each in parse_published_ids(workspace.text(PUBLISHED_IDS), PUBLISHED_IDS)[0]):
        hint = "use --replaced-by ID to say which entry its old address leads to"
        raise refuse(f"'{id}' was published", where, hint)


def _redirect_references(
    workspace: Workspace, references: list[Reference], heir: str
) -> dict[str, list[Splice]]:
    """Return the edits that make references name *heir*."""
    splices: dict[str, list[Splice]] = defaultdict(list)
    for each in references:
        if each.holder == heir and "relations" in each.key:
            splices[each.file].append(_without_relation(workspace, each))
        else:
            splices[each.file].append(each.replace(heir))
    return splices


def _without_relation(workspace: Workspace, reference: Reference) -> Splice:
    document, key = workspace.documents[reference.file], reference.key[:-1]
    lines = document.lines
    if len(workspace.entry(reference.holder).entity.relations) == 1:
        block = find_block(document, key[:-1])
        return delete_lines(lines, block.start, block.end)
    block = find_block(document, key)
    return Splice(line_offset(lines, block.start), line_offset(lines, block.end), "")


def _without_rows(workspace: Workspace, item: Item) -> dict[str, list[Splice]]:
    """Return the edits that take the values of *item* out of the files that have them."""
    splices: dict[str, list[Splice]] = defaultdict(list)
    for document, at, _ in find_rows(workspace, item):
        splices[workspace.name_of(document)].append(Splice(*document.row(at), ""))
    return splices


def _record_removal(edited: Workspace, before: Workspace, entity: Entity, heir: str) -> Workspace:
    """Return *edited* with the removal recorded in plan.yaml."""
    now = Addresses(before.plan).of(entity)
    addresses = [(entity.id, now), *((old, former_address(now, entity, old)) for old in entity.formerly)]
    for id, address in addresses:
        lines = [
            f"- id: {format_scalar(id)}",
            f"  address: {format_scalar(str(address))}",
            f"  replaced_by: {format_scalar(heir)}",
        ]
        edited, _ = insert_entry(edited, SETTINGS, ("removed",), lines, None)
    return edited
