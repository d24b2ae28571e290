"""How names are spelled: their order in a list, and the letters they stand under."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

DIGITS = "0–9"
"""What stands under no letter."""
_IDEOGRAPHS = 0x2E80
"""From here on, letters are so many that a block of them is one heading of a list in parts."""


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


@lru_cache(maxsize=65536)
def beginnings(name: str, most: int) -> tuple[tuple[str, str], ...]:
    """Return how *name* begins, by one letter, by two and so on, up to *most* entries.

    Each is a part of an address, and words. The first is its letter, or a block of them in a script that
    has thousands.
    """
    return tuple(islice(_beginnings(name), most))


def _beginnings(name: str) -> Iterator[tuple[str, str]]:
    plain = sort_key(name)
    ends = [at for at, c in enumerate(plain, 1) if c.isalnum()]
    letters = "".join(plain[end - 1] for end in ends)
    if letters and ord(letters[0]) >= _IDEOGRAPHS:
        first = ord(letters[0]) & ~0xFF
        yield f"u{first >> 8:x}", f"{chr(first)}–{chr(first | 0xFF)}"
        yield ascii_only(letters[:1]), letters[:1]
    elif letters[:1].isalpha():
        yield ascii_only(letters[:1]), letters[:1].upper()
    else:
        yield "0-9", DIGITS
        yield from [(letters[:1], letters[:1])] if letters else []
    for length in range(2, len(letters) + 1):
        yield ascii_only(letters[:length]), _as_written(plain, ends[length - 1])
    if letters:
        # A name that is the beginning of others must not stand at their address.
        yield f"{ascii_only(letters)}-0", _as_written(plain, ends[-1])


def _as_written(plain: str, end: int) -> str:
    return plain[:1].upper() + plain[1:end]


def ascii_only(letters: Iterable[str]) -> str:
    """Return *letters* for an address: those that need more than ASCII by their number."""
    known = "".join(letters)
    return known if known.isascii() else "".join(c if c.isascii() else f"u{ord(c):x}" for c in known)


def _without_marks(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
