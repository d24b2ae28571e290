"""Which pages a site has, at which address, in which order, and what stands on each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from plan_explorer import compare, gathered, guide, item_page, listings, overview, timeline_page
from plan_explorer.addresses import (
    A_Z,
    ABOUT,
    ACTORS,
    CHANGES,
    COMPARE,
    DATA,
    GLOSSARY,
    GUIDE,
    HOME,
    KEYS,
    MESSAGES,
    SOURCE,
    SOURCES,
    TIMELINE,
    Address,
    Addresses,
)
from plan_explorer.entities import Entity, Item, Source
from plan_explorer.history import History
from plan_explorer.plan import Plan
from plan_explorer.settings import Strand

NEAR = 40
"""Most entries of one list in the tree beside a page, so that no page grows with the plan."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to go to: what it is called, and its address."""

    title: str
    address: Address
    code: str = ""
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree at the side of a page."""

    stop: Stop
    depth: int
    current: bool
    open: bool | None
    """Whether what stands below it is shown; None if there is nothing."""


@dataclass(frozen=True)
class Page:
    """A page of the site, before it is written."""

    path: str
    template: str
    title: str
    description: str = ""
    tab: str = ""
    """The path of the top page it belongs to."""
    entity: Entity | None = None
    """The entry whose page it is, if it is one's."""
    crumbs: tuple[Stop, ...] = ()
    tree: tuple[Branch, ...] = ()
    previous: Stop | None = None
    next: Stop | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    """Parts of the theme that the page does without."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What its template is given besides."""
    fill: Callable[[], Mapping[str, Any]] = dict
    """The rest of that, worked out when the page is written: all of it at once would be much."""


@dataclass(frozen=True)
class Arranger:
    """Lays out the pages of one plan."""

    plan: Plan
    addresses: Addresses
    hues: Mapping[str, int]
    history: History | None = None
    """What changed from version to version, if versions are kept."""

    def pages(self) -> Iterator[Page]:
        """Yield every page of the site."""
        yield self._overview()
        for strand in self.plan.settings.strands:
            yield self._strand(strand)
        yield from _in_row([self._item(item) for item in self.plan.items if self._own_page(item)])
        for view in self.plan.views:
            yield self._page(
                f"views/{view.id}.md",
                "view.md",
                self.plan.title(view),
                HOME,
                entity=view,
                description=_words(view),
                data={"view": view, "rows": overview.view_rows(self.plan, view)},
            )
        yield from self._lists()
        yield from self._compare()
        yield from self._guide()
        yield from self._changes()

    def data(self, **given: Any) -> Page:
        """Return the page that lists what can be taken away; its template is *given* the rest."""
        about = "The plan as files: for spreadsheets, reference managers, calendars, graphs and programs."
        return self._page(
            DATA, "data.md", "Data", DATA, description=about, data={**given, "history": self.history}
        )

    def nav(self) -> list[Stop]:
        """Return the top pages, in order."""
        plan = self.plan
        stops = [Stop("Overview", Address(HOME))]
        stops += [Stop(s.name, self.addresses.strand(s)) for s in plan.settings.strands if plan.roots(s)]
        stops += [Stop("Actors", Address(ACTORS))] if plan.actors else []
        stops += [Stop("Timeline", Address(TIMELINE))] if plan.events else []
        stops += [Stop("Glossary", Address(GLOSSARY))] if plan.terms else []
        return [*stops, Stop("Compare", Address(COMPARE)), Stop("Source", Address(SOURCE))]

    def stop(self, entity: Entity) -> Stop:
        """Return *entity* as a place to go to."""
        code = entity.code if isinstance(entity, Item) else ""
        return Stop(self.plan.title(entity), self.addresses.of(entity), code, self.hues.get(entity.id))

    # --- one by one

    def _page(self, path: str, template: str, title: str, tab: str, **more: Any) -> Page:
        crumbs = more.pop("crumbs", None)
        if crumbs is None:
            above = [stop for stop in self.nav() if stop.address.path in (HOME, tab) and path != HOME]
            crumbs = tuple(stop for stop in above if stop.address.path != path)
        return Page(path, template, title, tab=tab, crumbs=crumbs, **more)

    def _overview(self) -> Page:
        settings = self.plan.settings
        title = settings.title or settings.site_name
        data = {
            "parts": overview.framework_map(self.plan),
            "counts": overview.figures(self.plan),
            "doors": self._doors(),
        }
        lede = " ".join(settings.lede.replace("*", "").split())
        return self._page(HOME, "overview.md", title, HOME, description=lede, data=data)

    def _doors(self) -> dict[str, list[Stop]]:
        """Return where to go from the overview, by what a reader comes for."""
        plan = self.plan
        look_up = [Stop("Actors", Address(ACTORS))] if plan.actors else []
        look_up += [Stop("Timeline", Address(TIMELINE))] if plan.events else []
        if plan.terms:
            look_up += [Stop(o.title, Address(o.path)) for o in listings.glossary_orders(plan)]
        return {
            "look_up": [*look_up, Stop("Everything from A to Z", Address(A_Z))],
            "compare": [Stop(table.title, Address(table.path)) for table in self._tables],
            "check": [
                Stop("The source, passage by passage", Address(SOURCE)),
                Stop("All sources", Address(SOURCES)),
                Stop("How to read the labels and how to cite", Address(ABOUT)),
                *([Stop("What changed", Address(CHANGES))] if self.history else []),
            ],
        }

    def _strand(self, strand: Strand) -> Page:
        path = self.addresses.strand(strand).path
        said = strand.summary.words if strand.summary else ""
        tree = tuple(self._tree(strand, None))
        hide = ("toc",) if tree else ("navigation", "toc")
        return self._page(
            path,
            "strand.md",
            strand.name,
            path,
            description=said,
            tree=tree,
            hide=hide,
            data={"strand": strand, "outline": listings.strand_outline(self.plan, strand)},
        )

    def _own_page(self, item: Item) -> bool:
        return not self.addresses.of(item).anchor

    def _item(self, item: Item) -> Page:
        plan = self.plan
        strand = plan.strand(item)
        tab = self.addresses.strand(strand).path
        above = [Stop("Overview", Address(HOME)), Stop(strand.name, Address(tab))]
        title = f"{item.code} {plan.title(item)}".strip()
        return self._page(
            self.addresses.of(item).path,
            "item.md",
            title,
            tab,
            entity=item,
            description=_words(item) or title,
            crumbs=(
                *above,
                *(self.stop(each) for each in plan.ancestors(item) if plan.strand(each) is strand),
            ),
            tree=tuple(self._tree(strand, item)),
            hide=("toc",),
            data={"item": item, "steps": self.history.of(item.id) if self.history else []},
            fill=lambda: {**item_page.blocks(plan, item), **gathered.blocks(plan, item)},
        )

    def _tree(self, strand: Strand, current: Item | None) -> Iterator[Branch]:
        """Yield the side tree: the top of *strand*, opened along the way to *current*."""
        way = {each.id for each in self.plan.ancestors(current)} if current else set()
        way |= {current.id} if current else set()
        stack = [(root, 0) for root in reversed(near(self.plan.roots(strand), way))]
        while stack:
            item, depth = stack.pop()
            below = self._below[item.id]
            opened = item.id in way or (depth == 0 and strand.id in self._in_sight)
            here = bool(current and item.id == current.id)
            yield Branch(self._short_stops[item.id], depth, here, opened if below else None)
            stack += [(child, depth + 1) for child in reversed(near(below, way))] if opened else []

    @cached_property
    def _short_stops(self) -> dict[str, Stop]:
        """Every item as a place to go to, by its short name."""
        return {i.id: replace(self.stop(i), title=self.plan.short(i)) for i in self.plan.items}

    @cached_property
    def _below(self) -> dict[str, list[Item]]:
        """The items with a page of their own that stand under an item first of all, by its id."""
        return {
            item.id: [child for child in self.plan.branches(item) if self._own_page(child)]
            for item in self.plan.items
        }

    @cached_property
    def _in_sight(self) -> set[str]:
        """The strands in whose tree the top level is a heading: what stands below it is always in sight."""
        found = set()
        for strand in self.plan.settings.strands:
            below = [child for root in self.plan.roots(strand) for child in self._below[root.id]]
            if len(below) <= NEAR and any(self.plan.level(child).hue == "each" for child in below):
                found.add(strand.id)
        return found

    def _lists(self) -> Iterator[Page]:
        plan = self.plan
        noun = plan.settings.wording.primary
        if plan.actors:
            yield self._page(
                ACTORS,
                "actors.md",
                "Actors",
                ACTORS,
                data=compare.actors(plan),
                description=f"Who {noun} names, and in which role.",
            )
        if plan.events:
            yield self._page(
                TIMELINE,
                "timeline.md",
                "Timeline",
                TIMELINE,
                data=timeline_page.blocks(plan, self.addresses),
                description="Dated and datable events, periods and targets.",
            )
        if plan.terms:
            yield from self._glossary()
        for source in plan.sources:
            if not self.addresses.source(source).anchor:
                yield from self._source(source)
        yield self._page(
            SOURCES,
            "sources.md",
            "Sources",
            SOURCE,
            data=listings.sources(plan),
            description="Every document that a statement of this site rests on.",
        )
        yield self._page(
            A_Z,
            "a-z.md",
            "A to Z",
            A_Z,
            data=listings.a_z(plan),
            description="Everything on this site, in alphabetical order.",
        )
        yield self._page(
            ABOUT,
            "about.md",
            "About",
            ABOUT,
            data={"counts": overview.counts(plan)},
            description="How to read the labels and the places, and how to cite.",
        )

    def _guide(self) -> Iterator[Page]:
        """Yield the pages for those who write the plan; no tab and no search leads there."""
        way = (Stop("Overview", Address(HOME)), Stop("About", Address(ABOUT)))
        below = (*way, Stop("For editors", Address(GUIDE)))
        told = "How to add to this plan, how to cite, and what to do about a message."
        data = guide.blocks(self.plan)
        yield Page(GUIDE, "guide.md", "For editors", told, crumbs=way, data=data)
        told = "What may be written in an entry of each kind, and what it is for."
        yield Page(KEYS, "guide-keys.md", "Keys", told, crumbs=below, data={"keys": guide.mappings()})
        told = "Every message about a plan: what it means, and an example before and after."
        data = {"messages": guide.messages()}
        yield Page(MESSAGES, "guide-messages.md", "Messages", told, crumbs=below, data=data)

    def _source(self, source: Source) -> Iterator[Page]:
        """Yield the page of *source*; a very long one has a page that lists its parts, and one for each."""
        plan, path = self.plan, self.addresses.source(source).path
        title, hide = plan.title(source), ("navigation",)
        more: dict[str, Any] = {"entity": source, "hide": hide, "description": _words(source)}
        parts = self.addresses.parts(source)
        if len(parts) < 2:
            data = {"source": source, "part": "", **listings.source_outline(plan, source)}
            yield self._page(path, "source.md", title, SOURCE, data=data, **more)
            return
        data = {"source": source, **listings.source_parts(plan, source, parts)}
        yield self._page(path, "source-parts.md", title, SOURCE, data=data, **more)
        above = (Stop("Overview", Address(HOME)), Stop(title, Address(path)))
        pages = []
        for number, (place, passages) in enumerate(parts.items(), 1):
            part = f"{title}, part {number}"
            ids = {passage.id for passage in passages}
            data = {"source": source, "part": f"part {number}", **listings.source_outline(plan, source, ids)}
            pages.append(Page(place, "source.md", part, tab=SOURCE, crumbs=above, hide=hide, data=data))
        yield from _in_row(pages)

    def _glossary(self) -> Iterator[Page]:
        orders = listings.glossary_orders(self.plan)
        for order in orders:
            title = "Glossary" if order.path == GLOSSARY else f"Glossary by {order.name}"
            template = "glossary.md" if order.path == GLOSSARY else "glossary-by.md"
            yield self._page(
                order.path,
                template,
                title,
                GLOSSARY,
                data={"order": order, "orders": orders, **listings.term_links(self.plan)},
                description=f"The terms of {self.plan.settings.wording.plan}, explained: {order.label}.",
            )

    @cached_property
    def _tables(self) -> list[compare.Table]:
        return compare.tables(self.plan)

    def _changes(self) -> Iterator[Page]:
        """Yield the page that lists the versions, and one for each step; none if no version is kept."""
        if self.history is None:
            return
        about = "What changed from one version to the next, word by word."
        data = {"history": self.history}
        yield self._page(CHANGES, "changes.md", "Changes", CHANGES, description=about, data=data)
        above = (Stop("Overview", Address(HOME)), Stop("Changes", Address(CHANGES)))
        for step in self.history.steps:
            title = f"Changes from {step.before} to {step.after}"
            more: dict[str, Any] = {"crumbs": above, "data": {"step": step}, "description": step.counts}
            yield self._page(step.path, "change.md", title, CHANGES, **more)

    def _compare(self) -> Iterator[Page]:
        for table in self._tables:
            yield self._page(
                table.path,
                table.template,
                table.title,
                COMPARE,
                description=table.about,
                data={"table": table, "tables": self._tables},
            )


def near(items: list[Item], way: set[str]) -> list[Item]:
    """Return those of *items* that a list beside a page shows: all of a few, of many the nearest.

    Args:
        items: entries of one list.
        way: ids of the entry whose page it is, and of those above it.
    """
    if len(items) <= NEAR:
        return items
    at = next((index for index, item in enumerate(items) if item.id in way), 0)
    first = min(max(at - NEAR // 2, 0), len(items) - NEAR)
    return items[first : first + NEAR]


def _words(entity: Entity) -> str:
    return entity.summary.words if entity.summary else ""


def _in_row(pages: list[Page]) -> Iterator[Page]:
    """Yield *pages* with the ones before and after, strand by strand."""
    for at, page in enumerate(pages):
        before, after = pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
        yield replace(
            page,
            previous=_stop(before) if before and before.tab == page.tab else None,
            next=_stop(after) if after and after.tab == page.tab else None,
        )


def _stop(page: Page) -> Stop:
    return Stop(page.title, Address(page.path))


def hue_numbers(plan: Plan) -> dict[str, int]:
    """Return the number of the hue of every item that has one, by id; the rest inherit."""
    own = [i for i in plan.items if plan.level(i).hue == "each"]
    numbers = {item.id: at for at, item in enumerate(own)}
    for item in plan.items:
        parent = plan.parent(item)
        if item.id not in numbers and parent and parent.id in numbers:
            numbers[item.id] = numbers[parent.id]
    return numbers


def hue_groups(plan: Plan) -> list[int]:
    """Return how many items with a hue of their own stand together, group by group."""
    sizes: dict[str, int] = {}
    for item in plan.items:
        if plan.level(item).hue == "each":
            sizes[item.under or ""] = sizes.get(item.under or "", 0) + 1
    return list(sizes.values())
