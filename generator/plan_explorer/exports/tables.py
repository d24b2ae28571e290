"""Tables: a CSV file for each kind of thing, and a Data Package that says how they hang together."""

import csv
import io
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from plan_explorer.entities import Entity, Item
from plan_explorer.exports.base import Export, Source, as_json

Row = dict[str, str]

FIELDS: dict[str, dict[str, str]] = {
    "entries": {
        "id": "What the entry is referred to by",
        "kind": "Its level, or actor, event, term, source, view",
        "code": "Its number",
        "title": "Its name in the first language",
        "summary": "What is said of it first",
        "url": "Its page, from the top of the site",
    },
    "names": {
        "entry": "The entry",
        "language": "BCP 47 tag",
        "name": "The name",
        "confidence": "How sure it is",
        "basis": "Why it is given",
    },
    "parents": {
        "entry": "The entry",
        "parent": "An entry it stands under",
        "first": "Whether it is the main one",
    },
    "statements": {
        "entry": "The entry it is about",
        "number": "Its number on the page",
        "text": "What is said",
        "status": "stated, inferred, background, disputed or editorial",
        "reason": "Why it is read so",
    },
    "citations": {
        "entry": "The entry",
        "number": "The statement",
        "source": "The source cited",
        "locator": "The place in it",
    },
    "relations": {
        "entry": "Where the link was written",
        "kind": "Its kind",
        "target": "Where it leads to",
        "status": "On what it rests",
        "because": "Why it holds",
        "cites": "The places it rests on",
    },
    "events": {
        "entry": "The event",
        "kind": "Its kind",
        "date": "EDTF",
        "first": "First day it may mean",
        "last": "Last day it may mean",
        "label": "The source's words",
    },
    "sources": {
        "entry": "The source",
        "publisher": "Who published it",
        "date": "EDTF",
        "url": "Its address",
        "language": "BCP 47 tag",
        "translation": "Whose translation",
    },
}
"""The columns of each table, and what they hold."""

KEYS = {
    "entries": ["id"],
    "names": ["entry", "language"],
    "parents": ["entry", "parent"],
    "statements": ["entry", "number"],
    "events": ["entry"],
    "sources": ["entry"],
}
"""What is different in every row."""

REFERENCES = {
    "names": {"entry": "entries"},
    "parents": {"entry": "entries", "parent": "entries"},
    "statements": {"entry": "entries"},
    "citations": {"entry": "entries", "source": "entries"},
    "relations": {"entry": "entries", "target": "entries"},
    "events": {"entry": "entries"},
    "sources": {"entry": "entries"},
}
"""Columns that hold the id of a row of another table."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def export(source: Source) -> Export:
    """Return the tables and ``datapackage.json``."""
    files = {f"{name}.csv": _csv(name, rows) for name, rows in tables(source).items()}
    descriptor = _descriptor(source, files)
    losses = ("views, indicators and the outlines of sources are only in plan.json",)
    return Export({**files, "datapackage.json": as_json(descriptor)}, losses)


def tables(source: Source) -> dict[str, list[Row]]:
    """Return the rows of every table."""
    plan = source.plan
    entities = [entity for entity in plan if entity.id != plan.settings.id]
    return {
        "entries": [_entry(source, entity) for entity in entities],
        "names": [
            {"entry": e.id, "language": tag, "name": n.text, "confidence": n.confidence, "basis": n.basis}
            for e in entities
            for tag, n in e.name.items()
        ],
        "parents": [
            {"entry": item.id, "parent": parent, "first": "true" if at == 0 else "false"}
            for item in plan.items
            for at, parent in enumerate(item.parents)
        ],
        "statements": list(_statements(source, entities)),
        "citations": list(_citations(source, entities)),
        "relations": [
            {
                "entry": e.id,
                "kind": r.kind,
                "target": r.target,
                "status": r.says.status,
                "because": r.says.words,
                "cites": "; ".join(str(citation) for citation in r.says.all_cites),
            }
            for e in entities
            for r in e.relations
            if r.target != plan.settings.id
        ],
        "events": [_event(event) for event in plan.events],
        "sources": [
            {
                "entry": s.id,
                "publisher": s.publisher,
                "date": _edtf(s),
                "url": s.url,
                "language": s.language,
                "translation": s.translation,
            }
            for s in plan.sources
        ],
    }


def _entry(source: Source, entity: Entity) -> Row:
    plan = source.plan
    return {
        "id": entity.id,
        "kind": entity.level if isinstance(entity, Item) else entity.kind_name,
        "code": entity.code if isinstance(entity, Item) else "",
        "title": plan.title(entity),
        "summary": entity.summary.words if entity.summary else "",
        "url": source.url(source.addresses.of(entity)),
    }


def _statements(source: Source, entities: Iterable[Entity]) -> Iterator[Row]:
    for entity in entities:
        for said in source.plan.said[entity.id]:
            if said.key[0] != "relations":
                yield {
                    "entry": entity.id,
                    "number": str(said.number),
                    "text": said.statement.words,
                    "status": said.statement.status,
                    "reason": said.statement.reason,
                }


def _citations(source: Source, entities: Iterable[Entity]) -> Iterator[Row]:
    for entity in entities:
        for said in source.plan.said[entity.id]:
            if said.key[0] != "relations":
                for citation in said.statement.all_cites:
                    yield {
                        "entry": entity.id,
                        "number": str(said.number),
                        "source": citation.source,
                        "locator": citation.locator,
                    }


def _event(event: Any) -> Row:
    period = event.period
    return {
        "entry": event.id,
        "kind": event.kind,
        "date": _edtf(event),
        "first": period.first.isoformat() if period and period.first else "",
        "last": period.last.isoformat() if period and period.last else "",
        "label": event.date.label if event.date else "",
    }


def _edtf(entity: Entity) -> str:
    return entity.date.edtf.edtf if entity.date and entity.date.edtf else ""


def _csv(name: str, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(FIELDS[name]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _disarmed(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _disarmed(value: str) -> str:
    """Return *value* so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def _descriptor(source: Source, files: dict[str, bytes]) -> dict[str, Any]:
    settings = source.plan.settings
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": settings.id,
        "title": settings.title or settings.site_name,
        "version": source.version,
        "created": f"{source.version}T00:00:00Z" if len(source.version) == len("2026-01-01") else None,
        "resources": [_resource(name, files[f"{name}.csv"]) for name in FIELDS],
    } | {}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": field, "type": _type(field), "description": about}
            for field, about in FIELDS[name].items()
        ],
        "missingValues": [""],
    }
    if name in KEYS:
        schema["primaryKey"] = KEYS[name]
    if name in REFERENCES:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": other, "fields": ["id"]}}
            for field, other in REFERENCES[name].items()
        ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema,
    }


def _type(field: str) -> str:
    return "integer" if field == "number" else "string"
