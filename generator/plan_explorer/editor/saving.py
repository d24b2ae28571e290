"""Check and save what a form says of an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from plan_explorer.checking.quality import check_quality
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.set_entry import set_entry
from plan_explorer.editing.workspace import Workspace, read_workspace
from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.plan import Entry


class LastPlan:
    """The plan in a folder, parsed again only when a file has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: Workspace | None = None

    def open(self) -> Workspace:
        """Return the plan as it is now.

        Raises:
            PlanError: with every problem found, if it is not sound.
        """
        fresh = read_workspace(self.folder)
        if self._last is None or self._last.files != fresh.files:
            assert fresh.plan  # raises what is wrong
            self._last = fresh
        return self._last


@dataclass(frozen=True)
class Draft:
    """An entry as a form wants it."""

    before: Workspace
    entry: Entry
    data: Mapping[str, Any]

    def apply(self) -> Workspace:
        """Return the plan with the entry as it is wanted.

        Raises:
            PlanError: ``cannot-edit``, if that cannot be written.
        """
        id, data = self.entry.entity.id, dict(self.data)
        was, under = own_data(self.entry).get("under"), data.get("under")
        parent = self.before.plan.entries.get(under or "")
        movable = isinstance(self.entry.entity, Item | Actor) and parent and under != was
        if movable and was is not None:
            data["under"] = was
        elif movable:
            del data["under"]
        edited = set_entry(self.before, id, data)
        return move_entry(edited, id, str(under)) if movable else edited


def own_data(entry: Entry) -> dict[str, Any]:
    """Return what is written of *entry* in its file."""
    data: dict[str, Any] = entry.document.data[entry.key[0]][entry.key[1]]
    return data


def fingerprint(entry: Entry) -> str:
    """Return a hash of what is written of *entry*, by which a change is noticed."""
    return sha256(entry.document.excerpt(entry.key).encode()).hexdigest()


def key_at(document: Document, key: Key, problem: Problem) -> Key | None:
    """Return the key below *key* of the value at the place of *problem*, or None if it is elsewhere."""
    line, column = problem.location.line - 1, problem.location.column - 1
    first, end = document.spans.get(key, (0, 0))
    if problem.location.path != document.path or not first <= line < end:
        return None
    node: Any = document.root
    found: Key = ()
    while True:
        step = next((each for each in _parts(node) if _holds(*each[1:], line, column)), None)
        if step is None:
            return found[len(key) :]
        found, node = (*found, step[0]), step[2]


def _parts(node: yaml.Node) -> list[tuple[str | int, yaml.Node, yaml.Node]]:
    """Return each part of *node* by its key: where it begins, and its value."""
    if isinstance(node, yaml.MappingNode):
        return [(name.value, name, value) for name, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [(at, value, value) for at, value in enumerate(node.value)]
    return []


def _holds(first: yaml.Node, last: yaml.Node, line: int, column: int) -> bool:
    start, end = first.start_mark, last.end_mark
    return (start.line, start.column) <= (line, column) < (end.line, end.column)


def count_unverified(workspace: Workspace, entry: Entry) -> int:
    """Return how many statements of *entry* are not verified, if the plan has a list of those that are."""
    stale = workspace.find_unverified()
    return sum(key_at(entry.document, entry.key, each) is not None for each in stale)


def advice(workspace: Workspace, entry: Entry) -> list[Problem]:
    """Return the warnings about *entry*."""
    found = check_quality(workspace.plan)
    return [each for each in found if key_at(entry.document, entry.key, each) is not None]
