"""Export glossary, strands and views as SKOS."""

from typing import TYPE_CHECKING, Any

from plan_explorer.exporters.base import Export, ExportSource, as_lines
from plan_explorer.model.entities import Entity, Item, Name, Names, Term

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

BROADER = ("part-of", "broader")
NARROWER = ("includes", "narrower")
"""Kinds of relation that express a hierarchy; all others become *related*."""

LOSSES = (
    "actors, events and sources; dates and figures",
    "the kinds, reasons and places of relations: they all read as 'related'",
    "the statuses of statements and the places they rest on",
    "how sure a name is",
)


def export(source: ExportSource) -> Export:
    """Return ``plan.ttl`` and ``plan.jsonld``."""
    graph = _Concepts(source).graph()
    turtle = graph.serialize(format="turtle", encoding="utf-8")
    return Export({"plan.ttl": turtle, "plan.jsonld": _json_ld(graph)}, LOSSES)


class _Concepts:
    """A builder of concepts from the entries of a plan."""

    def __init__(self, source: ExportSource) -> None:
        from rdflib import DCTERMS, FOAF, SKOS, Graph

        self.source, self.plan = source, source.plan
        self.found = Graph()
        self.found.bind("skos", SKOS)
        self.found.bind("dcterms", DCTERMS)
        self.found.bind("foaf", FOAF)

    def graph(self) -> "Graph":
        """Return the concepts of the plan as RDF."""
        self._terms()
        self._strands()
        self._views()
        self._relations()
        _remove_redundant_links(self.found)
        return self.found

    def _node(self, id: str, scheme: bool = False) -> "URIRef":
        from rdflib import URIRef

        return URIRef(self.source.iri("scheme", id) if scheme else self.source.iri(id))

    def _scheme(self, id: str, title: str) -> "URIRef":
        from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef

        settings, node = self.plan.settings, self._node(id, scheme=True)
        self.found.add((node, RDF.type, SKOS.ConceptScheme))
        self.found.add((node, DCTERMS.title, Literal(title, lang=settings.language)))
        self.found.add((node, DCTERMS.identifier, Literal(id)))
        self.found.add((node, DCTERMS.hasVersion, Literal(self.source.version)))
        if self.source.licence_url:
            self.found.add((node, DCTERMS.license, URIRef(self.source.licence_url)))
        return node

    def _concept(self, entity: Entity, scheme: "URIRef") -> "URIRef":
        from rdflib import DCTERMS, FOAF, RDF, SKOS, Literal, URIRef

        node, language = self._node(entity.id), self.plan.settings.language
        add = self.found.add
        add((node, RDF.type, SKOS.Concept))
        add((node, SKOS.inScheme, scheme))
        add((node, DCTERMS.identifier, Literal(entity.id)))
        self._labels(node, entity.name or _named(self.plan.title(entity), language))
        if isinstance(entity, Item) and entity.code:
            add((node, SKOS.notation, Literal(entity.code)))
        if entity.summary:
            add((node, SKOS.definition, Literal(entity.summary.words, lang=language)))
        if self.source.base:
            add((node, FOAF.page, URIRef(self.source.page(entity))))
        return node

    def _labels(self, node: "URIRef", names: Names) -> None:
        from rdflib import SKOS, Literal

        for tag, name in names.items():
            self.found.add((node, SKOS.prefLabel, Literal(name.text, lang=tag)))

    def _terms(self) -> None:
        from rdflib import SKOS, Literal

        if not self.plan.terms:
            return
        scheme = self._scheme("glossary", f"Glossary: {self.plan.settings.site_name}")
        for term in self.plan.terms:
            node = self._concept(term, scheme)
            labels = {(tag, name.text) for tag, name in term.name.items()}
            forms = [(tag, form) for tag, all in term.variants.items() for form in all]
            forms += [(tag, name.text) for tag, name in term.short.items()]
            for tag, form in dict.fromkeys(forms):
                if (tag, form) not in labels:
                    self.found.add((node, SKOS.altLabel, Literal(form, lang=tag)))

    def _strands(self) -> None:
        from rdflib import SKOS

        for strand in self.plan.settings.strands:
            items = list(self.plan.walk(strand))
            scheme = self._scheme(strand.id, strand.name) if items else None
            for item in items:
                assert scheme
                node = self._concept(item, scheme)
                for parent in item.parents:
                    self.found.add((node, SKOS.broader, self._node(parent)))
                    self.found.add((self._node(parent), SKOS.narrower, node))
                if not item.parents:
                    self._top(node, scheme)

    def _views(self) -> None:
        """Add every view as a scheme of collections."""
        from rdflib import RDF, SKOS, URIRef

        for view in self.plan.views:
            scheme = self._scheme(view.id, self.plan.title(view))
            for group in view.groups:
                row = URIRef(self.source.iri("view", view.id, group.id))
                self.found.add((row, RDF.type, SKOS.Collection))
                self._labels(row, group.name)
                for member in group.members:
                    if isinstance(self.plan[member], Term | Item):
                        self.found.add((row, SKOS.member, self._node(member)))
                        self.found.add((self._node(member), SKOS.inScheme, scheme))

    def _top(self, node: "URIRef", scheme: "URIRef") -> None:
        from rdflib import SKOS

        self.found.add((node, SKOS.topConceptOf, scheme))
        self.found.add((scheme, SKOS.hasTopConcept, node))

    def _relations(self) -> None:
        from rdflib import SKOS

        for entity in self.plan:
            for relation in entity.relations:
                other = self.plan[relation.target]
                if not (isinstance(entity, Term | Item) and isinstance(other, Term | Item)):
                    continue
                one, two = self._node(entity.id), self._node(other.id)
                alike = isinstance(entity, Term) and isinstance(other, Term)
                if alike and relation.kind in BROADER + NARROWER:
                    below, above = (one, two) if relation.kind in BROADER else (two, one)
                    self.found.add((below, SKOS.broader, above))
                    self.found.add((above, SKOS.narrower, below))
                else:
                    self.found.add((one, SKOS.related, two))
                    self.found.add((two, SKOS.related, one))


def _named(title: str, language: str) -> Names:
    return {language: Name(text=title)}


def _remove_redundant_links(graph: "Graph") -> None:
    """Remove *related* links within a hierarchy, as SKOS requires (S27)."""
    from rdflib import SKOS

    above: dict[Any, set[Any]] = {}
    for below, upper in graph.subject_objects(SKOS.broader):
        above.setdefault(below, set()).add(upper)

    def climb(node: Any) -> set[Any]:
        seen: set[Any] = set()
        stack = [node]
        while stack:
            for upper in above.get(stack.pop(), ()):
                if upper not in seen:
                    seen.add(upper)
                    stack.append(upper)
        return seen

    ways = {node: climb(node) for node in above}
    for one, two in list(graph.subject_objects(SKOS.related)):
        if one == two or two in ways.get(one, ()) or one in ways.get(two, ()):
            graph.remove((one, SKOS.related, two))


def _json_ld(graph: "Graph") -> bytes:
    """Return the graph as sorted JSON-LD."""
    from rdflib import RDF

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
    from rdflib import URIRef

    if isinstance(value, URIRef):
        return {"@id": str(value)}
    return {"@language": value.language, "@value": str(value)} if value.language else str(value)
