"""Find the rows of a table in a file: in which sheets, below which headings, and what its columns mean."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from typing import Any

from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.importers import ods, xlsx
from plan_explorer.importers.clean_text import title
from plan_explorer.importers.column_mapping import (
    EXPORTED,
    PART,
    Columns,
    fold,
    guess_mapping,
    guess_sheet,
    head_row,
    is_exported,
    is_known,
    read_mapping,
    stem,
)
from plan_explorer.importers.draft import ACTOR, TERM
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    as_dict,
    as_line,
    decode_text,
    parse_yaml,
    refuse,
)

_TOTAL = re.compile(
    r"(?:grand |sub ?|sous )?(?:total(?: general| geral)?|totals|totaux|totales|totais|totale|sum)(?: \d+)?"
    "|(?:gesamt|zwischen|end)?summe|gesamt|insgesamt|somme|suma(?: total)?|soma|totaal|razem"
    "|合计|总计|小计|共计"
)
"""What a row of totals is called."""

Sheets = dict[str, list[tuple[int, list[str]]]]
"""The numbered rows of each sheet, by its name."""


@dataclass(frozen=True)
class Row:
    """A row of a table, by column heading."""

    number: int
    cells: dict[str, str]
    sheet: str = ""
    """Its sheet, if several are read as one table."""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number} of '{self.sheet}'" if self.sheet else f"row {self.number}"

    def shown(self, head: str) -> str:
        """Return the heading of a column as it stands in the sheet."""
        return head.removeprefix(f"{self.sheet}!")


@dataclass(frozen=True)
class Look:
    """What a table holds, and what its columns are taken for."""

    columns: Columns
    cells: dict[str, list[str]]
    """What stands in each column, by heading."""
    sheets: list[str]
    """The sheets with rows."""


def look(format: str, request: ImportRequest) -> Look:
    """Return what is in a table, without making a plan of it.

    Args:
        format: ``csv``, ``xlsx`` or ``ods``.
        request: the file.

    Raises:
        PlanError: ``not-imported``, if it is no table.
    """
    sheets = READERS[format](request)
    columns, rows, _ = read_rows(request, sheets)
    filled = [name for name, lines in sheets.items() if len(lines) > 1]
    return Look(columns, _by_heading(columns.meanings, rows), filled)


def _csv_lines(request: ImportRequest) -> Sheets:
    words = decode_text(request.raw, request.shown)
    csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(StringIO(words), delimiter=_guess_delimiter(words))
        return {"": [(reader.line_num, line) for line in reader]}
    except csv.Error as error:
        raise refuse(request.shown, f"this is not a table: {error}") from None


def _guess_delimiter(words: str) -> str:
    """Return the delimiter that gives the most regular rows."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows = islice(csv.reader(StringIO(words), delimiter=delimiter), 50)
        widths = [len(row) for row in rows if row]
        usual = max(sorted(set(widths)), key=widths.count, default=1)
        return (widths.count(usual) * (usual > 1), usual)

    return max(",;\t|", key=fit)


READERS: dict[str, Callable[[ImportRequest], Sheets]] = {
    "csv": _csv_lines,
    "xlsx": lambda request: xlsx.read_sheets(request.raw, request.shown),
    "ods": lambda request: ods.read_sheets(request.raw, request.shown),
}
"""What reads the sheets of a file; the only one of a CSV file has no name."""


def _choose_sheets(request: ImportRequest, sheets: Sheets, mapping: Mapping[str, Any]) -> dict[str, str]:
    """Return the sheets to read, and what the rows of each are if there are several."""
    given = {as_line(name): as_line(what) for name, what in as_dict(mapping.get("sheets")).items()}
    named = request.sheet or as_line(mapping.get("sheet"))
    for name in [named] if named else given:
        if name not in sheets:
            hint = did_you_mean(name, sheets, f"it has {', '.join(sheets)}"[:300])
            raise refuse(request.shown, f"the workbook has no sheet '{name[:60]}'", hint)
    filled = [name for name, rows in sheets.items() if len(rows) > 1]
    if not filled:
        raise refuse(request.shown, "the workbook has no sheet with headings and rows")
    if named:
        return {named: ""}
    taken = {name: what for name, what in given.items() if what != "leave"}
    if not mapping:
        taken = _guess_sheets({name: sheets[name] for name in filled})
    return taken or {max(filled, key=lambda name: _fullness(sheets[name])): ""}


def _guess_sheets(sheets: Sheets) -> dict[str, str]:
    """Return the sheets that are plainly parts of one plan, and what their rows are; none if it is not plain.

    Either each is called like a level, or the actors or terms, or all have the same headings and rows of
    their own.
    """
    usable = {name: rows for name, rows in sheets.items() if _fullness(rows)}
    kinds = {name: guess_sheet(name, _heads(rows)) for name, rows in sheets.items()}
    kinds = {name: what for name, what in kinds.items() if what in (ACTOR, TERM) or (what and name in usable)}
    if len(kinds) > 1 and set(kinds.values()) - {ACTOR, TERM}:
        return kinds
    fullest = max(usable, key=lambda name: _fullness(usable[name]), default="")
    same = [name for name, rows in usable.items() if _heads(rows) == _heads(usable[fullest])]
    rows = Counter(tuple(cells[:2]) for name in same for _, cells in usable[name][1:])
    once = sum(number == 1 for number in rows.values())
    return dict.fromkeys(same, PART) if len(same) > 1 and once > 0.8 * len(rows) else {}


def _heads(rows: list[tuple[int, list[str]]]) -> list[str]:
    return [title(cell) for cell in rows[_find_head(rows)][1]]


def _fullness(rows: list[tuple[int, list[str]]]) -> int:
    """Return how many cells a table has below headings that say something."""
    known = _known_heads(rows[_find_head(rows)][1])
    return sum(bool(cell) for _, cells in rows for cell in cells) if known > 1 else 0


def _known_heads(cells: list[str]) -> int:
    return sum(is_known(cell) for cell in cells if cell.strip())


def _find_head(rows: list[tuple[int, list[str]]]) -> int:
    """Return the index of the row with the headings."""
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:20]]
    fitting = [at for at, width in enumerate(widths) if width * 2 >= max(widths)]
    first = fitting[0] if fitting else 0
    known = {at: _known_heads(rows[at][1]) for at in fitting}
    best = max(fitting, key=lambda at: (known[at], -at), default=0)
    return best if known and known[best] > known[first] + 1 else first


def read_rows(request: ImportRequest, sheets: Sheets) -> tuple[Columns, list[Row], list[tuple[str, str]]]:
    """Return the meanings of columns, the rows, and what is left out and where."""
    mapping = as_dict(parse_yaml(request.mapping, request.shown)) if request.mapping else {}
    of = {"": ""} if list(sheets) == [""] else _choose_sheets(request, sheets, mapping)
    tables = {sheet: _table(request, sheets[sheet], head_row(mapping)) for sheet in of}
    known = bool(request.mapping) and request.sheet in ("", as_line(mapping.get("sheet")))
    if len(of) > 1:
        columns, rows = _read_several(request, tables, of, mapping if known else {})
        if known:
            left = [
                head for name, lines in sheets.items() if lines and name not in of for head in _heads(lines)
            ]
            columns = read_mapping(request.mapping, request.shown, [*columns.meanings, *left])
        columns.sheets = of
    else:
        ((columns_of, (name, heads, rows, _)),) = tables.items()
        if known:
            columns = read_mapping(request.mapping, request.shown, heads)
        else:
            columns = guess_mapping(_by_heading(heads, rows), name or request.title)
        columns.sheet, columns.level = columns_of, of[columns_of] or columns.level
    notes = [
        (why, Row(number, {}, sheet if len(of) > 1 else "").place)
        for sheet, (_, _, _, skipped) in tables.items()
        for number, why in skipped.items()
    ]
    notes += [
        (f"the sheet '{other}'", "the workbook")
        for other, lines in sheets.items()
        if lines and other not in of
    ]
    return columns, rows, notes


Table = tuple[str, list[str], list[Row], dict[int, str]]
"""The title, if any, the headings, the rows, and what is left out, by the number of its row."""


def _read_several(
    request: ImportRequest, tables: Mapping[str, Table], of: Mapping[str, str], mapping: Mapping[str, Any]
) -> tuple[Columns, list[Row]]:
    """Return the meanings of the columns of several sheets, and their rows.

    A column that means something else than one of the same heading in a sheet before has the name of its
    sheet in front: ``Sheet!Heading``.
    """
    listed = as_dict(mapping.get("columns"))
    meanings: dict[str, str] = {}
    rows: list[Row] = []
    unsure: list[str] = []
    language, is_told, most = "en", False, 0
    for sheet, (_, heads, own, _) in tables.items():
        guessed = Columns({}) if mapping else _guess_columns(sheet, heads, own, of)
        called: dict[str, str] = {}
        for head in heads:
            meaning, apart = guessed.meanings.get(head, ""), f"{sheet}!{head}"
            is_apart = apart in listed if mapping else meanings.get(head, meaning) != meaning
            called[head] = apart if is_apart else head
            meanings[called[head]] = meaning
        unsure += [called[head] for head in guessed.unsure if called[head] not in unsure]
        rows += [
            replace(row, cells={called[h]: cell for h, cell in row.cells.items()}, sheet=sheet) for row in own
        ]
        if len(own) > most:
            language, is_told, most = guessed.language, guessed.is_language_told, len(own)
    return Columns(meanings, request.title, language, unsure=unsure, is_language_told=is_told), rows


def _guess_columns(sheet: str, heads: list[str], rows: list[Row], of: Mapping[str, str]) -> Columns:
    """Return what the columns of one sheet mean, of which one may name a row of a sheet before."""
    general = (ACTOR, TERM, PART)
    before = {stem(words) for each in list(of)[: list(of).index(sheet)] for words in (each, of[each])}
    above = [head for head in heads if of[sheet] not in general and stem(head) in before]
    values = _by_heading([head for head in heads if head not in above], rows)
    columns = guess_mapping(values, "")
    if is_exported(heads):  # its other columns are in the form in which corrections come back
        left = list(filter(EXPORTED.fullmatch, heads))
        columns.meanings |= {"id": "id", **dict.fromkeys(left, "leave")}
        columns.unsure = [head for head in columns.unsure if head not in left]
    for head in above:
        columns.meanings[head] = "statement" if columns.heads("under") else "under"
    return columns


def _by_heading(heads: Iterable[str], rows: list[Row]) -> dict[str, list[str]]:
    return {head: [row.cells.get(head, "").strip() for row in rows] for head in heads}


def _table(request: ImportRequest, lines: list[tuple[int, list[str]]], head: int) -> Table:
    """Return what one sheet holds."""
    filled = [(at, cells) for at, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _, cells in filled):
        raise refuse(
            request.shown, "this table is too large", f"at most {MAX_ROWS} rows and {MAX_COLUMNS} columns"
        )
    first = next((n for n, (at, _) in enumerate(filled) if at >= head), 0) if head else _find_head(filled)
    if len(filled) < first + 2:
        raise refuse(request.shown, "this table has no rows below its headings")
    heads: list[str] = []
    wide = max(len(cells) for _, cells in filled[first:])
    for at, cell in enumerate([*filled[first][1], *[""] * wide][:wide], 1):
        words = title(cell) or f"Column {at}"
        heads.append(words if words not in heads else f"{words} ({at})")
    below = filled[first + 1 :]
    patterns = [at for at, cells in below[:2] if _is_pattern(cells)] if len(below) > 2 else []
    skipped = dict.fromkeys(patterns, "a row that says what to fill in")
    skipped |= {at: "a row of totals" for at, cells in below if _is_total(cells)}
    below = [line for line in below if line[0] not in skipped]
    rows = [Row(at, {h: c for h, c in zip(heads, cells, strict=False) if c.strip()}) for at, cells in below]
    named = {head for head, cell in zip(heads, filled[first][1], strict=False) if cell.strip()}
    used = named.union(*(row.cells for row in rows))
    heads = [head for head in heads if head in used]
    above = (title(cell) for _, cells in filled[:first] for cell in cells if cell.strip())
    return next(above, ""), heads, rows, skipped


def _is_pattern(cells: list[str]) -> bool:
    """Return whether a row below the headings says the same few words over and over: what to fill in."""
    filled = [cell.strip().casefold() for cell in cells if cell.strip()]
    return (
        len(filled) > 7 and all(cell[:1].isalpha() for cell in filled) and 2 * len(set(filled)) <= len(filled)
    )


def _is_total(cells: list[str]) -> bool:
    """Return whether a row holds nothing but the word for a total, and numbers."""
    filled = [fold(cell) for cell in cells if cell.strip()]
    words = [cell for cell in filled if re.search(r"[^\W\d]{2}", cell)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(words[0]))
