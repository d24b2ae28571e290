"""What every export is given, and what it gives."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.addresses import Address, Addresses
from plan_explorer.entities import Entity
from plan_explorer.plan import Plan


@dataclass(frozen=True)
class Source:
    """A plan, and where its site is."""

    plan: Plan
    addresses: Addresses
    url: Callable[[Address], str]
    """Turns an address into that of the built page, from the top of the site."""
    base: str = ""
    """The absolute address of the site, with a slash at its end, if it is known."""

    def page(self, entity: Entity) -> str:
        """Return the address of *entity*: absolute if the site has one, else from its top."""
        return self.base + self.url(self.addresses.of(entity))

    def iri(self, entity: Entity) -> str:
        """Return an identifier of *entity* that is the same in every version and at every host."""
        return f"urn:plan:{self.plan.settings.id}:{entity.id}"

    @property
    def version(self) -> str:
        """The date of the plan, which is its version."""
        return self.plan.settings.as_of.edtf


@dataclass(frozen=True)
class Export:
    """The files of one format, and what of the plan they cannot hold."""

    files: Mapping[str, bytes]
    losses: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Format:
    """A format in which a plan can be taken away."""

    id: str
    title: str
    about: str
    """Who uses it for what, in a sentence."""
    media_type: str
    export: Callable[[Source], Export]
    library: str = ""
    """The module of a library that has to be installed for it."""


def as_json(data: Any) -> bytes:
    """Return *data* as JSON, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()
