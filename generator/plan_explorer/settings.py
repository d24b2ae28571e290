"""What plan.yaml says: languages, strands and levels, kinds of relation, words."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from plan_explorer.entities import Entity, Id, Names, View
from plan_explorer.statements import Model, Says, Status, When

RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
"""Languages written from right to left."""

STATUSES: dict[Status, str] = {
    "stated": "In the source",
    "inferred": "Editors' reading",
    "background": "Outside the source",
    "disputed": "Sources differ",
    "editorial": "About this site",
}


Colour = Annotated[str, StringConstraints(pattern=r"^#([0-9a-fA-F]{3}){1,2}$")]
"""A colour as ``#rrggbb`` or ``#rgb``."""


class Language(Model):
    """A language of the plan's names."""

    name: str
    romanizes: str = ""
    """The language whose names this one spells in Latin letters."""
    expected: bool = True
    """Whether every item, actor, event and term should have a name in it."""


class Numbers(Model):
    """A noun for one and for many."""

    one: str = Field(min_length=1)
    many: str = Field(min_length=1)


class Level(Model):
    """A level of a strand: what its items are called and where they stand."""

    id: Id
    plural: Id
    name: Numbers
    under: tuple[str, ...] = ()
    """Levels its items may stand under; none: they stand at the top."""
    page: Literal["own", "parent"] = "own"
    """Whether an item has a page of its own or a section of its parent's."""
    folder: Id | None = None
    """The folder of the pages; the plural unless given."""
    hue: Literal["each", "inherit"] = "inherit"
    """Whether every item has a hue of its own."""
    counted_as: Id | None = None
    """Another level that its items count towards where numbers are kept short."""
    commitment: bool = False
    """Whether its items are what the plan binds itself to."""
    on_map: bool = True
    """Whether the map and the tables that compare show its items, where they stand at the top."""

    @property
    def place(self) -> str:
        return self.folder or self.plural


class Strand(Model):
    """A tree of items that answers one question."""

    id: Id
    name: str
    asks: str = ""
    summary: Says | None = None
    statements: tuple[Says, ...] = ()
    map: Literal["grid", "band", "none"] = "none"
    """How the overview shows it: rows of boxes, one band, or not at all."""
    levels: tuple[Level, ...] = Field(min_length=1)


class RelationKind(Model):
    """A kind of relation, read from either side."""

    name: str
    inverse: str
    role: str = ""
    """What an actor at the other end does; the kind is then a column of the actors' table."""


class Removed(Model):
    """An entry that is gone: where it stood, and what stands for it now."""

    id: Id
    address: str
    """The page it was on, as a Markdown file, and its place there: ``glossary/index.md#a``."""
    replaced_by: Id
    """The entry its old address leads to."""


class Wording(Model):
    """The plan's own words for things every plan has."""

    primary: str = "the source"
    plan: str = "the plan"
    not_this: str = ""
    """What the site is not and does not do."""
    method: str = ""
    """How the content was made, and how far it was checked; Markdown."""
    licence: str = ""
    """On what terms the content may be used again."""


def _labels(value: Any) -> Any:
    return {**STATUSES, **value} if isinstance(value, dict) else value


class Settings(Model):
    """The plan as a whole, as plan.yaml has it."""

    id: Id
    name: Names
    site_name: str
    title: str = ""
    lede: str = ""
    summary: Says | None = None
    statements: tuple[Says, ...] = ()
    as_of: When
    """The day of the content; past and future are told from it, never from the clock."""
    primary: Id
    """The source whose statements count as stated."""
    languages: Annotated[dict[str, Language], Field(min_length=1)]
    wording: Wording = Wording()
    statuses: Annotated[dict[Status, str], BeforeValidator(_labels)] = STATUSES
    strands: tuple[Strand, ...] = Field(min_length=1)
    relations: dict[Id, RelationKind] = {}
    actor_kinds: dict[Id, str] = {}
    event_kinds: dict[Id, str] = {}
    term_kinds: dict[Id, str] = {}
    views: tuple[View, ...] = ()
    hues: tuple[Colour, ...] = ()
    """Colours of the items that have one each, as ``#rrggbb``; spread by themselves if not given."""
    licence: str = ""
    """The licence of the content, as an SPDX identifier such as ``CC-BY-4.0``; empty if none is stated."""
    loaded_words: tuple[str, ...] = ()
    """Words an editor should think twice about."""
    removed: tuple[Removed, ...] = ()
    """Entries that are gone; ``plan-explorer remove`` lists them, so that their addresses lead on."""

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Every level by its id, in the order of the strands."""
        return {level.id: level for strand in self.strands for level in strand.levels}

    @cached_property
    def collections(self) -> dict[str, Level]:
        """Every level by the name of its collection."""
        return {level.plural: level for level in self.levels.values()}

    @property
    def language(self) -> str:
        """The first language: that of the pages."""
        return next(iter(self.languages))

    @cached_property
    def order(self) -> dict[str, tuple[int, Strand]]:
        """The number and the strand that every level belongs to, by the id of the level."""
        return {level.id: (at, strand) for at, strand in enumerate(self.strands) for level in strand.levels}

    def strand_of(self, level: str) -> Strand:
        """Return the strand that *level* belongs to."""
        return self.order[level][1]

    def below(self, level: str) -> Iterator[Level]:
        """Return the levels whose items may stand under items of *level*."""
        return (each for each in self.levels.values() if level in each.under)

    @staticmethod
    def direction(tag: str) -> Literal["ltr", "rtl"]:
        """Return the direction in which a language is written."""
        return "rtl" if tag.split("-")[0] in RTL and "Latn" not in tag else "ltr"


class Subject(Entity):
    """The plan itself, as an entity that others may relate to."""

    kind_name = "plan"
