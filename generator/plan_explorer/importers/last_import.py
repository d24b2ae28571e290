"""Remember what an import wrote, so that the next one can tell edits from it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.documents.document import Document
from plan_explorer.documents.plan_files import is_csv, parse_documents
from plan_explorer.importers.clean_text import one_line, title
from plan_explorer.importers.draft import Draft, DraftEntry
from plan_explorer.importers.format import Imported
from plan_explorer.importers.ids import KnownIds
from plan_explorer.importers.safe_read import as_dict, as_line, parse_json, refuse
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.loading.plan_json import compact
from plan_explorer.model.plan import Plan

NAME = "import.json"
"""The file beside the plan that says what the last import wrote."""

FORM = "plan-explorer/import-1"

Data = dict[str, Any]

_PLACE = re.compile(r"(?:^row |\bin line |^object-|\[)\d+\]?$")


@dataclass(frozen=True)
class Written:
    """An entry as it was written."""

    collection: str
    data: Data
    file: str


@dataclass(frozen=True)
class LastImport:
    """What the last import wrote."""

    format: str
    """The id of the format."""
    file: str
    """The name of the file."""
    files: Mapping[str, Data]
    """What it wrote, by the name of the file."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The id of each entry, by what the imported file calls it."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """The passages that are not called like their entries, by the same key."""
    mapping: str = ""
    """The meanings of a table's columns."""

    def text(self) -> str:
        """Return it as JSON with a line for each entry, so that versions can be compared."""
        head = {"format": FORM, "from": self.format, "file": self.file, "mapping": self.mapping}
        lines = [f"{compact(key)}:{compact(value)}" for key, value in head.items()]
        lines += [f'"keys":{_object(self.keys)}', f'"passages":{_object(self.passages)}']
        files = [f"{compact(name)}:{_object(data)}" for name, data in sorted(self.files.items())]
        return "{" + ",\n".join([*lines, '"files":{\n' + ",\n".join(files) + "}"]) + "}\n"

    @property
    def entries(self) -> dict[str, Written]:
        """Every entry that it wrote, by its id."""
        return dict(entries_of(self.files))

    @property
    def settings(self) -> Data:
        """What it wrote to plan.yaml."""
        return self.files.get(SETTINGS, {})


def _object(data: Mapping[str, Any]) -> str:
    lines = [
        f"{compact(key)}:[\n" + ",\n".join(map(compact, value)) + "]"
        if isinstance(value, list) and value
        else f"{compact(key)}:{compact(value)}"
        for key, value in data.items()
    ]
    return "{\n" + ",\n".join(lines) + "}" if lines else "{}"


def entries_of(files: Mapping[str, Any]) -> Iterator[tuple[str, Written]]:
    """Yield every entry in *files* but views, by its id."""
    for name, data in files.items():
        for collection, values in data.items() if name != SETTINGS and isinstance(data, dict) else ():
            for each in values if isinstance(values, list) else ():
                if isinstance(each, dict) and isinstance(each.get("id"), str):
                    yield each["id"], Written(collection, each, name)


def remember(
    format: str, file: str, imported: Imported, documents: Mapping[str, Document] | None = None
) -> LastImport:
    """Return what is to be remembered of an import; *documents* are its files, if they were read already."""
    if documents is None:
        texts = {name: content.decode() for name, content in imported.files.items()}
        documents, _ = parse_documents(texts, "")
    files = plain(documents)
    keys = imported.keys or {id: id for id, _ in entries_of(files)}
    return LastImport(format, file, files, keys, imported.passages, imported.mapping.decode())


def plain(documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return what *documents* with entries say, by file."""
    return {name: document.data or {} for name, document in documents.items() if not is_csv(name)}


def read_last(raw: bytes, shown: str) -> LastImport:
    """Return what the last import wrote.

    Raises:
        PlanError: ``not-imported``, if the file is damaged.
    """
    data = as_dict(parse_json(raw, shown))
    files = {name: as_dict(each) for name, each in as_dict(data.get("files")).items()}
    keys = {key: as_line(id) for key, id in as_dict(data.get("keys")).items()}
    if data.get("format") != FORM or SETTINGS not in files:
        raise refuse(shown, "this is not what an import remembers", "restore the file, or import once more")
    passages = {key: as_line(id) for key, id in as_dict(data.get("passages")).items()}
    mapping = str(data.get("mapping") or "")
    return LastImport(as_line(data.get("from")), as_line(data.get("file")), files, keys, passages, mapping)


@dataclass
class Recognition:
    """Finds the entries of the last import again: those of a new file, and those of the plan."""

    last: LastImport
    plan: Plan
    taken: Iterable[str] = ()
    """Ids that were ever published."""
    heirs: dict[str, str] = field(default_factory=dict)
    """The keys of entries into which others were merged, by the ids of these in the last import."""
    found: dict[str, str] = field(default_factory=dict)
    """The ids in the last import, by the keys of the new file."""

    def __post_init__(self) -> None:
        former = {old: entity.id for entity in self.plan for old in entity.formerly}
        written = self.last.entries
        self.now: dict[str, str] = {}
        """What entries of the last import are called now, by their ids then; without those that are gone."""
        for id in written:
            if id in self.plan:
                self.now[id] = id
            elif former.get(id, id) in self.plan and former[id] not in written:
                self.now[id] = former[id]

    def __call__(self, draft: Draft) -> KnownIds:
        """Return what the entries of *draft* are called already."""
        then = self.found = self._match(draft)
        ids = {key: self.now.get(id, id) for key, id in then.items()}
        first = {id: key for key, id in self.last.keys.items()}
        passages = {key: self.last.passages.get(first[id], id) for key, id in then.items()}
        used = {*self.plan.entries, *self.plan.successors, *self.last.entries, *self.taken}
        used |= set(self.last.passages.values())
        chosen = {now for old, now in self.now.items() if now != old}
        own = {*ids.values(), self.plan.settings.id, *(view.id for view in self.plan.settings.views)}
        own |= {id for id in self.last.entries if id not in self.last.keys.values()}  # the file itself
        written = self.last.entries
        former = {key: list(old) for key, id in then.items() if (old := written[id].data.get("formerly"))}
        return KnownIds(ids, frozenset(chosen), passages, former, frozenset(used - own))

    def _match(self, draft: Draft) -> dict[str, str]:
        """Return the ids in the last import, by the keys in *draft*: by key, by number, by name."""
        keys, written, entries = self.last.keys, self.last.entries, draft.entries
        levels = {
            level["plural"]: level["id"]
            for strand in self.last.settings.get("strands", [])
            for level in strand["levels"]
        }

        def match(old: Mapping[str, str], new: Mapping[str, str]) -> None:
            """Match what is called the same, if only one of the old and one of the new is."""
            left = set(written) - set(found.values())
            named = {name: id for id, name in old.items() if id in left}
            often = Counter(name for id, name in old.items() if id in left)
            anew = Counter(name for key, name in new.items() if key not in found)
            for key, name in new.items():
                if name and key not in found and often[name] == anew[name] == 1:
                    found[key] = named[name]

        kinds = {id: levels.get(each.collection, each.collection) for id, each in written.items()}
        names = {id: f"{_kind(kinds[id])} {_first_name(each.data)}" for id, each in written.items()}
        again = {e.key: f"{_kind(e.kind)} {title(e.name)}" for e in entries if e.name}
        found = {
            entry.key: keys[entry.key]
            for entry in entries
            if entry.key in keys
            and (not _is_place(entry) or again.get(entry.key) == names.get(keys[entry.key]))
        }
        codes = {id: one_line(str(each.data.get("code") or "")) for id, each in written.items()}
        match(codes, {entry.key: one_line(entry.code) for entry in entries})
        match(codes, {entry.key: one_line(entry.formerly[0]) for entry in entries if entry.formerly})
        match(names, again)
        left = {code: id for id, code in codes.items() if code and id not in set(found.values())}
        self.heirs |= {left[old]: entry.key for entry in entries for old in entry.formerly if old in left}
        return found


def _is_place(entry: DraftEntry) -> bool:
    """Return whether an entry is known by no more than its place, which moves with what is put before it."""
    return entry.key == entry.where or bool(_PLACE.search(entry.key))


def _kind(level: str) -> str:
    return level.removeprefix("top-")


def _first_name(data: Data) -> str:
    names = data.get("name")
    first = next(iter(names.values()), "") if isinstance(names, dict) else names
    return str(first.get("text", "")) if isinstance(first, dict) else str(first or "")
