"""Read numbers as the language of a file writes them."""

import re
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import get_decimal_symbol

from plan_explorer.model.indicators import NUMBER, number_of
from plan_explorer.translation import find_locale

_EITHER = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}")
"""A number whose sign may part thousands or decimals: 2.500."""
_COMMA = re.compile(r"[-+−]?(?:(?!0)\d{1,3}([. '’\u00a0\u202f])\d{3}(?:\1\d{3})*|\d+)(?:,\d+)?")
"""A number with a decimal comma."""
_WRITTEN = {".": NUMBER, ",": _COMMA}


def decimal_sign(language: str) -> str:
    """Return what parts decimals in a language, or "" if the language is not known."""
    locale = find_locale(language)
    return get_decimal_symbol(locale) if locale else ""


def is_ambiguous(words: str) -> bool:
    """Return whether *words* are one number with a decimal point and another with a decimal comma."""
    return bool(_EITHER.fullmatch(words))


def told_signs(cells: Iterable[str]) -> set[str]:
    """Return what parts decimals in the numbers among *cells* that can only be read in one way."""
    return {sign for cell in cells if (sign := _told_sign(cell))}


def _told_sign(words: str) -> str:
    fitting = [sign for sign, written in _WRITTEN.items() if written.fullmatch(words)]
    return fitting[0] if len(fitting) == 1 else ""


def read_number(words: str, sign: str) -> str:
    """Return a number as a plan writes it, or *words* as they are if a plan reads them alike.

    Args:
        words: what the file has.
        sign: what parts decimals there, unless the number itself tells.
    """
    sign = _told_sign(words) or sign
    if sign != "," or not _COMMA.fullmatch(words):
        return words
    spaced = words.replace(".", " ")
    point = re.sub(r"[^\d,+−-]", "", words).replace(",", ".")
    value = Decimal(point.replace("−", "-"))
    return next(each for each in (words, spaced, spaced.rstrip("0"), point) if number_of(each) == value)
