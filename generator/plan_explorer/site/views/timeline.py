"""Collect events for the timeline's lists and chart."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Event
from plan_explorer.model.plan import Plan
from plan_explorer.site.views.item import rows


def timeline_context(plan: Plan, events: Sequence[Event]) -> dict[str, Any]:
    """Return events past, future and undated."""
    today = plan.settings.as_of.last or date.max
    dated = [(event, event.period) for event in events if event.period and event.period.end]
    past = [event for event, period in dated if _begins(period) <= today]
    coming = [event for event, period in dated if _begins(period) > today]
    rest = [event for event in events if not event.period or not event.period.end]
    parts = [
        ("past", "Until now", past),
        ("coming", "Still to come", coming),
        ("open", "Periods and open dates", rest),
    ]
    passed = {event.id for event, period in dated if not period.start and _begins(period) <= today}
    return {
        "events": events,
        "times": [part for part in parts if part[2]],
        "passed": passed,
        "rows": {event.id: rows(plan, event) for event in events},
    }


def _begins(period: Period) -> date:
    """Return the day an event begins or is due."""
    return period.first or period.last or date.max
