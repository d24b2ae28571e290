"""SKOS: the glossary and the views as concept schemes, as Turtle and as JSON-LD."""

from typing import TYPE_CHECKING

from plan_explorer.entities import Entity, Term
from plan_explorer.exports.base import Export, Source

if TYPE_CHECKING:
    from rdflib import Graph

HIERARCHY = ("part-of", "broader")
"""Kinds of relation between terms that stand for a hierarchy."""


def export(source: Source) -> Export:
    """Return ``plan.ttl`` and ``plan.jsonld``."""
    found = graph(source)
    turtle = found.serialize(format="turtle", encoding="utf-8")
    losses = ("the reasons and places of relations; the statuses of statements",)
    return Export({"plan.ttl": turtle, "plan.jsonld": _json_ld(found)}, losses)


def graph(source: Source) -> "Graph":
    """Return the concepts of the plan as RDF."""
    from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

    plan, found = source.plan, Graph()
    found.bind("skos", SKOS)
    found.bind("dcterms", DCTERMS)
    language = plan.settings.language

    def scheme(id: str, title: str) -> URIRef:
        node = URIRef(f"urn:plan:{plan.settings.id}:{id}")
        found.add((node, RDF.type, SKOS.ConceptScheme))
        found.add((node, DCTERMS.title, Literal(title, lang=language)))
        return node

    def concept(entity: Entity, within: URIRef) -> URIRef:
        node = URIRef(source.iri(entity))
        found.add((node, RDF.type, SKOS.Concept))
        found.add((node, SKOS.inScheme, within))
        for tag, name in entity.name.items():
            found.add((node, SKOS.prefLabel, Literal(name.text, lang=tag)))
        if not entity.name:
            found.add((node, SKOS.prefLabel, Literal(plan.title(entity), lang=language)))
        if entity.summary:
            found.add((node, SKOS.definition, Literal(entity.summary.words, lang=language)))
        found.add((node, SKOS.note, Literal(source.page(entity))))
        return node

    glossary = scheme("glossary", f"Glossary of {plan.settings.site_name}")
    for term in plan.terms:
        node = concept(term, glossary)
        labels = {(tag, name.text) for tag, name in term.name.items()}
        for tag, forms in term.variants.items():
            for form in forms:
                if (tag, form) not in labels:
                    found.add((node, SKOS.altLabel, Literal(form, lang=tag)))
        for relation in term.relations:
            other = plan[relation.target]
            if isinstance(other, Term):
                kind = SKOS.broader if relation.kind in HIERARCHY else SKOS.related
                found.add((node, kind, URIRef(source.iri(other))))
    for view in plan.views:
        within = scheme(view.id, plan.title(view))
        for group in view.groups:
            for member in group.members:
                found.add((concept(plan[member], within), SKOS.topConceptOf, within))
    _consistent(found)
    return found


def _consistent(found: "Graph") -> None:
    """Take out links that say *related* of what a hierarchy joins already, as SKOS demands (S27)."""
    from rdflib import SKOS

    for one, other in list(found.subject_objects(SKOS.related)):
        up = set(found.transitive_objects(one, SKOS.broader)) - {one}
        down = set(found.transitive_objects(other, SKOS.broader)) - {other}
        if other in up or one in down:
            found.remove((one, SKOS.related, other))


def _json_ld(found: "Graph") -> bytes:
    import json

    data = json.loads(found.serialize(format="json-ld", auto_compact=True))
    if "@graph" in data:
        data["@graph"].sort(key=lambda node: node.get("@id", ""))
    ordered = json.dumps(_sorted(data), ensure_ascii=False, indent=1, sort_keys=True)
    return (ordered + "\n").encode()


def _sorted(data: object) -> object:
    """Return *data* with every list in an order of its own: a graph has none."""
    import json

    if isinstance(data, dict):
        return {key: _sorted(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted((_sorted(each) for each in data), key=lambda each: json.dumps(each, sort_keys=True))
    return data
