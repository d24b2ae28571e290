"""Export everything about a plan as ``plan.json``."""

from collections.abc import Collection
from typing import Any

from plan_explorer.documents.document import Key
from plan_explorer.exporters.base import (
    Export,
    ExportSource,
    as_lines,
    named_indicators,
    statement_fields,
    without_empty,
)
from plan_explorer.exporters.plan_schema import SCHEMA
from plan_explorer.loading.plan_json import FORMAT, as_json
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import (
    Actor,
    Comparison,
    Crosswalk,
    Entity,
    Event,
    Item,
    Name,
    Source,
    Term,
    View,
)
from plan_explorer.model.indicators import Indicator, Target
from plan_explorer.model.plan import StatementRef
from plan_explorer.model.statements import Citation, Date, Model, Statement, words_of


def export(source: ExportSource) -> Export:
    """Return the plan as one JSON file, with the schema of that file."""
    return Export({"plan.json": as_lines(whole(source)), "plan.schema.json": as_json(SCHEMA)})


def whole(source: ExportSource) -> dict[str, Any]:
    """Return everything about the plan.

    ``files`` is what the authors wrote, by file, from which the plan can be read again. ``texts`` has the
    original text of these files, with comments. ``entries`` has the same content as the site shows it: every
    statement with its status, citations and address.
    """
    settings = source.plan.settings
    return {
        "format": FORMAT,
        "id": settings.id,
        "title": settings.title or settings.site_name,
        "version": source.version,
        "hash": source.hash,
        "licence": settings.licence,
        "site": source.base,
        "files": {name: document.data for name, document in source.documents.items()},
        "texts": {name: document.text for name, document in source.documents.items()},
        "entries": [entry(source, entity) for entity in source.plan],
    }


def entry(source: ExportSource, entity: Entity) -> dict[str, Any]:
    """Return what the site says about *entity*, cached."""
    if entity.id not in source.entry_cache:
        source.entry_cache[entity.id] = _entry(source, entity)
    return source.entry_cache[entity.id]


def _entry(source: ExportSource, entity: Entity) -> dict[str, Any]:
    plan = source.plan
    return without_empty(
        {
            "id": entity.id,
            "kind": entity.level if isinstance(entity, Item) else entity.kind_name,
            "title": plan.title(entity),
            "url": source.url(source.addresses.of(entity)),
            "code": entity.code if isinstance(entity, Item) else "",
            "under": list(entity.parents) if isinstance(entity, Item) else [],
            "names": {tag: _name(name) for tag, name in entity.name.items()},
            "short": {tag: name.text for tag, name in entity.short.items()},
            "gist": entity.gist,
            "date": _date(source, entity.date) if entity.date else None,
            "formerly": list(entity.formerly),
            "details": _details(source, entity),
            "statements": [_statement(source, ref) for ref in source.statements(entity)],
            "relations": [_relation(source, entity, at) for at in range(len(entity.relations))],
        }
    )


def _name(name: Name) -> dict[str, str]:
    sure = name.confidence == "verified"
    return without_empty(
        {"text": name.text, "confidence": "" if sure else name.confidence, "basis": name.basis}
    )


def _statement(source: ExportSource, ref: StatementRef) -> dict[str, Any]:
    return without_empty(
        {
            **statement_fields(ref),
            "cites": _places(source, ref.statement.cites),
            "sides": [
                {"text": side.words, "cites": _places(source, side.cites)} for side in ref.statement.sides
            ],
            "url": source.statement(ref),
        }
    )


def _relation(source: ExportSource, entity: Entity, at: int) -> dict[str, Any]:
    relation = entity.relations[at]
    return without_empty(
        {
            "kind": relation.kind,
            "target": relation.target,
            **_because(source, relation.says),
            "date": _date(source, relation.date) if relation.date else None,
        }
    )


def _because(source: ExportSource, says: Statement) -> dict[str, Any]:
    return {"status": says.status, "because": says.words, "cites": _places(source, says.all_cites)}


def backlinks(source: ExportSource, entity: Entity) -> list[dict[str, Any]]:
    """Return the relations from other entries to *entity*."""
    return [
        without_empty(
            {
                "source": link.other.id,
                "title": source.plan.title(link.other),
                "kind": link.relation.kind,
                "label": link.label,
                **_because(source, link.relation.says),
                "url": source.url(source.addresses.of(link.other)),
            }
        )
        for link in source.plan.links(entity)
        if not link.outgoing
    ]


def _date(source: ExportSource, date: Date) -> dict[str, Any]:
    period = date.edtf
    return without_empty(
        {
            "edtf": period.edtf if period else "",
            "label": date.label,
            "status": date.status,
            "reason": date.reason,
            "cites": _places(source, date.cites),
            "alternatives": [
                without_empty(
                    {"edtf": each.edtf.edtf, "label": each.label, "cites": _places(source, each.cites)}
                )
                for each in date.alternatives
            ],
            "earlier": [_plain(source, each) for each in date.earlier],
        }
    )


def _details(source: ExportSource, entity: Entity) -> dict[str, Any]:
    """Return the fields that only this kind of entry has."""
    details: dict[str, Any] = {}
    if isinstance(entity, Item):
        details = {"target": _target(source, entity.target) if entity.target else None}
        details |= _measured(source, entity) if entity.indicators or entity.progress else {}
    elif isinstance(entity, Actor):
        details = {"kind": entity.kind, "under": entity.under}
    elif isinstance(entity, Event):
        details = {"kind": entity.kind, "place": entity.place}
    elif isinstance(entity, Term):
        details = {"kind": entity.kind, "variants": {tag: list(all) for tag, all in entity.variants.items()}}
    elif isinstance(entity, View):
        details = {"groups": [{"id": g.id, "members": list(g.members)} for g in entity.groups]}
    elif isinstance(entity, Comparison):
        details = {"sources": entity.sources, "points": _points(source, entity)}
    elif isinstance(entity, Crosswalk):
        details = _crosswalk(entity)
    elif isinstance(entity, Source):
        names = ("publisher", "url", "language", "translation", "checked", "licence")
        details = {name: getattr(entity, name) for name in names}
    return without_empty(details)


def _points(source: ExportSource, comparison: Comparison) -> list[dict[str, Any]]:
    """Return the points of *comparison*, with the addresses of what it says of each source."""
    sections = [section.section for section in comparison.sections for _ in section.rows]
    return [
        without_empty(
            {
                "section": section,
                "point": point.row.point,
                "kind": point.row.kind,
                "items": list(point.row.items),
                "sides": dict(zip(comparison.sources, (ref.address for ref in point.sides), strict=True)),
            }
        )
        for section, point in zip(sections, source.plan.points(comparison), strict=True)
    ]


def _crosswalk(crosswalk: Crosswalk) -> dict[str, Any]:
    """Return what a crosswalk pairs; every pair rests on its source."""
    pairs = [
        {**pair.model_dump(exclude={"because"}), "because": pair.because.words if pair.because else ""}
        for pair in crosswalk.pairs
    ]
    return {
        "to": crosswalk.to,
        "source": crosswalk.source,
        "within": list(crosswalk.within),
        "others": [without_empty(each.model_dump()) for each in crosswalk.others],
        "pairs": [without_empty(each) for each in pairs],
    }


def _target(source: ExportSource, target: Target) -> dict[str, Any]:
    baseline = target.baseline
    return without_empty(
        {
            "indicator": target.indicator,
            "value": target.value,
            "unit": target.unit,
            "comparator": target.comparator,
            "due": target.due.edtf if target.due else "",
            "cites": _places(source, target.cites),
            "earlier": [_plain(source, each) for each in target.earlier],
            "baseline": without_empty(
                {
                    "value": baseline.value,
                    "date": baseline.date.edtf if baseline.date else "",
                    "cites": _places(source, baseline.cites),
                }
            )
            if baseline
            else None,
        }
    )


def _measured(source: ExportSource, item: Item) -> dict[str, Any]:
    """Return the indicators and the progress of *item*, each figure with the address of its statement."""
    addresses = {ref.key: ref.address for ref in source.statements(item)}
    indicators = [
        without_empty(
            {
                "id": called,
                **_plain(source, each, {"id", "about", "values_file", *SERIES}),
                "about": addresses.get((*key, "about")),
                **_series(source, each, key, addresses),
            }
        )
        for called, key, each in named_indicators(item)
        if key != ("target",)
    ]
    progress = [
        {
            "state": each.state,
            "name": source.plan.settings.progress[each.state].name,
            "date": each.date.edtf,
            "address": addresses["progress", at],
        }
        for at, each in enumerate(item.progress)
    ]
    return {"indicators": indicators, "progress": progress}


SERIES = ("baseline", "values", "milestones", "targets")


def _series(
    source: ExportSource, indicator: Indicator, key: Key, addresses: dict[Key, str]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for placed in indicator.placed(key):
        data = {**_plain(source, placed.figure), "address": addresses[placed.key]}
        if placed.role == "baseline":
            found["baseline"] = data
        else:
            found.setdefault(f"{placed.role}s", []).append(data)
    return found


def _plain(source: ExportSource, part: Model, without: Collection[str] = ()) -> dict[str, Any]:
    """Return what is written of a part of an indicator."""
    data: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if name in without or value == field.default:
            continue
        if name == "cites":
            value = _places(source, value)
        elif isinstance(value, Period):
            value = value.edtf
        elif isinstance(value, Model):
            value = _plain(source, value)
        elif isinstance(value, tuple):
            value = [_plain(source, each) for each in value]
        elif name == "because":
            value = words_of(value)
        data[name] = value
    return without_empty(data)


def _places(source: ExportSource, cites: tuple[Citation, ...]) -> list[dict[str, str]]:
    return [source.place_cache.get(citation) or _place(source, citation) for citation in cites]


def _place(source: ExportSource, citation: Citation) -> dict[str, str]:
    """Return a place in a source, cached."""
    place = {"source": citation.source, "locator": citation.locator}
    place |= {"url": source.url(source.addresses.citation(citation))}
    source.place_cache[citation] = without_empty(place)
    return source.place_cache[citation]
