"""Make ids that are safe, unique and reproducible."""

from collections.abc import Iterator
from itertools import chain, count

from plan_explorer.importers.clean_text import slug
from plan_explorer.importers.draft import ACTOR, EVENT, SOURCE, TERM, Draft, DraftEntry

RESERVED = {
    *("index", "con", "prn", "aux", "nul"),  # names of pages, or not allowed for files on Windows
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(10)),
}
NOUNS = {ACTOR: "actor", EVENT: "event", TERM: "term", SOURCE: "source"}


class IdMaker:
    """The ids of all entries in a draft."""

    def __init__(self, draft: Draft, *taken: str) -> None:
        """Assign an id to every entry, avoiding those in *taken*."""
        self._taken = {*RESERVED, *taken}
        self._known: dict[str, str] = {}
        for entry in draft.entries:
            self._known[entry.key] = self._unused(list(self._candidates(entry)))
        self._formerly = self._former(draft)

    def _candidates(self, entry: DraftEntry) -> Iterator[str]:
        noun = NOUNS.get(entry.kind, entry.kind)
        for words in (entry.slug, entry.code, entry.name, entry.key):
            if made := slug(words):
                yield made
                # A bare number means little in an address, and two trees may share it.
                yield f"{noun}-{made}"
        yield noun

    def _unused(self, candidates: list[str]) -> str:
        """Return a free id, numbered if necessary."""
        options = [each for each in candidates if not each.isdigit()] or candidates
        numbered = (f"{options[0]}-{number}" for number in count(2))
        id = next(each for each in chain(options[:2], numbered) if each not in self._taken)
        self._taken.add(id)
        return id

    def _former(self, draft: Draft) -> dict[str, list[str]]:
        former: dict[str, list[str]] = {}
        for entry in draft.entries:
            for old in entry.formerly:
                made = slug(old)
                if made and made not in self._taken:
                    self._taken.add(made)
                    former.setdefault(entry.key, []).append(made)
        return former

    def __getitem__(self, key: str) -> str:
        return self._known[key]

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def former(self, key: str) -> list[str]:
        """Return the former ids of the entry *key*."""
        return self._formerly.get(key, [])
