"""Text of a plan stands on a page to the letter, whatever marks it has; links keep to harmless schemes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.rendering.commonmark import fold_blanks, is_safe, parse
from plan_explorer.rendering.markdown import escape_markdown

PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]) | st.just(" "), max_size=40)
MARKS = st.text("*_`[](){}<>#+-.!|\\~=&;:'\"^$@12ab ", max_size=30)


def shown(markdown: str) -> str:
    return "".join(parse(markdown).itertext()).strip()


@given(PRINTABLE | MARKS)
def test_text_stands_to_the_letter_as_a_paragraph_and_in_a_list(text):
    expected = fold_blanks(text)
    assert shown(escape_markdown(text)) == expected
    assert shown(f"- {escape_markdown(text)}") == expected


@given(PRINTABLE | MARKS)
def test_and_in_a_table_and_a_heading(text):
    expected = fold_blanks(text)
    assert shown(f"| a |\n|---|\n| {escape_markdown(text)} |").removeprefix("a").strip() == expected
    assert shown(f"# x {escape_markdown(text)} x").removeprefix("x").removesuffix("x").strip() == expected


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/", True),
        ("mailto:a@example.org", True),
        ("../a.md#b", True),
        ("javascript:alert(1)", False),
        ("JaVa\tScript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
    ],
)
def test_only_harmless_schemes_stay_live(address, safe):
    assert is_safe(address) is safe


def test_what_could_run_or_load_is_taken_out_of_a_body():
    root = parse(
        '<a id="x" onclick="y"></a>[a](javascript:x) ![b](http://x.example/b.png) <script>z</script>'
    )
    assert {element.tag for element in root.iter()} == {"div", "p", "span"}
    assert [element.attrib for element in root.iter() if element.attrib] == [{"id": "x"}]
