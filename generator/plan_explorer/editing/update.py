"""Bring a newer version of an imported file into a plan, and keep what was edited."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.document import Key
from plan_explorer.documents.plan_files import read_documents
from plan_explorer.editing.entries import insert_entries, take_entry
from plan_explorer.editing.remove import remove_entries
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.set_entry import find_refusals, flat, set_entries
from plan_explorer.editing.three_way import NOTHING, Conflict, Merge, pairs
from plan_explorer.editing.workspace import Workspace
from plan_explorer.importers.clean_text import one_line
from plan_explorer.importers.last_import import (
    NAME,
    LastImport,
    Recognition,
    Written,
    entries_of,
    plain,
    read_last,
)
from plan_explorer.importers.report import Report
from plan_explorer.importers.safe_read import read_bytes, refuse
from plan_explorer.importers.yaml_writer import format_yaml
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.model.entities import Relation
from plan_explorer.model.statements import MARK, citations

Data = dict[str, Any]

SAID = ("summary", "statements", "wordings")
"""Where an import puts statements."""

NOT_IDS = ("name", "short", "text", "because", "reason", "summary", "statements", "label", "where")
"""Keys below which no text is an id."""


@dataclass
class Update:
    """What a newer file makes of a plan."""

    workspace: Workspace
    conflicts: list[Problem] = field(default_factory=list)
    """What was changed on both sides, and stays as it is in the plan."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    """The entries that the file no longer has, each with the entry that takes its place, if there is one."""
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Return in a line what was done."""
        parts = [
            (len(self.changed), "changed"),
            (len(self.added), "new"),
            (len(self.renamed), "renamed"),
            (len(self.removed), "removed"),
            (len(self.gone), "no longer in the file, and left in the plan (--remove)"),
        ]
        return "entries: " + (
            ", ".join(f"{number} {what}" for number, what in parts if number) or "as before"
        )

    def markdown(self, report: Report) -> str:
        """Return *report*, with what was changed on both sides in front of its details."""
        lines = ["", "## To settle: changed here and in the new file", ""] if self.conflicts else []
        lines += [f"- {each.location.path}:{each.location.line}: {_plain(each)}" for each in self.conflicts]
        for head, words in (
            ("Renamed", [f"{old} is now {new}" for old, new in self.renamed]),
            (
                "No longer in the file",
                [f"{id}{f', replaced by {heir}' if heir else ''}" for id, heir in self.gone],
            ),
            ("New", self.added),
            ("Also", self.notes),
        ):
            lines += ["", f"## {head}", "", *(f"- {each}" for each in words)] if words else []
        first, *rest = report.markdown().split("\n\n## ")
        counted = f"- **Update**: {self.summary().removeprefix('entries: ')}; {len(self.conflicts)} to settle"
        return "\n\n## ".join(["\n".join([first.rstrip("\n"), counted, *lines]), *rest]).rstrip("\n") + "\n"


def _plain(problem: Problem) -> str:
    return one_line(f"{problem.message}; {problem.hint}").replace("<", "‹").replace(">", "›")


def open_last(folder: Path) -> LastImport:
    """Return what the last import into *folder* wrote.

    Raises:
        PlanError: ``not-imported``, if nobody knows.
    """
    place = folder / NAME
    if not place.is_file():
        message = f"there is no {NAME} beside this plan, which says what the last import wrote"
        hint = (
            "import the file that the plan was made of once more, into another folder, and copy it from there"
        )
        raise refuse(str(folder), message, hint)
    return read_last(read_bytes(place, str(place)), str(place))


def refuse_to_lose_edits(folder: Path) -> None:
    """Refuse to overwrite the plan in *folder*, if there is one, if it was edited since it was imported.

    Raises:
        PlanError: ``edits-lost``, with the first entries that were.
    """
    if not (folder / SETTINGS).is_file():
        return
    if not (folder / NAME).is_file():
        message = f"nobody knows what was edited here: there is no {NAME} of an import"
        raise PlanError(
            [Problem("edits-lost", message, Location(str(folder)), "use --discard-edits as well")]
        )
    documents, unread = read_documents(folder, folder.as_posix())
    found = ["files that cannot be read"] if unread else edits(plain(documents), open_last(folder))
    if found:
        shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        message = f"edits since the last import would be lost: {shown}"
        hint = "use --update to keep them, or --discard-edits as well to lose them"
        raise PlanError([Problem("edits-lost", message, Location(str(folder)), hint)])


def update_plan(
    workspace: Workspace, last: LastImport, new: LastImport, known: Recognition, *, remove: bool = False
) -> Update:
    """Return what *workspace* becomes with what changed from *last* to *new*.

    Args:
        workspace: the plan as it is now.
        last: what the last import wrote.
        new: what an import of the newer file would write.
        known: what the entries of the last import are called now.
        remove: whether to remove entries that the file no longer has.

    Raises:
        PlanError: if an entry cannot be edited in place.
    """
    return _Update(workspace, last, new, known).run(remove=remove)


class _Update:
    def __init__(self, workspace: Workspace, last: LastImport, new: LastImport, known: Recognition) -> None:
        self.last, self.new = last, new
        self.result = Update(workspace)
        self.now = dict(known.now)
        fresh = new.keys
        for key, then in known.found.items():
            if then in self.now and self.now[then] != fresh[key]:
                self.result.renamed.append((self.now[then], fresh[key]))
                workspace = rename_entry(workspace, self.now[then], fresh[key])
                self.now[then] = fresh[key]
        self.heirs = {self.now.get(old, old): fresh[key] for old, key in known.heirs.items()}
        self.workspace = workspace
        self.files = plain(workspace.documents)
        self.ours = dict(entries_of(self.files))
        self.base = {
            self.now.get(id, id): Written(each.collection, _called(each.data, self.now), each.file)
            for id, each in last.entries.items()
        }
        self.theirs = new.entries

    def run(self, *, remove: bool) -> Update:
        """Merge, and write everything that is different."""
        base, ours, theirs = self.base, self.ours, self.theirs
        source = str(self.new.settings.get("primary", ""))
        renumber = _renumbered(_moved_sentences(base, theirs, source), source)
        wanted: dict[str, Data] = {}
        found: dict[str, list[Conflict]] = {}
        for id in ours:
            if id in theirs and id != source:
                was = renumber(base[id].data) if id in base else {}
                wanted[id], found[id] = _merge(was, renumber(ours[id].data), theirs[id].data)
            elif id not in self.base and id != source:
                wanted[id], found[id] = renumber(ours[id].data), []
        fresh = self._fresh()
        here = {*ours, *fresh, self.workspace.plan.settings.id}
        self._without_dangling(wanted, found, here)
        new_data = {id: self._linked(theirs[id].data, here) for id in fresh}
        settings, found[""] = self._settings()
        self._without_parents(settings, wanted)
        plan_id = self.workspace.plan.settings.id
        changes = {id: data for id, data in wanted.items() if flat(data) != flat(ours[id].data)}
        refused = find_refusals(self.workspace, changes)
        for id in refused:
            wanted[id] = ours[id].data
            del changes[id]
        self.result.changed = list(changes)
        rest = [each.data for id, each in ours.items() if id not in wanted]
        if source in ours and source in theirs:
            kept = _cited_passages([*wanted.values(), *new_data.values(), *rest], source)
            whole = _cited_passages([ours[id].data for id in refused], source)
            states = base[source].data if source in base else {}, ours[source].data, theirs[source].data
            was, own, their = (each.get("outline") or [] for each in states)
            outline = _merged_outline(was, own, their, kept, whole)
            data, found[source] = _merge(*({**each, "outline": outline} for each in states))
            if flat(data) != flat(ours[source].data):
                changes[source] = data
        if flat(settings) != flat(self.files[SETTINGS]):
            changes[plan_id] = settings
        edited = set_entries(self.workspace, changes)
        edited = self._relocated(edited)
        edited = insert_entries(edited, self._insertions(edited, fresh, new_data))
        self.result.added = list(fresh)
        edited = self._gone(edited, remove=remove)
        edited = self._without_passages(edited, source) if self.result.removed else edited
        self.result.workspace = edited
        self._report(found, list(refused.values()))
        return self.result

    # --- which entries there are

    def _fresh(self) -> dict[str, Written]:
        """Return the entries to be added: what is new, and not below what was removed by hand."""
        removed = {id for id in self.base if id not in self.ours}
        changed = [
            id
            for id in removed
            if id in self.theirs and flat(self.base[id].data) != flat(self.theirs[id].data)
        ]
        if changed:
            shown = ", ".join(sorted(changed)[:12])
            self.result.notes.append(f"removed by hand, though the new file changes it: {shown}")
        fresh: dict[str, Written] = {}
        for id, each in self.theirs.items():
            if id in self.ours or id in removed:
                continue
            if each.data.get("under") in removed - set(self.ours):
                removed.add(id)
                self.result.notes.append(
                    f"'{id}' is not added: it is under an entry that was removed by hand"
                )
            else:
                fresh[id] = each
        return fresh

    def _without_dangling(
        self, wanted: dict[str, Data], found: dict[str, list[Conflict]], here: set[str]
    ) -> None:
        """Take links to entries that were removed by hand out of what is *wanted*."""
        for id, data in wanted.items():
            own = self.ours[id].data
            under = data.get("under")
            if isinstance(under, str) and under not in here:
                found[id].append(Conflict(("under",), own.get("under"), under))
                data = {**data, "under": own.get("under")}
                if own.get("under") is None:
                    del data["under"]
            wanted[id] = self._linked(data, here)

    def _linked(self, data: Data, here: set[str]) -> Data:
        """Return *data* without links to what is not in the plan."""
        result = dict(data)
        for name in ("relations", "also_under"):
            values = result.get(name)
            if not isinstance(values, list):
                continue
            left = [each for each in values if _target(each) is None or _target(each) in here]
            if len(left) < len(values):
                self.result.notes.append(f"a link of '{data['id']}' to an entry removed by hand is left out")
                result[name] = left
                if not left:
                    del result[name]
        return result

    def _settings(self) -> tuple[Data, list[Conflict]]:
        """Return plan.yaml: no level, kind or language is taken away, and the plan keeps its id."""
        merge = Merge(keep=_is_lasting)
        ours = self.files[SETTINGS]
        theirs = {**self.new.settings, "id": ours.get("id")}
        base = {**_called(self.last.settings, self.now), "id": ours.get("id")}
        settings = merge.merge(base, ours, theirs)
        return settings, merge.conflicts

    def _without_parents(self, settings: Data, wanted: dict[str, Data]) -> None:
        """Take the parent from entries of levels that are at the top in the new file."""
        levels = [level for strand in settings.get("strands", []) for level in strand.get("levels", [])]
        at_top = {level["plural"] for level in levels if not level.get("under")}
        for id, own in self.ours.items():
            data = wanted.get(id, own.data)
            if own.collection in at_top and "under" in data:
                wanted[id] = {key: each for key, each in data.items() if key not in ("under", "also_under")}
                self.result.notes.append(
                    f"'{id}' is no longer under '{data['under']}': nothing of its kind is"
                )

    # --- where entries stand

    def _relocated(self, workspace: Workspace) -> Workspace:
        """Return *workspace* with entries in the lists that are theirs now."""
        moving = []
        for id, own in self.ours.items():
            if id not in self.theirs or id not in self.base:
                continue
            collection = self.theirs[id].collection
            if self.base[id].collection != collection and own.collection == self.base[id].collection:
                file, key = next(
                    (name, (own.collection, at))
                    for name, data in plain(workspace.documents).items()
                    for at, each in enumerate(data.get(own.collection) or ())
                    if name != SETTINGS and each.get("id") == id
                )
                workspace, lines = take_entry(workspace, file, key)
                moving.append((self.theirs[id].file, collection, None, lines))
        return insert_entries(workspace, moving)

    def _insertions(
        self, workspace: Workspace, fresh: Mapping[str, Written], data: Mapping[str, Data]
    ) -> Iterator[tuple[str, str, int | None, list[str]]]:
        """Yield where each new entry is to be inserted: after the one that it follows in the file."""
        places = {
            (collection, each["id"]): (file, at)
            for file, content in plain(workspace.documents).items()
            for collection, values in content.items()
            if file != SETTINGS and isinstance(values, list)
            for at, each in enumerate(values)
        }
        homes = defaultdict(list)
        for (collection, _), (file, _at) in places.items():
            homes[collection].append(file)
        last: dict[str, tuple[str, int | None]] = {}
        for id, each in self.theirs.items():
            if (each.collection, id) in places:
                last[each.collection] = places[each.collection, id]
            elif id in fresh:
                home = homes[each.collection][0] if homes[each.collection] else each.file
                start = -1 if homes[each.collection] else None
                file, after = last.setdefault(each.collection, (home, start))
                lines = format_yaml([data[id]]).decode().rstrip("\n").split("\n")
                yield file, each.collection, after, lines

    def _gone(self, workspace: Workspace, *, remove: bool) -> Workspace:
        """Return *workspace* without the entries that the file no longer has, if they are to be removed."""
        gone = [id for id in self.base if id in self.ours and id not in self.theirs]
        heirs = {id: self.heirs.get(id, "") for id in gone}
        if not remove:
            self.result.gone += heirs.items()
            return workspace
        self.result.removed += gone
        return remove_entries(workspace, {id: heir or self._parent(id) for id, heir in heirs.items()})

    def _without_passages(self, workspace: Workspace, source: str) -> Workspace:
        """Return *workspace* without the passages that only what was removed has cited."""
        here = dict(entries_of(plain(workspace.documents)))
        theirs = self.theirs[source].data["outline"]
        kept = _cited_passages([each.data for id, each in here.items() if id != source], source)
        kept |= {each["id"] for part in theirs for each in part["passages"]}
        outline = [
            {**part, "passages": passages}
            for part in here[source].data["outline"]
            if (passages := [each for each in part["passages"] if each["id"] in kept])
        ]
        return set_entries(workspace, {source: {**here[source].data, "outline": outline}})

    def _parent(self, id: str) -> str:
        under = self.ours[id].data.get("under")
        return under if isinstance(under, str) and under in self.theirs else ""

    # --- conflicts

    def _report(self, found: Mapping[str, list[Conflict]], refused: list[Problem]) -> None:
        """Turn conflicts into problems with the place at which the plan stays as it is."""
        documents = self.result.workspace.documents
        places = {
            each["id"]: (documents[file], (collection, at))
            for file, content in plain(documents).items()
            for collection, values in content.items()
            if file != SETTINGS and isinstance(values, list)
            for at, each in enumerate(values)
        }
        for id, conflicts in found.items():
            if not conflicts:
                continue
            document, key = places[id] if id else (documents[SETTINGS], ())
            of = f" of '{id}'" if id else ""
            for each in conflicts:
                self.result.conflicts.append(
                    document.problem(
                        "both-changed",
                        f"{_path(each.key)}{of} was changed here and in the new file",
                        (*key, *each.key),
                        f"the new file {_shown(each.theirs)}",
                        warning=True,
                    )
                )
        for problem in refused:
            message = f"the new file changes an entry that stays as it is: {problem.message}"
            where: Location = problem.location
            self.result.conflicts.append(Problem("both-changed", message, where, problem.hint, warning=True))


def edits(files: Mapping[str, Any], last: LastImport) -> list[str]:
    """Return the ids of what was edited, added or removed in *files* since the *last* import."""
    ours, base = dict(entries_of(files)), last.entries
    found = [id for id in {**base, **ours} if _data(ours.get(id)) != _data(base.get(id))]
    changed = flat(files.get(SETTINGS, {})) != flat(last.settings)
    return [*([SETTINGS] if changed else []), *found]


def _data(entry: Written | None) -> Any:
    return flat(entry.data) if entry else None


def _merge(base: Data, ours: Data, theirs: Data) -> tuple[Data, list[Conflict]]:
    """Merge an entry; former ids are never taken away."""
    merge = Merge()
    former = [each.get("formerly") or [] for each in (ours, theirs)]
    known = list(dict.fromkeys([*former[0], *former[1]]))
    with_former = {**theirs, "formerly": known} if known else theirs
    merged = merge.merge({**base, "formerly": former[0]}, ours, with_former)
    return merged, merge.conflicts


def _merged_outline(
    base: list[Data], ours: list[Data], theirs: list[Data], kept: set[str], whole: set[str]
) -> list[Data]:
    """Return the outline of the file: as it is now, with what is still cited, and titles that people gave.

    Args:
        base: the outline that the last import wrote.
        ours: the outline as it is in the plan.
        theirs: the outline of the new file.
        kept: the passages that are cited.
        whole: those that have to stay as they are, as what cites them does.
    """
    was, own = (
        {each["id"]: (part["section"], each) for part in outline for each in part.get("passages") or ()}
        for outline in (base, ours)
    )
    titles: dict[str, str] = {was[id][0]: own[id][0] for id in was if id in own and own[id][0] != was[id][0]}
    merge = Merge()
    sections: dict[str, list[Data]] = {}
    for part in theirs:
        title = str(part["section"])
        passages = sections.setdefault(titles.get(title) or title, [])
        for each in part["passages"]:
            id = each["id"]
            if id in whole and id in own:
                passages.append(own[id][1])
            elif id in was and id in own:
                passages.append(merge.merge(was[id][1], own[id][1], each))
            else:
                passages.append(each)
    here = {each["id"] for passages in sections.values() for each in passages}
    for id, (section, each) in own.items():
        if id not in here and (id in kept or id not in was):
            sections.setdefault(section, []).append(each)
    return [{"section": section, "passages": passages} for section, passages in sections.items()]


def _is_lasting(key: Key, value: Any) -> bool:
    """Return whether something in plan.yaml stays although the new file does not need it."""
    kinds = ("languages", "relations", "actor_kinds", "event_kinds", "term_kinds")
    return (isinstance(value, dict) and "id" in value) or len(key) == 1 or (len(key) == 2 and key[0] in kinds)


def _target(value: Any) -> str | None:
    """Return the id that an item of a list of links names, or None if it is no link."""
    if isinstance(value, str):
        return value
    kind = next((key for key in value if key not in Relation.FIELDS), "") if isinstance(value, dict) else ""
    return value[kind] if kind and isinstance(value[kind], str) else None


def _called(data: Any, ids: Mapping[str, str]) -> Any:
    """Return *data* with entries called as they are now."""
    if isinstance(data, dict):
        return {key: value if key in NOT_IDS else _called(value, ids) for key, value in data.items()}
    if isinstance(data, list):
        return [_called(each, ids) for each in data]
    return ids.get(data, data) if isinstance(data, str) else data


# --- citations


def _moved_sentences(
    base: Mapping[str, Written], theirs: Mapping[str, Written], source: str
) -> dict[tuple[str, int], int]:
    """Return where sentences of the file stand now, if they are elsewhere; 0 if they are gone."""
    moved: dict[tuple[str, int], int] = {}
    for id, each in base.items():
        if id in theirs:
            old, new = list(_places(each.data, source)), list(_places(theirs[id].data, source))
            words = [text for text, *_ in old], [text for text, *_ in new]
            where = dict(pairs(*words))
            for at, (_, passage, number) in enumerate(old):
                place = new[where[at]][2] if at in where else 0
                if place != number:
                    moved[passage, number] = place
    return moved


def _places(data: Data, source: str) -> Iterator[tuple[str, str, int]]:
    """Yield what an imported entry says with the sentence that it cites."""
    for name in SAID:
        for each in _listed(data.get(name)):
            told = each if isinstance(each, dict) else {"text": each}
            text = str(told["text"] if "text" in told else next(iter(told.values()), ""))
            listed = told.get("cites")
            for place in _cited([*MARK.findall(text), *_listed(listed)], source):
                yield flat(MARK.sub("", text)), *place
    others = [data.get("date"), data.get("target"), *_listed(data.get("relations"))]
    marks = [mark for each in others if isinstance(each, dict) for mark in _listed(each.get("cites"))]
    for place in sorted(set(_cited(marks, source))):
        yield "its dates, figures and links", *place


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _cited(marks: list[str], source: str) -> Iterator[tuple[str, int]]:
    for mark in marks:
        for place in citations(mark):
            if place.source == source and place.first:
                yield place.passage, place.first


def _renumbered(moved: Mapping[tuple[str, int], int], source: str) -> Callable[[Any], Any]:
    """Return a function that lets values cite the sentences of the file where they are now."""
    cited = re.compile(rf"(?<![\w-]){re.escape(source)} [^;\]]+")
    place = re.compile(r"(?P<passage>[^\s,]+)\.(?P<first>\d+)(?:(?P<to>[-–])(?P<last>\d+))?(?=\s*(?:,|$))")

    def again(match: re.Match[str]) -> str:
        passage = match["passage"]
        numbers = [
            moved.get((passage, int(each)), int(each)) for each in match.group("first", "last") if each
        ]
        if not all(numbers) or numbers != sorted(numbers):
            return passage  # the sentence is gone
        return f"{passage}.{(match['to'] or '').join(map(str, numbers))}"

    def in_places(words: str) -> str:
        return cited.sub(lambda match: place.sub(again, match[0]), words)

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walk(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [walk(each, key) for each in value]
        if not isinstance(value, str):
            return value
        return in_places(value) if key in ("cites", "seen") else MARK.sub(lambda m: in_places(m[0]), value)

    return walk if moved else lambda value: value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield flat(value)


def _cited_passages(values: list[Data], source: str) -> set[str]:
    """Return the passages of *source* that are cited."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(source)} ([^;\]]+)")
    found: set[str] = set()
    for value in values:
        for text in _strings(value):
            for match in pattern.finditer(text):
                found |= {re.sub(r"\.[\d–-]+$", "", each.strip()) for each in match[1].split(",")}
    return found


# --- words


def _path(key: Key) -> str:
    return "/".join(str(step + 1 if isinstance(step, int) else step) for step in key) or "it"


def _shown(value: Any) -> str:
    if value is NOTHING or value is None:
        return "no longer has it"
    if isinstance(value, dict):
        value = "; ".join(f"{key}: {each}" for key, each in value.items())
    return f"says: {flat(value) if isinstance(value, str) else value}"
