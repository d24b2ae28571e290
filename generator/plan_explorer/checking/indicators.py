"""Check what indicators measure and aim at, and what is said of progress."""

from collections.abc import Iterator
from datetime import date

from plan_explorer.checking.citations import check_citations
from plan_explorer.checking.evidence import RULES
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import Indicator, Value
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Settings


def check_indicators(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of the indicators of *item*, and of what is said of its progress."""
    settings = ids.plan.settings
    for index, indicator in enumerate(item.indicators):
        yield from _check_values(indicator, at, ("indicators", index), settings)
    for key, indicator in item.measures:
        for name in ("targets", "milestones"):
            for number, aim in enumerate(getattr(indicator, name)):
                place = key if key == ("target",) else (*key, name, number)
                for before, earlier in enumerate(aim.earlier):
                    yield from check_citations(earlier.cites, at, (*place, "earlier", before), ids)
    yield from _check_progress(item, at, settings)


def check_figures(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of what the figures of *item* rest on."""
    said = dict(item.said()) if item.measures else {}
    primary = ids.plan.settings.primary
    for _, placed in item.figures:
        statement, written = said[placed.key], getattr(placed.figure, "written", None)
        where, key = (Origin(written[0], written[1]), ()) if written else (at, placed.key)
        yield from check_citations(statement.cites, where, (*key, "cites"), ids)
        yield from RULES[statement.status](statement, where, key, primary)


def check_indicator_ids(plan: Plan) -> Iterator[Problem]:
    """Yield the indicators whose id another has."""
    first: dict[str, Item] = {}
    for item in plan.items:
        for index, indicator in enumerate(item.indicators):
            if indicator.id in first:
                entry = plan.entries[item.id]
                message = f"the id '{indicator.id}' is taken by an indicator of '{first[indicator.id].id}'"
                key = (*entry.key, "indicators", index, "id")
                yield entry.document.problem(
                    "duplicate-id", message, key, "give each indicator an id of its own"
                )
            elif indicator.id:
                first[indicator.id] = item


def _check_values(indicator: Indicator, at: Origin, key: Key, settings: Settings) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Value] = {}
    for number, value in enumerate(indicator.values):
        where, place = (Origin(*value.written), ()) if value.written else (at, (*key, "values", number))
        if value.number is None:
            yield _not_a_number(value, indicator, where, place)
        if value.date is None:
            yield where.problem("missing-key", "'date' is missing", place, "date: when it was measured: 2024")
            continue
        yield from _check_time(value, indicator, where, place, settings)
        same = (value.date.edtf, value.of, value.quality)
        if same in seen:
            yield _second(value, seen[same], where, place)
        seen.setdefault(same, value)


def _not_a_number(value: Value, indicator: Indicator, at: Origin, key: Key) -> Problem:
    words, unit = value.value, indicator.unit
    hint = "write the number alone, with a decimal point: 12.5"
    if unit and words.endswith(unit):
        hint = f"write {words.removesuffix(unit).strip()}; the unit stands once, under 'unit'"
    elif words.replace(",", "").isdecimal():
        hint = f"write {words.replace(',', '.')}" if words.count(",") == 1 else hint
    return at.problem("bad-figure", f"'{words}' is not a number", (*key, "value"), hint)


def _check_time(
    value: Value, indicator: Indicator, at: Origin, key: Key, settings: Settings
) -> Iterator[Problem]:
    assert value.date
    first, last = value.date.first or date.min, value.date.last or date.max
    now = settings.as_of.last or date.max
    if first > now:
        message = f"this value is of {value.date}, after the date of the plan ({settings.as_of})"
        hint = "what is still to come stands under 'milestones' or 'targets'; 'as_of' is in plan.yaml"
        yield at.problem("future-value", message, (*key, "date"), hint)
    period = indicator.period
    if period and (first < (period.first or date.min) or last > (period.last or date.max)):
        message = f"{value.date} is outside the period of '{indicator.name}', {period}"
        yield at.problem("outside-period", message, (*key, "date"), "correct the date, or 'period'")


def _second(value: Value, first: Value, at: Origin, key: Key) -> Problem:
    of = f" for '{value.of}'" if value.of else ""
    message = f"this is the second value of {value.date}{of}; the first is {first.value}"
    hint = "keep one; if the source has corrected it, add 'quality: revised'"
    return at.problem("second-value", message, (*key, "value"), hint)


def _check_progress(item: Item, at: Origin, settings: Settings) -> Iterator[Problem]:
    known = settings.progress
    for index, progress in enumerate(item.progress):
        key: Key = ("progress", index)
        if progress.state not in known:
            called = {state.name: id for id, state in known.items()}
            hint = did_you_mean(progress.state, known, f"words here: {', '.join(known)}", called)
            hint = hint if known else "list the words under 'progress' in plan.yaml"
            message = f"'{progress.state}' is not a word for progress"
            yield at.problem("unknown-state", message, (*key, "state"), hint)
        if (progress.date.first or date.min) > (settings.as_of.last or date.max):
            message = f"this is said of {progress.date}, after the date of the plan ({settings.as_of})"
            yield at.problem(
                "future-value", message, (*key, "date"), "correct the date, or 'as_of' in plan.yaml"
            )
