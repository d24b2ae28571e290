"""Represent what an import has read."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ACTOR, EVENT, TERM, SOURCE = "actors", "events", "terms", "sources"
"""The kinds of entry that every plan has; any other kind is a level."""

Text = str | dict[str, str]
"""A text in the first language of the draft, or by BCP 47 tag what it says in each."""


MAX_SHOWN = 200
"""How many characters of what was left out a report shows."""


@dataclass(frozen=True, order=True)
class Note:
    """Something that an import changed or left out."""

    what: str
    where: str


class Noting:
    """What takes notes of an import."""

    changed: list[Note]
    dropped: list[Note]

    def change(self, what: str, where: str) -> None:
        """Record something that differs from the file."""
        self.changed.append(Note(what, where))

    def drop(self, what: str, where: str) -> None:
        """Record something in the file that the plan leaves out."""
        self.dropped.append(Note(what, where))

    def drop_fields(self, data: Mapping[str, Any], known: Container[str], where: str) -> None:
        """Record the fields of *data* that are not *known*, with the beginning of what is in them."""
        for name, value in data.items():
            if name not in known and value not in (None, "", [], {}):
                self.drop(f"the field '{name[:60]}'", f"{where}: {shown(value)}")


@dataclass(frozen=True)
class DraftLink:
    """A relation to the entry whose key is *target*."""

    kind: str
    target: str
    because: str = ""
    """The reason given in the file, as clean Markdown."""
    date: str = ""


@dataclass(frozen=True)
class DraftTarget:
    """A measurable target: an indicator and a value."""

    indicator: str
    value: str
    unit: str = ""
    due: str = ""
    baseline: str = ""
    baseline_date: str = ""
    comparator: str = ""


@dataclass(frozen=True)
class DraftFigure:
    """A value that was measured, or is to be reached, at a time."""

    value: str
    date: str = ""
    of: str = ""
    """The group it is about, if not the whole."""
    quality: str = ""
    comparator: str = ""


@dataclass
class DraftIndicator:
    """What is measured, with its values."""

    name: str
    unit: str = ""
    by: str = ""
    """What divides the values into groups."""
    baseline: DraftFigure | None = None
    targets: list[DraftFigure] = field(default_factory=list)
    values: list[DraftFigure] = field(default_factory=list)


@dataclass
class DraftEntry:
    """An entry of the future plan."""

    key: str
    """What the file calls it; unique in the draft."""
    kind: str
    """The id of its level, or a kind that every plan has."""
    name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Names in other languages, by BCP 47 tag."""
    code: str = ""
    """Its number or label in the file."""
    slug: str = ""
    """A basis for its id, if code and name are unsuitable."""
    says: list[Text] = field(default_factory=list)
    """The statements about it, as clean Markdown; the first is the summary."""
    under: list[str] = field(default_factory=list)
    """The keys of its parents."""
    group: str = ""
    """The kind of actor, event or term, in the file's words."""
    date: str = ""
    """The date, as EDTF."""
    date_label: str = ""
    links: list[DraftLink] = field(default_factory=list)
    aim: DraftTarget | None = None
    indicators: list[DraftIndicator] = field(default_factory=list)
    variants: dict[str, list[str]] = field(default_factory=dict)
    """Other forms of a term, by language."""
    formerly: list[str] = field(default_factory=list)
    """Its former keys or codes."""
    facts: dict[str, str] = field(default_factory=dict)
    """Fields that only sources have: publisher, url, language, licence."""
    where: str = ""
    """Its place in the file, in words: ``line 12``, ``objects[3]``."""
    section: str = ""
    """The part of the file that it is in."""


@dataclass(frozen=True)
class DraftLevel:
    """A level, with the file's name for its entries."""

    id: str
    one: str
    many: str
    strand: str
    page: Literal["own", "parent"] = "own"
    hue: bool = False


@dataclass(frozen=True)
class Grouping:
    """An alternative grouping, with rows of members by key."""

    id: str
    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class Draft(Noting):
    """Everything an import has read, without ids and places."""

    id: str
    name: str
    noun: str
    """What to call the file in a sentence: ``the catalog``."""
    language: str = "en"
    names: dict[str, str] = field(default_factory=dict)
    lede: Text = ""
    as_of: str = ""
    """The date given in the file, or ""."""
    source: dict[str, str] = field(default_factory=dict)
    """Facts about the file as a document: publisher, url, licence, date, version."""
    strands: dict[str, str] = field(default_factory=dict)
    """The names of the strands by id, in order."""
    levels: list[DraftLevel] = field(default_factory=list)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The kinds of relation, as they read from each side."""
    roles: dict[str, str] = field(default_factory=dict)
    """What an actor at the other end of a kind of relation does."""
    carries_out: str = ""
    """The kind of relation whose actors carry an entry out."""
    entries: list[DraftEntry] = field(default_factory=list)
    groupings: list[Grouping] = field(default_factory=list)
    changed: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)
    values_file: str = ""
    """The file for the values of indicators; beside their indicators unless given."""
    mapping: bytes = b""
    """The meanings used for a table's columns, as a file."""

    def as_terms(self) -> "Draft":
        """Return this draft with its items as terms, unless it has terms, whose scheme is their kind."""
        if any(self.entries_of(TERM)):
            for entry in self.entries_of(TERM):
                entry.links = [link for link in entry.links if link.kind != "in-scheme"]
        else:
            levels = {level.id for level in self.levels}
            for entry in self.entries:
                if entry.kind in levels:
                    entry.kind, entry.slug = TERM, entry.name or entry.code
                    entry.says += [f"Number: {entry.code}"] if entry.code not in ("", entry.name) else []
        return self

    def add_level(self, id: str, names: tuple[str, str], strand: str, *, hue: bool = False) -> None:
        """Add a level, unless there is one with this id.

        Args:
            id: the id of the level.
            names: its name for one entry and for many.
            strand: the id of its strand.
            hue: whether each of its entries has a hue.
        """
        if all(level.id != id for level in self.levels):
            self.levels.append(DraftLevel(id, *names, strand, hue=hue))

    def entries_of(self, *kinds: str) -> Iterator[DraftEntry]:
        """Yield the entries of these kinds."""
        return (entry for entry in self.entries if entry.kind in kinds)


def shown(value: Any) -> str:
    """Return the beginning of a *value* of a file, as it is listed in a report."""
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(words.split())[:MAX_SHOWN]


def plural(noun: str) -> str:
    """Return the regular plural of an English noun."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
