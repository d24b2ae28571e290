"""Check an imported plan, and write it completely or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.document import parse_documents
from plan_explorer.loading.checked_plan import check_documents
from plan_explorer.model.paths import within

PLAN_FILES = (".yaml", ".yml")


def check_files(files: Mapping[str, bytes], shown: str) -> list[Problem]:
    """Return the warnings about the plan in *files*.

    Raises:
        PlanError: with every problem, if the plan is not valid.
    """
    texts = {name: content.decode() for name, content in files.items()}
    return check_documents(*parse_documents(texts, shown), shown).warnings


def write_plan(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Write *files* to *folder*.

    Args:
        files: contents by path within the folder.
        folder: the target, which must be empty or not exist.
        force: whether to overwrite its YAML files; other files stay.

    Raises:
        PlanError: ``not-ours``, if it contains other files or is not a folder.
    """
    folder = folder.resolve()
    _check_folder(folder, force=force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        fresh = Path(name) / "plan"
        fresh.mkdir()
        for path, content in files.items():
            target = within(fresh, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if folder.exists():
            _copy_other_files(folder, fresh)
            folder.rename(Path(name) / "old")
        fresh.rename(folder)


def _check_folder(folder: Path, *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise _refusal(folder, "this is a file", "give the path of a folder")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not force:
        hint = "choose another folder, or use --force to overwrite its plan files"
        raise _refusal(folder, "this folder contains other files", hint)
    if not (folder / "plan.yaml").is_file():
        hint = "--force only overwrites the folder of a plan"
        raise _refusal(folder, "this folder does not contain a plan", hint)


def _refusal(folder: Path, message: str, hint: str) -> PlanError:
    return PlanError([Problem("not-ours", message, Location(str(folder)), hint)])


def _copy_other_files(folder: Path, fresh: Path) -> None:
    """Copy the files that are not part of the plan."""
    for path in sorted(folder.rglob("*")):
        target = fresh / path.relative_to(folder)
        if path.is_file() and path.suffix not in PLAN_FILES and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
