"""Import CSV files and workbooks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from plan_explorer.importers.cell_dates import day_order, read_cell_date
from plan_explorer.importers.cells import holds_number, link_of
from plan_explorer.importers.clean_text import (
    MAX_TITLE,
    one_line,
    plain_paragraphs,
    plain_text,
    slug,
    span,
    title,
    web_address,
    web_link,
    with_heading,
)
from plan_explorer.importers.column_mapping import LEVEL, PART, Columns, is_telling, noun
from plan_explorer.importers.draft import (
    ACTOR,
    TERM,
    Draft,
    DraftEntry,
    DraftFigure,
    DraftIndicator,
    DraftLevel,
    DraftLink,
    DraftTarget,
    Text,
    plural,
)
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.languages import side_by_side
from plan_explorer.importers.local_numbers import decimal_sign, is_ambiguous, read_number, told_signs
from plan_explorer.importers.number_styles import IDEOGRAPHIC, number_depths
from plan_explorer.importers.table_sheets import READERS, Row, read_rows
from plan_explorer.model.dates import MAX_DATE
from plan_explorer.model.indicators import number_of

_FORMULA = re.compile(r"^(?:[=@]|[+-](?=[A-Za-z(@=])|[\t\r])")
_DOTTED = re.compile(r"(.+?)[.\-/ (]+(?:\d+|[A-Za-z]{1,3})\)?$")
_ADDRESS = re.compile(r"https?://\S*[^\s.,;:!?)\]}'\"，。；、）]")
MIN_INDENT = 2
"""How far the names in a table are indented, in blanks, if they are."""
_UNIT = " %\xa0\u202f"
"""What may stand around the number in a cell."""
_PERCENT = re.compile(r"[-+−]?\d[\d.,\s]*%")
_NUMBERED = re.compile(
    rf"(?:(?i:target|{LEVEL.pattern}) (?=\d))?"
    r"([A-Za-z]{0,3}\d{1,3}(?:\.(?:\d{1,3}|[a-z](?=[\s.)])))*)"
    r"(?:[.):]\s*|\s+[-–—:]?\s*)(?=\S*[^\W\d])(.+)"
)
"""A name with its number in front."""


def read(format: str, request: ImportRequest) -> Draft:
    """Return the rows of a table as a draft.

    Raises:
        PlanError: ``not-imported``, if it is no table.
    """
    sheets = READERS[format](request)
    columns, rows, left = read_rows(request, sheets)
    draft = _Table(request, columns, rows).draft
    draft.mapping = columns.format(request.name)
    for what, where in left:
        draft.drop(what, where)
    return draft


class _Table:
    def __init__(self, request: ImportRequest, columns: Columns, rows: list[Row]) -> None:
        self._columns = columns
        self._language = _written_language(request, columns)
        name = columns.title or request.stem
        self.draft = Draft(
            slug(request.stem) or "table", name, "the table", columns.language, as_of=columns.as_of
        )
        self.draft.strands = {"plan": "Plan"}
        self.draft.relations = {
            "carried-out-by": ("is carried out by", "carries out"),
            "relates-to": ("relates to", "relates to"),
            "uses-term": ("uses the term", "is used by"),
        }
        self.draft.roles = {"carried-out-by": "carries out"}
        self.draft.carries_out = "carried-out-by"
        self._rows = rows
        self._parts: dict[str, Counter[str]] = {}
        self._others: dict[str, DraftEntry] = {}
        self._related: dict[str, str] = {}
        """The heading of the column that names each related row."""
        self._indents: dict[str, int] = {}
        """How far the name of each row is indented."""
        self._sheets: dict[str, str] = {}
        """The sheet of each row, if there are several."""
        general = [row for row in rows if columns.sheets.get(row.sheet) in (ACTOR, TERM)]
        self._read_general(general)
        rows = [row for row in rows if row not in general] if general else rows
        side_by_side = columns.heads("step")
        made = self._read_levels(rows, side_by_side) if side_by_side else map(self._row, rows)
        entries = list(self._joined(entry for entry in made if entry))
        self._number_names(entries)
        if not side_by_side:
            self._find_parents(entries)
        if PART in columns.sheets.values():
            self._add_parts(entries)
        self._resolve_links(entries)
        self.draft.entries = [*entries, *self._others.values()]
        for head, meaning in columns.meanings.items():
            if meaning == "leave" and any(head in row.cells for row in rows):
                self.draft.drop("a column that the mapping leaves out", f"column '{head}'")

    # --- rows

    def _cell_text(self, cell: str, row: Row, head: str) -> str:
        """Return a cell's text, with formulas disarmed."""
        if _FORMULA.match(cell):
            self.draft.change(
                "text that a spreadsheet would take for a formula", f"{row.place}, '{row.shown(head)}'"
            )
            return f"'{cell.strip()}"
        return cell

    def _one(self, row: Row, meaning: str) -> str:
        heads = [head for head in self._columns.heads(meaning) if head in row.cells]
        return self._cell_text(row.cells[heads[0]], row, heads[0]).strip() if heads else ""

    def _joined(self, entries: Iterable[DraftEntry]) -> Iterator[DraftEntry]:
        """Yield entries, with what rows without a code say of the one above: of no name, or of the same."""
        named = self._columns.heads("name") and not (
            self._columns.heads("depth") or self._columns.heads("under")
        )
        last: DraftEntry | None = None
        for entry in entries:
            merged = last.name if last and self._columns.sheet else ""  # cells of a workbook are merged
            goes_on = named and last and not entry.code and entry.name in ("", merged)
            figures = (entry.date, entry.date_label, entry.aim)
            if goes_on and last and figures in ((last.date, last.date_label, last.aim), ("", "", None)):
                last.says += [text for text in entry.says if text not in last.says]
                last.links += entry.links
                self.draft.change("a row without a name of its own goes on with the entry above", entry.where)
                continue
            last = entry
            yield entry

    def _row(self, row: Row, name: str = "", level: str = "") -> DraftEntry | None:
        name = name or title(self._one(row, "name"))
        code, id = title(self._one(row, "code")), title(self._one(row, "id"))
        key = id or (f"{row.sheet} {code}".strip() if code else row.place)
        entry = DraftEntry(key, "", name, code=code, where=row.place)
        of = self._columns.sheets.get(row.sheet, PART)
        level = level or title(self._one(row, "level")) or ("" if of == PART else of)
        entry.kind = self._level(level or self._columns.level)
        entry.slug = id or (name if not code or code.isdigit() else code)
        self._sheets[key] = row.sheet
        entry.says = list(self._statements(row))
        names = self._columns.by_language("name")
        entry.names = {tag: row.cells[head] for tag, head in names if head in row.cells}
        raw = next((row.cells[head] for head in self._columns.heads("name") if head in row.cells), "")
        raw = raw.expandtabs(4)
        depth = self._one(row, "depth")
        indent = int(depth) if depth in set("123456789") else len(raw) - len(raw.lstrip(" \xa0\u3000"))
        self._indents[entry.key] = indent
        entry.date, entry.date_label = self._date(row)
        if value := self._figure(row, "target"):
            indicator = title(self._one(row, "indicator")) or name or "Target"
            value, start, unit = _in_percent(value, self._figure(row, "baseline"), self._one(row, "unit"))
            due, since = (self._year(meaning) for meaning in ("target", "baseline"))
            entry.aim = DraftTarget(indicator, value, unit, due, start, since if start else "")
        for link, meaning, kind in (("carried-out-by", "actor", ACTOR), ("uses-term", "term", TERM)):
            for each in self._many(row, meaning):
                entry.links.append(DraftLink(link, self._actor_or_term(kind, each, row)))
        entry.links += [DraftLink("relates-to", each) for each in self._many(row, "related")]
        entry.says += self._links(row, [head for head in row.cells if self._is_fact(head)])
        if not (name or entry.says):
            self.draft.drop("a row without a name or text", row.place)
            return None
        entry.under = [under] if (under := title(self._one(row, "under"))) else []
        return entry

    def _figure(self, row: Row, meaning: str) -> str:
        """Return a figure, with a number as a plan writes it."""
        words = self._one(row, meaning)
        if any(holds_number(row.cells.get(head, "")) for head in self._columns.heads(meaning)):
            return words
        bare = words.rstrip(_UNIT)
        number = read_number(bare, self._decimal_sign)
        if number != bare:
            what = "a number with a decimal comma, or points between thousands"
            self.draft.change(what, f"{self._place(row, meaning)} is {number}")
        elif is_ambiguous(bare) and not self._decimal_sign:
            what = "a number that may have decimals or thousands: --language tells which"
            self.draft.change(what, f"{self._place(row, meaning)} is taken for {number_of(bare)}")
        return f"{number}{words[len(bare) :]}"

    def _place(self, row: Row, meaning: str) -> str:
        """Return where a cell stands, and what it says, in words."""
        head = row.shown(self._columns.heads(meaning)[0])
        return f"{row.place}, '{head}': {one_line(self._one(row, meaning))[:40]}"

    @cached_property
    def _decimal_sign(self) -> str:
        """What parts decimals, or "" if nothing tells, or the figures are not written as in the language."""
        figures = (cell for cell in self._cells("target", "baseline") if not holds_number(cell))
        signs = told_signs(cell.strip(_UNIT) for cell in figures) | {decimal_sign(self._language)} - {""}
        return signs.pop() if len(signs) == 1 else ""

    def _cells(self, *meanings: str) -> list[str]:
        """Return what is in the columns with these meanings."""
        heads = [head for meaning in meanings for head in self._columns.heads(meaning)]
        return [row.cells[head] for row in self._rows for head in heads if head in row.cells]

    def _year(self, meaning: str) -> str:
        """Return the year in the heading of a column with figures: ``Target 2030``."""
        head = next(iter(self._columns.heads(meaning)), "")
        return match[0] if (match := re.search(r"\b(?:19|20)\d\d\b", head)) else ""

    def _level(self, name: str) -> str:
        """Return the id of a row's level."""
        name = name if any(map(str.isalnum, name)) else self._columns.level
        id = slug(name) or f"level-{len(self.draft.levels) + 1}"
        sheet = next((sheet for sheet, of in self._columns.sheets.items() if of == name), "")
        many = self._columns.plurals.get(name) or sheet or self._plural(name)
        self.draft.add_level(id, (name, many), "plan", hue=not self.draft.levels)
        return id

    def _plural(self, one: str) -> str:
        """Return the plural of an English word, or a word of another language as it is."""
        is_english = self.draft.language == "en" or one in (Columns.level, noun("Column 1"))
        return plural(one) if is_english and not one.endswith("s") else one

    def _statements(self, row: Row) -> Iterator[Text]:
        """Yield what a row says, of an indicator without a value to reach and a date in many words, too."""
        columns = self._columns
        figures = () if self._one(row, "target") else ("indicator", "baseline")
        others = [
            head
            for head, of in columns.meanings.items()
            if of in ("statement", *figures)
            or (of in ("start", "date") and len(row.cells.get(head, "").strip()) > MAX_DATE)
        ]
        heads = [*columns.heads("summary"), *others, *columns.heads("source")]
        summaries = columns.by_language("summary")
        translations = {
            tag: plain_paragraphs(row.cells[head]) for tag, head in summaries if head in row.cells
        }
        first = next(iter(columns.heads("summary")), "")
        if first not in row.cells:
            yield from side_by_side({columns.language: [], **translations})
        for head in (head for head in heads if head in row.cells):
            meaning = columns.meanings[head]
            texts = self._paragraphs(row, head)
            if meaning == "baseline" and (unit := self._one(row, "unit")):
                texts = [" ".join([*texts, *plain_paragraphs(unit)])]
            main = meaning in ("summary", "statement") and head == heads[0] and head not in self._labels
            said = texts if main else list(with_heading(row.shown(head), texts))
            yield from side_by_side({columns.language: said, **(translations if head == first else {})})

    def _paragraphs(self, row: Row, head: str) -> list[str]:
        """Return what a cell says, with the address behind it."""
        cell = row.cells[head]
        texts = plain_paragraphs(self._cell_text(cell, row, head))
        if self._columns.meanings[head] == "source":
            texts = [_with_links(text) for text in texts]
        if link := web_link("", link_of(cell)):
            linked = web_link(texts[0], link_of(cell)) if len(texts) == 1 else ""
            texts = [linked] if link_of(cell) in linked else [*texts, link]
        return texts

    def _is_fact(self, head: str) -> bool:
        """Return whether the cells of a column are neither texts nor the names of several entries."""
        meaning = self._columns.meanings[head]
        return not re.match("leave|step|code of|summary$|statement|source", meaning)

    def _links(self, row: Row, heads: Iterable[str]) -> Iterator[str]:
        """Yield the addresses behind cells that are no texts."""
        for head in heads:
            if web_address(link_of(row.cells.get(head, ""))):
                yield from with_heading(row.shown(head), self._paragraphs(row, head))

    @cached_property
    def _labels(self) -> set[str]:
        """The columns of statements that say little without their headings."""
        return {
            head
            for head in self._columns.heads("statement")
            if not is_telling(head, [row.cells[head] for row in self._rows if head in row.cells])
        }

    def _date(self, row: Row) -> tuple[str, str]:
        """Return the date of a row as EDTF, and its words if they say more than that."""
        found: dict[str, str] = {}
        kept: dict[str, str] = {}
        for meaning in ("start", "date"):
            words = one_line(self._one(row, meaning))
            found[meaning], kept[meaning] = read_cell_date(words, self._language, self._orders[meaning])
            if words and not found[meaning]:
                what = "a date that cannot be read with certainty is kept in words"
                self.draft.change(what, self._place(row, meaning))
        label = " – ".join(kept[each] or found[each] for each in found if kept[each] or found[each])
        edtf = span(found["start"], found["date"]) if self._one(row, "start") else found["date"]
        return edtf, label if any(kept.values()) else ""

    @cached_property
    def _orders(self) -> dict[str, str]:
        """Which comes first in the dates of a column, the day or the month."""
        return {meaning: day_order(self._language, self._cells(meaning)) for meaning in ("start", "date")}

    def _many(self, row: Row, meaning: str) -> Iterator[str]:
        for head in self._columns.heads(meaning):
            for part in re.split(r"[;；、\n|]", row.cells.get(head, "")):
                for each in self._parted(part.strip(), head):
                    if name := title(self._cell_text(each, row, head)):
                        if meaning == "related":
                            self._related.setdefault(name, row.shown(head))
                        yield name

    def _parted(self, words: str, head: str) -> list[str]:
        """Return what commas part, if one of the parts also stands alone or beside others."""
        parts = [part.strip() for part in re.split("[,，]", words)]
        if len(parts) > 1 and any(self._parts_of(head)[part] > 1 for part in parts):
            return parts
        return [words]

    def _parts_of(self, head: str) -> Counter[str]:
        """Return in how many different cells of a column each of the parts between commas stands."""
        if head not in self._parts:
            cells = {row.cells.get(head, "").strip() for row in self._rows}
            self._parts[head] = Counter(
                part for cell in cells for part in {part.strip() for part in re.split("[;；、\n|,，]", cell)}
            )
        return self._parts[head]

    def _actor_or_term(self, kind: str, name: str, row: Row) -> str:
        """Return the key of an actor or term."""
        key = f"{kind}:{name.casefold()}"
        if key not in self._others:
            entry = DraftEntry(key, kind, name, slug=name, where=row.place, section=kind.capitalize())
            entry.says = [f"It is named first in {row.place}."]
            self._others[key] = entry
        return key

    def _read_general(self, rows: list[Row]) -> None:
        """Read the sheets of actors and terms, before other rows name them."""
        for row in rows:
            kind = self._columns.sheets[row.sheet]
            if not (entry := self._row(row, level=kind)):
                continue
            self.draft.levels = [level for level in self.draft.levels if level.id != kind]
            entry.key, entry.kind, entry.section = f"{kind}:{entry.name.casefold()}", kind, row.sheet
            entry.under = []
            entry.says += [f"Number: {entry.code}"] if entry.code else []
            self._others[entry.key] = entry

    # --- trees

    def _add_parts(self, entries: list[DraftEntry]) -> None:
        """Put the rows of each sheet below an entry with the name of the sheet."""
        parts: dict[str, DraftEntry] = {}
        for entry in list(entries):
            sheet = self._sheets[entry.key]
            entry.section = sheet
            if not entry.under:
                if sheet not in parts:
                    parts[sheet] = DraftEntry(f"sheet {sheet}", "part", sheet, where=f"the sheet '{sheet}'")
                    entries.insert(entries.index(entry), parts[sheet])
                entry.under = [parts[sheet].key]
        self.draft.levels.insert(0, DraftLevel("part", "Part", "Parts", "plan", hue=True))
        self.draft.levels[1:] = [replace(level, hue=False) for level in self.draft.levels[1:]]

    def _number_names(self, entries: list[DraftEntry]) -> None:
        """Take the number in front of names as their code, if most names have one and no column has."""
        if self._columns.heads("code"):
            return
        numbered = {entry.key: match for entry in entries if (match := _NUMBERED.fullmatch(entry.name))}
        if len(numbered) < 0.8 * len(entries):
            numbered = {entry.key: match for entry in entries if (match := IDEOGRAPHIC.fullmatch(entry.name))}
        codes = [match[1] for match in numbered.values()]
        left = set(codes)
        by_points = any("." in code for code in left) and len(left) >= 0.9 * len(codes)
        if len(codes) < 0.8 * len(entries) or not (by_points or number_depths(codes)):
            return
        for entry in entries:
            match = numbered.get(entry.key)
            if match and (match[1] in left or not by_points):
                entry.code, entry.name = match[1], match[2]
                left.discard(entry.code)

    def _find_parents_by_indent(self, entries: list[DraftEntry]) -> None:
        above: list[tuple[int, str]] = []
        for entry in entries:
            indent = self._indents.get(entry.key, 0)
            while above and above[-1][0] >= indent:
                above.pop()
            entry.under = [above[-1][1]] if above else []
            above.append((indent, entry.key))

    def _indent_by_numbers(self, entries: list[DraftEntry]) -> None:
        """Indent rows by the style of their numbers, which may begin again below each row."""
        seen = set()
        for entry, depth in zip(entries, number_depths([entry.code for entry in entries]), strict=False):
            if entry.key in seen:
                self._sheets[entry.where], entry.key = self._sheets[entry.key], entry.where
            seen.add(entry.key)
            self._indents[entry.key] = depth

    def _known(self, entries: list[DraftEntry]) -> dict[str, dict[str, str]]:
        """Return what rows of each sheet call others, by name, number or id; sheets before it come first."""
        own: dict[str, dict[str, str]] = {}
        for entry in entries:
            own.setdefault(self._sheets.get(entry.key, ""), {}).setdefault(entry.name.casefold(), entry.key)
        for entry in entries:
            words = {each.casefold() for each in (entry.code, entry.key) if each}
            own[self._sheets.get(entry.key, "")] |= dict.fromkeys(words, entry.key)
        sheets = list(own)
        known: dict[str, dict[str, str]] = {}
        for at, sheet in enumerate(sheets):
            known[sheet] = {}
            for other in (*sheets[at + 1 :], sheet, *sheets[:at]):
                known[sheet] |= own[other]
        return known

    def _find_parents(self, entries: list[DraftEntry]) -> None:
        """Find each row's parent by number or name."""
        known = self._known(entries)
        has_parent_column = bool(self._columns.heads("under"))
        for entry in entries:
            codes = known[self._sheets.get(entry.key, "")]
            if entry.under:
                wanted = entry.under[0].casefold()
                whole = codes.get(wanted)
                parts = [codes.get(part.strip()) for part in re.split("[,;|]", wanted)]
                entry.under = [whole] if whole else [each for each in parts if each] or [entry.under[0]]
            elif not (has_parent_column or self._columns.heads("depth")) and (
                parent := _parent_by_number(entry.code, codes)
            ):
                entry.under = [parent]
            if entry.key in entry.under:
                entry.under = []
        if not has_parent_column and not any(entry.under for entry in entries):
            if not self._columns.heads("depth"):
                if max(self._indents.values(), default=0) < MIN_INDENT:  # a blank that nobody saw
                    self._indents.clear()
                self._indent_by_numbers(entries)
            self._find_parents_by_indent(entries)
        keys = {entry.key: entry for entry in entries}
        depths = []
        for entry in entries:
            path = _path_to_top(entry, keys)
            entry.section = path[-1].name
            depths.append(len(path))
        named = self._columns.heads("level") or self._columns.has_levels
        if named or not any(entry.under for entry in entries):
            return
        self.draft.levels.clear()
        for depth in sorted(set(depths)):
            name = f"Level {depth}"
            self.draft.add_level(f"level-{depth}", (name, name), "plan", hue=depth == 1)
        for entry, depth in zip(entries, depths, strict=True):
            entry.kind = f"level-{depth}"
        self.draft.change("rows are named after their depth: no column says what they are", "the table")

    def _read_levels(self, rows: list[Row], heads: list[str]) -> Iterator[DraftEntry]:
        """Yield the entries of a table with level columns."""
        known: dict[tuple[str, ...], DraftEntry] = {}
        last: list[str] = [""] * len(heads)
        for row in rows:
            codes = [title(row.cells.get(self._columns.code_of(head), "")) for head in heads]
            names = [title(self._cell_text(row.cells.get(head, ""), row, head)) for head in heads]
            names = [name or code for name, code in zip(names, codes, strict=True)]
            deepest = max((at for at, name in enumerate(names) if name), default=-1)
            if deepest < 0:
                self.draft.drop("a row without a name", row.place)
                continue
            first = next(at for at, name in enumerate(names) if name)
            names = [*last[:first], *names[first:]]  # merged cells are empty below the first
            last = [*names[: deepest + 1], *[""] * (len(heads) - deepest - 1)]
            yield from self._read_path(row, heads, names[: deepest + 1], codes, known)

    def _read_path(
        self,
        row: Row,
        heads: list[str],
        names: list[str],
        codes: list[str],
        known: dict[tuple[str, ...], DraftEntry],
    ) -> Iterator[DraftEntry]:
        parent: DraftEntry | None = None
        for at, name in enumerate(names):
            way = (row.sheet, *names[: at + 1]) if row.sheet else tuple(names[: at + 1])
            if not name:
                continue
            entry = known.get(way)
            leaf = at == len(names) - 1
            if entry is None:
                made = self._row(row, name, noun(heads[at])) if leaf else None
                entry = made or DraftEntry(
                    " > ".join(way), self._level(noun(heads[at])), name, where=row.place
                )
                entry.key, entry.slug = " > ".join(way), name
                if codes[at]:
                    entry.code = entry.slug = codes[at]
                entry.under = [parent.key] if parent else []
                entry.section = names[0] or name
                entry.says += self._links(row, [self._columns.code_of(heads[at]), heads[at]])
                self._sheets[entry.key] = row.sheet
                known[way] = entry
                yield entry
            elif leaf and (more := self._row(row, name, noun(heads[at]))):
                entry.says += [text for text in more.says if text not in entry.says]
                entry.links += [link for link in more.links if link not in entry.links]
                entry.code = entry.code or more.code
                self._add_figures(entry, more)
            parent = entry

    def _add_figures(self, entry: DraftEntry, more: DraftEntry) -> None:
        """Add the date and the target of another row of the same entry."""
        aim = more.aim
        if aim and entry.aim and aim != entry.aim:
            start = DraftFigure(aim.baseline, aim.baseline_date) if aim.baseline else None
            reach = DraftFigure(aim.value, aim.due or more.date)
            entry.indicators.append(DraftIndicator(aim.indicator, aim.unit, "", start, [reach]))
        elif (entry.date or entry.date_label) and (more.date, more.date_label) not in (
            ("", ""),
            (entry.date, entry.date_label),
        ):
            self.draft.drop("a second date of one entry", f"{more.where}: {more.date_label or more.date}")
        entry.aim = entry.aim or aim
        if not (entry.date or entry.date_label):
            entry.date, entry.date_label = more.date, more.date_label

    def _resolve_links(self, entries: list[DraftEntry]) -> None:
        """Resolve links to rows by number or name."""
        names = {entry.name.casefold(): entry.key for entry in reversed(entries)}
        names |= {entry.code.casefold(): entry.key for entry in reversed(entries) if entry.code}
        for entry in entries:
            links, entry.links = dict.fromkeys(entry.links), []
            for link in links:
                target = names.get(link.target.casefold(), "") if link.kind == "relates-to" else link.target
                if target:
                    entry.links.append(replace(link, target=target))
                    continue
                heading = self._related[link.target]
                entry.says += with_heading(heading, plain_paragraphs(link.target))
                what = "a link to something that is not in the table is kept in words"
                self.draft.change(what, f"{entry.where}, '{heading}': {link.target[:80]}")


def _written_language(request: ImportRequest, columns: Columns) -> str:
    """Return the language in which the numbers and dates of a table are written, or "" if nothing tells."""
    others = {tag for meaning in ("name", "summary") for tag, _ in columns.by_language(meaning)}
    if request.language and request.language not in others:
        return request.language
    return columns.language if columns.is_language_told else ""


def _with_links(text: str) -> str:
    """Return a paragraph whose addresses are links."""
    if "](" in text:
        return text
    return _ADDRESS.sub(lambda match: web_link("", plain_text(match[0])) or match[0], text)


def _in_percent(value: str, start: str, unit: str) -> tuple[str, str, str]:
    """Return figures and their unit, with a percent sign behind figures as the unit."""
    figures = [each for each in (value, start) if each]
    if unit in ("", "%") and all(_PERCENT.fullmatch(each) for each in figures):
        value, start, unit = value.rstrip(" %"), start.rstrip(" %"), "%"
    return value, start, unit


def _path_to_top(entry: DraftEntry, entries: dict[str, DraftEntry]) -> list[DraftEntry]:
    """Return *entry* and those above it, each once."""
    path = {entry.key: entry}
    while entry.under and entry.under[0] in entries and entry.under[0] not in path:
        entry = entries[entry.under[0]]
        path[entry.key] = entry
    return list(path.values())


def _parent_by_number(code: str, codes: dict[str, str]) -> str:
    """Return the row whose number starts *code*."""
    match = _DOTTED.fullmatch(code.casefold().rstrip(".")) if len(code) <= MAX_TITLE else None
    while match:
        if match[1] in codes or f"{match[1]}." in codes:
            return codes.get(match[1]) or codes[f"{match[1]}."]
        match = _DOTTED.fullmatch(match[1])
    return ""
