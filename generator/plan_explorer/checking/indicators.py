"""Check what indicators measure and aim at, and what is said of progress."""

from collections.abc import Iterator
from datetime import date

from plan_explorer.checking.citations import check_citations
from plan_explorer.checking.evidence import RULES, check_past
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.csv_rows import with_point
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import (
    INHERITED,
    Indicator,
    Milestone,
    Value,
    number_of,
)
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Settings


def check_indicators(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of the indicators of *item*, and of what is said of its progress."""
    settings = ids.plan.settings
    for index, indicator in enumerate(item.indicators):
        yield from _check_values(indicator, at, ("indicators", index), settings)
    for key, indicator in item.measures:
        if indicator.baseline:
            yield from check_past(indicator.baseline.date, at, (*key, "baseline", "date"), settings)
        for name in ("targets", "milestones"):
            for number, aim in enumerate(getattr(indicator, name)):
                place = key if key == ("target",) else (*key, name, number)
                for before, earlier in enumerate(aim.earlier):
                    yield from check_citations(earlier.cites, at, (*place, "earlier", before), ids)
                    yield from check_past(earlier.until, at, (*place, "earlier", before, "until"), settings)
                if isinstance(aim, Milestone) and aim.met:
                    yield from check_citations(aim.met.cites, at, (*place, "met", "cites"), ids)
                    yield from check_past(aim.met.date, at, (*place, "met"), settings)
    yield from _check_progress(item, at, settings)


def check_figures(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of what the figures of *item* rest on, if that is not what its summary does."""
    rest = item.summary is not None and item.summary.status in INHERITED
    said = dict(item.said()) if item.measures else {}
    for _, placed in item.figures:
        figure = placed.figure
        if isinstance(figure, Milestone) and figure.met and said[placed.key].status == "stated":
            met = figure.met
            if not (met.cites or met.status):  # the plan cannot say what came after it
                message = "that this was reached has no citation of its own"
                hint = f"write {{date: {met.date.edtf}, cites: [SOURCE PLACE]}}"
                yield at.problem("uncited", message, (*placed.key, "met"), hint)
        if rest and placed.role != "value" and not figure.cites and not figure.status:
            continue
        statement = said[placed.key]
        written = figure.written if isinstance(figure, Value) else None
        where, key = (Origin(*written), ()) if written else (at, placed.key)
        if not figure.cites and (not statement.cites or placed.role == "value") and not figure.status:
            hint = "fill the column 'source'" if written else "add 'cites: [SOURCE PLACE]'"
            yield where.problem("uncited", "this figure has no citation of its own", key, hint)
            continue
        yield from check_citations(statement.cites, where, (*key, "cites"), ids)
        yield from RULES[statement.status](statement, where, key, ids.plan.settings.primary)


def check_indicator_ids(plan: Plan) -> Iterator[Problem]:
    """Yield the indicators that files of values could not tell from others."""
    first: dict[str, Item] = {}
    for entry in plan.entries.values():
        item = entry.entity
        if not isinstance(item, Item):
            continue
        for index, indicator in enumerate(item.indicators):
            called = indicator.id or item.id
            key = (*entry.key, "indicators", index, *(("id",) if indicator.id else ()))
            hint = "give each indicator an id of its own"
            if called in first and (indicator.id or indicator.values_file):
                message = f"an indicator of '{first[called].id}' is called '{called}', too"
                yield entry.document.problem("duplicate-id", message, key, hint)
            elif indicator.id in plan and (indicator.id != item.id or item.target):
                message = f"the id '{called}' is taken by an entry"
                yield entry.document.problem("duplicate-id", message, key, hint)
            first.setdefault(called, item)


def _check_values(indicator: Indicator, at: Origin, key: Key, settings: Settings) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Value] = {}
    for number, value in enumerate(indicator.values):
        where, place = (Origin(*value.written), ()) if value.written else (at, (*key, "values", number))
        if value.number is None:
            yield _not_a_number(value, indicator, where, place)
        if value.date is None:
            yield where.problem("missing-key", "'date' is missing", place, "date: when it was measured: 2024")
            continue
        yield from check_past(value.date, where, (*place, "date"), settings)
        yield from _check_time(value, indicator, where, place)
        same = (value.date.edtf, value.of, value.quality)
        if same in seen:
            yield _second(value, seen[same], where, place)
        seen.setdefault(same, value)


def _not_a_number(value: Value, indicator: Indicator, at: Origin, key: Key) -> Problem:
    words, unit = value.value, indicator.unit
    hint = "write the number alone, with a decimal point: 12.5"
    if unit and (alone := words.removesuffix(unit).strip()) and alone != words:
        hint = f"write {alone}; the unit stands once, under 'unit'"
    elif number_of(with_point(words)) is not None:
        hint = f"write {with_point(words)}"
    return at.problem("bad-figure", f"'{words}' is not a number", (*key, "value"), hint)


def _check_time(value: Value, indicator: Indicator, at: Origin, key: Key) -> Iterator[Problem]:
    assert value.date
    first, last = value.date.first or date.min, value.date.last or date.max
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
        yield from check_past(progress.date, at, (*key, "date"), settings)
