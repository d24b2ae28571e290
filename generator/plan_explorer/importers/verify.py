"""Whether what was imported is a sound plan, before anything is written."""

from collections.abc import Mapping

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import parse_documents
from plan_explorer.loading.checked_plan import check_documents


def verify(files: Mapping[str, bytes], shown: str) -> list[Problem]:
    """Return what could be better about the plan that *files* make.

    Raises:
        PlanError: with every problem, if it is not sound.
    """
    texts = {name: content.decode() for name, content in files.items()}
    return check_documents(*parse_documents(texts, shown), shown).warnings
