"""Add a mapping between two frameworks to the plan of one of them, or of both."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.editing.additions import Added, declare, refuse_second, report_on
from plan_explorer.editing.set_entry import set_entries
from plan_explorer.editing.workspace import Workspace
from plan_explorer.importers.clean_text import escape_citations, one_line, slug, title
from plan_explorer.importers.last_import import LastImport
from plan_explorer.importers.mapping import INVERSE, End, FilePair, FrameworkMapping, MappingSet
from plan_explorer.importers.safe_read import refuse
from plan_explorer.importers.yaml_writer import HEADER, FlowDict, FlowList, format_yaml, without_empty
from plan_explorer.model.entities import Source
from plan_explorer.model.plan import Plan

Data = dict[str, Any]

UNKNOWN = "a pair of which the plan has no end"
MAX_HINTS = 20
"""The most unknown ends for which the nearest code is looked for."""

_ZERO = re.compile(r"(?<![\d.])0+(?=\d)")
_NUMBER = re.compile(r"(\d+)")


def add_mapping(
    workspace: Workspace,
    mapping: FrameworkMapping,
    format: str,
    file: str,
    shown: str,
    last: LastImport | None,
    *,
    replace: bool = False,
) -> Added:
    """Return *workspace* with *mapping* added.

    Args:
        workspace: the plan.
        mapping: what the file says.
        format: what reports call the format.
        file: the name of the file.
        shown: the name of the file in messages.
        last: what the import wrote that the plan was made by, if it was made so.
        replace: whether to replace what was added of a file of this name before.

    Raises:
        PlanError: ``not-imported``, if the plan has none of its entries;
            ``not-ours``, if it was added before.
    """
    return _Addition(workspace, mapping, format, file, shown, last).add(replace=replace)


@dataclass
class _Crosswalk:
    """The pairs with one other framework."""

    to: str
    others: dict[str, End] = field(default_factory=dict)
    pairs: dict[tuple[str, str, str], FilePair] = field(default_factory=dict)
    """The pairs by entry, kind and code."""
    relations: dict[tuple[str, str, str], FilePair] = field(default_factory=dict)
    """The pairs within the plan, by entry, kind and entry."""


class _Addition:
    def __init__(
        self,
        workspace: Workspace,
        mapping: FrameworkMapping,
        format: str,
        file: str,
        shown: str,
        last: LastImport | None,
    ) -> None:
        self.workspace, self.mapping, self.last = workspace, mapping, last
        self.format, self.file, self.shown = format, file, shown
        self.plan: Plan = workspace.plan
        self._keys = dict(self._known_keys())
        self._codes = dict(self._known_codes())
        self._hints: dict[str, str] = {}
        self._found: dict[str, _Crosswalk] = {}
        self._kinds: dict[str, tuple[str, str]] = {}
        stem = slug(file.rsplit(".", 1)[0].removesuffix(".sssom"))
        self.id = stem.removeprefix("mapping-") or "crosswalk"
        if self.id in workspace.plan and not self._is_added(self.id):
            self.id = f"crosswalk-{self.id}"
        self.source = f"mapping-{self.id}"

    def add(self, *, replace: bool) -> Added:
        """Return the plan with the mapping."""
        path = f"crosswalk-{self.id}.yaml"
        refuse_second(self.workspace, path, "mapping", replace=replace)
        if path in self.workspace.files:
            self._take_back(path)
        for each in self.mapping.sets:
            self._match(each)
        if not any(each.pairs or each.relations for each in self._found.values()):
            raise self._refusal()
        edited = self._with_kinds(self.workspace)
        edited = edited.put(path, self._file().decode())
        edited = self._with_relations(edited)
        number = sum(len(each.pairs) + len(each.relations) for each in self._found.values())
        counts = {"pair" if number == 1 else "pairs": number}
        report = report_on(self.format, self.file, counts, self.mapping.changed, self.mapping.dropped)
        return Added(edited, report, ", ".join(self._ids()))

    def _is_added(self, id: str) -> bool:
        return f"crosswalk-{id}.yaml" in self.workspace.files

    def _take_back(self, path: str) -> None:
        """Take out of the plan what was added before: the file, and the relations that rest on it."""
        wanted: dict[str, Data] = {}
        for id, entry in self.plan.entries.items():
            resting = [
                at
                for at, each in enumerate(entry.entity.relations)
                if any(place.source == self.source for place in each.says.cites)
            ]
            if resting and entry.key:
                data = dict(_value(entry.document.data, entry.key))
                left = [each for at, each in enumerate(data["relations"]) if at not in resting]
                wanted[id] = {**data, "relations": left} if left else _without(data, "relations")
        edited = set_entries(self.workspace, wanted) if wanted else self.workspace
        self.workspace = edited.put(path, None)
        self.plan = self.workspace.plan

    # --- the entries of the plan

    def _known_keys(self) -> Iterator[tuple[str, str]]:
        """Yield what the imported file calls entries, with their ids now."""
        now = self.plan.successors
        for key, id in self.last.keys.items() if self.last else ():
            here = id if id in self.plan else now.get(id, "")
            if here:
                yield key.casefold(), here

    def _known_codes(self) -> Iterator[tuple[str, str]]:
        """Yield what can stand for one entry only: its code, else its id."""
        items = [item for item in self.plan.items if item.code]
        often = Counter(_folded(item.code) for item in items)
        yield from ((entity.id, entity.id) for entity in self.plan if not isinstance(entity, Source))
        yield from ((_folded(item.code), item.id) for item in items if often[_folded(item.code)] == 1)

    def _by_key(self, end: End) -> str:
        return next((self._keys[key.casefold()] for key in end.keys if key.casefold() in self._keys), "")

    def _by_code(self, end: End) -> str:
        """Return the id of the entry with the code of *end*, or of the one that it is a part of."""
        codes = filter(None, (end.code, end.code.rpartition(":")[2], end.within))
        found = (self._codes[code] for code in map(_folded, codes) if code in self._codes)
        return self._by_key(end) or next(found, "")

    # --- which side is that of the plan

    def _match(self, each: MappingSet) -> None:
        """Sort the pairs of a set into those with another framework and those within the plan."""
        ends = [list(each.ends(side)) for side in (0, 1)]
        named = [sum(bool(self._by_key(end)) for end in some if _is_global(end)) for some in ends]
        coded = [sum(bool(self._by_code(end)) for end in some) for some in ends]
        shares = [number / max(len(some), 1) for number, some in zip(coded, ends, strict=True)]
        find: list[Callable[[End], str]] = [self._by_code, self._by_code]
        if any(named):
            find = [self._by_key, self._by_key]
        elif not each.is_within:
            side = 0 if shares[0] >= shares[1] else 1
            if shares[0] == shares[1] and shares[0]:
                what = "codes of both sides are those of the plan: the first side is taken for the plan"
                self.mapping.change(what, f"{each.source} to {each.target}")
            find[1 - side] = lambda _end: ""
        for pair in each.pairs:
            self._pair(pair, each, find[0](pair.source), find[1](pair.target))
        hits = [sum(bool(find[side](end)) for end in ends[side]) for side in (0, 1)]
        self._lonely(each, 0 if hits[0] >= hits[1] else 1)

    def _pair(self, pair: FilePair, each: MappingSet, source: str, target: str) -> None:
        if not source and not target:
            shown = pair.source if len(self._hints) < MAX_HINTS else None
            hint = self._hint(pair.source) if shown else ""
            self.mapping.drop(UNKNOWN, f"{pair.where}: {pair.source.code}, {pair.target.code}{hint}")
            return
        back = not source
        theirs, framework = (pair.source, each.source) if back else (pair.target, each.target)
        kind = self._kind(pair.kind, back=back)
        entry = target if back else source
        part = self._part(pair, pair.target if back else pair.source, entry)
        found = self._found.setdefault(framework.casefold(), _Crosswalk(framework))
        if source and target:
            place = found.relations, (source, kind, target)
        else:
            code = one_line(theirs.code)
            known = found.others.get(code)
            found.others[code] = known if known and known.name else theirs
            place = found.pairs, (entry, kind, code)
        rows, key = place
        said = rows[key].because if key in rows else ""
        more = [each for each in (pair.because, part) if each and each not in said]
        if key in rows and not more:
            self.mapping.change("a pair that is given more than once is kept once", pair.where)
        elif key in rows:
            rows[key] = dataclasses.replace(rows[key], because=" ".join([said, *more]))
            self.mapping.change("pairs of the same two entries are joined, with their reasons", pair.where)
        elif source and source == target:
            self.mapping.drop("a pair of an entry with itself", f"{pair.where}: {pair.source.code}")
        else:
            rows[key] = dataclasses.replace(pair, because=" ".join(more))
            self._kinds[kind] = self._words(pair.kind, back=back)

    def _part(self, pair: FilePair, end: End, entry: str) -> str:
        """Return what part of the *entry* the pair is about, if the plan has no entry for that."""
        if not end.within or entry in (self._codes.get(_folded(end.code)), self._by_key(end)):
            return ""
        what = "a part of an entry stands for the entry, and the pair says so"
        self.mapping.change(what, f"{pair.where}: {end.code}")
        return f"Part {end.code}."

    def _lonely(self, each: MappingSet, ours: int) -> None:
        """List the entries of the other framework of which the file says that they have no counterpart."""
        framework = (each.source, each.target)[1 - ours]
        found = self._found.get(framework.casefold())
        for end in each.lonely[1 - ours] if found else ():
            assert found
            found.others.setdefault(one_line(end.code), end)

    def _hint(self, end: End) -> str:
        codes = [item.code for item in self.plan.items if item.code]
        hint = self._hints.setdefault(end.code, did_you_mean(end.code, codes))
        return f" ({hint})" if hint else ""

    def _refusal(self) -> PlanError:
        ends = [
            end.code
            for each in self.mapping.sets
            for pair in each.pairs[:1]
            for end in (pair.source, pair.target)
        ]
        codes = [item.code or item.id for item in self.plan.items][:3]
        hint = f"it names {', '.join(ends[:4]) or 'nothing'}; the plan has {', '.join(codes)}"
        return refuse(
            self.shown, f"this file maps {self.mapping.between}; the plan has no entry of either", hint
        )

    # --- kinds of relation

    def _kind(self, kind: str, *, back: bool) -> str:
        if not back:
            return kind
        return f"{kind}-back" if kind in self.mapping.kinds else INVERSE.get(kind, kind)

    def _words(self, kind: str, *, back: bool) -> tuple[str, str]:
        words = self.mapping.words(kind)
        return (words[1], words[0]) if back else words

    def _with_kinds(self, workspace: Workspace) -> Workspace:
        """Return *workspace* with the kinds of relation declared that it lacks."""
        return declare(
            workspace,
            "relations",
            {
                id: FlowDict({"name": one_line(name), "inverse": one_line(back)})
                for id, (name, back) in self._kinds.items()
            },
        )

    # --- what is written

    def _ids(self) -> Iterator[str]:
        """Yield the id of each crosswalk."""
        several = len(self._found) > 1
        taken: set[str] = set()
        for each in self._found.values():
            id = f"{self.id}-{slug(each.to) or 'other'}"[:78].strip("-") if several else self.id
            while id in taken:
                id += "-2"
            taken.add(id)
            yield id

    def _file(self) -> bytes:
        """Return the file with the mapping as a source, and its crosswalks."""
        mapping, cite = self.mapping, f" [@{self.source}]"
        version = f", version {mapping.facts['version']}" if mapping.facts.get("version") else ""
        source = without_empty({
            "id": self.source,
            "name": title(mapping.name),
            "publisher": one_line(mapping.facts.get("publisher", "")),
            "date": mapping.facts.get("date", ""),
            "url": one_line(mapping.facts.get("url", "")),
            "licence": one_line(mapping.facts.get("licence", "")),
            "checked": f"Imported from {self.file}{version}",
        })  # fmt: skip
        crosswalks = []
        for id, found in zip(self._ids(), self._found.values(), strict=True):
            methods = {pair.method for pair in found.pairs.values()}
            method = methods.pop() if len(methods) == 1 else None
            about = escape_citations(mapping.about)
            says = [about + cite] if about else []
            says += [f"All pairs: {escape_citations(method)}.{cite}"] if method else []
            name = f"{mapping.name}: {found.to}" if len(self._found) > 1 else mapping.name
            others = [_other(code, found.others[code]) for code in sorted(found.others, key=_natural)]
            crosswalk = {
                "id": id,
                "name": title(name),
                "summary": "".join(says[:1]),
                "statements": says[1:],
                "to": title(found.to) or "the other framework",
                "source": self.source,
                "within": FlowList(sorted({kind for _, kind, _ in found.relations})),
                "others": others,
                "pairs": [_pair(key, pair, shared=method) for key, pair in found.pairs.items()],
            }
            crosswalks.append(without_empty(crosswalk))
        return format_yaml({"sources": [source], "crosswalks": crosswalks}, header=HEADER)

    def _with_relations(self, workspace: Workspace) -> Workspace:
        """Return *workspace* with the pairs within the plan as relations of its entries."""
        wanted: dict[str, Data] = {}
        for found in self._found.values():
            for (entry, kind, other), pair in found.relations.items():
                place = workspace.plan.entries[entry]
                data = wanted.get(entry) or dict(_value(place.document.data, place.key))
                relations = list(data.get("relations") or ())
                why = _why(pair)
                relation = {kind: other, **({"because": why} if why else {}), "cites": [self.source]}
                if all(each.get(kind) != other for each in relations if isinstance(each, dict)):
                    wanted[entry] = {**data, "relations": [*relations, relation]}
        return set_entries(workspace, wanted) if wanted else workspace


def _is_global(end: End) -> bool:
    """Return whether what files call *end* is its name everywhere: a URN or a URI."""
    return any(":" in key for key in end.keys)


def _folded(code: str) -> str:
    """Return *code* as it is compared: without case, signs and zeros in front of numbers."""
    return slug(_ZERO.sub("", code))


def _natural(code: str) -> list[tuple[int, int, str]]:
    """Return what sorts codes with their numbers as numbers."""
    parts = _NUMBER.split(code)
    return [(0, int(each[:18]), "") if each.isdigit() else (1, 0, each.casefold()) for each in parts if each]


def _other(code: str, end: End) -> FlowDict:
    return FlowDict(without_empty({"code": code, "name": title(end.name), "url": one_line(end.url)}))


def _why(pair: FilePair, shared: str | None = None) -> str:
    """Return the reason of a pair, with how it was found unless that is *shared* by all."""
    method = f"{pair.method[:1].upper()}{pair.method[1:]}." if pair.method and pair.method != shared else ""
    return escape_citations(" ".join(filter(None, [pair.because, method])))


def _pair(key: tuple[str, str, str], pair: FilePair, *, shared: str | None) -> FlowDict:
    entry, kind, code = key
    data = {"entry": entry, "relation": kind, "other": code, "because": _why(pair, shared)}
    return FlowDict(without_empty({**data, "confidence": one_line(pair.confidence)}))


def _value(data: Any, key: Key) -> Any:
    for step in key:
        data = data[step]
    return data


def _without(data: Data, key: str) -> Data:
    return {name: value for name, value in data.items() if name != key}
