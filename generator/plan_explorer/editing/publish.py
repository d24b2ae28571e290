"""Record the ids and addresses that a site publishes."""

from plan_explorer.checking.published_ids import LEDGER, Published, format_ledger, parse_ledger
from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses


def publish_ids(workspace: Workspace) -> Workspace:
    """Return *workspace* with all current ids published."""
    addresses = Addresses(workspace.plan)
    known, _ = parse_ledger(workspace.text(LEDGER), LEDGER)
    now = [Published(e.id, str(addresses.of(e))) for e in workspace.plan if not isinstance(e, Subject)]
    return workspace.put(LEDGER, format_ledger([*known, *now]))
