"""Give every statement an address that stays with it.

Published statements keep the address under which they were published. They are known again by their words:
first the same words in the same entry, then the same words in another, then similar words in the same entry.
What is new is addressed by a hash of its words.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.utils import default_process

ADDRESSED = ("summary", "statements", "notes", "sections", "outline")
"""The fields whose statements are published, each with an address on the page of its entry."""

MIN_SIMILARITY = 65
"""Below so many percent, other words are another statement; no two sentences of an entry are so similar."""
MIN_SIMILARITY_WITH_SAME_CITES = 55
"""The same, if both rest on the same places.

Of 432 sentences that were reworded in the history of the first plan, 387 are known again by the two.
"""
REMOVED = ("", "")
"""Where a statement has moved of which it was said once that it was removed."""


class PublishedStatement(NamedTuple):
    """A statement as it was last published."""

    entry: str
    address: str
    words: str
    moved_to: tuple[str, str] | None = None
    """The entry and the address that have it now."""
    cites: str = ""
    """What it rested on, as authors write it."""

    def order(self) -> tuple[str, int, str]:
        """Return by what a list is sorted: the entry, and then the number, if that is the address."""
        number = self.address.removeprefix("s")
        return self.entry, int(number) if number.isdecimal() else sys.maxsize, self.address


class StatementPlace(NamedTuple):
    """The place of a statement, or of a note about one that is gone."""

    holder: str
    """The entry on whose page it is."""
    entry: str
    """The entry under whose id it was published; that of the holder, unless the two became one."""
    address: str


class RemovedStatement(NamedTuple):
    """A published statement that is no longer in its entry."""

    place: StatementPlace
    moved_to: StatementPlace | None
    """Where it is now, if it is anywhere."""
    published: PublishedStatement
    """As it was last published."""


@dataclass(frozen=True)
class StatementAddresses:
    """The addresses of all statements of a plan, now and before."""

    now: Mapping[str, Sequence[str]]
    """Those of an entry's statements, in their order, by its id."""
    removed: Mapping[str, Sequence[RemovedStatement]]
    """What is gone, by the id of the entry whose page tells so."""
    published: Mapping[str, Mapping[str, StatementPlace]]
    """Where every published address leads, by the id under which it was published."""


def new_address(words: str, taken: Iterable[str]) -> str:
    """Return an address made of *words* that is not yet *taken*."""
    address = stem = f"s-{sha256(words.encode()).hexdigest()[:6]}"
    number = 1
    while address in taken:
        number += 1
        address = f"{stem}-{number}"
    return address


def assign_addresses(
    said: Mapping[str, Sequence[tuple[str, str]]],
    published: Iterable[PublishedStatement],
    renamed: Mapping[str, str],
    replaced: Mapping[str, str],
) -> StatementAddresses:
    """Return the addresses of all statements.

    Args:
        said: the words of each entry's statements and what they rest on, by its id.
        published: the statements as they were last published.
        renamed: the current id for every former one.
        replaced: the id of the entry that replaces a removed one, for every removed id.
    """
    return _Assignment(said, renamed, replaced, published).result()


class _Assignment:
    """Matches published statements with those of today."""

    def __init__(
        self,
        said: Mapping[str, Sequence[tuple[str, str]]],
        renamed: Mapping[str, str],
        replaced: Mapping[str, str],
        published: Iterable[PublishedStatement],
    ) -> None:
        self.words = words = {id: [words for words, _ in statements] for id, statements in said.items()}
        self.cites = {id: [cites for _, cites in statements] for id, statements in said.items()}
        self.heirs = {**renamed, **replaced}
        known = sorted(
            (each for each in published if self._holder(each.entry) in words), key=PublishedStatement.order
        )
        taken = {each[:2] for each in known}
        self.own: list[PublishedStatement] = []
        """What was published of an entry that is still there, under its current id."""
        self.foreign: list[PublishedStatement] = []
        """What was published of an entry that another one replaces."""
        for each in known:
            now = renamed.get(each.entry, each.entry)
            if now == each.entry and now in words:
                self.own.append(each)
            elif now in words and (now, each.address) not in taken:
                taken.add((now, each.address))
                self.own.append(each._replace(entry=now))
            else:
                self.foreign.append(each)
        self.known = known
        self.matches: dict[tuple[str, int], PublishedStatement] = {}
        """What was published, for each statement of today that it is."""
        self.moves: dict[PublishedStatement, tuple[str, int]] = {}
        """The statement of today in another entry, for what was published."""
        self.now: dict[str, list[str]] = {}

    def _holder(self, entry: str) -> str:
        return entry if entry in self.words else self.heirs.get(entry, "")

    def result(self) -> StatementAddresses:
        self._match_same_words()
        self._match_moved()
        self._match_similar()
        self._name_new()
        removed: dict[str, list[RemovedStatement]] = defaultdict(list)
        matched = set(self.matches.values())
        places = {each[:2]: self._place(each) for each in (*self.own, *self.foreign)}
        gone = {each[:2]: each for each in (*self.own, *self.foreign) if each not in matched}
        for key, each in gone.items():
            moved_to = self._follow(key, gone)
            removed[places[key].holder].append(RemovedStatement(places[key], moved_to, each))
            places[key] = moved_to or places[key]
        leads: dict[str, dict[str, StatementPlace]] = defaultdict(dict)
        for each in self.known:
            here = each[:2] if each[:2] in places else (self._holder(each.entry), each.address)
            leads[each.entry][each.address] = places[here]
        return StatementAddresses(self.now, removed, leads)

    # --- what was published, and what it is today

    def _free(self, id: str) -> list[int]:
        return [at for at in range(len(self.words[id])) if (id, at) not in self.matches]

    def _match_same_words(self) -> None:
        """Match the same words in the same entry; those that had moved away come last.

        A second address of the same words leads to the first.
        """
        at: dict[tuple[str, str], list[int]] = defaultdict(list)
        for id, statements in self.words.items():
            for index, words in enumerate(statements):
                at[id, words].append(index)
        for each in sorted(self.own, key=lambda each: each.moved_to is not None):
            if same := at.get((each.entry, each.words)):
                if (place := (each.entry, same[0])) not in self.matches:
                    self.matches[place] = each
                elif each.moved_to in (None, REMOVED):
                    self.moves[each] = place
                if len(same) > 1:
                    same.pop(0)

    def _match_moved(self) -> None:
        """Find what is nowhere in its entry in others, where it must be new and the only one."""
        new: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for id, statements in self.words.items():
            for index, words in enumerate(statements):
                match = self.matches.get((id, index))
                if match is None or match.moved_to:
                    new[words].append((id, index))
        matched = set(self.matches.values())
        for each in (*self.own, *self.foreign):
            if (
                each not in matched
                and each not in self.moves
                and not each.moved_to
                and len(new.get(each.words, ())) == 1
            ):
                self.moves[each] = new[each.words][0]

    def _match_similar(self) -> None:
        """Match similar words in the same entry, and then in the one that replaces it, the closest first."""
        matched = set(self.matches.values())
        for lines in (self.own, self.foreign):
            left: dict[str, list[PublishedStatement]] = defaultdict(list)
            for each in lines:
                if each not in matched and each not in self.moves and not each.moved_to:
                    left[self._holder(each.entry)].append(each)
            for id, some in left.items():
                self._match_closest(id, some)

    def _match_closest(self, id: str, left: list[PublishedStatement]) -> None:
        pairs = [
            (-score, at, index)
            for index, each in enumerate(left)
            for at in self._free(id)
            if (score := self._similarity(each, id, at))
        ]
        done: set[int] = set()
        moved = {at for holder, at in self.moves.values() if holder == id}
        for _, at, index in sorted(pairs):
            if index in done or at in moved or (id, at) in self.matches:
                continue
            done.add(index)
            if left[index].entry == id:
                self.matches[id, at] = left[index]
            else:
                moved.add(at)
                self.moves[left[index]] = id, at

    def _similarity(self, each: PublishedStatement, id: str, at: int) -> float:
        """Return by how many percent *each* is like a statement of today, or 0 if it is another one."""
        words = self.words[id][at]
        turned = token_sort_ratio(each.words, words, processor=default_process)
        score = max(ratio(each.words, words), turned)
        same = each.cites and each.cites == self.cites[id][at]
        return score if score >= (MIN_SIMILARITY_WITH_SAME_CITES if same else MIN_SIMILARITY) else 0

    def _name_new(self) -> None:
        """Give every statement its address; new ones get none that was ever published."""
        taken: dict[str, set[str]] = defaultdict(set)
        for each in self.own:
            taken[each.entry].add(each.address)
        for id, statements in self.words.items():
            self.now[id] = []
            for at, words in enumerate(statements):
                match = self.matches.get((id, at))
                address = match.address if match else new_address(words, taken[id])
                taken[id].add(address)
                self.now[id].append(address)

    # --- where it leads

    def _place(self, each: PublishedStatement) -> StatementPlace:
        return StatementPlace(self._holder(each.entry), each.entry, each.address)

    def _follow(
        self, key: tuple[str, str], gone: Mapping[tuple[str, str], PublishedStatement]
    ) -> StatementPlace | None:
        """Return where what is gone is now, from one move to the next."""
        seen = {key}
        found: StatementPlace | None = None
        while key in gone:
            if (moved := self.moves.get(gone[key])) is not None:
                id, at = moved
                return StatementPlace(id, id, self.now[id][at])
            target = gone[key].moved_to
            if target is None:
                break
            if target not in gone:
                target = self._holder(target[0]), target[1]
            if target in seen or (target[0] not in self.words and target not in gone):
                break
            seen.add(target)
            key = target
            found = self._place(gone[key]) if key in gone else StatementPlace(key[0], key[0], key[1])
        return found
