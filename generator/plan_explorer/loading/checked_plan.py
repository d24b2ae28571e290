"""Load a plan and refuse it unless it is sound."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plan_explorer.checking import published_ids
from plan_explorer.checking.quality import check_quality
from plan_explorer.diagnostics.problems import PlanError, Problem, sort_problems
from plan_explorer.documents.document import Document, read_documents
from plan_explorer.loading.loader import load
from plan_explorer.model.plan import Plan


@dataclass(frozen=True)
class CheckedPlan:
    """A sound plan, and what could be better about it."""

    plan: Plan
    warnings: list[Problem]
    published: list[published_ids.Published]
    """Ids and addresses that readers may have noted."""
    documents: Mapping[str, Document]
    """The files that were read, by their path within the folder."""


def load_plan(folder: Path, shown: str = "") -> CheckedPlan:
    """Return the plan in *folder*, called *shown* in messages.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    shown = shown or folder.as_posix()
    with _no_collection():
        documents, unread = read_documents(folder, shown)
        plan, problems = load(documents, shown)
        if plan is None or unread or problems:
            raise PlanError(unread + problems)
        published, lost = published_ids.read_published_ids(plan, folder, shown)
        if lost:
            raise PlanError(lost)
        warnings = sort_problems(check_quality(plan))
        return CheckedPlan(plan, warnings, published, documents)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector while all that is made stays.

    It saves 0.08 of 0.5 CPU seconds at 1,000 items, and half of the time to load the plan again in a server.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
