"""Find and read the files of a plan."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.csv_rows import parse_csv
from plan_explorer.documents.document import Document, parse_document


def find_plan_files(folder: Path) -> Iterator[str]:
    """Yield every file of a plan below *folder* by its path from there, hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if is_plan_file(name):
            yield name.as_posix()


def is_plan_file(path: PurePath) -> bool:
    """Return whether *path*, from the folder of the plan, is that of a YAML file, or of one with values.

    Hidden ones, and those that an editor program keeps beside what it edits, are not.
    """
    return path.suffix in (".yaml", ".yml", ".csv") and not any(
        part.startswith((".", "~", "#")) for part in path.parts if part != ".."
    )


def read_text(path: Path, shown: str) -> str:
    """Return the text of the file at *path*, called *shown* in messages.

    Raises:
        PlanError: ``unreadable`` or ``not-utf-8``, if it cannot be read as text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        hint = "check that it is a file and that you have permission to read it"
        problem = Problem("unreadable", f"this file cannot be read: {reason}", Location(shown), hint)
        raise PlanError([problem]) from None
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        where = Location(shown, raw.count(b"\n", 0, error.start) + 1)
        hint = "save the file again with UTF-8 encoding"
        raise PlanError([Problem("not-utf-8", "this file is not UTF-8 text", where, hint)]) from None


def read_documents(folder: Path, shown: str) -> tuple[dict[str, Document], list[Problem]]:
    """Return every file of the plan in *folder* by its path from there, and what cannot be read.

    Args:
        folder: the folder of the plan.
        shown: how to name the folder in messages.
    """
    return _parse(find_plan_files(folder), lambda name: read_text(folder / name, f"{shown}/{name}"), shown)


def parse_documents(texts: Mapping[str, str], shown: str) -> tuple[dict[str, Document], list[Problem]]:
    """Return what *texts* hold, by path from a folder called *shown*, as if they were read from there."""
    return _parse(sorted(texts, key=PurePath), texts.__getitem__, shown)


def _parse(
    names: Iterable[str], text_of: Callable[[str], str], shown: str
) -> tuple[dict[str, Document], list[Problem]]:
    """Return the files that belong to the plan: of those with values, the ones that an indicator names."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []

    def add(name: str) -> None:
        path = f"{shown}/{name}"
        try:
            documents[name], found = (parse_csv if is_csv(name) else parse_document)(text_of(name), path)
        except PlanError as error:
            documents[name], found = Document(path, unread=True), error.problems
        problems.extend(found)

    values = []
    for name in names:
        if is_csv(name):
            values.append(name)
        else:
            add(name)
    wanted = values_files(documents)
    for name in values:
        if name in wanted:
            add(name)
    return documents, problems


def values_files(documents: Mapping[str, Document]) -> set[str]:
    """Return the files of values that indicators in *documents* name."""
    names = set()
    for document in documents.values():
        for entries in document.data.values() if isinstance(document.data, dict) else ():
            for entry in entries if isinstance(entries, list) else ():
                indicators = entry.get("indicators") if isinstance(entry, dict) else None
                for each in indicators if isinstance(indicators, list) else ():
                    if isinstance(each, dict) and isinstance(each.get("values_file"), str):
                        names.add(each["values_file"])
    return names


def is_csv(name: str) -> bool:
    """Return whether the file *name* holds values, and not entries."""
    return name.lower().endswith(".csv")
