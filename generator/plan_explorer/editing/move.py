"""Move an entry to another parent."""

from string import digits

from plan_explorer.checking.ids import with_article
from plan_explorer.editing.entries import add_below_id, insert_entry, take_entry
from plan_explorer.editing.placement import find_place, has_own_files, next_code
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import Workspace, refuse
from plan_explorer.editing.yaml_blocks import node_at
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.plan import Entry


def move_entry(workspace: Workspace, id: str, under: str, code: str = "") -> Workspace:
    """Return *workspace* with the entry *id* under *under*, and with another *code* if one is given.

    Raises:
        PlanError: ``unknown-id``, if it does not exist; ``cannot-edit``, if it cannot have a parent.
    """
    if code:
        workspace = _set_code(workspace, workspace.entry(id), code)
    entry, parent = workspace.entry(id), workspace.entry(under)
    where = entry.document.locate(entry.key)
    if not isinstance(entry.entity, Item | Actor):
        noun = workspace.plan.noun(entry.entity).lower()
        raise refuse(f"'{id}' is a {noun}, which has no parent", where)
    if entry.entity.under == under:
        if code:
            return workspace
        raise refuse(f"'{id}' is already under '{under}'", where)
    edited = workspace.apply_edits(
        {workspace.name_of(entry.document): [_set_parent(workspace, entry, parent.entity.id)]}
    )
    collection = str(entry.key[0])
    if isinstance(entry.entity, Actor) or has_own_files(workspace, collection):
        return edited
    target = find_place(workspace, collection, id, under, leave=id)
    if target.after is None and target.file == workspace.name_of(entry.document):
        return edited  # there is no sibling to join, and it is already in its parent's file
    anchor = _id_at(workspace, target.file, collection, target.after)
    rest, lines = take_entry(edited, workspace.name_of(entry.document), entry.key)
    return insert_entry(
        rest, target.file, (collection,), lines, _index_of(rest, target.file, collection, anchor)
    )[0]


def fitting_code(workspace: Workspace, id: str, under: str) -> str:
    """Return the next code under *under* for the entry *id*, or "" if its own fits there or it has none."""
    item = workspace.entry(id).entity
    if not isinstance(item, Item) or not item.code or item.under == under:
        return ""
    offered = next_code(workspace, item.level, workspace.entry(under).entity.id)
    return "" if item.code.rstrip(digits) == offered.rstrip(digits) else offered


def _set_code(workspace: Workspace, entry: Entry, code: str) -> Workspace:
    """Return *workspace* with the *code* of an item.

    Raises:
        PlanError: ``cannot-edit``, if it is no item, or another one has this code.
    """
    where = entry.document.locate(entry.key)
    if not isinstance(entry.entity, Item):
        noun = workspace.plan.noun(entry.entity).lower()
        raise refuse(f"'{entry.entity.id}' is {with_article(noun)}, which has no code", where)
    taken = next((each.id for each in workspace.plan.items if each.code == code), entry.entity.id)
    if taken != entry.entity.id:
        raise refuse(f"'{taken}' has the code '{code}'", where)
    file = workspace.name_of(entry.document)
    node = node_at(entry.document, (*entry.key, "code"))
    if node is None:
        text = workspace.text(file)
        edit = add_below_id(entry.document, entry.key, text, f"code: {format_scalar(code)}")
    else:
        edit = Splice(node.start_mark.index, node.end_mark.index, format_scalar(code))
    return workspace.apply_edits({file: [edit]})


def _set_parent(workspace: Workspace, entry: Entry, parent: str) -> Splice:
    """Return the edit that sets the parent."""
    text = workspace.text(workspace.name_of(entry.document))
    node = node_at(entry.document, (*entry.key, "under"))
    if node is not None:
        old = getattr(entry.entity, "under")  # noqa: B009
        at = text.index(old, node.start_mark.index)
        return Splice(at, at + len(old), parent)
    return add_below_id(entry.document, entry.key, text, f"under: {parent}")


def _id_at(workspace: Workspace, file: str, collection: str, after: int | None) -> str:
    """Return the id of the entry at the index *after*."""
    document = workspace.documents.get(file)
    if after is None or document is None:
        return ""
    node = node_at(document, (collection, after, "id"))
    return str(node.value) if node is not None else ""


def _index_of(workspace: Workspace, file: str, collection: str, id: str) -> int | None:
    """Return the current index of the entry *id* in *collection*."""
    document = workspace.documents.get(file)
    entries = document.data.get(collection, []) if document and document.data else []
    return next((at for at, each in enumerate(entries) if id and each.get("id") == id), None)
