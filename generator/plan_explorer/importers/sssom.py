"""Read mappings in SSSOM: a table with its metadata in front, as YAML behind number signs."""

import csv
import re
from io import StringIO
from textwrap import dedent
from typing import Any

from plan_explorer.importers.clean_text import date, plain_line, slug, title, web_address
from plan_explorer.importers.draft import shown
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.mapping import (
    UNPAIRED,
    UNRELATED,
    End,
    FilePair,
    FrameworkMapping,
    MappingSet,
    percent,
    refuse_too_many,
)
from plan_explorer.importers.safe_read import (
    MAX_CELL,
    MAX_COLUMNS,
    as_dict,
    as_line,
    as_lines,
    decode_text,
    parse_yaml,
    refuse,
)

Data = dict[str, Any]

PREDICATES = {
    "skos:exactMatch": "equal",
    "owl:equivalentClass": "equivalent",
    "owl:equivalentProperty": "equivalent",
    "owl:sameAs": "equal",
    "skos:closeMatch": "close",
    "skos:broadMatch": "narrower",  # the object is the broader one
    "skos:narrowMatch": "broader",
    "rdfs:subClassOf": "subset",
    "sssom:superClassOf": "superset",
    "skos:relatedMatch": "related",
    "oboInOwl:hasDbXref": "related",
    "rdfs:seeAlso": "related",
}
NOTHING = ("sssom:NoTermFound", "sssom:NoMapping")
"""What stands in the place of an entry that is not there."""
PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sssom": "https://w3id.org/sssom/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
}
READ = {
    *("subject_id", "subject_label", "predicate_id", "predicate_label", "predicate_modifier"),
    *("object_id", "object_label", "mapping_justification", "confidence", "comment"),
    *("subject_source", "object_source"),
}
"""The columns that are read."""
FACTS = {
    *("mapping_set_id", "mapping_set_title", "mapping_set_description", "mapping_set_version", "license"),
    *("mapping_date", "publication_date", "mapping_provider", "creator_label", "curie_map"),
    *("subject_source", "object_source", "sssom_version"),
}
"""The metadata that are read, or not about the content."""


def read(request: ImportRequest) -> FrameworkMapping:
    """Return the mapping in a file.

    Raises:
        PlanError: ``not-imported``, if it is not one.
    """
    text = decode_text(request.raw, request.shown)
    lines = text.split("\n")
    head = next(
        (at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines)
    )
    meta = dedent("\n".join(line[1:] for line in lines[:head]))
    metadata = as_dict(parse_yaml(meta.encode(), request.shown)) if meta.strip() else {}
    return _Reader(request, metadata).read("\n".join(lines[head:]), head)


class _Reader:
    def __init__(self, request: ImportRequest, metadata: Data) -> None:
        self._request, self._metadata = request, metadata
        known = as_dict(metadata.get("curie_map"))
        self._prefixes = {**PREFIXES, **{key: as_line(value) for key, value in known.items()}}
        self._known = {self._expand(each): kind for each, kind in PREDICATES.items()}
        about = plain_line(str(metadata.get("mapping_set_description") or ""))
        self._mapping = FrameworkMapping(
            title(as_line(metadata.get("mapping_set_title"))) or request.title.removesuffix(".sssom"), about
        )
        licence = as_line(metadata.get("license"))
        self._mapping.facts = {
            "publisher": ", ".join(as_lines(metadata.get("creator_label")))
            or as_line(metadata.get("mapping_provider")),
            "date": date(as_line(metadata.get("publication_date") or metadata.get("mapping_date"))),
            "url": web_address(as_line(metadata.get("mapping_set_id"))),
            "licence": licence,
            "version": as_line(metadata.get("mapping_set_version")),
        }
        for key, value in metadata.items():
            if key not in FACTS:
                self._mapping.drop(f"the metadata '{key[:60]}'", f"head of the file: {shown(value)}")

    def read(self, table: str, before: int) -> FrameworkMapping:
        """Return the mapping with the rows of *table*, which begins after some lines."""
        rows = self._rows(table)
        heads = rows.fieldnames or []
        sides = [{f"{side}_id", f"{side}_label"} & {*heads} for side in ("subject", "object")]
        if "predicate_id" not in heads or not all(sides) or len(heads) > MAX_COLUMNS:
            hint = "its first row should name the columns: subject_id, predicate_id, object_id"
            raise refuse(self._request.shown, "this is not a mapping in SSSOM", hint, before + 1)
        sets: dict[tuple[str, str], MappingSet] = {}
        unread = dict.fromkeys(each for each in heads if each and each not in READ)
        filled: dict[str, list[str]] = {key: [] for key in unread}
        try:
            for number, row in enumerate(rows, 1):
                refuse_too_many(number, self._request.shown)
                for key in unread:
                    filled[key] += [row[key]] if row.get(key) else []
                if any(row.values()):
                    self._row(row, sets, f"row {before + rows.line_num}")
        except csv.Error as error:
            raise refuse(self._request.shown, f"this is not a table: {error}") from None
        for key, held in filled.items():
            if held:
                told = shown("; ".join(dict.fromkeys(held)))
                self._mapping.drop(f"the column '{key[:60]}'", f"{len(held)} rows: {told}")
        self._mapping.sets = _gathered(sets)
        return self._mapping

    def _rows(self, table: str) -> "csv.DictReader[str]":
        csv.field_size_limit(MAX_CELL)
        first = table.split("\n", 1)[0]
        return csv.DictReader(StringIO(table), delimiter="\t" if "\t" in first else ",")

    def _row(self, row: Data, sets: dict[tuple[str, str], MappingSet], where: str) -> None:
        names = self._source(row, "subject"), self._source(row, "object")
        found = sets.setdefault(names, MappingSet(*names))
        source, target = self._end(row, "subject"), self._end(row, "object")
        predicate = as_line(row.get("predicate_id"))
        if as_line(row.get("predicate_modifier")) == "Not":
            self._mapping.drop(UNRELATED, f"{where}: {predicate}")
        elif source and target and predicate:
            found.pairs.append(self._pair(row, source, predicate, target, where))
        elif self._is_nothing(row, "object") and source:
            found.lonely[0].append(source)
        elif self._is_nothing(row, "subject") and target:
            found.lonely[1].append(target)
        else:
            self._mapping.drop(UNPAIRED, where)

    def _source(self, row: Data, side: str) -> str:
        """Return what the framework of a side is called."""
        words = as_line(row.get(f"{side}_source")) or as_line(self._metadata.get(f"{side}_source"))
        if words and ":" not in words:
            return title(words)
        prefix, colon, _ = as_line(row.get(f"{side}_id")).partition(":")  # says more to people than a URI
        return title(prefix) if colon and not self._is_nothing(row, side) and len(prefix) < 40 else ""

    def _is_nothing(self, row: Data, side: str) -> bool:
        id = as_line(row.get(f"{side}_id"))
        return id in NOTHING or self._expand(id) in [self._expand(each) for each in NOTHING]

    def _end(self, row: Data, side: str) -> End | None:
        id, label = as_line(row.get(f"{side}_id")), title(as_line(row.get(f"{side}_label")))
        if self._is_nothing(row, side) or not (id or label):
            return None
        uri = self._expand(id)
        if not id:
            return End(label)
        return End(id, label, web_address(uri), tuple(dict.fromkeys((uri, id))))

    def _expand(self, curie: str) -> str:
        """Return a CURIE as the URI that it is short for, if its prefix is known."""
        prefix, colon, rest = curie.partition(":")
        return f"{self._prefixes[prefix]}{rest}" if colon and self._prefixes.get(prefix) else curie

    def _pair(self, row: Data, source: End, predicate: str, target: End, where: str) -> FilePair:
        because = plain_line(str(row.get("comment") or ""))
        kind = self._kind(predicate, as_line(row.get("predicate_label")), where)
        method = _words(as_line(row.get("mapping_justification")))
        confidence = percent(as_line(row.get("confidence")))
        return FilePair(source, kind, target, because, method, confidence, where)

    def _kind(self, predicate: str, label: str, where: str) -> str:
        if kind := self._known.get(self._expand(predicate)):
            if predicate.rpartition(":")[2] in ("hasDbXref", "seeAlso"):
                self._mapping.change(f"'{predicate}' reads as “is related to”", where)
            return kind
        words = title(label) or _words(predicate)
        kind = slug(words) or "related"
        self._mapping.kinds.setdefault(kind, (words, f"is the other end of “{words}”"))
        return kind


def _gathered(sets: dict[tuple[str, str], MappingSet]) -> list[MappingSet]:
    """Return *sets*, those without pairs as parts of others that have one side in common."""
    paired = [each for each in sets.values() if each.pairs]
    for each in sets.values():
        if not each.pairs and paired:
            alike = (kept for kept in paired if each.source == kept.source or each.target == kept.target)
            for own, more in zip(next(alike, paired[0]).lonely, each.lonely, strict=True):
                own += more
    return paired or list(sets.values())


def _words(name: str) -> str:
    """Return the last part of a name, as words: ``a:ManualCuration`` as *manual curation*."""
    last = re.split(r"[:/#]", name)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", last).lower().strip()
