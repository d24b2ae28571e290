"""Collect the data of an item's page."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from plan_explorer.model.entities import Actor, Entity, Event, Item, Source, Term, View
from plan_explorer.model.plan import Link, Plan, StatementRef
from plan_explorer.model.settings import Numbers
from plan_explorer.model.statements import Citation, Date, Statement, Status
from plan_explorer.site.page import around
from plan_explorer.site.views.indicators import in_short, measures, progress_of
from plan_explorer.site.views.statements import (
    SHOWN,
    STATUS_ORDER,
    date_status,
    group_statements,
    is_stated_link,
    shared_places,
    shown,
)
from plan_explorer.translation import gettext, pgettext, within_sentence

KIND_ORDER = {kind: at for at, kind in enumerate((Item, View, Actor, Event, Term, Source))}
"""The order of related entries, by kind."""

MAX_OPEN_ROWS = 12
"""The most rows of a list shown unfolded."""


class Value(NamedTuple):
    """A value of a fact: an entity, words or both."""

    entity: Entity | None = None
    words: str = ""
    says: Statement | None = None
    """The statement behind it, for status and citation."""
    stated: str | None = None
    """The words that stand in their place under the lens, if they differ; nothing, if it leaves them out."""

    @property
    def is_stated(self) -> bool:
        """Whether the lens shows it."""
        return self.stated != "" and (self.says is None or self.says.status in SHOWN)


class Fact(NamedTuple):
    """A line of the facts box."""

    label: str
    values: Sequence[Value] = ()
    own: bool = False
    """Whether nothing else on the page says it."""
    status: Status | None = None
    """What all its values rest on; None if that is plain from the plan."""
    through: Item | None = None
    """The item above through which it holds, if it is not its own."""


class FactBlock(NamedTuple):
    """Lines of the facts box that rest on the same."""

    status: Status
    through: Item | None
    facts: list[Fact]


class Row(NamedTuple):
    """A related entry, with the reasons given at either end."""

    other: Entity
    label: str
    """How it reads here, before a colon and the other entry."""
    says: Statement
    date: Date | None = None
    back: Statement | None = None
    outgoing: bool = True
    """Whether the link was written here rather than at the other end."""
    said: StatementRef | None = None
    """What is said, if it was written here, with its address."""

    @property
    def stated(self) -> bool:
        """Whether the primary source states it."""
        return self.says.status == "stated"

    @property
    def dated_elsewhere(self) -> bool:
        """Whether the primary source states it, and another source gives its date."""
        known = {citation.source for citation in self.says.cites}
        cites = self.date.cites if self.date and self.stated else ()
        return any(citation.source not in known for citation in cites)


class RowGroup(NamedTuple):
    """Related entries that rest on the same."""

    status: Status
    rows: list[Row]
    shared: tuple[Citation, ...]
    """What all of them cite."""


class ItemSection(NamedTuple):
    """An item shown as a section of another."""

    item: Item
    heading: int
    """The level of its heading, from 3."""
    rows: list[Row]


def item_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return the data for an item's page."""
    here = [said for said in plan.said[item.id] if said.in_text]
    related = rows(plan, item)
    return {
        "groups": group_statements(here),
        "silent": [said for said in here if said.statement.status == "silence"],
        "terms": used_terms(plan, item),
        "sections": list(_sections(plan, item, 3)),
        "facts": (lines := facts_beside(plan, item, related)),
        "fact_blocks": fact_blocks(lines),
        "rows": related,
        "views": plan.views_of(item),
        "siblings": _beside(plan.siblings(item), item),
        "places": plan.cited(item),
    }


def _beside(siblings: list[Item], item: Item) -> Sequence[Item]:
    """Return the siblings closest to *item*, including it."""
    at = next(index for index, each in enumerate(siblings) if each.id == item.id)
    return around(siblings, at, 2 * MAX_OPEN_ROWS)


def others_in(plan: Plan, item: Item) -> str:
    """Return what the items beside *item* are called together."""
    parent = plan.parent(item)
    if parent is None:
        return pgettext("other entries", "More")
    return gettext("More in %(parent)s", parent=parent.code or plan.short(parent))


def _sections(plan: Plan, item: Item, heading: int) -> Iterator[ItemSection]:
    """Yield the items below that have no pages."""
    for child in plan.children(item):
        if plan.level(child).page == "parent" and child.under == item.id:
            yield ItemSection(child, min(heading, 6), rows(plan, child))
            yield from _sections(plan, child, heading + 1)


# --- facts


def facts(plan: Plan, item: Item) -> list[Fact]:
    """Return the lines of the facts box; what is empty has none."""
    lines = [
        *_parents(plan, item),
        *_below(plan, item),
        *dates(plan, item),
        *_measured(plan, item),
        *terms_and_actors(plan, item),
        *_strands(plan, item),
    ]
    return [line for line in lines if line.values]


def terms_and_actors(plan: Plan, item: Item) -> list[Fact]:
    """Return the lines of the terms and the actors of *item*; what is empty has none."""
    used = Fact(gettext("Terms"), used_terms(plan, item))
    return [*([used] if used.values else []), *_by_status(gettext("Actors"), actors(plan, item))]


def facts_beside(plan: Plan, item: Item, related: Iterable[Row]) -> list[Fact]:
    """Return the lines of the facts box without what the page of *item* names anyway."""
    named = {row.other.id for row in related} | {item.under}
    named |= {mention.id for _, mentions in plan.mentions.get(item.id, []) for mention in mentions}
    lines = [
        fact._replace(values=[v for v in fact.values if not v.entity or v.entity.id not in named])
        for fact in facts(plan, item)
    ]
    return [line for line in lines if line.values]


def fact_blocks(facts: Iterable[Fact]) -> list[FactBlock]:
    """Return the *facts* that rest on something of their own, by that and by where they come from."""
    blocks: dict[tuple[Status, str], FactBlock] = {}
    for fact in facts:
        if fact.status:
            key = (fact.status, fact.through.id if fact.through else "")
            blocks.setdefault(key, FactBlock(fact.status, fact.through, [])).facts.append(fact)
    return sorted(blocks.values(), key=lambda block: STATUS_ORDER.index(block.status))


def _by_status(label: str, values: Iterable[Value], through: Item | None = None) -> list[Fact]:
    """Return a line for each status of *values*."""
    by_status: dict[Status, list[Value]] = {}
    for value in values:
        by_status.setdefault(value.says.status if value.says else "stated", []).append(value)
    return [Fact(label, some, status=status, through=through) for status, some in by_status.items()]


def _parents(plan: Plan, item: Item) -> list[Fact]:
    parents: dict[str, list[Value]] = {}
    for id in item.parents:
        parent = plan[id]
        if isinstance(parent, Item):
            parents.setdefault(plan.level(parent).name.one, []).append(Value(parent))
    return [Fact(label, values) for label, values in parents.items()]


def _below(plan: Plan, item: Item) -> list[Fact]:
    """Return the number of items below, by level."""
    counts = count_twice(plan, plan.children(item), deeper=True)
    return [
        Fact(count.name.many, [Value(words=count.figure, stated=stated.figure if stated else "")])
        for count, stated in counts
    ]


class ItemCount(NamedTuple):
    """How many items of one kind there are, and how many with those of their kind below them."""

    number: int
    whole: int
    name: Numbers

    @property
    def figure(self) -> str:
        """The number, with that of the parts if it differs."""
        return self._with_parts(str(self.number))

    @property
    def noun(self) -> str:
        """What they are called, and how many there are with their parts."""
        return self._with_parts(within_sentence(self.name.of(self.number)))

    def _with_parts(self, words: str) -> str:
        if self.whole <= self.number:
            return words
        return gettext("%(items)s (%(number)s with their parts)", items=words, number=self.whole)


def count_with_parts(
    plan: Plan, items: Iterable[Item], *, deeper: bool = False, stated: bool = False
) -> list[ItemCount]:
    """Return how many *items* there are by kind: the one rule for every count of items.

    An item below another of its kind is a part of that, and is counted apart.

    Args:
        plan: the plan.
        items: those to count.
        deeper: whether kinds that occur only below them are counted, too.
        stated: whether only what the lens shows is counted.
    """
    levels = plan.settings.levels
    direct: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    seen: set[str] = set()

    for item in shown(plan, items) if stated else items:
        direct[plan.level(item).kind] += 1
        below = plan.descendants(item)
        for each in (item, *(shown(plan, below) if stated else below)):
            if each.id not in seen:
                seen.add(each.id)
                whole[plan.level(each).kind] += 1
    if deeper:
        direct.update({id: whole[id] for id in whole if id not in direct})
    return [ItemCount(n, whole[id], levels[id].name) for id, n in direct.items()]


def count_twice(
    plan: Plan, items: Collection[Item], *, deeper: bool = False
) -> list[tuple[ItemCount, ItemCount | None]]:
    """Return how many *items* there are by kind, each with what the lens shows of it."""
    stated = {each.name.many: each for each in count_with_parts(plan, items, deeper=deeper, stated=True)}
    return [(each, stated.get(each.name.many)) for each in count_with_parts(plan, items, deeper=deeper)]


def count_by_level(plan: Plan, items: Iterable[Item]) -> Counter[str]:
    """Return the number of *items* by the level they count as."""
    return Counter(plan.level(item).kind for item in items)


def actors(plan: Plan, item: Item) -> list[Value]:
    """Return the actors of *item* or items below."""
    if own := own_actors(plan, item):
        return own
    links = (link for below in plan.descendants(item) for link in plan.links(below))
    held = {link.other.id: link for link in links if isinstance(link.other, Actor)}
    return [Value(link.other, says=link.relation.says) for link in held.values()]


def dates(plan: Plan, item: Item) -> Iterator[Fact]:
    """Yield the dates of *item*, or else that of the closest item above."""
    for each in (item, *reversed(plan.ancestors(item))):
        status, through = date_status(plan, each), None if each is item else each
        if each.date:
            values = [Value(words=str(each.date))]
            yield Fact(gettext("Date"), values, own=True, status=status, through=through)
        if each.date or (each is item and each.deadlines):
            return


def _measured(plan: Plan, item: Item) -> Iterator[Fact]:
    """Yield what was last said of progress, and each indicator in short; their sections have the rest."""
    for told in progress_of(plan, item)[:1]:
        yield Fact(gettext("Progress"), [Value(words=told.dated, says=told.said.statement)])
    figures = [
        (whole, in_short(each, stated=True)) for each in measures(plan, item) if (whole := in_short(each))
    ]
    if figures:
        yield Fact(gettext("Figure"), [Value(words=whole, stated=stated) for whole, stated in figures])


def _strands(plan: Plan, item: Item) -> list[Fact]:
    """Return linked items of other strands."""
    own = plan.strand(item)
    facts: list[Fact] = []
    for strand in plan.settings.strands:
        if strand.id == own.id or strand.map == "none":
            continue
        through: Item | None = None
        values = _linked(plan, item, strand.id)
        for above in reversed(plan.ancestors(item)):
            if not values and (values := _linked(plan, above, strand.id)):
                through = above
        facts += _by_status(strand.name, values, through)
    return facts


def _linked(plan: Plan, item: Item, strand: str) -> list[Value]:
    values: dict[str, Value] = {}
    for link in plan.links(item):
        other = link.other
        if isinstance(other, Item) and plan.strand(other).id == strand:
            values.setdefault(other.id, Value(other, says=link.relation.says))
    return list(values.values())


def terms(plan: Plan, item: Item) -> list[Entity]:
    """Return the terms that *item* uses, linked ones first."""
    return [used.entity for used in used_terms(plan, item) if used.entity]


def used_terms(plan: Plan, item: Entity) -> list[Value]:
    """Return the terms that *item* uses with the statement that uses each: a stated one, if there is one."""
    found: dict[str, tuple[Entity, Statement]] = {}
    links = (link for link in plan.links(item) if isinstance(link.other, Term))
    uses = [(link.other, link.relation.says) for link in links]
    for ref, mentions in plan.mentions.get(item.id, []):
        uses += [(plan[mention.id], ref.statement) for mention in mentions]
    for term, says in uses:
        if term.id not in found or (says.status in SHOWN and found[term.id][1].status not in SHOWN):
            found[term.id] = term, says
    return [Value(term, says=says) for term, says in found.values()]


# --- actors


def names_who_acts(plan: Plan, item: Item) -> bool:
    """Return whether the primary source names who is to carry *item* out.

    The kind of the relation decides: those who benefit, monitor or take part do not carry it out.
    """
    kinds = plan.settings.relations
    return any(kinds[link.relation.kind].carries_out and is_stated_link(link) for link in plan.links(item))


def own_actors(plan: Plan, item: Item) -> list[Value]:
    """Return the actors of *item* itself, each with its role."""
    return [Value(link.other, link.role, link.relation.says) for link in named_actors(plan, item)]


def by_role(actors: Iterable[Value]) -> dict[str, list[tuple[Entity, Value]]]:
    """Return *actors* by their role, those that the lens shows first."""
    roles: dict[str, list[tuple[Entity, Value]]] = {}
    for value in sorted(actors, key=lambda value: not value.is_stated):
        if value.entity:
            roles.setdefault(value.words, []).append((value.entity, value))
    return roles


def named_actors(plan: Plan, item: Item) -> list[Link]:
    """Return the relations of *item* itself to actors, in any role."""
    return [link for link in plan.links(item) if isinstance(link.other, Actor)]


# --- links


def rows(plan: Plan, entity: Entity) -> list[Row]:
    """Return what is related to *entity*, each once, with the reasons of both sides."""
    refs = (ref for ref in plan.said[entity.id] if ref.key[0] == "relations")
    written_here = {id(entity.relations[int(ref.key[1])]): ref for ref in refs}
    rows: dict[tuple[str, str], Row] = {}
    for link in plan.links(entity):
        if isinstance(link.other, Term) and not link.relation.says.words:
            continue  # the facts name it, and there is nothing to add
        key = (link.other.id, link.row_label)
        relation = link.relation
        said = written_here.get(id(relation)) if link.outgoing else None
        row = Row(link.other, link.row_label, relation.says, relation.date, None, link.outgoing, said)
        first = rows.setdefault(key, row)
        if first.outgoing and not link.outgoing:
            rows[key] = first._replace(back=relation.says)
    kinds: dict[str, int] = {}
    for row in rows.values():
        kinds.setdefault(row.label, len(kinds))
    return sorted(rows.values(), key=lambda row: (_rank(row.other), kinds[row.label]))


def _rank(entity: Entity) -> int:
    return KIND_ORDER.get(type(entity), len(KIND_ORDER))


def rows_by_label(rows: Iterable[Row]) -> list[RowGroup]:
    """Return *rows* by the label of what is said, each with what all of them cite."""
    by_status: dict[Status, list[Row]] = {}
    for row in rows:
        by_status.setdefault(row.says.status, []).append(row)
    return [
        RowGroup(status, some, shared_places([row.says for row in some]))
        for status in (*STATUS_ORDER, "silence")
        if (some := by_status.get(status))
    ]


def backlinks(plan: Plan, term: Term) -> list[StatementRef]:
    """Return one statement of each entry that mentions *term*."""
    by_holder: dict[str, StatementRef] = {}
    for said in plan.mentioned(term):
        by_holder.setdefault(said.holder.id, said)
    return list(by_holder.values())
