"""Compare the figures and the progress of an item in two versions of a plan."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from babel.numbers import format_decimal

from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import (
    Aim,
    Earlier,
    Indicator,
    Milestone,
    PlacedFigure,
    Progress,
    Role,
    Value,
    amount,
    by,
    figure_in_words,
    quality_in_words,
    role_in_words,
)
from plan_explorer.model.settings import Settings, State
from plan_explorer.model.statements import Citation, words_of
from plan_explorer.translation import (
    commas,
    gettext,
    labelled,
    ngettext,
    pgettext,
    semicolons,
    spoken,
    with_note,
)

FigureKind = Literal["aimed", "measured", "re-measured", "progress", "re-cited", "changed"]

MAX_VALUES = 5
"""How many new values of an indicator are told one by one."""

FIELDS = ("unit", "direction", "by", "period")
"""What else is said of an indicator, as a value."""


class FigureChange(NamedTuple):
    """One difference in the figures of an item, in words."""

    kind: FigureKind
    part: str
    before: str = ""
    after: str = ""


def compare_figures(old: Item, new: Item) -> Iterator[FigureChange]:
    """Yield what has changed in the indicators of an item."""
    before = [indicator for _, indicator in old.measures]
    for _, indicator in new.measures:
        was = _same_indicator(indicator, before)
        if was is None:
            yield FigureChange("changed", _part("indicator"), "", _in_short(indicator))
        else:
            before.remove(was)
            yield from _compare_indicators(was, indicator)
    for was in before:
        yield FigureChange("changed", _part("indicator"), _in_short(was), "")


def _same_indicator(indicator: Indicator, among: Iterable[Indicator]) -> Indicator | None:
    """Return what *indicator* was before: by its id, or else by its name, or the only one there was."""
    among = list(among)
    named = [each for each in among if each.name == indicator.name]
    known = [each for each in among if each.id and each.id == indicator.id]
    return next(iter([*known, *named]), among[0] if len(among) == 1 and not indicator.id else None)


def _in_short(indicator: Indicator) -> str:
    """Return what *indicator* measures and aims at."""
    figures = list(indicator.placed(()))
    aims = [figure_in_words(indicator, each) for each in figures if isinstance(each.figure, Aim)]
    values = sum(each.role == "value" for each in figures)
    told = [*aims, *([ngettext("%(n)s value", "%(n)s values", values)] if values else [])]
    return labelled(indicator.name, semicolons(told)) if told else indicator.name


def _part(field: str) -> str:
    """Return what a part of what is said of figures and progress is called."""
    return {
        "indicator": pgettext("a part of an entry", "indicator"),
        "unit": pgettext("a part of an entry", "unit"),
        "direction": pgettext("a part of an entry", "direction"),
        "by": pgettext("a part of an entry", "by"),
        "period": pgettext("a part of an entry", "period"),
        "progress": pgettext("a part of an entry", "progress"),
    }[field]


def _part_of(indicator: Indicator, part: str) -> str:
    return gettext("%(part)s of %(indicator)s", part=part, indicator=indicator.name)


def _field_in_words(indicator: Indicator, field: str) -> str:
    """Return the value of a *field* of an indicator as a reader is told it."""
    value = str(getattr(indicator, field) or "")
    told = {"up": pgettext("direction of a figure", "up"), "down": pgettext("direction of a figure", "down")}
    return told.get(value, value) if field == "direction" else value


def _compare_indicators(old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    if old.name != new.name:
        yield FigureChange("changed", _part("indicator"), old.name, new.name)
    for field in FIELDS:
        one, two = (_field_in_words(each, field) for each in (old, new))
        if one != two:
            yield FigureChange("changed", _part_of(new, _part(field)), one, two)
    for role in ("baseline", "milestone", "target"):
        yield from _compare_aims(role, old, new)
    yield from _compare_values(old, new)


def _of(indicator: Indicator, role: Role) -> list[PlacedFigure]:
    return [placed for placed in indicator.placed(()) if placed.role == role]


def _compare_aims(role: Role, old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    """Yield which figures to reach, or to start from, are others; those of one date are the same one."""
    part = _part_of(new, role_in_words(role))
    before, after = _of(old, role), _of(new, role)
    pairs: list[tuple[PlacedFigure | None, PlacedFigure]] = []
    for same in (_words_and_date, _date_of):
        for each in [one for one in after if one not in [pair[1] for pair in pairs]]:
            if (was := next((one for one in before if same(old, one) == same(new, each)), None)) is not None:
                before.remove(was)
                pairs.append((was, each))
    rest = [one for one in after if one not in [pair[1] for pair in pairs]]
    pairs += [(before.pop(0) if before else None, each) for each in rest]
    for was, each in pairs:
        words = figure_in_words(old, was) if was else "", figure_in_words(new, each)
        if was is None or figure_in_words(new, was) != words[1]:  # another unit is told once
            yield FigureChange("aimed", part, *words)
        if was and set(was.figure.cites) != set(each.figure.cites):
            yield FigureChange("re-cited", part, cites_text(was.figure.cites), cites_text(each.figure.cites))
        if was:
            yield from _compare_notes(part, was, each)
        earlier = _earlier(new, was) if was else "", _earlier(new, each)
        if earlier[0] != earlier[1]:
            yield FigureChange("aimed", gettext("%(part)s, earlier", part=part), *earlier)
        if isinstance(each.figure, Milestone):
            met = str(each.figure.met.date) if each.figure.met else ""
            past = was.figure.met if was and isinstance(was.figure, Milestone) else None
            was_met = str(past.date) if past else ""
            if met != was_met:
                yield FigureChange("aimed", gettext("%(part)s, met", part=part), was_met, met)
    for was in before:
        yield FigureChange("aimed", part, figure_in_words(old, was), "")


def _compare_notes(part: str, was: PlacedFigure, now: PlacedFigure) -> Iterator[FigureChange]:
    if was.figure.reason != now.figure.reason:
        words = was.figure.reason, now.figure.reason
        yield FigureChange("changed", gettext("note on %(part)s", part=part), *words)


def _earlier(indicator: Indicator, placed: PlacedFigure) -> str:
    """Return what was aimed at before a figure, when that was changed and why."""
    aim = placed.figure
    return semicolons(_was(indicator, each) for each in (aim.earlier if isinstance(aim, Aim) else ()))


def _was(indicator: Indicator, earlier: Earlier) -> str:
    words = by(amount(earlier.value, indicator.unit), earlier.due) if earlier.value else str(earlier.due)
    if earlier.until:
        words = gettext("%(earlier)s, until %(date)s", earlier=words, date=earlier.until)
    return labelled(words, words_of(earlier.because)) if earlier.because else words


def _words_and_date(indicator: Indicator, placed: PlacedFigure) -> tuple[str, str]:
    return figure_in_words(indicator, placed), _date_of(indicator, placed)


def _date_of(_: Indicator, placed: PlacedFigure) -> str:
    figure = placed.figure
    when = figure.due if isinstance(figure, Aim) else figure.date if isinstance(figure, Value) else None
    return when.edtf if when else ""


def _compare_values(old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    before = {_time_of(placed): placed for placed in _of(old, "value")}
    fresh: list[PlacedFigure] = []
    value = _part_of(new, role_in_words("value"))
    for placed in _of(new, "value"):
        was = before.pop(_time_of(placed), None)
        if was is None:
            fresh.append(placed)
            continue
        words = figure_in_words(old, was), figure_in_words(new, placed)
        if figure_in_words(new, was) != words[1]:
            yield FigureChange("re-measured", value, *words)
        if set(was.figure.cites) != set(placed.figure.cites):
            part = labelled(new.name, words[1])
            cites = cites_text(was.figure.cites), cites_text(placed.figure.cites)
            yield FigureChange("re-cited", part, *cites)
        yield from _compare_notes(value, was, placed)
    gone = {_time_of(placed)[:2]: key for key, placed in before.items()}
    for placed in list(fresh):
        if key := gone.pop(_time_of(placed)[:2], None):  # it is of another quality now
            fresh.remove(placed)
            words = _value_in_words(old, before.pop(key)), _value_in_words(new, placed)
            yield FigureChange("re-measured", value, *words)
    for indicator, kind, those in ((old, "gone", [*before.values()]), (new, "new", fresh)):
        told = [_value_in_words(indicator, placed) for placed in those[:MAX_VALUES]]
        if len(those) > MAX_VALUES:
            told.append(ngettext("%(n)s more", "%(n)s more", len(those) - MAX_VALUES))
        if told and kind == "new":
            yield FigureChange("measured", new.name, "", semicolons(told))
        elif told:
            yield FigureChange("re-measured", value, semicolons(told), "")


def _time_of(placed: PlacedFigure) -> tuple[str, str, str]:
    value = placed.figure
    assert isinstance(value, Value)
    return value.date.edtf if value.date else "", value.of, value.quality


def _value_in_words(indicator: Indicator, placed: PlacedFigure) -> str:
    assert isinstance(placed.figure, Value)
    words, quality = figure_in_words(indicator, placed), quality_in_words(placed.figure.quality)
    return with_note(words, quality) if quality else words


def cites_text(cites: Iterable[Citation]) -> str:
    """Return places that are cited, each once."""
    return commas(str(citation) for citation in dict.fromkeys(cites))


def compare_progress(
    old: Item, new: Item, before: Mapping[str, State], after: Mapping[str, State]
) -> Iterator[FigureChange]:
    """Yield what is said of progress that was not, each after what was said before it.

    Args:
        old: the item as it was.
        new: the item as it is.
        before: the words for progress in the old version of the plan.
        after: those in the new one.
    """
    known = {(each.state, each.date.edtf): each for each in old.progress}
    was = max(old.progress, key=lambda each: each.date.sort_key, default=None)
    last = _told(was, before) if was else ""
    for each in reversed(new.history):
        past = known.pop((each.state, each.date.edtf), None)
        if past is None:
            words = labelled(_told(each, after), each.says.words)
            yield FigureChange("progress", _part("progress"), last, words)
            last = _told(each, after)
        else:
            if past.says.words != each.says.words:
                yield FigureChange("progress", _told(each, after), past.says.words, each.says.words)
            if set(past.cites) != set(each.cites):
                yield FigureChange(
                    "re-cited", _told(each, after), cites_text(past.cites), cites_text(each.cites)
                )
    for past in known.values():
        if past is was and last != _told(was, before):
            continue  # what is said in its place has been told
        yield FigureChange("progress", _part("progress"), _told(past, before), "")


def compare_rules(old: Settings, new: Settings) -> Iterator[FigureChange]:
    """Yield what has changed in the words for progress, and in the rule that computes one."""
    if old.progress_rule != new.progress_rule:
        yield FigureChange("changed", gettext("rule for progress"), old.progress_rule, new.progress_rule)
    for id in dict.fromkeys([*old.progress, *new.progress]):
        one, two = (_in_full(each.progress.get(id)) for each in (old, new))
        if one != two:
            yield FigureChange("changed", gettext("word for progress"), one, two)


def _in_full(state: State | None) -> str:
    if state is None:
        return ""
    words = state.name
    if state.at_least is not None:
        share = format_decimal(state.at_least, "0.####", spoken().locale)
        words = with_note(words, gettext("from %(value)s on", value=share))
    return labelled(words, state.about) if state.about else words


def _told(progress: Progress, states: Mapping[str, State]) -> str:
    """Return the word for *progress*, with its date."""
    state = states.get(progress.state)
    return with_note(state.name if state else progress.state, progress.date)
