"""Define the order of keys in entries and their parts."""

from plan_explorer.documents.document import Key
from plan_explorer.model.settings import Settings

ENTRY = (
    *(
        "id",
        "formerly",
        "kind",
        "under",
        "also_under",
        "code",
        "name",
        "short",
        "gist",
        "variants",
        "find",
        "search",
    ),
    *("publisher", "place", "date", "url", "language", "translation", "licence", "archived", "checked"),
    *("text", "declared", "map", "sources", "summary", "statements", "wordings", "renderings", "notes"),
    *("target", "indicators", "progress", "relations", "passage", "sentence", "outline", "item", "members"),
    *("groups", "sections", "to", "source", "within", "others", "pairs"),
)
STATEMENT = ("text", "language", "status", "reason", "cites", "sides")
RELATION = ("because", "status", "cites", "date")
NAME = ("text", "confidence", "basis", "seen")
DATE = ("edtf", "label", "status", "reason", "cites", "alternatives", "earlier")
TARGET = (
    "indicator",
    "comparator",
    "value",
    "unit",
    "baseline",
    "due",
    "status",
    "reason",
    "cites",
    "earlier",
)
INDICATOR = (
    *("id", "name", "about", "unit", "direction", "by", "period"),
    *("baseline", "targets", "milestones", "values", "values_file"),
)
VALUE = ("value", "date", "of", "quality", "status", "reason", "cites")
AIM = ("comparator", "value", "due", "status", "reason", "cites", "earlier")
MILESTONE = ("name", "comparator", "value", "due", "met", "status", "reason", "cites", "earlier")
MET = ("date", "status", "reason", "cites")
EARLIER = ("edtf", "value", "due", "until", "because", "status", "cites")
PROGRESS = ("state", "date", "because", "status", "cites")
TEXT = ("file", "show", "licence")
SENTENCE = ("words", "opening", "closing", "fingerprint")
ROW = ("point", "kind", "items", "sides")
OTHER = ("code", "name", "url")
PAIR = ("entry", "relation", "other", "because", "confidence")
PASSAGE = ("id", "number", "title", "sentences", "summary", "joined", "notes", "frame")

_SAID = ("summary", "statements", "notes", "wordings", "renderings", "sides")
_BY_NAME = {
    **dict.fromkeys(_SAID, STATEMENT),
    "date": DATE,
    "alternatives": DATE,
    "target": TARGET,
    "indicators": INDICATOR,
    "about": STATEMENT,
    "baseline": VALUE,
    "values": VALUE,
    "targets": AIM,
    "milestones": MILESTONE,
    "met": MET,
    "earlier": EARLIER,
    "progress": PROGRESS,
    "text": TEXT,
    "sentences": SENTENCE,
    "passages": PASSAGE,
    "rows": ROW,
    "others": OTHER,
    "pairs": PAIR,
    "because": STATEMENT,
}


def get_key_order(key: Key, settings: Settings) -> tuple[str, ...]:
    """Return the order of keys, or () if not set."""
    names = [step for step in key if isinstance(step, str)]
    if not names or names[0] in ("strands", "relations", "wording", "statuses", "progress"):
        return ()  # plan.yaml keeps the order its authors chose
    if len(names) == 1 and len(key) == 2:
        return ENTRY
    if names[-1] == "relations":
        return ("", *RELATION)
    if names[-1] in ("name", "short", "variants"):
        return tuple(settings.languages)
    if len(names) > 1 and names[-2] in ("name", "short"):
        return NAME
    if len(names) > 1 and names[-2] == "sides":
        return STATEMENT
    return ENTRY if names[-1] == "groups" else _BY_NAME.get(names[-1], ())


def rank(name: str, order: tuple[str, ...]) -> int:
    """Return the position of *name* in *order*."""
    if name in order:
        return order.index(name)
    return 0 if order[:1] == ("",) else len(order)
