"""Set the relations of an entry in rows, and fold them where they are many."""

import re
from xml.etree.ElementTree import SubElement

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.elements import add_class, before_list, gather, has_class
from plan_explorer.rendering.lens import OFF, OFF_BOX, ghost, two_values

LINKED = re.compile(r"Linked with \d+ entr(?:y|ies):")
"""What stands before the relations of an entry that shares its page."""
MAX_OPEN_RELATIONS = 2
"""Past so many, these are folded."""
ROW = "px-row"
"""A relation in a list."""


def is_relation(item: Element) -> bool:
    """Return whether *item* begins with the kind of a relation and a link to the other entry."""
    if item.tag != "li" or len(item) < 2 or (item.text or "").strip():
        return False
    kind, other = item[0], item[1]
    named = kind.tag == "strong" and (kind.text or "").endswith(":") and not (kind.tail or "").strip()
    return named and (other.tag == "a" or other.get("class", "").startswith("px-ref"))


def relation_row(item: Element) -> None:
    """Set a row "**kind:** entry – why *label*" in columns."""
    kind, other = item[0], item[1]
    kind.tag = "span"
    kind.set("class", "px-kind")
    nested = before_list(item)
    labelled = item[nested - 1].get("class", "").startswith("px-ev")
    words, other.tail = (other.tail or "").removeprefix(" –").lstrip(), " "
    why = gather(item, 2, nested - labelled, "px-why")
    why.text, why.tail = words, " "
    if not words.strip() and not len(why):
        item.remove(why)
    add_class(item, ROW)


def wrap_relations(root: Element, rows: Element) -> None:
    """Put a list of relations into its box, folded if it is a long one among many."""
    _hide_repeated_kinds(rows)
    off = 0
    for row in rows:
        if has_class(row, OFF):
            row.set("class", OFF)
            off += 1
        else:
            row.attrib.pop("class", None)
    read = f" {OFF_BOX}" if off == len(rows) else ""
    at = list(root).index(rows)
    box = gather(root, at, at + 1, f"px-rel{read}", "div")
    if off:
        root.insert(at + 1, ghost("links", off))
    lead = root[at - 1] if at else None
    if lead is None or lead.tag != "p" or not (lead.text or "").endswith(":") or len(lead):
        return
    lead.set("class", f"px-lead{read}")
    if not LINKED.fullmatch(lead.text or ""):
        return
    if len(rows) > MAX_OPEN_RELATIONS:
        fold = Element("details", {"class": f"px-fold{read}"})
        summary = SubElement(fold, "summary")
        summary.text = (lead.text or "").removesuffix(":")
        fold.append(box)
        root[at] = fold
        root.remove(lead)
        lead = summary
    if off:
        two_values(lead, _entries(len(rows)), _entries(len(rows) - off))


def _entries(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _hide_repeated_kinds(rows: Element) -> None:
    """Keep a kind that the row before has, too, for screen readers only.

    It is shown again in the first row that is stated, as the lens may hide those before.
    """
    shown, stated = "", False
    for row in rows:
        kind, is_stated = row[0], any(child.get("class") == "px-ev px-ev--stated" for child in row)
        if kind.text != shown:
            shown, stated = kind.text or "", is_stated
        elif is_stated and not stated:
            stated = True
        else:
            SubElement(kind, "span", {"class": "px-sr"}).text = kind.text
            kind.text = ""
