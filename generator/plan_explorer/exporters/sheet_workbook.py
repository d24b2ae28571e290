"""Export the table of the page *Compare* for Excel, LibreOffice and Numbers."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from plan_explorer.exporters import sheet
from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.exporters.workbook import as_bytes, write_row
from plan_explorer.translation import gettext

LOSSES = sheet.LOSSES[:1]
WIDTHS = {"Code": 9, "Kind": 12, "Labels": 24, "Source": 12}
"""The widths of columns that are not as wide as most, in characters."""
MOST = 32


def export(source: ExportSource) -> Export:
    """Return ``table.xlsx``; every cell is text."""
    rows = list(sheet.read(source))
    book = Workbook()
    page = book.active
    page.title = "Table"
    columns = list(rows[0]) if rows else []
    for cells in (columns, *([str(row[head]) for head in columns] for row in rows)):
        write_row(page, cells)
    for at, head in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(at)].width = WIDTHS.get(head, MOST)
        page.cell(1, at).font = Font(bold=True)
        for row in range(2, page.max_row + 1):
            page.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    return Export({"table.xlsx": as_bytes(book, source.plan)}, tuple(map(gettext, LOSSES)))
