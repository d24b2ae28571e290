"""Record the ids, statements and addresses that a site publishes."""

from collections.abc import Iterator

from plan_explorer.checking.published_ids import (
    PUBLISHED_IDS,
    PublishedId,
    format_published_ids,
    parse_published_ids,
)
from plan_explorer.checking.published_statements import STATEMENTS, format_statements
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
    return edited.put(STATEMENTS, format_statements(_statements(plan)))


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
