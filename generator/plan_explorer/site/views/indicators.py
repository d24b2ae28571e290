"""Collect what indicators of items tell: their figures in a table, how far they have come, what is due."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from babel.numbers import format_decimal

from plan_explorer.documents.document import Key
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import (
    Aim,
    Earlier,
    Figure,
    Indicator,
    Milestone,
    PlacedFigure,
    Progress,
    Role,
    Value,
    amount,
    by,
    quality_in_words,
    role_in_words,
    when,
)
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.settings import State
from plan_explorer.model.statements import Citation, Status
from plan_explorer.site.views.statements import SHOWN, STATUS_ORDER
from plan_explorer.translation import (
    commas,
    gettext,
    ngettext,
    pgettext,
    semicolons,
    spoken,
    with_capital,
    with_note,
)

MAX_GROUPS = 4
"""The most groups with a line of their own in a chart; the table has them all."""


class FigureRow(NamedTuple):
    """A row of the table of an indicator."""

    when: str
    value: str
    what: str
    """What it is: a baseline, a value, a milestone, a target, and what is to be known of it."""
    cites: tuple[Citation, ...]
    status: Status
    reason: str = ""
    said: StatementRef | None = None

    @property
    def addressed(self) -> StatementRef | None:
        """What it says as a statement, if what it cites leads back to it."""
        return self.said if any(cite.passage for cite in self.cites) else None


class Way(NamedTuple):
    """How far an indicator has come to a target, reckoned and not judged."""

    done: Decimal | None
    """The share of the way from baseline to target; None if a figure is missing."""
    time: Decimal | None
    """The share of the time from the date of the baseline to the deadline, up to the latest value."""
    reached: bool
    """Whether the latest value is what the target asks for."""
    in_time: Value | None
    """The first value up to the deadline that is what the target asks for."""
    overdue: bool
    """Whether the deadline has passed, by the date of the site, and no value reaches the target."""


class Measure(NamedTuple):
    """An indicator of an item, with what the pages show of it."""

    item: Item
    indicator: Indicator
    key: Key
    anchor: str
    rows: list[FigureRow]
    ways: list[tuple[Aim, Way]]
    """Each target with how far it is, by deadline."""
    statuses: dict[int, Status]
    """What each figure rests on, by its identity."""
    about: StatementRef | None

    @property
    def start(self) -> Value | None:
        """The baseline, if that is a number."""
        return self.indicator.start

    @property
    def latest(self) -> Value | None:
        """The latest value of the whole."""
        return self.indicator.measured[-1] if self.indicator.measured else None

    @property
    def current(self) -> tuple[Aim, Way] | None:
        """The target to come, or else the last."""
        coming = [pair for pair in self.ways if not (pair[1].reached or pair[1].overdue)]
        return next(iter(coming or self.ways[-1:]), None)

    @property
    def is_way_stated(self) -> bool:
        """Whether all that its share of the way is reckoned from is in the primary source."""
        parts = (self.start, self.latest, self.current[0] if self.current else None)
        return all(each is not None and self.status(each) in SHOWN for each in parts)

    @property
    def label(self) -> Status | None:
        """What all its figures rest on, if that is one and the same and not the primary source."""
        found = {row.status for row in self.rows}
        return found.pop() if len(found) == 1 and found != {"stated"} else None

    @property
    def is_stated(self) -> bool:
        """Whether any of its figures is in the primary source."""
        return any(status in SHOWN for status in self.statuses.values())

    def status(self, figure: Figure) -> Status:
        """Return what *figure* rests on."""
        return self.statuses[id(figure)]


@lru_cache(maxsize=1)
def _measures_by_item(plan: Plan) -> dict[str, list[Measure]]:
    return {}


def measures(plan: Plan, item: Item) -> list[Measure]:
    """Return what the indicators of *item* tell."""
    known = _measures_by_item(plan)
    if item.id not in known:
        pairs = enumerate(item.measures, 1)
        known[item.id] = [_measure(plan, item, key, each, number) for number, (key, each) in pairs]
    return known[item.id]


def all_measures(plan: Plan) -> list[Measure]:
    """Return what all indicators tell, in reading order."""
    return [each for item in plan.items for each in measures(plan, item)]


ANCHOR = re.compile(r"[a-z0-9-]+_\d+")
"""The address of an indicator on the page of its item; no id has an underscore."""


def anchor_of(item: Item, number: int) -> str:
    """Return the address of the indicator *number* of *item* on its page."""
    return f"{item.id}_{number}"


def _measure(plan: Plan, item: Item, key: Key, indicator: Indicator, number: int) -> Measure:
    said = {ref.key: ref for ref in plan.said[item.id]}
    placed = [(each, said[each.key]) for own, each in item.figures if own is indicator]
    base = indicator.baseline
    same = [each for each, _ in placed if base and each.role == "value" and _is_same(each.figure, base)]
    statuses = {id(each.figure): ref.statement.status for each, ref in placed}
    aims = sorted(indicator.targets, key=lambda aim: aim.due.sort_key if aim.due else (date.max,))
    ways = [(aim, _way(plan, indicator, aim)) for aim in aims]
    rows = [row for _, row in sorted(_rows(placed, same), key=lambda pair: pair[0])]
    return Measure(
        item,
        indicator,
        key,
        anchor_of(item, number),
        rows,
        ways,
        statuses,
        said.get((*key, "about")),
    )


def _is_same(figure: Figure, base: Value) -> bool:
    """Return whether a measured value is the baseline once more, from the same source."""
    assert isinstance(figure, Value)
    return not figure.of and (figure.value, figure.date, figure.cites) == (base.value, base.date, base.cites)


def _rows(
    placed: Sequence[tuple[PlacedFigure, StatementRef]], same: Sequence[PlacedFigure]
) -> Iterator[tuple[tuple[Any, ...], FigureRow]]:
    order = {role: at for at, role in enumerate(get_args(Role))}
    for each, ref in placed:
        if each in same:
            continue
        figure, says = each.figure, ref.statement
        day = day_of(figure)
        on = day.sort_key if day else (date.max, 0, date.max)
        row = FigureRow(
            str(day or ""),
            _value(figure),
            _what(each, base=bool(same)),
            says.cites,
            says.status,
            figure.reason,
            ref,
        )
        yield (*on, order[each.role], 0), row
        if isinstance(figure, Aim):
            for earlier in figure.earlier:
                before = earlier.due.sort_key if earlier.due else on
                yield (*before, order[each.role], 1), _earlier_row(figure, earlier)
        if isinstance(figure, Milestone) and figure.met:
            met = figure.met
            what = (
                gettext("milestone “%(milestone)s” reached", milestone=figure.name)
                if figure.name
                else gettext("milestone reached")
            )
            row = FigureRow(
                str(met.date), "", what, met.cites or says.cites, met.status or says.status, met.reason
            )
            yield (*met.date.sort_key, order[each.role], 0), row


def day_of(figure: Figure) -> Period | None:
    """Return the time of *figure*: when it was measured, or is due."""
    return figure.due if isinstance(figure, Aim) else figure.date if isinstance(figure, Value) else None


def _value(figure: Figure) -> str:
    return figure.bounded if isinstance(figure, Aim) else figure.value


def _what(placed: PlacedFigure, *, base: bool) -> str:
    figure = placed.figure
    if isinstance(figure, Milestone) and figure.name:
        return gettext("milestone: %(milestone)s", milestone=figure.name)
    both = base and placed.role == "baseline"
    parts: list[str] = [gettext("baseline, value") if both else role_in_words(placed.role)]
    if isinstance(figure, Value):
        parts += [figure.of, quality_in_words(figure.quality)]
    return commas(filter(None, parts))


def _earlier_row(aim: Aim, earlier: Earlier) -> FigureRow:
    what = gettext("earlier milestone") if isinstance(aim, Milestone) else gettext("earlier target")
    if earlier.until:
        what = gettext("%(earlier)s, until %(date)s", earlier=what, date=earlier.until)
    return FigureRow(
        str(earlier.due or aim.due or ""),
        earlier.value or _value(aim),
        what,
        earlier.cites,
        earlier.status or "background",
        earlier.because,
    )


# --- what a chart has


def drawn_groups(indicator: Indicator) -> dict[str, tuple[Value, ...]]:
    """Return the values of each group that has a line of its own in the chart, unless they are too many."""
    lines = {name: values for name, values in indicator.groups.items() if len(values) > 1}
    return lines if len(lines) <= MAX_GROUPS else {}


def not_drawn(measure: Measure) -> str:
    """Say what of the table the chart leaves out, and why."""
    own = measure.indicator
    drawn = drawn_groups(own)
    figures = [placed.figure for placed in own.placed(())]
    wordy = sum(figure.number is None for figure in figures)
    undated = sum(figure.number is not None and not day_of(figure) for figure in figures)
    latest = {id(value) for line in (own.measured, *own.groups.values()) for value in line}
    replaced = sum(id(value) not in latest for value in own.values if value.date and value.number is not None)
    earlier = sum(len(aim.earlier) for aim in own.aims)
    left = len(own.groups) - len(drawn)
    why = (
        gettext("more than %(number)s lines", number=MAX_GROUPS)
        if left > MAX_GROUPS
        else gettext("one value each")
        if left > 1
        else gettext("one value")
    )
    parts = (
        (undated, ngettext("%(n)s figure without a date", "%(n)s figures without a date", undated)),
        (wordy, ngettext("%(n)s figure without a number", "%(n)s figures without a number", wordy)),
        (replaced, ngettext("%(n)s value that was replaced", "%(n)s values that were replaced", replaced)),
        (earlier, ngettext("%(n)s earlier aim", "%(n)s earlier aims", earlier)),
        (left, ngettext("%(n)s group (%(why)s)", "%(n)s groups (%(why)s)", left, why=why)),
    )
    told = commas(words for number, words in parts if number)
    return gettext("Not on the chart: %(figures)s.", figures=told) if told else ""


# --- how far


def _way(plan: Plan, indicator: Indicator, aim: Aim) -> Way:
    start = indicator.start
    since = [value for value in indicator.measured if not _is_before(value, start)]
    end = aim.due.last if aim.due else None
    reaching = [value for value in since if _reaches(indicator, value, aim)]
    in_time = next(
        (each for each in reaching if each.date and (each.date.last or date.max) <= (end or date.max)), None
    )
    reached = bool(since and since[-1] in reaching)
    passed = end is not None and end < (plan.settings.as_of.first or date.min)
    done, time = _shares(start, since[-1] if since else None, aim)
    return Way(done, time, reached, in_time, passed and not (reached or in_time))


def _is_before(value: Value, start: Value | None) -> bool:
    """Return whether a value is older than the baseline, and so says nothing of the way from there."""
    if not (start and start.date and value.date):
        return False
    return (value.date.last or date.max) < (start.date.last or date.max)


def _shares(start: Value | None, latest: Value | None, aim: Aim) -> tuple[Decimal | None, Decimal | None]:
    """Return the share of the way from *start* to *aim*, and that of the time, up to the *latest* value."""
    if not (start and latest) or start.number is None or latest.number is None or aim.number is None:
        return None, None
    gone = _years_between(start.date, latest.date) if start.date and latest.date else None
    whole = _years_between(start.date, aim.due) if start.date and aim.due else None
    if aim.number == start.number or (gone is not None and gone <= 0):
        return None, None  # there is no way, or no value since its beginning
    done = (latest.number - start.number) / (aim.number - start.number)
    return done, Decimal(gone / whole) if gone and whole and whole > 0 else None


def _reaches(indicator: Indicator, value: Value, aim: Aim) -> bool:
    """Return whether *value* is what *aim* asks for: on the right side of it, or there."""
    now, wanted = value.number, aim.number
    if now is None or wanted is None:
        return False
    if aim.comparator == "more-than":
        return now > wanted
    if aim.comparator != "exactly":
        return now <= wanted if aim.comparator == "at-most" else now >= wanted
    start = indicator.baseline.number if indicator.baseline else None
    way = indicator.direction or (
        "" if start is None or start == wanted else "down" if start > wanted else "up"
    )
    return now == wanted or (way == "down" and now < wanted) or (way == "up" and now > wanted)


def _years_between(first: Period, last: Period) -> float | None:
    """Return the years from the end of *first* to that of *last*; None if one of them is open."""
    if first.last is None or last.last is None:
        return None
    return (last.last - first.last).days / 365.25


def year_of(period: Period) -> float:
    """Return the end of *period* as a year; a day is told from the middle of its year, where years stand."""
    side = period.end or period.start
    assert side
    if not side.month:
        return float(side.year)
    day = side.last
    return day.year + (day.timetuple().tm_yday - 1) / 365.25 - 0.5


def computed_state(plan: Plan, way: Way) -> State | None:
    """Return the word that the rule of the plan computes, if it gives one."""
    settings = plan.settings
    bounds = [state for state in settings.progress.values() if state.at_least is not None]
    if not settings.progress_rule or not bounds or way.done is None or not way.time:
        return None
    if way.reached or way.in_time or way.overdue:
        return None  # that says more
    share = float(way.done / way.time)
    fitting = [state for state in bounds if state.at_least is not None and share >= state.at_least]
    lowest = min(bounds, key=lambda state: state.at_least or 0.0)  # for what goes the wrong way, too
    return max(fitting, key=lambda state: state.at_least or 0.0, default=lowest)


def reckoned(measure: Measure, aim: Aim, way: Way) -> str:
    """Say how much of the way and of the time has passed: *8 of the 19 points …, 4 of 9 years*."""
    start, latest = measure.start, measure.latest
    if way.done is None or start is None or latest is None:
        return ""
    assert start.number is not None
    assert latest.number is not None
    assert aim.number is not None
    gone, whole = (_plain(abs(each - start.number)) for each in (latest.number, aim.number))
    unit = gettext("points") if measure.indicator.unit == "%" else measure.indicator.unit
    if way.done < 0:
        far = amount(gone, unit)
        words = gettext("%(distance)s further from the target than the baseline", distance=far)
    elif way.done > 1:
        far = amount(gone, unit)
        words = gettext(
            "%(distance)s from the baseline, of the %(whole)s to the target", distance=far, whole=whole
        )
    else:
        words = gettext(
            "%(part)s of the %(whole)s from baseline to target", part=gone, whole=amount(whole, unit)
        )
    if way.time is None or not (start.date and latest.date and aim.due):
        return words
    passed, all_years = (_years_between(start.date, each) or 0 for each in (latest.date, aim.due))
    return gettext(
        "%(way)s, in %(passed)s of %(all)s years", way=words, passed=_short(passed), all=_short(all_years)
    )


def _short(years: float) -> str:
    return str(format_decimal(round(years, 1), "0.#", spoken().locale))


def in_sentences(plan: Plan, measure: Measure) -> list[str]:
    """Return what can be reckoned from the figures, each target in a sentence, and by which rule."""
    lines = []
    computed = False
    for aim, way in measure.ways:
        said = [reckoned(measure, aim, way), _outcome(measure, aim, way)]
        if not measure.item.history and (state := computed_state(plan, way)):
            computed = True
            said.append(gettext("computed: %(state)s", state=state.name))
        if words := semicolons(filter(None, said)):
            if len(measure.ways) > 1:
                target = by(aim.bound(amount(aim.value, measure.indicator.unit)), aim.due)
                lines.append(gettext("Target %(target)s: %(words)s.", target=target, words=words))
            else:
                lines.append(gettext("%(sentence)s.", sentence=with_capital(words)))
    if computed:
        lines.append(gettext("Computed by the rule of this site: %(rule)s", rule=plan.settings.progress_rule))
    elif any(way.done is not None for _, way in measure.ways):
        lines.append(gettext("Arithmetic of this site; it draws no conclusion."))
    return lines


def _outcome(measure: Measure, aim: Aim, way: Way) -> str:
    """Return whether a target was reached, and when, as far as values tell."""
    if way.overdue:
        return _late(measure, aim)
    if not measure.latest:
        return (
            gettext("no value of the whole has been given yet")
            if measure.indicator.values
            else gettext("no value has been given yet")
        )
    if way.in_time and not way.reached:
        return gettext("the value of %(date)s reached it, and the latest does not", date=way.in_time.date)
    if way.reached:
        return (
            gettext("the latest value reaches it")
            if way.in_time
            else gettext("the latest value reaches it, after its date")
        )
    return ""


def _late(measure: Measure, aim: Aim) -> str:
    """Say that the date of *aim* has passed, and what is known of that day."""
    latest = measure.latest.date if measure.latest else None
    if latest is None:
        return gettext("its date has passed")
    if aim.due and aim.due.last and (latest.last or date.max) < aim.due.last:
        return gettext("its date has passed, and the latest value is of %(date)s", date=latest)
    return gettext("its date has passed, and the latest value does not reach it")


def _plain(number: Decimal) -> str:
    return str(format_decimal(number, "#,##0.##########", spoken().locale))


def percent(share: Decimal | None) -> str:
    """Return *share* in percent, or nothing."""
    return "" if share is None else amount(str(round(share * 100)), "%")


# --- in a line


def in_short(measure: Measure, *, stated: bool = False) -> str:
    """Return the latest value and the target in a few words: *39% in 2025, target 50% by 2030*.

    Args:
        measure: the indicator.
        stated: whether only what the primary source gives is told.
    """
    unit = measure.indicator.unit

    def told(figure: Figure | None) -> bool:
        return figure is not None and (not stated or measure.status(figure) in SHOWN)

    coming = [pair[0] for pair in (measure.current, *measure.ways[::-1]) if pair and told(pair[0])]
    aim = next(iter(coming), None)
    parts = []
    if measure.latest and told(measure.latest):
        parts.append(when(amount(measure.latest.value, unit), measure.latest.date))
    elif measure.start and told(measure.start):
        words = when(amount(measure.start.value, unit), measure.start.date)
        parts.append(with_note(words, role_in_words("baseline")))
    if aim:
        words = by(aim.bound(amount(aim.value, unit)), aim.due)
        parts.append(gettext("target %(target)s", target=words) if parts else words)
    return pgettext("between a value and what is aimed at", ", ").join(parts)


# --- what is due


class Due(NamedTuple):
    """A target or milestone with its deadline."""

    measure: Measure
    aim: Aim
    words: str
    status: Status
    overdue: bool
    met: Period | None


@lru_cache(maxsize=1)  # asked for by every page of the timeline
def deadlines(plan: Plan) -> tuple[Due, ...]:
    """Return every target and milestone that has a deadline, by date."""
    found = []
    for measure in all_measures(plan):
        ways = {id(aim): way for aim, way in measure.ways}
        for aim in measure.indicator.aims:
            if not aim.due:
                continue
            met = aim.met.date if isinstance(aim, Milestone) and aim.met else None
            way = ways.get(id(aim)) or _way(plan, measure.indicator, aim)
            words = aim.told(measure.indicator.unit)
            found.append(Due(measure, aim, words, measure.status(aim), way.overdue and not met, met))
    return tuple(sorted(found, key=lambda due: due.aim.due.sort_key if due.aim.due else ()))


def deadline_status(plan: Plan, item: Item, due: Period) -> Status:
    """Return what the strongest figure that is *due* then rests on."""
    found = [
        each.status(aim) for each in measures(plan, item) for aim in each.indicator.aims if aim.due == due
    ]
    return min(found, key=STATUS_ORDER.index, default="stated")


@lru_cache(maxsize=1)  # asked for by every row of the table of commitments
def has_standing(plan: Plan) -> bool:
    """Return whether anything is measured, or said of progress."""
    return any(item.measures or item.progress for item in plan.items)


def is_standing_stated(plan: Plan) -> bool:
    """Return whether the primary source has any of that."""
    return any(
        ref.statement.status in SHOWN
        for item in plan.items
        for ref in plan.said[item.id]
        if not ref.in_text and ref.key[0] != "relations"
    )


class Told(NamedTuple):
    """What is said of the progress of an item, and the word for it."""

    progress: Progress
    state: State
    said: StatementRef

    @property
    def dated(self) -> str:
        """The word with its date: *As planned (2025)*."""
        return with_note(self.state.name, self.progress.date)

    @property
    def is_stated(self) -> bool:
        """Whether the lens shows it."""
        return self.said.statement.status in SHOWN


def progress_of(plan: Plan, item: Item) -> list[Told]:
    """Return what is said of the progress of *item*, the latest first, each with its word."""
    said = {ref.key: ref for ref in plan.said[item.id] if ref.key[0] == "progress"}
    refs = {id(each): said["progress", at] for at, each in enumerate(item.progress)}
    return [Told(each, plan.settings.progress[each.state], refs[id(each)]) for each in item.history]
