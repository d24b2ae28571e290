"""Put an imported plan into its folder: all of it, or nothing."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.model.paths import within

PLAN_FILES = (".yaml", ".yml")


def write_plan(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Write *files* to *folder*.

    Args:
        files: contents by path within the folder.
        folder: where to; it must be empty or not exist.
        force: whether its YAML files may give way to the new ones; other files stay.

    Raises:
        PlanError: ``not-ours``, if the folder holds other files, or is none.
    """
    folder = folder.resolve()
    _allowed(folder, force=force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        fresh = Path(name) / "plan"
        fresh.mkdir()
        for path, content in files.items():
            target = within(fresh, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if folder.exists():
            _keep(folder, fresh)
            folder.rename(Path(name) / "old")
        fresh.rename(folder)


def _allowed(folder: Path, *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise _refusal(folder, "this is a file", "give the path of a folder")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not force:
        hint = "give another folder, or --force to let its YAML files give way"
        raise _refusal(folder, "this folder holds other files", hint)
    if not (folder / "plan.yaml").is_file():
        hint = "with --force, too, only the folder of a plan is replaced"
        raise _refusal(folder, "this folder holds no plan", hint)


def _refusal(folder: Path, message: str, hint: str) -> PlanError:
    return PlanError([Problem("not-ours", message, Location(str(folder)), hint)])


def _keep(folder: Path, fresh: Path) -> None:
    """Copy to *fresh* what in *folder* is no part of the plan."""
    for path in sorted(folder.rglob("*")):
        target = fresh / path.relative_to(folder)
        if path.is_file() and path.suffix not in PLAN_FILES and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
