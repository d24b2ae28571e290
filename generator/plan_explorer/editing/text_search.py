"""Search a plan's files, ignoring accents, case and line breaks."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plan_explorer.diagnostics.problems import Location
from plan_explorer.site.pinyin import fold

_ID = re.compile(r"^\s*(?:- )?(?:\{\s*)?id:\s*['\"]?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Hit:
    """A match, with the line it starts on."""

    place: Location
    line: str
    entry: str
    """The last id before it, or ""."""


def find_text(texts: Mapping[str, str], words: str) -> Iterator[Hit]:
    """Yield every match of *words* in *texts*."""
    needle, _ = fold_text(words.strip())
    for path, text in texts.items():
        hay, places = fold_text(text)
        at = hay.find(needle) if needle else -1
        while at >= 0:
            yield _hit(path, text, places[at])
            at = hay.find(needle, at + len(needle))


def fold_text(text: str) -> tuple[str, list[int]]:
    """Return folded text, and the original position of each character."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isspace():
            bare = "" if letters and letters[-1] == " " else " "
        else:
            bare = "" if unicodedata.combining(letter) else fold("'" if letter in "’ʼ" else letter)
        letters += bare
        places += [at] * len(bare)
    return "".join(letters), places


def _hit(path: str, text: str, at: int) -> Hit:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    ids = [match[1] for match in _ID.finditer(text, 0, end if end >= 0 else len(text))]
    return Hit(
        Location(path, text.count("\n", 0, at) + 1, at - start + 1), line.strip(), ids[-1] if ids else ""
    )
