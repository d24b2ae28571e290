"""Export the table of the page *Compare* for Excel, LibreOffice and Numbers."""

import io
from datetime import datetime

import xlsxwriter

from plan_explorer.exporters import sheet
from plan_explorer.exporters.base import Export, ExportSource

LOSSES = sheet.LOSSES[:1]
WIDTHS = {"Code": 9, "Kind": 12, "Labels": 24, "Source": 12}
"""The widths of columns that are not as wide as most, in characters."""
MOST = 32
WHEN = datetime(2000, 1, 1)


def export(source: ExportSource) -> Export:
    """Return ``table.xlsx``; every cell is text."""
    rows = list(sheet.read(source))
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": source.plan.settings.site_name, "created": WHEN})
        page = book.add_worksheet("Table")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        columns = list(rows[0]) if rows else []
        for at, head in enumerate(columns):
            page.set_column(at, at, WIDTHS.get(head, MOST), wrapped)
            page.write_string(0, at, head, bold)
        for number, row in enumerate(rows, 1):
            for at, head in enumerate(columns):
                page.write_string(number, at, str(row[head]))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(rows), max(len(columns) - 1, 0))
    return Export({"table.xlsx": file.getvalue()}, LOSSES)
