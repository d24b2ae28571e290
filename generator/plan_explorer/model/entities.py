"""Define the entities of a plan: everything with an address."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from plan_explorer.documents.document import Key
from plan_explorer.model.dates import Period
from plan_explorer.model.indicators import (
    Indicator,
    PlacedFigure,
    Progress,
    Target,
    in_full,
    statement_of,
)
from plan_explorer.model.statements import (
    Citation,
    Cites,
    Dated,
    Id,
    Model,
    Note,
    Says,
    Statement,
    refuse_empty,
    short_form,
)
from plan_explorer.model.texts import Translated
from plan_explorer.translation import N_, gettext, pgettext

Confidence = Literal["verified", "standard", "reconstructed", "guess"]

UNSURE = ("reconstructed", "guess")
UNSURE_WORDS: dict[Confidence, str] = {
    "verified": N_("seen in a source"),
    "standard": N_("usual term, not yet seen in a source"),
    "reconstructed": N_("our reconstruction"),
    "guess": N_("our guess"),
}
"""How certain a name is, in English."""


class Name(Model):
    """A name in one language, and how certain it is."""

    text: str = Field(min_length=1)
    """The name."""
    confidence: Confidence = "verified"
    """How certain it is: verified in a source, standard, reconstructed or a guess."""
    basis: str = ""
    """Why an uncertain name is given anyway."""
    seen: Cites = ()
    """Where it was seen: a source and place, as in a citation."""

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
"""Names by BCP 47 tag; plain text is a name in the plan's first language."""


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_many)]
"""Texts in a list, or one of them."""

Forms = dict[str, Texts]
"""Other forms of a name, by BCP 47 tag."""


class Relation(Model):
    """A link to another entry, with its kind and reason."""

    kind: str
    target: str
    says: Statement
    """Why the link holds; the text is empty if the citation is enough."""
    date: Dated | None = None

    FIELDS: ClassVar = ("because", "status", "cites", "date")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        refuse_empty(data, data)
        kinds = [key for key in data if key not in cls.FIELDS]
        if len(kinds) != 1 or not isinstance(data[kinds[0]], str):
            raise PydanticCustomError("relation", "{said}", {"said": kinds})
        kind = kinds[0]
        says = {key: data[key] for key in ("status", "cites") if data.get(key)}
        text = data.get("because")
        says["text"] = text or ""
        if "status" not in says:
            cited = bool(data.get("cites")) or "[@" in str(text or "")
            says |= {} if cited else {"status": "inferred"}
        date = {"date": data["date"]} if data.get("date") else {}
        return {"kind": kind, "target": data[kind], "says": says, **date}


class Entity(Model):
    """Anything with an id and an address."""

    kind_name: ClassVar[str] = "entry"
    """What messages to authors call it."""
    LISTS: ClassVar[tuple[str, ...]] = ("statements", "notes")
    """The fields that hold lists of statements."""

    id: Id
    """A permanent, unique id: lower-case letters, digits and hyphens."""
    name: Names = {}
    """Its name, in one language or several."""
    short: Names = {}
    """A shorter name, for narrow places."""
    gist: str = ""
    """What it covers, in a few words."""
    summary: Says | None = None
    """The first statement about it: one full sentence with its citation."""
    statements: tuple[Says, ...] = ()
    """Further statements about it, one sentence each."""
    notes: tuple[Note, ...] = ()
    """Statements about wording or translation."""
    relations: tuple[Relation, ...] = ()
    """Links to other entries: the kind, the id and the reason."""
    search: Texts = ()
    """Other words under which readers look for it; no page shows them."""
    formerly: tuple[Id, ...] = ()
    """Former ids, whose addresses lead here."""
    date: Dated | None = None
    """When it happens, happened or is due."""

    @property
    def says(self) -> tuple[Statement, ...]:
        """All statements on its page, in order."""
        first = (self.summary,) if self.summary else ()
        return first + self.statements + self.notes

    @property
    def date_cites(self) -> Cites:
        """The citations of its date, or of the summary."""
        if self.date and self.date.cites:
            return self.date.cites
        return self.summary.all_cites if self.summary else ()

    def said(self) -> Iterator[tuple[Key, Statement]]:
        """Yield every statement about it, with its key."""
        if self.summary:
            yield ("summary",), self.summary
        for field in self.LISTS:
            for index, statement in enumerate(getattr(self, field)):
                yield _key(field, index), statement
        for index, relation in enumerate(self.relations):
            yield _key("relations", index), relation.says


def kind_noun(kind_name: str) -> str:
    """Return what an entry of a kind is called where that stands alone."""
    nouns = {
        "actor": gettext("Actor"),
        "event": gettext("Event"),
        "term": gettext("Term"),
        "source": pgettext("kind of entry", "Source"),
        "view": pgettext("kind of entry", "View"),
        "comparison": gettext("Comparison"),
        "crosswalk": gettext("Crosswalk"),
        "plan": gettext("Plan"),
    }
    return nouns[kind_name]


@cache
def _key(field: str, index: int) -> Key:
    """Return one shared key per place, to save memory."""
    return field, index


class Item(Entity):
    """A node of a strand, at one of the levels in plan.yaml."""

    level: str
    """The id of its level, taken from the collection it is in."""
    under: str | None = None
    """The id of its parent."""
    also_under: Texts = ()
    """The ids of further parents."""
    code: str = ""
    """Its official number or a permanent label, such as ``3.2``."""
    target: Target | None = None
    """What it aims to reach, if that can be measured: an indicator in short."""
    indicators: tuple[Indicator, ...] = ()
    """What is measured: where it starts, what is aimed at, what has been reached."""
    progress: tuple[Progress, ...] = ()
    """How far it has come, as sources put it, each with its date."""

    @property
    def parents(self) -> tuple[str, ...]:
        """All parents; the first gives colour and address."""
        return ((self.under,) if self.under else ()) + self.also_under

    @cached_property
    def measures(self) -> tuple[tuple[Key, Indicator], ...]:
        """Its indicators, the one in short first, each with the way to it."""
        short = ((("target",), in_full(self.target)),) if self.target else ()
        return short + tuple((("indicators", at), each) for at, each in enumerate(self.indicators))

    @cached_property
    def figures(self) -> tuple[tuple[Indicator, PlacedFigure], ...]:
        """The figures of all its indicators."""
        placed = ((each, figure) for key, each in self.measures for figure in each.placed(key))
        return tuple((each, _in_short(figure)) for each, figure in placed)

    @cached_property
    def figure_at(self) -> dict[Key, tuple[Indicator, PlacedFigure]]:
        """The figures by the way to each."""
        return {placed.key: (indicator, placed) for indicator, placed in self.figures}

    @cached_property
    def deadlines(self) -> tuple[Period, ...]:
        """When what it aims at is due, by date."""
        dues = {aim.due.edtf: aim.due for _, indicator in self.measures for aim in indicator.aims if aim.due}
        return tuple(sorted(dues.values(), key=lambda due: due.sort_key))

    @cached_property
    def history(self) -> tuple[Progress, ...]:
        """What was said of its progress, the latest first."""
        return tuple(sorted(self.progress, key=lambda each: each.date.sort_key, reverse=True))

    @cached_property
    def _measured(self) -> tuple[tuple[Key, Statement], ...]:
        said: list[tuple[Key, Statement]] = []
        for at, indicator in enumerate(self.indicators):
            if indicator.about:
                said.append((("indicators", at, "about"), indicator.about))
        said += [(("progress", at), each.says) for at, each in enumerate(self.progress)]
        said += [(placed.key, statement_of(each, placed, self.summary)) for each, placed in self.figures]
        return tuple(said)

    def said(self) -> Iterator[tuple[Key, Statement]]:
        yield from super().said()
        yield from self._measured


def _in_short(placed: PlacedFigure) -> PlacedFigure:
    """Return a figure with the way to where it was written, if its indicator is one in short."""
    if placed.key[0] != "target":
        return placed
    return placed._replace(key=placed.key[:1] if placed.role == "target" else placed.key)


class Actor(Entity):
    """A body, office, person or group."""

    kind_name = "actor"
    kind: str = ""
    """The kind of actor, as listed in plan.yaml."""
    under: str | None = None
    """The id of the actor it is part of."""


class Event(Entity):
    """Something that happens at a time."""

    kind_name = "event"
    kind: str = ""
    """The kind of event, as listed in plan.yaml."""
    place: str = ""
    """Where it takes place."""

    @property
    def period(self) -> Period | None:
        return self.date.edtf if self.date else None


class Term(Entity):
    """A glossary entry, whose summary is the definition."""

    kind_name = "term"
    LISTS = ("statements", "notes", "wordings", "renderings")
    kind: str = ""
    """The kind of term, as listed in plan.yaml."""
    variants: Forms = {}
    """Other forms of it found in running text."""
    wordings: tuple[Says, ...] = ()
    """The primary source's words for it, with citations."""
    renderings: tuple[Says, ...] = ()
    """How others translate it."""
    find: bool = True
    """Whether to look for its name in running text."""


class Scheme(Model):
    """How to name places in a source: ``¶8 s2`` or paragraph 8, sentence 2."""

    short: str
    """A sign or letter for the short form."""
    long: str
    """The word for one, as read aloud."""
    plural: str = ""
    """The word for several, if different."""
    close: str = ""
    """A sign that follows the number."""


class Sentence(Model):
    """A sentence of a source: its length, and enough of it to be found and recognized."""

    words: int = 1
    """The number of its words, or of its characters where words are not spaced."""
    opening: str = ""
    """Its first words, at most five."""
    closing: str = ""
    """Its last words, at most three."""
    fingerprint: str = ""
    """A hash of its text, by which any change is noticed."""


MAX_SENTENCES = 5000
"""The most sentences of a passage: one with more is no passage."""


def _sentences(value: Any) -> Any:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        number = int(value) if len(value) < 10 else MAX_SENTENCES + 1
        value = [Sentence()] * min(number, MAX_SENTENCES + 1)
    if not isinstance(value, list):
        return value
    if len(value) > MAX_SENTENCES:
        raise PydanticCustomError("too-many", "{most}", {"most": MAX_SENTENCES})
    return [each if isinstance(each, dict | Sentence) else {"words": each} for each in value]


class Passage(Model):
    """A paragraph or article of a source."""

    id: str = Field(min_length=1)
    """What citations call it: short, without spaces."""
    number: str = ""
    """Its number in the source, as shown."""
    title: str = ""
    """What it is about, in a few words."""
    sentences: Annotated[tuple[Sentence, ...], BeforeValidator(_sentences)] = (Sentence(),)
    """Its sentences as ``plan-explorer outline`` writes them, their lengths, or just their number."""
    summary: Says | None = None
    """What it says, in the editors' words."""
    notes: tuple[Note, ...] = ()
    """Statements about its wording."""
    frame: dict[int, str] = {}
    """Sentences that need no entry of their own, and why."""
    joined: tuple[tuple[int, ...], ...] = ()
    """Numbers of sentences that belong together."""

    @property
    def lengths(self) -> list[int]:
        """The number of words in each sentence."""
        return [sentence.words for sentence in self.sentences]

    @property
    def has_fingerprints(self) -> bool:
        """Whether its sentences are known, and not just their number."""
        return any(sentence.fingerprint for sentence in self.sentences)

    def cited(self, citation: Citation) -> dict[int, Sentence]:
        """Return the sentences that *citation* names, by number: all of them if it names none."""
        numbers = citation.sentences or range(1, len(self.sentences) + 1)
        return {number: self.sentences[number - 1] for number in numbers}


class Section(Model):
    """A heading of a source, with its passages."""

    section: str
    """The heading."""
    passages: tuple[Passage, ...]
    """The passages under it, in order."""


class SourceText(Model):
    """The text of a source: where it lies, and how much of it may be shown."""

    file: str = ""
    """The file with the text, within the plan's folder; it need not be published."""
    show: Literal["none", "opening", "full"] = "opening"
    """What readers see of a sentence: nothing, its first and last words, or all of it."""
    licence: str = ""
    """The terms on which the text may be shown."""


class Source(Entity):
    """A document; its outline, if any, makes its places checkable."""

    kind_name = "source"
    publisher: str = ""
    """Who published it."""
    url: str = ""
    """Where to read it."""
    language: str = ""
    """The language in which editors read it, as listed in plan.yaml."""
    translation: Literal["", "none", "official", "third-party", "machine"] = ""
    """Whether it is a translation, and by whom."""
    checked: str = ""
    """How and when an editor checked it."""
    licence: str = ""
    """The licence of its content."""
    archived: str = ""
    """An archived copy of the address."""
    text: SourceText = SourceText()
    """Its text, against which ``plan-explorer verify`` holds what is said."""
    passage: Scheme = Field(default_factory=lambda: Scheme(short="¶", long=gettext("paragraph")))
    """How to name its passages: ``{short: ¶, long: paragraph}``."""
    sentence: Scheme = Field(
        default_factory=lambda: Scheme(
            short=pgettext("before the number of a sentence", "s"),
            long=gettext("sentence"),
            plural=gettext("sentences"),
        )
    )
    """How to name parts of a passage: ``{short: s, long: sentence, plural: sentences}``."""
    outline: tuple[Section, ...] = ()
    """Its sections and passages, which make its places checkable."""

    @model_validator(mode="before")
    @classmethod
    def _rests_on_itself(cls, data: Any, info: ValidationInfo) -> Any:
        """Make uncited statements about a source or passage cite it."""
        if not isinstance(data, dict) or not isinstance(data.get("id"), str):
            return data
        said = [key for key in ("summary", "statements", "notes") if data.get(key)]
        own = {key: _resting(data[key], data["id"], info) for key in said}
        if isinstance(data.get("outline"), list):
            own["outline"] = [_section(section, data["id"], info) for section in data["outline"]]
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

    def find_passage(self, id: str) -> Passage | None:
        """Return the passage that citations call *id*, if there is one."""
        at = self.places.get(id)
        return self.passages[at - 1] if at else None

    @property
    def has_fingerprints(self) -> bool:
        """Whether its sentences are known, and not just their number."""
        return any(passage.has_fingerprints for passage in self.passages)


def _resting(said: Any, place: str, info: ValidationInfo) -> Any:
    if isinstance(said, list):
        return [_resting(each, place, info) for each in said]
    form = short_form(said, info)
    if not isinstance(form, dict) or form.keys() & {"cites", "status"}:
        return said
    text = form.get("text")
    if "[@" in str(text.original if isinstance(text, Translated) else text):
        return said
    return {**form, "cites": [place]}


def _section(section: Any, source: str, info: ValidationInfo) -> Any:
    if not isinstance(section, dict) or not isinstance(section.get("passages"), list):
        return section
    return {**section, "passages": [_passage(passage, source, info) for passage in section["passages"]]}


def _passage(passage: Any, source: str, info: ValidationInfo) -> Any:
    if not isinstance(passage, dict):
        return passage
    place = f"{source} {passage.get('id')}"
    return {
        key: _resting(value, place, info) if key in ("summary", "notes") else value
        for key, value in passage.items()
    }


class ViewGroup(Model):
    """A row of a view."""

    id: Id
    """The row's name in addresses."""
    name: Names
    """The row's name on the page."""
    summary: Says | None = None
    """What the members have in common."""
    item: str | None = None
    """The item that represents the row, if any."""
    members: tuple[str, ...]
    """The ids of its items, in order."""


class View(Entity):
    """An alternative grouping of items."""

    kind_name = "view"
    declared: str = ""
    """The number of members in each group: ``2+5+2+2``."""
    map: bool = False
    """Whether the overview shows its rows in place of those of the strand; it should hold all items there."""
    groups: tuple[ViewGroup, ...]
    """Its rows, in order."""


class ComparisonRow(Model):
    """A point on which two sources differ."""

    point: str = Field(min_length=1)
    """What it is about, in a few words."""
    kind: Id
    """How they differ, as listed under ``differences`` in plan.yaml: ``other-words``."""
    items: tuple[str, ...] = ()
    """The ids of the items it is about, whose pages lead here."""
    sides: dict[Id, Says]
    """What each of the two has, by its id: a statement with its citation."""


class ComparisonSection(Model):
    """The points of a comparison that belong together."""

    section: str = Field(min_length=1)
    """What they have in common, as their heading."""
    rows: tuple[ComparisonRow, ...] = Field(min_length=1)
    """The points, in order."""


class Comparison(Entity):
    """Where two sources differ, point by point."""

    kind_name = "comparison"
    sources: dict[Id, str]
    """The two sources by id, with what the page calls them: ``{paper: the plan, report: the report}``."""
    sections: tuple[ComparisonSection, ...] = Field(min_length=1)
    """The points on which they differ, under headings."""

    @property
    def rows(self) -> Iterator[tuple[Key, ComparisonRow]]:
        """All its points, with their keys."""
        for at, section in enumerate(self.sections):
            for index, row in enumerate(section.rows):
                yield ("sections", at, "rows", index), row

    def said(self) -> Iterator[tuple[Key, Statement]]:
        yield from super().said()
        for key, row in self.rows:
            yield from (((*key, "sides", id), row.sides[id]) for id in self.sources if id in row.sides)


class OutsideEntry(Model):
    """An entry of another framework."""

    code: str = Field(min_length=1)
    """Its number or label there."""
    name: str = ""
    """Its name there."""
    url: str = ""
    """Where to read it."""


class Pair(Model):
    """An entry of the plan and its counterpart in another framework."""

    entry: str
    """The id of the entry."""
    relation: Id
    """How the entry is related to its counterpart, as listed under ``relations`` in plan.yaml: ``equal``."""
    other: str = Field(min_length=1)
    """The code of the counterpart, as listed under ``others``."""
    because: Says | None = None
    """Why, as the mapping has it; it cites the mapping unless it says otherwise."""
    confidence: str = ""
    """How sure the mapping is, in its words: ``90 %``."""


class Crosswalk(Entity):
    """A mapping between the plan and another framework, as a document gives it."""

    kind_name = "crosswalk"
    to: str = Field(min_length=1)
    """What the other framework is called."""
    source: str
    """The source that gives the mapping, on which every pair rests."""
    others: tuple[OutsideEntry, ...] = ()
    """The entries of the other framework, in its order; those that no pair names have no counterpart."""
    pairs: tuple[Pair, ...] = ()
    """The pairs: entries of the plan, each with its counterpart."""
    within: Texts = ()
    """The kinds of relation between entries of the plan that stand in the crosswalk, too, if they cite the
    source."""

    @model_validator(mode="before")
    @classmethod
    def _rests_on_source(cls, data: Any, info: ValidationInfo) -> Any:
        """Make uncited reasons cite the source."""
        if not isinstance(data, dict) or not isinstance(data.get("pairs"), list):
            return data
        source = data.get("source")
        if not isinstance(source, str):
            return data
        return {**data, "pairs": [_because(pair, source, info) for pair in data["pairs"]]}


def _because(pair: Any, source: str, info: ValidationInfo) -> Any:
    if not isinstance(pair, dict) or not pair.get("because"):
        return pair
    return {**pair, "because": _resting(pair["because"], source, info)}


KINDS: dict[str, type[Entity]] = {
    "sources": Source,
    "actors": Actor,
    "events": Event,
    "terms": Term,
    "comparisons": Comparison,
    "crosswalks": Crosswalk,
}
"""The collections every plan may have, besides those of its levels."""
