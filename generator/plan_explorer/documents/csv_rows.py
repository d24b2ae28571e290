"""Read CSV files with values, and know where every cell was written."""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from unicodedata import normalize

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.document import Document, Key, plain_lines
from plan_explorer.documents.values import CONTROL, MAX_LENGTH, TURNS

DELIMITERS = ",;\t"
"""What may part the cells of a row; that which the first row has most of does."""

_DECIMAL_COMMA = re.compile(r"([-+−]?(?:\d{1,3}(?:\.\d{3})+|\d+)),(\d+)")
"""A number as programs write it where a comma is the decimal sign."""
_UNCLEAR = re.compile(r"[-+−]?\d{1,3}\.\d{3}")
"""A number that is another one where a dot is the decimal sign."""


@dataclass
class CsvRows(Document):
    """A CSV file: a list of rows, each a mapping from the names in the first row to cells."""

    starts: list[int] = field(default_factory=list, repr=False)
    """The line, from 0, in which each row begins."""
    heads: list[str] = field(default_factory=list, repr=False)
    """The names of the columns, in their order."""
    columns: dict[str, str] = field(default_factory=dict, repr=False)
    """The column of each field of a value, where it is called otherwise."""
    lacks_rows: bool = False
    """Whether a row is left out, as it cannot be read."""

    @cached_property
    def root(self) -> None:
        """No node of YAML."""
        return None

    @cached_property
    def delimiter(self) -> str:
        first = next(filter(str.strip, self.lines), "")
        return max(DELIMITERS, key=first.count)

    def _spot(self, key: Key, _on_key: bool, within: Sequence[str]) -> tuple[int, int, int]:
        """Return the place of a row, or of the cell of a row and a column; *key* has both."""
        line, column, width = self._place(key)
        for words in within:
            if words and (at := self._line(line).find(words, column)) >= 0:
                return line, at, len(words)
        return line, column, width or len(self._line(line)) - column

    def locate(self, key: Key = ()) -> Location:
        """Return the place of the row or cell of *key*."""
        line, column, _ = self._place(key)
        return Location(self.path, line + 1, column + 1)

    def excerpt(self, key: Key) -> str:
        """Return the line in which the row of *key* begins."""
        return self.lines[self._place(key)[0]]

    def cell(self, row: int, column: str) -> tuple[int, int]:
        """Return where the cell of *row* and *column* begins and ends in the text, with its quotes."""
        at, last = self.heads.index(column), self._offsets[self.starts[row]]
        for number, (start, end) in enumerate(_cells(self.text, self.delimiter, last)):
            last = end
            if number == at:
                return start, end
        return last, last

    def row(self, row: int) -> tuple[int, int]:
        """Return where *row* begins in the text, and where the next one does."""
        first = self._offsets[self.starts[row]]
        *_, (_, last) = _cells(self.text, self.delimiter, first)
        return first, min(last + 1, len(self.text))

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each line begins in the text."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def _place(self, key: Key) -> tuple[int, int, int]:
        """Return the line and column, from 0, and the width of the cell of *key*."""
        row = key[0] if key else None
        if not isinstance(row, int) or not 0 <= row < len(self.starts):
            return 0, 0, 0
        names = [self.columns.get(str(step), step) for step in key[1:]]
        name = next((str(name) for name in names if name in self.heads), "")
        if not name:
            return self.starts[row], 0, 0
        start, end = self.cell(row, name)
        line = bisect_right(self._offsets, start) - 1
        return line, start - self._offsets[line], len(self.text[start:end].partition("\n")[0])


def _cells(text: str, delimiter: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each cell of the row that begins at *start* begins and ends."""
    quoted = False
    for at in range(start, len(text)):
        sign = text[at]
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in (delimiter, "\n"):
            yield start, at
            start = at + 1
            if sign == "\n":
                return
    yield start, len(text)


def parse_csv(text: str, shown: str) -> tuple[CsvRows, list[Problem]]:
    """Return the rows that *text* holds, and what is wrong with it as CSV.

    Args:
        text: the text of the file.
        shown: what to call the file in messages.
    """
    text = plain_lines(text)
    rows = CsvRows(shown, text)
    read = csv.reader(io.StringIO(text, newline="\n"), delimiter=rows.delimiter, strict=True)
    data: list[dict[str, str]] = []
    problems: list[Problem] = []
    start = 0
    try:
        for cells in read:
            line, start = start, read.line_num
            cells = list(map(str.strip, cells))
            if not any(cells):
                continue
            if not rows.heads:
                rows.heads = [cell.casefold() for cell in cells]
                if problems := list(_check_heads(rows, line)):
                    return rows, problems  # which cells are meant is not known
                continue
            if any(cells[len(rows.heads) :]):
                problems.append(_too_long(rows, line, cells))
                rows.lacks_rows = True
                continue
            rows.starts.append(line)
            data.append({name: cell for name, cell in zip(rows.heads, cells, strict=False) if name})
    except csv.Error as error:
        return rows, [_not_csv(rows, start, read.line_num, str(error))]
    if rows.delimiter == ";":
        problems += _find_unclear(rows, data)
        data = [{name: with_point(cell) for name, cell in row.items()} for row in data]
    if not text.isascii():
        data = [{name: normalize("NFC", cell) for name, cell in row.items()} for row in data]
    rows.data = data
    return rows, problems + list(_check_cells(rows))


def _check_heads(rows: CsvRows, line: int) -> Iterator[Problem]:
    for name in dict.fromkeys(head for head in rows.heads if head and rows.heads.count(head) > 1):
        hint = "give each column a name of its own"
        yield _at_line(rows, line, "csv-row", f"two columns are called '{name}'", hint)


def _too_long(rows: CsvRows, line: int, cells: Sequence[str]) -> Problem:
    message = f"this row has {len(cells)} cells, and the first row {len(rows.heads)}"
    signs = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
    hint = f"put a text or number with {signs[rows.delimiter]} in it in quotes"
    return _at_line(rows, line, "csv-row", message, hint)


def _not_csv(rows: CsvRows, start: int, line: int, why: str) -> Problem:
    """Return the problem of a row that begins in line *start*, from 0, and ends in line *line*, from 1."""
    if "field larger" in why:
        return _at_line(rows, start, "too-large", "this row has more text than can be read", "shorten it")
    if "end of data" in why:
        message = "a quotation mark in this row is not closed"
        return _at_line(rows, start, "csv-row", message, "close it; within a cell, write it twice")
    hint = "put the whole cell in quotes, and write each quotation mark within it twice"
    return _at_line(rows, line - 1, "csv-row", "a quotation mark stands within a cell", hint)


def _at_line(rows: CsvRows, line: int, code: str, message: str, hint: str) -> Problem:
    excerpt = rows.lines[line].rstrip()
    return Problem(code, message, Location(rows.path, line + 1), hint, excerpt, max(len(excerpt), 1))


def with_point(cell: str) -> str:
    """Return *cell*, or the number that it is, with a decimal point: ``1.234,5`` as ``1234.5``."""
    number = _DECIMAL_COMMA.fullmatch(cell) if "," in cell else None
    return f"{number[1].replace('.', '')}.{number[2]}" if number else cell


def _find_unclear(rows: CsvRows, data: Sequence[Mapping[str, str]]) -> Iterator[Problem]:
    """Yield the values of a file with semicolons in which a dot may part thousands or be the decimal sign."""
    for at, row in enumerate(data):
        cell = row.get("value", "")
        if _UNCLEAR.fullmatch(cell):
            point = cell.partition(".")
            message = f"'{cell}' may be {point[0]}{point[2]}, or {cell.rstrip('0')}"
            hint = f"write {point[0]}{point[2]}, or {cell.rstrip('0').replace('.', ',')}"
            yield rows.problem("bad-figure", message, (at, "value"), hint)


def _check_cells(rows: CsvRows) -> Iterator[Problem]:
    """Yield the cells with text that no file of a plan may have."""
    text = rows.text
    long = len(text) > MAX_LENGTH and any(
        len(cell) > MAX_LENGTH for row in rows.data for cell in row.values()
    )
    if not (long or CONTROL.search(text) or TURNS.search(text)):
        return
    for at, row in enumerate(rows.data):
        for name, cell in row.items():
            if len(cell) > MAX_LENGTH:
                message = f"this text has {len(cell):,} characters; at most {MAX_LENGTH:,} can be read"
                yield rows.problem("too-large", message, (at, name), "shorten it")
            elif CONTROL.search(cell):
                message = "this cell has a character that steers programs"
                yield rows.problem("csv-row", message, (at, name), "delete it; it may be invisible")
            elif TURNS.search(cell):
                message = "an invisible character here turns the direction of all that follows"
                yield rows.problem("csv-row", message, (at, name), "delete it")


def format_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return *rows* as the text of a CSV file."""
    text = io.StringIO()
    heads = list(dict.fromkeys(head for row in rows for head in row))
    writer = csv.DictWriter(text, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
