"""Read the sheets of an Excel workbook."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, TypeGuard

from plan_explorer.importers.cells import Cell
from plan_explorer.importers.safe_read import MAX_CELL, MAX_COLUMNS, MAX_ROWS, refuse, refuse_zip_bomb

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
_FORMULA = re.compile(
    rb"<c r=\"([A-Z]{1,3}\d{1,7})\"[^<>]*><f[^<>]*>HYPERLINK\((?:&quot;|\")(https?://[^<>\"]{1,2000}?)(?:&quot;|\")"
)
_CELL = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")
_PERCENT = re.compile(r"[#,0]*0(?:\.[0#]+)? ?%")
_DECIMALS = re.compile(r"0\.(0{1,6})")
"""Formats of numbers that change what a reader of a cell takes it for."""
MAX_LINKS = 100_000
"""How many cells of a sheet keep the address behind them."""
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
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            return {sheet.title: list(_read_sheet(packed, sheet).items()) for sheet in book.worksheets}
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


def _read_sheet(packed: zipfile.ZipFile, sheet: Any) -> dict[int, list[str]]:
    """Return the rows of a sheet by number."""
    path = sheet._worksheet_path
    content = packed.read(path)  # a sheet that is streamed does not tell what is merged and linked
    rows = dict(_rows(sheet))
    relations = posixpath.join(posixpath.dirname(path), "_rels", f"{posixpath.basename(path)}.rels")
    targets = packed.read(relations) if relations in packed.namelist() else b""
    _add_links(rows, content, targets)
    _fill_merged(rows, content)
    return rows


def _add_links(rows: dict[int, list[str]], content: bytes, targets: bytes) -> None:
    """Add the addresses behind cells, which stand apart from them or in a formula."""
    from openpyxl.utils.cell import coordinate_to_tuple

    addresses = {each.get("Id"): each.get("Target", "") for each in _elements(_RELATION, targets)}
    links = [
        (each.get("ref", "").split(":")[0], addresses.get(each.get("id"), ""))
        for each in _elements(_LINK, content)
    ]
    links += [(cell.decode(), html.unescape(address.decode())) for cell, address in _FORMULA.findall(content)]
    for cell, address in links:
        if not _CELL.fullmatch(cell):
            continue
        number, column = coordinate_to_tuple(cell)
        if 0 < column <= len(cells := rows.get(number, [])):
            cells[column - 1] = Cell(cells[column - 1] or address, link=address)


def _elements(pattern: re.Pattern[bytes], content: bytes) -> Iterator[dict[str, str]]:
    """Yield the attributes of elements of XML, without prefixes."""
    for element in islice(pattern.finditer(content), MAX_LINKS):
        pairs = _ATTRIBUTE.findall(element[0])
        yield {name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in pairs}


def _fill_merged(rows: dict[int, list[str]], content: bytes) -> None:
    """Write the words of merged cells in each row that they reach."""
    from openpyxl.utils.cell import range_boundaries

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
