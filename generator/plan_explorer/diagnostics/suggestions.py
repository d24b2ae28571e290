"""Find the word that was probably meant."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from heapq import nlargest


class Lexicon:
    """Words that may stand somewhere, and what else they are called; finds the one that was meant."""

    def __init__(self, known: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        """Take the words *known*, and *names* for some of them."""
        self._known = _Forms((normalise_word(word), word, word) for word in sorted(known, reverse=True))
        named = sorted((names or {}).items(), reverse=True)
        self._names = _Forms((normalise_word(name), id, name) for name, id in named)

    def nearest(self, word: str) -> str:
        """Return the one that is spelt most like *word*, or an empty string."""
        return self._known.nearest(normalise_word(word))[0]

    def hint(self, word: str, otherwise: str = "") -> str:
        """Return a hint that names what was meant by *word*, or *otherwise*."""
        if close := self._names.same(normalise_word(word)) or self.nearest(word):
            return f"did you mean '{close}'?"
        id, name = self._names.nearest(normalise_word(word.replace("-", " ")))
        return f"did you mean '{id}' ({name})?" if id else otherwise


class _Forms:
    """Words by their plain forms; only those that share most pairs of letters are compared closely."""

    CLOSE = 12
    """How many are."""

    def __init__(self, words: Iterable[tuple[str, str, str]]) -> None:
        self._words = {form: (word, name) for form, word, name in words}
        self._sharing: dict[str, list[str]] = {}
        for form in self._words:
            for pair in _pairs(form):
                self._sharing.setdefault(pair, []).append(form)

    def same(self, form: str) -> str:
        return self._words.get(form, ("", ""))[0]

    def nearest(self, form: str) -> tuple[str, str]:
        shared: Counter[str] = Counter()
        for pair in _pairs(form):
            shared.update(self._sharing.get(pair, ()))
        likely = nlargest(self.CLOSE, shared.items(), key=lambda each: (2 * each[1] - len(each[0]), each[0]))
        close = get_close_matches(form, sorted(each for each, _ in likely), n=1, cutoff=0.6)
        return self._words[close[0]] if close else ("", "")


def _pairs(form: str) -> set[str]:
    """Return the pairs of neighbouring letters of *form*, with its ends."""
    whole = f" {form} "
    return {whole[at : at + 2] for at in range(len(whole) - 1)}


def normalise_word(word: str) -> str:
    """Return *word* as it is compared: small letters without accents or tones."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of *known* that *word* was probably meant to be, or an empty string."""
    return Lexicon(known).nearest(word)


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str = "", names: Mapping[str, str] | None = None
) -> str:
    """Return a hint that names the nearest of *known*, or the one with the nearest name, or *otherwise*.

    Args:
        word: what the author wrote.
        known: what may stand there.
        otherwise: what to say if nothing is near.
        names: what else those are called, and which of *known* is called so.
    """
    return Lexicon(known, names).hint(word, otherwise)
