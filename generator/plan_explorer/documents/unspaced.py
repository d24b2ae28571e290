"""Know the scripts that do not space their words, in which a line break is no blank."""

import re
from collections.abc import Iterable
from itertools import pairwise

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han."""

_SIGNS = "\u3000-\u303f\uff00-\uffef"
"""Their punctuation marks, and letters and digits of full width."""
_BREAK = re.compile(rf"(?<=[{UNSPACED}{_SIGNS}])[ \t]*\n[ \t]*(?=[{UNSPACED}{_SIGNS}])")
_APART = re.compile(rf"(?<=[{UNSPACED}{_SIGNS}]) (?=[{UNSPACED}])")
_EITHER = re.compile(f"[{UNSPACED}{_SIGNS}]{{2}}")


def join_broken(text: str) -> str:
    """Return *text* without the line breaks between two characters of these scripts."""
    return _BREAK.sub("", text) if "\n" in text else text


def join_folded(text: str, lines: Iterable[str]) -> str:
    """Return *text*, which YAML made of *lines*, without the blanks for breaks between such characters."""
    for before, after in pairwise(lines):
        ends = before.rstrip()[-1:] + after.lstrip()[:1]
        if _EITHER.fullmatch(ends):
            text = text.replace(" ".join(ends), ends)
    return text


def beside(first: str, second: str) -> str:
    """Return *first* and *second* with a blank between, if their script has one there: ``第3段第2句``."""
    ends = f"{first[-1:]} {second[:1]}"
    return f"{first}{'' if _APART.search(ends) else ' '}{second}"
