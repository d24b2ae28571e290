"""Verify an imported plan before anything is written."""

from collections.abc import Mapping

from plan_explorer.checking.quality import check_quality
from plan_explorer.diagnostics.problems import PlanError, Problem, sort_problems
from plan_explorer.documents.document import Document, parse_document
from plan_explorer.loading.loader import load


def verify(files: Mapping[str, bytes], shown: str) -> list[Problem]:
    """Return the warnings about the plan in *files*.

    Raises:
        PlanError: with every problem, if the plan is not valid.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, content in sorted(files.items()):
        documents[name], syntax_errors = parse_document(content.decode(), f"{shown}/{name}")
        problems += syntax_errors
    plan, faults = load(documents, shown)
    if plan is None or problems or faults:
        raise PlanError(problems + faults)
    return sort_problems(check_quality(plan))
