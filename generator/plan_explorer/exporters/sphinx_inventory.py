"""Export ``objects.inv`` for references from Sphinx and mkdocstrings."""

import zlib
from collections.abc import Iterator

from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.model.entities import Entity, Item, Term
from plan_explorer.translation import N_, gettext

LOSSES = (N_("everything but names and addresses"),)


def export(source: ExportSource) -> Export:
    """Return ``objects.inv`` version 2, with ``std:term`` and ``std:label``."""
    plan = source.plan
    head = [
        "# Sphinx inventory version 2",
        f"# Project: {plan.settings.id}",
        f"# Version: {source.version}",
        "# The remainder of this file is compressed using zlib.",
    ]
    body = "".join(f"{line}\n" for line in _lines(source))
    return Export(
        {"objects.inv": "".join(f"{line}\n" for line in head).encode() + zlib.compress(body.encode(), 9)},
        tuple(map(gettext, LOSSES)),
    )


def _lines(source: ExportSource) -> Iterator[str]:
    taken: set[str] = set()
    for entity in source.plan:
        shown, uri = _shown(source, entity), _uri(source, entity)
        yield f"{entity.id} std:label -1 {uri} {shown}"
        name = source.plan.title(entity).replace("\n", " ")
        if isinstance(entity, Term) and name.casefold() not in taken:  # Sphinx ignores case
            taken.add(name.casefold())
            yield f"{name} std:term -1 {uri} {'-' if shown == name else shown}"


def _shown(source: ExportSource, entity: Entity) -> str:
    code = entity.code if isinstance(entity, Item) else ""
    return " ".join(f"{code} {source.plan.title(entity)}".split())


def _uri(source: ExportSource, entity: Entity) -> str:
    """Return the URL of *entity*, with ``$`` for its id."""
    return source.url(source.addresses.of(entity)) or "index.html"
