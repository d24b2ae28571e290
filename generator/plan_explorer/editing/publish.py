"""Note what a site makes public, so that it is kept."""

from plan_explorer.checking.published_ids import LEDGER, Published, read, written
from plan_explorer.editing.workspace import Workspace
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses


def publish(workspace: Workspace) -> Workspace:
    """Return *workspace* with every id and address in its ledger; nothing is taken from it."""
    addresses = Addresses(workspace.plan)
    known, _ = read(workspace.text(LEDGER), LEDGER)
    now = [Published(e.id, str(addresses.of(e))) for e in workspace.plan if not isinstance(e, Subject)]
    return workspace.put(LEDGER, written([*known, *now]))
