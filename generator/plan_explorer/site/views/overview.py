"""What stands on the overview: the map of the plan, row by row, and how many there are of what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from plan_explorer.model.entities import Entity, Item, Names, View
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import ACTORS, COMPARE, GLOSSARY, SOURCES, TIMELINE
from plan_explorer.site.views import item as item_view
from plan_explorer.site.views.item import Fact

MAX_DETAILED_BOXES = 12
"""Past so many boxes, those of a row show no more than their code and name."""
MAX_OPEN_BOXES = 24
"""Past so many boxes, the rest of a row is folded."""
MAX_DOTS = 12
"""Past so many, what stands below a box is not drawn as dots."""
MAX_BOXES_ON_MAP = 96
"""Past so many boxes, the map shows the heads of its rows, with what each holds, instead."""
MAX_DESCRIBED_BOXES = 40
"""Past so many boxes with something to tell, the map does without the panel beside it."""
MAX_NUMBERS = 6
"""Most numbers beside the title of the overview."""

Number = tuple[int, str, Entity | Strand | str]
"""How many, of what, and where they are."""


@dataclass(frozen=True)
class Box:
    """One item on the map, and what the panel beside the map tells of it."""

    item: Item
    below: list[tuple[int, str]]
    """How many stand below it, by the noun for them."""
    bears: list[int]
    """Places, from 0, of the boxes in bands above that it is linked to."""
    children: list[Item] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    linked: list[Item] = field(default_factory=list)
    """Other boxes of the map that it or what stands below it is linked to."""
    places: list[Citation] = field(default_factory=list)

    @property
    def dots(self) -> int:
        """How many dots to draw for what stands below."""
        number = sum(number for number, _ in self.below)
        return number if number <= MAX_DOTS else 0


@dataclass(frozen=True)
class MapRow:
    """A row of the map: a heading, and the items that have a box in it."""

    title: str
    names: Names
    head: Item | None
    members: list[Item]
    boxes: list[Box] = field(default_factory=list)

    @property
    def look(self) -> str:
        """How the boxes share the row: few side by side, more in columns, many as a plain list."""
        number = len(self.members)
        return (
            "wide"
            if number <= 3
            else "tall"
            if number <= 6
            else "many"
            if number <= MAX_DETAILED_BOXES
            else "dense"
        )

    @property
    def shown(self) -> list[Box]:
        """The boxes in sight."""
        return self.boxes[:MAX_OPEN_BOXES] if len(self.boxes) > MAX_OPEN_BOXES + 3 else self.boxes

    @property
    def folded(self) -> list[Box]:
        """The boxes that a reader unfolds."""
        return self.boxes[len(self.shown) :]


@dataclass(frozen=True)
class MapPart:
    """A strand as the map shows it."""

    strand: Strand
    rows: list[MapRow]
    counts: list[tuple[int, str]] = field(default_factory=list)
    """For a band: how many it holds in all, by the noun for them."""
    view: View | None = None


# --- the map


def framework_map(plan: Plan) -> list[MapPart]:
    """Return the strands that plan.yaml puts on the map, in order, with a box for each item."""
    parts = [_gathered(part) for part in outline(plan)]
    bands = [part.rows[0].members for part in parts if part.strand.map == "band"]
    columns = {item.id: at for band in bands[:1] for at, item in enumerate(band)}
    on_map = {item.id for part in parts for row in part.rows for item in row.members}
    told = sum(len(row.members) for part in parts for row in part.rows) <= MAX_DESCRIBED_BOXES
    return [
        MapPart(
            part.strand,
            [
                MapRow(
                    row.title,
                    row.names,
                    row.head,
                    row.members,
                    [_box(plan, item, columns, on_map, told=told) for item in row.members],
                )
                for row in part.rows
            ],
            _held(plan, part.rows[0].members) if part.strand.map == "band" else [],
            part.view,
        )
        for part in parts
    ]


def outline(plan: Plan) -> list[MapPart]:
    """Return the strands and rows of the map without what the boxes tell."""
    parts = []
    for strand in plan.settings.strands:
        if strand.map == "band" and plan.heads(strand):
            parts.append(MapPart(strand, [MapRow(strand.name, {}, None, plan.heads(strand))]))
        elif strand.map == "grid":
            view = next((v for v in plan.views if _is_of(plan, v, strand)), None)
            parts.append(MapPart(strand, _view_rows(plan, view) if view else _grid(plan, strand), view=view))
    return parts


def _gathered(part: MapPart) -> MapPart:
    """Return *part* with one row of the heads of its rows, where those hold more than a map can show."""
    heads = [row.head for row in part.rows if row.head]
    boxes = sum(len(row.members) for row in part.rows)
    if boxes <= MAX_BOXES_ON_MAP or len(heads) <= 3 or len(heads) < len(part.rows):
        return part
    return MapPart(part.strand, [MapRow(part.strand.name, {}, None, heads)], view=part.view)


@lru_cache(maxsize=1)  # every page of an item asks
def grid(plan: Plan) -> tuple[list[MapRow], dict[str, int]]:
    """Return the rows of the strand that the map shows as a grid, and the number of the row of each item."""
    part = next((p for p in outline(plan) if p.strand.map == "grid"), None)
    rows = part.rows if part else []
    numbers: dict[str, int] = {}
    for at, row in enumerate(rows):
        for item in (*row.members, *([row.head] if row.head else [])):
            numbers.setdefault(item.id, at)
    return rows, numbers


def view_rows(plan: Plan, view: View) -> list[MapRow]:
    """Return a row for each group of *view*, with a box for each member."""
    return [
        MapRow(
            row.title, row.names, row.head, row.members, [Box(i, _below(plan, i), []) for i in row.members]
        )
        for row in _view_rows(plan, view)
    ]


def _is_of(plan: Plan, view: View, strand: Strand) -> bool:
    """Return whether *view* regroups items of *strand* that have rows of their own."""
    members = [plan[id] for group in view.groups for id in group.members]
    below_top = all(isinstance(m, Item) and m.under for m in members)
    return below_top and all(isinstance(m, Item) and plan.strand(m) is strand for m in members)


def _view_rows(plan: Plan, view: View) -> list[MapRow]:
    found = []
    for group in view.groups:
        head = plan[group.item] if group.item else None
        name = group.name.get(plan.settings.language) or next(iter(group.name.values()))
        members = [m for id in group.members if isinstance(m := plan[id], Item)]
        found.append(MapRow(name.text, group.name, head if isinstance(head, Item) else None, members))
    return found


def _grid(plan: Plan, strand: Strand) -> list[MapRow]:
    rows = []
    for root in plan.roots(strand):
        below = [child for child in plan.within(root) if plan.level(child).page == "own"]
        rows.append(MapRow(plan.short(root), root.name, root, below or [root]))
    return rows


def _box(plan: Plan, item: Item, columns: dict[str, int], on_map: set[str], *, told: bool) -> Box:
    below = _below(plan, item)
    if not told:
        return Box(item, below, [])
    tops = _linked(plan, item, set(columns) | on_map)
    return Box(
        item,
        below,
        [columns[top.id] for top in tops if top.id in columns],
        _pages_below(plan, item),
        [fact for fact in item_view.facts(plan, item) if fact.label in (item_view.ACTORS, item_view.TERMS)],
        [top for top in tops if top.id not in columns],
        plan.cited(item),
    )


def _linked(plan: Plan, item: Item, boxes: set[str]) -> list[Item]:
    """Return the items with *boxes* that *item*, or what stands below it, is linked to."""
    found: dict[str, Item] = {}
    for each in (item, *plan.descendants(item)):
        for link in plan.links(each):
            if isinstance(link.other, Item):
                way = (link.other, *reversed(plan.ancestors(link.other)))
                top = next((above for above in way if above.id in boxes), None)
                if top and top.id != item.id:
                    found[top.id] = top
    return sorted(found.values(), key=lambda item: plan.order[item.id])


def _pages_below(plan: Plan, item: Item) -> list[Item]:
    return [child for child in plan.children(item) if plan.level(child).page == "own"]


def _below(plan: Plan, item: Item) -> list[tuple[int, str]]:
    """Return how many items with a page of their own stand right below *item*."""
    return numbers(plan, _pages_below(plan, item))


def _held(plan: Plan, roots: list[Item]) -> list[tuple[int, str]]:
    """Return how many items stand in a band, and how many commitments below them."""
    below = [i for root in roots for i in plan.descendants(root) if plan.level(i).commitment]
    return [*numbers(plan, roots), *numbers(plan, below)]


def numbers(plan: Plan, items: Iterable[Item]) -> list[tuple[int, str]]:
    """Return how many *items* there are, by the noun they are counted under."""
    found: dict[str, int] = {}
    for item in items:
        level = plan.level(item)
        key = level.counted_as or level.id
        found[key] = found.get(key, 0) + 1
    names = {id: level.name for id, level in plan.settings.levels.items()}
    return [(n, (names[id].one if n == 1 else names[id].many).lower()) for id, n in found.items()]


# --- numbers


def figures(plan: Plan) -> list[Number]:
    """Return the few numbers that stand beside the title: what the map shows, who, which words."""
    found: list[Number] = []
    for strand in plan.settings.strands:
        if strand.map == "none":
            continue
        boxes = [i for i in plan.items if plan.level(i).hue == "each" and plan.strand(i) is strand]
        bound = [i for i in plan.items if plan.level(i).commitment and plan.strand(i) is strand]
        found += [(n, noun, strand) for n, noun in numbers(plan, boxes)]
        found += [(n, noun, COMPARE) for n, noun in numbers(plan, bound)]
    if not found:
        mapped = [s for s in plan.settings.strands if s.map != "none"] or plan.settings.strands
        roots = [(s, plan.heads(s)) for s in mapped]
        found = [(n, noun, s) for s, items in roots for n, noun in numbers(plan, items)]
    others = [each for each in _listed(plan) if each[2] in (ACTORS, GLOSSARY)]
    return [*found, *others, *_sentences(plan)][:MAX_NUMBERS]


def counts(plan: Plan) -> list[Number]:
    """Return how many of each there are, the noun, and what to link to: from the data alone."""
    found: list[Number] = []
    for strand in plan.settings.strands:
        for level in strand.levels:
            number = sum(item.level == level.id for item in plan.items)
            if number:
                found.append((number, level.name.one if number == 1 else level.name.many, strand))
    return [*found, *_listed(plan), *_sentences(plan)]


def _listed(plan: Plan) -> list[Number]:
    return [
        (len(things), one if len(things) == 1 else many, where)
        for things, one, many, where in (
            (plan.actors, "Actor", "Actors", ACTORS),
            (plan.events, "Event", "Events", TIMELINE),
            (plan.terms, "Term", "Terms", GLOSSARY),
            (plan.sources, "Source", "Sources", SOURCES),
        )
        if things
    ]


def _sentences(plan: Plan) -> list[Number]:
    source = plan.primary
    number = sum(len(passage.sentences) for passage in source.passages)
    noun = source.sentence.plural or source.sentence.long
    return [(number, noun.capitalize(), source)] if number else []
