"""Build a site beside the one that is there, and put it in its place when it is whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plan_explorer.model.paths import within


class Staging:
    """A folder in which the next site is built while the last one stays as it is.

    Files that did not change are never written again: their times tell a server, a browser and a
    tool for copying what is new.
    """

    def __init__(self, site: Path) -> None:
        """Prepare to replace what is in *site*, which need not exist.

        Raises:
            OSError: if no folder can be made beside it.
        """
        site.parent.mkdir(parents=True, exist_ok=True)
        self._site = site
        self._same: set[str] = set()
        self.folder = Path(tempfile.mkdtemp(dir=site.parent, prefix=f".{site.name}-"))
        self.written = 0
        """How many files were written or replaced."""

    def put(self, path: str, content: bytes) -> None:
        """Have *content* at *path* of the site, without writing it if it is there already.

        Raises:
            PlanError: ``bad-address``, if *path* leads out of the site.
        """
        target = within(self.folder, path)
        if _holds(self._site / path, content):
            self._same.add(path)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def settle(self) -> None:
        """Make the site what was built: replace what differs, remove what is gone, leave the rest."""
        wanted = set(self._same)
        for path in _files(self.folder):
            wanted.add(path)
            fresh, target = self.folder / path, self._site / path
            if not (target.is_file() and _holds(target, fresh.read_bytes())):
                _clear_way(target, self._site)
                fresh.replace(target)
                self.written += 1
        for path in _files(self._site):
            if path not in wanted and not path.startswith("."):  # as MkDocs does: a .gitignore stays
                (self._site / path).unlink()
        _remove_empty(self._site)
        self.drop()

    def drop(self) -> None:
        """Forget what was built so far."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _clear_way(target: Path, site: Path) -> None:
    """Make room for a file at *target*: what was a folder may become a file, and the reverse."""
    if not target.parent.is_dir():
        for above in reversed(target.parents):
            if above.is_relative_to(site) and above.is_file():
                above.unlink()
        target.parent.mkdir(parents=True)
    if target.is_dir():
        shutil.rmtree(target)


def _files(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        place = Path(here).relative_to(folder)
        for name in names:
            yield (place / name).as_posix()


def _remove_empty(folder: Path) -> None:
    for here, _, _ in os.walk(folder, topdown=False):
        if here != str(folder) and not list(Path(here).iterdir()):
            Path(here).rmdir()
