"""Read a workbook for corrections, and what it held when it was written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.importers.safe_read import MAX_COLUMNS, refuse, refuse_zip_bomb
from plan_explorer.importers.xlsx import as_shown, open_book

MEMORY = "plan-explorer"
"""The hidden sheet that says what stood in each cell."""

FORM = "corrections/1"
MAX_CELL = 32_000
"""The most characters of a cell, a few less than spreadsheets can hold."""
MAX_ROWS = 1_000_000
"""The most rows of a sheet; the hidden one has a row for each cell."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Key = tuple[str, ...]
Cells = dict[str, str]
"""The cells of a row, by heading."""


def tidy(words: str) -> str:
    """Return *words* without characters that no workbook can hold."""
    return _CONTROL.sub("", words)


@dataclass
class Memory:
    """What stood in each cell of a workbook when it was written."""

    plan: str
    """The id of the plan."""
    sheets: dict[str, dict[Key, Cells]] = field(default_factory=dict)

    def add(self, sheet: str, key: Key, cells: Cells) -> None:
        """Remember a row."""
        self.sheets.setdefault(sheet, {})[key] = cells

    def lines(self) -> Iterator[list[str]]:
        """Yield the rows of the hidden sheet: sheet, key, heading and text of each cell that is not empty."""
        yield [FORM, self.plan]
        for sheet, rows in self.sheets.items():
            for key, cells in rows.items():
                yield [sheet, " ".join(key)]
                for head, words in cells.items():
                    if words:
                        yield [sheet, " ".join(key), head, words]


@dataclass(frozen=True)
class Row:
    """A row that came back."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Workbook:
    """A workbook that came back: what it held, and what it holds now."""

    memory: Memory
    heads: Mapping[str, Mapping[str, str]]
    """The letter of each column, by heading, for each sheet."""
    rows: Mapping[str, list[Row]]


def read_corrections(raw: bytes, shown: str) -> Workbook | None:
    """Return a workbook that ``export xlsx`` wrote, or None if it is another one.

    Raises:
        PlanError: ``not-imported``, if it cannot be read, or its hidden sheet is damaged.
    """
    from openpyxl.utils import get_column_letter

    refuse_zip_bomb(raw, shown)
    try:
        book = open_book(raw)
        tables = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
        if MEMORY not in tables and not any(map(_is_ours, tables.values())):
            return None
        formulas = open_book(raw, results=False).worksheets
        open_cell = next(
            (f"'{sheet.title}'!{cell}" for sheet in formulas for cell in _unworked(sheet, book)), ""
        )
    except Exception:  # whatever a broken or hostile workbook makes the library stumble over
        raise refuse(shown, "this workbook cannot be read", "save it again as .xlsx") from None
    if MEMORY not in tables:
        message = f"this workbook has lost its hidden sheet '{MEMORY}', which says what stood in each cell"
        hint = "export it again and copy the corrections there; save it as .xlsx"
        raise refuse(shown, message, hint)
    if open_cell:
        hint = "open the workbook in a spreadsheet program and save it, or write the text itself"
        raise refuse(shown, f"{open_cell} holds a formula without its result", hint)
    memory = _memory(tables.pop(MEMORY), shown)
    heads: dict[str, dict[str, str]] = {}
    rows: dict[str, list[Row]] = {}
    for title, table in tables.items():
        names = [name.strip() for name in table[0][1]] if table else []
        heads[title] = {name: get_column_letter(at) for at, name in enumerate(names, 1) if name}
        rows[title] = [
            Row(number, _without_percent(dict(zip(names, [*cells, *[""] * len(names)], strict=False))))
            for number, cells in table[1:]
        ]
    return Workbook(memory, heads, rows)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1):
        cells = [as_shown(cell) for cell in row]
        if any(cells):
            yield number, cells


def _without_percent(cells: Cells) -> Cells:
    """Return the cells of a row with figures as they stand beside their unit: 45.5, if that is percent."""
    if cells.get("Target: unit", "").strip() == "%":
        figures = {head: cells[head] for head in ("Target: value", "Target: baseline") if head in cells}
        cells |= {head: words.rstrip(" %") for head, words in figures.items()}
    return cells


def _is_ours(table: list[tuple[int, list[str]]]) -> bool:
    """Return whether a sheet has the headings of an export."""
    heads = table[0][1] if table else []
    return heads[:3] == ["entry", "part", "number"] or (heads[:1] == ["id"] and "Summary: places" in heads)


def _unworked(formulas: Any, results: Any) -> Iterator[str]:
    """Yield the cells of a sheet with a formula whose result was never stored."""
    bounds = {"max_col": MAX_COLUMNS, "max_row": MAX_ROWS}
    worked = results[formulas.title].iter_rows(**bounds, values_only=True)
    for row, values in zip(formulas.iter_rows(**bounds), worked, strict=False):
        for cell, value in zip(row, values, strict=False):
            if value is None and cell.data_type == "f":
                yield cell.coordinate


def _memory(lines: Iterable[tuple[int, list[str]]], shown: str) -> Memory:
    (_, first), *rest = lines if lines else [(0, [""])]
    if first[0] != FORM or len(first) < 2:
        hint = "export it again with 'plan-explorer export xlsx'"
        raise refuse(shown, f"the hidden sheet '{MEMORY}' of this workbook is damaged", hint)
    memory = Memory(first[1])
    for _, cells in rest:
        sheet, key, head, words = [*cells, "", "", "", ""][:4]
        row = memory.sheets.setdefault(sheet, {}).setdefault(tuple(key.split(" ")), {})
        if head:
            row[head] = words
    return memory
