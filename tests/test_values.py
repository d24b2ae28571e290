"""The quick walk through a file passes over nothing that the careful one would tell of."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.values import Loader, _Walk, values

PIECES = [
    "a: ",
    "b",
    "- ",
    "\n",
    "  ",
    " ",
    "&n ",
    "*n",
    "!t ",
    "!",
    "#1",
    " #1",
    "# 1",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
]
PIECES += [", ", ",", ":", "~", "null", "? ", "|\n", ">-\n", "é", "中", "\t", "**b**", "R&D", "-", "\u00a0"]


def both(text: str) -> tuple[object, object]:
    root = yaml.compose(text, Loader=Loader)
    if root is None:
        return None, None
    walk = _Walk("a.yaml", text)
    return values(root, "a.yaml", text), (walk.value(root, 0), walk.problems)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_quick_walk_finds_what_the_careful_one_finds(text):
    try:
        quick, careful = both(text)
    except yaml.YAMLError:
        return
    assert quick == careful


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("&n a: b", "alias"),
        ("a: &n b", "alias"),
        ("[&n b]", "alias"),
        ("a: !t b", "tag"),
        ("{a: b,c: !t d}", "tag"),
        ("a: b #1", "cut-off"),
        ("a: b\t#1", "cut-off"),
        ("a: b\na: c", "duplicate-key"),
        ("? [a]\n: b", "bad-key"),
        ("".join(f"{' ' * n}b:\n" for n in range(60)), "too-deep"),
    ],
)
def test_what_yaml_drops_is_told(text, code):
    (_, problems), careful = both(text)
    assert [problem.code for problem in problems][:1] == [code]
    assert problems == careful[1]


@pytest.mark.parametrize(
    "text", ["a: R&D!", "a: one & two", "a: '**b** *'", "# note", "a: 3*4", "a: b # note"]
)
def test_what_yaml_keeps_is_no_fault(text):
    quick, careful = both(text)
    assert quick == careful
    assert quick is None or quick[1] == []
