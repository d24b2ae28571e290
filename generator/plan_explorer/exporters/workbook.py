"""Export a workbook that people correct and send back."""

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from plan_explorer.exporters.base import Export, ExportSource, count_loss
from plan_explorer.importers.workbook_columns import PARTS, Sheet, rows, sheets, written
from plan_explorer.importers.workbook_memory import MAX_CELL, MEMORY, Memory, tidy
from plan_explorer.model.plan import Plan

LOSSES = (
    "indicators and progress, outlines of sources, comparisons, views and plan.yaml",
    "what each side says where sources differ, and other dates that sources give",
    "labels of relations, other forms of terms, and how certain names are",
    "former ids",
)

HEAD = PatternFill("solid", fgColor="FFDDE6EE")
KEY = PatternFill("solid", fgColor="FFE7E7E7")
WIDTHS = {"id": 24, "entry": 24, "part": 12, "number": 8, "Code": 10, "Label": 12}
WIDE = ("Summary", "Text", "Gist")
LOCKED = "This is how the row is recognized when it comes back. Leave it as it is."


def export(source: ExportSource) -> Export:
    """Return the workbook: a sheet for each level and kind, one for statements, and a hidden one."""
    plan = source.plan
    book = Workbook()
    book.remove(book.active)
    memory = Memory(plan.settings.id)
    too_long = 0
    for sheet in sheets(plan):
        too_long += _fill(book.create_sheet(sheet.title), sheet, plan, memory)
    remembered = book.create_sheet(MEMORY)
    remembered.sheet_state = "veryHidden"
    for line in memory.lines():
        write_row(remembered, line)
    words = f"{too_long} text{' that is' if too_long == 1 else 's that are'} too long for a cell"
    losses = count_loss(too_long, words)
    return Export({f"{plan.settings.id}.xlsx": as_bytes(book, plan)}, (*LOSSES, *losses))


def as_bytes(book: Workbook, plan: Plan) -> bytes:
    """Return *book* as a file that says whose it is, and is the same for the same plan."""
    day = plan.settings.as_of.first
    book.properties.creator = plan.settings.site_name
    book.properties.created = datetime(day.year, day.month, day.day) if day else datetime(2000, 1, 1)
    packed = BytesIO()
    book.save(packed)
    return _without_clock(packed.getvalue())


def _fill(target: Any, sheet: Sheet, plan: Plan, memory: Memory) -> int:
    """Write the rows of *sheet*, and return how many texts are too long."""
    heads = [*sheet.keys, *(column.head for column in sheet.columns)]
    write_row(target, heads)
    too_long = 0
    for key, data in rows(sheet, written(plan, sheet.collection)):
        cells = [tidy(column.read(data, plan)) for column in sheet.columns]
        too_long += sum(len(cell) > MAX_CELL for cell in cells)
        cells = ["" if len(cell) > MAX_CELL else cell for cell in cells]
        memory.add(sheet.title, key, dict(zip(heads[len(key) :], cells, strict=True)))
        write_row(target, [*key, *cells])
    _dress(target, sheet, heads)
    return too_long


def write_row(target: Any, cells: Iterable[str]) -> None:
    """Write *cells* as text, also where a spreadsheet would read a formula, a number or a date."""
    row = target.max_row + (target.max_row > 1 or target.cell(1, 1).value is not None)
    for at, words in enumerate(cells, 1):
        cell = target.cell(row, at)
        cell.number_format = "@"
        if words:
            cell.value = words
            cell.data_type = "s"
            cell.quotePrefix = words.startswith(("=", "+", "-", "@", "'", "\t"))


def _dress(target: Any, sheet: Sheet, heads: list[str]) -> None:
    """Mark the headings and keys, and offer what can be chosen."""
    target.freeze_panes = target.cell(2, len(sheet.keys) + 1)
    target.auto_filter.ref = target.dimensions
    last = max(target.max_row, 2)
    choices = {column.head: column.choices for column in sheet.columns}
    about = {column.head: column.about for column in sheet.columns}
    for at, head in enumerate(heads, 1):
        letter, cell = get_column_letter(at), target.cell(1, at)
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = 60 if head.split(" (")[0] in WIDE else WIDTHS.get(head, 22)
        target.column_dimensions[letter].width = width
        target.column_dimensions[letter].number_format = "@"
        is_key = head in sheet.keys
        for row in range(2, target.max_row + 1):
            target.cell(row, at).alignment = Alignment(wrap_text=not is_key, vertical="top")
            if is_key:
                target.cell(row, at).fill = KEY
        if is_key and target.max_row > 1:
            rule = DataValidation("custom", formula1="FALSE", allow_blank=False, showErrorMessage=True)
            rule.error, rule.errorTitle = LOCKED, head
            rule.add(f"{letter}2:{letter}{last}")
            target.add_data_validation(rule)
        words = LOCKED if is_key else about.get(head, "")
        if words:
            cell.comment = Comment(words, "")
        listed = ",".join(choices.get(head) or (PARTS if head == "part" else ()))
        if listed and not is_key and len(listed) < 250:
            rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
            rule.add(f"{letter}2:{letter}{last + 200}")
            target.add_data_validation(rule)


def _without_clock(raw: bytes) -> bytes:
    """Return a workbook that does not say when it was saved."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fresh:
        for item in sorted(old.infolist(), key=lambda each: each.filename):
            content = old.read(item)
            if item.filename == "docProps/core.xml":
                content = re.sub(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>", b"", content)
            info = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fresh.writestr(info, content)
    return packed.getvalue()
