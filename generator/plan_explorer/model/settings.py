"""Define the settings of a plan, as written in plan.yaml."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from plan_explorer.model.entities import Entity, Names, Texts, View
from plan_explorer.model.paths import PAGE, PAGE_LENGTH
from plan_explorer.model.statements import Id, Model, Says, Status, When, without_markup
from plan_explorer.model.texts import Tag
from plan_explorer.translation import N_, gettext, spoken

_VERB = re.compile(r"(?:is|are|was|were) ")
"""What the name of a relation begins with in a sentence, but not in a list."""

HAN_LANGUAGES = {"ja", "ko", "yue", "zh"}
"""Languages written in Han characters, or with some among others."""

STATUSES: dict[Status, str] = {
    "stated": N_("In the source"),
    "inferred": N_("Editors' reading"),
    "disputed": N_("Sources differ"),
    "background": N_("Outside the source"),
    "known": N_("General knowledge"),
    "silence": N_("Not said"),
    "wording": N_("Note on the wording"),
    "editorial": N_("About this site"),
}
"""The label of each status, unless a plan has one of its own."""

DIFFERENCES = {
    "only-in-first": N_("only in {first}"),
    "only-in-second": N_("only in {second}"),
    "other-words": N_("other words"),
    "other-order": N_("other order"),
    "each-has-more": N_("each has more"),
    "other-role": N_("other role"),
}
"""How two sources can differ, with the names of both, unless a plan says it in its own words."""

Colour = Annotated[str, StringConstraints(pattern=r"^#([0-9a-fA-F]{3}){1,2}$")]
"""A colour as ``#rrggbb`` or ``#rgb``."""


_MAIL, _PAGE = r"(mailto:)?[^\s@<>\"'`\\?&]+@[\w.-]+", r"https://[^\s<>\"'`\\#]+"
Contact = Annotated[str, StringConstraints(pattern=rf"^({_MAIL}|{_PAGE})?$")]
"""An address of e-mail, or of a page."""


class Language(Model):
    """A language of the plan's names."""

    name: str
    """Its name, in the language of the pages."""
    romanizes: str = ""
    """The language whose names this one spells in Latin letters."""
    expected: bool = True
    """Whether every item, actor, event and term should have a name in it."""
    translation: Literal["machine", ""] = ""
    """``machine``, if the texts in it were translated by a machine and not read over, which pages say."""


PluralCategory = Literal["zero", "one", "two", "few", "many", "other"]
"""What CLDR tells apart among numbers."""


class Numbers(Model):
    """A noun in the singular and plural."""

    one: str = Field(min_length=1)
    """The singular."""
    many: str = Field(min_length=1)
    """The plural."""
    forms: dict[PluralCategory, str] = {}
    """Further forms behind a number, where the language has them, by plural category: ``{two: هدفان}``."""

    def of(self, number: int) -> str:
        """Return the form that stands behind *number* in the language that is spoken."""
        category = spoken().locale.plural_form(number)
        form = next((form for name, form in self.forms.items() if name == category), "")
        return form or (self.one if category == "one" else self.many)


class Level(Model):
    """A level of a strand, and where it belongs."""

    id: Id
    """The id that others refer to."""
    plural: Id
    """The key of the collection that holds its entries."""
    name: Numbers
    """What its items are called, in the singular and plural."""
    under: Texts = ()
    """The levels that can be parents of its items; none for a top level."""
    page: Literal["own", "parent"] = "own"
    """Whether an item has its own page or a section of its parent's page."""
    folder: Id | None = None
    """The folder of its pages; by default the plural."""
    hue: Literal["each", "inherit"] = "inherit"
    """Whether every item has a colour of its own."""
    counted_as: Id | None = None
    """Another level whose totals include its items."""
    commitment: bool = False
    """Whether its items are commitments of the plan."""
    on_map: bool = True
    """Whether the map and the comparison tables show its items at the top of a strand."""

    @property
    def place(self) -> str:
        return self.folder or self.plural

    @property
    def kind(self) -> Id:
        """The level whose totals include its items: itself, or another."""
        return self.counted_as or self.id


class Strand(Model):
    """A tree of items that answers one question."""

    id: Id
    """Its folder in the site."""
    name: str
    """Its name."""
    asks: str = ""
    """The question that it answers, in one word."""
    summary: Says | None = None
    """The first statement about it, with its citation."""
    statements: tuple[Says, ...] = ()
    """Further statements about it, one sentence each."""
    map: Literal["grid", "band", "none"] = "none"
    """How the overview shows it: rows of boxes, one band or not at all."""
    levels: tuple[Level, ...] = Field(min_length=1)
    """Its levels, from the top down."""


class RelationKind(Model):
    """A kind of relation, as it reads in each direction."""

    name: str
    """How it reads from the entry it is written in: supports."""
    inverse: str
    """How it reads from the other entry: is supported by."""
    label: str = ""
    """How it stands before the other entry in a list: Supports; made of the name unless given."""
    inverse_label: str = ""
    """The same from the other entry: Supported by."""
    role: str = ""
    """What an actor at the other end does; gives the kind a column in the actors' table."""
    carries_out: bool = False
    """Whether an actor at the other end carries the item out; who benefits or is regulated does not."""

    @property
    def labels(self) -> tuple[str, str]:
        """How it stands in a list before the other entry, in each direction."""
        return self.label or row_label(self.name), self.inverse_label or row_label(self.inverse)


def row_label(name: str) -> str:
    """Return the *name* of a relation as a row begins with it: *is led by* as *Led by*."""
    verb = _VERB.match(name)
    bare = name[verb.end() :] if verb else name
    return bare[:1].upper() + bare[1:]


Icon = Literal["empty", "quarter", "half", "three-quarters", "full", "check", "cross", "pause", "clock"]


class State(Model):
    """A word for how far an item has come."""

    name: str = Field(min_length=1)
    """How it is shown: On track."""
    icon: Icon = "empty"
    """The sign before it."""
    about: str = ""
    """What it means."""
    at_least: float | None = None
    """From which share of the way, divided by that of the time, it is computed, if a rule is given."""


def _state(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Removed(Model):
    """A removed entry: its old address and its replacement."""

    id: Id
    """Its former id."""
    address: Annotated[str, StringConstraints(pattern=PAGE, max_length=PAGE_LENGTH)]
    """The page it was on, as a Markdown file, and its anchor: ``glossary/index.md#a``."""
    replaced_by: Id
    """The entry that its old address leads to."""


class Wording(Model):
    """What the plan calls things that every plan has."""

    PARAGRAPHS = frozenset({"not_this", "method", "licence"})

    primary: str = Field(default_factory=lambda: gettext("the source"))
    """What running text calls the primary source."""
    plan: str = Field(default_factory=lambda: gettext("the plan"))
    """What running text calls the plan."""
    not_this: str = ""
    """What the site is not and does not do."""
    method: str = ""
    """How the content was made and checked, in Markdown."""
    licence: str = ""
    """The terms on which the content can be reused."""


def _beside(usual: Mapping[Any, str], value: Any) -> Any:
    """Return *value* with what is *usual*, in the language of the plan, where it says nothing."""
    said = {key: gettext(words) for key, words in usual.items()}
    return {**said, **value} if isinstance(value, dict) else value


_labels, _differences = partial(_beside, STATUSES), partial(_beside, DIFFERENCES)


class Settings(Model):
    """The settings of a plan, from plan.yaml."""

    PARAGRAPHS = frozenset({"wording"})

    id: Id
    """The id for relations to the plan as a whole."""
    name: Names
    """The plan's name, in one language or several."""
    site_name: str
    """The site's name."""
    title: str = ""
    """The heading of the overview."""
    lede: str = ""
    """A sentence below the heading that says what the site is."""
    summary: Says | None = None
    """The first statement about the plan, with its citation."""
    statements: tuple[Says, ...] = ()
    """Further statements about it, one sentence each."""
    as_of: When
    """The date of the content, which separates past from future in place of the clock."""
    primary: Id
    """The source whose statements count as stated."""
    languages: Annotated[dict[Tag, Language], Field(min_length=1)]
    """The languages of names, by BCP 47 tag; the first is that of the pages."""
    editions: tuple[Tag, ...] = ()
    """The languages in which the whole site is told, the first of the plan first; each other has a folder."""
    wording: Wording = Field(default_factory=Wording)
    """What running text calls the plan and its primary source."""
    statuses: Annotated[dict[Status, str], BeforeValidator(_labels)] = Field(
        default_factory=lambda: _labels({})
    )
    """The label of each status."""
    strands: tuple[Strand, ...] = Field(min_length=1)
    """The trees of the plan, with their levels."""
    relations: dict[Id, RelationKind] = {}
    """The kinds of relation, by the key that authors write."""
    actor_kinds: dict[Id, str] = {}
    """The kinds of actors, by the key that authors write."""
    event_kinds: dict[Id, str] = {}
    """The kinds of events, by the key that authors write."""
    term_kinds: dict[Id, str] = {}
    """The kinds of terms, by the key that authors write."""
    progress: dict[Id, Annotated[State, BeforeValidator(_state)]] = {}
    """The words for how far items have come, in order, by the key that authors write."""
    progress_rule: str = ""
    """How a word is computed from figures, in a sentence that pages show; nothing is computed without it."""
    differences: Annotated[dict[Id, str], BeforeValidator(_differences)] = Field(
        default_factory=lambda: _differences({})
    )
    """How two sources can differ, by the key that authors write; ``{first}`` and ``{second}`` name them."""
    views: tuple[View, ...] = ()
    """Alternative groupings of items."""
    hues: tuple[Colour, ...] = ()
    """The colours of items with one of their own, as ``#rrggbb``; chosen automatically if not given."""
    licence: str = ""
    """The licence of the content, as an SPDX identifier such as ``CC-BY-4.0``; empty if there is none."""
    contact: Contact = ""
    """Where readers report a fault: an address of e-mail, or of a page, which is given a ``title``;
    the issues of ``repo_url`` in mkdocs.yml unless given."""
    house_rules: tuple[str, ...] = ()
    """Rules for editors of this plan, one sentence each, shown in the guide."""
    loaded_words: tuple[str, ...] = ()
    """Words that editors should think twice about."""
    removed: tuple[Removed, ...] = ()
    """Removed entries, as recorded by ``plan-explorer remove``, so that their addresses redirect."""

    @cached_property
    def plain_lede(self) -> str:
        """The lede without the signs of Markdown, for what shows plain text."""
        return without_markup(self.lede)

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Every level by id, in strand order."""
        return {level.id: level for strand in self.strands for level in strand.levels}

    @cached_property
    def collections(self) -> dict[str, Level]:
        """Every level by the name of its collection."""
        return {level.plural: level for level in self.levels.values()}

    @property
    def language(self) -> str:
        """The first language, which is that of the pages."""
        return next(iter(self.languages))

    @cached_property
    def han_language(self) -> str:
        """The language of Han characters in running text: the first that has them."""
        own = (
            tag
            for tag, each in self.languages.items()
            if tag.split("-")[0] in HAN_LANGUAGES and not each.romanizes
        )
        return next(own, "zh")

    @cached_property
    def order(self) -> dict[str, tuple[int, Strand]]:
        """Every level's strand and its position, by level id."""
        return {level.id: (at, strand) for at, strand in enumerate(self.strands) for level in strand.levels}

    def strand_of(self, level: str) -> Strand:
        """Return the strand of *level*."""
        return self.order[level][1]

    def below(self, level: str) -> Iterator[Level]:
        """Return the levels that can be directly below *level*."""
        return (each for each in self.levels.values() if level in each.under)


class SiteOptions(Model):
    """The options of the plugin in mkdocs.yml."""

    plan: str = ""
    """The folder of the plan, as seen from mkdocs.yml; the folder ``plan`` in ``docs_dir`` unless given."""
    prefix: str = ""
    """The folder of the site below which the plan stands, such as ``plan``: the home page and the others stay
    the site's own. At the top of the site unless given."""
    templates: str = ""
    """A folder of templates that win over the built-in ones of the same name."""
    exports: tuple[str, ...] | None = None
    """The formats on the page Data, by the ids that ``plan-explorer export`` lists, or ``[]`` for none; by
    default all whose libraries are installed."""
    compare: tuple[dict[str, str], ...] = ()
    """Other plans of the site to compare with. Each has ``to``, the prefix of the other, and ``by``, what
    entries are matched by: ``code``, ``name``, a YAML file of ids, each with one of the other plan, or the id
    of a crosswalk."""


class Subject(Entity):
    """The plan itself, as a target of relations."""

    kind_name = "plan"
