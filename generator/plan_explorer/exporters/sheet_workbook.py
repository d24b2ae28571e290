"""Export the table of the page *Compare* for Excel, LibreOffice and Numbers."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from plan_explorer.exporters import sheet
from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.exporters.workbook import as_bytes, write_row
from plan_explorer.translation import gettext, pgettext

LOSSES = sheet.LOSSES[:1]
MOST = 32
"""The width of most columns, in characters."""


def export(source: ExportSource) -> Export:
    """Return ``table.xlsx``; every cell is text."""
    rows = list(sheet.read(source))
    book = Workbook()
    page = book.active
    page.title = gettext("Table")
    columns = list(rows[0]) if rows else []
    widths = {
        pgettext("of an entry", "Code"): 9,
        pgettext("a column", "Kind"): 12,
        gettext("Labels"): 24,
        pgettext("of a statement", "Source"): 12,
    }
    for cells in (columns, *([str(row[head]) for head in columns] for row in rows)):
        write_row(page, cells)
    for at, head in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(at)].width = widths.get(head, MOST)
        page.cell(1, at).font = Font(bold=True)
        for row in range(2, page.max_row + 1):
            page.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    return Export({"table.xlsx": as_bytes(book, source.plan)}, tuple(map(gettext, LOSSES)))
