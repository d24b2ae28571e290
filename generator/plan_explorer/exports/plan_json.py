"""``plan.json``: the whole plan, as its authors wrote it and as the site understands it."""

from hashlib import sha256
from typing import Any

from plan_explorer.entities import Entity, Item
from plan_explorer.exports.base import Export, Source, as_json
from plan_explorer.plan import Plan, Said
from plan_explorer.source import Document, parse
from plan_explorer.statements import Citation

FORMAT = "plan-explorer/1"


def export(source: Source) -> Export:
    """Return the plan as one JSON file, with the schema of that file."""
    return Export({"plan.json": as_json(whole(source)), "plan.schema.json": as_json(SCHEMA)})


def whole(source: Source) -> dict[str, Any]:
    """Return everything about the plan.

    ``files`` holds what the authors wrote, file by file: read back, it is the same plan. ``entries`` says
    the same in the terms of the site: every statement with its status, its places and its address.
    """
    plan = source.plan
    files = {name: document.data for name, document in _documents(plan).items()}
    return {
        "format": FORMAT,
        "id": plan.settings.id,
        "title": plan.settings.title or plan.settings.site_name,
        "version": source.version,
        "hash": sha256(as_json(files)).hexdigest(),
        "files": files,
        "entries": [entry(source, entity) for entity in plan],
    }


def _documents(plan: Plan) -> dict[str, Document]:
    """Return the documents of *plan* by their path within its folder."""
    home = plan.entries[plan.settings.id].document
    folder = home.path.removesuffix("plan.yaml")
    found = {entry.document.path: entry.document for entry in plan.entries.values()}
    return {path.removeprefix(folder): found[path] for path in sorted(found)}


def documents(data: dict[str, Any], shown: str) -> dict[str, Document]:
    """Return the documents that *data* was made of, as if they had been read from their files."""
    texts = {name: as_json(content).decode() for name, content in data["files"].items()}
    return {name: parse(text, f"{shown}/{name}")[0] for name, text in texts.items()}


def entry(source: Source, entity: Entity) -> dict[str, Any]:
    """Return what the site says of *entity*."""
    plan = source.plan
    found: dict[str, Any] = {
        "id": entity.id,
        "kind": plan.level(entity).id if isinstance(entity, Item) else entity.kind_name,
        "title": plan.title(entity),
        "names": {tag: name.model_dump(exclude_defaults=True) for tag, name in entity.name.items()},
        "url": source.url(source.addresses.of(entity)),
    }
    if isinstance(entity, Item):
        found |= {"code": entity.code, "under": list(entity.parents)}
    if entity.date:
        found["date"] = {
            "edtf": entity.date.edtf.edtf if entity.date.edtf else None,
            "label": entity.date.label,
        }
    found["statements"] = [_said(source, said) for said in plan.said[entity.id] if said.key[0] != "relations"]
    found["relations"] = [
        {
            "kind": relation.kind,
            "target": relation.target,
            "status": relation.says.status,
            "because": relation.says.words,
            "cites": [_place(source, citation) for citation in relation.says.all_cites],
        }
        for relation in entity.relations
    ]
    return {key: value for key, value in found.items() if value not in ("", [], {}, None)}


def _said(source: Source, said: Said) -> dict[str, Any]:
    statement = said.statement
    found: dict[str, Any] = {
        "number": said.number,
        "text": statement.words,
        "status": statement.status,
        "reason": statement.reason,
        "cites": [_place(source, citation) for citation in statement.cites],
        "sides": [
            {"text": side.words, "cites": [_place(source, c) for c in side.cites]} for side in statement.sides
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _place(source: Source, citation: Citation) -> dict[str, str]:
    place = {"source": citation.source, "locator": citation.locator}
    place["url"] = source.url(source.addresses.citation(citation))
    return {key: value for key, value in place.items() if value}


_TEXT = {"type": "string"}
_PLACE = {
    "type": "object",
    "required": ["source", "url"],
    "properties": {"source": _TEXT, "locator": _TEXT, "url": _TEXT},
    "additionalProperties": False,
}
_PLACES = {"type": "array", "items": {"$ref": "#/$defs/place"}}
_STATUS = {"enum": ["stated", "inferred", "background", "disputed", "editorial"]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A plan, as Plan Explorer gives it",
    "type": "object",
    "required": ["format", "id", "version", "hash", "files", "entries"],
    "properties": {
        "format": {"const": FORMAT},
        "id": _TEXT,
        "title": _TEXT,
        "version": {"description": "The date of the content, EDTF.", **_TEXT},
        "hash": {"description": "SHA-256 of 'files'.", "type": "string", "pattern": "^[0-9a-f]{64}$"},
        "files": {
            "description": "What the authors wrote, by file.",
            "type": "object",
            "required": ["plan.yaml"],
        },
        "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
    },
    "additionalProperties": False,
    "$defs": {
        "place": _PLACE,
        "said": {
            "type": "object",
            "required": ["number", "status"],
            "properties": {
                "number": {"type": "integer", "minimum": 1},
                "text": _TEXT,
                "status": _STATUS,
                "reason": _TEXT,
                "cites": _PLACES,
                "sides": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"text": _TEXT, "cites": _PLACES}},
                },
            },
            "additionalProperties": False,
        },
        "entry": {
            "type": "object",
            "required": ["id", "kind", "title", "url"],
            "properties": {
                "id": _TEXT,
                "kind": _TEXT,
                "title": _TEXT,
                "url": _TEXT,
                "code": _TEXT,
                "names": {"type": "object"},
                "under": {"type": "array", "items": _TEXT},
                "date": {"type": "object"},
                "statements": {"type": "array", "items": {"$ref": "#/$defs/said"}},
                "relations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind", "target", "status"],
                        "properties": {
                            "kind": _TEXT,
                            "target": _TEXT,
                            "status": _STATUS,
                            "because": _TEXT,
                            "cites": _PLACES,
                        },
                        "additionalProperties": False,
                    },
                },
            },
            "additionalProperties": False,
        },
    },
}
