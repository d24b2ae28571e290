"""What stands on the page of an item: its facts, its silences, its links."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from plan_explorer.model.entities import Actor, Entity, Event, Item, Source, Term, View
from plan_explorer.model.plan import Link, Plan, StatementRef
from plan_explorer.model.statements import Citation, Date, Statement, Status
from plan_explorer.site.page import around

ORDER = {kind: at for at, kind in enumerate((Item, View, Actor, Event, Term, Source))}
"""The order of the kinds of related entries."""

MAX_OPEN_ROWS = 12
"""Past so many, a list on an item page is folded."""

ACTORS, TERMS = "Actors", "Terms"
"""Labels of two facts."""


class Value(NamedTuple):
    """One value of a fact: an entity, words, or both."""

    entity: Entity | None = None
    words: str = ""
    says: Statement | None = None
    """The statement it comes from, for its status and citation."""


class Fact(NamedTuple):
    """A line of the facts box; without values, *silence* is printed."""

    label: str
    values: Sequence[Value] = ()
    silence: str = ""
    own: bool = False
    """Whether nothing else on the page says it."""


class Row(NamedTuple):
    """A related entry and why: the reason given here, and the one given there."""

    other: Entity
    label: str
    says: Statement
    date: Date | None = None
    back: Statement | None = None
    outgoing: bool = True
    """Whether the link was written here, and not at the other end."""

    @property
    def stated(self) -> bool:
        """Whether the primary source says so."""
        return self.says.status == "stated"


class Part(NamedTuple):
    """An item without a page of its own, as a section of this one."""

    item: Item
    heading: int
    """The level of its heading, from 3."""
    rows: list[Row]


def item_context(plan: Plan, item: Item) -> dict[str, Any]:
    """Return what the template of an item needs."""
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
    """Return the siblings nearest to *item*, itself included."""
    at = next(index for index, each in enumerate(siblings) if each.id == item.id)
    return around(siblings, at, 2 * MAX_OPEN_ROWS)


def _sections(plan: Plan, item: Item, heading: int) -> Iterator[Part]:
    """Yield what stands below *item* without a page of its own, each followed by what it holds."""
    for child in plan.children(item):
        if plan.level(child).page == "parent" and child.under == item.id:
            yield Part(child, min(heading, 6), rows(plan, child))
            yield from _sections(plan, child, heading + 1)


# --- facts


def facts(plan: Plan, item: Item) -> list[Fact]:
    """Return the lines of the facts box, always in the same order."""
    found = [*_parents(plan, item), *_below(plan, item)]
    if plan.actors:
        found.append(Fact(ACTORS, actors(plan, item), "None named"))
    found.append(_dates(item))
    found += _target(item)
    found += _strands(plan, item)
    used = [Value(term) for term in terms(plan, item)]
    return [*found, Fact(TERMS, used, "None listed")] if plan.terms else found


def _parents(plan: Plan, item: Item) -> list[Fact]:
    found: dict[str, list[Value]] = {}
    for id in item.parents:
        parent = plan[id]
        if isinstance(parent, Item):
            found.setdefault(plan.level(parent).name.one, []).append(Value(parent))
    return [Fact(label, values) for label, values in found.items()]


def _below(plan: Plan, item: Item) -> list[Fact]:
    """Return how many items stand below, level by level."""
    numbers: dict[str, int] = {}
    for below in plan.descendants(item):
        level = plan.level(below).counted_as or below.level
        numbers[level] = numbers.get(level, 0) + 1
    levels = plan.settings.levels
    return [Fact(levels[id].name.many, [Value(words=str(n))]) for id, n in numbers.items()]


def actors(plan: Plan, item: Item) -> list[Value]:
    """Return the actors that *item* is linked to, or else those of what stands below it."""
    kinds = plan.settings.relations
    own = [link for link in plan.links(item) if isinstance(link.other, Actor)]
    if own:
        return [Value(x.other, kinds[x.relation.kind].role or x.label, x.relation.says) for x in own]
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
    found = [Fact("Indicator", [Value(words=target.indicator)], own=True)]
    if target.baseline:
        when = f" ({target.baseline.date})" if target.baseline.date else ""
        value = _with_unit(target.baseline.value, target.unit)
        found.append(Fact("Baseline", [Value(words=value + when)], own=True))
    return [*found, Fact("Target", [Value(words=sign + _with_unit(target.value, target.unit))], own=True)]


def _with_unit(value: str, unit: str) -> str:
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}".strip()


def _strands(plan: Plan, item: Item) -> list[Fact]:
    """Return the items of other strands it is linked to, or else those its parent is."""
    own = plan.strand(item)
    found = []
    for strand in plan.settings.strands:
        if strand.id == own.id or strand.map == "none":
            continue
        label = strand.name
        values = _linked(plan, item, strand.id)
        for above in reversed(plan.ancestors(item)):
            if not values and (values := _linked(plan, above, strand.id)):
                label = f"{strand.name} of {above.code or plan.short(above)}"
        if values:
            found.append(Fact(label, values))
    return found


def _linked(plan: Plan, item: Item, strand: str) -> list[Value]:
    found: dict[str, Value] = {}
    for link in plan.links(item):
        other = link.other
        if isinstance(other, Item) and plan.strand(other).id == strand:
            found.setdefault(other.id, Value(other, says=link.relation.says))
    return list(found.values())


def terms(plan: Plan, item: Item) -> list[Entity]:
    """Return the terms it uses: by relation, then by being named in its text."""
    found: dict[str, Entity] = {
        link.other.id: link.other for link in plan.links(item) if isinstance(link.other, Term)
    }
    for _, mentions in plan.mentions.get(item.id, []):
        found |= {mention.id: plan[mention.id] for mention in mentions if mention.id not in found}
    return list(found.values())


# --- silence


def silences(plan: Plan, item: Item) -> list[str]:
    """Return what the primary source leaves unsaid about something the plan commits to."""
    if not plan.level(item).commitment:
        return []
    kinds = plan.settings.relations
    roles = [link for link in plan.links(item) if kinds[link.relation.kind].role]
    stated = [link for link in roles if link.relation.says.status == "stated"]
    found = [] if stated else ["who is to carry it out"]
    found += [] if item.date or (item.target and item.target.due) else ["a date or deadline"]
    return [*found, *([] if item.target else ["a figure or measure of success"])]


# --- links


def rows(plan: Plan, entity: Entity) -> list[Row]:
    """Return what is related to *entity*, each once, with the reasons of both sides."""
    found: dict[tuple[str, str], Row] = {}
    for link in plan.links(entity):
        if isinstance(link.other, Term) and not link.relation.says.words:
            continue  # the facts name it, and there is nothing to add
        key = (link.other.id, link.label)
        there = found.setdefault(key, _row(link))
        if there.outgoing and not link.outgoing:
            found[key] = there._replace(back=link.relation.says)
    return sorted(found.values(), key=lambda row: _order(row.other))


def _row(link: Link) -> Row:
    return Row(link.other, link.label, link.relation.says, link.relation.date, outgoing=link.outgoing)


def _order(entity: Entity) -> int:
    return ORDER.get(type(entity), len(ORDER))


def neighbours(plan: Plan, item: Item) -> list[tuple[Citation, list[Entity]]]:
    """Return the other items that rest on the same sentences, place by place."""
    found: list[tuple[Citation, list[Entity]]] = []
    for place in plan.cited(item):
        if others := [other for other in plan.items_on(place) if other.id != item.id]:
            found.append((place, list(others[:MAX_OPEN_ROWS])))
    return found


def backlinks(plan: Plan, term: Term) -> list[StatementRef]:
    """Return one statement of each entry that names *term*."""
    found: dict[str, StatementRef] = {}
    for said in plan.mentioned(term):
        found.setdefault(said.holder.id, said)
    return list(found.values())


class Count(NamedTuple):
    """A status, its label in this plan, and how many statements have it."""

    status: Status
    label: str
    number: int


def tally(plan: Plan, said: Iterable[StatementRef]) -> list[Count]:
    """Return how many of *said* have each status that occurs, in the order of plan.yaml."""
    numbers = Counter(each.statement.status for each in said)
    labels = plan.settings.statuses
    return [Count(status, labels[status], numbers[status]) for status in labels if numbers[status]]
