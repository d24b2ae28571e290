"""Put the table of all commitments into columns of plain text, as files hold it."""

from collections.abc import Iterable, Iterator

from plan_explorer.model.entities import UNSURE_WORDS, Entity, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Status
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.views.comparison import Commitment, Table
from plan_explorer.site.views.indicators import has_standing, in_short
from plan_explorer.site.views.item import Value, by_role
from plan_explorer.site.views.statements import SHOWN
from plan_explorer.translation import commas, gettext, labelled, pgettext, semicolons, with_note

Columns = dict[str, str]
"""The cells of a row, by the heads of the columns."""


def address_head() -> str:
    """Return the head of the last column, which whoever makes the file fills in."""
    return gettext("Address")


def rows(
    plan: Plan, addresses: Addresses, table: Table, *, stated: bool = False
) -> Iterator[tuple[Item, Columns]]:
    """Yield the items of *table* with their cells; those under the lens if *stated* is set."""
    for top, lines in table.groups:
        for line in lines:
            yield line.item, _columns(plan, addresses, top, line, stated)


def _columns(plan: Plan, addresses: Addresses, top: Item | None, line: Commitment, stated: bool) -> Columns:
    item, statuses = line.item, plan.settings.statuses

    def noted(words: str, *notes: str, status: Status) -> str:
        """Return *words* with *notes*, and with the label unless the primary source states it."""
        shown = [*filter(None, notes), *([] if status == "stated" else [statuses[status]])]
        return with_note(words, semicolons(shown)) if shown else words

    def kept(values: Iterable[Value]) -> Iterator[tuple[Entity, Value]]:
        return ((v.entity, v) for v in values if v.entity and (v.is_stated or not stated))

    roles = by_role(value for _, value in kept(line.actors))
    actors = {
        role: commas(
            noted(plan.title(actor), status=value.says.status if value.says else "stated")
            for actor, value in some
        )
        for role, some in roles.items()
    }
    dates = [
        noted(date.words, _title(plan, date.through), status=date.status)
        for date in line.dates
        if date.is_stated or not stated
    ]
    places = (addresses.locator(place).short for place in dict.fromkeys(line.places))
    labels = [statuses[status] for status in line.labels if status in SHOWN or not stated]
    return {
        pgettext("of an entry", "Code"): item.code or "",
        pgettext("a column", "Kind"): plan.level(item).name.one,
        pgettext("of a plan", "Part"): _title(plan, top),
        **{
            with_note(pgettext("a column", "Name"), language.name): _name(plan, item, tag)
            for tag, language in plan.settings.languages.items()
        },
        pgettext("a column", "Actors and roles"): semicolons(
            labelled(role, names) for role, names in actors.items()
        ),
        pgettext("a column", "Dates"): semicolons(dates),
        **_measured(plan, line, stated),
        gettext("Terms"): semicolons(plan.title(term) for term, _ in kept(line.terms)),
        gettext("Labels"): semicolons(labels),
        **_counterparts(plan, item, stated),
        pgettext("of a statement", "Source"): semicolons(places),
    }


def _measured(plan: Plan, line: Commitment, stated: bool) -> Columns:
    """Return the figures and the progress of a row, if the plan has any."""
    if not has_standing(plan):
        return {}
    figures = [each for each in line.figures if each.is_stated or not stated]
    told = [each for each in line.progress if each.is_stated or not stated]
    ways = [(each.status(aim), way) for each in figures for aim, way in each.ways]
    late = any(way.overdue and (status in SHOWN or not stated) for status, way in ways)
    return {
        pgettext("a column", "Figures"): semicolons(
            labelled(each.indicator.name, in_short(each, stated=stated)) for each in figures
        ),
        gettext("Past its date"): gettext("yes") if late else "",
        gettext("Progress"): semicolons(each.dated for each in told),
    }


def _counterparts(plan: Plan, item: Item, stated: bool) -> Columns:
    """Return the counterparts of *item* by framework, if the plan has any crosswalk."""
    heads = {each.to: gettext("Counterparts in %(framework)s", framework=each.to) for each in plan.crosswalks}
    cells: dict[str, list[str]] = {head: [] for head in heads.values()}
    for crosswalk, pair in plan.counterparts(item):
        words = plan.settings.relations[pair.relation].name
        if stated and crosswalk.source != plan.settings.primary:
            continue
        cells[heads[crosswalk.to]].append(with_note(pair.other, words))
    return {head: semicolons(found) for head, found in cells.items()}


def _name(plan: Plan, item: Item, tag: str) -> str:
    """Return the name of *item* in a language, with the word for how unsure it is."""
    name = item.name.get(tag)
    if not name:
        return plan.title(item) if tag == plan.settings.language else ""
    return with_note(name.text, gettext(UNSURE_WORDS[name.confidence])) if name.unsure else name.text


def _title(plan: Plan, item: Item | None) -> str:
    """Return the code and title of *item*, or nothing."""
    return f"{item.code or ''} {plan.title(item)}".strip() if item else ""
