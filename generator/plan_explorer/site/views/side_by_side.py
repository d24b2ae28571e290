"""Set two sources side by side, point by point."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from plan_explorer.model.entities import Comparison, Entity, Item, Source
from plan_explorer.model.plan import ComparedPoint, Plan, StatementRef
from plan_explorer.model.statements import Citation, Status
from plan_explorer.site.urls import is_web_address
from plan_explorer.site.views.statements import SHOWN, group_statements
from plan_explorer.translation import with_capital


@dataclass(frozen=True)
class Column:
    """One of two sources, and what the statements on it share."""

    name: str
    """What the page calls the source, in running text."""
    source: Source
    status: Status
    """The label of most of them; the others show their own."""

    @property
    def head(self) -> str:
        """What stands above the column."""
        return with_capital(self.name)

    @property
    def shared(self) -> tuple[Citation, ...]:
        """What need not be cited again: the source as a whole."""
        return (Citation(self.source.id),)


@dataclass(frozen=True)
class Line:
    """A point on which the two differ."""

    point: str
    difference: str
    """How they differ, in words."""
    items: list[Entity]
    cells: list[tuple[Column, StatementRef]]


def comparison_context(plan: Plan, comparison: Comparison) -> dict[str, Any]:
    """Return the data for the page of *comparison*."""
    points = plan.points(comparison)
    columns = [
        _column(plan, name, id, at, points) for at, (id, name) in enumerate(comparison.sources.items())
    ]
    lines = [_line(plan, columns, point) for point in points]
    sections = []
    for section in comparison.sections:
        sections.append((section.section, lines[: len(section.rows)]))
        del lines[: len(section.rows)]
    above = [ref for ref in plan.said[comparison.id] if ref.published and ref.key[0] != "sections"]
    return {
        "comparison": comparison,
        "columns": columns,
        "sections": sections,
        "groups": group_statements(above),
        "silent": [ref for ref in above if ref.statement.status == "silence"],
    }


def _column(plan: Plan, name: str, id: str, at: int, points: list[ComparedPoint]) -> Column:
    statuses = Counter(point.sides[at].statement.status for point in points)
    return Column(name, plan.source(id), statuses.most_common(1)[0][0])


def _line(plan: Plan, columns: list[Column], point: ComparedPoint) -> Line:
    items = [plan[id] for id in point.row.items]
    return Line(point.row.point, difference(plan, point), items, list(zip(columns, point.sides, strict=True)))


def difference(plan: Plan, point: ComparedPoint) -> str:
    """Return in words how the sources differ on *point*."""
    first, second = point.comparison.sources.values()
    words = plan.settings.differences[point.row.kind]
    return words.replace("{first}", first).replace("{second}", second).strip()


def anchored(point: ComparedPoint) -> StatementRef:
    """Return the statement that stands for *point*, if possible one that the lens shows."""
    return next((ref for ref in point.sides if ref.statement.status in SHOWN), point.sides[0])


def compared(plan: Plan, item: Item) -> list[tuple[ComparedPoint, StatementRef, str]]:
    """Return where sources differ on *item*: the point, the statement that stands for it, and how."""
    return [(point, anchored(point), difference(plan, point)) for point in plan.compared(item)]


def documents(plan: Plan) -> list[tuple[str, Source]]:
    """Return the primary source and those compared with it that have an address, each with its name."""
    named = {plan.settings.primary: plan.settings.wording.primary}
    for comparison in plan.comparisons:
        if plan.settings.primary in comparison.sources:
            for id, name in comparison.sources.items():
                named.setdefault(id, name)
    sources = [(name, plan.source(id)) for id, name in named.items()]
    return [(name, source) for name, source in sources if is_web_address(source.url)]
