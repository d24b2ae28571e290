"""Record the ids and addresses that a site publishes."""

from plan_explorer.checking.published_ids import (
    PUBLISHED_IDS,
    PublishedId,
    format_published_ids,
    parse_published_ids,
)
from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses


def publish_ids(workspace: Workspace) -> Workspace:
    """Return *workspace* with all current ids published."""
    addresses = Addresses(workspace.plan)
    known, _ = parse_published_ids(workspace.text(PUBLISHED_IDS), PUBLISHED_IDS)
    now = [PublishedId(e.id, str(addresses.of(e))) for e in workspace.plan if not isinstance(e, Subject)]
    return workspace.put(PUBLISHED_IDS, format_published_ids([*known, *now]))
