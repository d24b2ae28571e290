"""Versions of a plan: a folder, a plan.json, or a revision of git."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.document import Document, parse_document, read_documents
from plan_explorer.loading.loader import load
from plan_explorer.loading.plan_json import FORMAT, documents
from plan_explorer.model.plan import Plan


def read_version(given: str, plan: str) -> Plan:
    """Return the plan that *given* names.

    Args:
        given: a folder, the path of a plan.json, or a revision as ``REV`` or ``REV:path``.
        plan: the folder of the plan within a revision that names none.

    Raises:
        PlanError: ``no-version``, if there is none, or it cannot be read as a plan.
    """
    path = Path(given)
    if path.is_dir():
        documents, problems = read_documents(path)
        return _plan(documents, given, problems)
    if path.is_file():
        return from_json(path.read_bytes(), given)
    revision, _, folder = given.partition(":")
    return _plan(_of_git(revision, folder or plan, given), given)


def read_versions(folder: Path, shown: str) -> list[Plan]:
    """Return the versions that are kept as plan.json in *folder*, by name; none if there is no such folder.

    Raises:
        PlanError: ``no-version``, if one of the files holds none.
    """
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [from_json(path.read_bytes(), f"{shown}/{path.name}") for path in paths]


def from_json(raw: bytes, shown: str) -> Plan:
    """Return the plan that a plan.json holds.

    Raises:
        PlanError: ``no-version``, if it holds none.
    """
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise _none(shown, "this file is no JSON") from None
    files = data.get("files") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(files, dict):
        raise _none(shown, f"this file is no plan.json of the format '{FORMAT}'")
    return _plan(documents(data, shown), shown)


def _plan(documents: Mapping[str, Document], shown: str, unread: list[Problem] | None = None) -> Plan:
    """Return the plan; an old one may break rules that are younger, as long as it can be read."""
    plan, problems = load(documents, shown)
    if plan is None or unread:
        raise PlanError([*(unread or []), *problems] or [Problem("no-version", "empty", Location(shown))])
    return plan


def _of_git(revision: str, folder: str, shown: str) -> dict[str, Document]:
    """Return the YAML files below *folder* as they were at *revision*."""
    if revision.startswith("-") or not revision:
        raise _none(shown, "there is no such folder, file or revision")
    top = PurePosixPath(folder)
    listed = _git(shown, "ls-tree", "-r", "-z", "--name-only", revision, "--", f"./{top}")
    found: dict[str, Document] = {}
    for name in sorted(filter(None, listed.decode("utf-8", "replace").split("\0"))):
        path = PurePosixPath(name)
        hidden = any(part.startswith(".") for part in path.parts[-2:])
        if path.suffix in (".yaml", ".yml") and not hidden:
            raw = _git(shown, "show", f"{revision}:./{name}")
            below = path.relative_to(top).as_posix()
            document, problems = parse_document(raw.decode("utf-8-sig", "replace"), f"{shown}/{below}")
            if problems:
                raise PlanError(problems)
            found[below] = document
    if not found:
        raise _none(shown, f"there is no folder '{folder}' with YAML files at '{revision}'")
    return found


def _git(shown: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise _none(shown, "git is not installed, so only folders and files can be compared") from None
    except subprocess.CalledProcessError:
        raise _none(shown, "there is no such folder, file or revision") from None
    return done.stdout


def _none(shown: str, message: str) -> PlanError:
    hint = "give a folder, a plan.json, or a revision as REV or REV:path"
    return PlanError([Problem("no-version", message, Location(shown), hint)])
