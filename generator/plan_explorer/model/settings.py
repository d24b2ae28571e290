"""What plan.yaml says: languages, strands and levels, kinds of relation, words."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from plan_explorer.model.entities import Entity, Id, Names, View
from plan_explorer.model.paths import PAGE, PAGE_LENGTH
from plan_explorer.model.statements import Model, Says, Status, When

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


TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
Tag = Annotated[str, StringConstraints(pattern=TAG)]
"""A language by its BCP 47 tag."""


class Language(Model):
    """A language of the plan's names."""

    name: str
    """What it is called, in the language of the pages."""
    romanizes: str = ""
    """The language whose names this one spells in Latin letters."""
    expected: bool = True
    """Whether every item, actor, event and term should have a name in it."""


class Numbers(Model):
    """A noun for one and for many."""

    one: str = Field(min_length=1)
    """The word for one."""
    many: str = Field(min_length=1)
    """The word for several."""


class Level(Model):
    """A level of a strand: what its items are called and where they stand."""

    id: Id
    """What others refer to it by."""
    plural: Id
    """The key of the collection in which its entries stand."""
    name: Numbers
    """What its items are called, one and many."""
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
    """Its folder in the site."""
    name: str
    """What it is called."""
    asks: str = ""
    """The question that it answers, in a word."""
    summary: Says | None = None
    """What is said of it first, with the place it rests on."""
    statements: tuple[Says, ...] = ()
    """What else is said of it, a sentence each."""
    map: Literal["grid", "band", "none"] = "none"
    """How the overview shows it: rows of boxes, one band, or not at all."""
    levels: tuple[Level, ...] = Field(min_length=1)
    """Its levels, from the top."""


class RelationKind(Model):
    """A kind of relation, read from either side."""

    name: str
    """How it reads from the entry in which it is written: supports."""
    inverse: str
    """How it reads from the other end: is supported by."""
    role: str = ""
    """What an actor at the other end does; the kind is then a column of the actors' table."""


class Removed(Model):
    """An entry that is gone: where it stood, and what stands for it now."""

    id: Id
    """The id it had."""
    address: Annotated[str, StringConstraints(pattern=PAGE, max_length=PAGE_LENGTH)]
    """The page it was on, as a Markdown file, and its place there: ``glossary/index.md#a``."""
    replaced_by: Id
    """The entry its old address leads to."""


class Wording(Model):
    """The plan's own words for things every plan has."""

    primary: str = "the source"
    """What the primary source is called in running text."""
    plan: str = "the plan"
    """What the plan is called in running text."""
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
    """What relations to the plan as a whole refer to."""
    name: Names
    """What the plan is called, in one language or in several."""
    site_name: str
    """What the site is called."""
    title: str = ""
    """The heading of the overview."""
    lede: str = ""
    """What the site is, in a sentence below the heading."""
    summary: Says | None = None
    """What is said of the plan first, with the place it rests on."""
    statements: tuple[Says, ...] = ()
    """What else is said of it, a sentence each."""
    as_of: When
    """The day of the content; past and future are told from it, never from the clock."""
    primary: Id
    """The source whose statements count as stated."""
    languages: Annotated[dict[Tag, Language], Field(min_length=1)]
    """The languages of names, by BCP 47 tag; the first is that of the pages."""
    wording: Wording = Wording()
    """What the plan and its primary source are called in running text."""
    statuses: Annotated[dict[Status, str], BeforeValidator(_labels)] = STATUSES
    """What the labels of the statuses say."""
    strands: tuple[Strand, ...] = Field(min_length=1)
    """The trees of the plan, each with its levels."""
    relations: dict[Id, RelationKind] = {}
    """The kinds of relation, by what authors write for them."""
    actor_kinds: dict[Id, str] = {}
    """The kinds of actors, by what authors write for them."""
    event_kinds: dict[Id, str] = {}
    """The kinds of events, by what authors write for them."""
    term_kinds: dict[Id, str] = {}
    """The kinds of terms, by what authors write for them."""
    views: tuple[View, ...] = ()
    """Other groupings of items."""
    hues: tuple[Colour, ...] = ()
    """Colours of the items that have one each, as ``#rrggbb``; spread by themselves if not given."""
    licence: str = ""
    """The licence of the content, as an SPDX identifier such as ``CC-BY-4.0``; empty if none is stated."""
    house_rules: tuple[str, ...] = ()
    """What editors of this plan have to mind, a sentence each; the guide lists it."""
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
