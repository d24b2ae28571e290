"""Show the tree that an import makes before anything is written."""

from collections.abc import Iterator, Sequence
from itertools import islice

from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Plan

MAX_SIBLINGS, MAX_LINES = 3, 30


def tree_lines(plan: Plan) -> Iterator[str]:
    """Yield the first items of each level, indented below their parents, and how many others stand there."""
    tops = (line for strand in plan.settings.strands for line in _lines(plan, plan.roots(strand), ""))
    return islice(tops, MAX_LINES)


def _lines(plan: Plan, items: Sequence[Item], indent: str) -> Iterator[str]:
    opened = next((item for item in items[:MAX_SIBLINGS] if plan.branches(item)), None)
    for item in items[:MAX_SIBLINGS]:
        words = " ".join(f"{item.code} {plan.title(item)}".split())
        yield f"{indent}{plan.level(item).name.one}: {words[:100]}"
        if item is opened:
            yield from _lines(plan, plan.branches(item), f"{indent}  ")
    if len(items) > MAX_SIBLINGS:
        yield f"{indent}… and {len(items) - MAX_SIBLINGS} more"
