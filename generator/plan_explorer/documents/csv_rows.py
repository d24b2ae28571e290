"""Read CSV files with values, and know where every cell was written."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.document import Document, Key

DELIMITERS = ",;\t"
"""What may part the cells of a row; that which the first row has most of does."""


@dataclass
class CsvRows(Document):
    """A CSV file: a list of rows, each a mapping from the names in the first row to cells."""

    starts: list[int] = field(default_factory=list, repr=False)
    """The line, from 0, in which each row begins."""
    heads: list[str] = field(default_factory=list, repr=False)
    """The names of the columns, in their order."""

    @cached_property
    def root(self) -> None:
        """No node of YAML."""
        return None

    @cached_property
    def delimiter(self) -> str:
        first = self.text.partition("\n")[0]
        return max(DELIMITERS, key=first.count)

    def problem(
        self,
        code: str,
        message: str,
        key: Key = (),
        hint: str = "",
        *,
        on_key: bool = False,
        within: Sequence[str] = (),
        warning: bool = False,
    ) -> Problem:
        """Return a problem at a row, or at the cell of a row and a column; *key* has both."""
        line, column, width = self._place(key)
        excerpt = self.lines[line].rstrip() if line < len(self.lines) else ""
        where = Location(self.path, line + 1, column + 1)
        for words in within:
            if words and excerpt.find(words, column) >= 0:
                at = excerpt.find(words, column)
                where, width = Location(self.path, line + 1, at + 1), len(words)
                break
        return Problem(code, message, where, hint, excerpt, width or max(len(excerpt) - column, 1), warning)

    def locate(self, key: Key = ()) -> Location:
        """Return the place of the row or cell of *key*."""
        line, column, _ = self._place(key)
        return Location(self.path, line + 1, column + 1)

    def excerpt(self, key: Key) -> str:
        """Return the line in which the row of *key* begins."""
        return self.lines[self._place(key)[0]]

    def _place(self, key: Key) -> tuple[int, int, int]:
        """Return the line and column, from 0, and the width of the cell of *key*."""
        row = key[0] if key else None
        if not isinstance(row, int) or not 0 <= row < len(self.starts):
            return 0, 0, 0
        line = self.starts[row]
        names = [step for step in key[1:] if step in self.heads]
        if not names:
            return line, 0, 0
        cells = next(csv.reader([self.lines[line]], delimiter=self.delimiter), [])
        index, column = self.heads.index(str(names[0])), 0
        for at, cell in enumerate(cells):
            found = self.lines[line].find(cell, column)
            column = found if found >= 0 else column
            if at == index:
                return line, column, len(cell)
            column += len(cell) + 1
        return line, 0, 0


def parse_csv(text: str, shown: str) -> tuple[CsvRows, list[Problem]]:
    """Return the rows that *text* holds, and what is wrong with it as CSV.

    Args:
        text: the text of the file.
        shown: what to call the file in messages.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = CsvRows(shown, text)
    reader = csv.reader(text.split("\n"), delimiter=rows.delimiter, strict=True)
    data: list[dict[str, str]] = []
    problems: list[Problem] = []
    start = 0
    try:
        for cells in reader:
            line, start = start, reader.line_num
            if not any(map(str.strip, cells)):
                continue
            if not rows.heads:
                rows.heads = [cell.strip().casefold() for cell in cells]
                continue
            rows.starts.append(line)
            named = dict(zip(rows.heads, map(str.strip, cells), strict=False))
            data.append({name: cell for name, cell in named.items() if name})
            if len(cells) > len(rows.heads) and any(map(str.strip, cells[len(rows.heads) :])):
                message = f"this row has {len(cells)} cells, and the first row {len(rows.heads)}"
                hint = "put text with a comma in it, and numbers with one, in quotes"
                problems.append(rows.problem("csv-row", message, (len(data) - 1,), hint))
    except csv.Error as error:
        where = Location(shown, reader.line_num)
        hint = "a quotation mark may be missing; save the table again as CSV"
        return rows, [Problem("csv-row", f"this is not CSV: {error}", where, hint)]
    rows.data = data
    return rows, problems


def format_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return *rows* as the text of a CSV file."""
    text = io.StringIO()
    heads = list(dict.fromkeys(head for row in rows for head in row))
    writer = csv.DictWriter(text, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
