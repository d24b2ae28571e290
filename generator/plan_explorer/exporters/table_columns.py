"""Define the columns of the tables and their links."""

from typing import Any, get_args

from plan_explorer.model.entities import Confidence
from plan_explorer.model.indicators import Comparator, Quality
from plan_explorer.model.statements import Status

Field = dict[str, Any]


def _text(about: str, **more: Any) -> Field:
    return {"type": "string", "description": about, **more}


def _key(about: str) -> Field:
    return _text(about, constraints={"required": True})


def _one_of(about: str, words: Any, *, required: bool = True) -> Field:
    return _text(about, constraints={"required": required, "enum": list(get_args(words))})


_STATUS = _one_of("On what it rests", Status)
_EDTF = _text("Date or period, EDTF")
_FIRST: Field = {"type": "date", "description": "First day it may mean"}
_LAST: Field = {"type": "date", "description": "Last day it may mean"}
_ADDRESS = _key("What the statement is called within its entry, for good")
_NUMBER: Field = {
    "type": "integer",
    "description": "Where the statement stands among those of its entry",
    "constraints": {"required": True, "minimum": 1},
}

SERIES = (
    *("baseline", "value", "milestone", "target"),
    *("earlier milestone", "earlier target"),
)
"""What a value can be; an earlier one was aimed at before that was changed."""

TABLES: dict[str, dict[str, Field]] = {
    "entries": {
        "id": _text("What the entry is referred to by", constraints={"required": True, "unique": True}),
        "kind": _key("item, actor, event, term, source, crosswalk, view or plan"),
        "title": _key("Its name in the first language"),
        "gist": _text("What it covers, in a handful of words"),
        "summary": _text("What is said of it first"),
        "url": _key("Its page, from the top of the site"),
    },
    "items": {
        "entry": _key("The item"),
        "strand": _key("The tree it stands in"),
        "level": _key("Its level"),
        "code": _text("Its number"),
        "date": _EDTF,
        "first": _FIRST,
        "last": _LAST,
        "label": _text("The source's words for the date"),
        "indicator": _text("What is measured"),
        "comparator": _text("at-least, more-than, at-most or exactly"),
        "target": _text("The value aimed at"),
        "unit": _text("The unit of the values"),
        "due": _text("By when, EDTF"),
        "baseline": _text("The value it starts from"),
        "baseline_date": _text("When that was measured, EDTF"),
    },
    "indicators": {
        "indicator": _key("What the indicator is called"),
        "entry": _key("The item that is measured by it"),
        "name": _key("What is measured"),
        "about": _text("How it is measured"),
        "unit": _text("The unit of its values"),
        "direction": _text("Whether it is to rise or to fall: up or down"),
        "by": _text("What divides its values into groups"),
        "period": _text("Within which time its values lie, EDTF"),
    },
    "values": {
        "entry": _key("The item"),
        "indicator": _key("The indicator"),
        "series": _text("What the value is", constraints={"required": True, "enum": list(SERIES)}),
        "date": _text("When it was measured or is due, EDTF"),
        "first": _FIRST,
        "last": _LAST,
        "value": _text("The value as the source has it"),
        "number": {"type": "number", "description": "The same as a number"},
        "unit": _text("The unit of the value"),
        "comparator": _one_of("How a value to reach is bounded", Comparator, required=False),
        "group": _text("The part it is about, if not the whole"),
        "quality": _one_of("How final a measured value is", Quality, required=False),
        "name": _text("What is to be done by a milestone"),
        "met": _text("When a milestone was reached, EDTF"),
        "until": _text("Until when an earlier value or date held, EDTF"),
        "status": _STATUS,
        "reason": _text("What is to be known of it"),
        "cites": _text("The places it rests on, parted by ';'"),
        "address": _ADDRESS,
        "url": _key("Its address, from the top of the site"),
    },
    "progress": {
        "entry": _key("The item"),
        "state": _key("The key of the word for it"),
        "name": _key("The word for it"),
        "date": _text("As of when, EDTF", constraints={"required": True}),
        "first": _FIRST,
        "last": _LAST,
        "because": _key("Why"),
        "status": _STATUS,
        "cites": _text("The places it rests on, parted by ';'"),
        "address": _ADDRESS,
        "url": _key("Its address, from the top of the site"),
    },
    "parents": {
        "entry": _key("The item"),
        "parent": _key("An item it stands under"),
        "main": {"type": "boolean", "description": "Whether it is the main one", "trueValues": ["true"]},
    },
    "actors": {"entry": _key("The actor"), "kind": _text("Its kind"), "under": _text("What it is part of")},
    "events": {
        "entry": _key("The event"),
        "kind": _text("Its kind"),
        "place": _text("Where it took place"),
        "date": _EDTF,
        "first": _FIRST,
        "last": _LAST,
        "label": _text("The source's words for the date"),
    },
    "terms": {
        "entry": _key("The term"),
        "kind": _text("Its field"),
        "variants": _text("Other forms of it, parted by ' | '"),
    },
    "sources": {
        "entry": _key("The source"),
        "publisher": _text("Who published it"),
        "date": _EDTF,
        "url": _text("Its address"),
        "language": _text("BCP 47 tag"),
        "translation": _text("Whose translation it is"),
        "checked": _text("How and when an editor read it"),
        "licence": _text("Its licence"),
    },
    "names": {
        "entry": _key("The entry"),
        "language": _key("BCP 47 tag"),
        "name": _key("The name"),
        "short": _text("A shorter name"),
        "confidence": _one_of("How sure it is", Confidence),
        "basis": _text("Why a name that is not sure is given"),
    },
    "statements": {
        "entry": _key("The entry it is about"),
        "address": _ADDRESS,
        "number": _NUMBER,
        "part": _key("The field in which it was written"),
        "text": _text("What is said"),
        "status": _STATUS,
        "reason": _text("Why the editors read it so"),
        "url": _key("Its address, from the top of the site"),
    },
    "citations": {
        "entry": _key("The entry"),
        "address": _ADDRESS,
        "number": _NUMBER,
        "source": _key("The source cited"),
        "locator": _text("The place in it"),
        "url": _key("That place in the site"),
    },
    "relations": {
        "entry": _key("Where the relation was written"),
        "kind": _key("Its kind"),
        "label": _key("How it reads from the entry to the target"),
        "target": _key("Where it leads to"),
        "status": _STATUS,
        "because": _text("Why it holds"),
        "cites": _text("The places it rests on, parted by ';'"),
        "date": _text("When it holds, EDTF"),
    },
    "counterparts": {
        "crosswalk": _key("The crosswalk that gives the pair"),
        "entry": _text("The entry of the plan; empty if the other has no counterpart"),
        "kind": _text("The kind of the relation"),
        "label": _text("How it reads from the entry to its counterpart"),
        "to": _key("What the other framework is called"),
        "code": _key("The code of the counterpart"),
        "name": _text("The name of the counterpart"),
        "address": _text("Its address"),
        "because": _text("Why, as the mapping has it"),
        "confidence": _text("How sure the mapping is"),
        "source": _key("The source that gives the mapping"),
    },
}
"""Every table, with its columns in order."""

KEYS: dict[str, list[str]] = {
    "entries": ["id"],
    "names": ["entry", "language"],
    "parents": ["entry", "parent"],
    "statements": ["entry", "address"],
    "indicators": ["indicator"],
    "progress": ["entry", "address"],
    **{name: ["entry"] for name in ("items", "actors", "events", "terms", "sources")},
}
"""The columns that identify a row."""

_ENTRY = (["entry"], "entries", ["id"])
REFERENCES: dict[str, list[tuple[list[str], str, list[str]]]] = {
    **{name: [_ENTRY] for name in TABLES if name != "entries"},
    "indicators": [(["entry"], "items", ["entry"])],
    "values": [
        (["entry", "address"], "statements", ["entry", "address"]),
        (["indicator"], "indicators", ["indicator"]),
    ],
    "progress": [(["entry", "address"], "statements", ["entry", "address"])],
    "parents": [(["entry"], "items", ["entry"]), (["parent"], "items", ["entry"])],
    "actors": [_ENTRY, (["under"], "actors", ["entry"])],
    "citations": [
        (["entry", "address"], "statements", ["entry", "address"]),
        (["source"], "sources", ["entry"]),
    ],
    "relations": [_ENTRY, (["target"], "entries", ["id"])],
    "counterparts": [
        _ENTRY,
        (["crosswalk"], "entries", ["id"]),
        (["source"], "sources", ["entry"]),
    ],
}
"""Columns that refer to another table: the columns, the table and its columns."""


def schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of the table *name*."""
    schema: dict[str, Any] = {
        "fields": [{"name": field, **rule} for field, rule in TABLES[name].items()],
        "missingValues": [""],
    }
    if name in KEYS:
        schema["primaryKey"] = KEYS[name]
    if name in REFERENCES:
        schema["foreignKeys"] = [
            {"fields": fields, "reference": {"resource": "" if other == name else other, "fields": there}}
            for fields, other, there in REFERENCES[name]
        ]
    return schema
