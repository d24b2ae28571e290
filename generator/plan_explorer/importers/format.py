"""What an import is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plan_explorer.importers.assemble import Assembly
from plan_explorer.importers.draft import Draft, Note
from plan_explorer.importers.ids import NOUNS
from plan_explorer.importers.report import Report
from plan_explorer.importers.safe_read import refuse


@dataclass(frozen=True)
class ImportRequest:
    """A file to import, and what is known about it besides."""

    raw: bytes
    name: str
    """The name of the file, without its folder."""
    shown: str
    """How to name it in messages."""
    saved: str
    """The day it was last saved, for files that name no day of their own."""
    as_of: str = ""
    """The day of the content, if whoever imports it says so."""
    mapping: bytes = b""
    """What the columns of a table mean, as YAML; empty if it is to be guessed."""

    @property
    def stem(self) -> str:
        return self.name.rsplit(".", 1)[0]

    @property
    def title(self) -> str:
        """What to call a plan that does not name itself."""
        words = " ".join(self.stem.replace("_", " ").replace("-", " ").split())
        return words[:1].upper() + words[1:] or "Plan"


@dataclass(frozen=True)
class Imported:
    """The files of a plan, and the account of how they came about."""

    files: Mapping[str, bytes]
    report: Report
    mapping: bytes = b""
    """What the columns of a table were taken to mean."""


@dataclass(frozen=True)
class ImportFormat:
    """A format that can be imported."""

    id: str
    title: str
    read: Callable[[ImportRequest], Imported]
    library: str = ""
    """The module of a library that has to be installed for it."""


def from_draft(format: str, read: Callable[[ImportRequest], Draft]) -> Callable[[ImportRequest], Imported]:
    """Return an import that turns the draft that *read* gives into files."""

    def imported(given: ImportRequest) -> Imported:
        return assemble(format, read(given), given)

    return imported


def assemble(format: str, draft: Draft, given: ImportRequest, mapping: bytes = b"") -> Imported:
    """Return *draft* as files, with the report."""
    as_of = given.as_of or draft.as_of
    if not as_of:
        as_of = given.saved
        draft.change(f"it names no day of its own: as_of is {as_of}, the day it was last saved", "")
    assembly = Assembly(draft, as_of, given.name)
    files = assembly.files()
    if len(files) == 2 or not any(True for level in draft.levels for _ in draft.of(level.id)):
        raise refuse(given.shown, "this file holds nothing that a plan could consist of")
    numbers: dict[tuple[str, str], int] = {}
    for level in draft.levels:
        nouns = (level.one.lower(), level.many.lower())
        numbers[nouns] = numbers.get(nouns, 0) + sum(1 for _ in draft.of(level.id))
    numbers |= {(noun, kind): sum(1 for _ in draft.of(kind)) for kind, noun in NOUNS.items()}
    counts = {one if number == 1 else many: number for (one, many), number in numbers.items()}
    notes = (tuple(dict.fromkeys(draft.changed)), tuple(dict.fromkeys(draft.dropped)))
    return Imported(files, Report(format, given.name, counts, *notes), mapping)


__all__ = ["ImportFormat", "ImportRequest", "Imported", "Note", "assemble", "from_draft"]
