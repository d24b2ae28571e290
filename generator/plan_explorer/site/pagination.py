"""Split lists that are too long for one page.

The part of an entry depends only on the entry itself (its letter, decade or kind), never on the number of
entries before it, so that it keeps its place when others are added, as long as its own part has room.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from plan_explorer.model.entities import Actor, Entity, Event, Item, Term
from plan_explorer.model.paths import bounded, slug
from plan_explorer.model.plan import Plan
from plan_explorer.site.collation import bare, beginnings
from plan_explorer.translation import commas, gettext, pgettext

MAX_TERMS = 180
"""The most terms or sources explained on one page; parts of a list hold half as many."""
MAX_ENTRIES = 100
"""The most other entries described on one page; ten links count as one entry."""
MAX_LINES = 1000
"""The most entries of a list with one line each."""
MAX_ROWS = 150
"""The most rows of a comparison table."""
MAX_STRAND_ITEMS = 400
"""The most items on a strand's page; longer ones show only two levels."""
MAX_USERS = 500
"""The most citing entries listed with a source that has its own page."""
LINKS_PER_ENTRY = 10
MAX_LETTERS = 60
"""The number of letters after which names are no longer distinguished."""

MAX_PAIRS = 500
"""The most pairs of a crosswalk on one page."""

E = TypeVar("E")
N = TypeVar("N", bound=Entity)
Way = Sequence[tuple[str, str]]
"""The groups of an entry, from widest to narrowest: each as slug and label."""


@dataclass(frozen=True, eq=False)
class Part:
    """A page of a list, with entries or further parts."""

    path: str
    label: str
    """What its entries have in common; empty for the whole list."""
    entries: Sequence[Any]
    parts: Sequence["Part"] = ()
    """The pages that its entries are on, if it is only an index."""

    def leaves(self) -> Iterator["Part"]:
        """Yield the pages with entries, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def above(self) -> Iterator[tuple[str, str]]:
        """Yield entry ids with the index pages above them."""
        if self.parts:
            yield from ((entry.id, self.path) for entry in self.entries)
        for part in self.parts:
            yield from part.above()


def actors(plan: Plan, path: str) -> Part:
    """Return the list of actors by kind and letter."""
    kinds = plan.settings.actor_kinds
    order = {kind: at for at, kind in enumerate(kinds)}
    several = len({actor.kind for actor in plan.actors}) > 1

    def way(actor: Actor) -> Way:
        kind, label = slug(actor.kind) or "others", kinds.get(actor.kind, _others())
        return _Below([(kind, label)], kind, label if several else "", _spelled(plan, actor))

    by_kind = sorted(plan.actors, key=lambda actor: order.get(actor.kind, len(order)))
    return paginate(path, by_kind, way, MAX_ENTRIES, _one, "actors/by-kind")  # "actors" holds their pages


def timeline(plan: Plan, path: str) -> Part:
    """Return the list of events by date."""

    def way(event: Event) -> Way:
        spelled = _spelled(plan, event)
        period = event.period
        day = None if period is None or period.end is None else period.first or period.last
        if day is None:
            return _Below([("open", gettext("open dates"))], "open", pgettext("of dates", "open"), spelled)
        decade, year, month = day.year // 10 * 10, f"{day.year}", f"{day.year}-{day.month:02d}"
        years = pgettext("a decade", "%(year)ss", year=decade)
        times = [(f"{decade}s", years), (year, year), (month, month)]
        return _Below(times, month, month, spelled)

    by_time = sorted(plan.events, key=lambda event: way(event)[0][0] == "open")
    return paginate(
        path, by_time, way, MAX_ENTRIES, lambda event: 1 + len(plan.links(event)) // LINKS_PER_ENTRY
    )


def glossary(plan: Plan, path: str) -> Part:
    """Return the list of terms by letters."""
    return paginate(path, by_name(plan, plan.terms), lambda term: _spelled(plan, term), MAX_TERMS, _one)


def terms_by(plan: Plan, path: str, tag: str) -> Part:
    """Return the list of terms by names in *tag*."""
    named = sorted((term for term in plan.terms if tag in term.name), key=lambda t: bare(t.name[tag].text))

    def way(term: Term) -> Way:
        return beginnings(term.name[tag].text, MAX_LETTERS)

    return paginate(path, named, way, MAX_LINES, _one)


def sources(plan: Plan, path: str) -> Part:
    """Return the list of sources at *path*, by letter."""
    return paginate(path, by_name(plan, plan.sources), lambda source: _spelled(plan, source), MAX_TERMS, _one)


def everything(plan: Plan, path: str) -> Part:
    """Return the list at *path* of all entries, by letter."""
    entries = by_name(plan, (entity for entity in plan if entity.id != plan.settings.id))
    return paginate(path, entries, lambda entity: _spelled(plan, entity), MAX_LINES, _one)


def rows(plan: Plan, path: str, folder: str, groups: Iterable[tuple[Item | None, Sequence[Item]]]) -> Part:
    """Return the table at *path*, split by headings.

    Args:
        plan: the plan of the items.
        path: the Markdown file of the table.
        folder: the folder of its parts.
        groups: the items of each group in order, with the item that heads it, if any.
    """
    heads = {item.id: head for head, items in groups for item in items}

    def way(item: Item) -> Way:
        head = heads[item.id]
        above = [*plan.ancestors(item), *([item] if head is item else [])]
        start = next((at for at, each in enumerate(above) if head and each.id == head.id), len(above))
        groups_of_item = [(each.id, f"{each.code} {plan.short(each)}".strip()) for each in above[start:]] or [
            ("others", _others())
        ]
        name, label = groups_of_item[-1]
        return _Below(groups_of_item, name, label, _spelled(plan, item))

    items = [plan[id] for id in heads]
    return paginate(path, [item for item in items if isinstance(item, Item)], way, MAX_ROWS, _one, folder)


def paired(
    plan: Plan, path: str, folder: str, entries: Sequence[Entity], weigh: Callable[[Entity], int]
) -> Part:
    """Return the table at *path* of *entries* with their counterparts, split by what they stand under."""

    def way(entity: Entity) -> Way:
        above = plan.ancestors(entity) if isinstance(entity, Item) else []
        groups = [(each.id, f"{each.code} {plan.short(each)}".strip()) for each in above]
        name, label = (groups or [("others", _others())])[-1]
        return _Below(groups or [(name, label)], name, label, _spelled(plan, entity))

    return paginate(path, entries, way, MAX_PAIRS, weigh, folder)


def by_code(path: str, folder: str, entries: Sequence[E], weigh: Callable[[E], int]) -> Part:
    """Return the table at *path* of *entries* of another framework, split by how their codes begin."""

    def way(entry: Any) -> Way:
        code = entry.code or entry.name
        return [(f"{slug(code[:end])}-{end}".strip("-"), f"{code[:end]}…") for end in range(1, len(code) + 1)]

    return paginate(path, entries, way, MAX_PAIRS, weigh, folder)


class _Below(Sequence[tuple[str, str]]):
    """The groups of an entry, then prefixes on demand."""

    __slots__ = ("_above", "_before", "_slug", "_spelled")

    def __init__(self, above: Way, slug: str, before: str, spelled: Way) -> None:
        """Continue below *above* with prefixes of a name."""
        self._above, self._slug, self._before, self._spelled = above, slug, before, spelled

    def __len__(self) -> int:
        return len(self._above) + len(self._spelled)

    def __getitem__(self, at: Any) -> Any:
        if at < len(self._above):
            return self._above[at]
        slug, words = self._spelled[at - len(self._above)]
        return f"{self._slug}-{slug}", commas([self._before, words]) if self._before else words


def by_name(plan: Plan, entities: Iterable[N]) -> list[N]:
    """Return *entities* sorted by title, or how that is spelt in Latin letters."""
    return sorted(entities, key=lambda entity: bare(plan.spelling(entity)))


def paginate(
    path: str,
    entries: Sequence[E],
    way: Callable[[E], Way],
    room: int,
    weigh: Callable[[E], int],
    folder: str = "",
) -> Part:
    """Return a list, split if it exceeds *room*.

    Args:
        path: the Markdown file of the list.
        entries: the entries in order.
        way: returns the groups of an entry.
        room: the most weight on one page; a part holds half of it.
        weigh: returns the weight of an entry.
        folder: the folder of the parts, by default named after the list.
    """
    folder = folder or path.removesuffix(".md").removesuffix("/index")

    def split(path: str, label: str, entries: Sequence[E], depth: int) -> Part:
        most = -(-room // 2) if depth else room  # a list that is split anyway has small parts
        ways = [way(entry) for entry in entries] if sum(map(weigh, entries)) > most else []
        for deeper in range(depth, max(map(len, ways), default=0)):
            groups: dict[str, tuple[str, list[E]]] = {}
            for entry, known in zip(entries, ways, strict=True):
                name, words = known[min(deeper, len(known) - 1)]
                groups.setdefault(name, (words, []))[1].append(entry)
            if len(groups) > 1:
                below = [
                    split(f"{folder}/{bounded(name)}.md", words, each, deeper + 1)
                    for name, (words, each) in groups.items()
                ]
                return Part(path, label, entries, below)
        return Part(path, label, entries)

    return split(path, "", entries, 0)


def _others() -> str:
    return pgettext("a group", "Others")


def _spelled(plan: Plan, entity: Entity) -> Way:
    return beginnings(plan.spelling(entity), MAX_LETTERS)


def _one(entity: Entity) -> int:
    return 1
