"""Mark what the lens leaves out of a page, and tell how much that is."""

from xml.etree.ElementTree import SubElement

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.elements import add_class, has_class, status_of_label
from plan_explorer.site.views.statements import SHOWN

LEFT_OUT: dict[str, tuple[str, str]] = {
    "inferred": ("reading of the editors", "readings of the editors"),
    "disputed": ("point on which sources differ", "points on which sources differ"),
    "background": ("statement from elsewhere", "statements from elsewhere"),
    "known": ("statement of general knowledge", "statements of general knowledge"),
    "wording": ("note on the wording", "notes on the wording"),
    "editorial": ("note of the editors", "notes of the editors"),
    "links": ("link", "links"),
    "entries": ("entry", "entries"),
    "statements": ("statement", "statements"),
}
"""What the lens leaves out of a page, one and many, by status or kind."""
OFF, OFF_BOX, GHOST = "px-off", "px-off-box", "px-ghost"
"""What the lens leaves out, what is empty without that, and the line that tells of it."""


def leave_out(parent: Element) -> None:
    """Mark for the lens what has the label of something that the primary source does not say."""
    if has_class(parent, OFF):
        return
    statuses = [status for child in parent if (status := status_of_label(child))]
    unstated = statuses and not any(status in SHOWN for status in statuses)
    if unstated or (parent.tag == "li" and len(parent) and all(has_class(each, OFF) for each in parent)):
        add_class(parent, OFF)


def ghost(kind: str, number: int) -> Element:
    """Return the line with which the lens tells what it leaves out."""
    line = Element("p", {"class": GHOST})
    line.text = left_out(number, *LEFT_OUT[kind])
    return line


def left_out(number: int, one: str, many: str) -> str:
    """Return in words that the lens leaves out a *number* of things."""
    return f"{number} {one} is left out." if number == 1 else f"{number} {many} are left out."


def tell_left_out(root: Element, entries: Element) -> None:
    """Tell below a list of *entries* how many of them the lens leaves out."""
    off = sum(has_class(entry, OFF) for entry in entries)
    if off:
        listed = any(each.get("class", "").startswith("px-ref") for each in entries.iter())
        kind = "entries" if listed else "statements"
        root.insert(list(root).index(entries) + 1, ghost(kind, off))
    if off and off == len(entries):
        add_class(entries, OFF_BOX)


def two_counts(parent: Element, words: str, whole: int, stated: int) -> None:
    """Write *words*, whose number is another one under the lens."""
    before, number, after = words.partition(str(whole))
    parent.text = before
    if whole == stated:
        parent.text = words
        return
    SubElement(parent, "span", {"class": "px-n-all"}).text = number
    SubElement(parent, "span", {"class": "px-n-lens"}).text = str(stated)
    parent[-1].tail = after
