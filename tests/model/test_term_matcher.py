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
