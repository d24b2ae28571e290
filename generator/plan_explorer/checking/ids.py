"""Look up ids that entries refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import Lexicon
from plan_explorer.documents.document import Document, Key
from plan_explorer.model.entities import Comparison, Entity, Item
from plan_explorer.model.paths import DEVICES
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Settings
from plan_explorer.model.statements import Citation

Kind = type[Entity] | tuple[type[Entity], ...]
"""The types of entry allowed in a place."""


@dataclass(frozen=True)
class Origin:
    """The place of an entry, to locate its fields."""

    document: Document
    key: Key

    def problem(self, code: str, message: str, key: Key, hint: str = "", **more: Any) -> Problem:
        return self.document.problem(code, message, (*self.key, *key), hint, **more)


@dataclass(frozen=True)
class Ids:
    """The ids of a plan, with suggestions for unknown ones."""

    plan: Plan
    whole: bool
    """Whether every file could be read; otherwise an unknown id may be in an unread part."""
    lexicons: dict[Kind, Lexicon] = field(default_factory=dict)
    """Words to suggest, by the type of entry expected."""
    sound: set[Citation] = field(default_factory=set)
    """Citations already checked and found correct."""

    def require(self, id: str, at: Origin, key: Key, kind: Kind = Entity) -> Iterable[Problem]:
        """Return a problem unless *id* fits *kind*."""
        entry = self.plan.entries.get(id)
        return () if entry and isinstance(entry.entity, kind) else self._wrong_reference(id, at, key, kind)

    def _wrong_reference(self, id: str, at: Origin, key: Key, kind: Kind) -> Iterator[Problem]:
        if id not in self.plan:
            if not self.is_lost(id):
                hint = self.meant(id, kind)
                if "," in id:
                    hint = "name one entry here"
                    hint += "; further parents go under 'also_under'" if key[-1] == "under" else ""
                yield at.problem("unknown-id", f"there is no entry '{id}'", key, hint)
        else:
            noun = self.plan.noun(self.plan[id]).lower()
            message = f"'{id}' is {with_article(noun)}, which is not allowed here"
            yield at.problem("wrong-kind", message, key, self._expected(kind))

    def is_lost(self, id: str) -> bool:
        """Return whether *id* may be in an unreadable entry."""
        return not self.whole or id in self.plan.broken

    def meant(self, id: str, kind: Kind) -> str:
        """Return a hint naming the closest entry."""
        return self._lexicon(kind).hint(id)

    def nearest(self, id: str, kind: Kind) -> str:
        """Return the id of an entry that is spelt most like *id*, or ""."""
        return self._lexicon(kind).nearest(id)

    def _lexicon(self, kind: Kind) -> Lexicon:
        if kind not in self.lexicons:
            fitting = [each for each in self.plan if isinstance(each, kind)]
            names = {name.text: each.id for each in fitting for name in each.name.values()}
            names |= {each.code: each.id for each in fitting if isinstance(each, Item) and each.code}
            self.lexicons[kind] = Lexicon((each.id for each in fitting), names)
        return self.lexicons[kind]

    def _expected(self, kind: Kind) -> str:
        if kind is Item:
            nouns = [level.name.one.lower() for level in self.plan.settings.levels.values()]
            return f"name {with_article(' or '.join(nouns))} instead"
        kinds = kind if isinstance(kind, tuple) else (kind,)
        return f"name {with_article(' or '.join(each.kind_name for each in kinds))} instead"


ANCHORS = (
    *("backlinks", "below", "compared", "connections", "counterparts", "figures", "history", "progress"),
    *("related", "siblings", "views"),
)
"""The places that every item's page has, besides those of what stands on it."""


def check_id(entity: Entity, at: Origin, settings: Settings) -> Iterator[Problem]:
    """Yield a problem if the id of *entity* cannot be the name of its page, or of its place on a page."""
    if entity.id in DEVICES:
        message = f"Windows can hold no file called '{entity.id}'"
    elif entity.id == "index":
        message = "'index' is the page of the whole folder"
    elif isinstance(entity, Comparison) and entity.id == "sources":
        message = "'sources' is the page of all sources"
    elif isinstance(entity, Item) and settings.levels[entity.level].page == "parent" and entity.id in ANCHORS:
        message = f"'{entity.id}' is a place that every page of an item has"
    else:
        return
    yield at.problem("name-taken", message, ("id",), "choose another id")


def with_article(noun: str) -> str:
    """Return *noun* preceded by "a" or "an"."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
