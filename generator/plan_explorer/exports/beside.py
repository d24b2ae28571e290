"""The plan for machines that read pages: ``llms.txt``, and a JSON and a Markdown file for every item."""

from plan_explorer.entities import Entity, Item
from plan_explorer.exports.base import Export, Source, as_json
from plan_explorer.exports.plan_json import entry


def export(source: Source) -> Export:
    """Return ``llms.txt``, and ``items/ID.json`` and ``items/ID.md`` for every item."""
    plan, files = source.plan, {"llms.txt": _index(source).encode()}
    for item in plan.items:
        links = [
            {"entry": link.other.id, "label": link.label, "title": plan.title(link.other)}
            for link in plan.links(item)
            if not link.outgoing
        ]
        files[f"items/{item.id}.json"] = as_json(entry(source, item) | {"backlinks": links})
        files[f"items/{item.id}.md"] = _markdown(source, item).encode()
    return Export(
        files, ("actors, events, terms and sources have no file of their own; they are in plan.json",)
    )


def _index(source: Source) -> str:
    plan = source.plan
    lines = [f"# {plan.settings.site_name}", "", f"> {' '.join(plan.settings.lede.split())}", ""]
    for strand in plan.settings.strands:
        items = list(plan.walk(strand))
        if items:
            lines += [f"## {strand.name}", ""]
            lines += [f"- [{_title(source, item)}](items/{item.id}.md): {_summary(item)}" for item in items]
            lines.append("")
    return "\n".join(lines)


def _markdown(source: Source, item: Item) -> str:
    plan = source.plan
    lines = [f"# {_title(source, item)}", ""]
    for said in plan.said[item.id]:
        if said.key[0] != "relations":
            places = ", ".join(str(citation) for citation in said.statement.all_cites)
            status = plan.settings.statuses[said.statement.status]
            lines.append(f"- {said.statement.words} [{status}: {places}]")
    for link in plan.links(item):
        why = f" – {link.relation.says.words}" if link.relation.says.words else ""
        lines.append(f"- {link.label}: {plan.title(link.other)} (`{link.other.id}`){why}")
    return "\n".join([*lines, ""])


def _title(source: Source, item: Item) -> str:
    return f"{item.code} {source.plan.title(item)}".strip()


def _summary(entity: Entity) -> str:
    return entity.summary.words if entity.summary else ""
