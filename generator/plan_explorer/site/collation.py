"""How names are spelled: their order in a list, and the letters they stand under."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

DIGITS = "0–9"
"""What stands under no letter."""
_IDEOGRAPHS = 0x2E80
"""From here on, letters are so many that a block of them is one heading of a list in parts."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(10))}
"""What Windows allows no file to be called, whatever stands behind the dot."""


def sort_key(name: str) -> str:
    """Return *name* for sorting: lower case, without accents, tones, and marks in front."""
    plain = name if name.isascii() else _without_marks(name)
    return plain.casefold().lstrip("“”‘’\"'《》( ").strip()


def letter(name: str) -> str:
    """Return the letter that *name* stands under."""
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else DIGITS


def bare(name: str) -> str:
    """Return the letters and digits of *name* alone, for sorting."""
    return "".join(c for c in sort_key(name) if c.isalnum())


class Beginnings(Sequence[tuple[str, str]]):
    """How a name begins, by one letter, by two and so on.

    Each is a part of an address, and words. The first is its letter, or a block of them in a script that
    has thousands. They are worked out when they are asked for, as few are.
    """

    __slots__ = ("_first", "_letters", "_most", "_plain")

    def __init__(self, name: str, most: int) -> None:
        """Prepare the beginnings of *name*, up to *most*."""
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
            return _addressed(self._letters[:length]), _as_written(self._plain, length)
        # A name that is the beginning of others must not stand at their address.
        return f"{_addressed(self._letters)}-0", _as_written(self._plain, length - 1)


@lru_cache(maxsize=4096)
def beginnings(name: str, most: int) -> Beginnings:
    """Return how *name* begins, up to *most* entries."""
    return Beginnings(name, most)


def _first(letters: str) -> Iterator[tuple[str, str]]:
    if letters and ord(letters[0]) >= _IDEOGRAPHS:
        first = ord(letters[0]) & ~0xFF
        yield f"u{first >> 8:x}", f"{chr(first)}–{chr(first | 0xFF)}"
        yield _addressed(letters[:1]), letters[:1]
    elif letters[:1].isalpha():
        yield _addressed(letters[:1]), letters[:1].upper()
    else:
        yield "0-9", DIGITS
        yield from [(letters[:1], letters[:1])] if letters else []


def _as_written(plain: str, length: int) -> str:
    """Return *plain* up to its letter or digit of the number *length*."""
    ends = (at for at, c in enumerate(plain, 1) if c.isalnum())
    end = next(islice(ends, length - 1, None))
    return plain[:1].upper() + plain[1:end]


def _addressed(letters: str) -> str:
    """Return *letters* for an address: those that need more than ASCII by their number."""
    found = letters if letters.isascii() else "".join(c if c.isascii() else f"u{ord(c):x}" for c in letters)
    return f"{found}-" if found in _DEVICES else found


def _without_marks(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
