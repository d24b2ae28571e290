"""Whether what was imported is a sound plan, before anything is written."""

from collections.abc import Mapping

from plan_explorer.checking.quality import check_quality
from plan_explorer.diagnostics.problems import PlanError, Problem, sort_problems
from plan_explorer.documents.document import Document, parse_document
from plan_explorer.loading.loader import load


def verify(files: Mapping[str, bytes], shown: str) -> list[Problem]:
    """Return what could be better about the plan that *files* make.

    Raises:
        PlanError: with every problem, if it is not sound.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, content in sorted(files.items()):
        documents[name], found = parse_document(content.decode(), f"{shown}/{name}")
        problems += found
    plan, found = load(documents, shown)
    if plan is None or problems or found:
        raise PlanError(problems + found)
    return sort_problems(check_quality(plan))
