"""Note what a site makes public, so that it is kept."""

from plan_explorer.addresses import Addresses
from plan_explorer.edits.draft import Draft
from plan_explorer.ledger import LEDGER, Published, read, written
from plan_explorer.settings import Subject


def publish(draft: Draft) -> Draft:
    """Return *draft* with the id and the address of every entry in its ledger; nothing is taken from it."""
    addresses = Addresses(draft.plan)
    known, _ = read(draft.text(LEDGER), LEDGER)
    now = [Published(e.id, str(addresses.of(e))) for e in draft.plan if not isinstance(e, Subject)]
    return draft.put(LEDGER, written([*known, *now]))
