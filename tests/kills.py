"""Processes that are killed at a chosen step, as by a power cut or an impatient user."""

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

STEPS = {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "open"}
"""What Python tells of the disk before it happens."""


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do *work* in a process that is killed before its step *number*; return whether it came so far."""
    return _steps(work, number) == number


def steps_of(work: Callable[[], object]) -> int:
    """Do *work* in a process of its own, and return how many steps it takes."""
    return _steps(work, 0)


def _steps(work: Callable[[], object], last: int) -> int:
    """Return the steps that *work* takes in a process of its own, which is killed before the *last*."""
    told, tell = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads
        child = os.fork()
    if not child:
        signal.alarm(300)  # a fork beside threads may wait for a lock that nobody gives back
        done = 0

        def look(event: str, arguments: tuple) -> None:
            nonlocal done
            reads = event == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if event in STEPS and not reads:
                done += 1
                if done == last:
                    os.write(tell, b"%d" % done)
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        try:
            work()
            os.write(tell, b"%d" % done)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(told, "rb") as pipe:
        return int(pipe.read())


def kills(work: Callable[[], object], reset: Callable[[], object], every: int = 1) -> Iterator[int]:
    """Yield the number of each step of *work* at which it was killed, one in *every*, after *reset*."""
    for number in count(1, every):
        reset()
        if not killed_at(number, work):
            return
        yield number


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of *folder*."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def left_beside(folder: Path) -> list[str]:
    """Return what unfinished work has left beside *folder* or in it."""
    return [path.name for place in (folder.parent, folder) for path in place.glob(f".*{folder.name}-*")]
