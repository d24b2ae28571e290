"""List the formats that can be imported."""

from functools import partial
from importlib.util import find_spec

from plan_explorer.importers import (
    ciso,
    open_sdg,
    oscal,
    plan_json,
    references,
    skos,
    sssom,
    stix,
    stratml,
    tables,
)
from plan_explorer.importers.draft import SOURCE, TERM
from plan_explorer.importers.format import ImportFormat

FORMATS = (
    ImportFormat("json", "plan.json, as this program exports it", "plan.json", plan_json.read),
    ImportFormat("csv", "a table of separated values", "table", partial(tables.read, "csv"), adds=TERM),
    ImportFormat(
        "xlsx", "a sheet of a workbook", "table", partial(tables.read, "xlsx"), "openpyxl", adds=TERM
    ),
    ImportFormat(
        "ods", "a sheet of an OpenDocument workbook", "table", partial(tables.read, "ods"), "lxml", adds=TERM
    ),
    ImportFormat("stratml", "a strategic plan or report in StratML", "StratML", stratml.read, "lxml"),
    ImportFormat(
        "opensdg",
        "a folder with 'data' and 'meta' of Open SDG",
        "Open SDG",
        open_sdg.read,
        folders=open_sdg.FOLDERS,
    ),
    ImportFormat("oscal", "an OSCAL catalog or mapping in JSON, XML or YAML", "OSCAL", oscal.read, "lxml"),
    ImportFormat("ciso", "a library of CISO Assistant in YAML", "CISO Assistant", ciso.read),
    ImportFormat("sssom", "a mapping in SSSOM, to be added to a plan", "SSSOM", sssom.read),
    ImportFormat("stix", "a STIX 2.1 bundle", "STIX", stix.read),
    ImportFormat("skos", "a SKOS vocabulary, as a glossary", "SKOS", skos.read, "rdflib", adds=TERM),
    ImportFormat(
        "bibtex", "references in BibTeX", "BibTeX", references.read_bibtex, "bibtexparser", adds=SOURCE
    ),
    ImportFormat("ris", "references in RIS", "RIS", references.read_ris, "rispy", adds=SOURCE),
    ImportFormat("csl", "references in CSL-JSON", "CSL-JSON", references.read_csl, adds=SOURCE),
)
"""Every format, in the order of the command's help."""


def is_missing(format: ImportFormat) -> bool:
    """Return whether *format* needs a library that is not installed."""
    return bool(format.library) and find_spec(format.library) is None
