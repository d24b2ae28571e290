"""Define what exports are given and what they return."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from plan_explorer.documents.document import Document, Key
from plan_explorer.loading.plan_json import compact, digest
from plan_explorer.model.entities import Entity, Item
from plan_explorer.model.indicators import Indicator, figure_in_a_sentence, is_figure
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import Address, Addresses
from plan_explorer.translation import ENGLISH, Catalogue


@dataclass(frozen=True)
class ExportSource:
    """A plan, with the addresses of its site."""

    plan: Plan
    addresses: Addresses
    url: Callable[[Address], str]
    """Returns the URL of a built page, relative to the root of the site."""
    base: str = ""
    """The absolute URL of the site with a final slash, if known."""
    catalogue: Catalogue = ENGLISH
    """The words of the interface, in the language of the pages."""
    entry_cache: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    """The entries of plan.json, by id, for the exports that share them."""
    place_cache: dict[Citation, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    """The places of plan.json, of which thousands of figures share a few."""

    # --- where things are

    def page(self, entity: Entity) -> str:
        """Return the URL of *entity*, absolute if possible."""
        return self.base + self.url(self.addresses.of(entity))

    def statement(self, ref: StatementRef) -> str:
        """Return the root-relative URL of a statement."""
        if ref.holder.id == self.plan.settings.id or not ref.published:
            return self.url(self.addresses.of(ref.holder))
        return self.url(self.addresses.statement(ref.place))

    def beside(self, path: str, suffix: str) -> str:
        """Return the path of a file beside a page."""
        page = self.url(Address(path))
        stem = f"{page}index" if page.endswith("/") or not page else page.removesuffix(".html")
        return f"{stem}{suffix}"

    # --- what it is

    def statements(self, entity: Entity) -> list[StatementRef]:
        """Return the statements about *entity*, without reasons for relations."""
        return [ref for ref in self.plan.said[entity.id] if ref.key[0] != "relations"]

    def uuid(self, *parts: str) -> UUID:
        """Return an identifier that never changes."""
        return uuid5(NAMESPACE_URL, "/".join(("plan", self.plan.settings.id, *parts)))

    def iri(self, *parts: str) -> str:
        """Return a linked-data identifier of a part of the plan.

        It is the address of the file that describes the part, or a ``urn:uuid`` if the site has none.
        """
        if self.base:
            return f"{self.base}data/plan.ttl#{'-'.join(parts)}"
        return self.uuid(*parts).urn

    @property
    def version(self) -> str:
        """The date of the plan, which is its version."""
        return self.plan.settings.as_of.edtf

    @property
    def licence_url(self) -> str:
        """The URL of the licence text, if known."""
        licence = self.plan.settings.licence
        known = licence and all(c.isalnum() or c in ".-+" for c in licence)
        return f"https://spdx.org/licenses/{licence}.html" if known else ""

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The files of the plan, by path."""
        settings_document = self.plan.entries[self.plan.settings.id].document
        folder = settings_document.path.removesuffix("plan.yaml")
        documents = {entry.document.path: entry.document for entry in self.plan.entries.values()}
        for item in self.plan.items:
            for indicator in item.indicators:
                written = indicator.values[-1].written if indicator.values_file and indicator.values else None
                documents |= {written[0].path: written[0]} if written else {}
        return {path.removeprefix(folder): documents[path] for path in sorted(documents)}

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the authors' files.

        It is that of compact JSON in UTF-8.
        """
        return digest({name: document.data for name, document in self.documents.items()})


@dataclass(frozen=True)
class Export:
    """The files of one format, and its losses."""

    files: Mapping[str, bytes]
    losses: tuple[str, ...] = field(default=())


def named_indicators(item: Item) -> Iterator[tuple[str, Key, Indicator]]:
    """Yield the indicators of *item*, each with what it is called in the whole plan and its key."""
    number = 0
    for key, indicator in item.measures:
        number += not indicator.id
        yield indicator.id or (item.id if number == 1 else f"{item.id}.{number}"), key, indicator


MEDIA_TYPES = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".graphml": "application/graphml+xml",
    ".ics": "text/calendar",
    ".inv": "application/octet-stream",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ris": "application/x-research-info-systems",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
"""Media types by the end of a file's name."""


def media_type(path: str) -> str:
    """Return the media type of the file at *path*."""
    return MEDIA_TYPES[path[path.rindex(".") :]]


def as_lines(data: Mapping[str, Any]) -> bytes:
    """Return *data* as JSON with one line per entry.

    This is fast for any size, and makes line-by-line comparisons of versions useful.
    """
    parts = [compact(name).encode() + b":" + _in_lines(value) for name, value in data.items()]
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def _in_lines(value: Any) -> bytes:
    if isinstance(value, dict) and value:
        pairs = (f"{compact(key)}:{compact(each)}".encode() for key, each in value.items())
        return b"{\n" + b",\n".join(pairs) + b"\n}"
    if isinstance(value, list) and value:
        return b"[\n" + b",\n".join(compact(each).encode() for each in value) + b"\n]"
    return compact(value).encode()


def statement_fields(ref: StatementRef) -> dict[str, Any]:
    """Return what every format tells of a statement in the same way."""
    return {
        "address": ref.address,
        "number": ref.number,
        "part": ref.key[0],
        "text": statement_words(ref),
        "status": ref.statement.status,
        "reason": ref.statement.reason,
    }


def statement_words(ref: StatementRef) -> str:
    """Return what a statement says; a figure in the language that is spoken."""
    if is_figure(ref.key) and isinstance(ref.holder, Item):
        return figure_in_a_sentence(*ref.holder.figure_at[ref.key])
    return ref.statement.words


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return *data* without empty values."""
    return {key: value for key, value in data.items() if value or value == 0}


def count_loss(number: int, words: str) -> tuple[str, ...]:
    """Return a loss in *words* that hold its number, or () for 0."""
    return (words,) if number else ()


def one_line(text: str) -> str:
    """Return *text* without line breaks, which could begin something else."""
    return re.sub(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+", " ", text)
