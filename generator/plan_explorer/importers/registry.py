"""Plans that others keep in formats of their own, as YAML: one module a format."""

from importlib.util import find_spec

from plan_explorer.importers import ciso, oscal, plan_json, references, skos, stix, stratml, tables
from plan_explorer.importers.format import Format, Imported, ImportRequest, from_draft

FORMATS = (
    Format("json", "plan.json, as this program exports it", plan_json.read),
    Format("csv", "a table of separated values", tables.read_csv),
    Format("xlsx", "a sheet of a workbook", tables.read_xlsx, "openpyxl"),
    Format("stratml", "a strategic plan or report in StratML", from_draft("StratML", stratml.read), "lxml"),
    Format("oscal", "an OSCAL catalog in JSON, XML or YAML", from_draft("OSCAL", oscal.read), "lxml"),
    Format("ciso", "a library of CISO Assistant in YAML", from_draft("CISO Assistant", ciso.read)),
    Format("stix", "a STIX 2.1 bundle", from_draft("STIX", stix.read)),
    Format("skos", "a SKOS vocabulary, as a glossary", from_draft("SKOS", skos.read), "rdflib"),
    Format("bibtex", "references in BibTeX", from_draft("BibTeX", references.read_bibtex), "bibtexparser"),
    Format("csl", "references in CSL-JSON", from_draft("CSL-JSON", references.read_csl)),
)
"""Every format, as the command lists them."""

__all__ = ["FORMATS", "Format", "ImportRequest", "Imported", "missing"]


def missing(format: Format) -> bool:
    """Return whether the library that *format* needs is not installed."""
    return bool(format.library) and find_spec(format.library) is None
