"""What every export is given, and what it gives."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from plan_explorer.documents.document import Document
from plan_explorer.loading.plan_json import compact, digest
from plan_explorer.model.entities import Entity, Item, View
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.site.addresses import Address, Addresses

NUMBERED = ("statements", "notes")
"""Fields whose statements have an anchor of their own wherever they stand."""


@dataclass(frozen=True)
class ExportSource:
    """A plan, and where its site is."""

    plan: Plan
    addresses: Addresses
    url: Callable[[Address], str]
    """Turns an address into that of the built page, from the top of the site."""
    base: str = ""
    """The absolute address of the site, with a slash at its end, if it is known."""
    told: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    """What plan.json says of each entry, by id, once it was put together."""

    # --- where things are

    def page(self, entity: Entity) -> str:
        """Return the address of *entity*: absolute if the site has one, else from its top."""
        return self.base + self.url(self.addresses.of(entity))

    def statement(self, said: StatementRef) -> str:
        """Return the address of a statement from the top of the site, or of the entry it is about."""
        address = self.addresses.of(said.holder)
        own = isinstance(said.holder, Item | View) and not address.anchor
        first = own and said.key[0] == "summary"
        if said.holder.id == self.plan.settings.id or not (said.key[0] in NUMBERED or first):
            return self.url(address)
        number = f"s{said.number}" if not address.anchor else f"{said.holder.id}-s{said.number}"
        return self.url(Address(address.path, number))

    def beside(self, path: str, suffix: str) -> str:
        """Return the path of a file beside the built page of the Markdown file at *path*."""
        page = self.url(Address(path))
        stem = f"{page}index" if page.endswith("/") or not page else page.removesuffix(".html")
        return f"{stem}{suffix}"

    # --- what it is

    def uuid(self, *parts: str) -> UUID:
        """Return an identifier of a part of the plan, the same in every version and at every host."""
        return uuid5(NAMESPACE_URL, "/".join(("plan", self.plan.settings.id, *parts)))

    def iri(self, *parts: str) -> str:
        """Return an identifier of a part of the plan for the web of data.

        It leads to the file that describes it if the site has an address, and is a ``urn:uuid`` else.
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
        """The address of the text of the licence, if its SPDX identifier is given."""
        licence = self.plan.settings.licence
        known = licence and all(c.isalnum() or c in ".-+" for c in licence)
        return f"https://spdx.org/licenses/{licence}.html" if known else ""

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The files of the plan, by their path within its folder."""
        home = self.plan.entries[self.plan.settings.id].document
        folder = home.path.removesuffix("plan.yaml")
        found = {entry.document.path: entry.document for entry in self.plan.entries.values()}
        return {path.removeprefix(folder): found[path] for path in sorted(found)}

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the authors wrote: of the files of plan.json as compact JSON in UTF-8."""
        return digest({name: document.data for name, document in self.documents.items()})


@dataclass(frozen=True)
class Export:
    """The files of one format, and what of the plan they cannot hold."""

    files: Mapping[str, bytes]
    losses: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class ExportFormat:
    """A format in which a plan can be taken away."""

    id: str
    title: str
    about: str
    """Who uses it for what, in a sentence."""
    export: Callable[[ExportSource], Export]
    library: str = ""
    """The module of a library that has to be installed for it."""
    folder: str = "data/"
    """Where its files stand in a site."""


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
    ".xml": "application/xml",
}
"""By the end of a file's name."""


def media_type(path: str) -> str:
    """Return the media type of the file at *path*."""
    return MEDIA_TYPES[path[path.rindex(".") :]]


def as_lines(data: Mapping[str, Any]) -> bytes:
    """Return *data* as JSON with a line for each entry of its lists and mappings.

    It is quick to write, whatever the size, and a comparison of two versions line by line says something.
    """
    parts = []
    for name, value in data.items():
        lines = [compact(value)]
        if isinstance(value, dict) and value:
            lines = [
                "{\n" + ",\n".join(f"{compact(key)}:{compact(each)}" for key, each in value.items()),
                "}",
            ]
        elif isinstance(value, list) and value:
            lines = ["[\n" + ",\n".join(map(compact, value)), "]"]
        parts.append(f"{compact(name)}:" + "\n".join(lines))
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return *data* without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], (), {}, None)}


def counted(number: int, one: str, many: str) -> tuple[str, ...]:
    """Return what is lost, with its number, or nothing if that is none."""
    return (f"{number} {one if number == 1 else many}",) if number else ()


def words(entities: Iterable[str]) -> str:
    """Return *entities* as a list in a sentence."""
    *first, last = entities
    return f"{', '.join(first)} and {last}" if first else last


def one_line(text: str) -> str:
    """Return *text* without line breaks, which could begin something else."""
    return re.sub(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+", " ", text)
