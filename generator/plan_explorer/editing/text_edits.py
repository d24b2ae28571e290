"""Replace pieces of text and leave the rest unchanged."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from plan_explorer.documents.document import plain_lines


@dataclass(frozen=True, order=True)
class Splice:
    """A replacement for some characters; positions count from 0."""

    start: int
    end: int
    text: str


def apply_edits(text: str, splices: Iterable[Splice]) -> str:
    """Return *text* with all *splices* applied; they must not overlap.

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
class FileText:
    """A file's text, with its line endings and byte order mark."""

    text: str

    @property
    def plain(self) -> str:
        """The text as parsed, with lines ending in LF."""
        return plain_lines(self.text)

    def edit(self, splices: Iterable[Splice]) -> "FileText":
        """Return the file with edits of its plain text."""
        mark = len(self.text) - len(self.text.removeprefix("\ufeff"))
        pairs = self._crlf_positions(mark)
        ending = self.ending
        moved = [
            Splice(
                mark + each.start + bisect_left(pairs, each.start),
                mark + each.end + bisect_left(pairs, each.end),
                each.text.replace("\n", ending),
            )
            for each in splices
        ]
        return FileText(apply_edits(self.text, moved))

    @property
    def ending(self) -> str:
        """The line ending, if uniform, else a line feed."""
        windows = self.text.count("\r\n")
        if windows and windows == self.text.count("\n"):
            return "\r\n"
        return "\n"

    def _crlf_positions(self, mark: int) -> list[int]:
        """Return the plain text positions of CR LF endings."""
        positions: list[int] = []
        at = self.text.find("\r\n", mark)
        while at >= 0:
            positions.append(at - mark - len(positions))
            at = self.text.find("\r\n", at + 2)
        return positions
