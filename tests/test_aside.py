"""What the plugin converts itself becomes what Python-Markdown and MkDocs make of it, to the byte."""

import json
import logging
from pathlib import Path

import pytest
from bench import synthetic
from conftest import build_site, plan_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.exceptions import Abort

from plan_explorer import cache, plugin, render
from plan_explorer.plugin import aside


def _by_markdown(text: str) -> str:
    extensions = ["toc", "admonition", *render.EXTENSIONS]
    return Markdown(extensions=extensions, extension_configs={"toc": {"permalink": "#"}}).convert(text)


def _by_both(text: str, address=lambda href: href) -> tuple[str, str]:
    """Return what becomes of *text*, and what was left to Python-Markdown."""
    left, ready = aside.set_aside(text, address)
    html = _by_markdown(left)
    if aside.ids(*ready) & aside.ids(html):
        return _by_markdown(text), text
    return aside.put_back(html, ready), left


def _plain_build(folder: Path, target: Path, monkeypatch, **options) -> Path:
    with monkeypatch.context() as patch:
        patch.setattr(plugin, "is_plain", lambda config: False)
        patch.setattr(aside, "set_aside", lambda markdown, address: (markdown, []))
        return build_site(folder, target, **options)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _assert_same(site: Path, plain: Path) -> None:
    """Compare two sites, and what the next build will know of their pages: links, places, addresses."""
    first, second = _files(site), _files(plain)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    known, known_too = (
        {name: json.loads(record.partition(b"\n")[0]) for name, record in _files(folder).items()}
        for folder in (site.parent / cache.FOLDER, plain.parent / cache.FOLDER)
    )
    assert known
    assert known == known_too


@pytest.mark.slow
@pytest.mark.parametrize("name", ["real", "decade", "tiny", "vision"])
def test_every_page_of_a_plan_is_the_same_as_without(name, sites, tmp_path, monkeypatch):
    _assert_same(sites(name), _plain_build(plan_folder(name), tmp_path, monkeypatch))


@pytest.mark.slow
def test_it_is_the_same_with_addresses_that_are_folders(tmp_path, monkeypatch):
    synthetic.write(tmp_path / "plan", 60)
    options = {"use_directory_urls": True, "site_url": "https://example.org/a/", "strict": False}
    site = build_site(tmp_path / "plan", tmp_path / "a", **options)
    _assert_same(site, _plain_build(tmp_path / "plan", tmp_path / "b", monkeypatch, **options))


def test_it_is_the_same_where_another_extension_changes_words(tmp_path, monkeypatch):
    options = {"markdown_extensions": ["smarty", "toc"]}
    site = build_site(plan_folder("tiny"), tmp_path / "a", **options)
    _assert_same(site, _plain_build(plan_folder("tiny"), tmp_path / "b", monkeypatch, **options))


@pytest.mark.slow
def test_little_of_a_page_is_left_to_the_parser(tmp_path, monkeypatch):
    left = {}

    def set_aside(markdown, address, really=aside.set_aside):
        text, ready = really(markdown, address)
        left[markdown.split("\n")[0]] = text
        return text, ready

    synthetic.write(tmp_path / "plan", 60)
    monkeypatch.setattr(aside, "set_aside", set_aside)
    build_site(tmp_path / "plan", tmp_path, strict=False)
    page = next(text for title, text in left.items() if ">S10<" in title)
    rest = [line for line in page.split("\n") if line and not line.startswith("px-finished-")]
    assert rest
    assert all(line.startswith("#") for line in rest)


def _with_about(tmp_path: Path, text: str) -> Path:
    """Build a small site whose page about it has *text* at its end."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "about.md").write_text('{% include "builtin/about.md" %}\n\n' + text, encoding="utf-8")
    plugins = [{"plan-explorer": {"templates": "own"}}]
    return build_site(plan_folder("tiny"), tmp_path, plugins=plugins)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("nowhere.md", "contains a link 'nowhere.md', but the target is not found"),
        ("a-z.md#nowhere", "the doc 'a-z.md' does not contain an anchor '#nowhere'"),
        ("#nowhere", "contains a link '#nowhere', but there is no such anchor on this page"),
    ],
)
def test_mkdocs_still_hears_of_links_that_lead_nowhere(link, said, tmp_path, caplog):
    with pytest.raises(Abort), caplog.at_level(logging.WARNING):
        _with_about(tmp_path, f"- See [there]({link}).\n- And [there](a-z.md).\n")
    assert said in caplog.text


def test_a_place_that_is_set_aside_can_be_linked_to(tmp_path):
    _with_about(tmp_path, "- See [there](#here).\n\nText.\n{: #here }\n")


def test_a_heading_does_not_take_an_address_of_what_is_set_aside(tmp_path):
    text = "## Other things\n\nText.\n{: #other-things }\n\n- [there](#other-things_1)\n"
    site = _with_about(tmp_path, text)
    page = (site / "about.html").read_text(encoding="utf-8")
    assert '<h2 id="other-things_1">' in page
    assert '<p id="other-things">Text.</p>' in page


KNOWN = """\
One line of words, with [a link](a/b.md#c){.px-loc aria-label="A: b, c"} and **bold** ones, 数据 and مرحبا.

<span lang="zh-Hans">数据</span> [<b>x</b> y](a.md "Its title") \\[not a link\\] &amp; &#x27; R\\*D #1 +2 =3

“Quoted.” [External](https://example.org/a#b), [same page](#s1)
{: #s1 .a .b }

- [a](b.md)
    {: #s2 }
- two
    - below
    - [c](d.md){: .e }
- three

<div class="z" data-a="b" aria-label="c" markdown>

1. <span class="px-ref">[a](b.md)</span> **b**
1. two: three; four!

<aside class="b" markdown>

Term
:   [a](b.md)
:   two

Other
Another
:   three

</aside>

| A | B | |
|---|---|---|
| [a](b.md){.c} | <span lang="zh">数</span> | |
| (d) | e\\_f | <https://example.org/a_b?c#d> |

<p class="z" id="y"><strong>Raw:</strong> 1 &lt; 2</p>

<figure class="g" aria-label="f">
<div class="p">x</div>
<figcaption class="l"><span>y</span> z</figcaption>
</figure>

<details class="c" markdown><summary>Sum of 2</summary>

Text

```yaml
a: "<b>" & c

# no heading
- no list
```

</details>

</div>

<section class="s" markdown>

## A heading {: #h }

- a

    [b](c.md)

- d

    e

    f

</section>

<table class="t">
<tr><td data-l="a">1 &amp; <input type="search" hidden></td></tr>
</table>

<ul>
<li><a href="a.html" id="u">x</a>*y*</li>
</ul>

<p class="q" markdown="span">In [a](b.md), **b**</p>
"""


def test_known_shapes_are_all_set_aside():
    html, left = _by_both(KNOWN)
    assert html == _by_markdown(KNOWN)
    rest = [line for line in left.split("\n") if line and "px-finished-" not in line]
    assert rest == ["## A heading {: #h }"]


def _rows(text: str) -> list[str]:
    """Return one text for each line of *text*; ``⏎`` stands for a line within it."""
    return [line.replace("⏎", "\n") for line in text.strip("\n").split("\n")]


ODD = _rows(r"""
a_b_c and _d_
*a* **b**
** a **
***a***
`code`
a\`b
\\
<https://a.b>
<a@b.c>
R&D
a < b
a<b>c
<br>
![i](j.png)
!![a](b.md)
[a]
[a][b]
[a] (b.md)
[](b.md)
[a](b (c).md)
[a](<b.md>)
[a]( b.md )
[a](b.md 'c')
[a](b.md "c (d)")
[ a ](b.md)
[a [b](c.md)](d.md)
[**a**](b.md)
[a](b.md){.c
[a](b.md) {.c}
[a](b.md){ .c }
{.c}
[a](b.md){: .c title="d_e_f"}
**a**{.b}
**a** {: .b }
[a_b](c_d.md) e_f
[a](b.md?c=d&e=f)
<span title="[a](b.md)">c</span>
<span title="a *b* c">d</span>
<i markdown>*a*</i>
<SPAN>a</SPAN>
<a name="b">c</a>
<span class='a'>b</span>
<!-- a -->
a | b
a  b
1. a
12.5 %
1) a
- a
+ a
* a
# a
> a
: a
=
---
a:
[a]: b.md
*[a]: b
Term
http://a.b
a@b.c
😀
‏مرحبا
""")
ODD += ["", "a\u00a0b\u3000c", "a\u2028b", "x" * 300]
"""Text that means something, may seem to, or once did."""

FRAMES = _rows("""
{}
{}⏎{{: #a .b }}
{}⏎{{: .c }}
- {}⏎- {}
- {}⏎    {{: #b }}⏎- a
- {}⏎    {{: #b }}⏎    {{: .c }}⏎- a
1. ⏎{{: title="c d" }}
- {}⏎⏎- {}
- {}⏎⏎    {}⏎⏎- a⏎⏎    b⏎⏎    c
- {}⏎⏎    {}⏎    d⏎⏎⏎- e
- a⏎⏎    - {}⏎⏎    {}
1. {}⏎1. a
- {}⏎    - {}⏎- b
- a⏎⏎    {}⏎⏎- b
* {}⏎- {}
- {}⏎1. {}
- {}⏎⏎1. {}
- a⏎    1. {}⏎    - b
| {} | a |⏎|---|---|⏎| {} | b |
| a |⏎|---|⏎| {} |
| a | b |⏎|---|:-:|⏎| {} | c |
| {} | a |
{}⏎:   {}⏎:   a
{}⏎:   a⏎⏎b⏎:   {}
{}⏎⏎:   a
{}⏎{}⏎:   a⏎b⏎:   c
{}⏎:   a⏎    b
{}⏎{}
{}⏎===
    {}
## {} {{: #c }}
# {}
### a⏎{}
> {}
!!! note⏎    {}
```text⏎{}⏎```
```⏎{}⏎⏎- a⏎```
```{{.a}}⏎{}⏎```
~~~⏎{}⏎⏎- a⏎~~~
```⏎{}
<p class="a" markdown="span">{}</p>
<p class="a">{}</p>
<p>{}
<pre>⏎⏎{}⏎⏎</pre>
<b>⏎⏎{}
<div class="a">⏎⏎{}⏎⏎</div>
<figure class="a">⏎<div class="b c">{}</div>⏎</figure>
<ul>⏎<li>{}</li>⏎</ul>
<table>⏎<tr><td>{}</td></tr>⏎</table>
<div class="a">⏎<div id="b">{}</div>⏎</div>
""")
"""Blocks."""

AROUND = _rows("""
<div class="z" markdown>⏎⏎{}⏎⏎</div>
<aside id="i" class="b" markdown>⏎⏎{}⏎⏎</aside>
<details markdown><summary>Sum</summary>⏎⏎{}⏎⏎</details>
<div class="z" markdown="1">⏎⏎{}⏎⏎</div>
<section markdown>⏎{}⏎</section>
a⏎<div class="z" markdown>⏎⏎{}⏎</div>⏎- b
<div markdown>⏎<div class="z" markdown>⏎{}⏎</div>⏎</div>⏎<p>b</p>⏎<div markdown>⏎⏎c⏎⏎</div>
<div class='z' markdown>⏎⏎{}⏎⏎</div>
<div markdown>⏎⏎{}
""")
"""What may be around blocks."""

words = st.sampled_from(ODD) | st.sampled_from(["words", "[a](b.md#c)", "**b**"])
pieces = st.lists(words, min_size=1, max_size=3)
inline = st.builds(lambda parts, by: by.join(parts), pieces, st.sampled_from([" ", " ", ""]))
plainly = st.sampled_from(["words, more", "[a](b.md){.c}", "<span>a</span> b", "**b** c", "数据"])
lines = st.builds(lambda frame, a, b: frame.format(a, b), st.sampled_from(FRAMES), inline | plainly, plainly)
bodies = st.recursive(
    st.lists(lines, min_size=1, max_size=3).map("\n\n".join),
    lambda inner: st.builds(lambda frame, body: frame.format(body), st.sampled_from(AROUND), inner),
    max_leaves=3,
)


@pytest.mark.slow
@given(st.lists(bodies, min_size=1, max_size=4).map("\n\n".join))
@settings(max_examples=600, deadline=None, derandomize=True)
def test_whatever_stands_there_it_becomes_the_same(text):
    assert _by_both(text)[0] == _by_markdown(text)
