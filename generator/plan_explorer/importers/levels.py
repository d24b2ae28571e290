"""Arrange levels so that none is partly at the top."""

from collections import Counter
from dataclasses import dataclass, replace

from plan_explorer.checking.settings import RESERVED_FOLDERS
from plan_explorer.importers.clean_text import slug
from plan_explorer.importers.draft import ACTOR, EVENT, SOURCE, TERM, Draft, DraftEntry, DraftLevel

GENERAL = (ACTOR, EVENT, TERM, SOURCE)
TOP = "top-"
"""The prefix of an extra level for entries at the top, when others of their kind have parents."""


@dataclass(frozen=True)
class PlacedLevel:
    """A level with the levels of its parents."""

    level: DraftLevel
    plural: str
    under: tuple[str, ...]


def arrange_levels(draft: Draft) -> list[PlacedLevel]:
    """Return the used levels, and fix invalid parents.

    Such links are cut and recorded in the draft.
    """
    _known_parents(draft)
    _cut_cycles(draft)
    _keep_order(draft)
    _split_top_levels(draft)
    known = {entry.key: entry for entry in draft.entries}
    under: dict[str, dict[str, None]] = {level.id: {} for level in draft.levels}
    used = set()
    for entry in draft.entries:
        if entry.kind in under:
            used.add(entry.kind)
            under[entry.kind] |= dict.fromkeys(known[parent].kind for parent in entry.under)
    levels = [level for level in draft.levels if level.id in used]
    taken = {*RESERVED_FOLDERS, *GENERAL}
    usual_first = sorted(levels, key=lambda level: level.id.startswith(TOP))
    plurals = {level.id: _plural(level, taken) for level in usual_first}
    return [PlacedLevel(level, plurals[level.id], tuple(under[level.id])) for level in levels]


def _plural(level: DraftLevel, taken: set[str]) -> str:
    made = slug(level.many) or f"{level.id}-entries"
    options = [made, f"{level.id}-entries", f"{made}-below", *(f"{made}-{n}" for n in range(2, 99))]
    plural = next(option for option in options if option not in taken)
    taken.add(plural)
    return plural


def _known_parents(draft: Draft) -> None:
    levels = {level.id for level in draft.levels}
    known = {entry.key for entry in draft.entries if entry.kind in levels}
    actors = {entry.key for entry in draft.entries if entry.kind == ACTOR}
    for entry in draft.entries:
        fitting = known if entry.kind in levels else actors if entry.kind == ACTOR else set()
        for parent in entry.under:
            if parent not in fitting:
                draft.drop("the link to a parent that is not in the file", f"{entry.where}: {parent[:80]}")
        entry.under = [each for each in dict.fromkeys(entry.under) if each in fitting]


def _cut_cycles(draft: Draft) -> None:
    """Cut the last link of every cycle of parents."""
    above = {entry.key: entry for entry in draft.entries}
    done: set[str] = set()
    for start in draft.entries:
        way: list[tuple[DraftEntry, int]] = [(start, 0)]
        open_now = {start.key}
        while way:
            entry, at = way.pop()
            if at >= len(entry.under) or entry.key in done:
                done.add(entry.key)
                open_now.discard(entry.key)
                continue
            parent = entry.under[at]
            if parent in open_now:
                entry.under.remove(parent)
                draft.drop("the link to a parent that is below it", f"{entry.where}: {parent[:80]}")
                way.append((entry, at))
                continue
            way.append((entry, at + 1))
            if parent not in done:
                open_now.add(parent)
                way.append((above[parent], 0))


def _keep_order(draft: Draft) -> None:
    """Give siblings of several kinds one kind, where a list by kind would change their order."""
    levels = {level.id: (at, level) for at, level in enumerate(draft.levels)}
    siblings: dict[tuple[str, str, str], list[DraftEntry]] = {}
    for entry in draft.entries:
        if entry.kind in levels:
            level = levels[entry.kind][1]
            place = (*entry.under[:1], "")[0], level.strand, level.page
            siblings.setdefault(place, []).append(entry)
    for entries in siblings.values():
        ranks = [levels[entry.kind][0] for entry in entries]
        if ranks != sorted(ranks):
            kind = Counter(entry.kind for entry in entries).most_common(1)[0][0]
            name = levels[kind][1].many.lower()
            for entry in entries:
                if entry.kind != kind:
                    draft.change(f"to keep the order, it is among {name}", entry.where)
                    entry.kind = kind


def _split_top_levels(draft: Draft) -> None:
    """Move entries without a parent to an extra level."""
    for level in list(draft.levels):
        entries = list(draft.entries_of(level.id))
        top = [entry for entry in entries if not entry.under]
        if top and len(top) < len(entries):
            upper = replace(level, id=f"{TOP}{level.id}", page="own")
            draft.levels.insert(draft.levels.index(level), upper)
            for entry in top:
                entry.kind = upper.id
