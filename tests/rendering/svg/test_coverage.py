"""Strips, the bar of a source, the small map, the sign of a plan."""

import re
from xml.etree import ElementTree

import pytest

from plan_explorer.rendering.svg import coverage


def widths(svg):
    return [
        float(cell.get("width").rstrip("%"))
        for cell in ElementTree.fromstring(svg).iter("svg")
        if "%" in cell.get("width", "")
    ][1:]


def test_cells_are_as_wide_as_their_sentences():
    svg = coverage.strip([10, 30, 60], {2}, {1, 2})
    assert widths(svg) == [10, 30, 60]
    looks = [cell.get("class") for cell in list(ElementTree.fromstring(svg).iter("svg"))[1:]]
    assert looks == ["px-full", "px-mark", "px-bare"]


def test_a_mark_is_never_lost_among_thousands():
    svg = coverage.strip([1] * 5000, {2500}, set())
    assert svg.count('class="px-mark"') == 1
    assert len(svg) < 20_000


@pytest.mark.parametrize("rows", [[2, 5, 2, 2], [1], [60, 60, 60, 60], [], [3] * 12])
def test_the_sign_of_a_plan_stays_in_its_frame_and_has_one_square_in_colour(rows):
    svg = coverage.mark(rows)
    assert svg.count("#c8442f") == 1
    for x, y, side in re.findall(r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', svg):
        assert float(x) >= 0
        assert float(x) + float(side) <= 24.01
        assert float(y) >= 0
        assert float(y) + float(side) <= 24.01


def test_dots_are_as_many_as_asked_for():
    assert coverage.dots(5).count("<circle") == 5
