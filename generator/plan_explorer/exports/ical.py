"""iCalendar: events and deadlines that are dated to the day or the month."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from plan_explorer.dates import Period
from plan_explorer.entities import Entity, Item
from plan_explorer.exports.base import Export, Source


def export(source: Source) -> Export:
    """Return ``plan.ics``; dates that are not exact are left out and counted."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Plan Explorer//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", source.plan.settings.site_name)
    left = 0
    for entity, label, period in _dated(source):
        if not period.exact or not (period.first or period.last):
            left += 1
            continue
        event = Event()
        event.add("uid", f"{entity.id}-{label}@{source.plan.settings.id}.plan")
        event.add("dtstamp", _stamp(source))
        first = period.first or period.last
        last = period.last or period.first
        assert first
        assert last
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", _title(source, entity, label))
        event.add("description", entity.summary.words if entity.summary else "")
        event.add("url", source.page(entity))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    lost = (f"{left} dates that are not exact to the day, or open at an end",) if left else ()
    return Export({"plan.ics": calendar.to_ical()}, lost)


def _dated(source: Source) -> Iterator[tuple[Entity, str, Period]]:
    plan = source.plan
    for event in plan.events:
        if event.period:
            yield event, "event", event.period
    for item in plan.items:
        if item.date and item.date.edtf:
            yield item, "date", item.date.edtf
        if isinstance(item, Item) and item.target and item.target.due:
            yield item, "due", item.target.due


def _title(source: Source, entity: Entity, label: str) -> str:
    title = source.plan.title(entity)
    return f"Due: {title}" if label == "due" else title


def _stamp(source: Source) -> datetime:
    """Return the date of the plan: the same input gives the same calendar."""
    day = source.plan.settings.as_of.last or date(1970, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
