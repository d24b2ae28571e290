"""Set the sentences of a source beside the entries that rest on them."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import SubElement

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.counted import counted
from plan_explorer.rendering.elements import COLON, add_class, gather, has_class, wrap_reference
from plan_explorer.rendering.lens import OFF, OFF_BOX, ghost, two_values

NOUN = re.compile(r"\s*\(([^)]*)\)")
"""What an entry is, behind a link to it."""


def set_beside_entries(item: Element, language: str) -> None:
    """Set the number and the words of a sentence beside the entries that rest on it."""
    blocks = [block for block in item if block.tag == "p"]
    if not blocks or not len(blocks[0]) or blocks[0][0].tag != "strong":
        return
    line, *below = blocks
    item.set("class", "px-sn")
    item.set("id", line.attrib.pop("id", ""))
    number = line[0]
    words = gather(line, 1, len(line), "px-orig")
    words.text, number.tail = (number.tail or "").lstrip(), None
    if language:
        words.set("lang", language)
    for hidden in words.iter("em"):
        hidden.tag = "i"
    number.tag = "a"
    number.attrib.update({"class": "px-s", "href": f"#{item.get('id')}"})
    line.tag = "div"
    line.set("class", "px-sn__t")
    entries = Element("div", {"class": "px-its"})
    for block in below:
        item.remove(block)
        _rest(entries, block)
    item.append(entries)


def _rest(entries: Element, block: Element) -> None:
    """Put the entries of *block* among *entries*, folded if it begins with what they are."""
    lead = block[0] if len(block) and block[0].tag == "em" else None
    if lead is None:
        entries.text = block.text
        entries.extend(block)
    elif COLON.search(lead.text or ""):
        fold = SubElement(entries, "details")
        SubElement(fold, "summary").text = COLON.sub("", lead.text or "")
        entries = SubElement(fold, "div")
        entries.extend(block[1:])
    else:
        SubElement(entries, "span", {"class": "px-none"}).text = lead.text
        return
    set_in_columns(entries)


def set_in_columns(entries: Element) -> None:
    """Set links to entries, and what each is, in columns, which need no semicolons."""
    for entry in list(entries):
        if entry.tag == "a":
            entry.attrib.pop("class", None)
            wrap_reference(entries, entry)
    for entry in entries:
        noun = NOUN.match(entry.tail or "")
        entry.tail = None
        if noun:
            entry[-1].tail = " "
            SubElement(entry, "small").text = noun[1]


def leave_out_of_sentence(sentence: Element, off: Iterable[Element]) -> None:
    """Leave out the entries beside a *sentence* that are *off*, and tell how many."""
    left_out = 0
    for box in list(sentence):
        if not has_class(box, "px-its"):
            continue
        for held in box.iter("div"):
            left_out += _leave_out_of(held, off)
        for fold in box.findall("details"):
            entries = [each for each in fold[-1] if each.tag == "span"]
            shown = sum(not has_class(each, OFF) for each in entries)
            if shown < len(entries):
                two_values(fold[0], fold[0].text or "", counted("more", shown))
            if not shown:
                add_class(fold, OFF_BOX)
        if left_out:
            box.append(ghost("entry", left_out))


def _leave_out_of(entries: Element, off: Iterable[Element]) -> int:
    hidden = [each for each in entries if each.tag == "span" and any(a in off for a in each.iter("a"))]
    for each in hidden:
        add_class(each, OFF)
    return len(hidden)
