"""Choose the figures of a page, and draw them from the plan."""

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Entity, Event, Item, Source
from plan_explorer.model.indicators import Figure, quality_in_words, role_in_words
from plan_explorer.model.indicators import Value as MeasuredValue
from plan_explorer.model.statements import Status
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.rendering.svg import coverage, indicator, relations, timeline
from plan_explorer.rendering.svg.indicator import Chart, Dot
from plan_explorer.rendering.svg.relations import Node
from plan_explorer.rendering.svg.timeline import Mark
from plan_explorer.site.views.indicators import (
    Due,
    Measure,
    Way,
    day_of,
    deadlines,
    drawn_groups,
    in_short,
    year_of,
)
from plan_explorer.site.views.item import Row, Value
from plan_explorer.site.views.lists import Covered
from plan_explorer.site.views.overview import Counts, MapRow, dots, grid
from plan_explorer.site.views.statements import SHOWN, date_status
from plan_explorer.site.views.timeline import SHORT
from plan_explorer.translation import gettext, labelled, pgettext, within_sentence

SQUARES = 48
"""Most squares of the map in small; a larger map is cut around the place it shows."""
STRIPS = 3
"""Most strips of sentences beside an item."""
LONG_PASSAGE, MAX_STEPS = 300, 12
"""Words of a passage whose link is as wide as any, and steps up to that width."""
DUE = "px-due"
"""The lane of targets and milestones; no kind of event is called so."""
MARKS = 300
"""Most events in one chart of them."""


class Figures:
    """Draws the figures of one page; its public methods are filters and functions of components."""

    def __init__(self, page: PageScope) -> None:
        """Prepare for *page*."""
        self._page, self._plan = page, page.plan
        self._charts: dict[str, Chart] = {}

    # --- where an item stands

    def mini_map(self, item: Item) -> str:
        """Return the framework in small with the place of *item*, or nothing if it has none."""
        rows, numbers = grid(self._plan)
        lineage = [item, *reversed(self._plan.ancestors(item))]
        here = next((each.id for each in lineage if each.id in numbers), None)
        if here is None:
            return ""
        ids, at = _nearest(rows, numbers[here])
        return Markup(coverage.mini_map(ids, here if here in ids[at] else "", at))

    def dots(self, below: Counts) -> str:
        """Return one dot for each thing that stands *below* a box, unless they are many."""
        return Markup(coverage.dots(number)) if (number := dots(below)) else ""

    def strip(self, item: Item) -> str:
        """Return the sentences of the passages *item* rests on, its own marked."""
        drawn = []
        covered = self._plan.covered(self._plan.primary)
        places: dict[str, set[int]] = {}
        for citation in self._plan.cited(item):
            places.setdefault(citation.passage, set()).update(citation.sentences)
        source = self._plan.primary
        for id in [id for id, sentences in places.items() if sentences][:STRIPS]:  # in the order of the text
            passage = source.find_passage(id)
            assert passage
            name = self._page.addresses.passage_name(source, passage)
            label = gettext("Sentences of %(passage)s", passage=name)
            drawn.append(coverage.strip(passage.lengths, places[id], covered[id], label))
        return Markup("".join(drawn))

    def passage_link(self, source: Source, covered: Covered) -> str:
        """Return the link to a passage: its sentences, those that something rests on filled."""
        place = self._page.addresses.passage(source, covered.passage)
        name = f"{self._page.addresses.passage_name(source, covered.passage)} {covered.passage.title}".strip()
        lengths = covered.passage.lengths
        width = min(MAX_STEPS, 1 + sum(lengths) * MAX_STEPS // LONG_PASSAGE)
        strip = coverage.strip(lengths, (), covered.done)
        return Markup('<a class="px-par px-par--{}" href="{}" aria-label="{}" title="{}">{}</a>').format(
            width, self._page.to_built(place), name, name, Markup(strip)
        )

    # --- what an item is linked to

    def relations_graph(self, item: Item, rows: list[Row], terms: list[Value]) -> str:
        """Return the bow tie of *item*: where it comes from, and what it touches."""
        left = [self._place(item), *self._parents(item)]
        right: list[Node] = []
        for row in rows:
            node = self._node(row.other, self._group(row.other), row.says.status)
            (left if self._comes_before(item, row.other) else right).append(node)
        right += [self._node(v.entity, gettext("Term"), "stated") for v in terms if v.entity]
        left = [node for node in left if node.label]
        if len(left) + len(right) < 2:
            return ""
        centre = self._node(item, "", "stated")
        title = gettext("How %(entry)s connects", entry=centre.code or centre.label)
        return Markup(relations.bow_tie(centre, left, right, title))

    def line_legend(self, rows: list[Row]) -> str:
        """Return what the lines of a bow tie mean, those that occur."""
        statuses = dict.fromkeys(["stated", *(_line(row.says.status) for row in rows)])
        return Markup(" ").join(
            Markup("<span>%s %s</span>")
            % (Markup(relations.sample(status)), self._plan.settings.statuses[status])
            for status in statuses
        )

    def _place(self, item: Item) -> Node:
        places = self._plan.cited(item)
        if not places:
            return Node("", "", "")
        address = self._page.addresses.citation(places[0])
        noun = self._plan.settings.wording.primary
        code = self._page.locator(places[0]).short
        group = pgettext("of a statement", "Source")
        return Node(group, noun[:1].upper() + noun[1:], self._page.to_built(address), code)

    def _parents(self, item: Item) -> list[Node]:
        return [self._node(self._plan[id], gettext("Part of"), "stated") for id in item.parents]

    def _node(self, entity: Entity, group: str, status: Status) -> Node:
        code = entity.code if isinstance(entity, Item) else ""
        shown = _line(status)
        href = self._page.to_built(self._page.addresses.of(entity))
        label = self._plan.short(entity) if group != "" else self._plan.title(entity)
        return Node(group, label, href, code, self._page.hues.get(entity.id), shown)

    def _group(self, entity: Entity) -> str:
        return self._plan.noun(entity)

    def _comes_before(self, item: Item, other: Entity) -> bool:
        """Return whether *other* belongs on the left: a strand that comes before that of *item*."""
        if not isinstance(other, Item):
            return False
        order = self._plan.settings.order
        return order[other.level][0] < order[item.level][0]

    # --- what is measured

    def indicator_chart(self, measure: Measure) -> str:
        """Return the chart of an indicator, or nothing if there is none of two times at least."""
        drawn = self._chart(measure)
        if len({dot.at for dot in drawn.measured}) < 2:
            return ""
        return Markup(
            indicator.chart(
                drawn,
                gettext(
                    "%(indicator)s: %(figures)s. The table below has all figures.",
                    indicator=drawn.name,
                    figures=in_short(measure),
                ),
            )
        )

    def indicator_legend(self, measure: Measure) -> list[tuple[str, str]]:
        """Return each kind of mark that occurs in the chart of an indicator, and what it is."""
        drawn = self._chart(measure)
        dots = [*drawn.values, *([drawn.baseline] if drawn.baseline else [])]
        hollow = [
            dot for dot in (*dots, *drawn.milestones, *drawn.targets) if dot.hollow and not dot.provisional
        ]

        def kind(name: str, marks: Sequence[Dot]) -> str:
            return f"hollow-{name}" if all(dot.hollow for dot in marks) else name

        found = [(kind("value", drawn.values), role_in_words("value"))] if drawn.values else []
        if hollow and not measure.label:  # what holds of all figures is said of all
            primary = self._plan.settings.wording.primary
            found.append(("hollow", gettext("hollow: not from %(source)s", source=primary)))
        if any(dot.provisional for dot in dots):
            found.append(("provisional", quality_in_words("provisional")))
        found += [(kind("target", drawn.targets), role_in_words("target"))] if drawn.targets else []
        found += [("baseline", role_in_words("baseline"))] if drawn.baseline else []
        found += [(f"group-{at}", name) for at, (name, _) in enumerate(drawn.groups)]
        if drawn.milestones:
            found.append((kind("milestone", drawn.milestones), role_in_words("milestone")))
            found.append(("way", gettext("by way of the milestones")))
        return [(Markup(indicator.key(kind)), words) for kind, words in found]

    def spark(self, measure: Measure) -> str:
        """Return the values of an indicator as a line without words."""
        return Markup(indicator.spark(self._chart(measure).values))

    def way_bar(self, way: Way | None) -> str:
        """Return a bar filled as far as the way is done, with a line as far as the time has passed."""
        done, time = (way.done, way.time) if way else (None, None)
        return Markup(indicator.bar(*(None if each is None else float(each) for each in (done, time))))

    def progress_icon(self, name: str) -> str:
        """Return the sign of a word for progress."""
        return Markup(indicator.icon(name))

    def _chart(self, measure: Measure) -> Chart:
        if measure.anchor not in self._charts:
            self._charts[measure.anchor] = self._drawn(measure)
        return self._charts[measure.anchor]

    def _drawn(self, measure: Measure) -> Chart:
        own = measure.indicator

        def dot(figure: Figure) -> Dot | None:
            day = day_of(figure)
            if figure.number is None or day is None:
                return None
            provisional = isinstance(figure, MeasuredValue) and figure.quality == "provisional"
            return Dot(year_of(day), float(figure.number), figure.value, measure.status(figure), provisional)

        def dots(figures: Iterable[Figure]) -> list[Dot]:
            return [each for each in map(dot, figures) if each]

        return Chart(
            own.name,
            own.unit,
            dots(own.measured),
            dot(own.start) if own.start else None,
            dots(own.milestones),
            sorted(dots(own.targets), key=lambda each: each.at),
            [(name, dots(line)) for name, line in drawn_groups(own).items()],
        )

    # --- time

    def timeline_charts(self, events: Sequence[Event]) -> list[tuple[str, str, str]]:
        """Return charts of *events*: the whole time first, then parts of it, each with what it leaves out."""
        plan = self._plan
        marks = [self._mark(event) for event in events if event.period]
        lanes = list((plan.settings.event_kinds or {"": gettext("Events")}).items())
        if dues := self._dues(events):
            marks += dues
            lanes.append((DUE, gettext("Targets")))
        if not 2 <= len(marks) <= MARKS:
            return []
        today = plan.settings.as_of
        now = decimal(today.last or date.max)
        charts: list[tuple[str, str, str]] = []
        for at, (name, first, last) in enumerate(timeline.windows(marks, now)):
            label = gettext("As of %(date)s", date=today)
            chart = timeline.chart(marks, lanes, (first, last), now, label, f"px-tl{at}")
            charts.append((name, Markup(chart), timeline.left_out(marks, (first, last))))
        return charts

    def timeline_legend(self, events: Sequence[Event]) -> list[tuple[str, str]]:
        """Return each kind of mark that occurs in the charts of *events*, and what it means."""
        marks = [*(self._mark(event) for event in events if event.period), *self._dues(events)]
        labels = self._plan.settings.statuses
        evidence = {mark.evidence for mark in marks}
        shapes = {mark.shape for mark in marks}
        found = []
        for status, label in labels.items():
            if status in evidence:
                small = within_sentence(label[:1]) + label[1:]
                words = labelled(gettext("Date"), small)
                found.append((Markup(timeline.sample("point", status)), words))
        for shape, words in (("deadline", gettext("By this date")), ("span", pgettext("of time", "Period"))):
            if shape in shapes:
                found.append((Markup(timeline.sample(shape)), words))
        return [*found, (Markup(timeline.sample("future")), gettext("Still to come"))]

    def dues_drawn(self, events: Sequence[Event]) -> int:
        """Return how many targets and milestones stand in the charts of *events*."""
        return len(self._dues(events))

    def dues_off(self, events: Sequence[Event]) -> int:
        """Return how many of them the lens leaves out."""
        return sum(mark.evidence not in SHOWN for mark in self._dues(events))

    def _dues(self, events: Sequence[Event]) -> list[Mark]:
        """Return the targets and milestones in a chart of *events*, if those are all and it has room."""
        dues = deadlines(self._plan) if len(events) == len(self._plan.events) else []
        return [self._due(due) for due in dues] if len(dues) + len(events) <= MARKS else []

    def _due(self, due: Due) -> Mark:
        measure, period = due.measure, due.aim.due
        assert period
        place = self._page.addresses.on_page_of(measure.item, measure.anchor)
        last = decimal(period.last) if period.last else None
        aim = f"{measure.item.code} {due.words}".strip()  # first, as what is long is cut
        label = labelled(aim, self._plan.short(measure.item))
        href = self._page.to_built(place)
        return Mark(f"{measure.anchor}-{period.edtf}", label, href, DUE, None, last, "deadline", due.status)

    def _mark(self, event: Event) -> Mark:
        period = event.period
        assert period
        first = decimal(period.first) if period.first else None
        last = decimal(period.last) if period.last else None
        status = date_status(self._plan, event) or "background"
        return Mark(
            event.id,
            self._plan.short(event),
            self._page.to_built(self._page.addresses.of(event)),
            event.kind,
            first,
            last,
            _shape(period),
            status,
            not period.exact,
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
    assert period.first
    assert period.last
    return "span" if (period.last - period.first).days >= SHORT else "point"


def decimal(day: date) -> float:
    """Return *day* as a decimal year."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 4)
