"""Read the dates in the cells of a table."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from plan_explorer.diagnostics.suggestions import normalise_word
from plan_explorer.model.dates import DAY_MONTH, MAX_DATE, read_date
from plan_explorer.translation import find_locale

_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
_WITHIN = (
    r"early|mid|late|end|beginning|middle|spring|summer|autumn|[hs][12]|(?:first|second) half"
    r"|[12]\.?(?:er|eme|e|o|st|nd)? (?:half|halbjahr|semestre)"
    "|debut|mi|fin|courant|printemps|ete|automne|anfang|mitte|ende|fruhjahr|fruhling|sommer|herbst"
    "|principios|mediados|fines|finales|primavera|verano|otono|inizio|meta|fine|estate|autunno"
    "|inicio|meados|fim|final|outono"
)
_BY = "by|until|bis|spatestens|d['’ ]?ici|jusqu['’ ]?en|jusqu['’ ]?a|horizon|hasta|entro|ate"
_FROM = "from|since|ab|seit|depuis|des|a partir|a compter|desde|dal"
_SMALL = "of|the|in|at|l|a|au|de|du|le|la|en|im|zum|al|el|da|do"
_BEFORE = re.compile(
    rf"(?:(?P<within>{_WITHIN})|(?P<by>{_BY})|(?P<begin>{_FROM})|{_SMALL})(?![^\W\d_])[\s'’-]*(?=.)"
)
_BEHIND = re.compile("(?<=.)(?:(?P<within>初|年中|上半年|下半年|底|末)|(?P<by>[底末]前)|(?P<begin>起))$")
"""Words beside a date, without accents: that it is within that time, or that something ends or begins."""


def day_order(language: str, cells: Iterable[str]) -> str:
    """Return what comes first in the dates of a column: ``day``, ``month``, or "" if nothing tells.

    Args:
        language: the tag of the language of the table, or "". English is written in both ways.
        cells: what is in the column, which comes before the language.
    """
    dates = [match for cell in cells if (match := DAY_MONTH.fullmatch(cell.strip())) and match[2] != "."]
    told = {"day" for match in dates if int(match[1]) > 12}
    told |= {"month" for match in dates if int(match[3]) > 12}
    if told or language in ("", "en"):
        return told.pop() if len(told) == 1 else ""
    if not (locale := find_locale(language)):
        return ""
    first = re.sub("[^dMy]", "", str(locale.date_formats["short"].pattern))[0]
    return {"d": "day", "M": "month"}.get(first, "")


def read_cell_date(words: str, language: str, order: str) -> tuple[str, str]:
    """Return the date in a cell as EDTF, or "", and its words if they say more and are few.

    Args:
        words: the text of the cell, which may be the number of a day since 1900.
        language: the tag of the language of the table.
        order: ``day`` or ``month``, if one of them is known to come first.
    """
    if len(words) > MAX_DATE:
        return "", ""
    if _SERIAL.fullmatch(words):
        return (datetime(1899, 12, 30) + timedelta(float(words))).strftime("%Y-%m-%d"), ""
    order = "day" if "." in words else order  # with points between, the day comes first everywhere
    date = read_date(words, language, order)
    if date:
        return date, words if "/" in date and re.search(r"[^\W\d]", words) else ""
    rest, kinds = normalise_word(words).strip(), set[str]()
    while match := _BEFORE.match(rest) or _BEHIND.search(rest):
        kinds |= {kind for kind, found in match.groupdict().items() if found}
        rest = rest[match.end() :] if match.start() == 0 else rest[: match.start()]
    date = read_date(rest, language, order) if kinds else ""
    start, end = date.split("/")[0], date.split("/")[-1]
    bounded = {"by": f"../{end}", "begin": f"{start}/.."}
    bounds = [bounded[kind] for kind in kinds if kind in bounded]
    return (bounds or [date])[0] if date and len(bounds) < 2 else "", words
