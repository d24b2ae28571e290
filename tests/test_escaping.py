"""Whatever words a text is made of: where Markdown or HTML takes it up, it is a text."""

import pytest
from hostile import TEXTS, Reader
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from plan_explorer import escaping
from plan_explorer.render import EXTENSIONS

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"\\`*_[](){}|<>!\"'&#:;=/~^ \n\t",
                "\\[",
                "\\`",
                "``",
                "](",
                "![",
                "a",
                "<b>",
                "&lt;",
                "&#91;",
                "{:",
            ]
        ),
        st.sampled_from(
            ["javascript:alert(1)", "http://e.example/x.png", "onclick=alert(1)", "[@x]", "</span>"]
        ),
        st.sampled_from(list(TEXTS.values())),
    ),
    max_size=14,
).map("".join)


def converted(markdown: str) -> str:
    return Markdown(extensions=[*EXTENSIONS, "toc"]).convert(markdown)


@settings(max_examples=300, deadline=None)
@given(PIECES, PIECES)
def test_no_text_is_more_than_text_wherever_it_stands(one, two):
    plain, html, attribute = escaping.markdown, escaping.html, escaping.attribute
    page = f"""
# {plain(one)} <span title="{html(two)}">{plain(two)}</span> {{: #a data-toc-label="{attribute(one)}" }}

- [{plain(two)}](a.md){{.x aria-label="{attribute(one)}"}} <b class="x" title="{html(one)}">{html(two)}</b>
- {" ".join(escaping.prose(one, links=False).split())} [{plain(one)}](b.md){{.y title="{attribute(two)}"}}
- {" ".join(escaping.prose(two, links=False).split())}

| {plain(one)} | [{plain(two)}](c.md){{.z aria-label="{attribute(one)}"}} |
|---|---|
| <span title="{html(one)}">{plain(two)}</span> | {plain(one)} |

<p markdown="span">{plain(one)} <svg><title>{html(one)}</title><b x="{html(two)}">{html(two)}</b></svg></p>

{escaping.prose(one)}

{escaping.prose(two)}
"""
    assert Reader(converted(page)).faults == []


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_a_text_shows_to_the_letter(text):
    shown = Reader(converted(f"x{escaping.markdown(text)}x")).text
    assert "".join(shown).split() == f"x{text}x".split()
    assert "".join(
        Reader(f'<b title="{escaping.html(text)}">{escaping.html(text)}</b>').text
    ) == escaping.one_line(text)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("`a[0] < b`", "<code>a[0] &lt; b</code>"),
        ("[a](https://x.example/?a=1&b=2)", '<a href="https://x.example/?a=1&amp;b=2">a</a>'),
        ("[a](mailto:a@x.y) [b](../b.md#c)", '<a href="mailto:a@x.y">a</a> <a href="../b.md#c">b</a>'),
        ("<https://x.example/>", '<a href="https://x.example/">https://x.example/</a>'),
        ("![a](a.png)", '<img alt="a" src="a.png" />'),
        ("![a](http://e.example/a.png)", "![a](http://e.example/a.png)"),
        ("![a](//e.example/a.png)", "![a](//e.example/a.png)"),
        ("[a](JavaScript:alert(1))", "[a](JavaScript:alert(1))"),
        ("[a](java&#115;cript:b)", "[a](java&amp;#115;cript:b)"),
        ("[a](data:text/html,b)", "[a](data:text/html,b)"),
        ("<b>a</b> {: .c }", "&lt;b&gt;a&lt;/b&gt; {: .c }"),
        (r"\*a\* \[b\]", "*a* [b]"),
    ],
)  # fmt: skip
def test_what_authors_may_write_goes_on_working_and_the_rest_shows(markdown, html):
    assert converted(escaping.prose(markdown)).removeprefix("<p>").removesuffix("</p>") == html


@pytest.mark.parametrize("address", ["a/b:c.md", "#a:b", "?a:b", "HTTP://a", "mailto:a@b", "a.md", ""])
def test_addresses_that_may_be_followed(address):
    assert escaping.is_live(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:a",
        " java\tscript:a",
        "vbscript:a",
        "data:a",
        "file:///a",
        "&#x6a;avascript&colon;a",
        "x:a",
    ],
)
def test_addresses_that_may_not(address):
    assert not escaping.is_live(address)
