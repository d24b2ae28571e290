"""Say in words what a statement rests on, so that nobody quotes a reading as the source's own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plan_explorer.model.entities import Item, Relation
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation, Statement, Status
from plan_explorer.site.addresses import Addresses
from plan_explorer.translation import N_, commas, gettext, semicolons, with_note

PLACED: dict[Status, str] = {
    "inferred": N_("%(label)s of %(places)s"),
    "wording": N_("%(label)s of %(places)s"),
    "background": N_("%(label)s: %(places)s"),
    "disputed": N_("%(label)s: %(places)s"),
}
"""How a label and the places stand together."""
BEHIND = N_("%(label)s, %(places)s")
"""How they do so otherwise."""
SOURCELESS: tuple[Status, ...] = ("known", "editorial")
"""Statuses that name no place."""
CITED: tuple[Status, ...] = ("stated", "inferred", "background", "disputed")
"""Statuses that tell what a whole page rests on."""


@dataclass(frozen=True)
class Quotation:
    """A statement that can be quoted at an address of its own."""

    anchor: str
    title: str
    """The code and title of what it is about."""
    words: str
    label: str
    rests_on: str
    """Its label and places in words: ``Editors' reading of ¶14 s4``."""


def by_page(plan: Plan, addresses: Addresses) -> dict[str, dict[str, StatementRef]]:
    """Return what is said on each page, by anchor, and with it why entries are linked."""
    pages: dict[str, dict[str, StatementRef]] = {}
    for entity in plan:
        for said in plan.said[entity.id] if entity.id != plan.settings.id else ():
            if said.published or (_relation(said) and said.statement.words):
                address = addresses.statement(said.place)
                pages.setdefault(address.path, {})[address.anchor] = said
    return pages


def quotation(plan: Plan, addresses: Addresses, anchor: str, said: StatementRef) -> Quotation:
    """Return what is *said* at *anchor* as a quotation."""
    statement, holder = said.statement, said.holder
    sides = semicolons(_with_places(addresses, side) for side in statement.sides if side.words)
    words = " ".join(filter(None, [statement.plain, sides]))
    if relation := _relation(said):
        label, _ = plan.settings.relations[relation.kind].labels
        entry = plan.title(plan[relation.target])
        words = gettext("%(relation)s: %(entry)s – %(reason)s", relation=label, entry=entry, reason=words)
    code = holder.code if isinstance(holder, Item) else ""
    title = f"{code} {plan.title(holder)}".strip()
    label = plan.settings.statuses[statement.status]
    rests = rests_on(plan, addresses, statement.status, statement.all_cites)
    return Quotation(anchor, title, words, label, rests)


def _relation(said: StatementRef) -> Relation | None:
    """Return the relation that is *said*, if it is one."""
    return said.holder.relations[int(said.key[1])] if said.key[0] == "relations" else None


def rests_on(plan: Plan, addresses: Addresses, status: Status, cites: Iterable[Citation]) -> str:
    """Return the label of *status* and the places cited, in words."""
    return _placed(plan, addresses, status, cites, plan.settings.statuses[status])


def _placed(plan: Plan, addresses: Addresses, status: Status, cites: Iterable[Citation], label: str) -> str:
    """Return *label* and the places cited, in words."""
    if status in SOURCELESS:
        return label
    # "In the article, the article" says nothing more.
    whole = plan.settings.wording.primary if status == "stated" else ""
    named = dict.fromkeys(addresses.locator(citation).short for citation in cites)
    places = commas(name for name in named if name != whole)
    if not places:
        return label
    return gettext(PLACED.get(status, BEHIND), label=label, places=places)


def page_note(plan: Plan, addresses: Addresses, statements: Iterable[Statement]) -> str:
    """Return what the page with *statements* rests on: only what is stated was read from the source."""
    statements = list(statements)
    return semicolons(_notes(plan, addresses, statements) or _labels(plan, statements))


def _notes(plan: Plan, addresses: Addresses, statements: list[Statement]) -> list[str]:
    notes = []
    for status in CITED:
        cites = [c for each in statements if each.status == status for c in each.all_cites]
        if not cites:
            continue
        label = plan.settings.statuses[status]
        if status == "stated":
            label = gettext("Read from %(source)s", source=plan.settings.wording.primary)
        notes.append(_placed(plan, addresses, status, cites, label))
    return notes


def _labels(plan: Plan, statements: list[Statement]) -> Iterator[str]:
    return (plan.settings.statuses[status] for status in dict.fromkeys(each.status for each in statements))


def _with_places(addresses: Addresses, side: Statement) -> str:
    places = commas(dict.fromkeys(addresses.locator(citation).short for citation in side.cites))
    return with_note(side.plain, places) if places else side.plain
