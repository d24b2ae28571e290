"""The plan in the formats that others already use, one module each."""

from importlib.util import find_spec

from plan_explorer.exports import (
    beside,
    graphml,
    ical,
    inventory,
    plan_json,
    references,
    skos,
    stratml,
    tables,
)
from plan_explorer.exports.base import Export, Format, Source

FORMATS = (
    Format(
        "json",
        "The whole plan",
        "Programs, and anyone who wants everything.",
        "application/json",
        plan_json.export,
    ),
    Format("csv", "Tables", "Spreadsheets and statistics: a Data Package.", "text/csv", tables.export),
    Format(
        "skos",
        "Glossary and views as SKOS",
        "Terminology tools and triple stores.",
        "text/turtle",
        skos.export,
        "rdflib",
    ),
    Format(
        "ical",
        "Calendar",
        "Calendars: dated events and deadlines.",
        "text/calendar",
        ical.export,
        "icalendar",
    ),
    Format(
        "references",
        "References",
        "Zotero and other reference managers.",
        "application/x-bibtex",
        references.export,
    ),
    Format("stratml", "StratML", "Registers of strategic plans.", "application/xml", stratml.export, "lxml"),
    Format(
        "graphml", "Graph", "Tools that draw and count graphs.", "application/xml", graphml.export, "networkx"
    ),
    Format(
        "inventory",
        "Inventory",
        "Cross-references from Sphinx and mkdocstrings.",
        "application/octet-stream",
        inventory.export,
        "sphobjinv",
    ),
    Format(
        "pages",
        "Items one by one",
        "Language models and scripts: JSON and Markdown.",
        "text/markdown",
        beside.export,
    ),
)
"""Every format, in the order of the page that lists them."""

__all__ = ["FORMATS", "Export", "Format", "Source", "available", "missing"]


def missing(format: Format) -> bool:
    """Return whether the library that *format* needs is not installed."""
    return bool(format.library) and find_spec(format.library) is None


def available() -> list[Format]:
    """Return the formats whose libraries are installed."""
    return [format for format in FORMATS if not missing(format)]
