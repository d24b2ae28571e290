"""The concepts keep the rules of SKOS, as Turtle and as JSON-LD; faults are found by SHACL."""

from pathlib import Path

import pytest
from exporters.conftest import BASE, TINY
from pyshacl import validate
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from plan_explorer.exporters.skos import BROADER, NARROWER
from plan_explorer.model.entities import Item, Term

SHAPES = Graph().parse(Path(__file__).with_name("skos.shapes.ttl"))


@pytest.fixture(params=[BASE])
def base(request):
    """Return one address: without one, only the identifiers differ."""
    return request.param


@pytest.fixture
def graph(exported):
    return Graph().parse(data=exported("skos").files["plan.ttl"], format="turtle")


def faults(graph):
    sound, _, text = validate(graph, shacl_graph=SHAPES, inference="none", advanced=True)
    return [] if sound else text.splitlines()


@pytest.mark.slow
def test_the_concepts_keep_the_rules(graph):
    assert faults(graph) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its parser uses a class of its own past
def test_turtle_and_json_ld_say_the_same(graph, exported):
    other = Graph().parse(data=exported("skos").files["plan.jsonld"], format="json-ld")
    assert isomorphic(graph, other)


def test_every_term_and_item_is_a_concept_with_its_names(graph, plan, source):
    kept = [each for each in plan if isinstance(each, Term | Item)]
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(kept) > 0
    for entity in kept:
        labels = {(o.language, str(o)) for o in graph.objects(URIRef(source.iri(entity.id)), SKOS.prefLabel)}
        assert labels >= {(tag, name.text) for tag, name in entity.name.items()}


def test_what_a_plan_calls_part_of_is_broader(graph, plan, source):
    found = [
        (entity.id, relation.target) if relation.kind in BROADER else (relation.target, entity.id)
        for entity in plan.terms
        for relation in entity.relations
        if relation.kind in BROADER + NARROWER and isinstance(plan[relation.target], Term)
    ]
    for below, above in found:
        assert (URIRef(source.iri(below)), SKOS.broader, URIRef(source.iri(above))) in graph


def two(graph):
    """Return an item and one that stands under it."""
    return next((above, below) for below, above in graph.subject_objects(SKOS.broader))


FAULTS = {
    "(S27)": lambda g, above, below: (
        g.add((above, SKOS.related, below)),
        g.add((below, SKOS.related, above)),
    ),
    "(S23)": lambda g, above, below: g.add((above, SKOS.related, URIRef("urn:x"))),
    "leads back": lambda g, above, below: (
        g.add((above, SKOS.broader, below)),
        g.add((below, SKOS.narrower, above)),
    ),
    "more than one": lambda g, above, below: g.add((above, SKOS.prefLabel, Literal("Another", lang="en"))),
    "disjoint": lambda g, above, below: g.add((above, SKOS.altLabel, g.value(above, SKOS.prefLabel))),
    "Less than 1 values": lambda g, above, below: g.remove((above, SKOS.inScheme, None)),
}


@TINY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(graph, fault):
    FAULTS[fault](graph, *two(graph))
    found = "\n".join(faults(graph))
    words = {"more than one": "UniqueLang", "disjoint": "Disjoint"}.get(fault, fault)
    assert words in found
