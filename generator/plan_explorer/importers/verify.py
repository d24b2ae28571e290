"""Verify an imported plan before anything is written."""

from collections.abc import Mapping

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import parse_documents
from plan_explorer.loading.checked_plan import check_documents


def verify(files: Mapping[str, bytes], shown: str) -> list[Problem]:
    """Return the warnings about the plan in *files*.

    Raises:
        PlanError: with every problem, if the plan is not valid.
    """
    texts = {name: content.decode() for name, content in files.items()}
    return check_documents(*parse_documents(texts, shown), shown).warnings
