"""The ids that entries name each other by, and the place where one is named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import Lexicon
from plan_explorer.documents.document import Document, Key
from plan_explorer.model.entities import Entity, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation

Kind = type[Entity] | tuple[type[Entity], ...]
"""Which entries may stand in a place."""


@dataclass(frozen=True)
class Origin:
    """The place of an entry, from which its fields are named."""

    document: Document
    key: Key

    def problem(self, code: str, message: str, key: Key, hint: str = "", **more: Any) -> Problem:
        return self.document.problem(code, message, (*self.key, *key), hint, **more)


@dataclass(frozen=True)
class Ids:
    """The ids an author may name, and what was meant by a word that is none of them."""

    plan: Plan
    whole: bool
    """Whether every file could be read; if not, an unknown id may be in the lost part."""
    lexicons: dict[Kind, Lexicon] = field(default_factory=dict)
    """What was probably meant, by the kind of entry that is wanted."""
    sound: set[Citation] = field(default_factory=set)
    """Citations that were looked at and lead to a place."""

    def require(self, id: str, at: Origin, key: Key, kind: Kind = Entity) -> Iterable[Problem]:
        """Return a problem if *id* is not the id of an entity of *kind*."""
        entry = self.plan.entries.get(id)
        return () if entry and isinstance(entry.entity, kind) else self._wrong(id, at, key, kind)

    def _wrong(self, id: str, at: Origin, key: Key, kind: Kind) -> Iterator[Problem]:
        if id not in self.plan:
            if not self.is_lost(id):
                yield at.problem("unknown-id", f"there is no entry '{id}'", key, self.meant(id, kind))
        else:
            noun = self.plan.noun(self.plan[id]).lower()
            message = f"'{id}' is {a(noun)} and cannot stand here"
            yield at.problem("wrong-kind", message, key, self._fitting(kind))

    def is_lost(self, id: str) -> bool:
        """Return whether *id*, which is unknown, may be that of an entry that could not be read."""
        return not self.whole or id in self.plan.broken

    def meant(self, id: str, kind: Kind) -> str:
        """Return a hint with the entry whose id, code or name in any language is nearest."""
        if kind not in self.lexicons:
            fitting = [each for each in self.plan if isinstance(each, kind)]
            names = {name.text: each.id for each in fitting for name in each.name.values()}
            names |= {each.code: each.id for each in fitting if isinstance(each, Item) and each.code}
            self.lexicons[kind] = Lexicon((each.id for each in fitting), names)
        return self.lexicons[kind].hint(id)

    def _fitting(self, kind: Kind) -> str:
        if kind is Item:
            nouns = [level.name.one.lower() for level in self.plan.settings.levels.values()]
            return f"here belongs {a(' or '.join(nouns))}"
        kinds = kind if isinstance(kind, tuple) else (kind,)
        return f"here belongs {a(' or '.join(each.kind_name for each in kinds))}"


def a(noun: str) -> str:
    """Return *noun* with the article in front of it."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
