"""Check that a translation rests on what its original rests on."""

from collections.abc import Iterator
from typing import Any

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Document, Key
from plan_explorer.model.plan import Plan


def check_translations(edition: Plan) -> Iterator[Problem]:
    """Yield a problem for each statement that cites other places in *edition* than in the original."""
    assert edition.original
    language = edition.settings.language
    for id, originals in edition.original.said.items():
        for original, ref in zip(originals, edition.said[id], strict=True):
            if set(ref.statement.all_cites) != set(original.statement.all_cites):
                document, key = edition.written(ref)
                longer = (*key, "text", language)
                key = longer if _is_written(document, longer) else (*key, language)
                first = edition.original.settings.language
                message = f"this is told in {language} with other citations than in {first}"
                hint = "leave the citations out of a translation: it rests on what the original rests on"
                yield document.problem("translation-cites", message, key, hint)


def _is_written(document: Document, key: Key) -> bool:
    """Return whether *document* has something at *key*."""
    value: Any = document.data
    for step in key:
        if isinstance(value, dict) and step not in value:
            return False
        value = value[step]
    return True
