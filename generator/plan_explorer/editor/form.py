"""Make the form of an entry out of its JSON Schema, and read what was filled in."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plan_explorer.documents.document import Key
from plan_explorer.editing.key_order import ENTRY, rank
from plan_explorer.model.statements import on_one_line

ELSEWHERE = {
    "id": "plan-explorer rename",
    "formerly": "plan-explorer rename",
    "outline": "plan-explorer outline",
}
"""Keys that are no matter of a form, and the command that writes each."""

CITE = "@cite"
"""The field with a place that is put behind a text."""

KIND, TARGET = "@kind", "@target"
"""The fields of a relation for its kind and for the other entry."""

PROSE = ("text", "reason", "because", "basis", "gist")
"""Keys whose values are sentences."""

Schema = Mapping[str, Any]
Data = Any
"""What an author writes: text, lists and mappings."""


@dataclass(frozen=True)
class Shape:
    """What can be filled in at a place of the form."""

    kind: str
    """One of ``line``, ``prose``, ``choice``, ``group``, ``list``, ``map`` and ``relation``."""
    about: str = ""
    options: tuple[str, ...] = ()
    """What can be chosen; the keys of a map; the kinds of a relation."""
    suggests: str = ""
    """What is offered while somebody types: the name of a definition of the schema, or nothing."""
    offered: tuple[str, ...] = ()
    """The same, if only this place has it."""
    parts: Mapping[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    short: str = ""
    """The part that can stand for the whole."""
    needed: bool = False

    @property
    def is_statement(self) -> bool:
        """Whether it is text with places that it rests on."""
        return self.short == "text" and "cites" in self.parts


def entry_shape(schema: Schema, collection: str) -> Shape:
    """Return the form of an entry of *collection*, by the *schema* of files with entries."""
    items = schema["properties"][collection]["items"]
    shape = _Reader(schema["$defs"]).shape(items, "")
    parts = {name: each for name, each in shape.parts.items() if name not in ELSEWHERE}
    return replace(shape, parts=dict(sorted(parts.items(), key=lambda part: rank(part[0], ENTRY))))


class _Reader:
    """Reads the definitions of a schema."""

    def __init__(self, definitions: Schema) -> None:
        self.definitions = definitions
        self.within: list[str] = []

    def shape(self, node: Schema, name: str) -> Shape:
        reference = str(node.get("$ref", "")).removeprefix("#/$defs/")
        about = str(node.get("description", ""))
        if reference in ("entry", "place"):
            return Shape("line", about, suggests=reference)
        if reference == "text":
            return Shape("prose" if name in PROSE else "line", about)
        if reference == "Relation":
            return self._relation(self.definitions[reference])
        if reference in self.within:
            return Shape("none")  # the sides of a side
        if reference:
            self.within.append(reference)
            shape = self.shape(self.definitions[reference], name)
            self.within.pop()
            return replace(shape, about=about or shape.about)
        if "anyOf" in node:
            return self._either(node["anyOf"], name, about)
        if "enum" in node:
            return Shape("choice", about, tuple(map(str, node["enum"])))
        kinds = node.get("type", ())
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        if "array" in kinds and "items" in node:
            item = self.shape(node["items"], name)
            return Shape("none" if item.kind == "none" else "list", about, item=item)
        if "properties" in node:
            needed = node.get("required", ())
            parts = {key: self.shape(each, key) for key, each in node["properties"].items()}
            if "confidence" in parts:  # a name is no sentence
                parts["text"] = replace(parts["text"], kind="line")
            return Shape(
                "group",
                about,
                parts={
                    key: replace(each, needed=key in needed)
                    for key, each in parts.items()
                    if each.kind != "none"
                },
            )
        values = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
        if rule := next((each for each in values if isinstance(each, dict)), None):
            keys = self.shape(node.get("propertyNames", {}), name).offered
            return Shape("map", about, keys, item=self.shape(rule, name))
        if kinds == ("boolean",):
            return Shape("choice", about, ("true", "false"))
        return Shape("prose" if name in PROSE else "line", about)

    def _either(self, forms: Iterable[Schema], name: str, about: str) -> Shape:
        """Return the shape of a value that has a long form, or is one of some words or another."""
        for form in forms:
            if "enum" in form:
                return Shape("line", about, offered=tuple(map(str, form["enum"])))
            long = self.shape(form, name)
            if long.kind == "group":
                short = next((part for part in ("text", "edtf", "date", "name") if part in long.parts), "")
                return replace(long, short=short, about=about or long.about)
            if long.kind == "map":
                return replace(long, short=long.options[0] if long.options else "", about=about or long.about)
        return Shape("prose" if name in PROSE else "line", about)

    def _relation(self, node: Schema) -> Shape:
        properties = node["properties"]
        kinds = tuple(key for key, each in properties.items() if each.get("$ref") == "#/$defs/entry")
        parts = {key: self.shape(each, key) for key, each in properties.items() if key not in kinds}
        return Shape("relation", str(node.get("description", "")), kinds, parts=parts)


# --- from the file to the form, and back


def unfold(shape: Shape, data: Data) -> Data:
    """Return *data* with every value in its long form, as a form shows it."""
    if shape.kind == "list":
        assert shape.item
        rows = data if isinstance(data, list) else [] if data is None else [data]
        return [unfold(shape.item, each) for each in rows]
    if shape.kind == "relation":
        kind = next((key for key in data or () if key not in shape.parts), "")
        rest = {key: unfold(part, data[key]) for key, part in shape.parts.items() if key in (data or ())}
        return {KIND: kind, TARGET: data[kind] if kind else "", **rest}
    if shape.kind in ("group", "map"):
        return {key: unfold(_part(shape, key), each) for key, each in _long(shape, data).items()}
    if isinstance(data, dict):  # by language: the form is for the first
        return unfold(shape, next(iter(data.values()), None))
    return "" if data is None else str(data)


def _long(shape: Shape, data: Data) -> Mapping[str, Data]:
    """Return the long form of *data*, which may be a text, in one language or by language."""
    if data is None:
        return {}
    return data if isinstance(data, dict) and not _is_by_language(shape, data) else {shape.short: data}


def _is_by_language(shape: Shape, data: Data) -> bool:
    """Return whether *data* is a text in several languages, where its long form is a group."""
    if not isinstance(data, dict) or shape.kind != "group" or shape.short not in shape.parts:
        return False
    return bool(data) and not data.keys() & shape.parts.keys()


def fold(shape: Shape, filled: Data, old: Data) -> Data:
    """Return what is *filled* in as an author writes it, in the form of *old* where both are right.

    Empty values are left out: None if nothing is left.
    """
    if shape.kind == "list":
        assert shape.item
        before = old if isinstance(old, list) else [] if old is None else [old]
        folded = [
            fold(shape.item, each, before[at] if at < len(before) else None) for at, each in filled.items()
        ]
        rows = [each for each in folded if each is not None]
        if rows and isinstance(old, str) and len(rows) == 1:
            return rows[0]
        return rows or None
    if shape.kind == "relation":
        known = old if isinstance(old, dict) else {}
        rest = {key: fold(part, filled.get(key) or {}, known.get(key)) for key, part in shape.parts.items()}
        rest = {key: each for key, each in rest.items() if each is not None}
        if not (filled[KIND] or filled[TARGET]):
            return rest or None
        return {filled[KIND] or "KIND": filled[TARGET] or "ID", **rest}
    if shape.kind in ("group", "map"):
        return _fold_parts(shape, filled or {}, old)
    if filled and isinstance(old, dict) and old:
        return {**old, next(iter(old)): filled}  # 'report' lists translations of a text that changed
    return filled or None


def _fold_parts(shape: Shape, filled: Mapping[str, Data], old: Data) -> Data:
    before = _long(shape, old)
    parts = {  # what is no matter of the form stays
        key: before[key] if _stays(shape, key) else _fold_part(shape, key, filled, before)
        for key in [*before, *(key for key in filled if key not in before)]
    }
    parts = {key: each for key, each in parts.items() if each is not None}
    if not parts:
        return None
    alone = list(parts) == [shape.short] and before is not old
    return parts[shape.short] if alone and isinstance(parts[shape.short], str | dict) else parts


def _stays(shape: Shape, key: str) -> bool:
    """Return whether a *key* of the file is no matter of the form."""
    return bool(shape.parts) and key not in shape.parts


def _fold_part(shape: Shape, key: str, filled: Mapping[str, Data], before: Mapping[str, Data]) -> Data:
    return fold(_part(shape, key), filled[key], before.get(key)) if key in filled else None


def _part(shape: Shape, key: str) -> Shape:
    return shape.item if shape.item else shape.parts.get(key, Shape("line"))


def read(shape: Shape, posted: Mapping[str, str], path: Key = ()) -> Data:
    """Return what was filled in below *path*; of a list, the rows by their numbers."""
    if shape.kind == "list":
        assert shape.item
        numbers = sorted({int(step) for step in _steps(posted, path) if is_number(step)})
        return {number: read(shape.item, posted, (*path, number)) for number in numbers}
    if shape.kind == "relation":
        parts = {key: read(part, posted, (*path, key)) for key, part in shape.parts.items()}
        own = {key: _line(posted.get(name_of((*path, key)), "")) for key in (KIND, TARGET)}
        return {**own, **_cited(parts, "because", posted, path)}
    if shape.kind == "group":
        parts = {key: read(part, posted, (*path, key)) for key, part in shape.parts.items()}
        return _cited(parts, "text", posted, path) if shape.is_statement else parts
    if shape.kind == "map":
        assert shape.item
        return {key: read(shape.item, posted, (*path, key)) for key in _steps(posted, path)}
    return _line(posted.get(name_of(path), ""))


def _cited(parts: dict[str, Data], key: str, posted: Mapping[str, str], path: Key) -> dict[str, Data]:
    """Return *parts* with the place that was chosen put behind the text."""
    place = _line(posted.get(name_of((*path, CITE)), ""))
    return {**parts, key: f"{parts[key]} [@{place}]".strip()} if place else parts


def _steps(posted: Mapping[str, str], path: Key) -> list[str]:
    """Return the steps that follow *path* in the names of fields, each once."""
    lead = f"{name_of(path)}/"
    below = (each.removeprefix(lead) for each in posted if each.startswith(lead))
    return list(dict.fromkeys(each.partition("/")[0] for each in below))


def is_number(step: str) -> bool:
    """Return whether *step* is the number of a row."""
    return step.isascii() and step.isdecimal() and len(step) < 7


def name_of(path: Key) -> str:
    """Return the name of the field at *path*."""
    return "/".join(["f", *map(str, path)])


def _line(text: str) -> str:
    """Return *text* on one line, without characters that YAML cannot hold."""
    blank = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return on_one_line(blank)


def field_at(shape: Shape, key: Key) -> Key:
    """Return the field, or part of the form, in which the value at *key* of an entry is."""
    path: Key = ()
    for step in key:
        if shape.kind == "relation" and step not in shape.parts:
            return path
        if shape.kind not in ("group", "map", "list", "relation"):
            return path
        if shape.kind == "group" and step not in shape.parts:
            return path
        if shape.kind == "list" and not isinstance(step, int):
            return path
        shape, path = _part(shape, str(step)), (*path, step)
    return path
