"""Import the folders of Open SDG: indicators with their metadata, and values as rows or in columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from plan_explorer.documents.csv_rows import parse_csv
from plan_explorer.importers.clean_text import (
    date,
    markdown_paragraphs,
    one_line,
    plain_line,
    title,
    with_heading,
)
from plan_explorer.importers.draft import Draft, DraftEntry, DraftFigure, DraftIndicator, DraftLevel, shown
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.languages import by_language, side_by_side
from plan_explorer.importers.safe_read import as_dict, decode_text, parse_yaml, refuse

FOLDERS = ("data", "data-wide", "meta", "indicator-config", "translations")

LEVELS = (
    DraftLevel("goal", "Goal", "Goals", "goals", hue=True),
    DraftLevel("target", "Target", "Targets", "goals"),
    DraftLevel("indicator", "Indicator", "Indicators", "goals", page="parent"),
)
NAMES = {
    "indicator": ("SDG_INDICATOR", "indicator_name", "indicator_available", "title", "graph_title"),
    "target": ("SDG_TARGET", "target_name", "target"),
    "goal": ("SDG_GOAL", "goal_name", "goal"),
}
"""The fields with the name of each level, the best first."""
TEXTS = {
    "national_indicator_description": "",
    "STAT_CONC_DEF": "Definition",
    "computation_definitions": "Definition",
    "computation_calculations": "Calculation",
    "available_disaggregations": "Disaggregation",
    "national_geographical_coverage": "Geographical coverage",
    "REF_AREA": "Geographical coverage",
    "data_footnote": "Note",
    "other_info": "Further information",
    "DATA_COMP": "Calculation",
    "REC_USE_LIM": "Limitations",
    "CONTACT_ORGANISATION": "Contact",
    "SOURCE_TYPE": "Kind of source",
}
"""The headings of some fields; any other becomes a statement after its own name."""
UNITS = ("units", "unit", "unit measure", "unit_measure")
SERIES = ("series",)
STATUSES = ("observation status", "obs_status")
IGNORED = ("geocode", "unit multiplier", "unit_mult", "progress")
"""Columns that divide no values into groups."""
LOOKS = (
    *("indicator", "indicator_number", "indicator_sort_order", "csv_size", "graph_type", "data_show_map"),
    *("data_non_statistical", "standalone", "layout", "permalink", "published", "sdg_goal", "target_id"),
    *("has_metadata", "data_display", "target_number", "goal_number"),
)
"""Fields that say how a site shows the rest."""
NOTHING = ("none", "n/a", "na", "not applicable", "-", "tbc")
WHOLE = ("", "all", "total", "value", "_t")
"""What stands for the whole in place of a group."""

_NUMBER = re.compile(r"(?:indicator_)?(\d{1,2}-\w+-\w+(?:-\w+)*)")
_YEARS = re.compile(r"((?:1[89]|20)\d\d)\s*[-–/]\s*((?:\d\d)?\d\d)")
_MONTH = re.compile(r"((?:1[89]|20)\d\d)[\s-]*M?(0[1-9]|1[0-2])", re.I)
_QUARTER = re.compile(r"((?:1[89]|20)\d\d)[\s-]*Q([1-4])", re.I)
_KEY = re.compile(r"\w+\.[\w.-]+")
"""A name that is kept in another repository."""
_SOURCE = re.compile(r"source_(\w+?)_(\d+)")
"""A field on one of the sources of the data."""
_LEAD = re.compile(r"^\w*\s*\d{1,3}(?:\.\w{1,3}){0,2}\s*[:.]\s+")


def read(request: ImportRequest) -> Draft:
    """Return the indicators as a draft: goals, targets and indicators, by their numbers.

    Raises:
        PlanError: ``not-imported``, if the folder has none.
    """
    return _Reader(request).draft


class _Reader:
    def __init__(self, request: ImportRequest) -> None:
        self.request = request
        self.draft = Draft(request.stem, request.title, "the indicators", levels=list(LEVELS))
        self.draft.strands = {"goals": "Goals"}
        self.draft.values_file = "values.csv"
        self._words = _translations(request.files)
        languages = sorted({tag for tag in self._words if tag}, key=lambda tag: (tag != "en", tag))
        self.draft.language = request.language or next(iter(languages), "en")
        self._others = [tag for tag in languages if tag != self.draft.language]
        meta: dict[str, dict[str, Any]] = defaultdict(dict)
        self._translated: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        """The metadata of indicators in other languages, by their tags and numbers."""
        tables: dict[str, str] = {}
        for path, raw in request.files.items():
            name = PurePosixPath(path)
            number = _NUMBER.fullmatch(name.stem)
            if name.parts[0] == "translations" or name.stem.casefold() == "readme":
                continue
            if number is None or name.suffix not in (".csv", ".md", ".yml", ".yaml"):
                self.draft.drop("a file that is none of an indicator", path)
            elif name.suffix == ".csv":
                tables.setdefault(number[1], path)
            else:
                found = {
                    key: value for key, value in self._metadata(raw, path).items() if value not in (None, "")
                }
                if len(name.parts) > 2:  # translations lie in folders of their own
                    self._translated[name.parts[1], number[1]] |= found
                else:
                    for field, value in found.items():
                        if meta[number[1]].setdefault(field, value) != value:
                            self.draft.drop(f"another value of '{field[:40]}'", f"{path}: {shown(value)}")
        self._others += sorted({tag for tag, _ in self._translated} - {*self._others, self.draft.language})
        if not meta and not tables:
            hint = "there are files such as data/indicator_1-1-1.csv and meta/1-1-1.md in it"
            raise refuse(request.shown, "this folder has no indicators of Open SDG", hint)
        self._entries: dict[str, DraftEntry] = {}
        for each in sorted({*meta, *tables}, key=_order):
            self._indicator(each, meta[each], tables.get(each, ""))
        for entry in self._entries.values():
            entry.name = entry.name or f"{entry.kind[:1].upper()}{entry.kind[1:]} {entry.code}"
        self.draft.entries = sorted(self._entries.values(), key=lambda entry: _order(entry.key))

    def _metadata(self, raw: bytes, path: str) -> dict[str, Any]:
        """Return the fields in a file: all of it, or what stands at its top between lines of dashes."""
        text = decode_text(raw, path)
        if path.endswith(".md"):
            match = re.match(r"\s*---\n(.*?)\n---(?:\n|\Z)", text, re.DOTALL)
            if below := plain_line(text[match.end() :] if match else text):
                self.draft.drop("the text below the metadata", f"{path}: {shown(below)}")
            text = match[1] if match else ""
        return as_dict(parse_yaml(text.encode(), path)) if text.strip() else {}

    # --- entries

    def _indicator(self, number: str, meta: Mapping[str, Any], table: str) -> None:
        goal, target, *_ = number.split("-")
        where = table or f"meta/{number}"
        above = self._entry("goal", goal, "", meta, where)
        parent = self._entry("target", f"{goal}.{target}", above.key, meta, where)
        entry = self._entry("indicator", number.replace("-", "."), parent.key, meta, where)
        own, first = list(self._texts(meta, entry, where)), self.draft.language
        told = {first: own}
        for tag in self._others:
            texts = list(self._texts({**meta, **self._translated[tag, number]}, entry, where, tag))
            told[tag] = texts if len(texts) == len(own) else [each for each in texts if each not in own]
        for text in side_by_side(told):
            by_tag = by_language(text, first)
            own_words = by_tag.get(first)  # what nobody has translated is the same in every language
            entry.says.append(
                {tag: each for tag, each in by_tag.items() if tag == first or each != own_words}
            )
        unit = one_line(self._said(meta.get("computation_units")))
        entry.indicators = list(self._series(table, entry.name, unit)) if table else []
        if unit and all(each.unit != unit for each in entry.indicators):
            entry.says += _headed("Unit", unit)

    def _entry(self, kind: str, code: str, under: str, meta: Mapping[str, Any], where: str) -> DraftEntry:
        """Return the entry with the number *code*, made if there is none."""
        name, kept_elsewhere = self._named(kind, code, meta)
        if code not in self._entries:
            entry = DraftEntry(code, kind, code=code, where=where)
            entry.slug, entry.under = f"{kind}-{code}", [under] if under else []
            entry.section = f"Goal {code.split('.')[0]}"
            self._entries[code] = entry
        entry = self._entries[code]
        if kept_elsewhere and not (name or entry.name):
            self.draft.drop("a name that is kept in another repository", f"{where}: {kept_elsewhere}")
        elif name and entry.name and name != entry.name:
            self.draft.drop(f"another name of a {kind}", f"{where}: {shown(name)}")
        entry.name = entry.name or name
        number = PurePosixPath(where).stem.removeprefix("indicator_")
        for tag in self._others:
            own = {**meta, **self._translated[tag, number]}
            other, _ = self._named(kind, code, own, tag)
            if other and other != entry.name:
                entry.names.setdefault(tag, other)
        return entry

    # --- words

    def _named(self, kind: str, code: str, meta: Mapping[str, Any], tag: str = "") -> tuple[str, str]:
        """Return the name of an entry without its number, and the key of one that is not in this folder."""
        name = key = ""
        for field in NAMES[kind]:
            words = self._said(meta.get(field), tag)
            if _KEY.fullmatch(words):
                key = key or words
            elif not name:
                name = _name(words, code)
        return name, key

    def _said(self, value: Any, tag: str = "") -> str:
        """Return the words of a field, in place of a key of theirs in the folder of translations."""
        words = str(value).strip() if isinstance(value, str | int | float) else ""
        if not _KEY.fullmatch(words) and " " in words.partition(".")[0]:
            return words
        own = self._words.get(tag or self.draft.language, {})
        return own.get(words) or self._words.get("", {}).get(words) or words

    def _texts(self, meta: Mapping[str, Any], entry: DraftEntry, where: str, tag: str = "") -> Iterator[str]:
        """Yield what the metadata say of an indicator, but for what names it and what only a site needs."""
        named = {field for fields in NAMES.values() for field in fields}
        sources: dict[str, dict[str, str]] = defaultdict(dict)
        for field in [*TEXTS, *(field for field in meta if field not in TEXTS)]:
            value = meta.get(field)
            if value in (None, "", [], {}) or field in LOOKS or field == "computation_units":
                continue
            if not isinstance(value, str | int | float):
                if not tag:
                    self.draft.drop(f"the field '{one_line(field)[:40]}'", f"{where}: {shown(value)}")
                continue
            words = self._said(value, tag)
            if match := _SOURCE.fullmatch(field):
                sources[match[2]][match[1]] = words
            elif _KEY.fullmatch(words) and not words.startswith("www.") and "-" in words:
                if not tag and field not in named:
                    self.draft.drop("a text that is kept in another repository", f"{where}: {words}")
            elif field not in named:
                yield from _headed(TEXTS.get(field, _as_words(field)), words)
            elif field in NAMES["indicator"] and _name(words, entry.code) not in (
                "",
                entry.name,
                entry.names.get(tag),
            ):
                yield from _headed(_as_words(field), words)
        for _, source in sorted(sources.items(), key=lambda pair: int(pair[0])):
            yield from _source(source)

    # --- values

    def _series(self, path: str, name: str, unit: str) -> Iterator[DraftIndicator]:
        """Yield what is measured in a table: each series and unit by itself."""
        document, problems = parse_csv(decode_text(self.request.files[path], path), path)
        for problem in problems:
            self.draft.drop(problem.message, f"{path}: line {problem.location.line}")
        heads = document.heads
        if document.data is None or "year" not in heads:
            self.draft.drop("a table without the column 'Year'", path)
            return
        rows = document.data if "value" in heads else list(_long(document.data, heads))
        parts = [
            head for head in heads if head not in ("year", "value", *UNITS, *SERIES, *STATUSES, *IGNORED)
        ]
        parts = parts if "value" in heads else ["group"]
        unread = [head for head in heads if head in IGNORED and any(row.get(head) for row in rows)]
        for head in unread:
            held = dict.fromkeys(row[head] for row in rows if row.get(head))
            self.draft.drop(f"the column '{head}'", f"{path}: {shown(', '.join(held))}")
        found: dict[tuple[str, str], DraftIndicator] = {}
        for row in rows:
            if not row.get("value"):
                continue
            series = next(filter(None, (row.get(head) for head in SERIES)), "")
            own = next(filter(None, (row.get(head) for head in UNITS)), "") or unit
            words = series or name
            known = found.setdefault((series, own), DraftIndicator(words, own, _by(parts)))
            groups = [row.get(head, "") for head in parts]
            of = ", ".join(each for each in groups if each.casefold() not in WHOLE)
            known.values.append(DraftFigure(row["value"], _time(row["year"]), of, _quality(row)))
        yield from found.values()


def _time(year: str) -> str:
    """Return a year, several of them, a month or a quarter as EDTF: ``2011-13`` or ``2011/12`` as a period.

    ``2020-03`` is a month, as no span ends before it begins.
    """
    if match := _QUARTER.fullmatch(year):
        last = 3 * int(match[2])
        return f"{match[1]}-{last - 2:02}/{match[1]}-{last:02}"
    if (match := _MONTH.fullmatch(year)) and ("m" in year.casefold() or match[2] <= match[1][2:]):
        return f"{match[1]}-{match[2]}"
    if match := _YEARS.fullmatch(year):
        return f"{match[1]}/{match[1][: 4 - len(match[2])]}{match[2]}"
    return date(year) or year


def _quality(row: Mapping[str, str]) -> str:
    status = next(filter(None, (row.get(head) for head in STATUSES)), "").casefold()
    return next((each for each in ("provisional", "revised") if each in status), "")


def _long(rows: Sequence[Mapping[str, str]], heads: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield a row for each cell of a wide table, whose columns are groups: ``sex|female:area|town``."""
    for row in rows:
        for head in heads:
            if head and head != "year" and row.get(head):
                steps = [step.strip() for step in re.split(r"[|:]", head)]
                named = [step for step in steps[1::2] if step.casefold() not in WHOLE]
                group = ", ".join(named) if steps[1:] else head
                yield {"year": row["year"], "value": row[head], "group": group}


def _by(parts: Sequence[str]) -> str:
    """Return what divides values into groups, in words."""
    return "" if list(parts) == ["group"] else ", ".join(parts)


def _translations(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Return the words of the folder ``translations`` by language and key: ``custom.national``."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path, raw in files.items():
        name = PurePosixPath(path)
        if name.parts[0] != "translations" or name.suffix not in (".yml", ".yaml") or len(name.parts) > 3:
            continue
        tag, group = (name.parts[1], f"{name.stem}.") if len(name.parts) == 3 else (name.stem, "")
        stack = [(group, as_dict(parse_yaml(raw, path)))]
        while stack:
            before, words = stack.pop()
            for key, value in words.items():
                if isinstance(value, dict):
                    stack.append((f"{before}{key}.", value))
                elif isinstance(value, str):
                    found[tag][f"{before}{key}"] = value
    return found


def _headed(heading: str, words: str) -> Iterator[str]:
    """Yield the paragraphs of a text after its heading, unless it begins with that or says nothing."""
    texts = markdown_paragraphs(words)
    if texts and re.match(rf"[*_ ]*{re.escape(heading)}[*_ ]*:", texts[0]):
        heading = ""
    if [text.casefold() for text in texts] not in ([each] for each in NOTHING):
        yield from with_heading(heading, texts) if heading else texts


def _source(source: dict[str, str]) -> Iterator[str]:
    """Yield what is said of a source of the data."""
    named = [one_line(source.pop(field, "")) for field in ("organisation", "url_text", "url")]
    source.pop("active", None)
    more = [
        f"{_as_words(field).lower()}: {' '.join(markdown_paragraphs(words))}"
        for field, words in source.items()
    ]
    if told := "; ".join(filter(None, [", ".join(filter(None, named)), *more])):
        yield f"Source of the data: {told}"


def _as_words(field: str) -> str:
    """Return the name of a field as a heading."""
    words = " ".join(field.replace("_", " ").split())
    return words[:1].upper() + (words[1:].lower() if words.isupper() else words[1:])


def _name(words: str, code: str) -> str:
    """Return a name without its number *code* in front; none if it stands in another repository."""
    words = title(words)
    own = re.match(rf"(?:\w+\s+)?{re.escape(code)}[.:]?(?:\s*[-–—:]\s+|\s+)", words, re.IGNORECASE)
    bare = words[own.end() :] if own else _LEAD.sub("", words)
    return "" if _KEY.fullmatch(words) or words.isdigit() else title(bare)


def _order(number: str) -> list[tuple[int, str]]:
    """Return by what numbers are sorted: 1-2-1, 1-10-1, 1-a-1."""
    parts = number.replace(".", "-").split("-")
    return [(int(part), "") if part.isdecimal() else (10**6, part) for part in parts]
