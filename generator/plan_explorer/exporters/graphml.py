"""Export GraphML: entries as nodes, relations as edges."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.model.entities import Entity, Item
from plan_explorer.translation import N_, gettext

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
KEYS = {
    "node": ("label", "kind", "code", "summary", "url"),
    "edge": ("kind", "label", "status", "because", "cites"),
}
"""The attributes of nodes and edges, all of type text."""

LOSSES = (
    N_("of what is said of an entry, all but its summary and its relations"),
    N_("names in other languages; dates and figures"),
)


def export(source: ExportSource) -> Export:
    """Return ``plan.graphml``."""
    root = Element("graphml", xmlns=NAMESPACE)
    for holder, names in KEYS.items():
        for name in names:
            key = {"id": f"{holder}-{name}", "for": holder, "attr.name": name, "attr.type": "string"}
            SubElement(root, "key", key)
    graph = SubElement(root, "graph", id=source.plan.settings.id, edgedefault="directed")
    for entity in source.plan:
        _data(SubElement(graph, "node", id=entity.id), "node", _node(source, entity))
    for number, (start, end, data) in enumerate(edges(source), 1):
        _data(SubElement(graph, "edge", id=f"e{number}", source=start, target=end), "edge", data)
    indent(root, " ")
    text = tostring(root, encoding="unicode")
    return Export(
        {"plan.graphml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()},
        tuple(map(gettext, LOSSES)),
    )


def edges(source: ExportSource) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield relations and parent links with attributes."""
    plan = source.plan
    for item in plan.items:
        for parent in item.parents:
            yield item.id, parent, {"kind": "under", "label": gettext("is under")}
    for entity in plan:
        for relation in entity.relations:
            data = {
                "kind": relation.kind,
                "label": plan.settings.relations[relation.kind].name,
                "status": relation.says.status,
                "because": relation.says.words,
                "cites": "; ".join(map(str, relation.says.all_cites)),
            }
            yield entity.id, relation.target, data


def _node(source: ExportSource, entity: Entity) -> dict[str, str]:
    return {
        "label": source.plan.title(entity),
        "kind": entity.level if isinstance(entity, Item) else entity.kind_name,
        "code": entity.code if isinstance(entity, Item) else "",
        "summary": entity.summary.words if entity.summary else "",
        "url": source.page(entity),
    }


def _data(element: Element, holder: str, data: dict[str, str]) -> None:
    for name, value in data.items():
        if value:
            SubElement(element, "data", key=f"{holder}-{name}").text = value
