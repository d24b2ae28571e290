"""Sort names and group them by letter."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from plan_explorer.documents.letters import LETTERS
from plan_explorer.translation import spoken

DIGITS = "0–9"
"""The heading for names that do not start with a letter."""
_IDEOGRAPHS = 0x2E80
"""The first code point of scripts with so many letters that blocks are headings."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(10))}
"""Names that Windows does not allow for files, with any suffix."""
_ARTICLE = re.compile(r"^ال(?=[ء-ْ]{2})(?!له\b|ت[بحزفقمهو]ا.(?:ات)?\b)")
"""The article of Arabic, by which nothing is listed; in الله, التزام and words like it, ال is no article."""
_TILDE = "\u0303"


def sort_key(name: str) -> str:
    """Return *name* for sorting, without accents, tones or the article of Arabic."""
    plain = name.lstrip("“”‘’\"'«»《》( ").strip()
    if not plain.isascii():
        plain = _without_marks(_ARTICLE.sub("", plain))
    return plain.casefold().translate(LETTERS)


def letter(name: str) -> str:
    """Return the letter that *name* is listed under."""
    key = sort_key(name)
    first = unicodedata.normalize("NFC", key[: 2 if key[1:2] == _TILDE else 1]).upper()
    return first if first.isalpha() else DIGITS


def bare(name: str) -> str:
    """Return the letters and digits of *name*, for sorting."""
    return "".join(c for c in sort_key(name) if c.isalnum() or c == _TILDE)


class Beginnings(Sequence[tuple[str, str]]):
    """The prefixes of a name, for addresses and headings.

    Each is a slug and a label. The first is the letter, or a block of letters in scripts with thousands of
    them. They are computed on demand, as few are needed.
    """

    __slots__ = ("_first", "_letters", "_most", "_plain")

    def __init__(self, name: str, most: int) -> None:
        """Prepare up to *most* prefixes of *name*."""
        self._plain = plain = sort_key(name)
        self._letters = letters = "".join(c for c in plain if c.isalnum())
        self._first = tuple(_first(letters))
        self._most = most

    def __len__(self) -> int:
        return min(self._most, len(self._first) + len(self._letters))

    def __getitem__(self, at: Any) -> Any:
        if at >= len(self):
            raise IndexError(at)
        if at < len(self._first):
            return self._first[at]
        length = at - len(self._first) + 2
        if length <= len(self._letters):
            return _slug(self._letters[:length]), _as_written(self._plain, length)
        # A name that is a prefix of others must not have the same address as their group.
        return f"{_slug(self._letters)}-0", _as_written(self._plain, length - 1)


@lru_cache(maxsize=4096)
def beginnings(name: str, most: int) -> Beginnings:
    """Return up to *most* prefixes of *name*."""
    return Beginnings(name, most)


def _first(letters: str) -> Iterator[tuple[str, str]]:
    if letters and ord(letters[0]) >= _IDEOGRAPHS:
        first = ord(letters[0]) & ~0xFF
        yield f"u{first >> 8:x}", f"{chr(first)}–{chr(first | 0xFF)}"
        yield _slug(letters[:1]), letters[:1]
    elif letters[:1].isalpha():
        yield _slug(letters[:1]), letters[:1].upper()
    else:
        yield "0-9", DIGITS
        yield from [(letters[:1], letters[:1])] if letters else []


def _as_written(plain: str, length: int) -> str:
    """Return *plain* up to its *length*-th letter or digit."""
    ends = (at for at, c in enumerate(plain, 1) if c.isalnum())
    end = next(islice(ends, length - 1, None))
    return plain[:1].upper() + plain[1:end]


def _slug(letters: str) -> str:
    """Return *letters* for an address, with numbers for non-ASCII characters."""
    slug = letters if letters.isascii() else "".join(c if c.isascii() else f"u{ord(c):x}" for c in letters)
    return f"{slug}-" if slug in _DEVICES else slug


def _without_marks(name: str) -> str:
    text = unicodedata.normalize("NFKD", name)
    if spoken().language.split("-")[0] == "es":  # ñ is a letter of its own there, behind n
        text = re.sub(f"(?<=n){_TILDE}", "\0", text, flags=re.IGNORECASE)
    return "".join(c for c in text if not unicodedata.combining(c)).replace("\0", _TILDE)
