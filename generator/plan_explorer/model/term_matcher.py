"""Find the terms of a glossary in running text, in English and in Chinese, longest first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
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
_CITATION = re.compile(r"\[@[^\]]*\]")
"""Its words are no running text; those on both sides of it are."""
_AROUND = " \"“”‘’'"
"""Marks around a form that are no part of it."""


class Mention(NamedTuple):
    """A place in a text at which a term is named."""

    start: int
    end: int
    id: str


class TermMatcher:
    """Finds terms by their forms; the longest form at a place wins.

    Forms are kept by their first two words, or Chinese characters, so that the time to search a text does
    not grow with the glossary.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Prepare for *forms*: for each id, the words by which it is known."""
        self._found: dict[str, tuple[Mention, ...]] = {}
        ids: dict[str, str] = {}
        for id, words in forms.items():
            for word in words:
                if word := " ".join(word.split()).strip(_AROUND):
                    ids.setdefault(_fold(word), id)
        self._shapes: dict[str, dict[str, list[_Shape]]] = defaultdict(lambda: defaultdict(list))
        for form in sorted(ids, key=lambda form: (-len(form), form)):
            shape = _shape(form, ids[form])
            for first, second in _openings(form):
                self._shapes[first][second].append(shape)
        self._starts = frozenset(self._shapes)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the terms named in *text*, in order, none within another."""
        known = self._found.get(text)  # a sentence stands on the page of every entry that it links
        if known is None:
            known = self._found[text] = tuple(self._search(text)) if self._starts else ()
        return known

    def _search(self, text: str) -> Iterator[Mention]:
        if "[@" in text:
            text = _CITATION.sub(lambda match: " " * len(match[0]), text)
        low = text.lower().replace("’", "'")
        low = low if len(low) == len(text) else text  # a few letters are longer in lower case
        words = (_ASCII if low.isascii() else _TOKEN).findall(low)
        if self._starts.isdisjoint(words):
            return
        blocked: list[tuple[int, int]] | None = None
        at = end = 0
        for place in [place for place, word in enumerate(words) if word in self._starts]:
            word, after = words[place], "".join(words[place + 1 : place + 2])
            at = _next(word, low, at)
            shape, stop = self._match(low, at, word, after) if at >= end else (None, 0)
            if shape:
                end = stop
                if blocked is None:
                    blocked = [match.span() for match in _SKIP.finditer(text)]
                if not blocked or not any(first < stop and at < last for first, last in blocked):
                    yield Mention(at, stop, shape.id)
            at += len(word)

    def _match(self, text: str, at: int, word: str, after: str) -> "tuple[_Shape | None, int]":
        """Return the longest form that begins with *word*, at *at* in *text*, and where it ends.

        A form that goes on with the word *after* it is longer than one that does not go on.
        """
        seconds = self._shapes[word]
        for shape in chain(seconds.get(after, ()), seconds.get("", ()) if after else ()):
            if end := _end(shape, text, at):
                return shape, end
        return None, 0


class _Shape(NamedTuple):
    """A form in words, taken apart so that most texts are seen at once not to name it."""

    id: str
    before: list[str]
    """The words before the last."""
    stem: str
    """What the last word begins with, whatever its ending."""
    last: list[str]
    """The last word with every ending, those with an apostrophe first; none if the form is Chinese."""


def _shape(form: str, id: str) -> _Shape:
    if CJK.match(form):
        return _Shape(id, [], form, [])
    *before, word = form.split(" ")
    stem = word.removesuffix("y") if word.endswith("y") else word.removesuffix("e")
    return _Shape(id, before, stem, sorted(_inflected(word), key=lambda each: -each.count("'")))


def _openings(form: str) -> Iterable[tuple[str, str]]:
    """Return the first two words, or Chinese characters, of *form* as a text may have it; "" for none."""
    if not _TOKEN.match(form):
        return ()
    long = CJK.match(form) or len(_TOKEN.findall(form)) > 2
    found = map(_TOKEN.findall, [form] if long else _inflected(form))
    return dict.fromkeys((each[0], "".join(each[1:2])) for each in found)


def _next(word: str, text: str, at: int) -> int:
    """Return where *word*, which is in *text* at *at* or later, stands there as a whole word."""
    at = text.index(word, at)
    if CJK.match(word):
        return at
    while (at and _INSIDE.match(text, at - 1)) or _INSIDE.match(text, at + len(word)):
        at = text.index(word, at + 1)
    return at


def _end(shape: _Shape, text: str, at: int) -> int:
    """Return where *shape* ends if it stands in *text* at *at*, or 0."""
    for word in shape.before:
        gap = _GAP.match(text, at + len(word)) if text.startswith(word, at) else None
        if not gap:
            return 0
        at = gap.end()
    if not text.startswith(shape.stem, at):
        return 0
    if not shape.last:
        return at + len(shape.stem)
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
