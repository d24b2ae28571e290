"""Put a folder, or many files of one, in place in one step, while other programs wait."""

import ctypes
import errno
import logging
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.model.paths import within

log = logging.getLogger(__name__)

PATIENCE = 1
"""Seconds to wait for another program before saying so."""

HINTS = {
    errno.ENOSPC: "make room on the disk and run the command again",
    errno.EDQUOT: "make room on the disk and run the command again",
    errno.EACCES: "choose another folder, or get permission to write here",
    errno.EPERM: "choose another folder, or get permission to write here",
    errno.EROFS: "choose another folder: nothing can be written to this disk",
    errno.ENOENT: "create the folder, or remove the link",
    errno.ENOTDIR: "a part of this path is a file; give the path of a folder",
    errno.EEXIST: "a part of this path is a file; give the path of a folder",
    errno.EISDIR: "there is a folder where the file belongs; move it away",
}
"""What to do about an error of the system."""

_NO_SWAP = (errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM)
"""Errors of folders that cannot be renamed: mount points, and those that are in use or of others."""

_NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""Errors of disks that cannot exchange two folders in one step."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100

_UNFINISHED = re.compile(r"\.(?P<name>.+)-(?P<kind>next|last)-[0-9a-f]{8}")
"""The name beside a file or folder of what will be there, or was."""

Check = Callable[[Path], object]
"""A function that raises an error if the files of a folder are not what they should be."""


@contextmanager
def explain_errors(where: Path | str) -> Iterator[None]:
    """Turn an error of the system into a problem.

    Raises:
        PlanError: ``not-written``, if something cannot be written at *where*.
    """
    try:
        yield
    except OSError as error:
        raise not_written(where, error) from error


def not_written(where: Path | str, error: OSError) -> PlanError:
    """Return the problem that *error* is to somebody who writes to *where*."""
    reason = error.strerror or str(error) or "unknown reason"
    message = f"this cannot be written: {reason[0].lower()}{reason[1:]}"
    hint = HINTS.get(error.errno or 0, "what was there before is unchanged")
    return PlanError([Problem("not-written", message, Location(str(where)), hint)])


def end_in_order() -> None:
    """Let a program that is told to end (SIGTERM) clear away what it has begun, as by Ctrl-C."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


# --- one program at a time


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder*, of which there is one, and clear away what dead programs left beside it.

    Raises:
        PlanError: ``not-written``, if that cannot be done.
    """
    with explain_errors(folder):
        real = _real(folder)
    with _lock(real):
        with explain_errors(folder):
            for place in (real.parent, real):
                _clear(place, [real.name])
        yield


def put_back(folder: Path) -> None:
    """Put *folder* back if a program was killed between moving it away and putting the next one there.

    Raises:
        PlanError: ``not-written``, if that cannot be done.
    """
    if not folder.exists() and any(folder.parent.glob(f".{folder.name}-last-*")):
        with locked(folder):
            pass


def _lock(folder: Path) -> AbstractContextManager[object]:
    """Wait for the lock of *folder* and hold it; its file is in the system's temporary folder."""
    user = os.getuid() if hasattr(os, "getuid") else ""  # on Windows each has a temporary folder
    name = sha256(os.fsencode(os.path.normcase(folder))).hexdigest()[:32]
    place = Path(tempfile.gettempdir(), f"plan-explorer-{user}")
    with explain_errors(place):
        place.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(place / f"{name}.lock")
        try:
            return lock.acquire(timeout=PATIENCE)
        except Timeout:
            log.warning("waiting for another program that writes to '%s'", folder)
            return lock.acquire()


def _clear(place: Path, names: Collection[str]) -> None:
    """Remove from *place* what a killed program did not finish of these *names*; put back what it moved."""
    for path in list(place.iterdir()) if os.access(place, os.R_OK | os.W_OK) else ():
        match = _UNFINISHED.fullmatch(path.name)
        if match and match["name"] in names:
            if match["kind"] == "last" and not (place / match["name"]).exists():
                path.rename(place / match["name"])
            else:
                _remove(path)


# --- a folder


class NextFolder:
    """What a folder will be: built beside it, and put in its place in one step.

    A file that does not change is never written again: its time tells a server, a browser and a tool for
    copying what is new. Hidden files at the top stay.
    """

    def __init__(self, target: Path) -> None:
        """Prepare to replace *target*, which need not exist; of a link, what it leads to.

        Raises:
            PlanError: ``not-written``, if nothing can be written there.
        """
        self._given = target
        with explain_errors(target):
            self._target = _real(target)
            made = _make_folder(self._target.parent)
        self.folder = _place_for(self._target)
        self._kept: set[str] = set()
        self.drop = weakref.finalize(self, _remove, self.folder, made)  # at the latest when the program ends
        """Forget what was built so far."""
        with explain_errors(target):
            self.folder.mkdir()

    def __enter__(self) -> "NextFolder":
        return self

    def __exit__(self, *_error: object) -> None:
        self.drop()

    def put(self, path: str, content: bytes) -> None:
        """Have *content* at *path*, without writing it if it is there already.

        Raises:
            PlanError: ``bad-address``, if *path* leads out of the folder; ``not-written``, if it cannot be
                written.
        """
        fresh = within(self.folder, path)
        if _holds(self._target / path, content):
            self.keep(path)
            return
        with explain_errors(self._given / path):
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(content)

    def keep(self, path: str) -> None:
        """Have at *path* what is there now."""
        self._kept.add(path)

    def settle(self) -> None:
        """Put it in place: whoever looks sees what was before, or all of what was put.

        Raises:
            PlanError: ``not-written``, if it cannot be put in place; what was before is still there then.
        """
        with explain_errors(self._given):
            fresh = set(_files(self.folder))
            same = {path for path in fresh if _same(self.folder / path, self._target / path)}
            hidden = {path for path in _files(self._target) if path.startswith(".")}
            keep = (self._kept | hidden) - fresh | same
            beside = self.folder.parent == self._target.parent
            if not (beside and _swap(self.folder, self._target, keep)):
                _move_each(fresh - same, self.folder, self._target, keep)
        self.drop()


def _place_for(target: Path) -> Path:
    """Return where the next *target* may be built: beside it, or within if it cannot be swapped."""
    return _beside(target) if _can_swap(target) else target / _beside(target).name


def _can_swap(folder: Path) -> bool:
    """Return whether *folder* may be renamed: not what is mounted, and not under the feet of a shell."""
    if not folder.exists():
        return True
    writable = os.access(folder, os.W_OK) and os.access(folder.parent, os.W_OK)
    return writable and not folder.is_mount() and not Path.cwd().is_relative_to(folder)


def _swap(fresh: Path, target: Path, keep: Iterable[str], check: Check = lambda _folder: None) -> bool:
    """Put the folder *fresh* in the place of *target*, and return whether that could be done.

    What was there is at *fresh* afterwards, or removed. If *check* finds fault with it, it is put back.

    Args:
        fresh: the folder beside it, with what is new.
        target: the folder to be replaced, which need not exist.
        keep: the files of it that stay.
        check: is asked before and after.
    """
    try:
        for path in keep:
            _link(target / path, fresh / path)
        check(target)
        if not target.exists():
            fresh.rename(target)
            return True
        _take_looks(target, fresh)
        if _exchange(fresh, target):
            try:
                check(fresh)
            except BaseException:
                _exchange(fresh, target)
                raise
            return True
        old = fresh.with_name(fresh.name.replace("-next-", "-last-"))
        target.rename(old)  # a program killed here leaves no folder; the next one puts it back
        try:
            check(old)
            fresh.rename(target)
        except BaseException:
            old.rename(target)
            raise
        _remove(old)
    except OSError as error:
        if error.errno not in _NO_SWAP:
            raise
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, and return whether this system can."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or one with an old C library
        return False
    if not rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE):
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code))


def _take_looks(old: Path, fresh: Path) -> None:
    """Give the folders of *fresh* the rights that those of *old* have."""
    for name in (".", *_folders(fresh)):
        if (old / name).is_dir():
            shutil.copymode(old / name, fresh / name)
            with suppress(OSError, AttributeError):
                os.chown(fresh / name, -1, (old / name).stat().st_gid)


def _move_each(fresh: Set[str], folder: Path, target: Path, keep: Set[str]) -> None:
    """Have in *target* what to *keep* and the *fresh* files of *folder*, one by one."""
    for path in set(_files(target)) - fresh - keep:
        (target / path).unlink()
    for name in sorted(_folders(target), reverse=True):
        _remove_empty(target / name)
    for path in sorted(fresh):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / path, target / path)


# --- files among others


def write_files(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write *files* into *folder*, among others: first each beside its place, then all by renaming.

    Raises:
        PlanError: ``not-written``, if they cannot be written.
    """
    with locked(folder), explain_errors(folder):
        _clear_beside(files)
        replace_each(files)


def replace_files(folder: Path, files: Mapping[Path, bytes | None], check: Check) -> None:
    """Replace, add and remove (None) *files* of *folder* in one step, and those outside one by one.

    Also those of the folder are replaced one by one if it cannot be renamed. The lock has to be held.

    Args:
        folder: the folder of most of them.
        files: new contents.
        check: is given where the files of the folder are, and raises an error if they are not as expected.

    Raises:
        OSError: if they cannot be written; all are as before then.
        PlanError: what *check* raises; all are as before then.
    """
    folder, real = folder.resolve(), {path.resolve(): content for path, content in files.items()}
    inside = {path: content for path, content in real.items() if path.is_relative_to(folder)}
    outside = {path: content for path, content in real.items() if path not in inside}
    _clear_beside(real)
    with _written_beside(outside) as place_outside:
        if not (len(inside) > 1 and _is_only_plan(folder) and _swap_in(inside, folder, check)):
            with _written_beside(inside) as place_inside:
                check(folder)
                place_inside()
        place_outside()


def replace_each(files: Mapping[Path, bytes | None]) -> None:
    """Write all *files* beside the old ones, and then rename one by one."""
    with _written_beside(files) as place:
        place()


def _is_only_plan(folder: Path) -> bool:
    """Return whether *folder* is that of a plan, and not of a project or repository too."""
    names = {path.name for path in folder.iterdir()}
    return "mkdocs.yml" not in names and not any(n[0] == "." and (folder / n).is_dir() for n in names)


def _swap_in(files: Mapping[Path, bytes | None], folder: Path, check: Check) -> bool:
    """Swap *folder* for a copy with *files* in it, and return whether that could be done."""
    if not _can_swap(folder):
        return False
    fresh = _place_for(folder)
    try:
        fresh.mkdir()
        for name in _folders(folder):
            (fresh / name).mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            if content is not None:
                _write(fresh / path.relative_to(folder), content, path)
        keep = [name for name in _files(folder) if folder / name not in files]
        return _swap(fresh, folder, keep, check)
    finally:
        _remove(fresh)


@contextmanager
def _written_beside(files: Mapping[Path, bytes | None]) -> Iterator[Callable[[], None]]:
    """Write all *files* beside the old ones, and yield what puts each in its place."""
    ready: list[tuple[Path, Path]] = []

    def place() -> None:
        for fresh, path in ready:
            with explain_errors(path):
                fresh.replace(path)
        for path, content in files.items():
            if content is None:
                path.unlink()

    with ExitStack() as stack:
        for path, content in files.items():
            if content is not None:
                for made in reversed(_make_folder(path.parent)):
                    stack.callback(_remove_empty, made)
                fresh = _beside(path)
                stack.callback(fresh.unlink, missing_ok=True)
                _write(fresh, content, path)
                ready.append((fresh, path))
        yield place


def _clear_beside(paths: Iterable[Path]) -> None:
    names: dict[Path, set[str]] = {}
    for path in paths:
        names.setdefault(path.parent, set()).add(path.name)
    for place, known in names.items():
        _clear(place, known)


# --- what both need


def _real(folder: Path) -> Path:
    """Return where *folder* is, past links.

    Raises:
        OSError: if it is a link to nothing, or a file.
    """
    real = folder.resolve()
    if folder.is_symlink() and not real.exists():
        raise OSError(errno.ENOENT, f"it is a link to '{folder.readlink()}', which does not exist")
    if real.exists() and not real.is_dir():
        raise OSError(errno.ENOTDIR, "it is a file, not a folder")
    return real


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}-next-{secrets.token_hex(4)}")


def _files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files, and of links to folders, but what is not finished."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _UNFINISHED.fullmatch(name)]
        links = [name for name in folders if Path(here, name).is_symlink()]
        yield from (Path(here, name).relative_to(folder).as_posix() for name in [*names, *links])


def _folders(folder: Path) -> Iterator[str]:
    for here, folders, _ in os.walk(folder):
        folders[:] = [name for name in folders if not _UNFINISHED.fullmatch(name)]
        if here != str(folder):
            yield Path(here).relative_to(folder).as_posix()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _same(fresh: Path, old: Path) -> bool:
    """Return whether two files are the same; most differ in size and need not be read."""
    if fresh.is_symlink() or old.is_symlink() or not old.is_file():
        return False
    return fresh.stat().st_size == old.stat().st_size and fresh.read_bytes() == old.read_bytes()


def _link(old: Path, fresh: Path) -> None:
    """Have at *fresh* what is at *old*."""
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    if not old.is_symlink():
        try:
            fresh.hardlink_to(old)
        except OSError as error:
            if error.errno == errno.EXDEV:  # a disk mounted within the folder must not move with it
                raise
        else:
            return
    shutil.copy2(old, fresh, follow_symlinks=False)  # on disks without hard links, too


def _write(path: Path, content: bytes, like: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if like.exists():
        shutil.copymode(like, path)


def _make_folder(folder: Path) -> list[Path]:
    """Make *folder*, and return it and those above that were not there."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return made


def _remove(path: Path, above: Iterable[Path] = ()) -> None:
    """Remove a file, or a folder with all that is in it, and those *above* that are empty then."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    for each in above:
        _remove_empty(each)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # there is something in it
        folder.rmdir()
