"""GraphML: every entry as a node, every relation as an edge, for tools that draw and count graphs."""

import io

from plan_explorer.entities import Item
from plan_explorer.exports.base import Export, Source


def export(source: Source) -> Export:
    """Return ``plan.graphml``."""
    import networkx

    plan, graph = source.plan, networkx.MultiDiGraph()
    for entity in plan:
        if entity.id != plan.settings.id:
            kind = entity.level if isinstance(entity, Item) else entity.kind_name
            graph.add_node(entity.id, label=plan.title(entity), kind=kind, url=source.page(entity))
    for item in plan.items:
        for parent in item.parents:
            graph.add_edge(item.id, parent, kind="under", status="stated", because="")
    for entity in plan:
        for relation in entity.relations:
            if entity.id in graph and relation.target in graph:
                says = relation.says
                graph.add_edge(
                    entity.id, relation.target, kind=relation.kind, status=says.status, because=says.words
                )
    text = io.BytesIO()
    networkx.write_graphml(graph, text, encoding="utf-8", prettyprint=True)
    return Export({"plan.graphml": text.getvalue()}, ("statements, names in other languages, dates",))
