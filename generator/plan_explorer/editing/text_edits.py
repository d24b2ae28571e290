"""Pieces of text put in the place of others, with everything around them left as it was."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Splice:
    """What to put in the place of some characters; positions count from 0."""

    start: int
    end: int
    text: str


def apply_edits(text: str, splices: Iterable[Splice]) -> str:
    """Return *text* with every one of *splices* made; they may touch, and must not overlap.

    Raises:
        ValueError: if two of them overlap.
    """
    pieces: list[str] = []
    done = 0
    for splice in sorted(set(splices)):
        if splice.start < done:
            raise ValueError(f"two edits of the same place: {splice}")
        pieces += [text[done : splice.start], splice.text]
        done = splice.end
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True)
class Raw:
    """A file as it is on the disk: its ends of lines and its byte order mark are put back after an edit."""

    text: str

    @property
    def plain(self) -> str:
        """The text as the parser sees it: no byte order mark, every line ended by a line feed."""
        return self.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def edited(self, splices: Iterable[Splice]) -> "Raw":
        """Return the file with *splices*, whose positions are those of the plain text."""
        mark = len(self.text) - len(self.text.removeprefix("\ufeff"))
        pairs = self._pairs(mark)
        ending = self.ending
        moved = [
            Splice(
                mark + each.start + bisect_left(pairs, each.start),
                mark + each.end + bisect_left(pairs, each.end),
                each.text.replace("\n", ending),
            )
            for each in splices
        ]
        return Raw(apply_edits(self.text, moved))

    @property
    def ending(self) -> str:
        """What ends its lines, if they are all ended alike; else a line feed."""
        windows = self.text.count("\r\n")
        if windows and windows == self.text.count("\n"):
            return "\r\n"
        return "\n"

    def _pairs(self, mark: int) -> list[int]:
        """Return where in the plain text a line ends that has two characters for it on the disk."""
        found: list[int] = []
        at = self.text.find("\r\n", mark)
        while at >= 0:
            found.append(at - mark - len(found))
            at = self.text.find("\r\n", at + 2)
        return found
