"""Find the place and number for a new entry."""

import posixpath
import re
from collections import Counter
from dataclasses import dataclass

from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Entry

_NUMBER = re.compile(r"(.*?)(\d+)")
_NUMBERED = re.compile(r"(\d+)-.*")


@dataclass(frozen=True)
class Place:
    """A file, and the entry that a new one follows."""

    file: str
    after: int | None = None
    """The index of that entry; None for the end, -1 for the beginning."""


def find_place(workspace: Workspace, collection: str, id: str, under: str = "", *, leave: str = "") -> Place:
    """Return the best place for a new entry.

    Args:
        workspace: the files.
        collection: the key of the list, such as ``terms``.
        id: the id of the entry.
        under: the id of its parent, if it has one.
        leave: the id of an entry to ignore because it is being moved.
    """
    there = [entry for entry in _entries(workspace, collection) if entry.entity.id != leave]
    if siblings := [entry for entry in there if under and getattr(entry.entity, "under", None) == under]:
        if has_own_files(workspace, collection):
            return Place(_new_file(workspace, there, id))
        return Place(workspace.name_of(siblings[-1].document), _index(siblings[-1]))
    if there and has_own_files(workspace, collection):
        return Place(_new_file(workspace, there, id))
    if under and isinstance(workspace.plan[under], Item):
        return Place(workspace.name_of(workspace.plan.entries[under].document))
    if not there:
        return Place(f"{collection}.yaml")
    file = Counter(workspace.name_of(entry.document) for entry in there).most_common(1)[0][0]
    here = [entry for entry in there if workspace.name_of(entry.document) == file]
    return Place(file, _in_order(here, id))


def has_own_files(workspace: Workspace, collection: str) -> bool:
    """Return whether every entry has its own file."""
    entries = _entries(workspace, collection)
    files = {workspace.name_of(entry.document) for entry in entries}
    first = all(next(iter(entry.document.data)) == collection for entry in entries)
    return len(files) == len(entries) > 1 and first


def _entries(workspace: Workspace, collection: str) -> list[Entry]:
    return [entry for entry in workspace.plan.entries.values() if entry.key[:1] == (collection,)]


def _index(entry: Entry) -> int:
    return int(entry.key[-1])


def _in_order(entries: list[Entry], id: str) -> int | None:
    """Return the index to follow in sorted entries, or None."""
    ids = [entry.entity.id for entry in entries]
    if len(ids) < 3 or ids != sorted(ids):
        return None
    before = [_index(entry) for entry in entries if entry.entity.id < id]
    return before[-1] if before else -1


def _new_file(workspace: Workspace, entries: list[Entry], id: str) -> str:
    """Return the name for another file."""
    names = [workspace.name_of(entry.document) for entry in entries]
    folder = posixpath.dirname(names[-1])
    numbers = [_NUMBERED.fullmatch(posixpath.basename(name)) for name in names]
    if all(numbers):
        digits = [match[1] for match in numbers if match]
        following = str(max(map(int, digits)) + 1).zfill(max(map(len, digits)))
        return posixpath.join(folder, f"{following}-{id}.yaml")
    return posixpath.join(folder, f"{id}.yaml")


def next_code(workspace: Workspace, level: str, under: str) -> str:
    """Return the next number after the siblings, or ""."""
    plan = workspace.plan
    items = [each for each in plan.items if (each.under == under if under else each.level == level)]
    numbers = [match for each in items if (match := _NUMBER.fullmatch(each.code))]
    if numbers:
        prefix = Counter(match[1] for match in numbers).most_common(1)[0][0]
        number = max(int(match[2]) for match in numbers if match[1] == prefix)
        taken = {each.code for each in plan.items}
        while f"{prefix}{number}" in taken:
            number += 1
        return f"{prefix}{number}"
    parent = plan[under] if under else None
    if items or not isinstance(parent, Item) or not parent.code:
        return ""
    between = [_between(workspace, each) for each in plan.items if each.level == level]
    mark = Counter(each for each in between if each is not None).most_common(1)
    return f"{parent.code}{mark[0][0]}1" if mark else ""


def _between(workspace: Workspace, item: Item) -> str | None:
    """Return the text between parent code and number."""
    parent = workspace.plan.parent(item)
    if not parent or not parent.code:
        return None
    match = re.fullmatch(rf"{re.escape(parent.code)}(\D*)\d+", item.code)
    return match[1] if match else None
