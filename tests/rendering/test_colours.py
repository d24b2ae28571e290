"""Hues: readable in both schemes for any number of groups and items, or from colours that are given."""

import itertools

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.rendering import colours

GROUNDS = {"light": "#ffffff", "dark": "#1e2129"}
"""The pages; Material's slate is the lightest dark one in use: darker pages only add contrast."""


def readable(hue: colours.Hue) -> bool:
    """Say whether text reaches 4.5:1 and rules 3:1 on the page and on the wash, in both schemes."""
    for scheme, page in GROUNDS.items():
        text, rule, wash = getattr(hue, scheme)
        if min(contrast(text, page), contrast(text, wash)) < 4.5:
            return False
        if min(contrast(rule, page), contrast(rule, wash)) < 3:
            return False
    return True


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG."""
    return Color(one).contrast(other, method="wcag21")


@pytest.mark.parametrize("groups", [[1], [2, 5, 2, 2], [60] * 4, [1] * 17, [0, 3, 0], [400]])
def test_spread_hues_are_readable_and_one_for_each(groups):
    found = colours.spread(groups)
    assert len(found) == sum(groups)
    assert all(map(readable, found))


def test_few_hues_differ():
    found = colours.spread([2, 5, 2, 2])
    assert len({hue.light[0] for hue in found}) == 11


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_any_given_colour_becomes_readable(colour):
    assert readable(colours.from_colour(colour))


def test_a_short_colour_is_the_long_one():
    assert colours.from_colour("#1a8") == colours.from_colour("#11aa88")
    with pytest.raises(ValueError, match="valid color"):
        colours.from_colour("bluish")


def test_the_style_sheet_has_every_hue_in_both_schemes():
    sheet = colours.stylesheet(colours.spread([2, 1]))
    numbers = [line.count(f".px-h-{n}{{") for n, line in itertools.product(range(3), [sheet])]
    assert numbers == [3, 3, 3]  # light, dark by choice, dark by the system
    assert colours.stylesheet([]) == ""
