"""Check that crosswalks pair entries of the plan with entries of another framework."""

from collections.abc import Iterator

from plan_explorer.checking.evidence import check_statement
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.checking.vocabulary import check_relation_kind
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.model.entities import Crosswalk, Source


def check_crosswalk(crosswalk: Crosswalk, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems with the source of *crosswalk*, its entries and its pairs."""
    yield from ids.require(crosswalk.source, at, ("source",), Source)
    for number, kind in enumerate(crosswalk.within):
        yield from check_relation_kind(kind, at, ("within", number), ids)
    codes: set[str] = set()
    for number, other in enumerate(crosswalk.others):
        if other.code in codes:
            message = f"'{other.code}' is listed twice"
            yield at.problem("duplicate-code", message, ("others", number, "code"), "leave one of them out")
        codes.add(other.code)
    for number, pair in enumerate(crosswalk.pairs):
        yield from ids.require(pair.entry, at, ("pairs", number, "entry"))
        yield from check_relation_kind(pair.relation, at, ("pairs", number, "relation"), ids)
        if pair.other not in codes:
            message = f"'others' lists no entry with the code '{pair.other}'"
            hint = did_you_mean(pair.other, codes, "add it to 'others'")
            yield at.problem("unknown-code", message, ("pairs", number, "other"), hint)
        if pair.because:
            yield from check_statement(pair.because, at, ("pairs", number, "because"), ids)
