"""Bring what people corrected in a workbook back into the files, cell by cell."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key as Place
from plan_explorer.editing.entries import insert_entry
from plan_explorer.editing.key_order import ENTRY as ORDER
from plan_explorer.editing.key_order import rank
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.new import add_entry
from plan_explorer.editing.placement import find_place
from plan_explorer.editing.remove import remove_entry
from plan_explorer.editing.set_entry import set_entries
from plan_explorer.editing.workspace import Workspace
from plan_explorer.importers.clean_text import slug
from plan_explorer.importers.safe_read import refuse
from plan_explorer.importers.workbook_columns import (
    ENTRY,
    ID,
    PART,
    PARTS,
    Column,
    Data,
    Sheet,
    as_statement,
    in_short,
    rows,
    said,
    sheets,
    written,
)
from plan_explorer.importers.workbook_memory import MAX_CELL, Cells, Key, Row, Workbook, tidy
from plan_explorer.importers.yaml_writer import format_yaml
from plan_explorer.model.statements import on_one_line


@dataclass(frozen=True)
class Taken:
    """A cell that was taken over."""

    id: str
    """The entry."""
    path: Place
    """Where it stands in the entry."""
    cell: str
    row: int
    places: str
    """The heading of the column that says what it rests on, if there is one."""


@dataclass
class Corrections:
    """What a workbook brings back."""

    workspace: Workspace
    cells: int = 0
    """How many cells were taken over."""
    added: list[str] = field(default_factory=list)
    """The ids of new entries."""
    removed: list[str] = field(default_factory=list)
    """What was removed, as it was asked for."""
    known: list[str] = field(default_factory=list)
    """What new rows say that stands in the plan already."""
    notes: list[str] = field(default_factory=list)
    """What else there is to say."""
    taken: list["Taken"] = field(default_factory=list)
    shown: str = ""
    """How to name the workbook in messages."""

    def in_cells(self, error: PlanError) -> PlanError:
        """Return *error* with the cells of what is wrong because of them, instead of places in YAML."""
        return _in_cells(error, self.workspace, self.taken, self.shown)

    def summary(self) -> str:
        """Return in a line what was done."""
        cells = f"{self.cells} cell{'' if self.cells == 1 else 's'} changed"
        more = [
            f"{what}: {', '.join(ids)}"
            for what, ids in (("new", self.added), ("already there", self.known), ("removed", self.removed))
            if ids
        ]
        return "; ".join([cells, *more])


def apply_corrections(
    workspace: Workspace, book: Workbook, shown: str, *, remove: bool = False
) -> Corrections:
    """Return what *workspace* becomes with the corrections in *book*.

    Args:
        workspace: the plan as it is now.
        book: the workbook that came back.
        shown: how to name it in messages.
        remove: whether to remove what has no row any more.

    Raises:
        PlanError: ``both-changed``, for every cell that was changed in the plan, too; ``not-imported``, if
            the workbook is of another plan or a row cannot be understood.
    """
    plan = workspace.plan
    if book.memory.plan != plan.settings.id:
        message = f"this workbook is of the plan '{book.memory.plan[:60]}', and not of '{plan.settings.id}'"
        raise refuse(shown, message, "give the folder of its plan with --into")
    reader = _Reader(workspace, book, shown)
    for sheet in sheets(plan):
        reader.read(sheet)
    for title in book.rows.keys() - {sheet.title for sheet in sheets(plan)}:
        reader.notes.append(f"the sheet '{title}' is none of the plan’s, and is left out")
    if reader.problems:
        raise PlanError(reader.problems)
    return reader.apply(remove=remove)


class _Reader:
    def __init__(self, workspace: Workspace, book: Workbook, shown: str) -> None:
        self.workspace, self.plan, self.book, self.shown = workspace, workspace.plan, book, shown
        self.was = written(self.plan)
        self.now: dict[str, Data] = deepcopy(self.was)
        """What the entries are to say."""
        self.parents: dict[str, str] = {}
        self.fresh: list[tuple[Sheet, str, Cells]] = []
        """New entries: the sheet, the id and the cells of each."""
        self.gone: list[str] = []
        """Entries without a row."""
        self.gone_statements: dict[tuple[str, str], set[int]] = {}
        self.cells = 0
        self.taken: list[Taken] = []
        self.known: list[str] = []
        """What new rows say that stands in the plan already."""
        self.notes: list[str] = []
        self.problems: list[Problem] = []

    # --- reading

    def read(self, sheet: Sheet) -> None:
        """Take over the rows of a sheet."""
        title = sheet.title
        known = self.book.memory.sheets.get(title, {})
        heads = self.book.heads.get(title)
        if heads is None:
            if known:
                self.notes.append(f"the sheet '{title}' is missing: nothing in it was changed")
            return
        keys = [ID] if sheet.collection else [*sheet.keys]
        if missing := [head for head in keys if head not in heads]:
            message = f"the sheet '{title}' has no column '{missing[0]}', by which its rows are recognized"
            self._problem(message, 1, "export the workbook again")
            return
        columns = [column for column in sheet.columns if column.head in heads]
        for column in sheet.columns:
            if column.head not in heads and any(column.head in cells for cells in known.values()):
                self.notes.append(f"'{title}' has no column '{column.head}': nothing in it was changed")
        seen: set[Key] = set()
        for row in self.book.rows[title]:
            key = tuple(on_one_line(row.cells.get(head, "")) for head in keys)
            if key in known:
                if key in seen:
                    self._problem(f"the row of '{' '.join(key)}' stands twice in '{title}'", row.number)
                seen.add(key)
                self._row(sheet, columns, key, known[key], row)
            elif any(row.cells.get(column.head, "").strip() for column in columns) or key[0]:
                self._new_row(sheet, columns, key, row)
        for key in known:
            if key not in seen:
                self._missing(sheet, key)

    def _row(self, sheet: Sheet, columns: list[Column], key: Key, base: Cells, row: Row) -> None:
        part, at = self._there(sheet, key)
        for column in columns:
            new, old = row.cells.get(column.head, ""), base.get(column.head, "")
            if column.same(new, old):
                continue
            if part is None:
                gone = f"'{' '.join(key)}' is no longer in the plan"
                self._conflict(sheet, column, row, gone, Location(self.workspace.shown), new)
                continue
            own = tidy(column.read(part, self.plan))
            if len(own) > MAX_CELL or column.same(new, own):
                continue
            if not column.same(own, old):
                place = self.workspace.plan.entries[key[0]]
                there = place.document.locate((*place.key, *at, *_known_path(part, column.path)))
                self._conflict(sheet, column, row, f"the plan says “{_cut(own)}”", there, new)
                continue
            if not new.strip():
                self.notes.append(
                    f"{self._cell(sheet, column, row)} is empty now: “{_cut(old)}” was taken out"
                )
            self._take(sheet, key, at, column, row)

    def _take(self, sheet: Sheet, key: Key, at: Place, column: Column, row: Row) -> None:
        new = row.cells.get(column.head, "")
        self.cells += 1
        self._note_cell(key[0], (*at, *column.path), sheet, column, row)
        data = self.now[key[0]]
        if column.path == ("under",) and new.strip() and data.get("under"):
            self.parents[key[0]] = on_one_line(new)
        elif sheet.collection:
            column.write(data, new, self.plan)
        else:
            listed = data[str(at[0])] = said(data, str(at[0]))
            statement = as_statement(listed[int(at[1])])
            column.write(statement, new, self.plan)
            listed[int(at[1])] = in_short(statement)

    def _there(self, sheet: Sheet, key: Key) -> tuple[Data | None, Place]:
        """Return what stands in the plan now of what had this *key*, and where in its entry."""
        id = key[0]
        if id not in self.was:
            return None, ()
        if sheet.collection:
            return self.was[id], ()
        listed = said(self.was[id], key[1])
        at = self._places[id, key[1]].get(int(key[2]) - 1)
        return (None, ()) if at is None else (as_statement(listed[at]), (key[1], at))

    @cached_property
    def _places(self) -> dict[tuple[str, str], dict[int, int]]:
        """Where each statement of the workbook stands in its list now, by entry and list."""
        sheet = next(each for each in sheets(self.plan) if not each.collection)
        base: dict[tuple[str, str], list[str]] = {}
        for (id, part, _), cells in self.book.memory.sheets.get(sheet.title, {}).items():
            base.setdefault((id, part), []).append(
                repr([on_one_line(cells.get(column.head, "")) for column in sheet.columns])
            )
        ours: dict[tuple[str, str], list[str]] = {}
        for (id, part, _), data in rows(sheet, self.was):
            words = [on_one_line(tidy(column.read(data, self.plan))) for column in sheet.columns]
            ours.setdefault((id, part), []).append(repr(words))
        return {key: dict(_aligned(texts, ours.get(key, []))) for key, texts in base.items()}

    def _new_row(self, sheet: Sheet, columns: list[Column], key: Key, row: Row) -> None:
        cells = {column.head: row.cells.get(column.head, "") for column in columns}
        if sheet.collection:
            name = next((cells[c.head] for c in columns if c.path[0] == "name" and cells[c.head].strip()), "")
            id = key[0] or slug(name)
            if not id:
                hint = "write an id, or a name in Latin letters, from which one can be made"
                self._problem(f"a new row in '{sheet.title}' has no {ID}", row.number, hint)
            elif id in self.was and self._says(columns, cells, self.was[id]):
                self.known.append(id)
            elif id in self.was or id in {each for _, each, _ in self.fresh}:
                hint = "give the new entry another id"
                self._problem(f"'{id}' in '{sheet.title}' is an entry already", row.number, hint)
            else:
                self.fresh.append((sheet, id, cells))
                for column in columns:
                    if cells[column.head].strip():
                        self._note_cell(id, column.path, sheet, column, row)
            return
        id, part = on_one_line(row.cells.get(ENTRY, "")), on_one_line(row.cells.get(PART, "")) or PARTS[0]
        if id not in self.was:
            hint = did_you_mean(id, self.was)
            self._problem(f"there is no entry '{id}' for a new row in '{sheet.title}'", row.number, hint)
        elif part not in PARTS:
            hint = did_you_mean(part, PARTS, f"known: {', '.join(PARTS)}")
            self._problem(f"'{part}' is no part of an entry", row.number, hint)
        else:
            statement: Data = {}
            for column in columns:
                column.write(statement, cells[column.head], self.plan)
            old = said(self.now[id], part)
            if any(self._says(columns, cells, as_statement(each)) for each in old):
                self.known.append(f"{part} of '{id}'")
                return
            self.now[id][part] = [*old, in_short(statement)]
            self.cells += 1
            for column in columns:
                self._note_cell(id, (part, len(old), *column.path), sheet, column, row)

    def _says(self, columns: list[Column], cells: Cells, data: Data) -> bool:
        """Return whether the plan says all that is in the cells of a new row."""
        filled = [column for column in columns if cells[column.head].strip()]
        return all(column.same(cells[column.head], tidy(column.read(data, self.plan))) for column in filled)

    def _note_cell(self, id: str, path: Place, sheet: Sheet, column: Column, row: Row) -> None:
        asked = (f"{column.head.partition(':')[0]}: places", "Places")
        places = next((head for head in asked if any(each.head == head for each in sheet.columns)), "")
        self.taken.append(Taken(id, path, self._cell(sheet, column, row), row.number, places))

    def _missing(self, sheet: Sheet, key: Key) -> None:
        part, at = self._there(sheet, key)
        if part is None:
            return
        if sheet.collection:
            self.gone.append(key[0])
        else:
            self.gone_statements.setdefault((key[0], str(at[0])), set()).add(int(at[1]))

    def _conflict(self, sheet: Sheet, column: Column, row: Row, said: str, where: Location, new: str) -> None:
        cell = self._cell(sheet, column, row)
        message = f"{cell} says “{_cut(new)}”, but {said}, and both were changed since the export"
        hint = "put what is right into the plan, and the same into the cell; or export again"
        self.problems.append(Problem("both-changed", message, where, hint))

    def _cell(self, sheet: Sheet, column: Column, row: Row) -> str:
        return f"'{sheet.title}'!{self.book.heads[sheet.title][column.head]}{row.number}"

    def _problem(self, message: str, line: int, hint: str = "") -> None:
        self.problems.append(Problem("not-imported", message, Location(self.shown, line), hint))

    # --- writing

    def apply(self, *, remove: bool) -> Corrections:
        """Return the files with everything in them."""
        self._remove_statements(remove=remove)
        changed = {id: data for id, data in self.now.items() if data != self.was[id]}
        workspace = set_entries(self.workspace, changed)
        try:
            for id, under in self.parents.items():
                workspace = move_entry(workspace, id, under)
            for sheet, id, cells in _parents_first(self.fresh):
                workspace = self._add(workspace, sheet, id, cells)
        except PlanError as error:
            raise _in_cells(error, workspace, self.taken, self.shown) from None
        removed = []
        for id in self.gone if remove else ():
            workspace = remove_entry(workspace, id)
            removed.append(id)
        if self.gone and not remove:
            shown = ", ".join(self.gone[:12]) + (" …" if len(self.gone) > 12 else "")
            self.notes.append(f"no longer in the workbook, and left in the plan: {shown} (--remove)")
        added = [id for _, id, _ in self.fresh]
        known = list(dict.fromkeys(self.known))
        return Corrections(workspace, self.cells, added, removed, known, self.notes, self.taken, self.shown)

    def _remove_statements(self, *, remove: bool) -> None:
        for (id, part), places in self.gone_statements.items():
            if remove:
                left = [each for at, each in enumerate(said(self.now[id], part)) if at not in places]
                self.now[id] = {**self.now[id], part: left}
                if not left:
                    del self.now[id][part]
                self.cells += len(places)
            else:
                numbers = ", ".join(str(at + 1) for at in sorted(places))
                self.notes.append(f"left in the plan: {part} {numbers} of '{id}', without a row (--remove)")

    def _add(self, workspace: Workspace, sheet: Sheet, id: str, cells: Cells) -> Workspace:
        """Return *workspace* with the entry of a new row; with no more than a name, it is a scaffold."""
        data: Data = {"id": id}
        for column in sheet.columns:
            if cells.get(column.head, "").strip():
                column.write(data, cells[column.head], self.plan)
        first = self.plan.settings.language
        names = data.get("name")
        name = names.get(first, "") if isinstance(names, dict) else names or ""
        if set(data) <= {"id", "name", "under"} and set(names if isinstance(names, dict) else ()) <= {first}:
            return add_entry(
                workspace, sheet.collection, id, under=data.get("under", ""), name=name
            ).workspace
        place = find_place(workspace, sheet.collection, id, data.get("under", ""))
        lines = format_yaml([_in_order(data)]).decode().rstrip("\n").split("\n")
        return insert_entry(workspace, place.file, (sheet.collection,), lines, place.after)[0]


def _in_cells(error: PlanError, workspace: Workspace, taken: list[Taken], shown: str) -> PlanError:
    """Return *error* with the cells of what is wrong because of them, instead of places in YAML."""
    where = {
        each["id"]: (document, (collection, at))
        for document in workspace.documents.values()
        for collection, values in (document.data.items() if isinstance(document.data, dict) else ())
        if isinstance(values, list)
        for at, each in enumerate(values)
        if isinstance(each, dict) and isinstance(each.get("id"), str)
    }
    starts = sorted((document.locate(key), id) for id, (document, key) in where.items())
    found: list[Problem] = []
    for problem in error.problems:
        before = [
            id for start, id in starts if start.path == problem.location.path and start <= problem.location
        ]
        holder = before[-1] if before else ""
        document, key = where.get(holder, (None, ()))
        cells = (
            [(document.locate((*key, *each.path)), each) for each in taken if each.id == holder]
            if document
            else []
        )
        if not cells:
            found.append(problem)
            continue
        cells.sort(key=lambda pair: pair[0])
        _, cell = next((pair for pair in reversed(cells) if pair[0] <= problem.location), cells[0])
        message, hint = f"{cell.cell}: {problem.message}", problem.hint
        if problem.code == "uncited" and cell.places:
            hint = f"fill the column '{cell.places}'"
        place = Location(shown, cell.row)
        found.append(replace(problem, message=message, location=place, hint=hint, excerpt=""))
    return PlanError(found)


def _parents_first(fresh: list[tuple[Sheet, str, Cells]]) -> Iterator[tuple[Sheet, str, Cells]]:
    """Yield new entries, each after the one that it is under."""
    left = {id: (sheet, id, cells) for sheet, id, cells in fresh}
    while left:
        ready = [id for id, (_, _, cells) in left.items() if cells.get("Under", "").strip() not in left]
        for id in ready or list(left):
            yield left.pop(id)


def _in_order(data: Mapping[str, object]) -> dict[str, object]:

    return dict(sorted(data.items(), key=lambda pair: rank(pair[0], ORDER)))


def _known_path(data: Data, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return *path* as far as there is something."""
    steps: list[str] = []
    value: object = data
    for step in path:
        if not isinstance(value, dict) or step not in value:
            break
        value = value[step]
        steps.append(step)
    return tuple(steps)


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each of *old* stands among *new*, if it is there; one that was reworded keeps its place."""
    for _tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if end - start == last - first:
            yield from zip(range(start, end), range(first, last), strict=True)


def _cut(words: str) -> str:
    words = on_one_line(words)
    return words if len(words) <= 60 else f"{words[:60]}…"
