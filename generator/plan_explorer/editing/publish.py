"""Record the ids, statements and addresses that a site publishes."""

from collections.abc import Collection, Iterator

from plan_explorer.checking.published_ids import (
    PUBLISHED_IDS,
    PublishedId,
    format_published_ids,
    parse_published_ids,
)
from plan_explorer.checking.published_statements import STATEMENTS, format_statements
from plan_explorer.editing.translations import (
    TRANSLATIONS,
    Pair,
    Translation,
    find_stale,
    find_translations,
    format_translations,
    parse_translations,
)
from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Subject
from plan_explorer.model.statement_addresses import REMOVED, PublishedStatement, RemovedStatement
from plan_explorer.site.addresses import Addresses


def publish_plan(workspace: Workspace) -> Workspace:
    """Return *workspace* with all current ids and statements published."""
    plan = workspace.plan
    addresses = Addresses(plan)
    known, _ = parse_published_ids(workspace.text(PUBLISHED_IDS), PUBLISHED_IDS)
    now = [PublishedId(e.id, str(addresses.of(e))) for e in plan if not isinstance(e, Subject)]
    edited = workspace.put(PUBLISHED_IDS, format_published_ids([*known, *now]))
    return _with_translations(edited.put(STATEMENTS, format_statements(_statements(plan))))


def _with_translations(workspace: Workspace) -> Workspace:
    """Return *workspace* with what its translations translate, but for those whose original has changed."""
    found, known = translations(workspace)
    stale = {each.pair for each in find_stale(found, known)}
    return _record(workspace, {each.pair for each in found} - stale)


def accept_translations(workspace: Workspace, ids: Collection[str]) -> Workspace:
    """Return *workspace* with the translations in the entries *ids* as right for what they translate now."""
    found, _ = translations(workspace)
    entries = [workspace.plan.entries[id] for id in ids]
    accepted = {
        each.pair
        for each in found
        for entry in entries
        if each.document is entry.document and each.key[: len(entry.key)] == entry.key
    }
    return _record(workspace, accepted)


def translations(workspace: Workspace) -> tuple[list[Translation], list[Pair]]:
    """Return the translations in *workspace*, and what was recorded of them.

    Raises:
        PlanError: ``bad-ledger``, if the list of them is damaged.
    """
    found = list(find_translations(workspace.documents, workspace.plan.settings.languages))
    return found, parse_translations(workspace.text(TRANSLATIONS), f"{workspace.shown}/{TRANSLATIONS}")


def _record(workspace: Workspace, now: Collection[Pair]) -> Workspace:
    """Return *workspace* with the pairs of *now* on its list, and without texts that are nowhere any more."""
    found, known = translations(workspace)
    there = {each.pair[:2] for each in found} - {pair[:2] for pair in now}
    if not now and not known:
        return workspace
    return workspace.put(
        TRANSLATIONS, format_translations([*now, *(pair for pair in known if pair[:2] in there)])
    )


def _statements(plan: Plan) -> Iterator[PublishedStatement]:
    """Yield the statements of *plan* under their addresses, and what is gone with where it went."""
    for entity in plan:
        if isinstance(entity, Subject):
            continue
        for ref in plan.said[entity.id]:
            if ref.published:
                said = ref.statement
                yield PublishedStatement(entity.id, ref.address, said.all_words, cites=said.cited)
        for gone in plan.removed_statements(entity):
            moved_to = (gone.moved_to.entry, gone.moved_to.address) if gone.moved_to else REMOVED
            place = gone.place
            yield gone.published._replace(entry=place.entry, address=place.address, moved_to=moved_to)


def newly_removed(plan: Plan) -> Iterator[RemovedStatement]:
    """Yield what was published, is nowhere in *plan*, and was not yet said to be removed."""
    for entity in plan:
        for gone in plan.removed_statements(entity):
            if not gone.moved_to and gone.published.moved_to != REMOVED:
                yield gone
