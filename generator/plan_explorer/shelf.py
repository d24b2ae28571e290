"""Bytes that are laid aside until they are asked for: in memory if they are few, else in a file."""

import weakref
from collections.abc import Callable
from functools import partial
from tempfile import SpooledTemporaryFile

FEW = 8_000_000
"""Most bytes that are kept in memory; when there are more, a file without a name takes all of them."""


class Shelf:
    """Takes bytes and gives them back; what it holds is gone when it is."""

    def __init__(self, few: int = FEW) -> None:
        """Prepare to hold up to *few* bytes in memory."""
        self._file = SpooledTemporaryFile(max_size=few)  # noqa: SIM115 - open as long as the shelf is there
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, content: bytes) -> Callable[[], bytes]:
        """Lay *content* aside; return what gives it back.

        Raises:
            OSError: if the disk has no room for it.
        """
        start, self._end = self._end, self._end + len(content)
        self._file.seek(start)
        self._file.write(content)
        return partial(self._get, start, len(content))

    def _get(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)
