"""Build comparison tables: commitments, items by strand, items by actor."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from babel.lists import format_list

from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Actor, Entity, Item
from plan_explorer.model.plan import Link, Plan
from plan_explorer.model.settings import Strand, row_label
from plan_explorer.model.statements import Citation, Statement, Status
from plan_explorer.site import pagination
from plan_explorer.site.addresses import COMPARE
from plan_explorer.site.pagination import Part
from plan_explorer.site.views import item as item_view
from plan_explorer.site.views.actor import roles_held
from plan_explorer.site.views.indicators import (
    Measure,
    Told,
    deadline_status,
    has_standing,
    measures,
    progress_of,
)
from plan_explorer.site.views.statements import SHOWN, STATUS_ORDER, date_status, is_stated_link, shown
from plan_explorer.translation import N_, gettext, numbered, pgettext, semicolons, spoken, within_sentence

CELLS, EMPTY = 4000, 20
"""The most cells in a table, and the most cells per filled cell."""


@dataclass(frozen=True)
class Cell:
    """The links between a row and a column."""

    words: str
    says: list[Statement]

    @property
    def best(self) -> Statement:
        """The statement to show, preferably a stated one."""
        return next((each for each in self.says if each.status == "stated"), self.says[0])

    @property
    def stated(self) -> bool:
        """Whether the primary source states one of them."""
        return self.best.status == "stated"


@dataclass(frozen=True)
class Line:
    """A row: an item, and its cells by column id."""

    item: Item
    group: Item | None
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A comparison table."""

    path: str
    template: str
    title: str
    about: str
    stated_about: str = ""
    """What it is about under the lens, if that differs."""
    columns: list[Entity] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    groups: list[tuple[Item | None, list[Any]]] = field(default_factory=list)
    filters: list["Filter"] = field(default_factory=list)

    @cached_property
    def _rows(self) -> dict[str, tuple[Item | None, Any]]:
        """The group and row of every item, by id."""
        return {row.item.id: (group, row) for group, rows in self.groups for row in rows}

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(rows) for _, rows in self.groups)

    def only(self, items: Iterable[Item]) -> "Table":
        """Return the table reduced to *items*."""
        groups = _group(self._rows[item.id] for item in items)
        rows = [row for _, rows in groups for row in rows]
        lines = [row for row in rows if isinstance(row, Line)]
        needed = {
            f.key: self._among(f.key, (id for row in rows for id in row.tags[f.key])) for f in self.filters
        }
        return replace(
            self,
            groups=groups,
            lines=lines,
            columns=self._among("", (id for line in lines for id in line.cells)),
            filters=[replace(f, options=needed[f.key]) for f in self.filters if len(needed[f.key]) > 1],
        )

    def _among(self, key: str, ids: Iterable[str]) -> list[Entity]:
        """Return the columns or options with *ids*."""
        wanted = set(ids)
        return [entity for entity in self._lists[key] if entity.id in wanted]

    @cached_property
    def _lists(self) -> dict[str, list[Entity]]:
        """The columns, and the options of every filter."""
        return {"": self.columns, **{f.key: f.options for f in self.filters}}

    def values(self, key: str) -> list[str]:
        """Return the values by which rows of commitments can be found under *key*."""
        return list(dict.fromkeys(id for _, rows in self.groups for row in rows for id in row.tags[key]))

    @property
    def years(self) -> list[str]:
        """The years in which dates of the rows begin or end."""
        ends = {year for span in self.values("years") for year in span.split("-")}
        return sorted(ends - {"none", "9999"})

    @property
    def measured(self) -> bool:
        """Whether any row has a figure."""
        return any(row.figures for _, rows in self.groups for row in rows)

    @property
    def told(self) -> bool:
        """Whether of any row progress is said."""
        return any(row.progress for _, rows in self.groups for row in rows)

    @property
    def holes(self) -> dict[str, str]:
        """What some row lacks, and how that is called."""
        found = self.values("hole")
        return {name: gettext(label) for name, label in HOLES.items() if name in found}

    @property
    def wide(self) -> bool:
        """Whether it is too wide or sparse for columns."""
        filled = sum(len(line.cells) for line in self.lines)
        return len(self.columns) * len(self.lines) > min(CELLS, EMPTY * filled)


def tables(plan: Plan) -> list[Table]:
    """Return every table of the site, starting with all commitments."""
    tables = [commitments(plan)]
    for strand in plan.settings.strands:
        if strand.map == "band" and (table := by_strand(plan, strand)):
            tables.append(table)
    return [*tables, by_actor(plan)] if plan.actors else tables


def in_parts(plan: Plan, table: Table) -> Part:
    """Return the pages of *table*."""
    folder = "compare/all" if table.path == COMPARE else table.path.removesuffix(".md")
    groups = [(head, [row.item for row in rows]) for head, rows in table.groups]
    return pagination.rows(plan, table.path, folder, groups)


def part_context(table: Table, items: Sequence[Item]) -> dict[str, Table]:
    """Return the data of *table* with rows for *items*."""
    return {} if len(items) == table.size else {"table": table.only(items)}


# --- all commitments


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the table of commitments."""

    key: str
    """The name of the row attribute that it filters by."""
    label: str
    options: list[Entity]


class RowDate(NamedTuple):
    """A date of a row: its own, or that of the item through which it is dated."""

    words: str
    period: Period | None
    status: Status
    through: Item | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the lens shows it."""
        return self.status in SHOWN

    @property
    def years(self) -> str:
        """The years it covers, as "2020-2025"; a deadline is in its year, an open end in 9999."""
        if not self.period:
            return ""
        first = self.period.first or self.period.last
        assert first
        return f"{first.year}-{self.period.last.year if self.period.last else 9999}"


@dataclass(frozen=True)
class Commitment:
    """A row of the table of commitments."""

    item: Item
    actors: list[item_view.Value]
    dates: list[RowDate]
    terms: list[item_view.Value]
    figures: list[Measure]
    progress: list[Told]
    """What was last said of its progress, if anything was."""
    labels: list[Status]
    """What the statements about the item rest on."""
    places: list[Citation]
    tags: dict[str, list[str]]
    """Ids by filter key; "none" if there are none."""
    stated_tags: dict[str, list[str]]
    """The same under the lens."""


def commitments(plan: Plan) -> Table:
    """Return the table of all commitments, or of all items."""
    items = commitment_items(plan)
    strand = next((s for s in plan.settings.strands if s.map == "band" and _bears(plan, s)), None)
    tops = _columns_by_item(plan, strand) if strand else {}
    groups = _group((plan.group_head(item), _commitment(plan, item, strand, tops)) for item in items)
    title = gettext("All %(items)s", items=commitment_nouns(plan))
    split = len(items) > pagination.MAX_ROWS
    about, stated_about = (_about_all(plan, some, split=split) for some in (items, shown(plan, items)))
    filters = _filters(plan, groups, strand)
    return Table(COMPARE, "compare", title, about, stated_about, groups=groups, filters=filters)


def _commitment(plan: Plan, item: Item, strand: Strand | None, tops: dict[str, str]) -> Commitment:
    actors, terms = item_view.own_actors(plan, item), item_view.used_terms(plan, item)
    dates, related = row_dates(plan, item), item_view.rows(plan, item)
    found = {said.statement.status for said in plan.said[item.id] if said.in_text}
    labels = [status for status in plan.settings.statuses if status in found]
    top = plan.group_head(item)
    part = [top.id] if top else []
    figures, told = measures(plan, item), progress_of(plan, item)[:1]
    tags = {"part": part, **_tags(actors, labels, dates, related)}
    stated = {
        "part": part,
        **_tags(
            [value for value in actors if value.is_stated],
            [status for status in labels if status in SHOWN],
            [date for date in dates if date.is_stated],
            [row for row in related if row.says.status in SHOWN],
        ),
    }
    if has_standing(plan):
        tags = _measured_tags(tags, figures, told)
        shown_figures = [each for each in figures if each.is_stated]
        stated = _measured_tags(stated, shown_figures, [each for each in told if each.is_stated])
    if strand:
        serves = [_cells(plan, each, tops) for each in (item, top) if each]
        tags[strand.id] = list(dict.fromkeys(id for cells in serves for id in cells))
        stated[strand.id] = [
            id for id in tags[strand.id] if any(id in cells and cells[id].stated for cells in serves)
        ]
    given, under_lens = ({key: ids or ["none"] for key, ids in each.items()} for each in (tags, stated))
    return Commitment(item, actors, dates, terms, figures, told, labels, plan.cited(item), given, under_lens)


def row_dates(plan: Plan, item: Item) -> list[RowDate]:
    """Return the dates of *item*, or of the closest item above, and of dated items linked with it."""
    lineage = (item, *reversed(plan.ancestors(item)))
    own = next((found for each in lineage if (found := _own_dates(plan, each, each is not item))), [])
    linked: dict[str, RowDate] = {}
    for link in plan.links(item):
        other, status = link.other, link.relation.says.status
        if not isinstance(other, Item) or plan.strand(other).id == plan.strand(item).id:
            continue
        near = next((each for each in (other, *reversed(plan.ancestors(other))) if each.date), None)
        for date in _own_dates(plan, near, through=False)[:1] if near else ():
            weaker = max(status, date.status, key=_rank)
            linked.setdefault(other.id, date._replace(status=weaker, through=other))
    return [*own, *linked.values()]


def _own_dates(plan: Plan, item: Item, through: bool) -> list[RowDate]:
    """Return the date of *item* and when its target is due; *through* it, if that dates another."""
    found, by = [], item if through else None
    if item.date:
        found.append(RowDate(str(item.date), item.date.edtf, date_status(plan, item) or "stated", by))
    for due in item.deadlines if not through else ():
        words = gettext("due %(date)s", date=due)
        found.append(RowDate(words, due, deadline_status(plan, item, due)))
    return found


def _rank(status: Status) -> int:
    """Return how weak *status* is."""
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else 0


LACKING = ("actor", "date", "relation")
HOLES = {
    "actor": N_("no actor"),
    "date": N_("no date"),
    "relation": N_("no relation"),
    "figure": N_("no figure"),
    "late": N_("a target past its date"),
}
"""What a row may lack or be late with, and how that is called."""


def _tags(
    actors: Collection[item_view.Value],
    labels: Collection[Status],
    dates: Collection[RowDate],
    related: Collection[item_view.Row],
) -> dict[str, list[str]]:
    """Return what a row can be found by: what it has, and what it lacks."""
    return {
        "actor": [value.entity.id for value in actors if value.entity],
        "label": [*labels],
        "years": list(dict.fromkeys(date.years for date in dates if date.years)),
        "hole": [name for name, found in zip(LACKING, (actors, dates, related), strict=True) if not found],
    }


def _measured_tags(
    tags: dict[str, list[str]], figures: Collection[Measure], told: Collection[Told]
) -> dict[str, list[str]]:
    """Return *tags* with the word for progress, and with what a row lacks of figures or is late with."""
    late = any(way.overdue for measure in figures for _, way in measure.ways)
    missing = [*([] if figures else ["figure"]), *(["late"] if late else [])]
    return {**tags, "progress": [each.progress.state for each in told], "hole": [*tags["hole"], *missing]}


def _columns_by_item(plan: Plan, strand: Strand) -> dict[str, str]:
    """Return the top item of each item in *strand*."""
    return {below.id: top.id for top in plan.heads(strand) for below in (top, *plan.descendants(top))}


def _about_all(plan: Plan, items: Iterable[Item], *, split: bool) -> str:
    """Return how many *items* of each kind, each with its parts, the table has, which may be *split*."""
    numbers = item_view.count_by_level(plan, items)
    names = {id: level.name for id, level in plan.settings.levels.items()}
    counts = [numbered(n, within_sentence(names[id].of(n))) for id, n in numbers.items()]
    values = {"items": format_list(counts, locale=spoken().locale), "source": plan.settings.wording.primary}
    if not counts and split:
        return gettext("No entries, in the order of %(source)s.", **values)
    if not counts:
        return gettext("No entries in one table, in the order of %(source)s.", **values)
    if split:
        return gettext("%(items)s, parts included, in the order of %(source)s.", **values)
    return gettext("%(items)s, parts included in one table, in the order of %(source)s.", **values)


def _bears(plan: Plan, strand: Strand) -> bool:
    """Return whether *strand* comes before those with commitments."""
    return bool(plan.heads(strand)) and not any(level.commitment for level in strand.levels)


def _filters(plan: Plan, groups: list[tuple[Item | None, list[Any]]], strand: Strand | None) -> list[Filter]:
    """Return the available filters: part, actor and what it serves."""
    used = {id for _, lines in groups for line in lines for id in line.tags["actor"]}
    filters = [Filter("part", pgettext("of a plan", "Part"), [top for top, _ in groups if top])]
    filters.append(Filter("actor", gettext("Actor"), [actor for actor in plan.actors if actor.id in used]))
    if strand:
        filters.append(
            Filter(strand.id, plan.level(plan.heads(strand)[0]).name.one, list(plan.heads(strand)))
        )
    return [each for each in filters if len(each.options) > 1]


def commitment_items(plan: Plan) -> Sequence[Item]:
    """Return all commitments, or all items if there are none."""
    return [item for item in plan.items if plan.level(item).commitment] or plan.items


def commitment_nouns(plan: Plan) -> str:
    """Return the plan's words for its commitments, or "items"."""
    levels = [level for level in plan.settings.levels.values() if level.commitment and not level.counted_as]
    nouns = [within_sentence(level.name.many) for level in levels]
    return format_list(nouns or [gettext("items")], locale=spoken().locale)


def _group(rows: Iterable[tuple[Item | None, Any]]) -> list[tuple[Item | None, list[Any]]]:
    """Return *rows* by the item that heads them, in order."""
    groups: dict[str, tuple[Item | None, list[Any]]] = {}
    for head, row in rows:
        groups.setdefault(head.id if head else "", (head, []))[1].append(row)
    return list(groups.values())


def can_be_chosen(plan: Plan, entity: Entity) -> bool:
    """Return whether the one page of commitments can be narrowed to those that name *entity*."""
    return isinstance(entity, Actor) and len(commitment_items(plan)) <= pagination.MAX_ROWS


# --- crosswalks


def by_strand(plan: Plan, strand: Strand) -> Table | None:
    """Return how items relate to the tops of *strand*."""
    columns = plan.heads(strand)
    rows = [i for i in plan.items if plan.level(i).hue == "each"] or _grid_roots(plan)
    own = _columns_by_item(plan, strand)
    lines = [Line(item, plan.parent(item), _cells(plan, item, own)) for item in rows]
    if not any(line.cells for line in lines):
        return None
    noun = plan.level(rows[0]).name.many
    across = within_sentence(strand.name)
    about = gettext(
        "Which %(columns)s bear on which %(rows)s, and on what each link rests.",
        columns=across,
        rows=within_sentence(noun),
    )
    return Table(
        f"compare/{strand.id}.md",
        "crosswalk",
        gettext("%(rows)s by %(columns)s", rows=noun, columns=across),
        about,
        "",
        list(columns),
        lines,
        _group((line.group, line) for line in lines),
    )


def _grid_roots(plan: Plan) -> list[Item]:
    return [i for s in plan.settings.strands if s.map == "grid" for i in plan.roots(s)]


def _cells(plan: Plan, item: Item, own: dict[str, str]) -> dict[str, Cell]:
    """Return the links of *item* to the columns, by column."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    for link in plan.links(item):
        if link.other.id in own:
            statements[own[link.other.id]].append(link.relation.says)
    return {column: Cell("", says) for column, says in statements.items()}


def by_actor(plan: Plan) -> Table:
    """Return the items that name an actor, with roles."""
    items = commitment_items(plan)
    lines = []
    for item in items:
        links: dict[str, list[Link]] = defaultdict(list)
        for link in item_view.named_actors(plan, item):
            links[link.other.id].append(link)
        cells = {
            id: Cell(
                semicolons(dict.fromkeys(link.role for link in some)), [link.relation.says for link in some]
            )
            for id, some in links.items()
        }
        if cells:
            lines.append(Line(item, plan.top(item), cells))
    used = {id for line in lines for id in line.cells}
    columns: list[Entity] = [actor for actor in plan.actors if actor.id in used]
    stated = sum(any(cell.stated for cell in line.cells.values()) for line in lines)
    words = {"items": commitment_nouns(plan), "source": plan.settings.wording.primary, "stated": stated}
    about = gettext(
        "%(linked)s of %(total)s %(items)s, parts included, are linked with an actor in some role, "
        "%(stated)s of them by %(source)s; only these are shown.",
        linked=len(lines),
        total=len(items),
        **words,
    )
    stated_about = gettext(
        "%(stated)s of %(total)s %(items)s, parts included, are linked with an actor in some role by "
        "%(source)s; only these are shown.",
        total=len(shown(plan, items)),
        **words,
    )
    groups, title = _group((line.group, line) for line in lines), gettext("Items by actor")
    return Table("compare/actors.md", "crosswalk", title, about, stated_about, columns, lines, groups)


# --- actors


def actors(plan: Plan, among: Sequence[Actor]) -> dict[str, Any]:
    """Return the actors *among* all by kind, with their roles."""
    kinds = plan.settings.relations
    roles = [(id, row_label(kind.role)) for id, kind in kinds.items() if kind.role]
    marks = {actor.id: held for actor in among if (held := roles_held(plan, actor))}
    used = {kind for by_kind in marks.values() for kind in by_kind}
    return {
        "groups": _by_kind(plan, among),
        "roles": [(id, role) for id, role in roles if id in used],
        "marks": marks,
        "linked": {actor.id: _linked(plan, actor) for actor in among},
    }


def _linked(plan: Plan, actor: Actor) -> tuple[int, int]:
    """Return with how many entries *actor* is linked, and with how many of them by the primary source."""
    links = plan.links(actor)
    return len({link.other.id for link in links}), len({x.other.id for x in links if is_stated_link(x)})


def silence(plan: Plan) -> dict[str, int]:
    """Return of how many commitments the primary source names who acts, or anybody at all."""
    bound = commitment_items(plan)
    links = {item.id: item_view.named_actors(plan, item) for item in bound}
    return {
        "bound": len(bound),
        "stated": len(shown(plan, bound)),
        "acting": sum(item_view.names_who_acts(plan, item) for item in bound),
        "named": sum(any(map(is_stated_link, links[item.id])) for item in bound),
        "linked": sum(bool(links[item.id]) for item in bound),
    }


def _by_kind(plan: Plan, among: Sequence[Actor]) -> list[tuple[str, list[Actor]]]:
    labels = plan.settings.actor_kinds or {"": gettext("Actors")}
    by_kind: dict[str, list[Actor]] = {kind: [] for kind in labels}
    for actor in among:
        by_kind.setdefault(actor.kind, []).append(actor)
    others = pgettext("a group", "Others")
    return [(labels.get(kind, others), each) for kind, each in by_kind.items() if each]
