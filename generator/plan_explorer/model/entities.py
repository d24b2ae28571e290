"""The entities of a plan: everything that has an address."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from plan_explorer.documents.document import Key
from plan_explorer.model.dates import Period
from plan_explorer.model.statements import Cites, Dated, Model, Says, Statement, When

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Confidence = Literal["verified", "standard", "reconstructed", "guess"]

UNSURE = ("reconstructed", "guess")


class Name(Model):
    """A name in one language, and how sure it is."""

    text: str = Field(min_length=1)
    """The name."""
    confidence: Confidence = "verified"
    """How sure it is: seen in a source, the standard one, put together, or a guess."""
    basis: str = ""
    """Why a name that is not sure is given all the same."""

    @property
    def unsure(self) -> bool:
        return self.confidence in UNSURE


def _name(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _names(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        return {(info.context or {}).get("language", "en"): value}
    return value


Names = Annotated[dict[str, Annotated[Name, BeforeValidator(_name)]], BeforeValidator(_names)]
"""Names by BCP 47 tag; a plain string is a name in the first language of the plan."""


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Forms = dict[str, Annotated[tuple[str, ...], BeforeValidator(_many)]]
"""Further forms of a name, by BCP 47 tag."""


class Relation(Model):
    """A typed link to another entity, and the sentence that says why."""

    kind: str
    target: str
    says: Statement
    """Why the link holds; its text is empty where the citation says enough."""
    date: Dated | None = None

    FIELDS: ClassVar = ("because", "status", "cites", "date")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        kinds = [key for key in data if key not in cls.FIELDS]
        if len(kinds) != 1 or not isinstance(data[kinds[0]], str):
            raise PydanticCustomError("relation", "{said}", {"said": kinds})
        kind = kinds[0]
        says = {key: data[key] for key in ("status", "cites") if data.get(key)}
        text = data.get("because")
        says["text"] = text or ""
        if "status" not in says:
            cited = bool(data.get("cites")) or (isinstance(text, str) and "[@" in text)
            says |= {} if cited else {"status": "inferred"}
        date = {"date": data["date"]} if data.get("date") else {}
        return {"kind": kind, "target": data[kind], "says": says, **date}


class Entity(Model):
    """Anything that has an identity and an address."""

    kind_name: ClassVar[str] = "entry"
    """What an author calls it in a message."""
    LISTS: ClassVar[tuple[str, ...]] = ("statements", "notes")
    """The fields that hold lists of statements."""

    id: Id
    """What others refer to it by: lower case, hyphens, unique in the whole plan, never changed lightly."""
    name: Names = {}
    """What it is called, in one language or in several."""
    short: Names = {}
    """A shorter name, for narrow places."""
    gist: str = ""
    """What it covers, in a handful of words."""
    summary: Says | None = None
    """What is said of it first: one full sentence, with the place it rests on."""
    statements: tuple[Says, ...] = ()
    """What else is said of it, a sentence each."""
    notes: tuple[Says, ...] = ()
    """Statements about wording or translation."""
    relations: tuple[Relation, ...] = ()
    """Links to other entries: the kind, the id, and why."""
    formerly: tuple[Id, ...] = ()
    """Ids it had before; their addresses lead here."""
    date: Dated | None = None
    """When it is, was or is due."""

    @property
    def says(self) -> tuple[Statement, ...]:
        """Everything that is said of it on its page, in order."""
        first = (self.summary,) if self.summary else ()
        return first + self.statements + self.notes

    @property
    def date_cites(self) -> Cites:
        """What its date rests on: its own citations, else those of the summary."""
        if self.date and self.date.cites:
            return self.date.cites
        return self.summary.all_cites if self.summary else ()

    def said(self) -> Iterator[tuple[Key, Statement]]:
        """Yield every statement made of it, and where in its mapping it stands."""
        if self.summary:
            yield ("summary",), self.summary
        for field in self.LISTS:
            for index, statement in enumerate(getattr(self, field)):
                yield _key(field, index), statement
        for index, relation in enumerate(self.relations):
            yield _key("relations", index), relation.says


@cache
def _key(field: str, index: int) -> Key:
    """Return the same key again for the same place: every entry has it."""
    return field, index


class Target(Model):
    """A measurable aim."""

    indicator: str
    """What is measured."""
    value: str
    """The value aimed at."""
    unit: str = ""
    """The unit of the value and of the baseline: ``%``, ``km``, ``million people``."""
    comparator: Literal["at-least", "at-most", "exactly"] = "exactly"
    """Whether more, or less, is as good."""
    baseline: "Value | None" = None
    """Where it starts from."""
    due: When | None = None
    """By when."""
    cites: Cites = ()
    """Where the source sets it."""


class Value(Model):
    """A measured value and its date."""

    value: str
    """The figure."""
    date: When | None = None
    """When it was measured."""
    cites: Cites = ()
    """Where the figure stands."""


class Item(Entity):
    """A node of a strand; its level stands in plan.yaml."""

    level: str
    """The id of its level: the collection in which it is written tells."""
    under: str | None = None
    """The id of the entry it stands under."""
    also_under: tuple[str, ...] = ()
    """Further entries it stands under."""
    code: str = ""
    """Its official number or a permanent label, such as ``3.2``."""
    target: Target | None = None
    """What it is to reach, where it can be measured."""

    @property
    def parents(self) -> tuple[str, ...]:
        """All parents; the first is the one whose colour and address it shares."""
        return ((self.under,) if self.under else ()) + self.also_under


class Actor(Entity):
    """A body, an office, a person or a group."""

    kind_name = "actor"
    kind: str = ""
    """What sort of actor, of those in plan.yaml."""
    under: str | None = None
    """The actor it is part of."""


class Event(Entity):
    """Something dated or datable."""

    kind_name = "event"
    kind: str = ""
    """What sort of event, of those in plan.yaml."""
    place: str = ""
    """Where it took place."""

    @property
    def period(self) -> Period | None:
        return self.date.edtf if self.date else None


class Term(Entity):
    """An entry of the glossary; its summary is the definition."""

    kind_name = "term"
    LISTS = ("statements", "notes", "wordings", "renderings")
    kind: str = ""
    """Its field, of those in plan.yaml."""
    variants: Forms = {}
    """Other forms that are found in running text."""
    wordings: tuple[Says, ...] = ()
    """The words of the primary source for it, each with its places."""
    renderings: tuple[Says, ...] = ()
    """How others translate it."""
    find: bool = True
    """Whether its name is looked for in running text."""


class Scheme(Model):
    """How places in a source are named, short and long: ``¶8 s2``, paragraph 8, sentence 2."""

    short: str
    """A sign or letter, as on a chip."""
    long: str
    """A word for one, as it is read out."""
    plural: str = ""
    """A word for several, if it differs."""
    close: str = ""
    """A sign that stands behind the number."""


def _sentences(value: Any) -> Any:
    if isinstance(value, str) and value.isdigit():
        return ["1"] * int(value)
    return value


class Passage(Model):
    """A paragraph or article of a source."""

    id: str = Field(min_length=1)
    """What citations call it by: short, without spaces."""
    number: str = ""
    """Its number in the source, as shown."""
    title: str = ""
    """What it is about, in a few words."""
    sentences: Annotated[tuple[int, ...], BeforeValidator(_sentences)] = (1,)
    """The length of each sentence, in words; or only how many there are."""
    summary: Says | None = None
    """What it says, in our own words."""
    notes: tuple[Says, ...] = ()
    """Statements about its wording."""
    frame: dict[int, str] = {}
    """Sentences that carry no entry of their own, and why."""
    joined: tuple[tuple[int, ...], ...] = ()
    """Sentences that belong together though the text parts them."""


class Section(Model):
    """A heading of a source and the passages below it."""

    section: str
    """The heading."""
    passages: tuple[Passage, ...]
    """What stands below it, in order."""


class Source(Entity):
    """A document; its outline, where it has one, makes its places checkable."""

    kind_name = "source"
    publisher: str = ""
    """Who published it."""
    url: str = ""
    """Where it can be read."""
    language: str = ""
    """The language in which it was read, of those in plan.yaml."""
    translation: Literal["", "none", "official", "third-party", "machine"] = ""
    """Whether it is a translation, and by whom."""
    checked: str = ""
    """How and when an editor read it."""
    licence: str = ""
    """Under which terms it may be used."""
    passage: Scheme = Scheme(short="¶", long="paragraph")
    """How its passages are called, such as ``{short: ¶, long: paragraph}``."""
    sentence: Scheme = Scheme(short="s", long="sentence", plural="sentences")
    """How the parts of a passage are called, such as ``{short: s, long: sentence, plural: sentences}``."""
    outline: tuple[Section, ...] = ()
    """Its sections and passages; they make its places checkable."""

    @model_validator(mode="before")
    @classmethod
    def _rests_on_itself(cls, data: Any) -> Any:
        """Let what is said of a source, or of a passage, rest on it where nothing else is cited."""
        if not isinstance(data, dict) or not isinstance(data.get("id"), str):
            return data
        own = {key: _resting(data[key], None) for key in ("summary", "statements", "notes") if data.get(key)}
        if isinstance(data.get("outline"), list):
            own["outline"] = [_section(section, data["id"]) for section in data["outline"]]
        return {**data, **own}

    def said(self) -> Iterator[tuple[Key, Statement]]:
        yield from super().said()
        for at, section in enumerate(self.outline):
            for index, passage in enumerate(section.passages):
                key: Key = ("outline", at, "passages", index)
                if passage.summary:
                    yield (*key, "summary"), passage.summary
                for number, note in enumerate(passage.notes):
                    yield (*key, "notes", number), note

    @cached_property
    def places(self) -> dict[str, int]:
        """The position of every passage, from 1, by its id."""
        return {passage.id: at for at, passage in enumerate(self.passages, 1)}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passage for section in self.outline for passage in section.passages)


def _resting(said: Any, place: str | None) -> Any:
    if isinstance(said, list):
        return [_resting(each, place) for each in said]
    if isinstance(said, str) and "[@" not in said:
        return {"text": said, "cites": [place]} if place else {"text": said, "status": "editorial"}
    return said


def _section(section: Any, source: str) -> Any:
    if not isinstance(section, dict) or not isinstance(section.get("passages"), list):
        return section
    return {**section, "passages": [_passage(passage, source) for passage in section["passages"]]}


def _passage(passage: Any, source: str) -> Any:
    if not isinstance(passage, dict):
        return passage
    place = f"{source} {passage.get('id')}"
    return {
        key: _resting(value, place) if key in ("summary", "notes") else value
        for key, value in passage.items()
    }


class ViewGroup(Model):
    """A row of a view."""

    id: Id
    """What the row is called in addresses."""
    name: Names
    """What the row is called on the page."""
    summary: Says | None = None
    """What the row has in common."""
    item: str | None = None
    """The item that stands for the row, if one does."""
    members: tuple[str, ...]
    """The ids of its items, in order."""


class View(Entity):
    """Another grouping of items."""

    kind_name = "view"
    declared: str = ""
    """How many members the groups have: ``2+5+2+2``."""
    groups: tuple[ViewGroup, ...]
    """Its rows, in order."""


KINDS: dict[str, type[Entity]] = {
    "sources": Source,
    "actors": Actor,
    "events": Event,
    "terms": Term,
}
"""The collections every plan may have; further ones are its levels."""
