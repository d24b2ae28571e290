"""Read texts that are written in several languages in the one that is wanted."""

import re
from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
Tag = Annotated[str, StringConstraints(pattern=TAG)]
"""A BCP 47 language tag."""

_TAG = re.compile(TAG)

RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
"""Languages written from right to left."""


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of a language."""
    return "rtl" if tag.split("-")[0] in RTL and "Latn" not in tag else "ltr"


class Translated(str):
    """A text of which there are translations: the one that is read."""

    __slots__ = ("language", "original")

    original: str
    """The text in the first language of the plan that has it."""
    language: str
    """The tag of its own language."""

    @classmethod
    def of(cls, text: str, language: str, original: str) -> "Translated":
        """Return *text* in *language*, which says what *original* says."""
        made = cls(text)
        made.language, made.original = language, original
        return made


def in_one_language(value: Any, info: ValidationInfo, *place: int | str) -> Any:
    """Return *value*, or, where it is a mapping of languages, what it says in the one that is read.

    The context of *info* has the ``languages`` of the plan, the one that is read first; what is not said in
    it is read in the next that has it. The values of a list, or of a mapping by ids, may be such mappings.

    Raises:
        PydanticCustomError: ``text-language``, if some keys are languages of the plan and others are not; it
            names the *place* of the first of these.
    """
    context = info.context or {}
    tags = context.get("languages", ())
    if isinstance(value, list):
        return [_in_one(each, tags, context, (*place, at)) for at, each in enumerate(value)]
    if isinstance(value, dict) and not _by_language(value, tags, place):
        return {key: _in_one(each, tags, context, (*place, key)) for key, each in value.items()}
    return _in_one(value, tags, context, place)


def _by_language(value: Any, tags: Collection[str], place: tuple[int | str, ...]) -> bool:
    if not isinstance(value, dict) or not value or not value.keys() & set(tags):
        return False
    strange = [key for key in value if key not in tags]
    if strange and all(isinstance(key, str) and _TAG.fullmatch(key) for key in strange):
        told = {"place": (*place, strange[0]), "known": tuple(tags)}
        raise PydanticCustomError("text-language", "{place}", told)
    return not strange


def _in_one(value: Any, tags: Collection[str], context: dict[str, Any], place: tuple[int | str, ...]) -> Any:
    if not _by_language(value, tags, place):
        return value
    said = {tag: text for tag, text in value.items() if text is not None}
    tag = next((tag for tag in tags if tag in said), "")
    if not tag:
        return None
    first = said.get(context["language"]) or next(iter(said.values()))
    if not isinstance(said[tag], str) or not isinstance(first, str):
        return said[tag]
    return Translated.of(said[tag], tag, first)
