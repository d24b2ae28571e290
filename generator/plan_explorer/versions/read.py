"""Read a version from a folder, a plan.json or git."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.document import Document
from plan_explorer.documents.plan_files import is_plan_file, parse_documents, read_documents
from plan_explorer.loading.loader import load
from plan_explorer.loading.plan_json import FORMAT, file_texts
from plan_explorer.model.plan import Plan


def read_version(given: str, plan: str) -> Plan:
    """Return the plan that *given* names.

    Args:
        given: a folder, the path of a plan.json, or a revision as ``REV`` or ``REV:path``.
        plan: the folder of the plan within a revision given without a path.

    Raises:
        PlanError: ``no-version``, if it does not exist or is not a readable plan.
    """
    path = Path(given)
    if path.is_dir():
        return _load(*read_documents(path, path.as_posix()), given)
    if path.is_file():
        return parse_version(path.read_bytes(), given)
    revision, _, folder = given.partition(":")
    return _load(*parse_documents(_read_revision(revision, folder or plan, given), given), given)


def read_versions(folder: Path, shown: str) -> dict[str, Plan]:
    """Return the kept versions in *folder*, in the order of their file names, by their paths.

    Raises:
        PlanError: ``no-version``, if one of the files has none.
    """
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    named = {f"{shown}/{path.name}": path for path in paths}
    return {name: parse_version(path.read_bytes(), name) for name, path in named.items()}


def parse_version(raw: bytes, shown: str) -> Plan:
    """Return the plan in a plan.json.

    Raises:
        PlanError: ``no-version``, if there is none.
    """
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise _no_version(shown, "this file is not JSON") from None
    files = data.get("files") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(files, dict):
        raise _no_version(shown, f"this file is not a plan.json in the format '{FORMAT}'")
    return _load(*parse_documents(file_texts(data), shown), shown)


def _load(documents: Mapping[str, Document], unread: list[Problem], shown: str) -> Plan:
    """Return a plan, even if it breaks newer rules."""
    plan, problems = load(documents, shown)
    if plan is None or unread:
        raise PlanError([*unread, *problems] or [Problem("no-version", "empty", Location(shown))])
    return plan


def _read_revision(revision: str, folder: str, shown: str) -> dict[str, str]:
    """Return the YAML files below *folder* at *revision*."""
    if revision.startswith("-") or not revision:
        raise _no_version(shown, "there is no such folder, file or revision")
    top = PurePosixPath(folder)
    listed = _git(shown, "ls-tree", "-r", "-z", "--name-only", revision, "--", f"./{top}")
    texts: dict[str, str] = {}
    for path in map(PurePosixPath, filter(None, listed.decode("utf-8", "replace").split("\0"))):
        name = path.relative_to(top)
        if is_plan_file(name):
            raw = _git(shown, "show", f"{revision}:./{path}")
            texts[name.as_posix()] = raw.decode("utf-8", "replace")
    if not texts:
        raise _no_version(shown, f"there is no folder '{folder}' with YAML files at '{revision}'")
    return texts


def _git(shown: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise _no_version(shown, "git is not installed, so only folders and files can be compared") from None
    except subprocess.CalledProcessError:
        raise _no_version(shown, "there is no such folder, file or revision") from None
    return done.stdout


def _no_version(shown: str, message: str) -> PlanError:
    hint = "give a folder, a plan.json, or a revision as REV or REV:path"
    return PlanError([Problem("no-version", message, Location(shown), hint)])
