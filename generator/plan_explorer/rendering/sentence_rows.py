"""Set the sentences of a source beside the entries that rest on them."""

import re
from xml.etree.ElementTree import SubElement

from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.elements import gather, wrap_reference

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
    elif (lead.text or "").endswith(":"):
        fold = SubElement(entries, "details")
        SubElement(fold, "summary").text = (lead.text or "").removesuffix(":")
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
