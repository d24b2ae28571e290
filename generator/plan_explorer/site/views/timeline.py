"""Collect events for the timeline: year by year, each in the lane of its kind."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from plan_explorer.model.entities import Event
from plan_explorer.model.plan import Plan
from plan_explorer.site.views.item import rows
from plan_explorer.site.views.statements import date_status
from plan_explorer.translation import gettext

LANES = 8
"""The most lanes beside the list; kinds beyond these share the last one."""
SHORT = 62
"""The days from which an event is a period."""


class Year(NamedTuple):
    """The events that begin, or are due, in one year; or those without a date."""

    id: str
    title: str
    events: list[Event]
    going_on: list[int]
    """The lanes of the periods that the year lies in."""
    coming: bool
    """Whether it is the first after the date of the site."""


def timeline_context(plan: Plan, events: Sequence[Event]) -> dict[str, Any]:
    """Return events by year, with what was due before the date of the site."""
    today = plan.settings.as_of.last or date.max
    by_year: dict[int | None, list[Event]] = {}
    for event in events:
        by_year.setdefault(_year(event), []).append(event)
    years: list[Year] = []
    passed = {event.id for event in events if _was_due(event, today)}
    periods = [(_year(event), _last_year(event), lane(plan, event)) for event in events if is_period(event)]
    later = [year for each in plan.events if (year := _year(each)) is not None and year > today.year]
    first_coming = min(later, default=None)
    for number in sorted(year for year in by_year if year is not None):
        lanes = {at for first, last, at in periods if first is not None and first <= number <= last}
        coming = number == first_coming
        years.append(Year(f"y{number}", f"{number}", by_year[number], sorted(lanes), coming))
    if None in by_year:
        years.append(Year("no-date", gettext("No date"), by_year[None], [], False))
    return {
        "events": events,
        "years": years,
        "lanes": 1 + max((lane(plan, event) for event in plan.events), default=0),
        "passed": passed,
        "rows": {event.id: rows(plan, event) for event in events},
    }


def stated_dates(plan: Plan) -> dict[str, Any]:
    """Return of how many events the primary source gives the date."""
    return {"stated_dates": sum(date_status(plan, event) == "stated" for event in plan.events)}


def lane(plan: Plan, event: Event) -> int:
    """Return the lane of *event*, by its kind."""
    kinds = list(plan.settings.event_kinds)
    return min(kinds.index(event.kind) if event.kind in kinds else len(kinds), LANES - 1)


def letters(plan: Plan) -> dict[str, str]:
    """Return a letter for each kind of event: the first of its name that no other has."""
    found: dict[str, str] = {}
    for kind, name in plan.settings.event_kinds.items():
        free = [letter for letter in name.upper() if letter.isalpha() and letter not in found.values()]
        found[kind] = free[0] if free else ""
    return found


def is_period(event: Event) -> bool:
    """Return whether *event* goes on for more than two months."""
    period = event.period
    if period is None or period.first is None:
        return False
    return not period.single and (period.last is None or (period.last - period.first).days >= SHORT)


def _year(event: Event) -> int | None:
    period = event.period
    day = period and (period.first or period.last)
    return day.year if day else None


def _last_year(event: Event) -> int:
    return event.period.last.year if event.period and event.period.last else date.max.year


def _was_due(event: Event, today: date) -> bool:
    period = event.period
    return bool(period and not period.start and period.last and period.last <= today)
