"""Import SKOS vocabularies as terms and items."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from plan_explorer.importers.clean_text import date, plain_paragraphs, title, with_heading
from plan_explorer.importers.draft import TERM, Draft, DraftEntry, DraftLevel, DraftLink, Text
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.languages import side_by_side
from plan_explorer.importers.safe_read import decode_text, parse_json, refuse, refuse_entities

RELATION_NAMES = {
    "broader": ("is narrower than", "is broader than"),
    "related": ("is related to", "is related to"),
    "exact-match": ("is the same as", "is the same as"),
    "close-match": ("is close to", "is close to"),
    "broad-match": ("is narrower than", "is broader than"),
    "in-scheme": ("belongs to", "includes"),
    "member": ("is a member of", "has as a member"),
}
NOTES = ("definition", "scopeNote", "note", "example", "historyNote", "editorialNote", "changeNote")
LINKS = {"broader": "broader", "related": "related", "exactMatch": "exact-match", "closeMatch": "close-match",
         "broadMatch": "broad-match"}  # fmt: skip
MAX_TRIPLES = 2_000_000


def read(request: ImportRequest) -> Draft:
    """Return the vocabulary as a draft.

    Raises:
        PlanError: ``not-imported``, if it is not RDF, needs other files or has no concept.
    """
    graph = _graph(request)
    reader = _Vocabulary(request, graph)
    if not any(reader.draft.entries_of(TERM)):
        raise refuse(request.shown, "this file contains no SKOS concepts")
    return reader.draft


def _graph(request: ImportRequest) -> Any:
    from rdflib import Graph

    form = _guess_format(request)
    if form == "xml":
        refuse_entities(request.raw, request.shown)
    if form == "json-ld":
        _refuse_remote_context(parse_json(request.raw, request.shown), request.shown)
    words = decode_text(request.raw, request.shown)
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs tracebacks of values it cannot read
    graph = Graph()
    try:
        graph.parse(data=words, format=form, publicID="urn:imported:")
    except Exception as error:  # each of the library's parsers has errors of its own
        line = getattr(error, "lines", 0) or 1
        reason = str(error).strip().split("\n")[0][:120]
        raise refuse(request.shown, f"this RDF cannot be read: {reason}", line=int(line)) from None
    if len(graph) > MAX_TRIPLES:
        raise refuse(request.shown, "this vocabulary is too large")
    return graph


def _guess_format(request: ImportRequest) -> str:
    end = request.name.rsplit(".", 1)[-1].lower()
    known = {
        "ttl": "turtle",
        "nt": "nt",
        "rdf": "xml",
        "xml": "xml",
        "owl": "xml",
        "jsonld": "json-ld",
        "json": "json-ld",
    }
    start = request.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return known.get(end) or ("xml" if start == b"<" and b"rdf:RDF" in request.raw[:5000] else "turtle")


def _refuse_remote_context(data: Any, shown: str) -> None:
    """Refuse JSON-LD whose context is remote, as nothing is downloaded."""
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            contexts = value.get("@context", [])
            for context in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
                    raise refuse(
                        shown,
                        f"its '@context' is in another file: {json.dumps(context)[:80]}",
                        "write it out",
                    )
            stack += value.values()
        elif isinstance(value, list):
            stack += value


class _Vocabulary:
    def __init__(self, request: ImportRequest, graph: Any) -> None:
        from rdflib.namespace import DCTERMS, RDF, SKOS

        self._graph, self._skos, self._terms = graph, SKOS, DCTERMS
        self._schemes = sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)))
        self._collections = sorted(
            {*graph.subjects(RDF.type, SKOS.Collection), *graph.subjects(RDF.type, SKOS.OrderedCollection)}
        )
        concepts = {*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel, None)}
        self._concepts = sorted(concepts - set(self._schemes) - set(self._collections))
        self._language = self._first_language(request.language)
        first = self._schemes[0] if self._schemes else None
        name = (self._label(first) if first is not None else "") or request.title
        self.draft = Draft(
            request.stem, name, "the vocabulary", self._language, relations=dict(RELATION_NAMES)
        )
        self.draft.strands = {"vocabulary": "Vocabulary"}
        self.draft.levels = [
            DraftLevel("scheme", "Scheme", "Schemes", "vocabulary"),
            DraftLevel("collection", "Collection", "Collections", "vocabulary"),
        ]
        self._read(first, request)

    def _read(self, first: Any, request: ImportRequest) -> None:
        terms = self._terms
        if first is not None:
            days = [
                date(str(v))
                for p in (terms.modified, terms.issued, terms.created)
                for v in self._graph.objects(first, p)
            ]
            self.draft.as_of = max(days, default="")
            self.draft.source = {
                "url": str(first) if str(first).startswith("http") else "",
                "date": self.draft.as_of,
            }
            licences = [str(v) for v in self._graph.objects(first, terms.license)]
            self.draft.source["licence"] = min(licences, default="")
        else:
            self._schemes = ["urn:imported:scheme"]
        for scheme in self._schemes:
            name = self._label(scheme) if first is not None else request.title
            self.draft.entries.append(self._entry(scheme, "scheme", name or "Vocabulary", "Schemes"))
        for collection in self._collections:
            entry = self._entry(collection, "collection", self._label(collection), "Collections")
            entry.under = [str(self._schemes[0])]
            self.draft.entries.append(entry)
        for concept in self._concepts:
            self.draft.entries.append(self._concept(concept))

    def _first_language(self, wanted: str) -> str:
        """Return the language asked for, or that of most labels, and among equals of most texts."""
        labels, texts = (
            Counter(_tag(value.language) for value in values if getattr(value, "language", None))
            for values in (self._graph.objects(None, self._skos.prefLabel), self._graph.objects())
        )
        if wanted in labels:
            return wanted
        return min(labels, key=lambda tag: (-labels[tag], -texts[tag], tag != "en", tag), default="en")

    def _label(self, subject: Any) -> str:
        from rdflib.namespace import RDFS

        predicates = (self._skos.prefLabel, RDFS.label, self._terms.title)
        return next((label for p in predicates if (label := self._in_language(subject, p))), "")

    def _in_language(self, subject: Any, predicate: Any) -> str:
        """Return the text, preferably in the main language."""
        values = sorted(
            self._graph.objects(subject, predicate), key=lambda v: (self._language_rank(v), str(v))
        )
        return title(str(values[0])) if values else ""

    def _language_rank(self, value: Any) -> int:
        tag = getattr(value, "language", None)
        return 0 if tag and _tag(tag) == self._language else 1 if not tag else 2

    # --- entries

    def _entry(self, subject: Any, kind: str, name: str, section: str) -> DraftEntry:
        iri = str(subject)
        entry = DraftEntry(
            iri, kind, name or _last_part(iri), slug=name or _last_part(iri), where=iri, section=section
        )
        entry.code = ""
        entry.names = {
            _tag(label.language): title(str(label))
            for label in sorted(self._graph.objects(subject, self._skos.prefLabel), key=str, reverse=True)
            if label.language and _tag(label.language) != self._language
        }
        entry.says = list(self._notes(subject))
        return entry

    def _notes(self, subject: Any) -> Iterator[Text]:
        predicates = [self._skos[name] for name in NOTES] + [self._terms.description]
        for name, predicate in zip((*NOTES, "description"), predicates, strict=True):
            told: dict[str, list[list[str]]] = {self._language: []}
            for value in sorted(self._graph.objects(subject, predicate), key=str):
                texts = plain_paragraphs(str(value))
                is_main = name in ("definition", "description")
                said = texts if is_main else list(with_heading(_split_words(name), texts))
                told.setdefault(_tag(getattr(value, "language", None) or self._language), []).append(said)
            if all(len(each) == 1 for each in told.values()):
                yield from side_by_side({tag: each[0] for tag, each in told.items()})
            else:  # which of several is the translation of which, nobody says
                for tag, each in told.items():
                    yield from side_by_side({self._language: [], tag: list(chain.from_iterable(each))})

    def _concept(self, concept: Any) -> DraftEntry:
        skos = self._skos
        entry = self._entry(concept, TERM, self._label(concept), "Concepts")
        notation = min((str(v) for v in self._graph.objects(concept, skos.notation)), default="")
        if notation:
            entry.code = notation
            entry.says.append(f"Notation: {' '.join(plain_paragraphs(notation))}.")
        for predicate in (skos.altLabel, skos.hiddenLabel):
            for label in sorted(self._graph.objects(concept, predicate), key=str):
                forms = entry.variants.setdefault(_tag(label.language or self._language), [])
                forms += [form] if (form := title(str(label))) and form not in forms else []
        entry.group = next(
            (self._label(s) for s in sorted(self._graph.objects(concept, skos.inScheme), key=str)), ""
        )
        entry.links = list(dict.fromkeys(self._links(concept)))
        return entry

    def _links(self, concept: Any) -> Iterator[DraftLink]:
        skos, graph = self._skos, self._graph
        known = {str(each) for each in (*self._concepts, *self._schemes, *self._collections)}
        broader = {*graph.objects(concept, skos.broader), *graph.subjects(skos.narrower, concept)}
        yield from (DraftLink("broader", str(each)) for each in sorted(broader, key=str))
        for name, kind in LINKS.items():
            for target in sorted(graph.objects(concept, skos[name]), key=str):
                if name == "broader":
                    continue
                if str(target) in known:
                    once = kind not in ("related", "exact-match", "close-match") or str(concept) < str(target)
                    if once or (target, skos[name], concept) not in graph:
                        yield DraftLink(kind, str(target))
                else:
                    self.draft.drop("a link to another vocabulary", f"{concept}: {name} {target}")
        schemes = {*graph.objects(concept, skos.inScheme), *graph.objects(concept, skos.topConceptOf)}
        yield from (
            DraftLink("in-scheme", str(each)) for each in sorted(schemes, key=str) if str(each) in known
        )
        yield from (
            DraftLink("member", str(each)) for each in sorted(graph.subjects(skos.member, concept), key=str)
        )


def _tag(language: str) -> str:
    """Return a language tag in BCP 47 case: zh-Hans, pt-BR."""
    first, *rest = language.split("-")
    return "-".join(
        [first.lower(), *(p.title() if len(p) == 4 else p.upper() if len(p) == 2 else p for p in rest)]
    )


def _last_part(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


def _split_words(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).capitalize()
