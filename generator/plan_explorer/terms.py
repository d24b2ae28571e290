"""Find the terms of a glossary in running text, in English and in Chinese, longest first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ENDINGS = "(?:s|es|ed|d|ing|’s|'s)?"
_SKIP = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+")
"""What is never searched: code, links, tags."""


class Mention(NamedTuple):
    """A place in a text at which a term is named."""

    start: int
    end: int
    id: str


class Finder:
    """Finds terms by their forms; the longest form at a place wins."""

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Prepare for *forms*: for each id, the words by which it is known."""
        self._ids: dict[str, str] = {}
        for id, words in forms.items():
            for word in words:
                if word := " ".join(word.split()):
                    self._ids.setdefault(_fold(word), id)
        latin = sorted((w for w in self._ids if not CJK.search(w)), key=lambda w: (-len(w), w))
        chinese = sorted((w for w in self._ids if CJK.search(w)), key=lambda w: (-len(w), w))
        parts = [rf"\b(?:{'|'.join(map(_pattern, latin))})\b"] if latin else []
        parts += ["|".join(map(re.escape, chinese))] if chinese else []
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the terms named in *text*, in order, none within another."""
        if self._pattern is None:
            return
        blocked = [match.span() for match in _SKIP.finditer(text)]
        for match in self._pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in blocked):
                yield Mention(match.start(), match.end(), self._id(match[0]))

    def _id(self, found: str) -> str:
        """Return whose form *found* is, inflected or not."""
        word = _fold(found)
        return next(self._ids[stem] for stem in _stems(word) if stem in self._ids)


def _fold(word: str) -> str:
    return " ".join(word.casefold().replace("’", "'").split())


def _pattern(word: str) -> str:
    """Return a pattern for *word* with the endings of English nouns and verbs, over line breaks."""
    spaced = r"\s+".join(re.escape(part) for part in word.split(" "))
    if word[-1:] == "y" and word[-2:-1] not in "aeiou":
        return f"{spaced[:-1]}(?:y|ies|ied)"
    if word[-1:] == "e":
        return f"{spaced[:-1]}(?:e|es|ed|ing|e’s|e's)"
    return f"{spaced}{_ENDINGS}" if word[-1:].isalpha() else spaced


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in ("'s", "s", "d"):
        yield word.removesuffix(ending)
    for ending, instead in (("es", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
