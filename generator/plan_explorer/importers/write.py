"""Check an imported plan, and write it completely or not at all."""

from collections.abc import Mapping
from pathlib import Path

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.documents.document import parse_documents
from plan_explorer.loading.checked_plan import CheckedPlan, check_documents
from plan_explorer.model.folders import NextFolder, locked

PLAN_FILES = (".yaml", ".yml")


def check_files(files: Mapping[str, bytes], shown: str) -> CheckedPlan:
    """Return the plan in *files*.

    Raises:
        PlanError: with every problem, if the plan is not valid.
    """
    texts = {name: content.decode() for name, content in files.items()}
    return check_documents(*parse_documents(texts, shown), shown)


def write_plan(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Write *files* to *folder*.

    Args:
        files: contents by path within the folder.
        folder: the target, which must be empty or not exist.
        force: whether to overwrite its YAML files; other files stay.

    Raises:
        PlanError: ``not-ours``, if it contains other files; ``not-written``, if it cannot be written.
    """
    with locked(folder):
        check_folder(folder, force=force)
        with NextFolder(folder) as fresh:
            for path in folder.rglob("*"):
                if path.is_file() and path.suffix not in PLAN_FILES:
                    fresh.keep(path.relative_to(folder).as_posix())
            for name, content in files.items():
                fresh.put(name, content)
            fresh.settle()


def check_folder(folder: Path, *, force: bool) -> None:
    """Refuse a folder that holds anything but a plan that may be overwritten.

    Raises:
        PlanError: ``not-ours``.
    """
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
