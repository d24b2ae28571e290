"""Hold the files of a plan while editing."""

import difflib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath

from plan_explorer.checking.published_ids import PUBLISHED_IDS
from plan_explorer.checking.published_statements import STATEMENTS
from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Document, Key
from plan_explorer.documents.plan_files import (
    find_plan_files,
    is_csv,
    is_plan_file,
    parse_documents,
    read_text,
)
from plan_explorer.editing.read_again import READ_AGAIN
from plan_explorer.editing.reviews import REVIEWS
from plan_explorer.editing.text_edits import FileText, Splice
from plan_explorer.editing.translations import TRANSLATIONS
from plan_explorer.editing.yaml_blocks import node_at
from plan_explorer.evidence.stamps import ACCEPTED, VERIFIED, find_unverified, parse_stamps
from plan_explorer.loading.checked_plan import CheckedPlan, check_documents
from plan_explorer.model.folders import explain_errors, locked, put_back, replace_files
from plan_explorer.model.json_schema import format_schemas
from plan_explorer.model.plan import Entry, Plan

SCHEMA = "schema"
"""The folder of the JSON Schema, inside that of the plan."""

PLAN_FOLDER = "plan"
"""The name of a plan's folder among handwritten pages."""

STATEMENT_LISTS = (REVIEWS, VERIFIED, ACCEPTED, READ_AGAIN)
"""The files whose lines begin with the id of the entry of a statement."""


@dataclass(frozen=True, eq=False)
class Workspace:
    """A plan's files by path, written if all are valid."""

    folder: Path
    shown: str
    """The name of the folder in messages."""
    files: Mapping[str, FileText]

    @cached_property
    def _parsed(self) -> tuple[dict[str, Document], list[Problem]]:
        texts = {name: raw.plain for name, raw in self.files.items() if is_plan_file(PurePath(name))}
        return parse_documents(texts, self.shown)

    @property
    def documents(self) -> dict[str, Document]:
        """Every file of the plan, parsed."""
        return self._parsed[0]

    @cached_property
    def checked(self) -> CheckedPlan:
        """The plan in these files, with what could be better about it.

        Raises:
            PlanError: with every problem found, if it is not valid.
        """
        published = self.text(PUBLISHED_IDS), self.text(STATEMENTS)
        return check_documents(*self._parsed, self.shown, *published)

    @property
    def plan(self) -> Plan:
        """The plan in these files."""
        return self.checked.plan

    def find_unverified(self) -> list[Problem]:
        """Return the statements that are not verified, if the plan has a list of those that are."""
        if VERIFIED not in self.files:
            return []
        try:
            stamps = parse_stamps(self.text(VERIFIED), VERIFIED)
        except PlanError:
            return []  # the list is damaged, as 'check' says
        return list(find_unverified(self.plan, stamps))

    def text(self, name: str) -> str:
        """Return a file's plain text, or ""."""
        return self.files[name].plain if name in self.files else ""

    def entry(self, id: str, among: Iterable[str] = (), otherwise: str = "") -> Entry:
        """Return the entry with this id.

        Args:
            id: what was written.
            among: the ids that can be meant; all of the plan unless given.
            otherwise: the hint if none of them is like it.

        Raises:
            PlanError: ``unknown-id``, if there is none.
        """
        if id not in self.plan:
            former = {old: entity.id for entity in self.plan for old in entity.formerly}
            hint = did_you_mean(id, list(among) or [entity.id for entity in self.plan], otherwise)
            hint = f"it is now called '{former[id]}'" if id in former else hint
            where = Location(self.shown, 0)
            raise PlanError([Problem("unknown-id", f"there is no entry '{id}'", where, hint)])
        return self.plan.entries[id]

    def name_of(self, document: Document) -> str:
        """Return the path of the document's file within the folder."""
        return document.path.removeprefix(f"{self.shown}/")

    def start(self, document: Document, key: Key) -> int:
        """Return the position of a value in plain text."""
        node = node_at(document, key)
        return int(node.start_mark.index) if node else 0

    # --- edits

    def apply_edits(self, splices: Mapping[str, Iterable[Splice]]) -> "Workspace":
        """Return the workspace with *splices* applied, by file path."""
        edited = {name: self.files[name].edit(each) for name, each in splices.items()}
        return replace(self, files={**self.files, **edited})

    def put(self, name: str, text: str | None) -> "Workspace":
        """Return the workspace with a file replaced or removed."""
        files = dict(self.files)
        if text is None:
            files.pop(name, None)
        elif name in files:
            raw = files[name]
            files[name] = raw if raw.plain == text else raw.edit([Splice(0, len(raw.plain), text)])
        else:
            files[name] = FileText(text)
        return replace(self, files=files)

    def without_lines(self, name: str, id: str) -> "Workspace":
        """Return the workspace without the lines on *id* in the list *name*."""
        if name not in self.files:
            return self
        lines = self.text(name).splitlines(keepends=True)
        return self.put(name, "".join(line for line in lines if line.split(" ")[0] != id))

    def with_schema(self) -> "Workspace":
        """Return the workspace with its JSON Schema updated.

        Raises:
            PlanError: if the plan is not valid.
        """
        workspace = self
        for name, text in format_schemas(self.plan).items():
            path = f"{SCHEMA}/{name}"
            if path in self.files and not _same_json(self.text(path), text):
                workspace = workspace.put(path, text)
        return workspace

    # --- what has changed

    def changed_files(self, before: "Workspace") -> list[str]:
        """Return the files that differ from *before*."""
        names = sorted({*self.files, *before.files})
        return [name for name in names if self.files.get(name) != before.files.get(name)]

    def diff(self, before: "Workspace") -> Iterator[str]:
        """Yield a unified diff from *before*, without the generated schema."""
        for name in self.changed_files(before):
            if not name.startswith(f"{SCHEMA}/"):
                path = os.path.normpath(f"{self.shown}/{name}").replace(os.sep, "/")
                old = before.text(name).splitlines(keepends=True)
                new = self.text(name).splitlines(keepends=True)
                labels = (
                    path if name in before.files else "/dev/null",
                    path if name in self.files else "/dev/null",
                )
                for line in difflib.unified_diff(old, new, *labels):
                    yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

    def write(self, before: "Workspace") -> None:
        """Write all changes since *before*, in one step.

        Raises:
            PlanError: ``not-written``, if a file cannot be written; ``changed-meanwhile``, if one is no
                longer as it was read.
        """
        changed = self.changed_files(before)
        if changed:
            files = {self.folder / name: _bytes(self.files.get(name)) for name in changed}
            with locked(self.folder), explain_errors(self.shown):
                replace_files(self.folder, files, before.refuse_other_changes)

    def refuse_other_changes(self, folder: Path) -> None:
        """Refuse to go on if the files in *folder* are no longer what was read.

        Raises:
            PlanError: ``changed-meanwhile``, if another program has changed one of them.
        """
        for name in sorted({*_names(folder), *self.files}):
            path = folder / name
            if (path.read_bytes() if path.exists() else None) != _bytes(self.files.get(name)):
                shown = os.path.normpath(f"{self.shown}/{name}")
                message = f"'{shown}' was changed by another program meanwhile; run the command again"
                raise PlanError([Problem("changed-meanwhile", message, Location(shown))])


def _same_json(one: str, other: str) -> bool:
    """Return whether two texts are the same JSON, however it is laid out."""
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def _bytes(file: FileText | None) -> bytes | None:
    return file.text.encode() if file else None


def open_workspace(folder: Path, shown: str = "") -> Workspace:
    """Return the files in *folder*, ready to edit.

    Handwritten pages are included if the folder is called ``plan`` and is among them.

    Raises:
        PlanError: with every problem found, if the plan is not valid.
    """
    workspace = read_workspace(folder, shown)
    assert workspace.plan  # raises what is wrong
    return workspace


def read_workspace(folder: Path, shown: str = "") -> Workspace:
    """Return the files in *folder*, whether or not they are a plan.

    Raises:
        PlanError: if one of them is no text.
    """
    shown = shown or folder.as_posix()
    put_back(folder)
    files: dict[str, FileText] = {}
    problems: list[Problem] = []
    for name in _names(folder):
        try:
            files[name] = FileText(read_text(folder / name, os.path.normpath(f"{shown}/{name}")))
        except PlanError as error:
            problems += [] if is_csv(name) else error.problems  # one that the plan does not read
    if problems:
        raise PlanError(problems)
    return Workspace(folder, shown, files)


def _names(folder: Path) -> list[str]:
    """Return the files that an edit may change, by their paths from *folder*."""
    lists = [PUBLISHED_IDS, STATEMENTS, TRANSLATIONS, *STATEMENT_LISTS]
    schemas = [f"{SCHEMA}/content.json", f"{SCHEMA}/plan.json"]
    others = [*lists, *schemas, *_pages(folder)]
    return [*find_plan_files(folder), *(name for name in others if (folder / name).is_file())]


def read_texts(folder: Path, shown: str = "") -> dict[str, str]:
    """Return the text of every file of the plan and page."""
    shown = shown or folder.as_posix()
    names = [*find_plan_files(folder), *_pages(folder)]
    texts = {
        name: (folder / name).read_bytes().decode(errors="replace")
        for name in names
        if (folder / name).is_file()
    }
    return {os.path.normpath(f"{shown}/{name}"): FileText(text).plain for name, text in texts.items()}


def _pages(folder: Path) -> Iterator[str]:
    if folder.name == PLAN_FOLDER:
        for path in sorted(folder.parent.rglob("*.md")):
            name = path.relative_to(folder.parent).as_posix()
            if not path.is_relative_to(folder) and not f"/{name}".count("/."):  # as MkDocs does
                yield f"../{name}"


def refuse(message: str, where: Location, hint: str = "") -> PlanError:
    """Return the error for an edit that cannot be made."""
    return PlanError([Problem("cannot-edit", message, where, hint)])
