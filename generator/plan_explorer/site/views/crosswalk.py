"""Set the entries of the plan beside their counterparts in another framework, in either direction."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plan_explorer.model.entities import Crosswalk, Entity, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation, Statement, Status, status_of
from plan_explorer.site import pagination
from plan_explorer.site.addresses import Address
from plan_explorer.site.counterparts import OtherPlan, first_by_code, fold
from plan_explorer.site.pagination import Part
from plan_explorer.site.urls import is_web_address
from plan_explorer.translation import gettext, pgettext, with_capital


@dataclass(frozen=True)
class Their:
    """An entry of the other framework."""

    key: str
    """By what it is known: its code, or its id in this plan."""
    code: str
    name: str
    place: Entity | Address | None = None
    """Its page, if this site has one."""
    url: str = ""
    """Its address elsewhere, as the mapping gives it."""

    @property
    def heading(self) -> str:
        """Its code and its name."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True)
class Match:
    """An entry of the plan and its counterpart."""

    ours: Entity
    theirs: Their
    kind: str
    """The kind of relation, as declared in plan.yaml."""
    words: str
    """How it reads from the entry of the plan."""
    inverse: str
    """How it reads from the counterpart."""
    because: Statement | None
    confidence: str = ""

    @property
    def why(self) -> str:
        """The reason, and how sure it is, as plain text."""
        reason = self.because.plain if self.because else ""
        return " ".join(filter(None, [reason, f"({self.confidence})" if self.confidence else ""]))


@dataclass(frozen=True)
class Row:
    """A row of the table: an entry of one side, and one of its counterparts, if it has any."""

    ours: Entity | None = None
    theirs: Their | None = None
    match: Match | None = None


Group = tuple[Item | None, list[Row]]
"""Rows, with the item that heads them if there is one."""


@dataclass(frozen=True)
class Matching:
    """A crosswalk of the plan: what it pairs, and what has no counterpart."""

    plan: Plan
    crosswalk: Crosswalk
    other: OtherPlan | None = None
    """The plan of the other framework, if the site holds it."""

    @property
    def cites(self) -> tuple[Citation, ...]:
        """What every pair rests on."""
        return (Citation(self.crosswalk.source),)

    @property
    def status(self) -> Status:
        """What the pairs rest on, by which the lens shows them."""
        return status_of(self.cites, self.plan.settings.primary)

    @property
    def head(self) -> str:
        """What the other framework is called, where a line begins with it."""
        return with_capital(self.crosswalk.to)

    @cached_property
    def matches(self) -> list[Match]:
        """Every pair of the mapping, and every relation within the plan that rests on it."""
        return [*self._pairs(), *self._relations()]

    def _pairs(self) -> Iterator[Match]:
        kinds = self.plan.settings.relations
        for pair in self.crosswalk.pairs:
            kind, theirs = kinds[pair.relation], self._listed[pair.other]
            words = kind.name, kind.inverse
            yield Match(self.plan[pair.entry], theirs, pair.relation, *words, pair.because, pair.confidence)

    def _relations(self) -> Iterator[Match]:
        kinds = self.plan.settings.relations
        for entity in self.plan:
            for relation in entity.relations:
                cited = {place.source for place in relation.says.cites}
                if relation.kind in self.crosswalk.within and self.crosswalk.source in cited:
                    kind, theirs = kinds[relation.kind], self._within(self.plan[relation.target])
                    because = relation.says if relation.says.words else None
                    yield Match(entity, theirs, relation.kind, kind.name, kind.inverse, because)

    @staticmethod
    def _code(entity: Entity) -> str:
        return entity.code if isinstance(entity, Item) else ""

    def _within(self, entity: Entity) -> Their:
        return Their(entity.id, self._code(entity), self.plan.title(entity), entity)

    # --- the entries of both sides

    @cached_property
    def _listed(self) -> dict[str, Their]:
        """The entries that the mapping names, by their codes; with their pages, if the site has them."""
        return {
            each.code: self._elsewhere.get(fold(each.code))
            or Their(each.code, each.code, each.name, url=each.url)
            for each in self.crosswalk.others
        }

    @cached_property
    def _elsewhere(self) -> dict[str, Their]:
        """The items of the other plan, by their codes."""
        if not self.other:
            return {}
        plan, address = self.other.plan, self.other.address
        return {
            code: Their(item.code, item.code, plan.title(item), address(item))
            for code, item in first_by_code(plan).items()
        }

    @cached_property
    def ours(self) -> list[Entity]:
        """The entries of the plan that could have a counterpart: those of a kind of which some have one."""
        mapped = {each.ours.id for each in self.matches}
        others = {each.theirs.key for each in self.matches if isinstance(each.theirs.place, Entity)}
        return [each for each in _alike(self.plan, mapped) if each.id in mapped or each.id not in others]

    @cached_property
    def theirs(self) -> list[Their]:
        """The entries of the other framework, in its order, as far as they are known."""
        within = {each.theirs.key for each in self.matches if isinstance(each.theirs.place, Entity)}
        ours = {each.id for each in self.ours}
        found = [self._within(each) for each in _alike(self.plan, within) if each.id not in ours]
        if self.other:
            by_code = first_by_code(self.other.plan)
            mapped = {by_code[fold(code)].id for code in self._listed if fold(code) in by_code}
            codes = [fold(self._code(each)) for each in _alike(self.other.plan, mapped)]
            found += [self._elsewhere[code] for code in codes if code in self._elsewhere]
        return list({each.key: each for each in [*found, *self._listed.values()]}.values())

    # --- the tables

    def rows(self, entity: Entity) -> list[Row]:
        """Return the rows of *entity*, one of the plan: its counterparts, or that it has none."""
        found = self._by_ours.get(entity.id, [])
        return [Row(entity, match.theirs, match) for match in found] or [Row(ours=entity)]

    def rows_back(self, their: Their) -> list[Row]:
        """Return the rows of an entry of the other framework."""
        found = self._by_theirs.get(their.key, [])
        return [Row(match.ours, their, match) for match in found] or [Row(theirs=their)]

    @cached_property
    def _by_ours(self) -> dict[str, list[Match]]:
        place = {each.key: at for at, each in enumerate(self.theirs)}
        found: dict[str, list[Match]] = defaultdict(list)
        for match in sorted(self.matches, key=lambda each: place.get(each.theirs.key, len(place))):
            found[match.ours.id].append(match)
        return found

    @cached_property
    def _by_theirs(self) -> dict[str, list[Match]]:
        place = {each.id: at for at, each in enumerate(self.ours)}
        found: dict[str, list[Match]] = defaultdict(list)
        for match in sorted(self.matches, key=lambda each: place.get(each.ours.id, len(place))):
            found[match.theirs.key].append(match)
        return found

    def pages(self, path: str, *, back: bool = False) -> Part:
        """Return the pages of the table at *path*: from the plan, or *back* to it."""
        folder = path.removesuffix("/index.md")
        if back:
            return pagination.by_code(path, folder, self.theirs, lambda each: len(self.rows_back(each)))
        weigh = lambda each: len(self.rows(each))  # noqa: E731
        return pagination.paired(self.plan, path, f"{folder}/from", self.ours, weigh)

    def table(self, entries: Sequence[Any], *, back: bool = False) -> dict[str, Any]:
        """Return the data for a table of *entries*, those of the plan or, *back*, those of the other side."""
        groups: dict[str, tuple[Item | None, list[Row]]] = {}
        for each in entries:
            head = None if back or not isinstance(each, Item) else self.plan.group_head(each)
            rows = self.rows_back(each) if back else self.rows(each)
            groups.setdefault(head.id if head else "", (head, []))[1].extend(rows)
        return {"groups": list(groups.values())}

    def columns(self, row: Row, *, back: bool = False) -> dict[str, str]:
        """Return the cells of *row* as a file holds them, by the heads of the columns."""
        to, match, their = self.crosswalk.to, row.match, row.theirs
        address = their.url if their and is_web_address(their.url) else ""
        ours = {
            pgettext("of an entry", "Code"): self._code(row.ours) if row.ours else "",
            pgettext("a column", "Name"): self.plan.title(row.ours) if row.ours else "",
        }
        theirs = {
            gettext("Code in %(framework)s", framework=to): their.code if their else "",
            gettext("Name in %(framework)s", framework=to): their.name if their else "",
            gettext("Address in %(framework)s", framework=to): address,
        }
        how = {gettext("Relation"): (match.inverse if back else match.words) if match else ""}
        why = {
            gettext("Why"): match.because.plain if match and match.because else "",
            pgettext("a column", "Confidence"): match.confidence if match else "",
        }
        return {**theirs, **how, **ours, **why} if back else {**ours, **how, **theirs, **why}

    def of(self, entity: Entity) -> list[Match]:
        """Return the counterparts of *entity*, in the order of the other framework."""
        return self._by_ours.get(entity.id, [])

    def by_words(self, entity: Entity) -> list[tuple[str, list[Their]]]:
        """Return the counterparts of *entity* by how it is related to them."""
        found: dict[str, list[Their]] = {}
        for match in self.of(entity):
            found.setdefault(match.words, []).append(match.theirs)
        return list(found.items())

    @property
    def gives_reasons(self) -> bool:
        """Whether it says of any pair why it holds, or how sure it is."""
        return any(match.why for match in self.matches)

    @property
    def without(self) -> tuple[int, int]:
        """How many entries have no counterpart: of the plan, and of the other framework."""
        ours = sum(each.id not in self._by_ours for each in self.ours)
        return ours, sum(each.key not in self._by_theirs for each in self.theirs)

    @property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """The kinds of relation that occur, as they read from either side."""
        return {each.kind: (each.words, each.inverse) for each in self.matches}


def _alike(plan: Plan, ids: Collection[str]) -> list[Entity]:
    """Return the entries of *plan* of the levels and kinds of those called *ids*: items, then others."""
    kinds = {_kind(plan[id]) for id in ids}
    items: list[Entity] = [item for item in plan.items if _kind(item) in kinds]
    return [*items, *(each for each in plan if not isinstance(each, Item) and _kind(each) in kinds)]


def _kind(entity: Entity) -> str:
    return entity.level if isinstance(entity, Item) else entity.kind_name
