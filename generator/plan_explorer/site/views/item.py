"""Collect the data of an item's page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from plan_explorer.model.entities import Actor, Entity, Event, Item, Source, Term, View
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation, Date, Statement, Status
from plan_explorer.site.page import around

ORDER = {kind: at for at, kind in enumerate((Item, View, Actor, Event, Term, Source))}
"""The order of related entries, by kind."""

MAX_OPEN_ROWS = 12
"""The most rows of a list shown unfolded."""

ACTORS, TERMS = "Actors", "Terms"
"""Labels of two facts."""


class Value(NamedTuple):
    """A value of a fact: an entity, words or both."""

    entity: Entity | None = None
    words: str = ""
    says: Statement | None = None
    """The statement behind it, for status and citation."""


class Fact(NamedTuple):
    """A line of the facts box, or its *silence*."""

    label: str
    values: Sequence[Value] = ()
    silence: str = ""
    own: bool = False
    """Whether nothing else on the page says it."""


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

    @property
    def stated(self) -> bool:
        """Whether the primary source states it."""
        return self.says.status == "stated"


class Part(NamedTuple):
    """An item shown as a section of another."""

    item: Item
    heading: int
    """The level of its heading, from 3."""
    rows: list[Row]


def item_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return the data for an item's page."""
    here = [said for said in plan.said[item.id] if said.key[0] != "relations"]
    return {
        "statements": [said for said in here if said.key[0] == "statements"],
        "notes": [said for said in here if said.key[0] == "notes"],
        "terms": [Value(term) for term in terms(plan, item)],
        "sections": list(_sections(plan, item, 3)),
        "facts": facts(plan, item),
        "silences": silences(plan, item),
        "rows": (related := rows(plan, item)),
        "related": [row for row in related if row.outgoing],
        "backlinks": [row for row in related if not row.outgoing],
        "neighbours": neighbours(plan, item),
        "views": plan.views_of(item),
        "siblings": _beside(plan.siblings(item), item),
        "places": plan.cited(item),
        "tally": tally(plan, here),
    }


def _beside(siblings: list[Item], item: Item) -> Sequence[Item]:
    """Return the siblings closest to *item*, including it."""
    at = next(index for index, each in enumerate(siblings) if each.id == item.id)
    return around(siblings, at, 2 * MAX_OPEN_ROWS)


def _sections(plan: Plan, item: Item, heading: int) -> Iterator[Part]:
    """Yield the items below that have no pages."""
    for child in plan.children(item):
        if plan.level(child).page == "parent" and child.under == item.id:
            yield Part(child, min(heading, 6), rows(plan, child))
            yield from _sections(plan, child, heading + 1)


# --- facts


def facts(plan: Plan, item: Item) -> list[Fact]:
    """Return the lines of the facts box."""
    facts = [*_parents(plan, item), *_below(plan, item)]
    if plan.actors:
        facts.append(Fact(ACTORS, actors(plan, item), "None named"))
    facts.append(_dates(item))
    facts += _target(item)
    facts += _strands(plan, item)
    used = [Value(term) for term in terms(plan, item)]
    return [*facts, Fact(TERMS, used, "None listed")] if plan.terms else facts


def _parents(plan: Plan, item: Item) -> list[Fact]:
    parents: dict[str, list[Value]] = {}
    for id in item.parents:
        parent = plan[id]
        if isinstance(parent, Item):
            parents.setdefault(plan.level(parent).name.one, []).append(Value(parent))
    return [Fact(label, values) for label, values in parents.items()]


def _below(plan: Plan, item: Item) -> list[Fact]:
    """Return the number of items below, by level."""
    levels = plan.settings.levels
    numbers = count_by_level(plan, plan.descendants(item))
    return [Fact(levels[id].name.many, [Value(words=str(n))]) for id, n in numbers.items()]


def count_by_level(plan: Plan, items: Iterable[Item]) -> Counter[str]:
    """Return the number of *items* by the level they count as."""
    return Counter(plan.level(item).counted_as or item.level for item in items)


def actors(plan: Plan, item: Item) -> list[Value]:
    """Return the actors of *item* or items below."""
    own = [link for link in plan.links(item) if isinstance(link.other, Actor)]
    if own:
        return [Value(x.other, x.role, x.relation.says) for x in own]
    links = (link for below in plan.descendants(item) for link in plan.links(below))
    held = {link.other.id: link for link in links if isinstance(link.other, Actor)}
    return [Value(link.other, says=link.relation.says) for link in held.values()]


def _dates(item: Item) -> Fact:
    dates = [Value(words=str(item.date))] if item.date else []
    if item.target and item.target.due:
        dates.append(Value(words=f"due {item.target.due}"))
    return Fact("Dates", dates, "None given", own=bool(dates))


def _target(item: Item) -> list[Fact]:
    target = item.target
    if not target:
        return []
    sign = {"at-least": "at least ", "at-most": "at most ", "exactly": ""}[target.comparator]
    facts = [Fact("Indicator", [Value(words=target.indicator)], own=True)]
    if target.baseline:
        when = f" ({target.baseline.date})" if target.baseline.date else ""
        value = _with_unit(target.baseline.value, target.unit)
        facts.append(Fact("Baseline", [Value(words=value + when)], own=True))
    return [*facts, Fact("Target", [Value(words=sign + _with_unit(target.value, target.unit))], own=True)]


def _with_unit(value: str, unit: str) -> str:
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}".strip()


def _strands(plan: Plan, item: Item) -> list[Fact]:
    """Return linked items of other strands."""
    own = plan.strand(item)
    facts = []
    for strand in plan.settings.strands:
        if strand.id == own.id or strand.map == "none":
            continue
        label = strand.name
        values = _linked(plan, item, strand.id)
        for above in reversed(plan.ancestors(item)):
            if not values and (values := _linked(plan, above, strand.id)):
                label = f"{strand.name} of {above.code or plan.short(above)}"
        if values:
            facts.append(Fact(label, values))
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
    terms: dict[str, Entity] = {
        link.other.id: link.other for link in plan.links(item) if isinstance(link.other, Term)
    }
    for _, mentions in plan.mentions.get(item.id, []):
        terms |= {mention.id: plan[mention.id] for mention in mentions if mention.id not in terms}
    return list(terms.values())


# --- silence


def silences(plan: Plan, item: Item) -> list[str]:
    """Return what the source leaves open about commitments."""
    if not plan.level(item).commitment:
        return []
    kinds = plan.settings.relations
    roles = [link for link in plan.links(item) if kinds[link.relation.kind].role]
    stated = [link for link in roles if link.relation.says.status == "stated"]
    silences = [] if stated else ["who is to carry it out"]
    silences += [] if item.date or (item.target and item.target.due) else ["a date or deadline"]
    return [*silences, *([] if item.target else ["a figure or measure of success"])]


# --- links


def rows(plan: Plan, entity: Entity) -> list[Row]:
    """Return what is related to *entity*, each once, with the reasons of both sides."""
    rows: dict[tuple[str, str], Row] = {}
    for link in plan.links(entity):
        if isinstance(link.other, Term) and not link.relation.says.words:
            continue  # the facts name it, and there is nothing to add
        key = (link.other.id, link.row_label)
        relation = link.relation
        row = Row(link.other, link.row_label, relation.says, relation.date, outgoing=link.outgoing)
        first = rows.setdefault(key, row)
        if first.outgoing and not link.outgoing:
            rows[key] = first._replace(back=relation.says)
    kinds: dict[str, int] = {}
    for row in rows.values():
        kinds.setdefault(row.label, len(kinds))
    return sorted(rows.values(), key=lambda row: (_rank(row.other), kinds[row.label]))


def _rank(entity: Entity) -> int:
    return ORDER.get(type(entity), len(ORDER))


def neighbours(plan: Plan, item: Item) -> list[tuple[Citation, list[Entity]]]:
    """Return other items citing the same sentences."""
    neighbours: list[tuple[Citation, list[Entity]]] = []
    for place in plan.cited(item):
        if others := [other for other in plan.items_on(place) if other.id != item.id]:
            neighbours.append((place, list(others[:MAX_OPEN_ROWS])))
    return neighbours


def backlinks(plan: Plan, term: Term) -> list[StatementRef]:
    """Return one statement of each entry that mentions *term*."""
    by_holder: dict[str, StatementRef] = {}
    for said in plan.mentioned(term):
        by_holder.setdefault(said.holder.id, said)
    return list(by_holder.values())


class Count(NamedTuple):
    """A status with its label and count."""

    status: Status
    label: str
    number: int


def tally(plan: Plan, said: Iterable[StatementRef]) -> list[Count]:
    """Return the number of statements by status."""
    numbers = Counter(each.statement.status for each in said)
    labels = plan.settings.statuses
    return [Count(status, labels[status], numbers[status]) for status in labels if numbers[status]]
