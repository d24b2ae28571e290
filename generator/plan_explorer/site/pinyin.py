"""Split romanised names into syllables."""

import re
import unicodedata
from functools import cache

_FINALS = {  # Hanyu Pinyin, with u for ü: initials with the same finals share an entry
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo",
    "g k h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh ch sh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z c s": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
    "": "a ai an ang ao e ei en eng er o ou",
}


_SYLLABLES = frozenset(
    initial + final
    for initials, finals in _FINALS.items()
    for initial in initials.split() or [""]
    for final in finals.split()
)


_LONGEST = max(map(len, _SYLLABLES))


_WORD = re.compile(r"[0-9]+[a-z]{0,2}(?![a-z])|[a-z]+[0-9]+|[a-z]+|[0-9]+")
"""Words, digits, or both as one name: 5g and ipv6, but 2025 and nian in 2025nian."""


def fold(text: str) -> str:
    """Return *text* without differences of accent, tone, case and width."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.casefold())


def is_romanised(tag: str) -> bool:
    """Return whether *tag* is another language in Latin letters."""
    return "latn" in tag.lower().split("-")[1:]


def syllables(name: str, tag: str = "zh-Latn") -> list[str]:
    """Return the folded syllables of a romanised *name*."""
    # Most keyboards use v for ü, and no syllable has a v, so both become u.
    words: list[str] = _WORD.findall(fold(name).replace("v", "u"))
    subtags = tag.lower().split("-")
    variants = [subtag for subtag in subtags[1:] if len(subtag) > 4]
    if subtags[0] not in ("zh", "cmn") or variants not in ([], ["pinyin"]):
        return words
    return [syllable for word in words for syllable in _split(word) or (word,)]


BREAK = "\u200b"
"""A blank without width, between the syllables of a word."""


def with_breaks(name: str, tag: str = "zh-Latn") -> str:
    """Return a romanised *name* with a break between the syllables of each word."""
    flat = fold(name).replace("v", "u")
    if len(flat) != len(name):
        return name
    ends: set[int] = set()
    at = 0
    for syllable in syllables(name, tag):
        start = flat.index(syllable, at)
        ends |= {start} if start == at and at else set()
        at = start + len(syllable)
    return "".join(BREAK * (place in ends) + letter for place, letter in enumerate(name))


@cache
def _split(word: str) -> tuple[str, ...]:
    """Return the pinyin syllables of *word*, or ()."""
    # Try the longest syllable first. Later syllables start with a consonant, because the orthography
    # requires an apostrophe before a vowel: fangan is fan-gan, while fāng'àn is two words here.
    for size in range(min(len(word), _LONGEST), 0, -1):
        head, rest = word[:size], word[size:]
        if head not in _SYLLABLES:
            continue
        if not rest:
            return (head,)
        if rest[0] not in "aeo" and (tail := _split(rest)):
            return (head, *tail)
    return ()
