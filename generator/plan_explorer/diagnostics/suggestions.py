"""Find the word that was probably meant."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

T = TypeVar("T")


class Lexicon:
    """Known words and their other names, searchable by similarity."""

    def __init__(self, known: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        """Index the words *known* and their other *names*."""
        self._known = {word: normalise_word(word) for word in sorted(known, reverse=True)}
        named = sorted((names or {}).items(), reverse=True)
        self._names = {(id, name): normalise_word(name) for name, id in named}

    def nearest(self, word: str) -> str:
        """Return the known word spelt most like *word*, or the only one that begins with it, or ""."""
        form = normalise_word(word)
        if close := _nearest(form, self._known):
            return close
        longer = [known for known, spelt in self._known.items() if spelt.startswith(f"{form}-")]
        return longer[0] if len(longer) == 1 else ""

    def hint(self, word: str, otherwise: str = "") -> str:
        """Return a hint that suggests a known word, or *otherwise*."""
        if called := _nearest(normalise_word(word), self._names, percent=100):
            return f"did you mean '{called[0]}'?"
        if close := self.nearest(word):
            return f"did you mean '{close}'?"
        if called := _nearest(normalise_word(word.replace("-", " ")), self._names):
            return f"did you mean '{called[0]}' ({called[1]})?"
        return otherwise


def _nearest(form: str, forms: Mapping[T, str], percent: float = 60) -> T | None:
    """Return the key of the most similar form.

    Fewer edits break ties.
    """
    similar = extract(form, forms, scorer=ratio, score_cutoff=percent)
    nearest = max(similar, key=lambda each: (each[1], -OSA.distance(form, each[0])), default=None)
    return nearest[2] if nearest else None


def normalise_word(word: str) -> str:
    """Return *word* in lower case, without accents or tones."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the most similar word in *known*, or ""."""
    return Lexicon(known).nearest(word)


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str = "", names: Mapping[str, str] | None = None
) -> str:
    """Return a hint that names the closest match, or *otherwise*.

    Args:
        word: what the author wrote.
        known: the words allowed there.
        otherwise: the hint if nothing is similar.
        names: other names, each with the word in *known* that it stands for.
    """
    return Lexicon(known, names).hint(word, otherwise)
