"""Merge what was written, what comes in and what is there now."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from plan_explorer.documents.document import Key
from plan_explorer.editing.set_entry import flat
from plan_explorer.model.entities import Relation
from plan_explorer.model.statements import split_last_citation

Data = Any
"""What an author writes: text, lists and mappings."""

ALIKE = 60
"""How alike two statements are, of 100, if one is the other reworded."""

_NAMES = ("id", "section", "key", "name")


class _Nothing:
    """What is not there."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()


@dataclass(frozen=True)
class Conflict:
    """A place that was changed on both sides, and keeps what is there now."""

    key: Key
    """The way to it in what is there now; its last steps may be gone."""
    ours: Data
    theirs: Data


@dataclass
class Merge:
    """Merges three states of a value, and collects conflicts."""

    keep: Callable[[Key, Data], bool] | None = None
    """Whether something stays although the new state does not have it."""
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self, base: Data, ours: Data, theirs: Data, key: Key = ()) -> Data:
        """Return *ours* with what changed from *base* to *theirs*."""
        if _same(ours, theirs) or _same(base, theirs):
            return ours
        if theirs is NOTHING and self.keep and self.keep(key, ours):
            return ours
        nested = isinstance(ours, dict | list) and type(ours) is type(theirs) and not _is_counted(ours)
        if _same(base, ours) and not (self.keep and nested and _has_parts(ours)):
            return theirs
        if nested:
            return self._inside(base if type(base) is type(ours) else type(ours)(), ours, theirs, key)
        if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
            return self._text(base, ours, theirs, key)
        return self._conflict(ours, theirs, key)

    def _conflict(self, ours: Data, theirs: Data, key: Key) -> Data:
        self.conflicts.append(Conflict(key, ours, theirs))
        return ours

    def _inside(self, base: Data, ours: Data, theirs: Data, key: Key) -> Data:
        if isinstance(ours, dict):
            return self._mapping(base, ours, theirs, key)
        return self._list(base, ours, theirs, key)

    def _text(self, base: str, ours: str, theirs: str, key: Key) -> Data:
        """Merge words and the citation at their end apart."""
        parts = [split_last_citation(text) for text in (base, ours, theirs)]
        words, marks = zip(*parts, strict=True)
        if all(marks) and not (_three(*words) is None or _three(*marks) is None):
            return f"{_three(*words)} [{_three(*marks)}]"
        return self._conflict(ours, theirs, key)

    def _mapping(
        self, base: dict[str, Data], ours: dict[str, Data], theirs: dict[str, Data], key: Key
    ) -> Data:
        merged: dict[str, Data] = {}
        for name in dict.fromkeys([*ours, *theirs]):
            was, own, their = (each.get(name, NOTHING) for each in (base, ours, theirs))
            value = self.merge(was, own, their, (*key, name))
            if value is not NOTHING:
                merged[name] = value
        return merged

    # --- lists

    def _list(self, base: list[Data], ours: list[Data], theirs: list[Data], key: Key) -> Data:
        ours_of = dict(pairs(base, ours))
        theirs_of = dict(pairs(base, theirs))
        from_ours = {our: at for at, our in ours_of.items()}
        from_theirs = {their: at for at, their in theirs_of.items()}
        made: dict[tuple[str, int], Data] = {}
        for at, our in enumerate(ours):
            if at not in from_ours:  # added by hand
                made["ours", at] = our
        for at, before in enumerate(base):
            our = ours[ours_of[at]] if at in ours_of else NOTHING
            their = theirs[theirs_of[at]] if at in theirs_of else NOTHING
            place = ours_of.get(at, len(ours))
            value = self.merge(before, our, their, (*key, place))
            if value is not NOTHING:
                made["base", at] = value
        known = {_text(each) for tag, each in made.items() if tag[0] == "ours"}
        names = {_name(each) for each in made.values()} - {None}
        for at, their in enumerate(theirs):
            if at not in from_theirs:
                twin = next(
                    (tag for tag, each in made.items() if tag[0] == "ours" and _name(each) == _name(their)),
                    None,
                )
                if _name(their) is not None and twin:  # added on both sides
                    made[twin] = self.merge(NOTHING, made[twin], their, (*key, twin[1]))
                elif _text(their) not in known and _name(their) not in names:
                    made["theirs", at] = their
        ours_order = [("base", from_ours[at]) if at in from_ours else ("ours", at) for at in range(len(ours))]
        theirs_order = [
            ("base", from_theirs[at]) if at in from_theirs else ("theirs", at) for at in range(len(theirs))
        ]
        ours_order = [tag for tag in ours_order if tag in made]
        theirs_order = [tag for tag in theirs_order if tag in made]
        shared = set(ours_order) & set(theirs_order)
        if [tag for tag in ours_order if tag in shared] == sorted(shared):  # nobody moved anything here
            order = _woven(theirs_order, ours_order)
        else:
            order = _woven(ours_order, theirs_order)
        return [made[tag] for tag in order]


def _same(one: Data, other: Data) -> bool:
    if one is NOTHING or other is NOTHING:
        return one is other
    return bool(flat(one) == flat(other))


def _is_counted(value: Data) -> bool:
    """Return whether *value* is a list of numbers, of which each means something by its place."""
    return isinstance(value, list) and all(isinstance(each, str) and each.isdigit() for each in value)


def _has_parts(value: Data) -> bool:
    """Return whether *value* holds other lists or mappings."""
    return any(isinstance(e, dict | list) for e in (value.values() if isinstance(value, dict) else value))


def _three(base: str, ours: str, theirs: str) -> str | None:
    """Return what three states of a word make, or None if both sides changed it."""
    if ours in (base, theirs):
        return theirs
    return ours if base == theirs else None


def _text(value: Data) -> str:
    return repr(flat(value))


def _name(value: Data) -> Hashable:
    """Return that by which an item of a list is known, or None."""
    if not isinstance(value, dict):
        return None
    for name in _NAMES:
        if isinstance(value.get(name), str):
            return name, value[name]
    if "text" in value:
        return None  # a statement
    kind = next((key for key in value if key not in Relation.FIELDS), "")
    return (kind, value[kind]) if isinstance(value.get(kind), str) else None


def _words(value: Data) -> str:
    """Return the words of a statement without what it cites, to compare."""
    text = value.get("text", "") if isinstance(value, dict) else value
    return split_last_citation(text)[0] if isinstance(text, str) else _text(value)


def pairs(base: Sequence[Data], other: Sequence[Data]) -> list[tuple[int, int]]:
    """Return which item of *base* is which of *other*: by name, by words, or reworded at the same place."""
    names = [_name(each) for each in other]
    found: dict[int, int] = {}
    if base and all(_name(each) is not None for each in base):
        where: dict[Hashable, list[int]] = {}
        for at, name in enumerate(names):
            where.setdefault(name, []).append(at)
        for at, each in enumerate(base):
            if places := where.get(_name(each)):
                found[at] = places.pop(0)
        return list(found.items())
    old, new = [_words(each) for each in base], [_words(each) for each in other]
    matcher = SequenceMatcher(None, old, new, False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            found |= zip(range(start, end), range(first, last), strict=True)
        elif tag == "replace":
            found |= _reworded(old, new, (start, end), (first, last))
    left = {words: at for at, words in reversed(list(enumerate(new))) if at not in set(found.values())}
    for at, words in enumerate(old):  # moved
        if at not in found and words in left:
            found[at] = left.pop(words)
    return list(found.items())


def _reworded(
    old: Sequence[str], new: Sequence[str], here: tuple[int, int], there: tuple[int, int]
) -> dict[int, int]:
    """Return which statements of two stretches are alike, in order."""
    found: dict[int, int] = {}
    start = there[0]
    for at in range(*here):
        scored = [(fuzz.ratio(old[at], new[each]), -each) for each in range(start, there[1])]
        best = max(scored, default=(0, 0))
        if best[0] >= ALIKE:
            found[at] = -best[1]
            start = -best[1] + 1
    if not found and here[1] - here[0] == there[1] - there[0] == 1:
        return {here[0]: there[0]}
    return found


def _woven(order: list[tuple[str, int]], others: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return *order* with what only *others* have, each after the one that it follows there."""
    result = list(order)
    known = set(order)
    last: tuple[str, int] | None = None
    for tag in others:
        if tag not in known:
            result.insert(result.index(last) + 1 if last is not None else 0, tag)
            known.add(tag)
        last = tag
    return result
