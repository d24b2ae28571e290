"""Check that comparisons set two sources side by side, point by point."""

from collections.abc import Iterator

from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Comparison, ComparisonRow, Item, Source


def check_comparison(comparison: Comparison, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems with the sources of *comparison* and its rows."""
    if len(comparison.sources) != 2:
        message = f"'{comparison.id}' compares {len(comparison.sources)} sources, not two"
        yield at.problem("wrong-count", message, ("sources",), "name two: {ID: NAME, ID: NAME}")
        return
    for id in comparison.sources:
        yield from ids.require(id, at, ("sources", id), Source)
    for key, row in comparison.rows:
        yield from _check_row(row, comparison, at, key, ids)


def _check_row(
    row: ComparisonRow, comparison: Comparison, at: Origin, key: Key, ids: Ids
) -> Iterator[Problem]:
    known = ids.plan.settings.differences
    if row.kind not in known:
        message = f"'{row.kind}' is not a kind of difference"
        called = {words: id for id, words in known.items()}
        hint = did_you_mean(row.kind, known, f"kinds here: {', '.join(known)}", called)
        yield at.problem("unknown-kind", message, (*key, "kind"), hint)
    for number, item in enumerate(row.items):
        yield from ids.require(item, at, (*key, "items", number), Item)
    sources = comparison.sources
    others = [id for id in row.sides if id not in sources]
    for id in others:
        message = f"'{id}' is not a source of this comparison"
        hint = did_you_mean(id, sources, f"sources here: {', '.join(sources)}")
        yield at.problem("unknown-source", message, (*key, "sides", id), hint, on_key=True)
    for id in sources if not others else ():  # it may be there, under a misspelt name
        if id not in row.sides:
            hint = "say what it has instead, or with 'status: silence' that it is not there"
            yield at.problem("missing-key", f"'{id}' is missing", (*key, "sides"), hint, on_key=True)
