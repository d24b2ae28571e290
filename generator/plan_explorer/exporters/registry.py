"""List export formats and run those of a site."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec

from plan_explorer.exporters.base import Export, ExportSource, media_type
from plan_explorer.translation import N_, gettext, speaking

INSTALL = "pip install 'plan-explorer[export]'"
"""The command that installs all libraries for exports."""


@dataclass(frozen=True)
class ExportFormat:
    """A format to which a plan can be exported."""

    id: str
    named: str
    """What it is called, in English."""
    meant_for: str
    """Who uses it and for what, in one English sentence."""
    module: str
    """The module whose function ``export`` writes it."""
    library: str = ""
    """The module of a library that it needs."""
    folder: str = "data/"
    """The folder of its files in a site."""
    on_site: bool = True
    """Whether a site offers it; what editors correct is only written by the command."""

    @property
    def title(self) -> str:
        """What it is called."""
        return gettext(self.named)

    @property
    def about(self) -> str:
        """Who uses it and for what, in one sentence."""
        return gettext(self.meant_for)

    def export(self, source: ExportSource) -> Export:
        """Return the files, in the language of the pages, importing the format's module first.

        Nothing else imports it, as its library may be missing.
        """
        module = import_module(f"plan_explorer.exporters.{self.module}")
        with speaking(source.catalogue):
            export: Export = module.export(source)
        return export


FORMATS = (
    ExportFormat("json", N_("The whole plan"), N_("Programs, and anyone who wants everything."), "plan_json"),
    ExportFormat(
        "csv", N_("Tables"), N_("Spreadsheets and statistics: a Data Package."), "tables", folder="data/csv/"
    ),
    ExportFormat(
        "sheet",
        N_("One table"),
        N_("People with a spreadsheet: the table of the page “Compare” as CSV."),
        "sheet",
    ),
    ExportFormat(
        "sheet-xlsx",
        N_("One table for Excel"),
        N_("The same table, ready to read."),
        "sheet_workbook",
        "openpyxl",
    ),
    ExportFormat(
        "xlsx",
        "Workbook",
        "People who correct the plan in a spreadsheet and send it back.",
        "workbook",
        "openpyxl",
        on_site=False,
    ),
    ExportFormat("skos", "SKOS", N_("Terminology tools and triple stores."), "skos", "rdflib"),
    ExportFormat(
        "ical", N_("Calendar"), N_("Calendars: dated events and deadlines."), "icalendar", "icalendar"
    ),
    ExportFormat(
        "references",
        N_("References"),
        N_("Zotero and other reference managers: BibTeX, RIS, CSL-JSON, GB/T 7714."),
        "references",
        folder="data/references/",
    ),
    ExportFormat("stratml", "StratML Part 2", N_("Registers of strategic plans."), "stratml", "lxml"),
    ExportFormat("graphml", "GraphML", N_("Programs that draw and count graphs."), "graphml"),
    ExportFormat(
        "inventory",
        "objects.inv",
        N_("Cross-references from Sphinx and mkdocstrings."),
        "sphinx_inventory",
        folder="",
    ),
    ExportFormat(
        "pages",
        N_("Page by page"),
        N_("Scripts and language models: beside every page its content as JSON and as Markdown."),
        "per_page",
        folder="",
    ),
)
"""Every format, in the order of the data page."""

WHOLE_TABLES = {"sheet": ("CSV", "data/table.csv"), "sheet-xlsx": ("XLSX", "data/table.xlsx")}
"""The formats that hold the table of the page *Compare*: what a link to it says, and its file."""

NAMES = tuple(format.id for format in FORMATS if format.on_site)
"""The formats that a site can offer."""


@dataclass(frozen=True)
class Offer:
    """A format of a site, with its export."""

    format: ExportFormat
    source: ExportSource

    @cached_property
    def export(self) -> Export | None:
        """The export, made when it is first asked for; None if its library is missing."""
        if is_missing(self.format):
            return None
        return self.format.export(self.source)

    @property
    def files(self) -> dict[str, bytes]:
        """The files, by their path in the site."""
        files = self.export.files if self.export else {}
        return {self.format.folder + name: content for name, content in files.items()}

    @property
    def losses(self) -> tuple[str, ...]:
        """The parts of the plan that it leaves out."""
        return self.export.losses if self.export else ()

    @property
    def listed(self) -> dict[str, bytes]:
        """The files shown on the data page."""
        shown = (self.format.folder or "data/", "llms.txt", "objects.inv")
        return {path: content for path, content in self.files.items() if path.startswith(shown)}

    @property
    def media_types(self) -> list[str]:
        """The media types of its files, without duplicates."""
        return list(dict.fromkeys(map(media_type, self.files)))

    @property
    def unlisted(self) -> int:
        """The number of files beside other pages."""
        return len(self.files) - len(self.listed)

    @property
    def size(self) -> int:
        """The total size of its files, in bytes."""
        return sum(map(len, self.files.values()))


@dataclass(frozen=True)
class Offers:
    """The formats of a site."""

    each: tuple[Offer, ...]

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files of all formats, by path."""
        return {path: content for offer in self.each for path, content in offer.files.items()}

    @property
    def sizes(self) -> list[tuple[str, int]]:
        """The files on the data page, with bytes."""
        return [(path, len(content)) for offer in self.each for path, content in offer.listed.items()]

    @property
    def missing(self) -> list[ExportFormat]:
        """The formats whose library is not installed."""
        return [offer.format for offer in self.each if is_missing(offer.format)]


def is_missing(format: ExportFormat) -> bool:
    """Return whether *format* needs a library that is not installed."""
    return bool(format.library) and find_spec(format.library) is None


def installed() -> tuple[str, ...]:
    """Return the ids of a site's formats whose libraries are installed."""
    return tuple(format.id for format in FORMATS if format.on_site and not is_missing(format))


def whole_tables(chosen: Collection[str]) -> list[tuple[str, str]]:
    """Return what links to the whole table say, and where they lead, in the *chosen* formats."""
    return [told for id, told in WHOLE_TABLES.items() if id in chosen and id in installed()]


def offers(source: ExportSource, chosen: Collection[str]) -> Offers:
    """Return the *chosen* formats; their files are made when they are first asked for."""
    return Offers(tuple(Offer(format, source) for format in FORMATS if format.id in chosen))
