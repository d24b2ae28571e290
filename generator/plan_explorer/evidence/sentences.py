"""Split a text into passages and sentences by the rule in ``docs/evidence.md``.

A reader's browser does so, too, in JavaScript; ``tests/evidence/sentences.json`` holds both to the rule.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plan_explorer.documents.unspaced import UNSPACED, join_broken

_ABBREVIATIONS = """
Mr Mrs Ms Dr Prof St Gen Col Sen Rep Gov Jr Sr No Nos Art Arts Sec Para Paras Ch Vol Fig pp cf vs etc al
e.g i.e MM
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Words whose full stop does not end a sentence."""

NUMBERED = frozenset(["art", "arts", "chap", "env", "p"])
"""Words whose full stop does not end a sentence before a number."""

MAX_HEADING, MAX_HEADING_CHARACTERS = 20, 40
"""The most words of a heading; the most letters and digits where words are not spaced."""

OPENING_WORDS, CLOSING_WORDS = 5, 3
OPENING_CHARACTERS, CLOSING_CHARACTERS = 10, 6

_BLANKS = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_CLOSERS = r"(?: ?»|[\"'”’)\]」』】》）])*"
_OPENERS = "\"'“‘«„([「『【《（¿¡"
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
_BULLET = re.compile(r"[-*•‣·◦▪] +")
_PARAGRAPH_END = re.compile(rf"\n{{2,}}|\n(?={_BULLET.pattern})")
_END = re.compile(rf"[。！？]+{_CLOSERS}|(?P<stop>[.!?…؟۔]+){_CLOSERS}(?= )")
_ENDS_OPEN = re.compile(rf"[.!?…؟۔。！？,;:،؛，、；：]{_CLOSERS}$")
_NUMBER = re.compile(r"[(（]?\d+$")
_INITIAL = re.compile(r"(^|[\s.(\[\"'“‘])[^\W\d_]$")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘’]*$")
_STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text, or a heading, as its format has it."""

    text: str
    heading: bool | None = None
    """Whether it is a heading; None if the format does not say."""


@dataclass(frozen=True)
class TextSentence:
    """A sentence and what is kept of it in an outline."""

    text: str
    words: int
    opening: str
    closing: str
    fingerprint: str


@dataclass(frozen=True)
class TextPassage:
    """A paragraph as sentences, and the heading it stands under."""

    section: str
    sentences: tuple[TextSentence, ...]


def collapse_blanks(text: str) -> str:
    """Return *text* with one blank for any white space."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip(" ")


@lru_cache(maxsize=4096)  # each rule of a verdict asks for the same texts
def normalise(text: str) -> str:
    """Return *text* as its fingerprint is taken: NFKC, straight quotes, single blanks."""
    return collapse_blanks(unicodedata.normalize("NFKC", text).translate(_STRAIGHT))


def fingerprint(text: str) -> str:
    """Return the 64-bit FNV-1a hash of the normalised *text*, as 16 hexadecimal digits."""
    value = 0xCBF29CE484222325
    for byte in normalise(text).encode(errors="replace"):
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, with the lines they were written in."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    if "" not in lines:
        return lines
    return [each for each in _PARAGRAPH_END.split("\n".join(lines)) if each]


def split_text(paragraphs: Iterable[Paragraph], start: str = "") -> list[TextPassage]:
    """Return the passages of a text, each under its heading, from the words *start* on."""
    headings: list[str] = []
    passages: list[TextPassage] = []
    section = ""
    begun = not start
    for paragraph in paragraphs:
        text = join_lines(paragraph.text)
        if _is_listed(paragraph):
            text = _BULLET.sub("", text, count=1)
        if not begun:
            begun, text = start in text, text[text.find(start) :]
        if not begun or not text:
            continue
        if is_heading(paragraph):
            headings.append(text)
            continue
        section = ": ".join(headings) or section
        headings = []
        passages.append(TextPassage(section, tuple(map(describe, split_sentences(text)))))
    return passages


def join_lines(text: str) -> str:
    """Return the lines of a paragraph as one."""
    return collapse_blanks(join_broken(text))


def is_heading(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a heading: by its format, or one short line without a stop."""
    if paragraph.heading is not None or _is_listed(paragraph):
        return bool(paragraph.heading)
    text = paragraph.text.strip()
    most = MAX_HEADING_CHARACTERS if is_unspaced(text) else MAX_HEADING
    return "\n" not in text and not _ENDS_OPEN.search(text) and count_words(text) <= most


def _is_listed(paragraph: Paragraph) -> bool:
    """Return whether a plain paragraph is a point of a list."""
    return paragraph.heading is None and bool(_BULLET.match(paragraph.text.lstrip()))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph whose blanks are single."""
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match["stop"] and not _ends(text, start, match):
            continue
        sentences.append(text[start : match.end()].strip(" "))
        start = match.end()
    rest = text[start:].strip(" ")
    return [each for each in (*sentences, rest) if each]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the stop of *match* ends the sentence that begins at *start*."""
    follows = text[match.end() + 1]
    if follows not in _OPENERS and unicodedata.category(follows) not in ("Lu", "Lt", "Lo", "Nd"):
        return False
    if match["stop"] != "." or match.end() > match.end("stop"):
        return True
    before = text[start : match.start()].lstrip(" ")
    if start == 0 and _NUMBER.match(before):
        return False
    if (initial := _INITIAL.search(before)) and initial[0][-1].isupper():
        return False
    last = _LAST_WORD.search(before)
    abbreviations = ABBREVIATIONS | NUMBERED if follows.isdecimal() else ABBREVIATIONS
    return not last or last[0] not in abbreviations


def is_unspaced(text: str) -> bool:
    """Return whether characters of scripts that do not space their words outnumber words between blanks."""
    return len(_UNSPACED_LETTER.findall(text)) > len(text.split())


def count_words(text: str) -> int:
    """Return the number of words, or of letters and digits where words are not spaced."""
    if is_unspaced(text):
        return sum(map(str.isalnum, text))
    return len(text.split())


def describe(text: str) -> TextSentence:
    """Return a sentence with what is kept of it."""
    if is_unspaced(text):
        opening = text[:OPENING_CHARACTERS]
        closing = text[max(OPENING_CHARACTERS, len(text) - CLOSING_CHARACTERS) :]
    else:
        words = text.split()
        opening = " ".join(words[:OPENING_WORDS])
        closing = " ".join(words[max(OPENING_WORDS, len(words) - CLOSING_WORDS) :])
    return TextSentence(text, count_words(text), opening, closing, fingerprint(text))


def sentences_of(passages: Sequence[TextPassage]) -> list[TextSentence]:
    """Return all sentences of *passages*, in order."""
    return [sentence for passage in passages for sentence in passage.sentences]
