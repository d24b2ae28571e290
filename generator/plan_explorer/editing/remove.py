"""Remove an entry and redirect its addresses to a replacement."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plan_explorer.checking.published_ids import PUBLISHED_IDS, parse_published_ids
from plan_explorer.diagnostics.problems import Location
from plan_explorer.documents.document import Key
from plan_explorer.editing.entries import delete_parts, has_content, insert_entries
from plan_explorer.editing.read_again import READ_AGAIN, format_read_again, parse_read_again, reason_about
from plan_explorer.editing.references import Reference, find_references
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import STATEMENT_LISTS, Workspace, refuse
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.model.entities import Entity
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
    return remove_entries(workspace, {id: heir})


def remove_entries(workspace: Workspace, heirs: Mapping[str, str]) -> Workspace:
    """Return *workspace* without several entries; references name the heir of each, which stays.

    Raises:
        PlanError: as `remove_entry` does.
    """
    redirected: dict[str, list[Splice]] = defaultdict(list)
    gone: dict[str, set[Key]] = defaultdict(set)
    for id, heir in heirs.items():
        entry = workspace.entry(id)
        where = entry.document.locate((*entry.key, "id"))
        if isinstance(entry.entity, Subject):
            raise refuse("the plan itself cannot be removed", where)
        if heir in heirs or (heir and workspace.entry(heir).entity.id == workspace.plan.settings.id):
            raise refuse(f"'{heir}' cannot replace it", where)
        references = [each for each in find_references(workspace, id) if each.holder not in heirs]
        if not heir:
            _refuse_if_needed(workspace, id, references)
        for each in references:
            if each.holder == heir and "relations" in each.key:
                gone[each.file].add(each.key[:-1])
            else:
                redirected[each.file].append(each.replace(heir))
        gone[workspace.name_of(entry.document)].add(entry.key)
    for file, keys in gone.items():
        redirected[file] += delete_parts(workspace.documents[file], keys)
    edited = workspace.apply_edits(redirected)
    for file in gone:
        edited = edited if has_content(edited.text(file)) else edited.put(file, None)
    addresses = Addresses(workspace.plan)
    edited = insert_entries(
        edited,
        [
            (SETTINGS, "removed", None, lines)
            for id, heir in heirs.items()
            if heir
            for lines in _records(addresses, workspace.plan[id], heir)
        ],
    )
    for id in heirs:
        for name in STATEMENT_LISTS:
            edited = edited.without_lines(name, id)
    return _list_reasons(edited, workspace.plan, heirs)


def _list_reasons(edited: Workspace, before: Plan, heirs: Mapping[str, str]) -> Workspace:
    """Return *edited* with the reasons listed that were written about entries that are gone."""
    fresh = [
        reason_about(holder, relation, relation.target)
        for holder in before
        if holder.id not in heirs
        for relation in holder.relations
        if relation.says.text and heirs.get(relation.target, holder.id) != holder.id
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


def _records(addresses: Addresses, entity: Entity, heir: str) -> Iterator[list[str]]:
    """Yield what plan.yaml records of an entry that is gone: the lines for each of its addresses."""
    now = addresses.of(entity)
    known = [(entity.id, now), *((old, former_address(now, entity, old)) for old in entity.formerly)]
    for id, address in known:
        yield [
            f"- id: {format_scalar(id)}",
            f"  address: {format_scalar(str(address))}",
            f"  replaced_by: {format_scalar(heir)}",
        ]
