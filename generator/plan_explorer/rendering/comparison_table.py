"""Set two sources side by side in a table, with heads for its rows and for groups of them."""

from collections import Counter

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.elements import add_class, has_class, status_of_label
from plan_explorer.rendering.lens import OFF, OFF_BOX, ghost
from plan_explorer.site.views.statements import SHOWN

GROUP = "px-grp"
"""A row that heads others."""

Columns = list[tuple[str, str]]
"""What the columns behind the first are called, and the status of most of what they hold."""


def labelled_columns(table: Element) -> Columns:
    """Return the columns of *table* if each has a label behind its name, as those of a comparison have."""
    heads = list(table.iter("th"))[1:]
    columns = [("".join(each[0].itertext()), status_of_label(each[1])) for each in heads if len(each) == 2]
    return columns if len(columns) == len(heads) and all(status for _, status in columns) else []


def set_side_by_side(root: Element, table: Element, columns: Columns) -> None:
    """Give the rows of *table* heads, and each cell the name and the status of its column.

    A row with nothing but its first cell heads those below it. The lens leaves out cells, and a column or a
    group of which nothing remains, and tells how many.
    """
    table.set("class", "px-tab px-sides")
    for head in table.iter("th"):
        head.set("scope", "col")
    body = table.find("tbody")
    assert body is not None
    groups: list[tuple[Element, list[list[str]]]] = [(Element("tr"), [])]
    for row in body:
        if any(len(cell) or cell.text for cell in row[1:]):
            groups[-1][1].append(_head_row(row, columns))
        else:
            _head_group(row)
            groups.append((row, []))
    for group, rows in groups:
        if not any(status in SHOWN for statuses in rows for status in statuses):
            add_class(group, OFF_BOX)
    rows = [statuses for _, rows in groups for statuses in rows]
    for at in range(len(columns)):
        if not any(statuses[at] in SHOWN for statuses in rows):
            for row in table.iter("tr"):
                if not has_class(row, GROUP):
                    add_class(row[at + 1], OFF_BOX)
    off = Counter(status for statuses in rows for status in statuses if status not in SHOWN)
    for at, status in enumerate(off, list(root).index(table) + 1):
        root.insert(at, ghost(status, off[status]))


def _head_group(row: Element) -> None:
    """Make the first cell of *row* the head of the rows below, across all columns."""
    row[0].tag = "th"
    row[0].attrib.update({"scope": "rowgroup", "colspan": str(len(row))})
    row.set("class", GROUP)
    row[1:] = []


def _head_row(row: Element, columns: Columns) -> list[str]:
    """Make the first cell of *row* its head, and return the statuses of the others.

    How the sources differ is left out with any of them, and the row if nothing else remains.
    """
    head, *cells = row
    row.attrib.pop("class", None)
    head.tag = "th"
    head.set("scope", "row")
    statuses = [_side(cell, *column) for cell, column in zip(cells, columns, strict=True)]
    for how in head.findall("em"):
        how.tag = "small"
        if any(status not in SHOWN for status in statuses):
            how.set("class", OFF)
    if not any(status in SHOWN for status in statuses):
        row.set("class", OFF)
    return statuses


def _side(cell: Element, name: str, status: str) -> str:
    """Name the column of *cell*, put its statement into a box, and return the status of that."""
    said = Element("div", {"id": cell.attrib.pop("id", "")})
    said.text, cell.text = cell.text, ""
    said.extend(cell)
    cell[:] = [said]
    cell.attrib.update({"class": f"px-sides__cell px-sides__cell--{status}", "data-l": name})
    own = next((found for each in said if (found := status_of_label(each))), status)
    if own not in SHOWN:
        said.set("class", OFF)
    return own
