"""Packages from npm that a few tests need, at exact versions.

A test that needs one is skipped, as without any tool, where npm is absent or cannot reach its registry.
"""

import atexit
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from need import missing


@cache
def _fetched(command: tuple[str, ...]) -> tuple[Path, str]:
    """Run npm in a new folder; return the folder, and why it failed if it did."""
    folder = Path(mkdtemp(prefix="plan-explorer-npm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if not shutil.which("npm") or not shutil.which("node"):
        return folder, "npm or node is not installed"
    try:
        done = subprocess.run(["npm", *command], cwd=folder, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return folder, "it took longer than five minutes"
    return folder, "" if done.returncode == 0 else done.stderr.strip()[-300:]


def installed(package: str) -> Path:
    """Return the folder in which *package* is installed with what it needs."""
    quiet = ("--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts")
    folder, fault = _fetched(("install", *quiet, package))
    if fault:
        missing(package, f"npm cannot fetch it: {fault}")
    return folder / "node_modules"


def packed(package: str) -> Path:
    """Return the archive of *package* alone."""
    folder, fault = _fetched(("pack", "--silent", package))
    if fault:
        missing(package, f"npm cannot fetch it: {fault}")
    return next(folder.glob("*.tgz"))
