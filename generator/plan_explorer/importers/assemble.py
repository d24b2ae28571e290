"""Turn a draft into a plan with citations."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from plan_explorer.documents.csv_rows import format_csv
from plan_explorer.importers import levels
from plan_explorer.importers.clean_text import (
    escape_citations,
    first_words,
    language,
    language_name,
    one_line,
    plain_text,
    slug,
    split_summary,
    title,
)
from plan_explorer.importers.draft import (
    ACTOR,
    EVENT,
    SOURCE,
    TERM,
    Draft,
    DraftEntry,
    DraftFigure,
    DraftIndicator,
    DraftLevel,
    Grouping,
    Text,
)
from plan_explorer.importers.ids import IdMaker, KnownIds
from plan_explorer.importers.languages import by_language
from plan_explorer.importers.levels import PlacedLevel
from plan_explorer.importers.outline import Outline
from plan_explorer.importers.yaml_writer import HEADER, FlowList, format_yaml, without_empty
from plan_explorer.model.dates import DateError, parse_date
from plan_explorer.model.indicators import number_of
from plan_explorer.model.statements import words_of

Data = dict[str, Any]
KIND_SETTINGS = {ACTOR: "actor_kinds", EVENT: "event_kinds", TERM: "term_kinds"}


@dataclass
class Assembly:
    """A draft with its ids, levels and places settled."""

    draft: Draft
    as_of: str
    file_name: str
    recognise: Callable[[Draft], KnownIds] | None = None
    """Tells what entries are called already, if a plan is updated."""
    source: str = ""
    """The id of the file as a source; chosen if not given."""
    taken: Collection[str] = ()
    """The ids that a plan has already, to which the entries are added."""

    def __post_init__(self) -> None:
        self._clean_languages()
        self._keep_apart()
        self._levels = levels.arrange_levels(self.draft)
        self.id = slug(self.draft.id) or "plan"
        free = (name for name in ("file", "imported-file", "the-imported-file") if name != self.id)
        self.source = self.source or next(free)
        views = [grouping.id for grouping in self.draft.groupings]
        known = self.recognise(self.draft) if self.recognise else None
        self.ids = IdMaker(self.draft, self.id, self.source, *views, *self.taken, known=known)
        self.outline = Outline(self.source, self.ids)
        self._kinds: dict[str, dict[str, str]] = {}
        self._relations: dict[str, None] = {}
        self._rows: list[dict[str, str]] = []

    def _clean_languages(self) -> None:
        """Keep only names whose language tag is valid."""
        draft = self.draft
        draft.language = language(draft.language) or "en"
        for names in (draft.names, *(entry.names for entry in draft.entries)):
            for tag in list(names):
                words, known = title(names.pop(tag)), language(tag)
                if words and known and known != draft.language:
                    names[known] = words

    def _keep_apart(self) -> None:
        """Give entries with the same key keys of their own; links lead to the first."""
        seen: Counter[str] = Counter()
        for entry in self.draft.entries:
            seen[entry.key] += 1
            if (number := seen[entry.key]) > 1:
                self.draft.change(
                    "an id that occurs twice: both entries are kept", f"{entry.where}: {entry.key[:80]}"
                )
                entry.key = f"{entry.key} {number}"
                seen[entry.key] += 1

    def files(self) -> Mapping[str, bytes]:
        """Return the contents of the plan's files, by name."""
        files: dict[str, bytes] = {}
        items = {
            placed.plural: [self._entry(each) for each in self.draft.entries_of(placed.level.id)]
            for placed in self._levels
        }
        if self._has_mixed_siblings():  # read file by file, they would go by the names of files
            files["entries.yaml"] = format_yaml(items, header=HEADER)
        else:
            files |= {
                f"{many}.yaml": format_yaml({many: each}, header=HEADER) for many, each in items.items()
            }
        for kind in (ACTOR, EVENT, TERM):
            if entries := [self._entry(each) for each in self.draft.entries_of(kind)]:
                files[f"{kind}.yaml"] = format_yaml({kind: entries}, header=HEADER)
        others = [self._entry(each) for each in self.draft.entries_of(SOURCE)]
        files["sources.yaml"] = format_yaml({SOURCE: [self._file(), *others]}, header=HEADER)
        files["plan.yaml"] = format_yaml(self._settings())
        if self._rows:
            files[self.draft.values_file] = format_csv(self._rows).encode()
        return dict(sorted(files.items()))

    def entries_by_kind(self, kind: str) -> tuple[Data, dict[str, str], Data]:
        """Return the file as a source with the entries of one *kind*, their kinds, and those of relations."""
        entries = [self._entry(each) for each in self.draft.entries_of(kind)]
        for entry in entries:
            entry.pop("wordings", None)  # they are those of the primary source
        data = (
            {SOURCE: [self._file(), *entries]} if kind == SOURCE else {SOURCE: [self._file()], kind: entries}
        )
        relations = {each: self._relation_kind(each) for each in sorted(self._relations)}
        return data, self._kinds.get(kind, {}), relations

    def _has_mixed_siblings(self) -> bool:
        kinds = {(under, entry.kind) for entry in self.draft.entries for under in entry.under}
        return len({under for under, _ in kinds}) < len(kinds)

    # --- one entry

    def _entry(self, entry: DraftEntry) -> Data:
        says = list(self._says(entry))
        names, is_item = self._names(entry, says), entry.kind not in (*KIND_SETTINGS, SOURCE)
        if is_item and says and plain_text(_first(says[0])) == names[self.draft.language]:
            del says[0]
        links = entry.links = [link for link in entry.links if self._check_target(entry, link.target)]
        fields = bool(links or entry.date or entry.date_label or entry.aim or entry.indicators)
        lengths = [max(len(_first(text).split()), 1) for text in says]
        data: Data = {"id": self.ids[entry.key]}
        if entry.under:
            data["under"] = self.ids[entry.under[0]]
        if len(entry.under) > 1 and entry.kind not in KIND_SETTINGS:
            data["also_under"] = FlowList(self.ids[each] for each in entry.under[1:])
        if entry.kind in KIND_SETTINGS and entry.group:
            data["kind"] = self._kind(entry.kind, entry.group)
        if is_item and one_line(entry.code) != names[self.draft.language]:
            data["code"] = one_line(entry.code)
        data["name"] = names
        if entry.kind == TERM:  # the label itself counts as the first statement
            lengths.insert(0, max(len(entry.name.split()), 1))
            data["variants"] = entry.variants
        first = 2 if entry.kind == TERM else 1
        cited = [_cite(text, self.outline.place(entry, at)) for at, text in enumerate(says, first)]
        data["summary"] = cited[0] if cited else ""
        data["statements"] = cited[1:]
        last = self.outline.place(entry, len(lengths) + 1)
        if entry.kind == TERM:
            label = escape_citations(title(entry.name)) or "(no label)"
            data["wordings"] = [{"text": label, "cites": FlowList([self.outline.place(entry, 1)])}]
        data |= {key: one_line(value) for key, value in entry.facts.items() if value}
        if entry.date or entry.date_label:
            data["date"] = without_empty(
                {"edtf": entry.date, "label": one_line(entry.date_label), "cites": FlowList([last])}
            )
        if is_item and entry.aim:
            data["target"] = self._target(entry, last)
        if is_item:
            data["indicators"] = list(self._indicators(entry, last))
        data["relations"] = [
            self._relation(link.kind, link.target, link.because, link.date, last) for link in links
        ]
        data["formerly"] = self.ids.former(entry.key)
        self.outline.add(self.draft, entry, lengths, fields=fields)
        return without_empty(data)

    def _says(self, entry: DraftEntry) -> Iterator[Text]:
        """Yield what *entry* says; a long text at the start is parted, so that there is a summary."""
        for at, told in enumerate(filter(None, map(self._by_language, entry.says))):
            parts = [split_summary([text]) for text in told.values()]
            if at or len({len(each) for each in parts}) > 1:
                parts = [[text] for text in told.values()]
            for said in zip(*parts, strict=True):
                yield self._text(dict(zip(told, said, strict=True)))

    def _by_language(self, text: Text) -> dict[str, str]:
        """Return *text* without citations by language, the first of the draft first."""
        first = self.draft.language
        told = by_language(text, first)
        order = dict.fromkeys(tag for tag in (first, *told) if tag in told)
        return {tag: words for tag in order if words_of(words := escape_citations(told[tag]))}

    def _text(self, told: dict[str, str]) -> Text:
        """Return no more than the words of what only the first language tells."""
        first = self.draft.language
        return told[first] if told.keys() == {first} else told

    def _check_target(self, entry: DraftEntry, target: str) -> bool:
        if target == entry.key:
            self.draft.drop("a link of an entry to itself", entry.where)
        elif target not in self.ids:
            self.draft.drop("a link to something that is not in the plan", f"{entry.where}: {target[:80]}")
        return target in self.ids and target != entry.key

    def _kind(self, kind: str, words: str) -> str:
        id = slug(words) or "other"
        self._kinds.setdefault(kind, {}).setdefault(id, one_line(words[:1].upper() + words[1:]))
        return id

    def _names(self, entry: DraftEntry, says: list[Text]) -> Data:
        name = title(entry.name)
        if not name and (name := one_line(entry.code)):
            self.draft.change("an entry without a name is called by its number", entry.where)
        elif not name:
            name = (first_words(_first(says[0])) if says else "") or one_line(entry.key)
            self.draft.change("an entry without a name is named after its first words", entry.where)
        return {self.draft.language: name, **{tag: title(words) for tag, words in entry.names.items()}}

    @staticmethod
    def _target(entry: DraftEntry, place: str) -> Data:
        aim = entry.aim
        assert aim
        return without_empty(
            {
                "indicator": one_line(aim.indicator),
                "value": one_line(aim.value),
                "unit": one_line(aim.unit),
                "comparator": aim.comparator,
                "due": aim.due,
                "baseline": without_empty({"value": one_line(aim.baseline), "date": aim.baseline_date}),
                "cites": FlowList([place]),
            }
        )

    def _indicators(self, entry: DraftEntry, place: str) -> Iterator[Data]:
        """Yield the indicators of *entry*, and note the rows of their values."""
        cites = FlowList([place])
        for number, each in enumerate(entry.indicators, 1):
            called = self._indicator_id(entry, number) if len(entry.indicators) > 1 else ""
            values = list(self._values(each, entry))
            rows = [without_empty({**asdict(value), "cites": cites}) for value in values]
            apart = bool(self.draft.values_file and rows)
            if apart:
                self._rows += [
                    {
                        "indicator": called or self.ids[entry.key],
                        "date": v.date,
                        "value": v.value,
                        "group": v.of,
                        "quality": v.quality,
                        "source": place,
                    }
                    for v in values
                ]
            base = each.baseline
            start = {"value": base.value, "date": base.date, "cites": cites} if base else {}
            yield without_empty(
                {
                    "id": called,
                    "name": one_line(each.name) or "Values",
                    "unit": one_line(each.unit),
                    "by": one_line(each.by),
                    "baseline": without_empty(start),
                    "targets": [
                        without_empty(
                            {
                                "value": aim.value,
                                "comparator": aim.comparator,
                                "due": aim.date,
                                "cites": cites,
                            }
                        )
                        for aim in each.targets
                    ],
                    "values": [] if apart else rows,
                    "values_file": self.draft.values_file if apart else "",
                }
            )

    def _indicator_id(self, entry: DraftEntry, number: int) -> str:
        """Return an id that no entry has, for one of several indicators."""
        taken = {self.ids[each.key] for each in self.draft.entries}
        stem = f"{self.ids[entry.key][:60]}-series-{number}"
        return next(id for id in (stem, *(f"{stem}-{at}" for at in range(2, 99))) if id not in taken)

    def _values(self, indicator: DraftIndicator, entry: DraftEntry) -> Iterator[DraftFigure]:
        """Yield the values of *indicator* that a plan can have, and note the others."""
        seen: set[tuple[str, str, str]] = set()
        now = parse_date(self.as_of).last
        for value in indicator.values:
            cell = replace(value, value=one_line(value.value), of=one_line(value.of).lstrip("=+-@ "))
            key = (cell.date, cell.of, cell.quality)
            try:
                first = parse_date(cell.date).first
            except DateError:
                first = None
            why = "a second value for one time and group" if key in seen else ""
            if first is None or (now and first > now):
                why = "a value of no date before that of the plan"
            if number_of(cell.value) is None:
                why = "a value that is no number"
            if why:
                told = f"{cell.value[:40]} {cell.date[:40]} {cell.of[:40]}"
                self.draft.drop(why, f"{entry.where}: {told.strip()}")
            else:
                seen.add(key)
                yield cell

    def _relation(self, kind: str, target: str, because: str, date: str, place: str) -> Data:
        id = slug(kind) or "relates-to"
        id = f"is-{id}" if id in ("because", "status", "cites", "date") else id
        self._relations[id] = None
        name = kind.replace("-", " ")
        self.draft.relations.setdefault(id, (name, f"is the other end of “{name}”"))
        return without_empty(
            {
                id: self.ids[target],
                "because": escape_citations(because),
                "cites": FlowList([place]),
                "date": date,
            }
        )

    # --- the file as a source, and the plan as a whole

    def _file(self) -> Data:
        known = self.draft.source
        data: Data = {
            "id": self.source,
            "name": self.draft.name,
            "publisher": one_line(known.get("publisher", "")),
            "date": known.get("date", ""),
            "url": one_line(known.get("url", "")),
            "language": self.draft.language,
            "licence": one_line(known.get("licence", "")),
            "checked": f"Imported from {self.file_name}"
            + (f", version {known['version']}" if known.get("version") else ""),
            "passage": {"short": "", "long": "entry"},
            "sentence": {"short": "§", "long": "part", "plural": "parts"},
            "outline": self.outline.sections,
        }
        return without_empty(data)

    def _settings(self) -> Data:
        draft = self.draft
        used = dict.fromkeys(placed.level.strand for placed in self._levels)
        editions = self._editions()
        data: Data = {
            "id": self.id,
            "name": {draft.language: draft.name, **draft.names},
            "site_name": draft.name,
            "lede": self._text(self._by_language(draft.lede)),
            "as_of": self.as_of,
            "primary": self.source,
            "languages": self._languages(),
            "editions": FlowList(editions),
            "strands": [self._strand(id, name) for id, name in draft.strands.items() if id in used],
            "relations": {kind: self._relation_kind(kind) for kind in sorted(self._relations)},
            **{
                KIND_SETTINGS[kind]: dict(sorted(labels.items()))
                for kind, labels in sorted(self._kinds.items())
            },
            "views": [view for grouping in draft.groupings if (view := self._view(grouping))],
        }
        if draft.language == "en" and not editions:  # what is left out is said in the language of the pages
            data["lede"] = data["lede"] or f"Every entry of {draft.noun}, with its place there."
            data["wording"] = {"primary": draft.noun, "plan": draft.noun}
            data["statuses"] = {"stated": f"In {draft.noun}"}
        return without_empty(data)

    def _languages(self) -> Data:
        tags = dict.fromkeys([self.draft.language, *self.draft.names])
        for entry in self.draft.entries:
            tags |= dict.fromkeys(entry.names)
            tags |= dict.fromkeys(
                tag for text in entry.says for tag in by_language(text, self.draft.language)
            )
        own = self.draft.language
        return {
            tag: {"name": language_name(tag, own), **({} if tag == own else {"expected": False})}
            for tag in tags
        }

    def _editions(self) -> list[str]:
        """Return the languages in which an edition tells most of the texts, or none if there is only one."""
        first, texts = self.draft.language, [text for entry in self.draft.entries for text in entry.says]
        told = Counter(tag for text in texts for tag in by_language(text, first))
        others = [tag for tag, often in told.items() if tag != first and often > len(texts) / 2]
        for tag in told:
            if tag not in (first, *others):
                self.draft.change(
                    f"few texts are in '{tag}': no edition tells them", f"{told[tag]} of {len(texts)}"
                )
        return [first, *others] if others else []

    def _strand(self, id: str, name: str) -> Data:
        own = [placed for placed in self._levels if placed.level.strand == id]
        roots = sum(not e.under for p in own for e in self.draft.entries_of(p.level.id))
        alone = len({placed.level.strand for placed in self._levels}) == 1
        flat = "band" if roots <= 24 or alone else "none"
        return without_empty({
            "id": id,
            "name": name,
            "map": "grid" if any(p.under for p in own) and roots <= 60 else flat,
            "levels": [self._level(placed) for placed in own],
        })  # fmt: skip

    def _level(self, placed: PlacedLevel) -> Data:
        level: DraftLevel = placed.level
        names = {"one": level.one, "many": level.many}
        own = {"id": level.id, "plural": placed.plural, "name": names, "under": FlowList(placed.under)}
        page = "" if level.page == "own" or not placed.under else level.page
        return without_empty({**own, "page": page, "hue": "each" if level.hue else ""})

    def _relation_kind(self, kind: str) -> Data:
        name, inverse = self.draft.relations[kind]
        own = {"name": name, "inverse": inverse, "role": self.draft.roles.get(kind, "")}
        return without_empty({**own, "carries_out": kind == self.draft.carries_out or None})

    def _view(self, grouping: Grouping) -> Data:
        level_ids = {placed.level.id for placed in self._levels}
        items = {entry.key for entry in self.draft.entries if entry.kind in level_ids}
        rows = [(name, [self.ids[key] for key in members if key in items]) for name, members in grouping.rows]
        groups = [
            {
                "id": slug(f"{grouping.id}-{name}") or f"{grouping.id}-{at}",
                "name": name,
                "members": FlowList(members),
            }
            for at, (name, members) in enumerate(rows, 1)
            if members
        ]
        return {"id": grouping.id, "name": grouping.name, "groups": groups} if groups else {}


def _first(text: Text) -> str:
    """Return what *text* says in the first language that it has."""
    return text if isinstance(text, str) else next(iter(text.values()))


def _cite(text: Text, place: str) -> Text:
    """Return *text* with a citation; translations rest on what the original rests on."""
    if isinstance(text, str):
        return f"{text} [@{place}]"
    first, *_ = text
    return {**text, first: f"{text[first]} [@{place}]"}
