"""Which pictures stand on which page, drawn from the plan."""

from collections.abc import Sequence
from datetime import date

from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Entity, Event, Item, Passage, Source
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Status
from plan_explorer.rendering.markdown import Writer
from plan_explorer.rendering.svg import coverage, relations, timeline
from plan_explorer.rendering.svg.relations import Node
from plan_explorer.rendering.svg.timeline import Mark
from plan_explorer.site.views.item import Row, Value
from plan_explorer.site.views.lists import Covered
from plan_explorer.site.views.overview import MapRow, grid

SQUARES = 48
"""Most squares of the map in small; a larger map is cut around the place it shows."""
STRIPS = 3
"""Most strips of sentences beside an item."""
MARKS = 300
"""Most events in one chart of them."""


class Artist:
    """Draws for one page."""

    def __init__(self, write: Writer) -> None:
        """Prepare for the page that *write* writes."""
        self.w = write
        self.plan: Plan = write.plan

    # --- where an item stands

    def mini_map(self, item: Item) -> str:
        """Return the framework in small with the place of *item*, or nothing if it has none."""
        rows, numbers = grid(self.plan)
        way = [item, *reversed(self.plan.ancestors(item))]
        here = next((each.id for each in way if each.id in numbers), None)
        if here is None:
            return ""
        ids, at = _nearest(rows, numbers[here])
        return coverage.mini_map(ids, here if here in ids[at] else "", at)

    @staticmethod
    def dots(number: int) -> str:
        """Return one dot for each thing that stands below a box."""
        return coverage.dots(number) if number else ""

    def strip(self, item: Item) -> str:
        """Return the sentences of the passages *item* rests on, its own marked."""
        drawn = []
        covered = self.plan.covered(self.plan.primary)
        places: dict[str, set[int]] = {}
        for citation in self.plan.cited(item):
            places.setdefault(citation.passage, set()).update(citation.sentences)
        source = self.plan.primary
        for id in [id for id, sentences in places.items() if sentences][:STRIPS]:  # in the order of the text
            passage = source.passages[source.places[id] - 1]
            label = f"Sentences of {self.w.passage(source, passage)}"
            drawn.append(coverage.strip(passage.sentences, places[id], covered[id], label))
        return "".join(drawn)

    def passage_strip(self, source: Source, passage: Passage) -> str:
        """Return the sentences of *passage*, those that something rests on filled."""
        covered = self.plan.covered(source)[passage.id]
        links = [
            self.w.href(self.w.addresses.passage(source, passage, number))
            for number in range(1, len(passage.sentences) + 1)
        ]
        label = f"{self.w.passage(source, passage)}, sentence by sentence"
        return coverage.strip(passage.sentences, (), covered, label, links)

    def coverage(self, source: Source, passages: list[Covered]) -> str:
        """Return the bar of the whole of *source*."""
        parts = [
            (
                f"{self.w.passage(source, each.passage)} {each.passage.title}".strip(),
                each.passage.sentences,
                each.done,
                self.w.href(self.w.addresses.passage(source, each.passage)),
            )
            for each in passages
        ]
        sections = [(each.section.section, sum(each.passage.sentences)) for each in passages]
        return coverage.coverage(parts, "The whole text, passage by passage", sections)

    @staticmethod
    def cells() -> str:
        """Return what the cells of the bar mean."""
        full, bare = (coverage.sample(look) for look in ("px-full", "px-bare"))
        return f"<span>{full} with entries</span> <span>{bare} without, and the list says why</span>"

    # --- what an item is linked to

    def graph(self, item: Item, rows: list[Row], terms: list[Value]) -> str:
        """Return the bow tie of *item*: where it comes from, and what it touches."""
        left = [self._place(item), *self._parents(item)]
        right: list[Node] = []
        for row in rows:
            node = self._node(row.other, self._group(row.other), row.says.status)
            (left if self._comes_before(item, row.other) else right).append(node)
        right += [self._node(v.entity, "Term", "stated") for v in terms if v.entity]
        left = [node for node in left if node.label]
        if len(left) + len(right) < 2:
            return ""
        centre = self._node(item, "", "stated")
        return relations.bow_tie(centre, left, right, f"Relations of {centre.code or centre.label}")

    def lines(self, rows: list[Row]) -> str:
        """Return what the lines of a bow tie mean, those that occur."""
        statuses = dict.fromkeys(["stated", *(_line(row.says.status) for row in rows)])
        return " ".join(
            f"<span>{relations.sample(status)} {self.w.html(self.plan.settings.statuses[status])}</span>"
            for status in statuses
        )

    def _place(self, item: Item) -> Node:
        places = self.plan.cited(item)
        if not places:
            return Node("", "", "")
        address = self.w.addresses.citation(places[0])
        noun = self.plan.settings.wording.primary
        code = self.w.locator(places[0]).short
        return Node("Source", noun[:1].upper() + noun[1:], self.w.href(address), code)

    def _parents(self, item: Item) -> list[Node]:
        return [self._node(self.plan[id], "Part of", "stated") for id in item.parents]

    def _node(self, entity: Entity, group: str, status: Status) -> Node:
        code = entity.code if isinstance(entity, Item) else ""
        shown = _line(status)
        href = self.w.href(self.w.addresses.of(entity))
        label = self.plan.short(entity) if group != "" else self.plan.title(entity)
        return Node(group, label, href, code, self.w.hues.get(entity.id), shown)

    def _group(self, entity: Entity) -> str:
        return self.plan.noun(entity)

    def _comes_before(self, item: Item, other: Entity) -> bool:
        """Return whether *other* belongs on the left: a strand that comes before that of *item*."""
        if not isinstance(other, Item):
            return False
        order = self.plan.settings.order
        return order[other.level][0] < order[item.level][0]

    # --- time

    def timeline(self, events: Sequence[Event]) -> list[tuple[str, str]]:
        """Return charts of *events*: the whole time first, then parts of it, each with a name."""
        plan = self.plan
        marks = [self._mark(event) for event in events if event.period]
        if not 2 <= len(marks) <= MARKS:
            return []
        lanes = list((plan.settings.event_kinds or {"": "Events"}).items())
        today = plan.settings.as_of
        now = decimal(today.last or date.max)
        charts = []
        for at, (name, first, last) in enumerate(timeline.windows(marks, now)):
            label = f"Site date, {today}"
            charts.append((name, timeline.chart(marks, lanes, (first, last), now, label, f"px-tl{at}")))
        return charts

    def time_legend(self, events: Sequence[Event]) -> list[tuple[str, str]]:
        """Return each kind of mark that occurs in the charts of *events*, and what it means."""
        marks = [self._mark(event) for event in events if event.period]
        labels = self.plan.settings.statuses
        evidence = {mark.evidence for mark in marks}
        shapes = {mark.shape for mark in marks}
        found = [
            (timeline.sample("point", status), self.w.html(f"Date: {label[:1].lower()}{label[1:]}"))
            for status, label in labels.items()
            if status in evidence
        ]
        for shape, words in (("deadline", "By this date"), ("span", "Period")):
            if shape in shapes:
                found.append((timeline.sample(shape), words))
        return [*found, (timeline.sample("future"), "After the date of this site")]

    def _mark(self, event: Event) -> Mark:
        period = event.period
        assert period
        first = decimal(period.first) if period.first else None
        last = decimal(period.last) if period.last else None
        stated = bool(event.date) and any(
            c.source == self.plan.settings.primary for c in (event.date.cites if event.date else ())
        )
        status = (event.date.status if event.date else None) or ("stated" if stated else "background")
        return Mark(
            event.id,
            self.plan.short(event),
            self.w.href(self.w.addresses.of(event)),
            event.kind,
            first,
            last,
            _shape(period),
            status,
            any(side.about for side in (period.start, period.end) if side),
        )


def _line(status: Status) -> Status:
    """Return the status whose line stands for *status*."""
    return status if status in ("stated", "inferred", "background") else "inferred"


def _nearest(rows: list[MapRow], at: int) -> tuple[list[list[str]], int]:
    """Return the ids in the rows of the map nearest to row *at*, and the place of that row among them."""
    first, last, room = at, at, SQUARES - len(rows[at].members)
    while room > 0 and (first > 0 or last + 1 < len(rows)):
        before = first > 0 and (at - first <= last - at or last + 1 == len(rows))
        first, last = (first - 1, last) if before else (first, last + 1)
        room -= max(1, len(rows[first if before else last].members))
    return [[member.id for member in row.members] for row in rows[first : last + 1]], at - first


def _shape(period: Period) -> str:
    if period.start is None:
        return "deadline"
    if period.end is None:
        return "open"
    short = period.first and period.last and (period.last - period.first).days < 62
    return "point" if period.single or short else "span"


def decimal(day: date) -> float:
    """Return *day* as a decimal year."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 4)
