"""Read OSCAL mapping collections."""

import re
from collections.abc import Iterator
from posixpath import basename, dirname
from typing import Any
from urllib.parse import unquote, urlsplit

from plan_explorer.importers.clean_text import date, markdown_paragraphs, title, web_address
from plan_explorer.importers.draft import shown
from plan_explorer.importers.mapping import (
    METHODS,
    End,
    FilePair,
    FrameworkMapping,
    MappingSet,
    percent,
    refuse_too_many,
)
from plan_explorer.importers.safe_read import as_dict, as_dicts, as_line, as_lines

Data = dict[str, Any]

RELATIONS = {
    "equal-to": "equal",
    "equivalent-to": "equivalent",
    "subset-of": "subset",
    "superset-of": "superset",
    "intersects-with": "intersects",
    "intersects": "intersects",
}
COLLECTION = {"uuid", "metadata", "mappings", "provenance", "back-matter"}
METADATA = {"title", "last-modified", "published", "version", "oscal-version"}
PROVENANCE = {"method", "matching-rationale", "status", "mapping-description"}
PAIR = {
    *("uuid", "relationship", "sources", "targets", "matching-rationale", "remarks", "qualifiers"),
    *("confidence-score",),
}
"""The fields that are read, or that only machines read; any other is reported."""
UNREAD = {
    "props": "properties",
    "links": "links",
    "coverage": "how much of an entry a pair covers",
    "ns": "the namespace of a pair",
}
"""What a pair can hold that is not read."""

_PART = re.compile(r"(?P<within>[A-Za-z0-9().-]+?)_(?:smt|stmt|gdn|obj|asm|fr|prm)\b")
_MAX_TOGETHER = 12
"""The most entries of which a reason says that they are meant together."""


def read(collection: Data, name: str, shown: str) -> FrameworkMapping:
    """Return the mappings in *collection*; *name* is for one without a title.

    Raises:
        PlanError: ``not-imported``, if it is too large.
    """
    meta, provenance = as_dict(collection.get("metadata")), as_dict(collection.get("provenance"))
    about = " ".join(markdown_paragraphs(str(provenance.get("mapping-description") or "")))
    mapping = FrameworkMapping(title(as_line(meta.get("title"))) or name, about)
    changed = date(as_line(meta.get("last-modified")))
    mapping.facts = {
        "date": date(as_line(meta.get("published"))) or changed,
        "version": as_line(meta.get("version")),
    }
    mapping.drop_fields(collection, COLLECTION, "mapping-collection")
    mapping.drop_fields(meta, METADATA, "metadata")
    mapping.drop_fields(provenance, PROVENANCE, "provenance")
    for at, data in enumerate(_many(collection.get("mappings"))):
        _Set(collection, data, mapping, f"mappings[{at}]", shown).read()
    return mapping


class _Set:
    def __init__(
        self, collection: Data, data: Data, mapping: FrameworkMapping, place: str, shown: str
    ) -> None:
        self._data, self._mapping, self._place, self._shown = data, mapping, place, shown
        provenance = as_dict(collection.get("provenance"))
        self._method = as_line(data.get("matching-rationale") or provenance.get("matching-rationale"))
        back_matter = as_dict(collection.get("back-matter"))
        self._resources = {as_line(each.get("uuid")): each for each in as_dicts(back_matter.get("resources"))}
        source, target = (as_dict(data.get(f"{side}-resource")) for side in ("source", "target"))
        self._set = MappingSet(self._name(source), self._name(target))

    def read(self) -> None:
        """Add the set to the mapping."""
        self._mapping.sets.append(self._set)
        for side, name in enumerate(("source", "target")):
            summary = as_dict(self._data.get(f"{name}-gap-summary"))
            for each in _many(summary.get("unmapped-controls")):
                self._set.lonely[side].extend(_end(id) for id in as_lines(each.get("with-ids")))
                if each.get("matching"):
                    self._mapping.drop(
                        "entries without a counterpart that are named by a pattern", self._place
                    )
        for at, pair in enumerate(_many(self._data.get("maps"))):
            self._set.pairs += self._pairs(pair, f"{self._place}/maps[{at}]")
            refuse_too_many(len(self._set.pairs), self._shown)

    def _pairs(self, pair: Data, where: str) -> Iterator[FilePair]:
        relation = pair.get("relationship")
        called = as_line(relation if not isinstance(relation, dict) else relation.get("type"))
        ends = [
            [_end(id) for each in as_dicts(pair.get(side)) if (id := as_line(each.get("id-ref")))]
            for side in ("sources", "targets")
        ]
        for key in (each for each in UNREAD if pair.get(each)):
            self._mapping.drop(UNREAD[key], f"{where}: {shown(pair[key])}")
        self._mapping.drop_fields(pair, {*UNREAD, *PAIR}, where)
        if kind := self._mapping.kind_of(called, RELATIONS, ends, where):
            refuse_too_many(len(ends[0]) * len(ends[1]), self._shown)
            why = self._why(pair, ends, where)
            for source in ends[0]:
                yield from (FilePair(source, kind, target, **why) for target in ends[1])

    def _why(self, pair: Data, ends: list[list[End]], where: str) -> dict[str, str]:
        says = markdown_paragraphs(str(pair.get("remarks") or ""))
        for each in as_dicts(pair.get("qualifiers")):
            says += markdown_paragraphs(str(each.get("description") or each.get("remarks") or ""))
        if together := [_together(side) for side in ends if len(side) > 1]:
            says.append(f"Meant together: {' and '.join(together)}.")
            what = "entries that a pair means together are shown one by one, and the pair says so"
            self._mapping.change(what, where)
        method = as_line(pair.get("matching-rationale")) or self._method
        score = as_dict(pair.get("confidence-score"))
        confidence = percent(as_line(score.get("percentage"))) or as_line(score.get("category"))
        return {
            "because": " ".join(says),
            "method": METHODS.get(method, method),
            "confidence": confidence,
            "where": where,
        }

    def _name(self, resource: Data) -> str:
        """Return what a framework is called: by its title, or after its file."""
        href = as_line(resource.get("href"))
        named = self._resources.get(href.removeprefix("#"), {}) if href.startswith("#") else {}
        if words := title(as_line(named.get("title") or resource.get("title"))):
            return words
        links = [as_line(each.get("href")) for each in as_dicts(named.get("rlinks"))]
        path = unquote(urlsplit(next(iter(links), "" if href.startswith("#") else href)).path)
        stem = re.sub(r"\.(json|xml|ya?ml)$", "", basename(path))
        stem = basename(dirname(path)) if stem in ("catalog", "profile") else stem
        return title(re.sub(r"[_-]?(catalog|profile)$", "", stem).replace("_", " "))


def _many(value: Any) -> list[Data]:
    """Return the mappings in a list, or the only one."""
    return list(as_dicts(value if isinstance(value, list) else [value]))


def _end(id: str) -> End:
    code = id.removeprefix("#")
    part = _PART.match(code)
    return End(code, url=web_address(code), keys=(code,), within=part["within"] if part else "")


def _together(ends: list[End]) -> str:
    codes = [end.code for end in ends]
    more = f" and {len(codes) - _MAX_TOGETHER} more" if len(codes) > _MAX_TOGETHER else ""
    return f"{', '.join(codes[:_MAX_TOGETHER])}{more}"
