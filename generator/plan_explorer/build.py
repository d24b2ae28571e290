"""The pipeline, from a folder of YAML files to a checked plan and the pages of its site."""

from dataclasses import dataclass
from pathlib import Path

from plan_explorer.checks import check
from plan_explorer.load import load
from plan_explorer.plan import Plan
from plan_explorer.problems import PlanError, Problem, in_order
from plan_explorer.source import read


@dataclass(frozen=True)
class Checked:
    """A sound plan, and what could be better about it."""

    plan: Plan
    warnings: list[Problem]


def checked(folder: Path, shown: str = "") -> Checked:
    """Return the plan in *folder*.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    documents, unread = read(folder, shown)
    plan, problems = load(documents, shown or folder.as_posix())
    if plan is None or unread or problems:
        raise PlanError(unread + problems)
    return Checked(plan, in_order(check(plan)))
