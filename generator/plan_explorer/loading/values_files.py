"""Read the measured values of indicators from the CSV files that they name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean, nearest
from plan_explorer.documents.csv_rows import CsvRows
from plan_explorer.documents.document import Document
from plan_explorer.loading.validation_messages import explain
from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import Indicator, Value, plain_value
from plan_explorer.model.plan import Entry

COLUMNS = {
    "value": ("value",),
    "date": ("date", "year", "period", "month"),
    "cites": ("cites", "source", "sources"),
    "of": ("of", "group"),
    "quality": ("quality",),
    "status": ("status",),
    "reason": ("reason", "note"),
    "unit": ("unit", "units"),
    "indicator": ("indicator",),
}
"""What the columns of such a file can be called, by the field of a value."""

NEEDED = ("value", "date")
NOT_OF_VALUES = ("unit", "indicator")
"""Columns that say of what a row is, and are no fields of a value."""

MAX_LISTED = 5
"""How many indicators a hint lists."""


class _Table:
    """A file with values, and what its columns mean."""

    def __init__(self, document: CsvRows) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.used: set[str] = set()
        """What the indicators that read it are called."""
        heads = set(document.heads)
        self.columns = {
            field: next(name for name in names if name in heads)
            for field, names in COLUMNS.items()
            if not heads.isdisjoint(names)
        }
        document.columns = self.columns
        self.rows: dict[str, list[int]] = defaultdict(list)
        """The numbers of the rows of each indicator."""
        self.readable = self._has_needed() and not self._says_twice()
        """Whether it has what is needed."""
        if self.readable:
            self._find_misspelt()
            which = self.columns.get("indicator", "")
            for at, row in enumerate(document.data):
                self.rows[row.get(which, "")].append(at)

    def _has_needed(self) -> bool:
        """Return whether it can be read, and note the column that is missing if not."""
        document = self.document
        if document.data is None:
            return False  # what it has in place of rows is a problem already
        if not document.heads:
            hint = "the first row names the columns: indicator, date, value, source"
            self.problems.append(document.problem("empty-file", "this file is empty", (), hint))
            return False
        missing = next((field for field in NEEDED if field not in self.columns), "")
        if missing:
            hint = "the first row names the columns: indicator, date, value, source"
            if len(document.heads) == 1:
                hint = "separate the columns by commas, semicolons or tabs"
            elif meant := nearest(missing, document.heads):
                hint = f"is it '{meant}'? {hint}"
            self.problems.append(
                document.problem("no-column", f"this file has no column '{missing}'", (), hint)
            )
        return not missing

    def _says_twice(self) -> bool:
        """Return whether two columns may be meant for one field, and note them."""
        document = self.document
        for names in COLUMNS.values():
            found = [name for name in names if name in document.heads]
            if len(found) > 1:
                message = f"'{found[0]}' and '{found[1]}' may mean the same column"
                hint = "keep one, or rename the other"
                if names == COLUMNS["date"]:
                    hint = "keep one column for the date: 2024, 2024-06 or 2023/2024"
                self.problems.append(document.problem("csv-row", message, (), hint, within=[found[1]]))
                return True
        return False

    def _find_misspelt(self) -> None:
        """Note the columns whose names are nearly those of a field that has none."""
        free = [name for field, names in COLUMNS.items() if field not in self.columns for name in names]
        for head in self.document.heads:
            if head and head not in self.columns.values() and (meant := nearest(head, free)):
                message = f"there is no column '{head}' here"
                hint = f"did you mean '{meant}'?"
                self.problems.append(self.document.problem("no-column", message, (), hint, within=[head]))

    def rows_of(self, called: str) -> list[int]:
        """Return the numbers of the rows of the indicator that is *called* so."""
        self.used.add(called)
        return self.rows.get(called, []) if "indicator" in self.columns else self.rows.get("", [])

    def find_strangers(self) -> Iterator[Problem]:
        """Yield the first row of each indicator that the plan does not have."""
        column = self.columns.get("indicator", "")
        for called in self.rows if column else ():
            if called not in self.used:
                known = sorted(self.used)
                message = f"no indicator that reads this file is called '{called}'"
                message = message if called else "this row does not say of which indicator it is"
                listed = ", ".join(known[:MAX_LISTED]) + (", …" if len(known) > MAX_LISTED else "")
                hint = did_you_mean(called, known, f"indicators here: {listed}")
                yield self.document.problem(
                    "unknown-indicator", message, (self.rows[called][0], column), hint
                )


class ValuesFiles:
    """The files with values in a plan, read for one indicator after the other."""

    def __init__(self, documents: Mapping[str, Document], context: Mapping[str, Any]) -> None:
        """Prepare to read from *documents*; *context* is what validators need to know of the plan."""
        self._context = dict(context)
        self._tables = {
            name: _Table(document) for name, document in documents.items() if isinstance(document, CsvRows)
        }
        self.problems = [problem for table in self._tables.values() for problem in table.problems]

    def fill(self, entry: Entry) -> Entry:
        """Return *entry* with the values of its indicators."""
        item = entry.entity
        if not isinstance(item, Item) or not any(each.values_file for each in item.indicators):
            return entry
        filled = [self._read(each, at, entry) for at, each in enumerate(item.indicators)]
        item = item.model_copy(update={"indicators": tuple(filled)})
        return Entry(item, entry.document, entry.key)

    def _read(self, indicator: Indicator, at: int, entry: Entry) -> Indicator:
        table = self._tables.get(indicator.values_file)
        if table is None:
            return indicator  # it names none, or one that is missing or cannot be read, which is told
        called = indicator.id or entry.entity.id
        rows = table.rows_of(called)
        values = tuple(self._values(indicator, called, table, rows))
        if not rows and table.readable and not table.document.lacks_rows:
            key = (*entry.key, "indicators", at, "values_file")
            message = f"'{indicator.values_file}' has no values of '{called}'"
            hint = "the column 'indicator' has the id of the indicator, or else that of its item"
            hint = did_you_mean(called, [name for name in table.rows if name], hint)
            self.problems.append(entry.document.problem("no-values", message, key, hint))
        return indicator.model_copy(update={"values": (*indicator.values, *values)})

    def _values(self, indicator: Indicator, called: str, table: _Table, rows: list[int]) -> Iterator[Value]:
        document, columns = table.document, table.columns
        unit = columns.get("unit", "")
        fields = {field: name for field, name in columns.items() if field not in NOT_OF_VALUES}
        if "of" not in fields and (by := indicator.by.casefold()) in document.heads:
            fields["of"] = by
        for at in rows:
            row = document.data[at]
            if unit and row.get(unit) and row[unit] != indicator.unit:
                message = f"'{row[unit]}' is not the unit of '{called}'"
                hint = (
                    f'put a number with a comma in quotes: "{row.get(columns["value"])},{row[unit]}"'
                    if row[unit].isdecimal()
                    else f"that is '{indicator.unit}'"
                    if indicator.unit
                    else "give the indicator a 'unit' where it is defined"
                )
                self.problems.append(document.problem("other-unit", message, (at, unit), hint))
            data = {field: row[column] for field, column in fields.items() if row.get(column)}
            missing = next((field for field in NEEDED if field not in data), "")
            if missing:
                message, hint = f"this row has no {missing}", "fill the cell, or delete the row"
                self.problems.append(document.problem("empty-value", message, (at,), hint))
                continue
            if value := plain_value(data, self._context.get("primary", "")):
                yield value.written_in(document, (at,))
                continue
            try:
                value = Value.model_validate(data, context=self._context)
            except ValidationError as error:
                self.problems += explain(error, Value, document, (at,))
                continue
            yield value.written_in(document, (at,))

    def find_strangers(self) -> Iterator[Problem]:
        """Yield the rows whose indicator the plan does not have."""
        for table in self._tables.values():
            yield from table.find_strangers()
