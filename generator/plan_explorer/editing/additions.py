"""Add what a further file holds to a plan: share what every such file needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.editing.set_entry import set_entries
from plan_explorer.editing.workspace import Workspace
from plan_explorer.importers.draft import Note
from plan_explorer.importers.report import Report
from plan_explorer.loading.loader import SETTINGS

Data = dict[str, Any]


@dataclass(frozen=True)
class Added:
    """A plan with a file added, and what is to be told of it."""

    workspace: Workspace
    report: Report
    where: str
    """Where in the plan it is now: the ids of crosswalks, or a file."""


def refuse_second(workspace: Workspace, path: str, noun: str, *, replace: bool) -> None:
    """Refuse to write *path* if a file of that name was added before, unless it is to be replaced.

    Raises:
        PlanError: ``not-ours``.
    """
    if path in workspace.files and not replace:
        where = Location(f"{workspace.shown}/{path}")
        problem = Problem("not-ours", f"this {noun} was added before", where, "use --force to replace it")
        raise PlanError([problem])


def declare(workspace: Workspace, key: str, names: Mapping[str, Any]) -> Workspace:
    """Return *workspace* with *names* under *key* of plan.yaml, but those that are there already."""
    data = dict(workspace.documents[SETTINGS].data or {})
    known = data.get(key) or {}
    fresh = {id: name for id, name in names.items() if id not in known}
    if not fresh:
        return workspace
    return set_entries(workspace, {workspace.plan.settings.id: {**data, key: {**known, **fresh}}})


def report_on(
    format: str, file: str, counts: dict[str, int], changed: Iterable[Note], dropped: Iterable[Note]
) -> Report:
    """Return the report on a file, with each note once."""
    return Report(format, file, counts, tuple(dict.fromkeys(changed)), tuple(dict.fromkeys(dropped)))
