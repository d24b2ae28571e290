"""Measure, shorten and wrap text for drawings."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, takewhile

_WIDTHS = {
    character: width
    for width, characters in {
        0.222: "ijl|'‘’", 0.278: " .,:;!/\\I[]ft·", 0.333: "r()-`“”", 0.389: '*"', 0.5: "ckszvxyJ",
        0.556: "abdeghnopqu0123456789L?_$–", 0.611: "FTZ+<=>~^¶", 0.667: "&ABEKPSVXY",
        0.722: "wCDHNRU", 0.778: "GOQ", 0.833: "mM", 0.889: "%", 0.944: "W", 1.0: "@—…",
    }.items()
    for character in characters
}  # fmt: skip
"""Advance widths in em of a plain sans-serif face (Helvetica's)."""
_ROOM = 1.1
"""Other system faces run up to a tenth wider than Helvetica."""
_BOLDER = 1.07

_HAN = "\u3040-\u312f\u31a0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A line may break around every Han or Kana character, but not before closing punctuation or
# after an opening bracket; in other scripts at spaces.
_PIECE = re.compile(
    rf"(\s*)([（《〈「『【“‘]*[{_HAN}][，。、；：？！）》〉」』】”’…ー]*"
    rf"|[^\s{_HAN}]+)"
)
_JOINT = re.compile(r"[^/-]*[/-]+|[^/-]+")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate the width of a text, rather too high."""
    return sum(map(_em, text)) * size * (_BOLDER if bold else 1.0)


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """Return *text* cut to a width, with an ellipsis."""
    if text_width(text, size, bold) <= width:
        return text
    room = width - text_width("…", size, bold)
    ends = accumulate(text_width(character, size, bold) for character in text)
    return text[: sum(1 for _ in takewhile(lambda end: end <= room, ends))].rstrip() + "…"


@lru_cache(maxsize=2048)
def wrap(text: str, width: float, size: float, most: int = 4, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines of a width.

    What does not fit into *most* lines is cut.
    """
    lines: list[str] = []
    line = ""
    for gap, piece in _PIECE.findall(text):
        glue = " " if gap and line else ""
        for part in _parts(piece, width, size, bold):
            if line and text_width(line + glue + part, size, bold) > width:
                lines.append(line)
                line, glue = "", ""
            line += glue + part
            glue = ""
        if len(lines) >= most:
            break
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(f"{lines[most - 1]}…", width, size, bold)]
    return tuple(lines)


@cache
def _em(character: str) -> float:
    """Estimate the advance width of one character in em."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", character)[0]
    return _ROOM * _WIDTHS.get(base, 0.72 if base.isupper() else 0.6)


def _parts(piece: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """Yield parts of a word that fit into a line.

    It is cut at its hyphens, else anywhere with a new one.
    """
    if text_width(f"{piece}-", size, bold) <= width:  # as nearly every word
        yield piece
        return
    joints = _JOINT.findall(piece)
    if text_width(piece, size, bold) > width and len(joints) > 1:
        for joint in joints:
            yield from _parts(joint, width, size, bold)
        return
    start = 0
    for at in range(1, len(piece)):
        hyphen = "-" if piece[at - 1 : at + 1].isalpha() else ""
        if text_width(piece[start : at + 1] + hyphen, size, bold) > width:
            yield piece[start:at] + hyphen
            start = at
    yield piece[start:]


def percent(value: float) -> str:
    """Return a percentage as a short attribute."""
    return f"{round(value, 3):g}%"
