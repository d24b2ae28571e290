"""Rename an entry and update its references."""

import re
from collections import defaultdict

import yaml

from plan_explorer.editing.entries import add_below_id
from plan_explorer.editing.references import find_references
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import STATEMENT_LISTS, Workspace, refuse
from plan_explorer.editing.yaml_blocks import is_flow, node_at
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.model.plan import Entry
from plan_explorer.model.settings import Subject

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def rename_entry(workspace: Workspace, old: str, new: str) -> Workspace:
    """Return *workspace* with the entry *old* renamed to *new*.

    Raises:
        PlanError: ``unknown-id``, if it does not exist; ``cannot-edit``, if the new id is not allowed.
    """
    entry = workspace.entry(old)
    check_new_id(workspace, new, of=old)
    splices: dict[str, list[Splice]] = defaultdict(list)
    for reference in find_references(workspace, old):
        splices[reference.file].append(reference.replace(new))
    file = workspace.name_of(entry.document)
    splices[file] += _rename_id(workspace, entry, file, new)
    edited = workspace.apply_edits(splices)
    for name in STATEMENT_LISTS:
        if name in workspace.files:
            edited = edited.put(name, _rename_in_list(workspace.text(name), old, new))
    return edited


def check_new_id(workspace: Workspace, new: str, *, of: str = "") -> None:
    """Refuse *new* unless it can be an id.

    Raises:
        PlanError: ``cannot-edit``, with the reason.
    """
    subject = workspace.entry(of or workspace.plan.settings.id)
    where = subject.document.locate((*subject.key, "id") if of else ())
    if not _ID.fullmatch(new) or len(new) > 80:
        raise refuse(f"'{new}' cannot be an id", where, "use lower-case letters, digits and hyphens")
    if new in workspace.plan:
        taken = workspace.plan.entries[new]
        place = taken.document.locate((*taken.key, "id"))
        raise refuse(f"the id '{new}' is taken", where, f"it is used at {place}")
    heir = workspace.plan.successors.get(new)
    if heir and heir != of:
        hint = "ids are never reused, so that old addresses keep their meaning"
        raise refuse(f"the id '{new}' was used before and now leads to '{heir}'", where, hint)


def _rename_id(workspace: Workspace, entry: Entry, file: str, new: str) -> list[Splice]:
    """Return the edits of the entry's own ``id`` and ``formerly``."""
    old, text = entry.entity.id, workspace.text(file)
    node = node_at(entry.document, (*entry.key, "id"))
    assert node is not None
    at = text.index(old, node.start_mark.index)
    named = Splice(at, at + len(old), new)
    if isinstance(entry.entity, Subject):
        return [named]  # its address is that of the site, which stays the same
    former = [*(each for each in entry.entity.formerly if each != new), old]
    shown = f"[{', '.join(map(format_scalar, former))}]"
    known = node_at(entry.document, (*entry.key, "formerly"))
    if known is not None:
        return [named, _add_to_list(known, text, shown, former)]
    return [named, add_below_id(entry.document, entry.key, text, f"formerly: {shown}")]


def _add_to_list(node: yaml.Node, text: str, shown: str, former: list[str]) -> Splice:
    """Return the edit that sets the list *node*."""
    if is_flow(node) or not isinstance(node, yaml.SequenceNode) or not node.value:
        return Splice(node.start_mark.index, node.end_mark.index, shown)
    last = node.value[-1]
    if [each.value for each in node.value] == former[:-1]:
        dash = " " * node.start_mark.column
        return Splice(last.end_mark.index, last.end_mark.index, f"\n{dash}- {format_scalar(former[-1])}")
    return Splice(node.start_mark.index, last.end_mark.index, shown)


def _rename_in_list(text: str, old: str, new: str) -> str:
    lines = text.split("\n")
    head = [line for line in lines if line.startswith("#")]
    rest = [line for line in lines if line and not line.startswith("#")]
    rest = [new + line.removeprefix(old) if line.split(" ")[0] == old else line for line in rest]
    return "\n".join([*head, *sorted(rest), ""])
