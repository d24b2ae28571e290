"""Put a button to quote it behind each statement of a body."""

import re
from collections.abc import Mapping

from plan_explorer.documents.unspaced import UNSPACED
from plan_explorer.rendering.commonmark import Element
from plan_explorer.rendering.elements import has_class
from plan_explorer.site.quotations import Quotation
from plan_explorer.translation import gettext

_LAST_CHARACTER = re.compile(rf"[{UNSPACED}][^{UNSPACED}\s]*$")
"""The last character of a script that does not space its words, with the signs behind it."""


def add_quote_buttons(root: Element, quotations: Mapping[str, Quotation]) -> None:
    """Give each statement of *root* that has a quotation, by its anchor, its button."""
    for element in [each for each in root.iter() if each.get("id") in quotations]:
        quotation = quotations[element.get("id", "")]
        why = next((each for each in element if has_class(each, "px-why")), None)
        button = _button(quotation)
        if why is not None:
            button.set("data-px-words", quotation.words)  # a row says it in columns
        _insert(element if why is None else why, button)


def _button(quotation: Quotation) -> Element:
    """Return a link to the statement itself, which a script turns into its quotation."""
    button = Element("a", {"class": "px-qb", "href": f"#{quotation.anchor}"})
    button.set("data-px-title", quotation.title)
    button.set("data-px-label", quotation.label)
    button.set("data-px-rests", quotation.rests_on)
    button.set("aria-label", gettext("Quote this statement"))
    return button


def _insert(element: Element, button: Element) -> None:
    """Put *button* behind the words and places of *element*, in front of its label, reason and sides."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    words = first if first is not None and first.tag == "p" else element
    end = next((at for at, each in enumerate(words) if _is_aside(each)), len(words))
    together = Element("span", {"class": "px-together"})
    before = words[end - 1] if end else None
    if before is None:
        words.text, together.text = _split_last_word(words.text)
    elif (before.tail or "").strip():
        before.tail, together.text = _split_last_word(before.tail)
    elif _is_place(before) or (len(before) == 1 and _is_place(before[0])):  # which the lens may leave out
        words.remove(before)
        together.append(before)
        before.tail, end = None, end - 1
    together.append(button)
    together.tail = " " if end < len(words) else None
    words.insert(end, together)


def _is_place(element: Element) -> bool:
    return element.get("class", "").startswith("px-loc")


def _is_aside(element: Element) -> bool:
    return element.tag in ("ul", "small") or element.get("class", "").startswith("px-ev")


def _split_last_word(text: str | None) -> tuple[str, str]:
    """Return *text* up to its last word, or the last character of a script without blanks, and that."""
    words = (text or "").rstrip()
    last = _LAST_CHARACTER.search(words)
    end = last.start() if last else words.rfind(" ") + 1
    return words[:end], words[end:]
