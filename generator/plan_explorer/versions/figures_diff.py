"""Compare the figures and the progress of an item in two versions of a plan."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import (
    Aim,
    Indicator,
    Milestone,
    PlacedFigure,
    Progress,
    Role,
    Value,
    amount,
    by,
    figure_in_words,
)
from plan_explorer.model.settings import Settings, State
from plan_explorer.model.statements import Citation, words_of
from plan_explorer.translation import commas

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
            yield FigureChange("changed", "indicator", "", _in_short(indicator))
        else:
            before.remove(was)
            yield from _compare_indicators(was, indicator)
    for was in before:
        yield FigureChange("changed", "indicator", _in_short(was), "")


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
    told = [*aims, *([f"{values:,} value{'s' if values > 1 else ''}"] if values else [])]
    return f"{indicator.name}: {'; '.join(told)}" if told else indicator.name


def _compare_indicators(old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    if old.name != new.name:
        yield FigureChange("changed", "indicator", old.name, new.name)
    for field in FIELDS:
        one, two = (str(getattr(each, field) or "") for each in (old, new))
        if one != two:
            yield FigureChange("changed", f"{field} of {new.name}", one, two)
    for role in ("baseline", "milestone", "target"):
        yield from _compare_aims(role, old, new)
    yield from _compare_values(old, new)


def _of(indicator: Indicator, role: Role) -> list[PlacedFigure]:
    return [placed for placed in indicator.placed(()) if placed.role == role]


def _compare_aims(role: Role, old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    """Yield which figures to reach, or to start from, are others; those of one date are the same one."""
    part = f"{role} of {new.name}"
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
            yield FigureChange("aimed", f"{part}, earlier", *earlier)
        if isinstance(each.figure, Milestone):
            met = str(each.figure.met.date) if each.figure.met else ""
            past = was.figure.met if was and isinstance(was.figure, Milestone) else None
            if met != (str(past.date) if past else ""):
                yield FigureChange("aimed", f"{part}, met", str(past.date) if past else "", met)
    for was in before:
        yield FigureChange("aimed", part, figure_in_words(old, was), "")


def _compare_notes(part: str, was: PlacedFigure, now: PlacedFigure) -> Iterator[FigureChange]:
    if was.figure.reason != now.figure.reason:
        yield FigureChange("changed", f"note on {part}", was.figure.reason, now.figure.reason)


def _earlier(indicator: Indicator, placed: PlacedFigure) -> str:
    """Return what was aimed at before a figure, when that was changed and why."""
    aim = placed.figure
    earlier = aim.earlier if isinstance(aim, Aim) else ()
    return "; ".join(
        by(amount(each.value, indicator.unit) if each.value else "", each.due).strip(" ,")
        + (f" until {each.until}" if each.until else "")
        + (f": {words_of(each.because)}" if each.because else "")
        for each in earlier
    )


def _words_and_date(indicator: Indicator, placed: PlacedFigure) -> tuple[str, str]:
    return figure_in_words(indicator, placed), _date_of(indicator, placed)


def _date_of(_: Indicator, placed: PlacedFigure) -> str:
    figure = placed.figure
    when = figure.due if isinstance(figure, Aim) else figure.date if isinstance(figure, Value) else None
    return when.edtf if when else ""


def _compare_values(old: Indicator, new: Indicator) -> Iterator[FigureChange]:
    before = {_time_of(placed): placed for placed in _of(old, "value")}
    fresh: list[PlacedFigure] = []
    for placed in _of(new, "value"):
        was = before.pop(_time_of(placed), None)
        if was is None:
            fresh.append(placed)
            continue
        words = figure_in_words(old, was), figure_in_words(new, placed)
        if figure_in_words(new, was) != words[1]:
            yield FigureChange("re-measured", f"value of {new.name}", *words)
        if set(was.figure.cites) != set(placed.figure.cites):
            part = f"{new.name}: {words[1]}"
            cites = cites_text(was.figure.cites), cites_text(placed.figure.cites)
            yield FigureChange("re-cited", part, *cites)
        yield from _compare_notes(f"value of {new.name}", was, placed)
    gone = {_time_of(placed)[:2]: key for key, placed in before.items()}
    for placed in list(fresh):
        if key := gone.pop(_time_of(placed)[:2], None):  # it is of another quality now
            fresh.remove(placed)
            words = _value_in_words(old, before.pop(key)), _value_in_words(new, placed)
            yield FigureChange("re-measured", f"value of {new.name}", *words)
    for indicator, kind, those in ((old, "gone", [*before.values()]), (new, "new", fresh)):
        told = [_value_in_words(indicator, placed) for placed in those[:MAX_VALUES]]
        if len(those) > MAX_VALUES:
            told.append(f"{len(those) - MAX_VALUES:,} more")
        if told and kind == "new":
            yield FigureChange("measured", new.name, "", "; ".join(told))
        elif told:
            yield FigureChange("re-measured", f"value of {new.name}", "; ".join(told), "")


def _time_of(placed: PlacedFigure) -> tuple[str, str, str]:
    value = placed.figure
    assert isinstance(value, Value)
    return value.date.edtf if value.date else "", value.of, value.quality


def _value_in_words(indicator: Indicator, placed: PlacedFigure) -> str:
    assert isinstance(placed.figure, Value)
    quality = placed.figure.quality
    return figure_in_words(indicator, placed) + (f" ({quality})" if quality != "final" else "")


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
            yield FigureChange("progress", "progress", last, f"{_told(each, after)}: {each.says.words}")
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
        yield FigureChange("progress", "progress", _told(past, before), "")


def compare_rules(old: Settings, new: Settings) -> Iterator[FigureChange]:
    """Yield what has changed in the words for progress, and in the rule that computes one."""
    if old.progress_rule != new.progress_rule:
        yield FigureChange("changed", "rule for progress", old.progress_rule, new.progress_rule)
    for id in dict.fromkeys([*old.progress, *new.progress]):
        one, two = (_in_full(each.progress.get(id)) for each in (old, new))
        if one != two:
            yield FigureChange("changed", "word for progress", one, two)


def _in_full(state: State | None) -> str:
    if state is None:
        return ""
    bound = "" if state.at_least is None else f" (from {state.at_least:g} on)"
    return f"{state.name}{bound}" + (f": {state.about}" if state.about else "")


def _told(progress: Progress, states: Mapping[str, State]) -> str:
    """Return the word for *progress*, with its date."""
    state = states.get(progress.state)
    return f"{state.name if state else progress.state} ({progress.date})"
