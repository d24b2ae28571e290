"""Trace a plan's changes through its published versions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, count, pairwise

from plan_explorer.model.dates import Period
from plan_explorer.model.plan import Plan
from plan_explorer.translation import gettext
from plan_explorer.versions.diff import LABELS, Change, Kind, compare_plans, successors
from plan_explorer.versions.diff_formats import count_by_kind

_SEPARATORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class EntryChange:
    """A change, and the entry's current id."""

    change: Change
    now: str
    """The current id of the entry; empty if it no longer exists."""


@dataclass(frozen=True)
class VersionStep:
    """The changes from one version to the next."""

    version: str
    """The newer version's name in addresses, unique and sorted by date."""
    before: Period
    after: Period
    changes: tuple[EntryChange, ...]

    @property
    def path(self) -> str:
        """The Markdown file of its page."""
        return f"changes/{self.version}.md"

    @property
    def title(self) -> str:
        """What its page is called."""
        return gettext("Changes from %(before)s to %(after)s", before=self.before, after=self.after)

    @property
    def day(self) -> date:
        """The day of the newer version."""
        return self.after.last or self.after.first or date.min

    @property
    def counts(self) -> str:
        """The number of changes of each kind, in words."""
        return count_by_kind(entry.change for entry in self.changes)

    @property
    def entries(self) -> list[str]:
        """The current ids of the entries that changed, without duplicates."""
        return [id for id in dict.fromkeys(entry.now for entry in self.changes) if id]

    def by_kind(self) -> dict[Kind, list[EntryChange]]:
        """Return the changes by kind, most important first."""
        groups: dict[Kind, list[EntryChange]] = defaultdict(list)
        for entry in self.changes:
            groups[entry.change.kind].append(entry)
        return {kind: groups[kind] for kind in LABELS if kind in groups}


@dataclass(frozen=True, eq=False)
class History:
    """All steps, newest first."""

    plan: str
    """The id of the plan."""
    steps: tuple[VersionStep, ...]

    @cached_property
    def _by_entry(self) -> dict[str, list[tuple[VersionStep, list[Change]]]]:
        by_entry: dict[str, list[tuple[VersionStep, list[Change]]]] = defaultdict(list)
        for step in self.steps:
            changes_by_id: dict[str, list[Change]] = defaultdict(list)
            for entry in step.changes:
                changes_by_id[entry.now].append(entry.change)
            for id, changes in changes_by_id.items():
                by_entry[id].append((step, changes))
        return by_entry

    def of(self, id: str) -> list[tuple[VersionStep, list[Change]]]:
        """Return the steps that changed an entry, by current id."""
        return self._by_entry.get(id, [])


def build_history(versions: Sequence[Plan], plan: Plan) -> History | None:
    """Return the history of *plan*, or None if nothing changed."""
    older = sorted(versions, key=lambda version: version.settings.as_of.sort_key)
    steps = list(_steps([*older, plan]))
    return History(plan.settings.id, tuple(reversed(steps))) if steps else None


def _steps(plans: list[Plan]) -> Iterator[VersionStep]:
    today: dict[str, str] = {entity.id: entity.id for entity in plans[-1]}
    current_ids = [today]  # newest version first: the current id by the id then
    for old, new in reversed(list(pairwise(plans))):
        renamed = successors(old, new)
        current_ids.append({was: current_ids[-1].get(id, "") for was, id in renamed.items()})
    current_ids.reverse()
    taken: set[str] = set()
    for (old, new), ids in zip(pairwise(plans), current_ids[1:], strict=True):
        changes = tuple(
            EntryChange(change, "" if change.kind == "removed" else ids.get(change.id, ""))
            for change in compare_plans(old, new)
        )
        if changes:
            version = _version(new.settings.as_of, taken)
            yield VersionStep(version, old.settings.as_of, new.settings.as_of, changes)


def _version(as_of: Period, taken: set[str]) -> str:
    date = _SEPARATORS.sub("-", as_of.edtf.lower()).strip("-")
    numbered = (f"{date}-{number}" for number in count(2))
    name = next(each for each in chain([date], numbered) if each not in taken)
    taken.add(name)
    return name
