"""Tables, as CSV or as a workbook: a row for every entry, or a column for every level."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from plan_explorer.importers.clean_text import date, plain_paragraphs, slug, span, title
from plan_explorer.importers.column_mapping import Columns, guess_mapping, read_mapping
from plan_explorer.importers.draft import ACTOR, TERM, Aim, Draft, DraftEntry, DraftLevel, DraftLink
from plan_explorer.importers.format import Imported, ImportRequest, assemble
from plan_explorer.importers.safe_read import refuse, text, unpackable

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200_000, 500, 100_000
_FORMULA = re.compile(r"^(?:[=@]|[+-](?=[A-Za-z(@=])|[\t\r])")
_DOTTED = re.compile(r"(.+)[.\-](?:\d+|[a-z])$")


@dataclass(frozen=True)
class Row:
    """A row of a table, by the heads of its columns."""

    number: int
    cells: dict[str, str]


def read_csv(given: ImportRequest) -> Imported:
    """Return the plan that a file with separated values describes."""
    words = text(given.raw, given.shown)
    csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(StringIO(words), delimiter=_delimiter(words))
        lines = list(_numbered(reader))
    except csv.Error as error:
        raise refuse(given.shown, f"this is no table: {error}") from None
    return _imported(given, lines, "")


def _delimiter(words: str) -> str:
    """Return what parts the cells: what gives most rows the same, and the largest, number of them."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows = islice(csv.reader(StringIO(words), delimiter=delimiter), 50)
        widths = [len(row) for row in rows if row]
        usual = max(sorted(set(widths)), key=widths.count, default=1)
        return (widths.count(usual) * (usual > 1), usual)

    return max(",;\t|", key=fit)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for line in reader:
        yield reader.line_num, [str(cell) for cell in line]


def read_xlsx(given: ImportRequest) -> Imported:
    """Return the plan that a sheet of a workbook describes; formulas count by their last result."""
    import openpyxl

    unpackable(given.raw, given.shown)
    try:
        book = openpyxl.load_workbook(BytesIO(given.raw), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
    except Exception:  # whatever a broken or hostile workbook makes the library stumble over
        raise refuse(given.shown, "this workbook cannot be read", "save it again as .xlsx") from None
    wanted = _wanted(given, sheets)
    return _imported(
        given, sheets[wanted], wanted, [name for name, rows in sheets.items() if rows and name != wanted]
    )


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1):
        cells = [_cell(value) for value in row]
        if any(cells):
            yield number, cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]


def _wanted(given: ImportRequest, sheets: dict[str, list[tuple[int, list[str]]]]) -> str:
    from plan_explorer.importers.safe_read import from_yaml, mapping, word

    named = word(mapping(from_yaml(given.mapping, given.shown)).get("sheet")) if given.mapping else ""
    if named and named not in sheets:
        raise refuse(given.shown, f"the workbook has no sheet '{named[:60]}'")
    filled = [name for name, rows in sheets.items() if len(rows) > 1]
    if not filled:
        raise refuse(given.shown, "the workbook has no sheet with a head and rows")
    return named or filled[0]


def _imported(
    given: ImportRequest, lines: list[tuple[int, list[str]]], sheet: str, others: list[str] | None = None
) -> Imported:
    name, heads, rows = _table(given, lines)
    known = given.mapping
    columns = read_mapping(known, given.shown, heads) if known else guess_mapping(heads, name or given.title)
    columns.sheet = sheet
    draft = _Table(given, columns, rows).draft
    for name in others or []:
        draft.drop(f"the sheet '{name}'", "the workbook")
    return assemble("table", draft, given, columns.written(given.name))


def _table(given: ImportRequest, lines: list[tuple[int, list[str]]]) -> tuple[str, list[str], list[Row]]:
    """Return the title, if a line above the heads has one, the heads, and the rows."""
    filled = [(at, cells) for at, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _, cells in filled):
        raise refuse(
            given.shown, "this table is too large", f"at most {MAX_ROWS} rows and {MAX_COLUMNS} columns"
        )
    wide = max((sum(bool(c.strip()) for c in cells) for _, cells in filled[:20]), default=0)
    first = next(
        (n for n, (_, cells) in enumerate(filled) if sum(bool(c.strip()) for c in cells) * 2 >= wide), 0
    )
    if len(filled) < first + 2:
        raise refuse(given.shown, "this table has no rows below its head")
    heads: list[str] = []
    for at, cell in enumerate(filled[first][1], 1):
        head = title(cell) or f"Column {at}"
        heads.append(head if head not in heads else f"{head} ({at})")
    rows = [
        Row(at, {h: c for h, c in zip(heads, cells, strict=False) if c.strip()})
        for at, cells in filled[first + 1 :]
    ]
    above = (title(cell) for _, cells in filled[:first] for cell in cells if cell.strip())
    return next(above, ""), heads, rows


class _Table:
    def __init__(self, given: ImportRequest, columns: Columns, rows: list[Row]) -> None:
        self._columns = columns
        name = columns.title or given.stem
        self.draft = Draft(
            slug(given.stem) or "table", name, "the table", columns.language, as_of=columns.as_of
        )
        self.draft.strands = {"plan": "Plan"}
        self.draft.relations = {
            "carried-out-by": ("is carried out by", "carries out"),
            "relates-to": ("relates to", "relates to"),
            "uses-term": ("uses the term", "is used by"),
        }
        self.draft.roles = {"carried-out-by": "carries out"}
        self._others: dict[str, DraftEntry] = {}
        self._section = ""
        side_by_side = columns.heads("step")
        made = self._steps(rows, side_by_side) if side_by_side else [self._row(row) for row in rows]
        entries = [entry for entry in made if entry]
        if not side_by_side:
            self._parents(entries)
        self._links(entries)
        self.draft.entries = [*entries, *self._others.values()]
        for head, meaning in columns.meanings.items():
            if meaning == "leave" and any(head in row.cells for row in rows):
                self.draft.drop("a column that was said to be left out", f"column '{head}'")

    # --- rows

    def _safe(self, cell: str, row: Row, head: str) -> str:
        """Return the text of a cell; what a spreadsheet would run as a formula is marked as text."""
        if _FORMULA.match(cell):
            self.draft.change(
                "what a spreadsheet would take for a formula is text", f"row {row.number}, '{head}'"
            )
            return f"'{cell.strip()}"
        return cell

    def _one(self, row: Row, meaning: str) -> str:
        heads = [head for head in self._columns.heads(meaning) if head in row.cells]
        return self._safe(row.cells[heads[0]], row, heads[0]).strip() if heads else ""

    def _row(self, row: Row, name: str = "", level: str = "") -> DraftEntry | None:
        name = name or title(self._one(row, "name"))
        code = title(self._one(row, "code"))
        entry = DraftEntry(code or f"row {row.number}", "", name, code=code, where=f"row {row.number}")
        entry.kind = self._level(level or title(self._one(row, "level")) or self._columns.level)
        entry.slug = name if not code or code.isdigit() else code
        entry.says = list(self._said(row))
        entry.date = self._date(row)
        if value := self._one(row, "target"):
            indicator = title(self._one(row, "indicator")) or name or "Target"
            entry.aim = Aim(indicator, value, self._one(row, "unit"), baseline=self._one(row, "baseline"))
        elif indicator := title(self._one(row, "indicator")):
            entry.says.append(f"Indicator: {' '.join(plain_paragraphs(indicator))}")
        entry.links = [
            *(
                DraftLink("carried-out-by", self._other(ACTOR, each, row))
                for each in self._many(row, "actor")
            ),
            *(DraftLink("uses-term", self._other(TERM, each, row)) for each in self._many(row, "term")),
            *(DraftLink("relates-to", each) for each in self._many(row, "related")),
        ]
        if not (name or entry.says):
            self.draft.drop("a row without a name and without text", f"row {row.number}")
            return None
        entry.under = [under] if (under := title(self._one(row, "under"))) else []
        return entry

    def _level(self, said: str) -> str:
        """Return the id of the level that a row calls itself."""
        id = slug(said) or f"level-{len(self.draft.levels) + 1}"
        if all(level.id != id for level in self.draft.levels):
            many = self._columns.plurals.get(said) or _plural(said)
            self.draft.levels.append(DraftLevel(id, said, many, "plan", hue=not self.draft.levels))
        return id

    def _said(self, row: Row) -> Iterator[str]:
        heads = [head for head in self._columns.heads("statement") if head in row.cells]
        for at, head in enumerate(heads):
            texts = plain_paragraphs(self._safe(row.cells[head], row, head))
            main = at == 0 and not re.fullmatch(r"(?i)status|budget.*|notes?|comments?", head)
            yield from (t if main or n else f"{head}: {t}" for n, t in enumerate(texts))

    def _date(self, row: Row) -> str:
        start, end = self._one(row, "start"), self._one(row, "date")
        found = span(start, end) if start else date(end)
        for meaning, said in (("start", start), ("date", end)):
            if said and not date(said):
                head = next(iter(self._columns.heads(meaning)), "")
                self.draft.drop(
                    "a date that is not sure to be understood", f"row {row.number}, '{head}': {said[:40]}"
                )
        return found

    def _many(self, row: Row, meaning: str) -> Iterator[str]:
        for head in self._columns.heads(meaning):
            for part in re.split(r"[;\n|]", row.cells.get(head, "")):
                if name := title(self._safe(part.strip(), row, head)):
                    yield name

    def _other(self, kind: str, name: str, row: Row) -> str:
        """Return the key of the actor or term called *name*, which is made when it is first named."""
        key = f"{kind}:{name.casefold()}"
        if key not in self._others:
            entry = DraftEntry(
                key, kind, name, slug=name, where=f"row {row.number}", section=kind.capitalize()
            )
            entry.says = [f"It is named first in row {row.number}."]
            self._others[key] = entry
        return key

    # --- trees

    def _parents(self, entries: list[DraftEntry]) -> None:
        """Find what each row stands under: by number, by name, or by the beginning of its own number."""
        codes = {entry.code.casefold(): entry.key for entry in entries if entry.code}
        names: dict[str, str] = {}
        for entry in entries:
            names.setdefault(entry.name.casefold(), entry.key)
        said = bool(self._columns.heads("under"))
        for entry in entries:
            if entry.under:
                wanted = entry.under[0].casefold()
                entry.under = [codes.get(wanted) or names.get(wanted) or entry.under[0]]
            elif not said and (found := _above(entry.code, codes)):
                entry.under = [found]
            if entry.key in entry.under:
                entry.under = []
        self._by_depth(entries)
        keys = {entry.key: entry for entry in entries}
        for entry in entries:
            top, seen = entry, {entry.key}
            while top.under and top.under[0] in keys and top.under[0] not in seen:
                top = keys[top.under[0]]
                seen.add(top.key)
            entry.section = top.name

    def _by_depth(self, entries: list[DraftEntry]) -> None:
        """Name levels by depth, where no column says what a row is but rows stand under each other."""
        if self._columns.heads("level") or not any(entry.under for entry in entries):
            return
        keys = {entry.key: entry for entry in entries}
        self.draft.levels.clear()
        for entry in entries:
            depth, at, seen = 1, entry, {entry.key}
            while at.under and at.under[0] in keys and at.under[0] not in seen:
                at = keys[at.under[0]]
                seen.add(at.key)
                depth += 1
            entry.kind = f"level-{depth}"
        for number in sorted({int(entry.kind.rpartition("-")[2]) for entry in entries}):
            self.draft.levels.append(
                DraftLevel(f"level-{number}", f"Level {number}", f"Level {number}", "plan", hue=number == 1)
            )
        self.draft.change("rows are called by how deep they stand: no column says what they are", "the table")

    def _steps(self, rows: list[Row], heads: list[str]) -> Iterator[DraftEntry]:
        """Yield the entries of a table with a column for each level; a repeated name is one entry."""
        known: dict[tuple[str, ...], DraftEntry] = {}
        last: list[str] = [""] * len(heads)
        for row in rows:
            names = [title(self._safe(row.cells.get(head, ""), row, head)) for head in heads]
            deepest = max((at for at, name in enumerate(names) if name), default=-1)
            if deepest < 0:
                self.draft.drop("a row without a name", f"row {row.number}")
                continue
            first = next(at for at, name in enumerate(names) if name)
            names = [*last[:first], *names[first:]]  # cells that were merged are empty below the first
            last = [*names[: deepest + 1], *[""] * (len(heads) - deepest - 1)]
            yield from self._way(row, heads, names[: deepest + 1], known)

    def _way(
        self, row: Row, heads: list[str], names: list[str], known: dict[tuple[str, ...], DraftEntry]
    ) -> Iterator[DraftEntry]:
        parent: DraftEntry | None = None
        for at, name in enumerate(names):
            way = tuple(names[: at + 1])
            if not name:
                continue
            entry = known.get(way)
            leaf = at == len(names) - 1
            if entry is None:
                made = self._row(row, name, heads[at]) if leaf else None
                entry = made or DraftEntry(
                    " > ".join(way), self._level(heads[at]), name, where=f"row {row.number}"
                )
                entry.key, entry.slug = " > ".join(way), name
                entry.under = [parent.key] if parent else []
                entry.section = names[0] or name
                known[way] = entry
                yield entry
            elif leaf and (more := self._row(row, name, heads[at])):
                entry.says += [text for text in more.says if text not in entry.says]
                entry.links += [link for link in more.links if link not in entry.links]
                entry.code, entry.date, entry.aim = (
                    entry.code or more.code,
                    entry.date or more.date,
                    entry.aim or more.aim,
                )
            parent = entry

    def _links(self, entries: list[DraftEntry]) -> None:
        """Let links to rows lead to them, whether they name them by number or by name."""
        names = {entry.name.casefold(): entry.key for entry in reversed(entries)}
        names |= {entry.code.casefold(): entry.key for entry in reversed(entries) if entry.code}
        for entry in entries:
            entry.links = [
                DraftLink(link.kind, names.get(link.target.casefold(), link.target))
                if link.kind == "relates-to"
                else link
                for link in dict.fromkeys(entry.links)
            ]


def _above(code: str, codes: dict[str, str]) -> str:
    """Return the key of the row whose number is the beginning of *code*: 1.2 of 1.2.3."""
    found = _DOTTED.fullmatch(code.casefold().rstrip("."))
    while found:
        if found[1] in codes or f"{found[1]}." in codes:
            return codes.get(found[1]) or codes[f"{found[1]}."]
        found = _DOTTED.fullmatch(found[1])
    return ""


def _plural(one: str) -> str:
    if not one.isascii() or one.endswith("s"):
        return one
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
