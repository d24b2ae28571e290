"""Find the terms of a glossary in running text, in English and in Chinese, longest first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = r"[^\W\u3400-\u9fff\uf900-\ufaff]"
"""A letter or digit of a script that parts its words."""
_TOKEN = re.compile(rf"{_LETTER}+|[\u3400-\u9fff\uf900-\ufaff]")
_ASCII = re.compile(r"[a-z0-9_]+")
"""The same for text in lower case that is ASCII; it takes half as long."""
_INSIDE = re.compile(_LETTER)
_GAP = re.compile(r"\s+")
_SKIP = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+")
"""What is never searched: code, links, tags."""
_AROUND = " \"“”‘’'"
"""Marks around a form that are no part of it."""


class Mention(NamedTuple):
    """A place in a text at which a term is named."""

    start: int
    end: int
    id: str


class Finder:
    """Finds terms by their forms; the longest form at a place wins.

    Forms are kept by their first word, or first Chinese character, so that the time to search a text
    does not grow with the glossary.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Prepare for *forms*: for each id, the words by which it is known."""
        self._ids: dict[str, str] = {}
        self._found: dict[str, tuple[Mention, ...]] = {}
        for id, words in forms.items():
            for word in words:
                if word := " ".join(word.split()).strip(_AROUND):
                    self._ids.setdefault(_fold(word), id)
        self._words: dict[str, list[_Shape | str]] = defaultdict(list)
        for form in sorted(self._ids, key=lambda form: (-len(form), form)):
            if CJK.match(form):
                self._words[form[0]].append(form)
            elif first := _TOKEN.match(form):
                shape = _shape(form)
                for start in dict.fromkeys(_inflected(first[0]) if first[0] == form else [first[0]]):
                    self._words[start].append(shape)
        self._starts = frozenset(self._words)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the terms named in *text*, in order, none within another."""
        known = self._found.get(text)  # a sentence stands on the page of every entry that it links
        if known is None:
            known = self._found[text] = tuple(self._search(text)) if self._ids else ()
        return known

    def _search(self, text: str) -> Iterator[Mention]:
        low = text.lower().replace("’", "'")
        low = low if len(low) == len(text) else text  # a few letters are longer in lower case
        words = (_ASCII if low.isascii() else _TOKEN).findall(low)
        if self._starts.isdisjoint(words):
            return
        blocked: list[tuple[int, int]] | None = None
        at = end = 0
        for word in words:
            at = low.index(word, at)
            if at >= end and word in self._starts and (stop := self._match(low, at, word)):
                end = stop
                if blocked is None:
                    blocked = [match.span() for match in _SKIP.finditer(text)]
                if not any(first < stop and at < last for first, last in blocked):
                    yield Mention(at, stop, self._id(text[at:stop]))
            at += len(word)

    def _match(self, text: str, at: int, word: str) -> int:
        """Return where the longest form ends that begins with *word*, at *at* in *text*, or 0."""
        for shape in self._words[word]:
            if end := _end(shape, text, at):
                return end
        return 0

    def _id(self, found: str) -> str:
        """Return whose form *found* is, inflected or not."""
        word = _fold(found)
        return next(self._ids[stem] for stem in _stems(word) if stem in self._ids)


@lru_cache(maxsize=4)
def finder(forms: tuple[tuple[str, tuple[str, ...]], ...]) -> Finder:
    """Return what finds *forms*, pairs of an id and its words; for the same ones it is the same finder."""
    return Finder(dict(forms))


class _Shape(NamedTuple):
    """A form in words, taken apart so that most texts are seen at once not to name it."""

    before: list[str]
    """The words before the last."""
    stem: str
    """What the last word begins with, whatever its ending."""
    last: list[str]
    """The last word with every ending, longest first."""


def _shape(form: str) -> _Shape:
    *before, word = form.split(" ")
    stem = word.removesuffix("y") if word.endswith("y") else word.removesuffix("e")
    return _Shape(before, stem, sorted(_inflected(word), key=len, reverse=True))


def _end(shape: _Shape | str, text: str, at: int) -> int:
    """Return where *shape*, or a Chinese form, ends if it stands in *text* at *at*, or 0."""
    if isinstance(shape, str):
        return at + len(shape) if text.startswith(shape, at) else 0
    for word in shape.before:
        gap = _GAP.match(text, at + len(word)) if text.startswith(word, at) else None
        if not gap:
            return 0
        at = gap.end()
    if not text.startswith(shape.stem, at):
        return 0
    for word in shape.last:
        if text.startswith(word, at) and not _INSIDE.match(text, at + len(word)):
            return at + len(word)
    return 0


def _inflected(word: str) -> Iterator[str]:
    """Yield *word* with the endings of English nouns and verbs."""
    yield word
    if not word[-1:].isalpha():
        return
    yield f"{word}'s"
    yield from (word + ending for ending in ("s", "es", "ed", "d", "ing"))
    if word.endswith("y"):
        yield from (word[:-1] + ending for ending in ("ies", "ied"))
    if word.endswith("e"):
        yield word[:-1] + "ing"


def _fold(word: str) -> str:
    return " ".join(word.casefold().replace("’", "'").split())


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in ("'s", "s", "d"):
        yield word.removesuffix(ending)
    for ending, instead in (("es", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
