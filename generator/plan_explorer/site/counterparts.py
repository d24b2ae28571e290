"""Match the entries of two plans of one web site: by their codes, by their names, or as a file says."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Document, parse_document
from plan_explorer.model.entities import Actor, Crosswalk, Entity, Item, Term
from plan_explorer.model.paths import slug
from plan_explorer.model.plan import Plan
from plan_explorer.site.addresses import Address, Addresses
from plan_explorer.translation import N_, gettext

CODE, NAME = "code", "name"
"""By what entries are matched, unless by a file."""
MATCHED = {CODE: N_("by code"), NAME: N_("by name")}
BY_CROSSWALK, BY_HAND = N_("as in “%(crosswalk)s”"), N_("by hand")
"""How that is said behind *Entries are matched*."""

Pairs = list[tuple[str, str]]
"""Ids of entries of two plans that match."""


@dataclass(frozen=True)
class OtherPlan:
    """Another plan of the same web site, and which of its entries match those of the plan at hand."""

    plan: Plan
    addresses: Addresses
    root: str
    """The folder it stands in, seen from the top of the plan at hand, as a path that ends in a slash."""
    matched: str
    """How entries are matched, in English: a message for catalogues."""
    pairs: Pairs
    """Ids of entries, of the plan at hand and of the other, that match."""
    crosswalk: str = ""
    """The id of the crosswalk of the plan at hand that says what matches, if one does."""
    crosswalk_title: str = ""
    """What that is called, in whichever of the two plans it stands."""

    @property
    def by(self) -> str:
        """What entries are matched by, in words."""
        return gettext(self.matched, crosswalk=self.crosswalk_title)

    def from_below(self) -> "OtherPlan":
        """Return it as seen from a folder below that of the plan at hand."""
        return replace(self, root=f"../{self.root}")

    @property
    def name(self) -> str:
        """What its explorer is called."""
        return self.plan.settings.site_name

    @property
    def path(self) -> str:
        """The page that compares it with the plan at hand."""
        return f"compare/with-{slug(self.plan.settings.id)}.md"

    def address(self, entity: Entity) -> Address:
        """Return the address of one of its entries, seen from the top of the plan at hand."""
        own = self.addresses.of(entity)
        return replace(own, path=self.root + own.path)

    def heading(self, entity: Entity) -> str:
        """Return the code and the title of one of its entries."""
        code = entity.code if isinstance(entity, Item) else ""
        return f"{code} {self.plan.title(entity)}".strip()

    def of(self, entity: Entity) -> list[Entity]:
        """Return its entries that match *entity*, one of the plan at hand."""
        return self._by_id.get(entity.id, [])

    @cached_property
    def _by_id(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for here, there in self.pairs:
            found[here].append(self.plan[there])
        return dict(found)


def match(first: Plan, second: Plan, key: str) -> Pairs:
    """Return the entries of *first* and *second* with a code, or a name, in common, by *key*."""
    keys = _codes if key == CODE else _names
    there = defaultdict(list)
    for entity in second:
        for each in keys(entity):
            there[each].append(entity.id)
    found = [(entity.id, id) for entity in first for each in keys(entity) for id in there.get(each, ())]
    return list(dict.fromkeys(found))


def match_crosswalk(first: Plan, second: Plan, crosswalk: Crosswalk) -> Pairs:
    """Return the entries of *first* and *second* that *crosswalk* pairs, by the codes in *second*."""
    by_code = first_by_code(second)
    codes = ((pair.entry, fold(pair.other)) for pair in crosswalk.pairs if pair.entry in first)
    return list(dict.fromkeys((entry, by_code[code].id) for entry, code in codes if code in by_code))


def first_by_code(plan: Plan) -> dict[str, Item]:
    """Return the items of *plan* by their codes: the first, where several have the same."""
    return {fold(item.code): item for item in reversed(plan.items) if item.code}


def _codes(entity: Entity) -> Iterator[tuple[str, str]]:
    if isinstance(entity, Item) and entity.code:
        yield "", fold(entity.code)


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield the names of items, actors and terms, each with its kind: a term is no actor of that name."""
    if isinstance(entity, Item | Actor | Term):
        yield from ((entity.kind_name, fold(name.text)) for name in entity.name.values())


def fold(text: str) -> str:
    """Return *text* as it is compared: without case, in one form of each sign."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_pairs(text: str, shown: str, first: Plan, second: Plan) -> Pairs:
    """Return the pairs in a file: ids of *first*, each with an id of *second* or a list of them.

    Raises:
        PlanError: ``bad-mapping`` or ``unknown-id``, with every problem of the file *shown*.
    """
    document, problems = parse_document(text, shown)
    data = document.data
    if not problems and not isinstance(data, dict):
        hint = "write one line for each entry, as in 'clean-river: clean-water'"
        problems.append(document.problem("bad-mapping", "this file is no mapping of ids to ids", (), hint))
    pairs: Pairs = []
    for here, given in data.items() if isinstance(data, dict) else ():
        problems += _unknown(document, first, here, (here,), on_key=True)
        ids = given if isinstance(given, list) else [given]
        for at, there in enumerate(ids):
            key = (here, at) if isinstance(given, list) else (here,)
            if isinstance(there, str):
                problems += _unknown(document, second, there, key)
                pairs.append((here, there))
            else:
                message = f"'{here}' needs the id of an entry of the other plan, or a list of ids"
                problems.append(document.problem("bad-mapping", message, key))
    if problems:
        raise PlanError(problems)
    return pairs


def _unknown(
    document: Document, plan: Plan, id: str, key: tuple[str | int, ...], *, on_key: bool = False
) -> Iterator[Problem]:
    if id not in plan:
        ids = [entity.id for entity in plan]
        message = f"there is no entry '{id}' in {plan.settings.site_name}"
        yield document.problem("unknown-id", message, key, did_you_mean(id, ids), on_key=on_key)


def mirrored(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return *pairs* as seen from the other plan."""
    return [(there, here) for here, there in pairs]


KINDS: tuple[tuple[type[Entity], str], ...] = (
    (Item, N_("Items")),
    (Actor, N_("Actors")),
    (Term, N_("Terms")),
)
"""What is compared, in the order of the page."""


@dataclass(frozen=True)
class ComparedKind:
    """Entries of one kind in two plans: those of both, and those of one only."""

    name: str
    both: list[tuple[Entity, list[Entity]]]
    """Entries of the plan at hand, each with those of the other that match it."""
    here: list[Entity]
    there: list[Entity]


def compared(plan: Plan, other: OtherPlan) -> list[ComparedKind]:
    """Return what *plan* and the *other* have in common, and what each lacks: items, and kinds that match."""
    matched = {there for _, there in other.pairs}
    found = []
    for kind, name in KINDS:
        own = [each for each in plan if isinstance(each, kind)]
        theirs = [each for each in other.plan if isinstance(each, kind)]
        both = [(each, other.of(each)) for each in own if other.of(each)]
        if both or kind is Item:
            here = [each for each in own if not other.of(each)]
            there = [each for each in theirs if each.id not in matched]
            found.append(ComparedKind(gettext(name), both, here, there))
    return found
