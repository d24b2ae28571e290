"""What the last reading of a plan found, so that the next one only looks at what was edited since."""

from collections.abc import Sequence
from functools import cached_property
from operator import is_
from typing import Any, TypeVar

from pydantic import BaseModel

from plan_explorer.documents.document import Document
from plan_explorer.model.entities import Entity
from plan_explorer.model.plan import Entry, Plan
from plan_explorer.model.settings import Settings

E = TypeVar("E", bound=Entity)


class PreviousPlan:
    """A sound plan as it was read before, or none; what is equal now is the same object again."""

    def __init__(self, plan: Plan | None) -> None:
        """Remember *plan*."""
        self._plan = plan

    def settings(self, read: Settings) -> Settings:
        """Return *read*, or the earlier settings if they say the same."""
        if self._plan is None or read is self._plan.settings:
            return read
        if _alike(read, self._plan.settings):
            return self._plan.settings
        return read.model_copy(update={"views": tuple(map(self.entity, read.views))})

    def entity(self, read: E) -> E:
        """Return *read*, or the earlier entity of its id if that says the same."""
        entry = self._plan.entries.get(read.id) if self._plan else None
        if entry is None or type(entry.entity) is not type(read) or not _alike(entry.entity, read):
            return read
        return entry.entity

    def entries(self, document: Document, settings: Settings) -> Sequence[Entry] | None:
        """Return the entries of *document* as they were read before, or None if it has to be read.

        It has to if it was edited, or if *settings* now give its entries another meaning.
        """
        if self._plan is None or _meaning(settings) != _meaning(self._plan.settings):
            return None
        return self._by_document.get(id(document))

    def already_valid(self, plan: Plan) -> frozenset[str]:
        """Return the ids of entries in *plan* whose evidence was sound before, and of which nothing changed.

        What a statement rests on depends on the statement, on the sources and on which of them is primary.
        """
        last = self._plan
        if (
            last is None
            or last.settings.primary != plan.settings.primary
            or not _same(last.sources, plan.sources)
        ):
            return frozenset()
        entries = last.entries
        return frozenset(each.id for each in plan if each.id in entries and entries[each.id].entity is each)

    @cached_property
    def _by_document(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self._plan.entries.values() if self._plan else ():
            found.setdefault(id(entry.document), []).append(entry)
        return found


def _same(before: Sequence[Entity], now: Sequence[Entity]) -> bool:
    return len(before) == len(now) and all(map(is_, before, now))


def _alike(one: BaseModel, other: BaseModel) -> bool:
    """Return whether *one* says the same as *other*, in the same order, in which names are shown."""
    return one == other and _in_order(one, other)


def _in_order(one: Any, other: Any) -> bool:
    """Return whether every mapping in *one* has the order of that in *other*, its equal."""
    if isinstance(one, BaseModel):
        rest = other.__dict__  # what was worked out in the meantime is in one of them only
        return all(_in_order(value, rest.get(name, value)) for name, value in one.__dict__.items())
    if type(one) is dict:
        return list(one) == list(other) and all(map(_in_order, one.values(), other.values()))
    return type(one) is not tuple or all(map(_in_order, one, other))


def _meaning(settings: Settings) -> tuple[object, ...]:
    """Return what the reading of an entry depends on."""
    return settings.primary, settings.language, [(n, level.id) for n, level in settings.collections.items()]
