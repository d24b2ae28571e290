"""Read the words of the shell of a page, in the language of a reader."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

FALLBACK = "en"
"""The language of words that a catalogue lacks."""


def read_words(language: str, primary: str, folders: Iterable[Path]) -> dict[str, Any]:
    """Return the words of the shell in *language*, or else in English.

    Args:
        language: the tag of a language; one that is not known may be known without its script or region.
        primary: what the primary source is called.
        folders: those that have catalogues; within a language the later wins.
    """
    words: dict[str, Any] = {}
    for tag in (FALLBACK, language.split("-")[0], language):
        for folder in folders:
            words |= _catalogue(folder / f"{tag}.yaml")
    named = {key: each.replace("{primary}", primary) for key, each in words.items() if isinstance(each, str)}
    return words | named


def _catalogue(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
