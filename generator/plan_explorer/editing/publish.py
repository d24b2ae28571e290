"""Note what a site makes public, so that it is kept."""

from plan_explorer.checking.published_ids import LEDGER, Published, read, written
from plan_explorer.editing.workspace import Draft
from plan_explorer.model.settings import Subject
from plan_explorer.site.addresses import Addresses


def publish(draft: Draft) -> Draft:
    """Return *draft* with the id and the address of every entry in its ledger; nothing is taken from it."""
    addresses = Addresses(draft.plan)
    known, _ = read(draft.text(LEDGER), LEDGER)
    now = [Published(e.id, str(addresses.of(e))) for e in draft.plan if not isinstance(e, Subject)]
    return draft.put(LEDGER, written([*known, *now]))
