"""Import the folders of Open SDG: indicators with their metadata, and values as rows or in columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from plan_explorer.documents.csv_rows import parse_csv
from plan_explorer.importers.clean_text import date, markdown_paragraphs, one_line, title, with_heading
from plan_explorer.importers.draft import Draft, DraftEntry, DraftFigure, DraftIndicator, DraftLevel
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import as_dict, as_line, decode_text, parse_yaml, refuse

FOLDERS = ("data", "data-wide", "meta", "indicator-config")

LEVELS = (
    DraftLevel("goal", "Goal", "Goals", "goals", hue=True),
    DraftLevel("target", "Target", "Targets", "goals"),
    DraftLevel("indicator", "Indicator", "Indicators", "goals", page="parent"),
)
NAMES = {
    "indicator": ("SDG_INDICATOR", "indicator_name", "indicator_available", "graph_title"),
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
}
"""The fields whose texts become statements, with the heading of each."""
UNITS = ("units", "unit", "unit measure", "unit_measure")
SERIES = ("series",)
STATUSES = ("observation status", "obs_status")
IGNORED = ("geocode", "unit multiplier", "unit_mult", "progress")
"""Columns that divide no values into groups."""
LOOKS = (
    *("indicator_number", "indicator_sort_order", "csv_size", "graph_type", "data_show_map"),
    *("data_non_statistical", "standalone"),
)
"""Fields that say how a site shows the rest."""
NOTHING = ("none", "n/a", "na", "not applicable", "-", "tbc")
WHOLE = ("", "all", "total", "value", "_t")
"""What stands for the whole in place of a group."""

_NUMBER = re.compile(r"(?:indicator_)?(\w+-\w+-\w+)")
_YEARS = re.compile(r"((?:1[89]|20)\d\d)\s*[-–/]\s*((?:\d\d)?\d\d)")
_MONTH = re.compile(r"((?:1[89]|20)\d\d)[\s-]*M?(0[1-9]|1[0-2])", re.I)
_QUARTER = re.compile(r"((?:1[89]|20)\d\d)[\s-]*Q([1-4])", re.I)
_KEY = re.compile(r"\w+\.[\w.-]+")
"""A name that is kept in another repository."""
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
        meta: dict[str, dict[str, Any]] = defaultdict(dict)
        tables: dict[str, str] = {}
        for path, raw in request.files.items():
            name = PurePosixPath(path)
            number = _NUMBER.fullmatch(name.stem)
            if number is None or len(name.parts) > 2:  # translations lie in folders of their own
                continue
            if name.suffix == ".csv":
                tables.setdefault(number[1], path)
            elif name.suffix in (".md", ".yml", ".yaml"):
                found = self._metadata(raw, path)
                meta[number[1]] |= {key: value for key, value in found.items() if value not in (None, "")}
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
            text = match[1] if match else ""
        return as_dict(parse_yaml(text.encode(), path)) if text.strip() else {}

    # --- entries

    def _indicator(self, number: str, meta: Mapping[str, Any], table: str) -> None:
        goal, target, _ = number.split("-")
        where = table or f"meta/{number}"
        above = self._entry("goal", goal, "", meta, where)
        parent = self._entry("target", f"{goal}.{target}", above.key, meta, where)
        entry = self._entry("indicator", number.replace("-", "."), parent.key, meta, where)
        entry.says = list(_texts(meta))
        named = (field for fields in NAMES.values() for field in fields)
        known = {*TEXTS, *named, *LOOKS, "computation_units"}
        for field, value in meta.items():
            if field not in known and not field.startswith("source_") and as_line(value):
                self.draft.drop(f"the field {one_line(field)[:40]}", where)
        if table:
            unit = as_line(meta.get("computation_units"))
            entry.indicators = list(self._series(table, entry.name, unit))

    def _entry(self, kind: str, code: str, under: str, meta: Mapping[str, Any], where: str) -> DraftEntry:
        """Return the entry with the number *code*, made if there is none."""
        name = next(filter(None, (_name(meta.get(field), code) for field in NAMES[kind])), "")
        if code not in self._entries:
            entry = DraftEntry(code, kind, code=code, where=where)
            entry.slug, entry.under = f"{kind}-{code}", [under] if under else []
            entry.section = f"Goal {code.split('.')[0]}"
            self._entries[code] = entry
        entry = self._entries[code]
        entry.name = entry.name or name
        return entry

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
            self.draft.drop(f"the column '{head}'", path)
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


def _texts(meta: Mapping[str, Any]) -> Iterator[str]:
    for field, heading in TEXTS.items():
        texts = (
            markdown_paragraphs(str(meta[field])) if isinstance(meta.get(field), str | int | float) else []
        )
        if texts and re.match(rf"[*_ ]*{heading}[*_ ]*:", texts[0]):
            heading = ""
        if [text.casefold() for text in texts] not in ([each] for each in NOTHING):
            yield from with_heading(heading, texts) if heading and texts else texts
    for number in range(1, 10):
        publisher = as_line(meta.get(f"source_organisation_{number}"))
        name = as_line(meta.get(f"source_url_text_{number}"))
        url = as_line(meta.get(f"source_url_{number}"))
        if told := ", ".join(filter(None, (publisher, name, url))):
            yield f"Source of the data: {told}"


def _name(value: Any, code: str) -> str:
    """Return a name without its number *code* in front; none if it stands in another repository."""
    words = title(as_line(value))
    own = re.match(rf"(?:\w+\s+)?{re.escape(code)}[.:]?(?:\s*[-–—:]\s+|\s+)", words, re.IGNORECASE)
    bare = words[own.end() :] if own else _LEAD.sub("", words)
    return "" if _KEY.fullmatch(words) or words.isdigit() else title(bare)


def _order(number: str) -> list[tuple[int, str]]:
    """Return by what numbers are sorted: 1-2-1, 1-10-1, 1-a-1."""
    parts = number.replace(".", "-").split("-")
    return [(int(part), "") if part.isdecimal() else (10**6, part) for part in parts]
