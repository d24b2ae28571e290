"""Collect the map and numbers of the overview."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from plan_explorer.model.entities import Entity, Item, Names, View
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import ACTORS, COMPARE, GLOSSARY, SOURCES, TIMELINE
from plan_explorer.site.views import item as item_view
from plan_explorer.site.views.item import Fact
from plan_explorer.site.views.item_descendants import pages_below
from plan_explorer.site.views.statements import is_stated_link, shown
from plan_explorer.translation import ngettext, within_sentence

MAX_DETAILED_BOXES = 12
"""The most boxes in a row that show more than code and name."""
MAX_OPEN_BOXES = 24
"""The most boxes in a row shown unfolded."""
MAX_DOTS = 12
"""The most dots drawn below a box."""
MAX_BOXES_ON_MAP = 96
"""The most boxes on the map before only the row heads are shown."""
MAX_DESCRIBED_BOXES = 40
"""The most boxes with details before the side panel is omitted."""
MAX_NUMBERS = 6
"""The most numbers beside the title."""

Counts = list[tuple[int, str]]
"""How many there are of what, by noun."""


class Number(NamedTuple):
    """A count, its noun, what the two are under the lens, and a link."""

    number: int
    noun: str
    stated: tuple[int, str]
    where: Entity | Strand | str


@dataclass(frozen=True)
class Box:
    """An item on the map, with panel data."""

    item: Item
    below: Counts
    """The number of items below, by noun."""
    stated_below: Counts
    """The same under the lens."""
    bears: list[int]
    """The indexes, from 0, of linked boxes in bands above."""
    children: list[Item] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    linked: list[Item] = field(default_factory=list)
    """Other boxes linked to it or to items below it."""
    places: list[Citation] = field(default_factory=list)
    stated_links: frozenset[str] = frozenset()
    """The ids of those boxes to which the primary source links it."""


@dataclass(frozen=True)
class MapRow:
    """A row of the map, with its boxes."""

    title: str
    names: Names
    head: Item | None
    members: list[Item]
    boxes: list[Box] = field(default_factory=list)

    @property
    def density(self) -> str:
        """The layout of the row, by its number of boxes."""
        densities = ((3, "wide"), (6, "tall"), (MAX_DETAILED_BOXES, "many"))
        return next((each for most, each in densities if len(self.members) <= most), "dense")

    @property
    def shown(self) -> list[Box]:
        """The visible boxes."""
        return self.boxes[:MAX_OPEN_BOXES] if len(self.boxes) > MAX_OPEN_BOXES + 3 else self.boxes

    @property
    def folded(self) -> list[Box]:
        """The boxes to unfold."""
        return self.boxes[len(self.shown) :]


@dataclass(frozen=True)
class MapPart:
    """A strand as shown on the map."""

    strand: Strand
    rows: list[MapRow]
    counts: Counts = field(default_factory=list)
    """For a band, how many items it contains, by noun."""
    stated_counts: Counts = field(default_factory=list)
    """The same under the lens."""
    view: View | None = None


# --- the map


def framework_map(plan: Plan, *, small: bool = False) -> list[MapPart]:
    """Return the strands of the map with boxes.

    Args:
        plan: the plan.
        small: whether nothing is told beside the map.
    """
    parts = [_reduce_to_heads(part) for part in outline(plan)]
    bands = [part.rows[0].members for part in parts if part.strand.map == "band"]
    columns = {item.id: at for band in bands[:1] for at, item in enumerate(band)}
    on_map = {item.id for part in parts for row in part.rows for item in row.members}
    boxes = sum(len(row.members) for part in parts for row in part.rows)
    detailed = boxes <= MAX_DESCRIBED_BOXES and not small
    return [
        MapPart(
            part.strand,
            [
                replace(row, boxes=[_box(plan, i, columns, on_map, detailed=detailed) for i in row.members])
                for row in part.rows
            ],
            _count_band(plan, part.rows[0].members) if part.strand.map == "band" else [],
            _count_band(plan, part.rows[0].members, stated=True) if part.strand.map == "band" else [],
            part.view,
        )
        for part in parts
    ]


def outline(plan: Plan) -> list[MapPart]:
    """Return strands and rows of the map without details."""
    parts = []
    for strand in plan.settings.strands:
        if strand.map == "band" and plan.heads(strand):
            parts.append(MapPart(strand, [MapRow(strand.name, {}, None, plan.heads(strand))]))
        elif strand.map == "grid":
            view = next((view for view in plan.views if view.map and plan.strand_of(view) is strand), None)
            parts.append(MapPart(strand, _view_rows(plan, view) if view else _grid(plan, strand), view=view))
    return parts


def _reduce_to_heads(part: MapPart) -> MapPart:
    """Return *part* reduced to heads if too full."""
    heads = [row.head for row in part.rows if row.head]
    boxes = sum(len(row.members) for row in part.rows)
    if boxes <= MAX_BOXES_ON_MAP or len(heads) <= 3 or len(heads) < len(part.rows):
        return part
    return MapPart(part.strand, [MapRow(part.strand.name, {}, None, heads)], view=part.view)


@lru_cache(maxsize=1)  # needed by every item's page
def grid(plan: Plan) -> tuple[list[MapRow], dict[str, int]]:
    """Return the grid's rows, and each item's row."""
    part = next((p for p in outline(plan) if p.strand.map == "grid"), None)
    rows = part.rows if part else []
    numbers: dict[str, int] = {}
    for at, row in enumerate(rows):
        for item in (*row.members, *([row.head] if row.head else [])):
            numbers.setdefault(item.id, at)
    return rows, numbers


def view_rows(plan: Plan, view: View) -> list[MapRow]:
    """Return a row of boxes for each group."""
    return [
        replace(row, boxes=[Box(i, *_below(plan, i), []) for i in row.members])
        for row in _view_rows(plan, view)
    ]


def _view_rows(plan: Plan, view: View) -> list[MapRow]:
    rows = []
    for group in view.groups:
        head = plan[group.item] if group.item else None
        name = group.name.get(plan.settings.language) or next(iter(group.name.values()))
        members = [m for id in group.members if isinstance(m := plan[id], Item)]
        rows.append(MapRow(name.text, group.name, head if isinstance(head, Item) else None, members))
    return rows


def _grid(plan: Plan, strand: Strand) -> list[MapRow]:
    return [MapRow(plan.short(root), root.name, root, shown) for root, shown in plan.rows(strand)]


def _box(plan: Plan, item: Item, columns: dict[str, int], on_map: set[str], *, detailed: bool) -> Box:
    below = _below(plan, item)
    if not detailed:
        return Box(item, *below, [])
    tops = _linked(plan, item, set(columns) | on_map)
    return Box(
        item,
        *below,
        [columns[top.id] for top in tops if top.id in columns],
        pages_below(plan, item),
        item_view.terms_and_actors(plan, item),
        [top for top in tops if top.id not in columns],
        plan.cited(item),
        frozenset(top.id for top in _linked(plan, item, on_map, stated=True)),
    )


def _linked(plan: Plan, item: Item, boxes: set[str], *, stated: bool = False) -> list[Item]:
    """Return the items with *boxes* linked from here, or only those whose link is *stated*."""
    items: dict[str, Item] = {}
    for each in (item, *plan.descendants(item)):
        for link in plan.links(each):
            if isinstance(link.other, Item) and (is_stated_link(link) or not stated):
                lineage = (link.other, *reversed(plan.ancestors(link.other)))
                top = next((above for above in lineage if above.id in boxes), None)
                if top and top.id != item.id:
                    items[top.id] = top
    return sorted(items.values(), key=lambda item: plan.order[item.id])


def dots(below: Counts) -> int:
    """Return the number of dots to draw for what is *below* a box."""
    number = sum(number for number, _ in below)
    return number if number <= MAX_DOTS else 0


def _below(plan: Plan, item: Item) -> tuple[Counts, Counts]:
    """Return the number of children with their own pages, and that under the lens."""
    below = pages_below(plan, item)
    return numbers(plan, below), numbers(plan, below, stated=True)


def _count_band(plan: Plan, roots: list[Item], *, stated: bool = False) -> Counts:
    """Return the items and commitments of a band."""
    below = [child for root in roots for child in plan.children(root) if plan.level(child).commitment]
    return [*numbers(plan, roots, stated=stated), *numbers(plan, below, stated=stated)]


def numbers(plan: Plan, items: Iterable[Item], *, stated: bool = False) -> Counts:
    """Return the number of *items*, by noun; the noun says how many there are with their parts.

    Args:
        plan: the plan.
        items: those to count.
        stated: whether only what the lens shows is counted.
    """
    return [(count.number, count.noun) for count in item_view.count_with_parts(plan, items, stated=stated)]


# --- numbers


def figures(plan: Plan) -> list[Number]:
    """Return the main numbers of the plan for the title."""
    figures: list[Number] = []
    for strand in plan.settings.strands:
        if strand.map == "none":
            continue
        items = [item for item in plan.items if plan.strand(item) is strand]
        boxes = [item for item in items if plan.level(item).hue == "each"]
        bound = [item for item in items if plan.level(item).commitment and not _is_part(plan, item)]
        figures += [*_counted(plan, boxes, strand), *_counted(plan, bound, COMPARE)]
    if not figures:
        mapped = [s for s in plan.settings.strands if s.map != "none"] or plan.settings.strands
        roots = [(s, plan.heads(s)) for s in mapped]
        figures = [number for strand, items in roots for number in _counted(plan, items, strand)]
    others = [each for each in _listed(plan) if each.where in (ACTORS, GLOSSARY)]
    return [*figures, *others, *_sentences(plan)][:MAX_NUMBERS]


def _counted(plan: Plan, items: Iterable[Item], where: Strand | str) -> list[Number]:
    """Return the number of *items* by kind."""
    return [
        Number(count.number, count.noun, (stated.number, stated.noun) if stated else (0, count.noun), where)
        for count, stated in item_view.count_twice(plan, list(items))
    ]


def _is_part(plan: Plan, item: Item) -> bool:
    """Return whether *item* stands below another of its kind."""
    return plan.level(item).kind in (plan.level(each).kind for each in plan.ancestors(item))


def counts(plan: Plan) -> list[Number]:
    """Return all counts with their nouns and links."""
    counts: list[Number] = []
    for strand in plan.settings.strands:
        items = [i for i in plan.items if plan.strand(i) is strand and not _is_part(plan, i)]
        counts += _counted(plan, items, strand)
    return [*counts, *_listed(plan), *_sentences(plan)]


def _listed(plan: Plan) -> list[Number]:
    listed: tuple[tuple[Sequence[Entity], str], ...] = (
        (plan.actors, ACTORS),
        (plan.events, TIMELINE),
        (plan.terms, GLOSSARY),
        (plan.sources, SOURCES),
    )
    found = []
    for things, where in listed:
        whole, stated = len(things), len(shown(plan, things))
        numbers = (stated, _noun(where, stated))
        found += [Number(whole, _noun(where, whole), numbers, where)] if things else []
    return found


def _noun(where: str, number: int) -> str:
    """Return what the entries of a list are called behind their *number*."""
    return {
        ACTORS: ngettext("actor", "actors", number),
        TIMELINE: ngettext("event", "events", number),
        GLOSSARY: ngettext("term", "terms", number),
        SOURCES: ngettext("source", "sources", number),
    }[where]


def _sentences(plan: Plan) -> list[Number]:
    source = plan.primary
    number = sum(len(passage.sentences) for passage in source.passages)
    noun = within_sentence(source.sentence.plural or source.sentence.long)
    return [Number(number, noun, (number, noun), source)] if number else []
