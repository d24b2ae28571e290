"""Find words in the files of a plan, however they are accented, cased, or broken into lines."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plan_explorer.diagnostics.problems import Location
from plan_explorer.site.pinyin import fold

_ID = re.compile(r"^\s*(?:- )?(?:\{\s*)?id:\s*['\"]?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Hit:
    """A place where words stand, and the line it begins on."""

    place: Location
    line: str
    entry: str
    """The id that was written last before it, or nothing."""


def find_text(texts: Mapping[str, str], words: str) -> Iterator[Hit]:
    """Yield every place in *texts*, by the path of the file, where *words* stand."""
    needle, _ = folded(words.strip())
    for path, text in texts.items():
        hay, places = folded(text)
        at = hay.find(needle) if needle else -1
        while at >= 0:
            yield _hit(path, text, places[at])
            at = hay.find(needle, at + len(needle))


def folded(text: str) -> tuple[str, list[int]]:
    """Return *text* as it is compared, a run of blanks as one space, and where each character is from."""
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
