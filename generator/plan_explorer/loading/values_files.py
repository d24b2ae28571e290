"""Read the measured values of indicators from the CSV files that they name."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.csv_rows import CsvRows
from plan_explorer.documents.document import Document
from plan_explorer.loading.validation_messages import explain
from plan_explorer.model.entities import Item
from plan_explorer.model.indicators import Indicator, Value
from plan_explorer.model.plan import Entry

COLUMNS = {
    "value": ("value",),
    "date": ("date", "year", "period", "month"),
    "cites": ("cites", "source", "sources"),
    "of": ("of", "group"),
    "quality": ("quality",),
    "status": ("status",),
    "reason": ("reason", "note"),
    "unit": ("unit",),
    "indicator": ("indicator",),
}
"""What the columns of such a file can be called, by the field of a value."""

NEEDED = ("value", "date")


class ValuesFiles:
    """The files with values in a plan, read for one indicator after the other."""

    def __init__(self, documents: Mapping[str, Document], context: Mapping[str, Any]) -> None:
        """Prepare to read from *documents*; *context* is what validators need to know of the plan."""
        self._documents, self._context = documents, dict(context)
        self.problems: list[Problem] = []
        self._heads: dict[str, dict[str, str]] = {}
        self._used: dict[str, set[str]] = {}

    def fill(self, entry: Entry) -> Entry:
        """Return *entry* with the values of its indicators."""
        item = entry.entity
        if not isinstance(item, Item) or not any(each.values_file for each in item.indicators):
            return entry
        filled = [self._read(each, at, entry) for at, each in enumerate(item.indicators)]
        item = item.model_copy(update={"indicators": tuple(filled)})
        return Entry(item, entry.document, entry.key)

    def _read(self, indicator: Indicator, at: int, entry: Entry) -> Indicator:
        name = indicator.values_file
        if not name:
            return indicator
        key = (*entry.key, "indicators", at, "values_file")
        document = self._documents.get(name)
        if not isinstance(document, CsvRows):
            if document is None:
                files = [each for each, known in self._documents.items() if isinstance(known, CsvRows)]
                message = f"the plan has no file '{name}'"
                hint = did_you_mean(name, files, "put it beside plan.yaml; its name ends in .csv")
                self.problems.append(entry.document.problem("no-values", message, key, hint))
            return indicator
        heads = self._columns(name, document)
        if not heads or document.data is None:
            return indicator
        called = indicator.id or entry.entity.id
        self._used.setdefault(name, set()).add(called)
        values = tuple(self._values(indicator, called, document, heads))
        if not values:
            message = f"'{name}' has no values of '{called}'"
            hint = "the column 'indicator' has the id of the indicator, or else that of its item"
            self.problems.append(entry.document.problem("no-values", message, key, hint))
        return indicator.model_copy(update={"values": (*indicator.values, *values)})

    def _columns(self, name: str, document: CsvRows) -> dict[str, str]:
        """Return the column of each field; none, with a problem, if those needed are missing."""
        if name not in self._heads:
            found: dict[str, str] = {}
            for field, names in COLUMNS.items():
                if column := next((each for each in names if each in document.heads), ""):
                    found[field] = column
            missing = [field for field in NEEDED if field not in found]
            if missing and document.data is not None:
                message = f"this file has no column '{missing[0]}'"
                hint = "the first row names the columns: indicator, date, value, source"
                self.problems.append(document.problem("no-column", message, (), hint))
                found = {}
            self._heads[name] = found
        return self._heads[name]

    def _values(
        self, indicator: Indicator, called: str, document: CsvRows, heads: Mapping[str, str]
    ) -> Iterator[Value]:
        fields = [(field, column) for field, column in heads.items() if field not in ("unit", "indicator")]
        which, unit = heads.get("indicator", ""), heads.get("unit", "")
        for at, row in enumerate(document.data):
            if which and row.get(which, "") != called:
                continue
            if unit and row.get(unit) and row[unit] != indicator.unit:
                message = f"'{row[unit]}' is not the unit of '{called}'"
                hint = (
                    f"that is '{indicator.unit}'"
                    if indicator.unit
                    else "give it the 'unit' where it is defined"
                )
                self.problems.append(document.problem("other-unit", message, (at, unit), hint))
            data = {field: row[column] for field, column in fields if row.get(column)}
            if not data.get("value") or not data.get("date"):
                message = "this row has no " + ("value" if data.get("date") else "date")
                self.problems.append(
                    document.problem("empty-value", message, (at,), "fill it, or delete the row")
                )
                continue
            try:
                value = Value.model_validate(data, context=self._context)
            except ValidationError as error:
                for problem in explain(error, Value, _Named(document, dict(fields)), (at,)):
                    self.problems.append(problem)
                continue
            yield value.written_in(document, (at,))

    def find_strangers(self) -> Iterator[Problem]:
        """Yield the rows whose indicator the plan does not have."""
        for name, used in self._used.items():
            document, column = self._documents[name], self._heads[name].get("indicator", "")
            seen: set[str] = set()
            for at, row in enumerate(document.data if column else ()):
                called = row.get(column, "")
                if called not in used and called not in seen:
                    seen.add(called)
                    message = f"no indicator that reads this file is called '{called}'"
                    hint = did_you_mean(
                        called, sorted(used), f"indicators here: {', '.join(sorted(used)[:5])}"
                    )
                    yield document.problem("unknown-indicator", message, (at, column), hint)


class _Named(Document):
    """A file of values whose columns may be called otherwise than the fields."""

    def __init__(self, document: CsvRows, columns: Mapping[str, str]) -> None:
        super().__init__(document.path, document.text, document.data)
        self._rows, self._columns = document, columns

    def problem(self, code: str, message: str, key: Any = (), hint: str = "", **more: Any) -> Problem:
        """Return a problem at the cell of a field."""
        return self._rows.problem(
            code, message, tuple(self._columns.get(step, step) for step in key), hint, **more
        )
