"""Tell text that is not written in the letters of its language."""

import unicodedata
from itertools import groupby

from babel.core import get_global

SCRIPTS = {
    "Arab": ("ARABIC",),
    "Armn": ("ARMENIAN",),
    "Beng": ("BENGALI",),
    "Cyrl": ("CYRILLIC",),
    "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Hang": ("HANGUL",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Khmr": ("KHMER",),
    "Kore": ("CJK", "HANGUL"),
    "Latn": (),
    "Mymr": ("MYANMAR",),
    "Taml": ("TAMIL",),
    "Thai": ("THAI",),
    "Tibt": ("TIBETAN",),
}
"""How Unicode calls the letters of scripts, by ISO 15924. Those of Latin stand in text of any language."""

_KNOWN = frozenset(word for words in SCRIPTS.values() for word in words)
_SINGLE = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""Letters of which one is a word; one of another script can be a sign, such as α."""


def foreign_letters(text: str, tag: str) -> str:
    """Return the first letters of *text* that the language *tag* does not write, or ""."""
    own = SCRIPTS.get(script_of(tag))
    if own is None or text.isascii():
        return ""
    for word, run in groupby(text, _script):
        letters = "".join(run)
        if word in _KNOWN and word not in own and (len(letters) > 1 or word in _SINGLE):
            return letters
    return ""


def script_of(tag: str) -> str:
    """Return the ISO 15924 code of the script that *tag* names or its language has, or ""."""
    language, *rest = tag.split("-")
    if named := next((part for part in rest if len(part) == 4 and part.isalpha()), ""):
        return named.title()
    likely: list[str] = get_global("likely_subtags").get(language.lower(), "").split("_")
    return likely[1] if len(likely) > 1 else ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
