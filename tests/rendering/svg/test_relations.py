"""The bow tie: boxes that do not meet, labels that fit, links and lines for everything."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from plan_explorer.rendering.svg.relations import Node, bow_tie
from plan_explorer.rendering.svg.text_fit import shorten, text_width, wrap

CENTRE = Node("", "The item itself", "self.html", "F1.2", 3)


def nodes(number, group="Task", evidence="stated"):
    return [
        Node(group, f"Entry number {n} with a name", f"{n}.html", f"F{n}", n, evidence) for n in range(number)
    ]


def drawing(left, right):
    return ElementTree.fromstring(bow_tie(CENTRE, left, right, "Relations")).find("svg")


def boxes(svg):
    """Return x, y, width and height of every box."""
    return [tuple(float(r.get(k)) for k in ("x", "y", "width", "height")) for r in svg.iter("rect")]


@pytest.mark.parametrize(("left", "right"), [(0, 1), (1, 0), (3, 3), (7, 1), (2, 12)])
def test_boxes_stand_inside_and_apart(left, right):
    svg = drawing(nodes(left, "Part of"), nodes(right))
    _, _, width, height = map(float, svg.get("viewBox").split())
    found = boxes(svg)
    for x, y, w, h in found:
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for (ax, ay, aw, ah), (bx, by, bw, bh) in itertools.combinations(found, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


def test_every_node_is_a_link_with_a_line_of_its_evidence():
    svg = drawing(nodes(2, "Part of"), nodes(3, evidence="inferred"))
    links = [a.get("href") for a in svg.iter("a")]
    assert sorted(links) == sorted(["self.html", "0.html", "1.html", "0.html", "1.html", "2.html"])
    lines = {path.get("class"): path.get("d").count("M") for path in svg.iter("path")}
    assert lines == {"px-edge px-e-stated": 2, "px-edge px-e-inferred": 3}


def test_a_large_group_is_cut_and_counted():
    text = bow_tie(CENTRE, [], nodes(30), "Relations")
    assert text.count("and 23 more") == 1
    assert len(re.findall(r'href="29.html"', text)) == 0


def test_the_same_input_gives_the_same_drawing_and_text_is_escaped():
    node = Node("<b>", 'A & "B" <script>', "x.html?a&b")
    one = bow_tie(CENTRE, [node], [], "T & <t>")
    assert one == bow_tie(CENTRE, [node], [], "T & <t>")
    assert "<script>" not in one
    assert "x.html?a&amp;b" in one
    ElementTree.fromstring(one)


@pytest.mark.parametrize(
    "text",
    [
        "Coordinate construction and use of three classes of infrastructure",
        "数字中国建设整体布局规划的总体要求",
        "Donaudampfschifffahrtsgesellschaft",
    ],
)
def test_wrapped_lines_fit_and_lose_nothing_but_by_an_ellipsis(text):
    lines = wrap(text, 110, 13, most=9)
    assert all(text_width(line, 13) <= 110 for line in lines)
    joined = re.sub(r"[\s-]", "", "".join(lines))
    assert joined == re.sub(r"[\s-]", "", text)
    short = wrap(text, 110, 13, most=1)
    assert len(short) == 1
    assert short[0].endswith("…")
    assert text_width(short[0], 13) <= 110


def test_shorten_keeps_what_fits():
    assert shorten("short", 200, 13) == "short"
    assert shorten("far too long to fit", 60, 13).endswith("…")
