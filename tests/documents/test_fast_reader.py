"""What is read quickly is what a careful look finds; nothing is passed over that it would tell of."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.documents.document import Document
from plan_explorer.documents.fast_reader import plain
from plan_explorer.documents.values import Loader, values

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


def careful(text: str) -> tuple[object, list[str]]:
    root = yaml.compose(text, Loader=Loader)
    data, problems = values(root, "a.yaml", text) if root is not None else (None, [])
    return data, [problem.code for problem in problems]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_read_quickly_is_what_a_careful_look_finds(text):
    quick = plain(text)
    assert quick is None or careful(text) == (quick.data, [])


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_entries_stand_where_a_careful_look_finds_them(text):
    text = f"a:\n  - {text}\n  - b: c\nd: [e,\n f]\n"
    if quick := plain(text):
        document = Document.of("a.yaml", text)
        document.note_entries()
        assert document.spans == quick.spans


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("&n a: b", "alias"),
        ("a: &n b", "alias"),
        ("a: &n b\nc: *n", "alias"),
        ("a: &n b\n*n : c", "alias"),
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
    assert plain(text) is None
    assert careful(text)[1][:1] == [code]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: R&D!", {"a": "R&D!"}),
        ("a: one & two", {"a": "one & two"}),
        ("a: '**b** *'\nc: d **e**", {"a": "**b** *", "c": "d **e**"}),
        ("a: 3*4 # note\nb: ~", {"a": "3*4", "b": None}),
        ("a: the *one* & *two*", {"a": "the *one* & *two*"}),
        ("a: [{b: '~'}, [], 1]", {"a": [{"b": "~"}, [], "1"]}),
    ],
)
def test_a_sound_file_is_read_quickly(text, data):
    assert plain(text).data == data == careful(text)[0]


@pytest.mark.parametrize(
    "text", ["", "# note", "- a", "a", "a: b\n---\nc: d", "a: [b", "a: b: c", "? {a: b}\n: c"]
)
def test_what_is_no_single_sound_mapping_is_looked_at_with_care(text):
    assert plain(text) is None


@pytest.mark.parametrize("depth", range(36, 44))
def test_what_is_nested_too_deeply_is_not_read_quickly(depth):
    text = f"a: {'[' * depth}b{']' * depth}"
    quick = plain(text)
    assert quick is None or careful(text) == (quick.data, [])
    assert (quick is None) >= ("too-deep" in careful(text)[1])
