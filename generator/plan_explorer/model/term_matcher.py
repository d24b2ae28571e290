"""Find glossary terms in English and Chinese text, longest first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = r"[^\W\u3400-\u9fff\uf900-\ufaff]"
"""A letter or digit of a script that separates words."""
_TOKEN = re.compile(rf"{_LETTER}+|[\u3400-\u9fff\uf900-\ufaff]")
_ASCII = re.compile(r"[a-z0-9_]+")
"""The same for lower-case ASCII text, in half the time."""
_INSIDE = re.compile(_LETTER)
_GAP = re.compile(r"\s+")
_SKIP = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+")
"""Text that is never searched: code, links and tags."""
_CITATION = re.compile(r"\[@[^\]]*\]")
"""A citation; it is skipped, but the words on both sides belong together."""
_QUOTES = " \"“”‘’'"
"""Marks stripped from both ends of a form."""


class Mention(NamedTuple):
    """A place in a text where a term is mentioned."""

    start: int
    end: int
    id: str


class TermMatcher:
    """A matcher of terms; the longest form wins.

    Forms are indexed by their first two words, or Chinese characters, so that the search time does not
    grow with the glossary.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Index *forms*: for each id, the words that name it."""
        self._found: dict[str, tuple[Mention, ...]] = {}
        ids: dict[str, str] = {}
        for id, words in forms.items():
            for word in words:
                if word := " ".join(word.split()).strip(_QUOTES):
                    ids.setdefault(_fold(word), id)
        self._shapes: dict[str, dict[str, list[_TermForm]]] = defaultdict(lambda: defaultdict(list))
        for form in sorted(ids, key=lambda form: (-len(form), form)):
            shape = _split_form(form, ids[form])
            for first, second in _first_words(form):
                self._shapes[first][second].append(shape)
        self._starts = frozenset(self._shapes)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the terms mentioned in *text*, in order, without overlaps."""
        known = self._found.get(text)  # a sentence is shown on the page of every entry it links
        if known is None:
            known = self._found[text] = tuple(self._search(text)) if self._starts else ()
        return known

    def _search(self, text: str) -> Iterator[Mention]:
        if "[@" in text:
            text = _CITATION.sub(lambda match: " " * len(match[0]), text)
        low = text.lower().replace("’", "'")
        low = low if len(low) == len(text) else text  # a few letters become longer in lower case
        words = (_ASCII if low.isascii() else _TOKEN).findall(low)
        if self._starts.isdisjoint(words):
            return
        blocked: list[tuple[int, int]] | None = None
        at = end = 0
        for place in [place for place, word in enumerate(words) if word in self._starts]:
            word, after = words[place], "".join(words[place + 1 : place + 2])
            at = _find_word(word, low, at)
            shape, stop = self._match(low, at, word, after) if at >= end else (None, 0)
            if shape:
                end = stop
                if blocked is None:
                    blocked = [match.span() for match in _SKIP.finditer(text)]
                if not blocked or not any(first < stop and at < last for first, last in blocked):
                    yield Mention(at, stop, shape.id)
            at += len(word)

    def _match(self, text: str, at: int, word: str, after: str) -> "tuple[_TermForm | None, int]":
        """Return the longest form at *at*, and its end.

        A form that continues with the word *after* is longer than one that ends here.
        """
        seconds = self._shapes[word]
        for shape in chain(seconds.get(after, ()), seconds.get("", ()) if after else ()):
            if end := _match_end(shape, text, at):
                return shape, end
        return None, 0


class _TermForm(NamedTuple):
    """A form split for ruling out texts quickly."""

    id: str
    before: list[str]
    """The words before the last."""
    stem: str
    """The start of the last word, common to all endings."""
    last: list[str]
    """The last word with every ending, apostrophes first; empty for Chinese."""


def _split_form(form: str, id: str) -> _TermForm:
    if CJK.match(form):
        return _TermForm(id, [], form, [])
    *before, word = form.split(" ")
    stem = word.removesuffix("y") if word.endswith("y") else word.removesuffix("e")
    return _TermForm(id, before, stem, sorted(_inflect(word), key=lambda each: -each.count("'")))


def _first_words(form: str) -> Iterable[tuple[str, str]]:
    """Return the possible first two words of *form*."""
    if not _TOKEN.match(form):
        return ()
    long = CJK.match(form) or len(_TOKEN.findall(form)) > 2
    tokens = map(_TOKEN.findall, [form] if long else _inflect(form))
    return dict.fromkeys((each[0], "".join(each[1:2])) for each in tokens)


def _find_word(word: str, text: str, at: int) -> int:
    """Return the position of *word*, which must exist."""
    at = text.index(word, at)
    if CJK.match(word):
        return at
    while (at and _INSIDE.match(text, at - 1)) or _INSIDE.match(text, at + len(word)):
        at = text.index(word, at + 1)
    return at


def _match_end(shape: _TermForm, text: str, at: int) -> int:
    """Return the end of *shape* at *at*, or 0."""
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


def _inflect(word: str) -> Iterator[str]:
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
