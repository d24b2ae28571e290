"""A plan before it is one: what an import has read, in the words and by the keys of its file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ACTOR, EVENT, TERM, SOURCE = "actors", "events", "terms", "sources"
"""Kinds of entry that every plan has; every other kind is a level of the draft."""


@dataclass(frozen=True, order=True)
class Note:
    """Something an import changed or left out, and where in the file it stands."""

    what: str
    where: str


@dataclass(frozen=True)
class DraftLink:
    """A relation to the entry that the file knows by *target*."""

    kind: str
    target: str
    because: str = ""
    """Clean Markdown: why, in the words of the file."""
    date: str = ""


@dataclass(frozen=True)
class Aim:
    """A measurable aim: what is measured, and the value to reach."""

    indicator: str
    value: str
    unit: str = ""
    due: str = ""
    baseline: str = ""
    baseline_date: str = ""


@dataclass
class DraftEntry:
    """Anything of the file that becomes an entry of the plan."""

    key: str
    """By what the file itself knows it; unique in the draft."""
    kind: str
    """The id of its level, or one of the kinds every plan has."""
    name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Names in other languages, by BCP 47 tag."""
    code: str = ""
    """Its number or label, as readers of the file know it."""
    slug: str = ""
    """What to make its id of, where code and name are no good for it."""
    says: list[str] = field(default_factory=list)
    """What the file says of it, in clean Markdown; the first is the summary."""
    under: list[str] = field(default_factory=list)
    """Keys of the entries it stands under."""
    group: str = ""
    """What sort of actor, event or term it is, in the words of the file."""
    date: str = ""
    """EDTF."""
    date_label: str = ""
    links: list[DraftLink] = field(default_factory=list)
    aim: Aim | None = None
    variants: dict[str, list[str]] = field(default_factory=dict)
    """Other forms of a term, by language."""
    formerly: list[str] = field(default_factory=list)
    """Keys or codes it had before."""
    facts: dict[str, str] = field(default_factory=dict)
    """Fields that only sources have: publisher, url, language, licence."""
    where: str = ""
    """Its place in the file, in words: ``line 12``, ``objects[3]``."""
    section: str = ""
    """The part of the file it stands in."""


@dataclass(frozen=True)
class DraftLevel:
    """What the file calls entries of one kind."""

    id: str
    one: str
    many: str
    strand: str
    page: Literal["own", "parent"] = "own"
    hue: bool = False


@dataclass(frozen=True)
class Grouping:
    """Another grouping of entries: a title, and rows of members by key."""

    id: str
    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class Draft:
    """Everything an import found, before ids are made and places are counted."""

    id: str
    name: str
    noun: str
    """What to call the file in a sentence: ``the catalog``."""
    language: str = "en"
    names: dict[str, str] = field(default_factory=dict)
    lede: str = ""
    as_of: str = ""
    """The day the file names as its own; empty if it names none."""
    source: dict[str, str] = field(default_factory=dict)
    """What is known of the file as a document: publisher, url, licence, date, version."""
    strands: dict[str, str] = field(default_factory=dict)
    """Names of the strands by id, in order."""
    levels: list[DraftLevel] = field(default_factory=list)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Kinds of relation: how they read from either side."""
    roles: dict[str, str] = field(default_factory=dict)
    """What an actor at the other end of a kind of relation does."""
    entries: list[DraftEntry] = field(default_factory=list)
    groupings: list[Grouping] = field(default_factory=list)
    changed: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)

    def of(self, *kinds: str) -> Iterator[DraftEntry]:
        """Yield the entries of these kinds."""
        return (entry for entry in self.entries if entry.kind in kinds)

    def change(self, what: str, where: str) -> None:
        """Note that something is said otherwise than in the file."""
        self.changed.append(Note(what, where))

    def drop(self, what: str, where: str) -> None:
        """Note that something of the file is not in the plan."""
        self.dropped.append(Note(what, where))
