"""Collect the plan in brief, as it is printed for a meeting."""

from typing import Any, NamedTuple

from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.model.statements import Statement
from plan_explorer.site import pagination
from plan_explorer.site.views import comparison, overview
from plan_explorer.site.views.statements import STATUS_ORDER

MAX_LINES = 12
"""The most lines of the summary before what heads the rows of the map is left to the map."""
MAX_LINES_ON_PAGE = pagination.MAX_LINES
"""The most commitments that are listed; more stand in their table only."""


class Line(NamedTuple):
    """A line of the summary: what is said of a part of the plan, or of the whole."""

    about: Strand | Item | None
    title: str
    says: Statement


def brief_context(plan: Plan) -> dict[str, Any]:
    """Return the summary, the map and the commitments of the plan."""
    table = comparison.commitments(plan)
    groups = table.groups if table.size <= MAX_LINES_ON_PAGE else []
    named = [value for _, rows in groups for row in rows for value in row.actors]
    return {
        "lines": summary_lines(plan),
        "parts": overview.framework_map(plan, small=True),
        "table": table,
        "groups": groups,
        "marked": sorted({v.says.status for v in named if v.says} - {"stated"}, key=STATUS_ORDER.index),
        **comparison.silence(plan),
    }


def summary_lines(plan: Plan) -> list[Line]:
    """Return what is said of the plan, of each strand, and, if that is little, of each row of the map."""
    short, long = [], []
    if plan.settings.summary:
        short.append(Line(None, "", plan.settings.summary))
    long += short
    for strand in plan.settings.strands:
        said = [Line(strand, strand.name, strand.summary)] if strand.summary else []
        short += said
        long += [*said, *(_heads(plan, strand) if strand.map == "grid" else [])]
    return long if len(long) <= MAX_LINES else short


def _heads(plan: Plan, strand: Strand) -> list[Line]:
    roots = plan.roots(strand)
    return [Line(root, plan.short(root), root.summary) for root in roots if root.summary]
