"""References: the sources of the plan, and the site itself, for reference managers."""

import json
from typing import Any

from plan_explorer.cite import Reference
from plan_explorer.dates import Point
from plan_explorer.entities import Source as Document
from plan_explorer.exports.base import Export, Source


def export(source: Source) -> Export:
    """Return ``references.bib``, ``.ris``, ``.json`` (CSL) and ``.txt`` (GB/T 7714)."""
    cited = [_site(source), *(_document(source, each) for each in source.plan.sources)]
    csl: list[Any] = [item for reference in cited for item in json.loads(reference.csl())]
    files = {
        "references.bib": "\n\n".join(reference.bibtex() for reference in cited) + "\n",
        "references.ris": "\r\n".join(reference.ris().replace("\n", "\r\n") + "\r\n" for reference in cited),
        "references.json": json.dumps(csl, ensure_ascii=False, indent=1) + "\n",
        "references.txt": "\n".join(reference.gbt() for reference in cited) + "\n",
    }
    undated = sum(not reference.iso for reference in cited)
    lost = (f"{undated} sources have no date",) if undated else ()
    return Export({name: text.encode() for name, text in files.items()}, lost)


def _site(source: Source) -> Reference:
    settings = source.plan.settings
    version = settings.as_of.end or settings.as_of.start or Point(0)
    place = source.base or "index.html"
    return Reference(settings.id, settings.title or settings.site_name, settings.site_name, place, version)


def _document(source: Source, document: Document) -> Reference:
    period = document.date.edtf if document.date else None
    date = (period.start or period.end) if period else None
    title = source.plan.title(document)
    place = document.url or source.page(document)
    return Reference(document.id, title, document.publisher or "n.p.", place, date or Point(0))
