"""Define import formats, their input and their result."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from plan_explorer.importers.assemble import Assembly
from plan_explorer.importers.draft import Draft
from plan_explorer.importers.ids import NOUNS, KnownIds
from plan_explorer.importers.languages import choose_language
from plan_explorer.importers.mapping import FrameworkMapping
from plan_explorer.importers.report import Report
from plan_explorer.importers.safe_read import refuse


@dataclass(frozen=True)
class ImportRequest:
    """A file to import, with its circumstances."""

    raw: bytes
    name: str
    """The name of the file, without its folder."""
    shown: str
    """The name of the file in messages."""
    saved: str
    """The day it was last saved, used if the file gives no date."""
    as_of: str = ""
    """The date of the content, if the user gives one."""
    mapping: bytes = b""
    """The meaning of a table's columns, as YAML; empty to guess it."""
    language: str = ""
    """The language asked for; empty for the file's own."""
    sheet: str = ""
    """The sheet of a workbook; empty to choose one."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What lies in it by path, if it is a folder."""

    @property
    def stem(self) -> str:
        return self.name.rsplit(".", 1)[0]

    @property
    def title(self) -> str:
        """The title for a plan without one."""
        words = " ".join(self.stem.replace("_", " ").replace("-", " ").split())
        return words[:1].upper() + words[1:] or "Plan"


@dataclass(frozen=True)
class Imported:
    """The files of a plan, with a report."""

    files: Mapping[str, bytes]
    report: Report
    mapping: bytes = b""
    """The meanings used for a table's columns."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The id of each entry, by what the file calls it."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """The passages of the file that are not called like their entries, by the same key."""


@dataclass(frozen=True)
class ImportFormat:
    """A format that can be imported."""

    id: str
    title: str
    name: str
    """What reports call it."""
    parse: Callable[[ImportRequest], Draft | Imported | FrameworkMapping]
    library: str = ""
    """The module of a library that it needs."""
    folders: tuple[str, ...] = ()
    """The folders in which its files lie, if it is a folder and not a file."""
    adds: str = ""
    """The kind of entries that it can add to a plan: ``sources`` or ``terms``."""

    def read(self, request: ImportRequest, recognise: Callable[[Draft], KnownIds] | None = None) -> Imported:
        """Return the plan in a file, with a report.

        Args:
            request: the file.
            recognise: tells what entries are called already, if a plan is updated.

        Raises:
            PlanError: ``not-imported``, if the file has none in this format.
        """
        parsed = self.parse(request)
        if isinstance(parsed, FrameworkMapping):
            why = f"this file maps {parsed.between}, and is no plan by itself"
            raise refuse(request.shown, why, "use --add, and --into the folder of the plan of one of them")
        return parsed if isinstance(parsed, Imported) else _assemble(self.name, parsed, request, recognise)


def _assemble(
    format: str, draft: Draft, request: ImportRequest, recognise: Callable[[Draft], KnownIds] | None
) -> Imported:
    as_of = request.as_of or draft.as_of
    if not as_of:
        as_of = request.saved
        draft.change(f"it gives no date: as_of is {as_of}, the day it was last saved", "")
    if request.language:
        choose_language(draft, request.language, request.shown)
    assembly = Assembly(draft, as_of, request.name, recognise)
    files = assembly.files()
    if not any(True for level in draft.levels for _ in draft.entries_of(level.id)):
        raise refuse(request.shown, "this file contains nothing to make a plan from")
    nouns = [(level.id, level.one.lower(), level.many.lower()) for level in draft.levels]
    nouns += [(kind, noun, kind) for kind, noun in NOUNS.items()]
    numbers: Counter[tuple[str, str]] = Counter()
    for kind, one, many in nouns:
        numbers[one, many] += sum(1 for _ in draft.entries_of(kind))
    counts = {one if number == 1 else many: number for (one, many), number in numbers.items()}
    notes = (tuple(dict.fromkeys(draft.changed)), tuple(dict.fromkeys(draft.dropped)))
    report = Report(format, request.name, counts, *notes)
    return Imported(files, report, draft.mapping, assembly.ids.by_key, assembly.ids.passages)
