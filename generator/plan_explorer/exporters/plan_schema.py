"""Define the JSON Schema of ``plan.json``."""

from typing import Any, get_args

from plan_explorer.loading.plan_json import FORMAT
from plan_explorer.model.indicators import Comparator, Quality
from plan_explorer.model.statements import Status

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_STATUS: Schema = {"enum": list(get_args(Status))}
_EDTF: Schema = {"description": "A date or period, EDTF level 0 and 1.", **_TEXT}
_URL: Schema = {"description": "From the top of the site.", **_TEXT}


def _object(required: str, properties: Schema, about: str = "") -> Schema:
    """Return a mapping's schema; *required* is separated by spaces."""
    return {
        **({"description": about} if about else {}),
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(of: str) -> Schema:
    return {"type": "array", "items": _ref(of)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_VALUE: Schema = {
    "description": "As written: text, nothing, a list or a mapping.",
    "anyOf": [
        {"type": ["string", "null"]},
        {"type": "array", "items": _ref("value")},
        {"type": "object", "additionalProperties": _ref("value")},
    ],
}
_NAME = _object(
    "text",
    {
        "text": _TEXT,
        "confidence": {"description": "How sure the name is; 'verified' unless given.", **_TEXT},
        "basis": {"description": "Why a name that is not sure is given all the same.", **_TEXT},
    },
)
_PLACE = _object(
    "source url",
    {
        "source": {"description": "The id of the source.", **_TEXT},
        "locator": {"description": "The passage, or sentences of it.", **_TEXT},
        "url": _URL,
    },
    "A place in a source.",
)
_ALTERNATIVE = _object("edtf", {"edtf": _EDTF, "label": _TEXT, "cites": _list("place")})
_DATE = _object(
    "",
    {
        "edtf": _EDTF,
        "label": {"description": "The words of the source.", **_TEXT},
        "status": _STATUS,
        "reason": _TEXT,
        "cites": _list("place"),
        "alternatives": {"type": "array", "items": _ALTERNATIVE},
        "earlier": {
            "description": "What it was before it was moved.",
            "type": "array",
            "items": _object(
                "edtf", {"edtf": _EDTF, "until": _EDTF, "because": _TEXT, "cites": _list("place")}
            ),
        },
    },
)
_SIDE = _object("text cites", {"text": _TEXT, "cites": _list("place")})
_SAID = _object(
    "address number part status url",
    {
        "address": {"description": "What it is called within its entry, for good.", **_TEXT},
        "number": {
            "description": "Where it stands among what is said of the entry.",
            "type": "integer",
            "minimum": 1,
        },
        "part": {"description": "The field in which it was written.", **_TEXT},
        "text": {"description": "Markdown.", **_TEXT},
        "status": _STATUS,
        "reason": {"description": "Why the editors read it so.", **_TEXT},
        "cites": _list("place"),
        "sides": {
            "description": "What each side says, where sources differ.",
            "type": "array",
            "items": _SIDE,
        },
        "url": _URL,
    },
    "Something that is said, and what it rests on.",
)
_BECAUSE: Schema = {
    "kind": _TEXT,
    "status": _STATUS,
    "because": {"description": "Why the relation holds.", **_TEXT},
    "cites": _list("place"),
}
_RELATION = _object("kind target status", {**_BECAUSE, "target": _TEXT, "date": _ref("date")})
_BACKLINK = _object(
    "kind source status url", {**_BECAUSE, "source": _TEXT, "title": _TEXT, "label": _TEXT, "url": _URL}
)
_BASELINE = _object("value", {"value": _TEXT, "date": _EDTF, "cites": _list("place")})
_TARGET = _object(
    "indicator value comparator",
    {
        "indicator": _TEXT,
        "value": _TEXT,
        "unit": _TEXT,
        "comparator": {"enum": list(get_args(Comparator))},
        "due": _EDTF,
        "cites": _list("place"),
        "baseline": _BASELINE,
        "earlier": _list("earlier"),
    },
)
_EARLIER = _object(
    "",
    {
        "value": _TEXT,
        "due": _EDTF,
        "until": {**_EDTF, "description": "When it was changed."},
        "because": _TEXT,
        "status": _STATUS,
        "cites": _list("place"),
    },
    "What was aimed at before that was changed.",
)
_FIGURE: Schema = {
    "address": {"description": "The address of its statement.", **_TEXT},
    "value": _TEXT,
    "reason": _TEXT,
    "status": _STATUS,
    "cites": _list("place"),
}
_MEASURED = _object(
    "value address",
    {
        **_FIGURE,
        "date": _EDTF,
        "of": {"description": "The group it is about, if not the whole.", **_TEXT},
        "quality": {"enum": list(get_args(Quality))},
    },
)
_AIM: Schema = {
    **_FIGURE,
    "comparator": {"enum": list(get_args(Comparator))},
    "due": _EDTF,
    "earlier": _list("earlier"),
}
_MET = _object("date", {"date": _EDTF, "reason": _TEXT, "status": _STATUS, "cites": _list("place")})
_INDICATOR = _object(
    "id name",
    {
        "id": _TEXT,
        "name": _TEXT,
        "about": {"description": "The address of the statement on how it is measured.", **_TEXT},
        "unit": _TEXT,
        "direction": {"enum": ["up", "down"]},
        "by": {"description": "What divides its values into groups.", **_TEXT},
        "period": _EDTF,
        "baseline": _MEASURED,
        "values": {"type": "array", "items": _MEASURED},
        "milestones": {
            "type": "array",
            "items": _object("address", {**_AIM, "name": _TEXT, "met": _MET}),
        },
        "targets": {"type": "array", "items": _object("value address", _AIM)},
    },
)
_PROGRESS = _object(
    "state name date address",
    {
        "state": _TEXT,
        "name": _TEXT,
        "date": _EDTF,
        "address": {"description": "The address of the statement on why.", **_TEXT},
    },
)
_GROUP = _object("id members", {"id": _TEXT, "members": _TEXTS})
_POINT = _object(
    "section point kind sides",
    {
        "section": _TEXT,
        "point": _TEXT,
        "kind": {"description": "How the sources differ, as in plan.yaml.", **_TEXT},
        "items": _TEXTS,
        "sides": {
            "description": "By source: the address of the statement on it.",
            "type": "object",
            "additionalProperties": _TEXT,
        },
    },
)
_OTHER = _object(
    "code", {"code": _TEXT, "name": _TEXT, "url": _TEXT}, "An entry of the other framework of a crosswalk."
)
_PAIR = _object(
    "entry relation other",
    dict.fromkeys(("entry", "relation", "other", "because", "confidence"), _TEXT),
    "An entry of the plan and its counterpart, by the code of that.",
)
_DETAILS = _object(
    "",
    {
        "kind": _TEXT,
        "under": _TEXT,
        "place": _TEXT,
        "variants": {"type": "object", "additionalProperties": _TEXTS},
        "groups": {"type": "array", "items": _GROUP},
        "sources": {
            "description": "The sources compared, with their names.",
            "type": "object",
            "additionalProperties": _TEXT,
        },
        "points": {"type": "array", "items": _POINT},
        "to": {"description": "What the other framework of a crosswalk is called.", **_TEXT},
        "source": {"description": "The source that a crosswalk rests on.", **_TEXT},
        "within": {"description": "The kinds of relation within the plan that it gives, too.", **_TEXTS},
        "others": {"type": "array", "items": _OTHER},
        "pairs": {"type": "array", "items": _PAIR},
        "target": _TARGET,
        "indicators": {"type": "array", "items": _INDICATOR},
        "progress": {"type": "array", "items": _PROGRESS},
        **dict.fromkeys(("publisher", "url", "language", "translation", "checked", "licence"), _TEXT),
    },
    "What only entries of this kind have.",
)
_ENTRY = _object(
    "id kind title url",
    {
        "id": _TEXT,
        "kind": {
            "description": "The id of its level; or plan, actor, event, term, source, view, comparison or "
            "crosswalk.",
            **_TEXT,
        },
        "title": _TEXT,
        "url": _URL,
        "code": _TEXT,
        "under": {"description": "The entries it stands under, the main one first.", **_TEXTS},
        "names": {
            "description": "By BCP 47 tag.",
            "type": "object",
            "additionalProperties": _NAME,
        },
        "short": {"type": "object", "additionalProperties": _TEXT},
        "gist": _TEXT,
        "date": _ref("date"),
        "formerly": _TEXTS,
        "details": _DETAILS,
        "statements": _list("said"),
        "relations": _list("relation"),
        "backlinks": {"description": "Only in the file beside a page.", **_list("backlink")},
    },
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A plan, as Plan Explorer gives it",
    **_object(
        "format id title version hash files entries",
        {
            "format": {"const": FORMAT},
            "id": _TEXT,
            "title": _TEXT,
            "version": {"description": "The date of the content.", **_EDTF},
            "hash": {
                "description": "SHA-256 of 'files' as compact JSON in UTF-8, keys in the order given.",
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
            },
            "licence": {"description": "An SPDX identifier; empty if none is stated.", **_TEXT},
            "site": {"description": "The address of the site; empty if it has none.", **_TEXT},
            "files": {
                "description": "What the authors wrote, by file: read back, it is the same plan.",
                "type": "object",
                "required": ["plan.yaml"],
                "additionalProperties": _ref("value"),
            },
            "texts": {
                "description": "The same files to the letter, comments included.",
                "type": "object",
                "additionalProperties": _TEXT,
            },
            "entries": _list("entry"),
        },
    ),
    "$defs": {
        "value": _VALUE,
        "place": _PLACE,
        "earlier": _EARLIER,
        "date": _DATE,
        "said": _SAID,
        "relation": _RELATION,
        "backlink": _BACKLINK,
        "entry": _ENTRY,
    },
}
