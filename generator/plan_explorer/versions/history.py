"""How a plan came to be what it is: its kept versions, and what changed from each to the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plan_explorer.model.dates import Period
from plan_explorer.model.plan import Plan
from plan_explorer.versions.diff import Change, Kind, compare_plans, successors
from plan_explorer.versions.diff_formats import by_kind, counted

_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class EntryChange:
    """A change, and which entry it is about today."""

    change: Change
    now: str
    """The id that the entry has today; empty if it is gone."""


@dataclass(frozen=True)
class VersionStep:
    """What changed from one version to the next."""

    version: str
    """What the newer version is called in addresses; later ones sort after earlier ones."""
    before: Period
    after: Period
    told: tuple[EntryChange, ...]

    @property
    def path(self) -> str:
        """The Markdown file of its page."""
        return f"changes/{self.version}.md"

    @property
    def day(self) -> date:
        """The day of the newer version."""
        return self.after.last or self.after.first or date.min

    @property
    def counts(self) -> str:
        """How many changes of each kind there are, in words."""
        return counted(told.change for told in self.told)

    @property
    def entries(self) -> list[str]:
        """The ids of today of the entries that changed, each once."""
        return [id for id in dict.fromkeys(told.now for told in self.told) if id]

    def by_kind(self) -> dict[Kind, list[EntryChange]]:
        """Return the changes by their kind, the most important first."""
        found: dict[Kind, list[EntryChange]] = {
            kind: [] for kind in by_kind(told.change for told in self.told)
        }
        for told in self.told:
            found[told.change.kind].append(told)
        return found


@dataclass(frozen=True, eq=False)
class History:
    """Every step, the newest first."""

    plan: str
    """The id of the plan."""
    steps: tuple[VersionStep, ...]

    @cached_property
    def _by_entry(self) -> dict[str, list[tuple[VersionStep, list[Change]]]]:
        found: dict[str, list[tuple[VersionStep, list[Change]]]] = {}
        for step in self.steps:
            own: dict[str, list[Change]] = {}
            for told in step.told:
                own.setdefault(told.now, []).append(told.change)
            for id, changes in own.items():
                found.setdefault(id, []).append((step, changes))
        return found

    def of(self, id: str) -> list[tuple[VersionStep, list[Change]]]:
        """Return the steps in which the entry changed that has the id *id* today, with its changes."""
        return self._by_entry.get(id, [])


def build_history(versions: Sequence[Plan], plan: Plan) -> History | None:
    """Return the history of *plan* through its kept *versions*, or None if there is none to tell."""
    older = sorted(versions, key=lambda version: version.settings.as_of.sort_key)
    steps = list(_steps([*older, plan]))
    return History(plan.settings.id, tuple(reversed(steps))) if steps else None


def _steps(plans: list[Plan]) -> Iterator[VersionStep]:
    today: dict[str, str] = {entity.id: entity.id for entity in plans[-1]}
    ways = [today]  # for each version, from the newest: the id of today by the id of then
    for at in range(len(plans) - 2, -1, -1):
        then = successors(plans[at], plans[at + 1])
        ways.append({was: ways[-1].get(id, "") for was, id in then.items()})
    ways.reverse()
    taken: set[str] = set()
    for at in range(len(plans) - 1):
        old, new = plans[at], plans[at + 1]
        changes = compare_plans(old, new)
        if changes:
            told = tuple(EntryChange(change, _now(change, ways[at + 1])) for change in changes)
            version = _version(new.settings.as_of, taken)
            yield VersionStep(version, old.settings.as_of, new.settings.as_of, told)


def _now(change: Change, way: dict[str, str]) -> str:
    return "" if change.kind == "removed" else way.get(change.id, "")


def _version(as_of: Period, taken: set[str]) -> str:
    base = _NO_WORD.sub("-", as_of.edtf.lower()).strip("-")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name
