"""Export glossary, strands and views as SKOS."""

from typing import Any

from rdflib import DCTERMS, FOAF, RDF, SKOS, Graph, Literal, URIRef

from plan_explorer.exporters.base import Export, ExportSource, as_lines
from plan_explorer.model.entities import Entity, Item, Name, Names, Term
from plan_explorer.translation import N_, gettext

BROADER = ("part-of", "broader")
NARROWER = ("includes", "narrower")
"""Kinds of relation that express a hierarchy; all others become *related*."""

LOSSES = (
    N_("actors, events and sources; dates and figures"),
    N_("the kinds, reasons and places of relations: they all read as 'related'"),
    N_("the statuses of statements and the places they rest on"),
    N_("how sure a name is"),
)


def export(source: ExportSource) -> Export:
    """Return ``plan.ttl`` and ``plan.jsonld``."""
    graph = _Concepts(source).graph
    turtle = graph.serialize(format="turtle", encoding="utf-8")
    return Export({"plan.ttl": turtle, "plan.jsonld": _json_ld(graph)}, tuple(map(gettext, LOSSES)))


class _Concepts:
    """A builder of concepts from the entries of a plan."""

    def __init__(self, source: ExportSource) -> None:
        """Build the graph of concepts."""
        self.source, self.plan = source, source.plan
        self.graph = Graph()
        self.graph.bind("skos", SKOS)
        self.graph.bind("dcterms", DCTERMS)
        self.graph.bind("foaf", FOAF)
        self._terms()
        self._strands()
        self._views()
        self._relations()
        _remove_redundant_links(self.graph)

    def _node(self, id: str, scheme: bool = False) -> URIRef:
        return URIRef(self.source.iri("scheme", id) if scheme else self.source.iri(id))

    def _scheme(self, id: str, title: str) -> URIRef:
        settings, node = self.plan.settings, self._node(id, scheme=True)
        self.graph.add((node, RDF.type, SKOS.ConceptScheme))
        self.graph.add((node, DCTERMS.title, Literal(title, lang=settings.language)))
        self.graph.add((node, DCTERMS.identifier, Literal(id)))
        self.graph.add((node, DCTERMS.hasVersion, Literal(self.source.version)))
        if self.source.licence_url:
            self.graph.add((node, DCTERMS.license, URIRef(self.source.licence_url)))
        return node

    def _concept(self, entity: Entity, scheme: URIRef) -> URIRef:
        node, language = self._node(entity.id), self.plan.settings.language
        add = self.graph.add
        add((node, RDF.type, SKOS.Concept))
        add((node, SKOS.inScheme, scheme))
        add((node, DCTERMS.identifier, Literal(entity.id)))
        self._labels(node, entity.name or {language: Name(text=self.plan.title(entity))})
        if isinstance(entity, Item) and entity.code:
            add((node, SKOS.notation, Literal(entity.code)))
        if entity.summary:
            add((node, SKOS.definition, Literal(entity.summary.words, lang=language)))
        if self.source.base:
            add((node, FOAF.page, URIRef(self.source.page(entity))))
        return node

    def _labels(self, node: URIRef, names: Names) -> None:
        for tag, name in names.items():
            self.graph.add((node, SKOS.prefLabel, Literal(name.text, lang=tag)))

    def _terms(self) -> None:
        if not self.plan.terms:
            return
        title = gettext("Glossary: %(site)s", site=self.plan.settings.site_name)
        scheme = self._scheme("glossary", title)
        for term in self.plan.terms:
            node = self._concept(term, scheme)
            labels = {(tag, name.text) for tag, name in term.name.items()}
            forms = [(tag, form) for tag, all in term.variants.items() for form in all]
            forms += [(tag, name.text) for tag, name in term.short.items()]
            for tag, form in dict.fromkeys(forms):
                if (tag, form) not in labels:
                    self.graph.add((node, SKOS.altLabel, Literal(form, lang=tag)))

    def _strands(self) -> None:
        for strand in self.plan.settings.strands:
            items = list(self.plan.walk(strand))
            scheme = self._scheme(strand.id, strand.name) if items else None
            for item in items:
                assert scheme
                node = self._concept(item, scheme)
                for parent in item.parents:
                    self._hierarchy(node, self._node(parent))
                if not item.parents:
                    self.graph.add((node, SKOS.topConceptOf, scheme))
                    self.graph.add((scheme, SKOS.hasTopConcept, node))

    def _hierarchy(self, below: URIRef, above: URIRef) -> None:
        self.graph.add((below, SKOS.broader, above))
        self.graph.add((above, SKOS.narrower, below))

    def _views(self) -> None:
        """Add every view as a scheme of collections."""
        for view in self.plan.views:
            scheme = self._scheme(view.id, self.plan.title(view))
            for group in view.groups:
                row = URIRef(self.source.iri("view", view.id, group.id))
                self.graph.add((row, RDF.type, SKOS.Collection))
                self._labels(row, group.name)
                for member in group.members:
                    if isinstance(self.plan[member], Term | Item):
                        self.graph.add((row, SKOS.member, self._node(member)))
                        self.graph.add((self._node(member), SKOS.inScheme, scheme))

    def _relations(self) -> None:
        for entity in self.plan:
            for relation in entity.relations:
                other = self.plan[relation.target]
                if not (isinstance(entity, Term | Item) and isinstance(other, Term | Item)):
                    continue
                one, two = self._node(entity.id), self._node(other.id)
                alike = isinstance(entity, Term) and isinstance(other, Term)
                if alike and relation.kind in BROADER:
                    self._hierarchy(one, two)
                elif alike and relation.kind in NARROWER:
                    self._hierarchy(two, one)
                else:
                    self.graph.add((one, SKOS.related, two))
                    self.graph.add((two, SKOS.related, one))


def _remove_redundant_links(graph: Graph) -> None:
    """Remove *related* links within a hierarchy, as SKOS requires (S27)."""
    above = {node: set(graph.transitive_objects(node, SKOS.broader)) for node in graph.subjects()}
    for one, two in list(graph.subject_objects(SKOS.related)):
        if two in above[one] or one in above[two]:
            graph.remove((one, SKOS.related, two))


def _json_ld(graph: Graph) -> bytes:
    """Return the graph as sorted JSON-LD."""
    short = graph.namespace_manager
    nodes: dict[str, dict[str, Any]] = {}
    for node, property, value in sorted(graph):
        about = nodes.setdefault(str(node), {"@id": str(node)})
        if property == RDF.type:
            about["@type"] = short.curie(str(value))
        else:
            about.setdefault(short.curie(str(property)), []).append(_value(value))
    used = {key.split(":")[0] for node in nodes.values() for key in node if ":" in key}
    context = {prefix: str(space) for prefix, space in sorted(graph.namespaces()) if prefix in used}
    return as_lines({"@context": context, "@graph": [nodes[id] for id in sorted(nodes)]})


def _value(value: Any) -> Any:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    return {"@language": value.language, "@value": str(value)} if value.language else str(value)
