"""Export JSON and Markdown beside each page, and ``llms.txt``."""

from plan_explorer.exporters.base import Export, ExportSource, as_lines
from plan_explorer.exporters.plan_json import backlinks, entry
from plan_explorer.loading.plan_json import FORMAT
from plan_explorer.model.entities import Entity, Item
from plan_explorer.site.addresses import Address
from plan_explorer.translation import N_, gettext, ngettext

LOSSES = (N_("pages that only order or compare what stands on others: indexes, comparisons, about"),)


def export(source: ExportSource) -> Export:
    """Return ``llms.txt``, and ``PAGE.json`` and ``PAGE.md`` for pages with entries."""
    files = {"llms.txt": _index(source).encode()}
    for path, entities in pages(source).items():
        files[source.beside(path, ".json")] = _json(source, path, entities)
    return Export(files, tuple(map(gettext, LOSSES)))


def pages(source: ExportSource) -> dict[str, list[Entity]]:
    """Return the entries by Markdown file."""
    entities: dict[str, list[Entity]] = {}
    for entity in [*source.plan.items, *(e for e in source.plan if not isinstance(e, Item))]:
        entities.setdefault(source.addresses.of(entity).path, []).append(entity)
    return {
        path: sorted(entities[path], key=lambda e: bool(source.addresses.of(e).anchor)) for path in entities
    }


def _json(source: ExportSource, path: str, entities: list[Entity]) -> bytes:
    settings = source.plan.settings
    return as_lines(
        {
            "format": FORMAT,
            "plan": settings.id,
            "version": source.version,
            "licence": settings.licence,
            "url": source.base + source.url(Address(path)),
            "entries": [_entry(source, entity) for entity in entities],
        }
    )


def _entry(source: ExportSource, entity: Entity) -> dict[str, object]:
    links = backlinks(source, entity)
    return entry(source, entity) | ({"backlinks": links} if links else {})


# --- llms.txt


def _index(source: ExportSource) -> str:
    """Return the index in the format of llmstxt.org."""
    plan = source.plan
    settings = plan.settings
    lines = [f"# {settings.site_name}", "", f"> {_line(settings.lede or settings.title)}", ""]
    if settings.wording.not_this:
        lines += [_line(settings.wording.not_this), ""]
    own = pages(source)
    for strand in settings.strands:
        items = [item for item in plan.walk(strand) if not source.addresses.of(item).anchor]
        if items:
            lines += [f"## {strand.name}", "", *(_link(source, item) for item in items), ""]
    others = [path for path, each in own.items() if not any(isinstance(e, Item) for e in each)]
    lines += ["## " + gettext("Other pages"), ""]
    lines += [f"- [{_name(source, path, own[path])}]({source.beside(path, '.md')})" for path in others]
    everything = gettext("everything, with the place that each statement rests on")
    whole = f"- [plan.json](data/plan.json): {everything}"
    return "\n".join([*lines, "", "## Optional", "", whole, ""])


def _title(source: ExportSource, entity: Entity) -> str:
    code = entity.code if isinstance(entity, Item) else ""
    return f"{code} {source.plan.title(entity)}".strip()


def _link(source: ExportSource, item: Item) -> str:
    about = f": {item.summary.words}" if item.summary else ""
    path = source.addresses.of(item).path
    return f"- [{_title(source, item)}]({path}){about}"


def _name(source: ExportSource, path: str, entities: list[Entity]) -> str:
    if len(entities) == 1 or not source.addresses.of(entities[0]).anchor:
        return _title(source, entities[0])
    name = path.removesuffix(".md").removesuffix("/index")
    return ngettext("%(n)s entry: %(page)s", "%(n)s entries: %(page)s", len(entities), page=name)


def _line(text: str) -> str:
    return " ".join(text.split())
