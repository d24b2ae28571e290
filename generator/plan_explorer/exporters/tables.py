"""Export CSV tables with a Data Package that describes them."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from plan_explorer.exporters.base import (
    Export,
    ExportSource,
    named_indicators,
    statement_fields,
    without_empty,
)
from plan_explorer.exporters.table_columns import TABLES, schema
from plan_explorer.loading.plan_json import as_json
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Entity, Item, OutsideEntry
from plan_explorer.model.indicators import Aim, Milestone, Value, number_of
from plan_explorer.model.statements import Cites, status_of, words_of
from plan_explorer.translation import N_, gettext, semicolons

Row = dict[str, object]

LOSSES = (
    N_("the groups of views, the outlines of sources and which statements of a comparison belong together"),
    N_("what each side says where sources differ, and other dates that sources give"),
    N_("former ids"),
    N_("the exact form of text that a spreadsheet would run as a formula: an apostrophe stands before it"),
)

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
"""A mark that tells Excel the file is UTF-8; other programs ignore it."""


def export(source: ExportSource) -> Export:
    """Return the tables and ``datapackage.json``."""
    files = {f"{name}.csv": as_csv(list(TABLES[name]), rows(source)) for name, rows in ROWS.items()}
    return Export(
        {**files, "datapackage.json": as_json(_descriptor(source, files))}, tuple(map(gettext, LOSSES))
    )


# --- rows


def _entries(source: ExportSource) -> Iterator[Row]:
    plan = source.plan
    for entity in plan:
        yield {
            "id": entity.id,
            "kind": "item" if isinstance(entity, Item) else entity.kind_name,
            "title": plan.title(entity),
            "gist": entity.gist,
            "summary": entity.summary.words if entity.summary else "",
            "url": source.url(source.addresses.of(entity)),
        }


def _items(source: ExportSource) -> Iterator[Row]:
    plan = source.plan
    for item in plan.items:
        row: Row = {"entry": item.id, "strand": plan.strand(item).id, "level": item.level, "code": item.code}
        if target := item.target:
            row |= {"indicator": target.indicator, "comparator": target.comparator, "target": target.value}
            row |= {"unit": target.unit, "due": _edtf(target.due)}
            if target.baseline:
                row |= {"baseline": target.baseline.value, "baseline_date": _edtf(target.baseline.date)}
        yield row | _dates(item)


def _indicators(source: ExportSource) -> Iterator[Row]:
    for item in source.plan.items:
        for called, _, each in named_indicators(item):
            row: Row = {"entry": item.id, "indicator": called, "name": each.name, "unit": each.unit}
            row |= {"about": each.about.words if each.about else "", "direction": each.direction}
            yield row | {"by": each.by, "period": _edtf(each.period)}


def _values(source: ExportSource) -> Iterator[Row]:
    for item in source.plan.items:
        if not item.measures:
            continue
        refs = {ref.key: ref for ref in source.statements(item)}
        names = {key: called for called, key, _ in named_indicators(item)}
        for indicator, placed in item.figures:
            ref, figure = refs[placed.key], placed.figure
            key = placed.key[: 1 if placed.key[0] == "target" else 2]
            row: Row = {"entry": item.id, "indicator": names[key], "unit": indicator.unit}
            row |= {"address": ref.address, "url": source.statement(ref)}
            period = figure.date if isinstance(figure, Value) else None
            more: Row = {}
            if isinstance(figure, Value):
                more = {"group": figure.of, "quality": figure.quality if placed.role == "value" else ""}
            elif isinstance(figure, Aim):
                period, more = figure.due, {"comparator": figure.comparator if figure.value else ""}
                for old in figure.earlier:
                    yield row | {
                        "series": f"earlier {placed.role}",
                        **_figure(old.value, old.due),
                        "until": _edtf(old.until),
                        "status": old.status or status_of(old.cites, source.plan.settings.primary),
                        "reason": words_of(old.because),
                        "cites": _cites(old.cites),
                    }
            if isinstance(figure, Milestone):
                more |= {"name": figure.name, "met": _edtf(figure.met.date if figure.met else None)}
            said = ref.statement
            yield (
                row
                | more
                | {
                    "series": placed.role,
                    **_figure(figure.value, period),
                    "status": said.status,
                    "reason": said.reason,
                    "cites": _cites(said.all_cites),
                }
            )


def _figure(value: str, period: Period | None) -> Row:
    """Return a value as it is written and as a number, with its date."""
    number = number_of(value)
    return {"value": value, "number": "" if number is None else number, **_days(period)}


def _progress(source: ExportSource) -> Iterator[Row]:
    states = source.plan.settings.progress
    for item in source.plan.items:
        refs = {ref.key: ref for ref in source.statements(item)} if item.progress else {}
        for at, each in enumerate(item.progress):
            ref = refs["progress", at]
            row: Row = {"entry": item.id, "state": each.state, "name": states[each.state].name}
            row |= _days(each.date) | {"because": ref.statement.words, "status": ref.statement.status}
            row |= {"cites": _cites(ref.statement.all_cites), "address": ref.address}
            yield row | {"url": source.statement(ref)}


def _parents(source: ExportSource) -> Iterator[Row]:
    for item in source.plan.items:
        for parent in dict.fromkeys(item.parents):
            yield {"entry": item.id, "parent": parent, "main": "true" if parent == item.under else "false"}


def _actors(source: ExportSource) -> Iterator[Row]:
    return ({"entry": a.id, "kind": a.kind, "under": a.under or ""} for a in source.plan.actors)


def _events(source: ExportSource) -> Iterator[Row]:
    return ({"entry": e.id, "kind": e.kind, "place": e.place, **_dates(e)} for e in source.plan.events)


def _terms(source: ExportSource) -> Iterator[Row]:
    for term in source.plan.terms:
        forms = [form for all in term.variants.values() for form in all]
        yield {"entry": term.id, "kind": term.kind, "variants": " | ".join(forms)}


def _sources(source: ExportSource) -> Iterator[Row]:
    names = ("publisher", "url", "language", "translation", "checked", "licence")
    for each in source.plan.sources:
        date = _edtf(each.date.edtf if each.date else None)
        yield {"entry": each.id, "date": date, **{name: getattr(each, name) for name in names}}


def _names(source: ExportSource) -> Iterator[Row]:
    for entity in source.plan:
        for tag, name in entity.name.items():
            short = entity.short[tag].text if tag in entity.short else ""
            row: Row = {"entry": entity.id, "language": tag, "name": name.text, "short": short}
            yield row | {"confidence": name.confidence, "basis": name.basis}


def _statements(source: ExportSource) -> Iterator[Row]:
    for entity in source.plan:
        for ref in source.statements(entity):
            yield {"entry": entity.id, **statement_fields(ref), "url": source.statement(ref)}


def _citations(source: ExportSource) -> Iterator[Row]:
    for entity in source.plan:
        for ref in source.statements(entity):
            for citation in ref.statement.all_cites:
                yield {
                    "entry": entity.id,
                    "address": ref.address,
                    "number": ref.number,
                    "source": citation.source,
                    "locator": citation.locator,
                    "url": source.url(source.addresses.citation(citation)),
                }


def _relations(source: ExportSource) -> Iterator[Row]:
    for entity in source.plan:
        for relation in entity.relations:
            yield {
                "entry": entity.id,
                "kind": relation.kind,
                "label": source.plan.settings.relations[relation.kind].name,
                "target": relation.target,
                "status": relation.says.status,
                "because": relation.says.words,
                "cites": _cites(relation.says.all_cites),
                "date": _edtf(relation.date.edtf if relation.date else None),
            }


def _counterparts(source: ExportSource) -> Iterator[Row]:
    """Yield every pair of a crosswalk, and the entries of other frameworks that have no counterpart."""
    for each in source.plan.crosswalks:
        head: Row = {"crosswalk": each.id, "to": each.to, "source": each.source}
        others = {other.code: head | _other(other) for other in each.others}
        for pair in each.pairs:
            yield others[pair.other] | {
                "entry": pair.entry,
                "kind": pair.relation,
                "label": source.plan.settings.relations[pair.relation].name,
                "because": pair.because.words if pair.because else "",
                "confidence": pair.confidence,
            }
        paired = {pair.other for pair in each.pairs}
        yield from (row for code, row in others.items() if code not in paired)


def _other(other: OutsideEntry) -> Row:
    return {"code": other.code, "name": other.name, "address": other.url}


ROWS: dict[str, Callable[[ExportSource], Iterator[Row]]] = {
    "entries": _entries,
    "items": _items,
    "indicators": _indicators,
    "values": _values,
    "progress": _progress,
    "parents": _parents,
    "actors": _actors,
    "events": _events,
    "terms": _terms,
    "sources": _sources,
    "names": _names,
    "statements": _statements,
    "citations": _citations,
    "relations": _relations,
    "counterparts": _counterparts,
}


def _dates(entity: Entity) -> Row:
    period = entity.date.edtf if entity.date else None
    return {**_days(period), "label": entity.date.label if entity.date else ""}


@cache
def _days(period: Period | None) -> Row:
    return {
        "date": _edtf(period),
        "first": period.first.isoformat() if period and period.first else "",
        "last": period.last.isoformat() if period and period.last else "",
    }


@cache
def _cites(cites: Cites) -> str:
    return "; ".join(map(str, cites))


def _edtf(period: Period | None) -> str:
    return period.edtf if period else ""


# --- files


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return the *columns* of *rows* as CSV that spreadsheets open in any script and run nothing of."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = map(row.get, columns)
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(_DANGEROUS) else c for c in cells])
    return (BOM + text.getvalue()).encode()


def _descriptor(source: ExportSource, files: dict[str, bytes]) -> dict[str, Any]:
    settings, losses = source.plan.settings, semicolons(map(gettext, LOSSES))
    left_out = gettext("Not in the tables: %(losses)s.", losses=losses)
    licence = without_empty(
        {"name": settings.licence if source.licence_url else "", "path": source.licence_url}
    )
    whole_day = settings.as_of.exact and settings.as_of.single
    return without_empty(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": settings.id,
            "title": settings.title or settings.site_name,
            "description": " ".join(f"{settings.lede} {left_out}".split()),
            "homepage": source.base,
            "version": source.version,
            "created": f"{source.version}T00:00:00Z" if whole_day else "",
            "hash": f"sha256:{source.hash}",
            "licenses": [licence] if licence else [],
            "sources": [
                without_empty({"title": source.plan.title(s), "path": s.url}) for s in source.plan.sources
            ],
            "resources": [_resource(name, files[f"{name}.csv"]) for name in TABLES],
        }
    )


def _resource(name: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema(name),
    }
