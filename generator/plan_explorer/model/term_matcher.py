"""Find glossary terms in running text, longest first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_CJK = "\u3400-\u9fff\uf900-\ufaff"
CJK = re.compile(f"[{_CJK}]")
_WORD = re.compile(rf"[^\W{_CJK}]+|[{_CJK}]|[+#×]")
"""A word, a character of a script that does not separate words, or a sign that names have: C++."""
_BREAK = re.compile(r"\s+|[-\u2010\u2011]")
"""What may stand between the words of a term: "open-data portal" is about open data."""
_SKIP = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+")
"""Text that is never searched: code, links and tags."""
_CITATION = re.compile(r"\[@[^\[\]]*\]")
"""A citation; it is skipped, but the words on both sides belong together."""
_QUOTES = " \"“”‘’'"
"""Marks stripped from both ends of a form."""
_HANGUL = re.compile("[가-힣]+")
_PARTICLES = (
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "으로", "도", "만"),
    *("에서", "에게", "부터", "까지"),
)
"""What Korean writes behind a noun, without a blank."""
SHORT = 3
"""Words of so few letters take no ending: an aid is not an AI."""


class Mention(NamedTuple):
    """A place in a text where a term is mentioned."""

    start: int
    end: int
    id: str


class TermMatcher:
    """A matcher of terms; the longest form wins, and capitals alone are matched as capitals."""

    def __init__(self, forms: Mapping[str, Iterable[str]]) -> None:
        """Index *forms*: for each id, the words that name it."""
        self._found: dict[str, tuple[Mention, ...]] = {}
        self._ids: dict[str, str] = {}
        self._longest: dict[str, int] = {}
        for id, words in forms.items():
            for word in words:
                for form in _inflect(" ".join(word.split()).strip(_QUOTES)):
                    self._add(form, id)

    def _add(self, form: str, id: str) -> None:
        words = _WORD.findall(form)
        if words and form.startswith(words[0]):  # else it begins with a sign, and its words are not the term
            self._ids.setdefault(_key(form), id)
            first = words[0].lower()
            self._longest[first] = max(self._longest.get(first, 0), len(words))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the terms mentioned in *text*, in order, without overlaps."""
        known = self._found.get(text)  # a sentence is shown on the page of every entry it links
        if known is None:
            known = self._found[text] = tuple(self._search(text))
        return known

    def _search(self, text: str) -> Iterator[Mention]:
        text = _CITATION.sub(lambda match: " " * len(match[0]), text)
        words = list(_WORD.finditer(text))
        skipped: list[tuple[int, int]] | None = None
        end = 0
        for at, word in enumerate(words):
            longest = self._longest.get(word[0].lower(), 0)
            if not longest or word.start() < end:
                continue
            if skipped is None:
                skipped = [match.span() for match in _SKIP.finditer(text)]
            mention = self._match(text, words[at : at + longest])
            if mention and not any(start < mention.end and mention.start < stop for start, stop in skipped):
                end = mention.end
                yield mention

    def _match(self, text: str, words: list[re.Match[str]]) -> Mention | None:
        """Return the longest term that begins with the first of *words* of *text*."""
        start = words[0].start()
        for last in reversed(words):
            key = _key(text[start : last.end()])
            if id := self._ids.get(key) or self._ids.get(key.lower()):
                return Mention(start, last.end(), id)
        return None


def _key(words: str) -> str:
    return _BREAK.sub(" ", words).replace("’", "'")


def _inflect(form: str) -> Iterator[str]:
    """Yield *form* with the endings of English nouns and verbs, or the particles of Korean ones."""
    capitals = len(form) > 1 and form.isupper() and not CJK.search(form)
    form = form if capitals else form.lower()
    yield form
    if _HANGUL.fullmatch(form.split(" ")[-1]):
        yield from (form + particle for particle in _PARTICLES)
    elif capitals:
        yield from (f"{form}s", f"{form}'s")
    elif form[-1:].isalpha() and not CJK.match(form[-1]):
        yield f"{form}'s"
        if len(form) <= SHORT:
            return
        yield from (f"{form}s", f"{form}es", f"{form}ing", f"{form}d" if form.endswith("e") else f"{form}ed")
        if form.endswith("e"):
            yield f"{form[:-1]}ing"
        if form.endswith("y"):
            yield from (f"{form[:-1]}ies", f"{form[:-1]}ied")
