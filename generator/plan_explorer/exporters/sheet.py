"""Export the table of the page *Compare* as one CSV file, for people."""

from collections.abc import Iterator

from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.exporters.tables import Row, as_csv
from plan_explorer.site.views import sheet
from plan_explorer.site.views.comparison import commitments
from plan_explorer.translation import N_, gettext

LOSSES = (
    N_("all but names, roles, dates, terms, labels and places of the entries in that table"),
    N_("the exact form of text that a spreadsheet would run as a formula: an apostrophe stands before it"),
)


def export(source: ExportSource) -> Export:
    """Return ``table.csv``."""
    rows = list(read(source))
    return Export({"table.csv": as_csv(list(rows[0]) if rows else [], rows)}, tuple(map(gettext, LOSSES)))


def read(source: ExportSource) -> Iterator[Row]:
    """Yield the rows of the table, each with the address of its entry."""
    for item, columns in sheet.rows(source.plan, source.addresses, commitments(source.plan)):
        yield {**columns, sheet.address_head(): source.page(item)}
