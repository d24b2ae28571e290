"""``objects.inv``: terms and items for cross-references from Sphinx and mkdocstrings."""

from plan_explorer.entities import Item, Term
from plan_explorer.entities import Source as Document
from plan_explorer.exports.base import Export, Source


def export(source: Source) -> Export:
    """Return ``objects.inv``, version 2: terms under ``std:term``, the rest under ``std:label``."""
    from sphobjinv import DataObjStr, Inventory, compress

    plan = source.plan
    inventory = Inventory()
    inventory.project, inventory.version = plan.settings.id, source.version
    for entity in plan:
        if isinstance(entity, Document) or entity.id == plan.settings.id:
            continue
        role = "term" if isinstance(entity, Term) else "label"
        title = plan.title(entity)
        code = entity.code if isinstance(entity, Item) else ""
        inventory.objects.append(
            DataObjStr(
                name=title if role == "term" else entity.id,
                domain="std",
                role=role,
                priority="-1",
                uri=source.url(source.addresses.of(entity)),
                dispname=f"{code} {title}".strip(),
            )
        )
    text = inventory.data_file(contract=True)
    return Export({"objects.inv": compress(text)}, ("everything but names and addresses",))
