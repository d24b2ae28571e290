"""Which lists are too long for one page, and into which parts they fall.

A part is told by what is known of an entry alone (its letter, its decade, its kind), never by how many
stand before it: an entry keeps its place when others come, as long as its own part has room.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from plan_explorer.model.entities import Actor, Entity, Event, Item, Term
from plan_explorer.model.paths import bounded, slug
from plan_explorer.model.plan import Plan
from plan_explorer.site.collation import bare, beginnings

MAX_TERMS = 180
"""Most terms that one page explains; a part of any list holds half of what the whole may."""
MAX_ENTRIES = 100
"""Most entries of any other list that one page tells of; every ten links weigh as much as an entry."""
MAX_LINES = 1000
"""Most entries of a list that has a line for each."""
MAX_ROWS = 150
"""Most rows of a table that compares."""
MAX_STRAND_ITEMS = 400
"""Most items of a strand that its page tells of; past that, it lists the two upper levels."""
MAX_USERS = 500
"""Most entries that rest on a source and are listed with it, if it has a page of its own that tells them."""
LINKS_PER_ENTRY = 10
MAX_LETTERS = 60
"""Letters after which names are no longer told apart."""

E = TypeVar("E", bound=Entity)
Way = Sequence[tuple[str, str]]
"""What an entry stands under, from the widest to the narrowest: each in an address, and in words."""


@dataclass(frozen=True, eq=False)
class Part:
    """A page of a list: entries, or the parts in which they are."""

    path: str
    label: str
    """What its entries have in common; nothing, if it is the whole list."""
    entries: Sequence[Entity]
    parts: Sequence["Part"] = ()
    """The pages on which its entries stand, if this is not the one."""

    def leaves(self) -> Iterator["Part"]:
        """Yield the pages on which its entries stand, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def above(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each entry with every page that only lists it."""
        if self.parts:
            yield from ((entry.id, self.path) for entry in self.entries)
        for part in self.parts:
            yield from part.above()


def actors(plan: Plan, path: str) -> Part:
    """Return the list of actors at *path*: by kind, then by letter."""
    kinds = plan.settings.actor_kinds
    order = {kind: at for at, kind in enumerate(kinds)}
    several = len({actor.kind for actor in plan.actors}) > 1

    def way(actor: Actor) -> Way:
        kind, label = slug(actor.kind) or "others", kinds.get(actor.kind, "Others")
        return _Below([(kind, label)], kind, f"{label}, " if several else "", _spelled(plan, actor))

    by_kind = sorted(plan.actors, key=lambda actor: order.get(actor.kind, len(order)))
    return paginate(
        path, by_kind, way, MAX_ENTRIES, lambda actor: 1 + len(plan.links(actor)) // LINKS_PER_ENTRY
    )


def timeline(plan: Plan, path: str) -> Part:
    """Return the list of events at *path*: by decade, then by year and month; those without an end last."""

    def way(event: Event) -> Way:
        spelled = _spelled(plan, event)
        period = event.period
        day = None if period is None or period.end is None else period.first or period.last
        if day is None:
            return _Below([("open", "open dates")], "open", "open, ", spelled)
        decade, year, month = f"{day.year // 10}0s", f"{day.year}", f"{day.year}-{day.month:02d}"
        times = [(decade, decade), (year, year), (month, month)]
        return _Below(times, month, f"{month}, ", spelled)

    by_time = sorted(plan.events, key=lambda event: way(event)[0][0] == "open")
    return paginate(
        path, by_time, way, MAX_ENTRIES, lambda event: 1 + len(plan.links(event)) // LINKS_PER_ENTRY
    )


def glossary(plan: Plan, path: str) -> Part:
    """Return the list of terms at *path*: by letter, and a full letter by the next ones."""
    return paginate(path, by_name(plan, plan.terms), lambda term: _spelled(plan, term), MAX_TERMS, _one)


def terms_by(plan: Plan, path: str, tag: str) -> Part:
    """Return the list at *path* of the terms that have a name in the language *tag*, by that name."""
    named = sorted((term for term in plan.terms if tag in term.name), key=lambda t: bare(t.name[tag].text))

    def way(term: Term) -> Way:
        return beginnings(term.name[tag].text, MAX_LETTERS)

    return paginate(path, named, way, MAX_LINES, _one)


def sources(plan: Plan, path: str) -> Part:
    """Return the list of sources at *path*, by letter."""
    return paginate(
        path, by_name(plan, plan.sources), lambda source: _spelled(plan, source), MAX_ENTRIES, _one
    )


def everything(plan: Plan, path: str) -> Part:
    """Return the list at *path* of all there is, by letter."""
    entries = by_name(plan, (entity for entity in plan if entity.id != plan.settings.id))
    return paginate(path, entries, lambda entity: _spelled(plan, entity), MAX_LINES, _one)


def rows(plan: Plan, path: str, folder: str, groups: Iterable[tuple[Item | None, Sequence[Item]]]) -> Part:
    """Return the table at *path* of items in *groups*: by what heads them, and by what stands between.

    Args:
        plan: whose items they are.
        path: of the Markdown file of the table.
        folder: where its parts are.
        groups: items with the one that heads them, if one does, in order.
    """
    heads = {item.id: head for head, items in groups for item in items}

    def way(item: Item) -> Way:
        head = heads[item.id]
        above = [*plan.ancestors(item), *([item] if head is item else [])]
        start = next((at for at, each in enumerate(above) if head and each.id == head.id), len(above))
        found = [(each.id, f"{each.code} {plan.short(each)}".strip()) for each in above[start:]] or [
            ("others", "Others")
        ]
        name, label = found[-1]
        return _Below(found, name, f"{label}, ", _spelled(plan, item))

    items = [plan[id] for id in heads]
    return paginate(path, [item for item in items if isinstance(item, Item)], way, MAX_ROWS, _one, folder)


class _Below(Sequence[tuple[str, str]]):
    """What an entry stands under, and then the beginnings of its name below that, as they are asked for."""

    __slots__ = ("_above", "_before", "_slug", "_spelled")

    def __init__(self, above: Way, slug: str, before: str, spelled: Way) -> None:
        """Prepare to go on below *above* with *spelled*, after *slug* in addresses and *before* in words."""
        self._above, self._slug, self._before, self._spelled = above, slug, before, spelled

    def __len__(self) -> int:
        return len(self._above) + len(self._spelled)

    def __getitem__(self, at: Any) -> Any:
        if at < len(self._above):
            return self._above[at]
        slug, words = self._spelled[at - len(self._above)]
        return f"{self._slug}-{slug}", f"{self._before}{words}"


def by_name(plan: Plan, entities: Iterable[E]) -> list[E]:
    """Return *entities* by the letters of their titles."""
    return sorted(entities, key=lambda entity: bare(plan.title(entity)))


def paginate(
    path: str,
    entries: Sequence[E],
    way: Callable[[E], Way],
    room: int,
    weigh: Callable[[E], int],
    folder: str = "",
) -> Part:
    """Return the list of *entries* at *path*, in parts if they are more than it has room for.

    Args:
        path: of its Markdown file.
        entries: in the order in which they stand.
        way: gives what an entry stands under.
        room: the most that the entries may weigh on one page; those of a part, half of it.
        weigh: gives what an entry weighs.
        folder: where the pages of the parts are, if not in a folder called like the list.
    """
    folder = folder or path.removesuffix(".md").removesuffix("/index")

    def split(path: str, label: str, entries: Sequence[E], depth: int) -> Part:
        most = -(-room // 2) if depth else room  # what is in parts anyway is told in small ones
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


def _spelled(plan: Plan, entity: Entity) -> Way:
    return beginnings(plan.title(entity), MAX_LETTERS)


def _one(entity: Entity) -> int:
    return 1
