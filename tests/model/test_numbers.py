"""Which words of a figure are a number."""

from decimal import Decimal

import pytest

from plan_explorer.model.indicators import number_of


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("١٢٠", "120"),
        ("١١٢٫٥", "112.5"),
        ("٢٠٠٬٠٠٠", "200000"),
        ("112.5", "112.5"),
        ("2,100", "2100"),
        ("0,500", "0.5"),
    ],
)
def test_digits_and_signs_of_arabic_are_a_number(words, number):
    assert number_of(words) == Decimal(number)


@pytest.mark.parametrize("words", ["٩٠ مليون", "٢٠٫", "٢٬٠٠٬٠", "نحو ٩٠"])
def test_what_is_more_than_a_number_is_none(words):
    assert number_of(words) is None
