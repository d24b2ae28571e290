"""Remember what each translation translates, and find those whose original has changed since.

A line of the list has a language and the fingerprints of a text and of its original. Texts are known by their
words, wherever they stand.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from plan_explorer.documents.document import Document, Key
from plan_explorer.documents.line_lists import match_lines
from plan_explorer.model.statements import on_one_line

TRANSLATIONS = "translations.txt"
"""The file, in the plan's folder, of the texts that say the same in several languages."""

HEADER = """\
# Texts that say the same: a language, and fingerprints of the text in it and of its original.
# 'plan-explorer publish' adds new ones; 'plan-explorer review --accept ID' adds those of an entry whose
# original has changed and whose translation is still right; 'plan-explorer report' lists the others.
"""

NAMES = ("name", "short", "variants", "languages")
"""The keys whose languages are no translations of a text."""

_LINE = re.compile(r"(?P<language>\S+) (?P<text>[0-9a-f]{12}) (?P<original>[0-9a-f]{12})")


class Pair(NamedTuple):
    """A text and its original, by their fingerprints."""

    language: str
    text: str
    original: str

    def __str__(self) -> str:
        return " ".join(self)


class Translation(NamedTuple):
    """A text in another language than the first, and where it is written."""

    pair: Pair
    words: str
    document: Document
    key: Key


def parse_translations(text: str, shown: str) -> list[Pair]:
    """Return the pairs that *text* lists.

    Raises:
        PlanError: ``bad-ledger``, for every line that is none.
    """
    return [
        Pair(**each)
        for each in match_lines(text, _LINE, "this line is not about two texts", shown, "publish")
    ]


def format_translations(pairs: Iterable[Pair]) -> str:
    """Return the text of a list of *pairs*."""
    return HEADER + "".join(f"{pair}\n" for pair in sorted(set(pairs)))


def find_translations(documents: Mapping[str, Document], languages: Collection[str]) -> Iterator[Translation]:
    """Yield every text of *documents* in another language than the first of *languages*."""
    for document in documents.values():
        for key, texts in _by_language(document.data, frozenset(languages), ()):
            first = next((tag for tag in languages if isinstance(texts.get(tag), str)), "")
            for tag, words in texts.items():
                if tag != first and isinstance(words, str):
                    pair = Pair(tag, _fingerprint(words), _fingerprint(texts[first]))
                    yield Translation(pair, on_one_line(words), document, (*key, tag))


def find_stale(found: Iterable[Translation], known: Collection[Pair]) -> list[Translation]:
    """Return those of *found* that translate an earlier wording, by the pairs that are *known*.

    A word that translates two others, both of which are still there, translates no earlier wording.
    """
    now, settled = list(found), set(known)
    gone = {(pair.language, pair.text) for pair in settled - {each.pair for each in now}}
    return [each for each in now if each.pair not in settled and (each.pair.language, each.pair.text) in gone]


def _by_language(data: Any, languages: frozenset[str], key: Key) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield every mapping of languages below *key* that is no name of an entry."""
    if isinstance(data, dict) and data and data.keys() <= languages:
        yield key, data
        data = {tag: each for tag, each in data.items() if isinstance(each, dict)}
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, each in steps:
        if step not in NAMES or not (isinstance(each, dict) and each.keys() <= languages):
            yield from _by_language(each, languages, (*key, step))


def _fingerprint(words: str) -> str:
    return sha256(on_one_line(words).encode(errors="replace")).hexdigest()[:12]
