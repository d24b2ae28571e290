"""Collect where a plan stands: what is said of progress, how far figures have come, what is due and late."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import State
from plan_explorer.site.addresses import COMPARE
from plan_explorer.site.views import comparison
from plan_explorer.site.views.indicators import Due, Measure, all_measures, deadlines
from plan_explorer.site.views.statements import SHOWN

MAX_ROWS = 500
"""The most indicators in one table; the table of all commitments has more, on pages of its own."""
MAX_DUE = 40
"""The most deadlines, or things that are missing, in one list."""


class Said(NamedTuple):
    """The items of which the latest word for progress is the same."""

    state: State
    items: list[Item]
    stated: list[Item]
    """Those of which the primary source says so."""


def standing_context(plan: Plan) -> dict[str, Any]:
    """Return what the page tells of all that is measured, and of what is said of progress."""
    found, dues = all_measures(plan), deadlines(plan)
    bound = list(comparison.commitment_items(plan))
    now = plan.settings.as_of.first or date.min
    held = [item for item in plan.items if item.history]
    coming = [due for due in dues if not due.met and not due.overdue and _ends(due) >= now]
    latest = [each.latest.date for each in found if each.latest and each.latest.date]
    return {
        "measures": found if len(found) <= MAX_ROWS else [],
        "number": len(found),
        "with_value": sum(each.latest is not None for each in found),
        "aimed": sum(each.is_stated for each in found),
        "latest": max(latest, key=lambda day: day.last or date.min, default=None),
        "groups": _by_head(plan, found) if len(found) <= MAX_ROWS else [],
        "said": _by_state(plan, held),
        "unsaid": [item for item in bound if not item.history] if held else [],
        "coming": coming[:MAX_DUE],
        "more_coming": max(0, len(coming) - MAX_DUE),
        "overdue": [due for due in dues if due.overdue],
        "valueless": [each for each in found if each.ways and not each.latest],
        "unmeasured": sum(not item.measures for item in bound),
        "bound": bound,
        "table": COMPARE,
        "most": MAX_DUE,
    }


def _ends(due: Due) -> date:
    return (due.aim.due.last if due.aim.due else None) or date.max


def _by_state(plan: Plan, held: Sequence[Item]) -> list[Said]:
    """Return the items by the word that was last said of them, in the order of the plan."""
    states = plan.settings.progress.items()
    shown = [item for item in held if item.history[0].says.status in SHOWN]
    found = []
    for id, state in states:
        items = [item for item in held if item.history[0].state == id]
        found.append(Said(state, items, [item for item in items if item in shown]))
    return [each for each in found if each.items]


def _by_head(plan: Plan, found: Sequence[Measure]) -> list[tuple[Item, list[Measure]]]:
    """Return what is measured by the item that heads its part of the plan."""
    groups: dict[str, tuple[Item, list[Measure]]] = {}
    for each in found:
        head = plan.top(each.item) or each.item
        groups.setdefault(head.id, (head, []))[1].append(each)
    return list(groups.values())
