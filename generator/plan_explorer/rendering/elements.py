"""Find, move and mark the elements of a converted body."""

import re

from plan_explorer.rendering.commonmark import Element

COLON = re.compile(r"\s?[:：]$")
"""What a label ends with in running text, in whatever language."""


def set_words(parent: Element, before: Element | None, words: str, *, more: bool = False) -> None:
    """Put *words* behind *before*, or at the beginning of *parent*; behind what is there if *more*."""
    if before is None:
        parent.text = (parent.text or "") + words if more else words
    else:
        before.tail = (before.tail or "") + words if more else words


def wrap_reference(parent: Element, link: Element, code: Element | None = None) -> None:
    """Put *link* and its *code* into columns of a line."""
    reference = Element("span", {"class": "px-ref" if code is None else "px-ref px-ref--coded"})
    reference.tail, link.tail = link.tail, None
    at = list(parent).index(link)
    parent[at] = reference
    reference.extend([link] if code is None else [code, link])


def gather(parent: Element, start: int, end: int, css: str, tag: str = "span") -> Element:
    """Put the children of *parent* from *start* to *end* into one, and return that."""
    box = Element(tag, {"class": css})
    moved = list(parent)[start:end]
    for each in moved:
        parent.remove(each)
    box.extend(moved)
    parent.insert(start, box)
    return box


def has_class(element: Element, css: str) -> bool:
    """Return whether *css* is among the classes of *element*."""
    return css in element.get("class", "").split()


def add_class(element: Element, css: str) -> None:
    """Put *css* behind the classes of *element*, if it is not among them."""
    if not has_class(element, css):
        element.set("class", f"{element.get('class', '')} {css}".strip())


def status_of_label(element: Element) -> str:
    """Return the status of which *element* is the label, or nothing."""
    return element.get("class", "").partition("px-ev--")[2]


def list_at(root: Element, at: int) -> Element | None:
    """Return the child number *at* of *root*, if that is a list."""
    return root[at] if at < len(root) and root[at].tag == "ul" else None


def before_list(item: Element) -> int:
    """Return the place of the first list within *item*, or of its end."""
    return next((at for at, child in enumerate(item) if child.tag == "ul"), len(item))
