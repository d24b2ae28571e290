"""Read the sheets of an OpenDocument workbook."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from plan_explorer.importers.cells import Cell
from plan_explorer.importers.safe_read import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    parse_xml,
    refuse,
    refuse_zip_bomb,
)

MAX_COPIES = 200_000
"""How many cells of a workbook are repetitions of others, or filled with the words of those above."""
_OFFICE, _STYLE, _TABLE, _TEXT, _FO = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "style", "table", "text", "xsl-fo-compatible")
)
_HREF = "{http://www.w3.org/1999/xlink}href"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_VALUES = {"float": "value", "percentage": "value", "currency": "value", "date": "date-value"}
_MARGIN = re.compile(r"(\d{1,4}(?:\.\d{1,9})?)(cm|mm|in|pt)")
_SHARE = re.compile(r"-?\d{1,9}(?:\.\d{1,20})?")
_SPACES = {"cm": 7, "mm": 0.7, "in": 18, "pt": 0.25}
"""How many spaces stand for a margin of each unit: between two and three for a step of an indent."""


def read_sheets(raw: bytes, shown: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the numbered rows of each sheet that are not empty, by its name.

    Raises:
        PlanError: ``not-imported``, if it is no workbook or unpacks to far more than its size.
    """
    refuse_zip_bomb(raw, shown)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            content = packed.read("content.xml")
    except Exception:  # whatever a broken or hostile file makes the library stumble over
        content = b""
    if not content.startswith((b"<", b"\xef\xbb\xbf<")):
        raise refuse(shown, "this workbook cannot be read", "save it again as .ods, without a password")
    if len(content) > MAX_BYTES:
        raise refuse(shown, f"this file unpacks to more than {MAX_BYTES // 2**20} MB", "split it")
    root = parse_xml(content, shown)
    reader = _Reader(root, shown)
    sheets = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    own = (sheet for sheet in sheets if sheet.find(f"{_TABLE}table-source") is None)  # not of other files
    return {sheet.get(f"{_TABLE}name", ""): list(reader.rows(sheet)) for sheet in own}


class _Reader:
    def __init__(self, root: Any, shown: str) -> None:
        self._shown = shown
        self._room = MAX_COPIES
        self._indents = {
            style.get(f"{_STYLE}name"): _indent(properties)
            for style in root.iter(f"{_STYLE}style")
            for properties in style.iterfind(f"{_STYLE}paragraph-properties")
        }
        for gap in root.iter(f"{_TEXT}s"):
            gap.text = " " * min(_number(gap, f"{_TEXT}c"), 20)
        for name, words in (("tab", "\t"), ("line-break", "\n")):
            for gap in root.iter(f"{_TEXT}{name}"):
                gap.text = words

    def rows(self, sheet: Any) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not empty, with the words of merged cells in each row that they reach."""
        styles: list[str] = []
        for column in sheet.iter(f"{_TABLE}table-column"):
            times = min(_number(column, f"{_TABLE}number-columns-repeated"), MAX_COLUMNS - len(styles))
            styles += [column.get(f"{_TABLE}default-cell-style-name", "")] * times
        number, merged = 1, dict[int, tuple[int, str]]()
        for row in sheet.iter(f"{_TABLE}table-row"):
            if number > MAX_ROWS:
                break
            cells: list[str] = []
            merged = {at: cell for at, cell in merged.items() if cell[0] >= number}
            above = dict(merged)
            for cell in row.iterchildren(*_CELLS):
                at = len(cells)
                if at == MAX_COLUMNS:
                    break
                style = row.get(f"{_TABLE}default-cell-style-name") or "".join(styles[at : at + 1])
                words = self._words(cell, style)
                times = _number(cell, f"{_TABLE}number-columns-repeated")
                self._spend((times - 1) * bool(words))
                cells += [words] * min(times, MAX_COLUMNS - at)
                down = _number(cell, f"{_TABLE}number-rows-spanned")
                if words and down > 1:
                    merged[at] = (number + down - 1, words)
            while cells and not cells[-1]:
                cells.pop()
            times = _number(row, f"{_TABLE}number-rows-repeated")
            if cells:
                self._spend((times - 1) * len(cells) + len(above))
                for at, (_, words) in above.items():
                    cells += [""] * (at + 1 - len(cells))
                    cells[at] = words
                yield from ((each, cells) for each in range(number, number + times))
            number += times

    def _words(self, cell: Any, style: str) -> str:
        """Return what a cell says, indented as it is shown."""
        if cell.tag != _CELLS[0]:  # behind a merged cell
            return ""
        kind = cell.get(f"{_OFFICE}value-type")
        value = str(cell.get(f"{_OFFICE}{_VALUES.get(kind)}", ""))
        if kind == "percentage" and _SHARE.fullmatch(value):
            value = f"{float(value) * 100:.10g}%"
        if value:
            words = value.removesuffix(".0").removesuffix("T00:00:00")[:MAX_CELL]
            return words if kind == "date" else Cell(words, holds_number=True)
        parts = list(cell.iterchildren(f"{_TEXT}p"))
        links = [link for part in parts for link in part.iter(f"{_TEXT}a") if link.get(_HREF)]
        for link in links[1:]:  # a cell has one link
            link.tail = f" ({link.get(_HREF)}){link.tail or ''}"
        words = "\n".join("".join(part.itertext()) for part in parts)
        indent = self._indents.get(cell.get(f"{_TABLE}style-name") or style, "")
        shown = f"{indent}{words}"[:MAX_CELL] if words.strip() else ""
        return Cell(shown, link=links[0].get(_HREF)) if shown and links else shown

    def _spend(self, copies: int) -> None:
        """Refuse a workbook that repeats its cells too often."""
        self._room -= copies
        if self._room < 0:
            message = f"this workbook repeats more than {MAX_COPIES} cells"
            raise refuse(self._shown, message, "delete rows and columns that only repeat others")


def _number(element: Any, name: str) -> int:
    """Return how often something is repeated, once by default."""
    value = element.get(name, "")
    return int(value) or 1 if re.fullmatch("[0-9]{1,12}", value) else 1


def _indent(properties: Any) -> str:
    """Return spaces as wide as a margin."""
    margin = _MARGIN.fullmatch(properties.get(f"{_FO}margin-left", ""))
    return " " * min(round(float(margin[1]) * _SPACES[margin[2]]), 100) if margin else ""
