"""Set the relations of an entry in rows, and fold them where they are many."""

from os.path import commonprefix
from xml.etree.ElementTree import SubElement

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.counted import linked_with
from plan_explorer.rendering.elements import COLON, add_class, before_list, gather, has_class
from plan_explorer.rendering.lens import GHOST, OFF, OFF_BOX, ghost, two_values
from plan_explorer.site.views.statements import SHOWN

MAX_OPEN_RELATIONS = 2
"""Past so many, these are folded."""
ROW = "px-row"
"""A relation in a list."""


def is_relation(item: Element) -> bool:
    """Return whether *item* begins with the kind of a relation and a link to the other entry."""
    if item.tag != "li" or len(item) < 2 or (item.text or "").strip():
        return False
    kind, other = item[0], item[1]
    named = kind.tag == "strong" and bool(COLON.search(kind.text or "")) and not (kind.tail or "").strip()
    return named and (other.tag == "a" or other.get("class", "").startswith(("px-ref", OFF)))


def relation_row(item: Element) -> None:
    """Set a row "**kind:** entry – why" in columns."""
    kind, other = item[0], item[1]
    kind.tag = "span"
    kind.set("class", "px-kind")
    words, other.tail = (other.tail or "").removeprefix(" –").lstrip(), " "
    why = gather(item, 2, before_list(item), "px-why")
    why.text, why.tail = words, " "
    if not words.strip() and not len(why):
        item.remove(why)
    add_class(item, ROW)


def wrap_relations(root: Element, head: Element, rows: Element, status: str) -> None:
    """Put the *rows* that rest on one *status* into a box, with the *head* that says so."""
    _hide_repeated_kinds(rows)
    for row in rows:
        off = has_class(row, OFF)
        row.attrib.pop("class", None)
        if off:
            add_class(row, OFF)
    head.set("class", "px-group__head")
    at = list(root).index(head)
    box = gather(root, at, at + 2, "px-rel", "div")
    if status not in SHOWN:
        add_class(box, OFF_BOX)
        for row in rows:
            row.set("class", OFF)
        root.insert(at + 1, ghost("link", len(rows)))


def lead_relations(root: Element) -> None:
    """Mark the line that leads to relations of one of many entries, and fold these where they are many."""
    for lead in [each for each in root if each.tag == "p" and COLON.search(each.text or "")]:
        at = list(root).index(lead) + 1
        end = next((n for n in range(at, len(root)) if not _is_of_relations(root[n])), len(root))
        boxes = [each for each in root[at:end] if has_class(each, "px-rel")]
        if not boxes or len(lead):
            continue
        rows = [row for box in boxes for row in box[1]]
        off = sum(has_class(row, OFF) for row in rows)
        read = f" {OFF_BOX}" if off == len(rows) else ""
        lead.set("class", f"px-lead{read}")
        if lead.text != linked_with(len(rows)):
            continue
        if len(rows) > MAX_OPEN_RELATIONS:
            fold = Element("details", {"class": f"px-fold{read}"})
            summary = SubElement(fold, "summary")
            summary.text = COLON.sub("", lead.text or "")
            fold.extend(boxes)
            root[at - 1 : end] = [fold, ghost("link", off)] if off else [fold]
            lead = summary
        if off:
            linked = [COLON.sub("", linked_with(number)) for number in (len(rows), len(rows) - off)]
            same = "".join(commonprefix(linked).rpartition(" ")[:2])  # noqa: RUF071 - signs are meant
            two_values(lead, *(words[len(same) :] for words in linked))


def _is_of_relations(block: Element) -> bool:
    return has_class(block, "px-rel") or has_class(block, GHOST)


def _hide_repeated_kinds(rows: Element) -> None:
    """Keep a kind that the row before has, too, for screen readers only."""
    shown = ""
    for row in rows:
        kind = row[0]
        if kind.text != shown:
            shown = kind.text or ""
        else:
            SubElement(kind, "span", {"class": "px-sr"}).text = kind.text
            kind.text = ""
