"""Export JSON and Markdown beside each page, and ``llms.txt``."""

from collections.abc import Iterator, Sequence

from plan_explorer.exporters.base import Export, ExportSource, as_lines
from plan_explorer.exporters.plan_json import backlinks, entry
from plan_explorer.loading.plan_json import FORMAT
from plan_explorer.model.entities import Entity, Item
from plan_explorer.model.plan import StatementRef
from plan_explorer.model.statements import Statement
from plan_explorer.site.addresses import Address

LOSSES = ("pages that only order or compare what stands on others: indexes, comparisons, about",)


def export(source: ExportSource) -> Export:
    """Return ``llms.txt``, and ``PAGE.json`` and ``PAGE.md`` for pages with entries."""
    files = {"llms.txt": _index(source).encode()}
    for path, entities in pages(source).items():
        files[source.beside(path, ".json")] = _json(source, path, entities)
        files[source.beside(path, ".md")] = "\n".join(_markdown(source, entities)).encode()
    return Export(files, LOSSES)


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


# --- Markdown


def _markdown(source: ExportSource, entities: Sequence[Entity]) -> Iterator[str]:
    """Yield the lines of a page's entries."""
    plan, alone = source.plan, len(entities) == 1
    first = entities[0]
    if alone or not source.addresses.of(first).anchor:
        yield from (f"# {_title(source, first)}", "")
        rest = entities[1:]
        yield from _body(source, first)
    else:
        yield from (f"# {plan.settings.site_name}: {source.addresses.of(first).path.split('/')[0]}", "")
        rest = entities
    for entity in rest:
        yield from (f"## {_title(source, entity)}", "")
        yield from _body(source, entity)
    yield from (
        "---",
        "",
        f"{plan.settings.site_name}, version of {plan.settings.as_of}. {_origin(source)}",
        "",
    )


def _origin(source: ExportSource) -> str:
    """Return the sources of the statements and their licence."""
    licence = source.plan.settings.licence
    rests = (
        f"Places in brackets are those of the sources cited ({source.plan.primary.id} is the primary one)."
    )
    return f"{rests} Licence: {licence}." if licence else rests


def _body(source: ExportSource, entity: Entity) -> Iterator[str]:
    plan = source.plan
    others = [f"{name.text} ({tag})" for tag, name in entity.name.items() if tag != plan.settings.language]
    yield f"`{entity.id}` · {plan.noun(entity)}" + "".join(f" · {other}" for other in others)
    yield ""
    if entity.date:
        yield from (f"Date: {entity.date}", "")
    said = [each for each in plan.said[entity.id] if each.key[0] != "relations"]
    yield from (line for each in said for line in _statement(source, each))
    links = [
        f"- {link.label}: {plan.title(link.other)} (`{link.other.id}`){_reason(source, link.relation.says)}"
        for link in plan.links(entity)
    ]
    yield from (["", "Relations:", "", *links] if links else [])
    yield ""


def _statement(source: ExportSource, said: StatementRef) -> Iterator[str]:
    yield f"- {_text_with_citations(source, said.statement)}"
    for side in said.statement.sides:
        yield f"    - {_text_with_citations(source, side)}"
    if said.statement.reason:
        yield f"    - Why it is read so: {said.statement.reason}"


def _text_with_citations(source: ExportSource, statement: Statement) -> str:
    places = ", ".join(str(citation) for citation in statement.cites)
    status = source.plan.settings.statuses[statement.status]
    return f"{statement.words} [{status}{': ' if places else ''}{places}]".strip()


def _reason(source: ExportSource, says: Statement) -> str:
    if not (says.words or says.cites):
        return ""
    return f"{' – ' if says.words else ' '}{_text_with_citations(source, says)}"


def _title(source: ExportSource, entity: Entity) -> str:
    code = entity.code if isinstance(entity, Item) else ""
    return f"{code} {source.plan.title(entity)}".strip()


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
    lines += ["## Other pages", ""]
    lines += [f"- [{_name(source, path, own[path])}]({source.beside(path, '.md')})" for path in others]
    whole = "- [plan.json](data/plan.json): everything, with the place that each statement rests on"
    return "\n".join([*lines, "", "## Optional", "", whole, ""])


def _link(source: ExportSource, item: Item) -> str:
    about = f": {item.summary.words}" if item.summary else ""
    path = source.beside(source.addresses.of(item).path, ".md")
    return f"- [{_title(source, item)}]({path}){about}"


def _name(source: ExportSource, path: str, entities: list[Entity]) -> str:
    if len(entities) == 1 or not source.addresses.of(entities[0]).anchor:
        return _title(source, entities[0])
    return f"{len(entities)} entries: {path.removesuffix('.md').removesuffix('/index')}"


def _line(text: str) -> str:
    return " ".join(text.split())
