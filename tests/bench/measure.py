"""Run a command and see what it took: CPU seconds of it and all its children, wall, peak memory."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Taken:
    """What one run took."""

    cpu: float
    wall: float
    memory: float
    """MB at the peak, of the largest process."""
    said: str = ""
    """The last line it printed."""


class RunError(Exception):
    """A command that did not end well; carries the end of what it said."""


def run(command: list[str], folder: Path, limit: float = 2400, **environment: str) -> Taken:
    """Run *command* in *folder* and return what it took.

    Raises:
        RunError: if it ends with another status than 0, or not within *limit* seconds.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    )
    assert process.stdout
    timer = threading.Timer(limit, process.kill)
    timer.start()
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - started
    if process.returncode:
        raise RunError(said[-800:])
    last = said.strip().splitlines()[-1] if said.strip() else ""
    return Taken(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, last)


def size(folder: Path) -> tuple[int, int]:
    """Return the bytes and the number of files in *folder*."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)
