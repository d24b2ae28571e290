"""Read the words of the interface: what the shell of a page says, in the language of a reader."""

from pathlib import Path
from typing import Any

import yaml

from plan_explorer.rendering.templates import builtin_templates

FALLBACK = "en"
"""The language of words that a catalogue lacks."""


def read_words(language: str, primary: str) -> dict[str, Any]:
    """Return the words of the shell in *language*, or else in English.

    Args:
        language: the tag of a language; one that is not known may be known without its script or region.
        primary: what the primary source is called.
    """
    folder = builtin_templates() / "words"
    words: dict[str, Any] = {}
    for tag in (FALLBACK, language.split("-")[0], language):
        words |= _catalogue(folder / f"{tag}.yaml")
    named = {key: each.replace("{primary}", primary) for key, each in words.items() if isinstance(each, str)}
    return words | named


def _catalogue(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
