"""Read the sheets of an Excel workbook."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, TypeGuard

from plan_explorer.importers.cells import Cell
from plan_explorer.importers.safe_read import MAX_CELL, MAX_COLUMNS, MAX_ROWS, refuse, refuse_zip_bomb

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_PERCENT = re.compile(r"[#,0]*0(?:\.[0#]+)? ?%")
_DECIMALS = re.compile(r"0\.(0{1,6})")
"""Formats of numbers that change what a reader of a cell takes it for."""
MAX_MERGED = 20_000
"""How many cells are filled with the words of those that they are merged with."""


def read_sheets(raw: bytes, shown: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the numbered rows of each sheet that are not empty, by its name.

    Raises:
        PlanError: ``not-imported``, if it is no workbook or unpacks to far more than its size.
    """
    refuse_zip_bomb(raw, shown)
    try:
        book = open_book(raw)
        return {sheet.title: _fill_merged(raw, sheet, dict(_rows(sheet))) for sheet in book.worksheets}
    except Exception:  # whatever a broken or hostile workbook makes the library stumble over
        raise refuse(shown, "this workbook cannot be read", "save it again as .xlsx") from None


def open_book(raw: bytes, *, results: bool = True) -> Any:
    """Return a workbook that is read row by row, with the results of formulas or with these themselves."""
    import openpyxl

    return openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=results, keep_links=False)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1):
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _fill_merged(raw: bytes, sheet: Any, rows: dict[int, list[str]]) -> list[tuple[int, list[str]]]:
    """Return the rows of a sheet, with the words of merged cells in each row that they reach."""
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(BytesIO(raw)) as packed:
        content = packed.read(sheet._worksheet_path)  # a sheet that is streamed does not tell what is merged
    room = MAX_MERGED
    for merged in islice(_MERGED.finditer(content), MAX_MERGED):
        left, top, _, bottom = range_boundaries(merged[1].decode())
        words = rows.get(top, [])[left - 1 : left]
        bottom = max(top, min(bottom, top + room)) if words else top
        room -= bottom - top
        for number in range(top + 1, bottom + 1):
            if cells := rows.get(number):
                cells += [""] * (left - len(cells))
                cells[left - 1] = words[0]
    return list(rows.items())


def _cell(cell: Any) -> str:
    indent = cell.alignment.indent if isinstance(cell.value, str) and cell.has_style else 0
    words = f"{'  ' * int(indent or 0)}{as_shown(cell)}"[:MAX_CELL]
    return Cell(words, holds_number=True) if _is_number(cell.value) else words


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_shown(cell: Any) -> str:
    """Return the value of a cell: a share in percent as such, and a code such as 1.10 with its zero."""
    value = cell.value
    if _is_number(value) and cell.has_style:
        form = str(cell.number_format)
        if _PERCENT.fullmatch(form):
            return f"{as_text(float(f'{value * 100:.10g}'))}%"
        if (match := _DECIMALS.fullmatch(form)) and round(value, len(match[1])) == value != int(value):
            return f"{value:.{len(match[1])}f}"
    return as_text(value)


def as_text(value: Any) -> str:
    """Return the value of a cell as people write it: dates without a time, whole numbers without a point."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
