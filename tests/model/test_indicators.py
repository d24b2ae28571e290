"""Figures: numbers as authors write them, and amounts in words."""

from decimal import Decimal

import pytest

from plan_explorer.model.indicators import amount, number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("4,5", "4.5"),
        ("1 250", "1250"),
        ("1\u202f250", "1250"),
        ("1 212,5", "1212.5"),
        ("1\u202f212,5", "1212.5"),
        ("1.212,5", "1212.5"),
        ("1 250 000,25", "1250000.25"),
        ("1,250", "1250"),
        ("1,250.5", "1250.5"),
    ],
)
def test_a_number_is_read_with_a_point_or_a_comma(written, number):
    assert number_of(written) == Decimal(number)


@pytest.mark.parametrize("written", ["12 12,5", "1,2,3", "1.212,", "1 212.5,5", "environ 4"])
def test_what_is_no_number_is_none(written):
    assert number_of(written) is None


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
