"""Find and read the files of a plan."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.csv_rows import parse_csv
from plan_explorer.documents.document import Document, Key, parse_document


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
    hidden = any(part.startswith((".", "~", "#")) for part in path.parts if part != "..")
    return (path.suffix in (".yaml", ".yml") or is_csv(path.name)) and not hidden


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
        hint += ": in Excel, as 'CSV UTF-8'" if is_csv(path.name) else ""
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
    named = list(_find_values_files(documents))
    wanted = {file for _, _, file in named}
    for name in values:
        if name in wanted:
            add(name)
    for document, key, file in named:
        if file not in documents:
            problems.append(_no_file(document, key, file, values))
    return documents, problems


def _find_values_files(documents: Mapping[str, Document]) -> Iterator[tuple[Document, Key, str]]:
    """Yield the files of values that indicators in *documents* name, and where each is named."""
    for document in documents.values():
        for name, entries in document.data.items() if isinstance(document.data, dict) else ():
            for at, entry in enumerate(entries if isinstance(entries, list) else ()):
                indicators = entry.get("indicators") if isinstance(entry, dict) else None
                for number, each in enumerate(indicators if isinstance(indicators, list) else ()):
                    file = each.get("values_file") if isinstance(each, dict) else None
                    if isinstance(file, str):
                        yield document, (name, at, "indicators", number, "values_file"), file


def _no_file(document: Document, key: Key, file: str, known: Iterable[str]) -> Problem:
    """Return the problem of an indicator whose file of values is not in the plan."""
    message = f"the plan has no file '{file}'"
    hint = "put it into the folder of the plan, as a CSV file: values.csv"
    return document.problem("no-values", message, key, did_you_mean(file, known, hint))


def is_csv(name: str) -> bool:
    """Return whether the file *name* holds values, and not entries."""
    return name.lower().endswith(".csv")
