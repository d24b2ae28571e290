"""The graph is read by networkx, with every entry as a node and every relation as an edge."""

import networkx
import pytest
from exporters.conftest import TINY


@pytest.fixture
def text(exported):
    return exported("graphml").files["plan.graphml"].decode()


def test_every_entry_and_relation_is_in_it(text, plan):
    graph = networkx.parse_graphml(text)
    assert graph.is_directed()
    assert set(graph) == {entity.id for entity in plan}
    edges = sorted((start, end, data["kind"]) for start, end, data in graph.edges(data=True))
    under = [(item.id, parent, "under") for item in plan.items for parent in item.parents]
    related = [(e.id, relation.target, relation.kind) for e in plan for relation in e.relations]
    assert edges == sorted(under + related)


def test_nodes_and_edges_carry_their_words(text, plan):
    graph = networkx.parse_graphml(text)
    assert {id: data["label"] for id, data in graph.nodes(data=True)} == {e.id: plan.title(e) for e in plan}
    for _, _, data in graph.edges(data=True):
        assert data["kind"] == "under" or data["status"]


@TINY
@pytest.mark.parametrize(("given", "planted"), [('key="node-label"', 'key="node-colour"'), ("</graph>", "")])
def test_a_fault_is_caught(text, given, planted):
    assert given in text
    with pytest.raises((networkx.NetworkXError, SyntaxError)):
        networkx.parse_graphml(text.replace(given, planted, 1))


@TINY
def test_an_edge_from_nowhere_is_caught(text, plan):
    graph = networkx.parse_graphml(text.replace('source="less-runoff" ', "", 1))
    assert set(graph) != {entity.id for entity in plan}
