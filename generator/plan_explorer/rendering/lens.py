"""Mark in a body what the lens leaves out, and tell how much: the primary source says nothing of it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from babel.lists import format_list

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.counted import counted
from plan_explorer.rendering.elements import add_class, gather, has_class, set_words, status_of_label
from plan_explorer.site.views.statements import SHOWN
from plan_explorer.translation import ngettext, spoken

OFF, OFF_BOX, GHOST = "px-off", "px-off-box", "px-ghost"
"""What the lens leaves out, what is empty without that, and the line that tells of it."""
ALL, LENS = "px-n-all", "px-n-lens"
"""What is shown without the lens, and what stands in its place under it."""
SEPARATORS = frozenset((*",;·", *"、；，", *"،؛", ""))
"""What stands between links in a row."""
CJK = "\u2e80"
"""The first of the signs of East Asia, which has no blanks between words."""


def leave_out(parent: Element) -> None:
    """Leave out *parent* if its label is not of the primary source, or if it is empty without that."""
    statuses = [status for child in parent if (status := status_of_label(child))]
    unstated = statuses and not any(status in SHOWN for status in statuses)
    holds = [child for child in parent if child.tag != "strong" or (child.tail or "").strip()]
    empty = parent.tag in ("li", "p", "td", "dd") and holds and all(has_class(each, OFF) for each in holds)
    if unstated or empty:
        add_class(parent, OFF)


# --- links in a row


def leave_out_links(parent: Element, off: Iterable[Element]) -> None:
    """Leave out the links of a row that are *off*, each with what parts it from the next."""
    links = list(parent)
    links = links[1:] if links and links[0].tag == "strong" else links
    hidden = [link for link in links if any(each in off for each in link.iter("a"))]
    if not hidden or not all(map(_in_row, links)):
        return
    last = max((at for at, link in enumerate(links) if link not in hidden), default=-1)
    for at, link in enumerate(links):
        place = list(parent).index(link)
        if link in hidden:
            gather(parent, place, place + 1, OFF)
        elif at == last and (link.tail or "").strip():
            box = gather(parent, place + 1, place + 1, OFF)
            box.text, link.tail = link.tail, None


def _in_row(each: Element) -> bool:
    parted = (each.tail or "").strip() in SEPARATORS
    return each.tag in ("a", "span") and parted and any(True for _ in each.iter("a"))


# --- numbers


def two_values(parent: Element, whole: str, stated: str) -> None:
    """Write into *parent* the words *whole*, and *stated* in their place under the lens."""
    before, _, after = (parent.text or "").partition(whole)
    parent.text = before
    parent[:0] = _pair(whole, stated, after)


def _pair(whole: str, stated: str, after: str) -> list[Element]:
    pair = [Element("span", {"class": ALL}), Element("span", {"class": LENS})]
    pair[0].text, pair[1].text, pair[1].tail = whole, stated, after
    return pair


def pair_counts(root: Element, counts: Mapping[str, str]) -> None:
    """Give the *counts* in what the site itself says the value that each has under the lens."""
    if not counts:
        return
    for block in root.iter():
        if block.tag in ("p", "li", "h2", "h3") and not any(each.get("title") for each in block.iter("a")):
            for place in (block, *(each for each in block if each.tag in ("strong", "em"))):
                _pair_in(place, counts)


def _pair_in(parent: Element, counts: Mapping[str, str]) -> None:
    for at in range(len(parent), -1, -1):
        before = parent[at - 1] if at else None
        text = (parent.text if before is None else before.tail) or ""
        for whole, stated in counts.items():
            ahead, found, after = text.partition(whole)
            if not found or _in_one_word(ahead[-1:], whole[:1]) or _in_one_word(whole[-1:], after[:1]):
                continue
            set_words(parent, before, ahead)
            parent[at:at] = _pair(whole, stated, after)
            break


def _in_one_word(one: str, other: str) -> bool:
    """Return whether two signs that stand side by side belong to one word or number."""
    if not (one.isalnum() and other.isalnum()) or one.isdecimal() != other.isdecimal():
        return False
    return one.isdecimal() or max(one, other) < CJK


# --- what is told


def ghost(kind: str, number: int) -> Element:
    """Return the line that tells what the lens leaves out, a *kind* of `counted`; ``tell`` gives it words."""
    return Element("p", {"class": GHOST, "kind": kind, "number": str(number)})


def tell(root: Element) -> None:
    """Give each line that tells what is left out its words; two in a row become one."""
    above: Element | None = None
    told: dict[Element, Counter[str]] = {}
    blocks = list(root)
    for at, block in enumerate(blocks):
        if has_class(block, GHOST):
            told[block] = Counter({block.attrib.pop("kind"): int(block.attrib.pop("number"))})
            if above is not None:
                told[block] = told.pop(above) + told[block]
                root.remove(above)
            above = block
        elif not _is_hidden(block, blocks[at + 1] if at + 1 < len(blocks) else None):
            above = None
    for inner in root.iter("p"):
        if has_class(inner, GHOST) and inner not in told:
            told[inner] = Counter({inner.attrib.pop("kind"): int(inner.attrib.pop("number"))})
    for line, numbers in told.items():
        line.text = left_out({counted(kind, number): number for kind, number in numbers.items()})


def _is_hidden(block: Element, following: Element | None) -> bool:
    """Return whether the lens hides *block*: left out, or the heading of what is."""
    if block.tag in ("h2", "h3", "h4") and following is not None:
        return has_class(following, OFF_BOX)
    return has_class(block, OFF) or has_class(block, OFF_BOX)


def left_out(things: Mapping[str, int]) -> str:
    """Return in words that the lens leaves out *things*: how many of what, in words, with their number."""
    listed = format_list(list(things), locale=spoken().locale)
    number = sum(things.values())
    return ngettext("%(things)s is left out.", "%(things)s are left out.", number, things=listed)


def _kind(entry: Element) -> str:
    """Return what an *entry* of a list is that the lens leaves out."""
    labelled = any(status_of_label(each) for each in entry)
    begins = len(entry) and not (entry.text or "").strip() and entry[0].find("a") is not None
    return ("link" if begins else "statement") if labelled else "entry"


def tell_left_out(root: Element, entries: Element) -> None:
    """Tell below a list or table of *entries* in *root* how many of them the lens leaves out."""
    rows = list(entries) if entries.tag == "ul" else [row for body in entries.iter("tbody") for row in body]
    off = [row for row in rows if has_class(row, OFF)]
    if off:
        root.insert(list(root).index(entries) + 1, ghost(_kind(off[0]), len(off)))
    if off and len(off) == len(rows):
        add_class(entries, OFF_BOX)
