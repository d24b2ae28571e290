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
from plan_explorer.model.statement_addresses import PublishedStatement
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
                yield PublishedStatement(entity.id, ref.address, ref.statement.all_words)
        for gone in plan.removed_statements(entity):
            moved_to = (gone.moved_to.entry, gone.moved_to.address) if gone.moved_to else None
            yield PublishedStatement(gone.place.entry, gone.place.address, gone.words, moved_to)
