"""Figures in words."""

import pytest

from plan_explorer.model.indicators import amount


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("30", "%", "30%"),
        ("30", "％", "30％"),
        ("8", "million", "8 million"),
        ("80", "万册", "80万册"),
        ("3", "", "3"),
    ],
)
def test_a_blank_parts_a_figure_from_its_unit_where_the_script_has_blanks(value, unit, words):
    assert amount(value, unit) == words
