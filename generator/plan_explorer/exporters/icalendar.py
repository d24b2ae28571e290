"""Export events with exact days, and deadlines on their last day, as iCalendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from plan_explorer.exporters.base import Export, ExportSource, count_loss, named_indicators, one_line
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Entity, Item, Source
from plan_explorer.model.indicators import Aim, Earlier, figure_in_a_sentence
from plan_explorer.model.statements import EarlierDate, words_of
from plan_explorer.translation import commas, gettext, labelled, ngettext


@dataclass(frozen=True)
class Dated:
    """An entry with one of its dates, distinguished by *role*."""

    entity: Entity
    role: str
    period: Period
    disputed: bool = False
    """Whether sources give other dates."""
    says: str = ""
    """What is due, in words."""
    moved: tuple[str, ...] = ()
    """What it was before, in words."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day, or None if unknown."""
        first, last = self.period.first, self.period.last
        if self.role != "date":  # what is due by 2030 is so on the last day of that year
            return (last, last) if last and self.period.end and not self.period.end.about else None
        return (first, last) if self.period.exact and first and last else None


def export(source: ExportSource) -> Export:
    """Return ``plan.ics``, counting the dates that a calendar cannot hold."""
    dated_entries = list(_dated(source))
    calendar = Calendar()
    calendar.add("prodid", "-//Plan Explorer//Plan Explorer//EN")
    calendar.add("version", "2.0")
    calendar.add("uid", str(source.uuid("calendar")))
    calendar.add("name", one_line(source.plan.settings.site_name))
    calendar.add("x-wr-calname", one_line(source.plan.settings.site_name))
    calendar.add("last-modified", _stamp(source))
    for dated in dated_entries:
        if days := dated.days:
            calendar.add_component(_event(source, dated, *days))
    return Export({"plan.ics": calendar.to_ical()}, _losses(source, dated_entries))


def _losses(source: ExportSource, dated_entries: list[Dated]) -> tuple[str, ...]:
    left = [dated for dated in dated_entries if dated.days is None]
    open_ended = sum(dated.period.exact for dated in left)
    inexact = len(left) - open_ended
    words = sum(bool(entity.date and not entity.date.edtf) for entity in _entries(source))
    return (
        *count_loss(
            inexact,
            ngettext(
                "%(n)s date that is not exact to the day",
                "%(n)s dates that are not exact to the day",
                inexact,
            ),
        ),
        *count_loss(
            open_ended,
            ngettext(
                "%(n)s period that is open at an end", "%(n)s periods that are open at an end", open_ended
            ),
        ),
        *count_loss(
            words, ngettext("%(n)s date given in words only", "%(n)s dates given in words only", words)
        ),
        gettext("what sources say about a date"),
    )


def _event(source: ExportSource, dated: Dated, first: date, last: date) -> Event:
    event = Event()
    event.add("uid", str(source.uuid(dated.entity.id, dated.role)))
    event.add("dtstamp", _stamp(source))
    event.add("dtstart", first)
    if last < date.max:
        event.add("dtend", last + timedelta(days=1))  # the standard requires the day after
    event.add("summary", _title(source, dated))
    event.add("description", _about(source, dated))
    event.add("categories", [source.plan.noun(dated.entity)])
    event.add("transp", "TRANSPARENT")  # it does not make anyone busy
    if source.base:
        event.add("url", source.page(dated.entity))
    return event


def _entries(source: ExportSource) -> Iterator[Entity]:
    return (entity for entity in source.plan if not isinstance(entity, Source))


def _dated(source: ExportSource) -> Iterator[Dated]:
    for entity in _entries(source):
        if entity.date and entity.date.edtf:
            moved = tuple(_was(old) for old in entity.date.earlier)
            disputed = bool(entity.date.alternatives)
            yield Dated(entity, "date", entity.date.edtf, disputed, moved=moved)
        if isinstance(entity, Item):
            yield from _due(entity)


def _due(item: Item) -> Iterator[Dated]:
    """Yield when what *item* aims at is due: the target in short, then those of indicators."""
    for called, key, indicator in named_indicators(item):
        for placed in indicator.placed(key):
            if isinstance(placed.figure, Aim) and placed.figure.due:
                short = key == ("target",)
                number = placed.key[-1]
                role = "due" if short else f"{placed.role} {called} {number}"
                moved = tuple(map(_moved, (old for old in placed.figure.earlier if old.due)))
                says = figure_in_a_sentence(indicator, placed)
                plain = short and not moved and placed.figure.due.exact
                yield Dated(item, role, placed.figure.due, says="" if plain else says, moved=moved)


def _moved(old: Earlier) -> str:
    """Return what a deadline was, and why it was moved."""
    said = gettext("It was due %(date)s", date=old.due)
    if old.until:
        said = gettext("It was due %(date)s until %(end)s", date=old.due, end=old.until)
    return _because(said, old.because)


def _was(old: EarlierDate) -> str:
    """Return what a date was, and why it was moved."""
    said = gettext("It was to be %(date)s", date=old.edtf)
    if old.until:
        said = gettext("It was to be %(date)s until %(end)s", date=old.edtf, end=old.until)
    return _because(said, old.because)


def _because(said: str, reason: str) -> str:
    """Return what is *said* with its *reason*, if it has one, as a sentence."""
    if reason:
        said = labelled(said, words_of(reason))
    return gettext("%(sentence)s.", sentence=said.rstrip(".。"))


def _title(source: ExportSource, dated: Dated) -> str:
    title = source.plan.title(dated.entity)
    if dated.role == "date":
        return title
    if dated.role.startswith("milestone"):
        return gettext("Milestone: %(title)s", title=title)
    return gettext("Due: %(title)s", title=title)


def _about(source: ExportSource, dated: Dated) -> str:
    summary = dated.entity.summary
    places = commas(map(str, summary.all_cites)) if summary else ""
    lines = [f"{summary.plain} [{places}]" if places else summary.plain] if summary else []
    lines = [*filter(None, (dated.says,)), *dated.moved, *lines]
    return "\n".join([*lines, *([gettext("Sources differ on the date.")] if dated.disputed else [])])


def _stamp(source: ExportSource) -> datetime:
    """Return the plan's date, for reproducible calendars."""
    day = source.plan.settings.as_of.last or date(1970, 1, 1)
    return datetime.combine(day, time(), UTC)
