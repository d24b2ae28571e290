"""Import SKOS vocabularies as terms and items."""

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from plan_explorer.importers.clean_text import (
    date,
    plain_line,
    plain_paragraphs,
    title,
    web_address,
    web_link,
    with_heading,
)
from plan_explorer.importers.draft import TERM, Draft, DraftEntry, DraftLevel, DraftLink, Text, shown
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.languages import headed, side_by_side
from plan_explorer.importers.safe_read import decode_text, parse_json, refuse, refuse_entities
from plan_explorer.translation import N_

RELATION_NAMES = {
    "broader": ("is narrower than", "is broader than"),
    "related": ("is related to", "is related to"),
    "exact-match": ("is the same as", "is the same as"),
    "close-match": ("is close to", "is close to"),
    "broad-match": ("is narrower than", "is broader than"),
    "narrow-match": ("is broader than", "is narrower than"),
    "related-match": ("is related to", "is related to"),
    "in-scheme": ("belongs to", "includes"),
    "member": ("is a member of", "has as a member"),
}
NOTES = {
    "definition": N_("Definition"),
    "scopeNote": N_("Scope note"),
    "note": N_("Note"),
    "example": N_("Example"),
    "historyNote": N_("History note"),
    "editorialNote": N_("Editorial note"),
    "changeNote": N_("Change note"),
}
"""The properties that say something about a concept, with their headings."""
LINKS = {
    "related": "related",
    "exactMatch": "exact-match",
    "closeMatch": "close-match",
    "broadMatch": "broad-match",
    "narrowMatch": "narrow-match",
    "relatedMatch": "related-match",
}
MUTUAL = ("related", "exact-match", "close-match", "related-match")
"""The kinds of link that a vocabulary may give at both ends."""
READ = {
    *("prefLabel", "altLabel", "hiddenLabel", "notation", "broader", "narrower", "broaderTransitive"),
    *("narrowerTransitive", "inScheme", "topConceptOf", "hasTopConcept", "member", "memberList"),
    *(*NOTES, *LINKS),
}
"""The properties of SKOS that are read."""
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
        from rdflib.namespace import DC, DCTERMS, RDF, RDFS, SKOS

        self._graph, self._skos, self._terms = graph, SKOS, DCTERMS
        self._labels = (SKOS.prefLabel, RDFS.label, DCTERMS.title, DC.title)
        self._about = (DCTERMS.description, DC.description, RDFS.comment)
        self._known = {RDF.type, *self._labels, *self._about, *(SKOS[name] for name in READ)}
        self._schemes = sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)))
        self._collections = sorted(
            {*graph.subjects(RDF.type, SKOS.Collection), *graph.subjects(RDF.type, SKOS.OrderedCollection)}
        )
        concepts = {*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel, None)}
        self._concepts = sorted(concepts - set(self._schemes) - set(self._collections))
        self._holders: dict[Any, set[Any]] = defaultdict(set)
        """The collections of each of their members, be they in order or not."""
        for each, member in graph.subject_objects(SKOS.member):
            self._holders[member].add(each)
        for each, first in graph.subject_objects(SKOS.memberList):
            for member in graph.items(first):
                self._holders[member].add(each)
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
            for fact, predicate in (("licence", terms.license), ("publisher", terms.publisher)):
                values = [str(v) for v in self._graph.objects(first, predicate) if not _is_blank(v)]
                self.draft.source[fact] = min(values, default="")
        else:
            self._schemes = ["urn:imported:scheme"]
        for scheme in self._schemes:
            name = self._label(scheme) if first is not None else request.title
            self.draft.entries.append(self._entry(scheme, "scheme", name or "Vocabulary", "Schemes"))
        for collection in self._collections:
            entry = self._entry(collection, "collection", self._label(collection), "Collections")
            entry.under = [str(self._schemes[0])]
            entry.links = list(self._collections_of(collection))
            self.draft.entries.append(entry)
        for concept in self._concepts:
            self.draft.entries.append(self._concept(concept))
        entries = {*self._schemes, *self._collections, *self._concepts}
        for subject in sorted({*self._graph.subjects(unique=True)} - entries, key=str):
            if not _is_blank(subject):
                self._unread(subject)

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
        return next((label for p in self._labels if (label := self._in_language(subject, p))), "")

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
        if not name:
            self.draft.change("an entry without a name is called by the end of its address", iri)
        entry = DraftEntry(
            iri, kind, name or _last_part(iri), slug=name or _last_part(iri), where=iri, section=section
        )
        entry.code = ""
        self._name(subject, entry)
        entry.says = list(self._notes(subject))
        entry.says += self._in_order(subject)
        entry.says += self._prose(subject)
        if kind != TERM:
            forms = [form for forms in entry.variants.values() for form in forms]
            entry.says += [f"Also called: {plain_line(form)}" for form in forms]
        self._unread(subject, kind)
        return entry

    def _name(self, subject: Any, entry: DraftEntry) -> None:
        """Give *entry* its names in other languages; what else it is called are forms of a term."""
        skos = self._skos
        for predicate in (*self._labels, skos.altLabel, skos.hiddenLabel):
            for label in sorted(self._graph.objects(subject, predicate), key=str):
                tag, form = _tag(getattr(label, "language", None) or self._language), title(str(label))
                if predicate in self._labels and tag != self._language and tag not in entry.names:
                    entry.names[tag] = form
                elif form and form not in (entry.name, entry.names.get(tag)):
                    forms = entry.variants.setdefault(tag, [])
                    forms += [form] if form not in forms else []

    def _in_order(self, collection: Any) -> Iterator[str]:
        """Yield the order of the members of a collection that has one."""
        for first in self._graph.objects(collection, self._skos.memberList):
            names = [self._label(each) or _last_part(str(each)) for each in self._graph.items(first)]
            if names:
                yield f"In order: {plain_line('; '.join(names))}"

    def _prose(self, subject: Any) -> Iterator[str]:
        """Yield what other vocabularies' properties say in sentences, each after its name."""
        for predicate, value in sorted(self._graph.predicate_objects(subject), key=str):
            if predicate not in self._known and _is_prose(value):
                head = _split_words(_last_part(str(predicate)))
                yield from with_heading(head, plain_paragraphs(str(value)))

    def _unread(self, subject: Any, kind: str = "") -> None:
        """Record the properties of *subject* that are not read; of what is no entry, all of them."""
        terms, facts = self._terms, self.draft.source.values()
        told = (terms.modified, terms.issued, terms.created, terms.license, terms.publisher)
        is_first = kind == "scheme" and subject == self._schemes[0]
        for predicate, value in sorted(self._graph.predicate_objects(subject), key=str):
            is_fact = is_first and predicate in told and (str(value) in facts or date(str(value)) in facts)
            is_known = predicate in self._known or _is_prose(value)
            if not (kind and is_known) and not is_fact:
                words = list(self._graph.objects(value)) if _is_blank(value) else [value]
                held = shown("; ".join(sorted(map(str, words))))
                self.draft.drop(f"the property '{_last_part(str(predicate))}'", f"{subject}: {held}")

    def _notes(self, subject: Any) -> Iterator[Text]:
        predicates = [(name, self._skos[name]) for name in NOTES]
        predicates += [("description", each) for each in self._about]
        for name, predicate in predicates:
            told: dict[str, list[list[str]]] = {self._language: []}
            for value in sorted(self._graph.objects(subject, predicate), key=str):
                if _is_blank(value):
                    words = shown("; ".join(sorted(map(str, self._graph.objects(value)))))
                    self.draft.drop(f"a {_split_words(name).lower()} with parts", f"{subject}: {words}")
                    continue
                texts = plain_paragraphs(str(value))
                tag = _tag(getattr(value, "language", None) or self._language)
                is_main = name in ("definition", "description")
                told.setdefault(tag, []).append(texts if is_main else headed(NOTES[name], texts, tag))
            if all(len(each) == 1 for each in told.values()):
                yield from side_by_side({tag: each[0] for tag, each in told.items()})
            else:  # which of several is the translation of which, nobody says
                for tag, each in told.items():
                    yield from side_by_side({self._language: [], tag: list(chain.from_iterable(each))})

    def _concept(self, concept: Any) -> DraftEntry:
        skos = self._skos
        entry = self._entry(concept, TERM, self._label(concept), "Concepts")
        notations = sorted({str(value) for value in self._graph.objects(concept, skos.notation)})
        entry.code = next(iter(notations), "")
        entry.says += [f"Notation: {plain_line(each)}." for each in notations]
        entry.group = next(
            (self._label(s) for s in sorted(self._graph.objects(concept, skos.inScheme), key=str)), ""
        )
        entry.links = list(dict.fromkeys(self._links(concept, entry)))
        return entry

    def _links(self, concept: Any, entry: DraftEntry) -> Iterator[DraftLink]:
        skos, graph = self._skos, self._graph
        known = {*self._concepts, *self._schemes, *self._collections}
        yield from (DraftLink("broader", str(each)) for each in sorted(self._broader(concept), key=str))
        for target in sorted(graph.objects(concept, skos.narrower), key=str):
            if target not in known:
                self.draft.drop(
                    "a link to something that is not in the plan", f"{concept}: narrower {target}"
                )
        for name, kind in LINKS.items():
            outside: list[str] = []
            for target in sorted(graph.objects(concept, skos[name]), key=str):
                if target in known:
                    once = kind not in MUTUAL or str(concept) < str(target)
                    if once or (target, skos[name], concept) not in graph:
                        yield DraftLink(kind, str(target))
                elif web_address(str(target)):
                    outside.append(web_link("", str(target)))
                else:
                    self.draft.drop("a link to another vocabulary", f"{concept}: {name} {target}")
            entry.says += [f"{_split_words(name)}: {', '.join(outside)}"] if outside else []
        schemes = {
            *graph.objects(concept, skos.inScheme),
            *graph.objects(concept, skos.topConceptOf),
            *graph.subjects(skos.hasTopConcept, concept),
        }
        yield from (DraftLink("in-scheme", str(each)) for each in sorted(schemes & known, key=str))
        yield from self._collections_of(concept)

    def _broader(self, concept: Any) -> set[Any]:
        """Return what is directly broader; the nearest, where only all that is broader is given."""
        skos, graph = self._skos, self._graph
        direct = {*graph.objects(concept, skos.broader), *graph.subjects(skos.narrower, concept)}
        if direct:
            return direct

        def above(each: Any) -> set[Any]:
            upward = graph.objects(each, skos.broaderTransitive)
            return {*upward, *graph.subjects(skos.narrowerTransitive, each)} - {each}

        found = above(concept)
        return found - {higher for each in found for higher in above(each)} if found else found

    def _collections_of(self, member: Any) -> Iterator[DraftLink]:
        """Yield the links of *member* to the collections that hold it, in order or not."""
        yield from (DraftLink("member", str(each)) for each in sorted(self._holders[member], key=str))


def _is_prose(value: Any) -> bool:
    """Return whether a value is a text of several words, and no number, name or date."""
    from rdflib import XSD, Literal

    words = isinstance(value, Literal) and value.datatype in (None, XSD.string)
    return words and " " in value.strip()


def _is_blank(value: Any) -> bool:
    from rdflib import BNode

    return isinstance(value, BNode)


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
