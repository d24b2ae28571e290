"""Make ids that are safe, unique and reproducible."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from plan_explorer.importers.clean_text import slug
from plan_explorer.importers.draft import ACTOR, EVENT, SOURCE, TERM, Draft, DraftEntry

RESERVED = {
    *("index", "con", "prn", "aux", "nul"),  # names of pages, or not allowed for files on Windows
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(10)),
}
NOUNS = {ACTOR: "actor", EVENT: "event", TERM: "term", SOURCE: "source"}


@dataclass(frozen=True)
class KnownIds:
    """What entries are called that the plan had before an update, by the key of the file."""

    ids: Mapping[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    """Ids that people gave, which stay whatever the file says."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """What the passages of these entries are called, for good."""
    former: Mapping[str, list[str]] = field(default_factory=dict)
    """What they were called before, as the last import had it."""
    taken: frozenset[str] = frozenset()
    """Every id of the plan, now or before."""


class IdMaker:
    """The ids of all entries in a draft."""

    def __init__(self, draft: Draft, *taken: str, known: KnownIds | None = None) -> None:
        """Assign an id to every entry, avoiding those in *taken*; what is *known* keeps one that fits."""
        known = known or KnownIds()
        self._taken = {*RESERVED, *taken, *known.taken, *known.ids.values(), *known.passages.values()}
        self._passages = dict(known.passages)
        self._known: dict[str, str] = {}
        self._formerly = {key: list(ids) for key, ids in known.former.items()}
        for entry in draft.entries:
            id = known.ids.get(entry.key, "")
            candidates = list(self._candidates(entry))
            if id and (id in known.chosen or any(_comes_from(id, each) for each in candidates)):
                self._known[entry.key] = id
                continue
            self._known[entry.key] = self._unused(candidates)
            if id:
                self._formerly.setdefault(entry.key, []).append(id)
        self._add_former(draft)

    def _candidates(self, entry: DraftEntry) -> Iterator[str]:
        noun = NOUNS.get(entry.kind, entry.kind)
        for words in (entry.slug, entry.code, entry.name, entry.key):
            made = slug(words)
            if made and made != entry.kind:  # which is all that is left of a key in other letters
                yield made
                # A bare number means little in an address, and two trees may share it.
                yield f"{noun}-{made}"
        yield noun if entry.kind in NOUNS else "item"  # a level may be called like its first entry

    def _unused(self, candidates: list[str]) -> str:
        """Return a free id, numbered if necessary."""
        options = [each for each in candidates if not each.isdigit()] or candidates
        numbered = (f"{options[0]}-{number}" for number in count(2))
        id = next(each for each in chain(options[:2], numbered) if each not in self._taken)
        self._taken.add(id)
        return id

    def _add_former(self, draft: Draft) -> None:
        for entry in draft.entries:
            for old in entry.formerly:
                made = slug(old)
                if made and made not in self._taken:
                    self._taken.add(made)
                    self._formerly.setdefault(entry.key, []).append(made)

    def __getitem__(self, key: str) -> str:
        return self._known[key]

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def former(self, key: str) -> list[str]:
        """Return the former ids of the entry *key*."""
        return self._formerly.get(key, [])

    def passage(self, key: str) -> str:
        """Return what the passage of the entry *key* is called: as the entry was when it came."""
        return self._passages.get(key) or self._known[key]

    @property
    def by_key(self) -> dict[str, str]:
        """The id of every entry, by its key."""
        return dict(self._known)

    @property
    def passages(self) -> dict[str, str]:
        """The passages that are not called like their entries, by key."""
        return {key: id for key, id in self._passages.items() if self._known.get(key, id) != id}


def _comes_from(id: str, candidate: str) -> bool:
    """Return whether *id* is *candidate*, or that with a number behind it."""
    return id.startswith(candidate) and bool(re.fullmatch(r"(-\d+)?", id[len(candidate) :]))
