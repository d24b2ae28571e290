"""A cache on the disk, keyed by what a thing is made of: safe to delete, to share and to interrupt."""

import json
import os
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

FOLDER = ".cache/plan-explorer"
"""Where it lies, below the folder of mkdocs.yml."""

SPARE = 4
"""Entries kept for each one in use: those of other branches and other settings are soon wanted again."""


class Cache:
    """Entries of bytes by key. One that is missing, cut short or changed counts as never written."""

    def __init__(self, folder: Path) -> None:
        """Prepare to keep entries in *folder*, which need not exist."""
        self._folder = folder
        self._used: set[str] = set()

    def read(self, key: str) -> bytes | None:
        """Return what was written under *key*, or None."""
        try:
            whole = self._path(key).read_bytes()
        except OSError:
            return None
        content, seal = whole[:-32], whole[-32:]
        if sha256(content).digest() != seal:
            return None
        self._used.add(key)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keep *content* under *key*, all of it or nothing; a disk that refuses is no fault of the build."""
        path = self._path(key)
        self._used.add(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(content + sha256(content).digest())
            Path(name).replace(path)

    def tidy(self) -> None:
        """Delete what was not used since this object was made, if there is much of it."""
        there = [path for path in self._folder.glob("??/*") if not path.name.startswith(".")]
        if len(there) > SPARE * max(len(self._used), 100):
            for path in there:
                if f"{path.parent.name}{path.name}" not in self._used:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def key(*parts: Any) -> str:
    """Return the key of whatever is made of *parts*: plain data, bytes, or things with a stable text."""
    digest = sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else _plain(part)
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


def _plain(part: Any) -> bytes:
    if isinstance(part, str):
        return part.encode("utf-8", "surrogatepass")
    return json.dumps(part, ensure_ascii=True, sort_keys=True, default=named).encode()


def named(thing: Any) -> Any:
    """Return *thing* as plain data; of a function or class its name, and never an address in memory."""
    if isinstance(thing, Mapping):
        return {str(name): value for name, value in thing.items()}
    if isinstance(thing, Collection) and not isinstance(thing, str | bytes):
        return sorted(map(str, thing)) if isinstance(thing, set | frozenset) else list(thing)
    if isinstance(thing, os.PathLike):
        return os.fspath(thing)
    if isinstance(thing, Callable):  # type: ignore[arg-type]
        return [getattr(thing, "__module__", ""), getattr(thing, "__qualname__", type(thing).__qualname__)]
    return [type(thing).__module__, type(thing).__qualname__, getattr(thing, "__dict__", {})]


def files_key(*folders: Path) -> str:
    """Return the key of the names and the content of every file in *folders*, scratch files aside."""
    return key(
        *(
            part
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
            for part in (path.relative_to(folder).as_posix(), path.read_bytes())
        )
    )


@cache
def program_key() -> str:
    """Return the key of the program itself: its code, and the version of everything installed beside it."""
    installed = sorted({f"{each.name} {each.version}" for each in metadata.distributions()})
    return key(files_key(Path(__file__).parents[1]), installed)
