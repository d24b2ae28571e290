"""Terms in running text: inflected, longest first, in Chinese too, and not where they must not be found."""

import pytest

from plan_explorer.model.term_matcher import TermMatcher

FINDER = TermMatcher(
    {
        "policy": ["policy"],
        "data": ["data"],
        "data-element": ["data element"],
        "store": ["store"],
        "5g": ["5G"],
        "element": ["要素"],
        "data-zh": ["数据要素"],
        "network": ["computing network", "computer network"],
        "co-operation": ["co-operation policy"],
        "one-word": ["element"],
        "it": ["IT"],
        "ai": ["AI", "artificial intelligence"],
        "bus": ["bus"],
        "portal": ["open data"],
        "goal": ["goal"],
        "c": ["C++"],
        "times": ["Data Elements ×"],
        "net": [".NET"],
        "korean": ["데이터"],
    }
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Data elements flow.", ["data-element"]),
        ("a data\nelement", ["data-element"]),
        ("policies and policy's", ["policy", "policy"]),
        ("stored, storing, stores", ["store", "store", "store"]),
        ("restored database", []),
        ("5G networks", ["5g"]),
        ("数据要素和要素", ["data-zh", "element"]),
        ("5G数据要素data", ["5g", "data-zh", "data"]),
        ("database data, metadata's data", ["data", "data"]),
        ("[@data 1] policy", ["policy"]),
        ("co-operation policies, co-operation elements", ["co-operation", "one-word"]),
        ("data, elements", ["data", "one-word"]),
        ("the `data` of [data](x.md) <b title='data'>", []),
        ("COMPUTING networks", ["network"]),
        ("it is aid for state and land; IT, ITs and IT's", ["it", "it", "it"]),
        ("AIs and Artificial intelligence, but no aid", ["ai", "ai"]),
        ("buses and bused, a bus and the bus's", ["bus", "bus"]),
        ("an open-data portal, open\u00a0data", ["portal", "portal"]),
        ("goald, goaled, stored", ["goal", "store"]),
        ("C++ and c, the net", ["c"]),
        ("the Data elements × plan and data elements", ["times", "data-element"]),
        ("데이터를 모으고 데이터의 데이터베이스", ["korean", "korean"]),
    ],
)
def test_terms_are_found(text, ids):
    assert [mention.id for mention in FINDER.find(text)] == ids


def test_a_mention_is_where_the_word_stands():
    text = "More data elements."
    mention = next(iter(FINDER.find(text)))
    assert text[mention.start : mention.end] == "data elements"


def test_without_terms_nothing_is_found():
    assert list(TermMatcher({}).find("data")) == []


def test_terms_that_begin_alike_cost_what_others_cost():
    alike = TermMatcher({str(n): [f"national data {n}"] for n in range(3000)})
    assert [mention.id for mention in alike.find("national data " * 5000 + "2999")] == ["2999"]
