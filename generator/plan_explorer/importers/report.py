"""Report what an import found, changed and left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from plan_explorer.importers.draft import Note

NAME = "import.md"
MAX_PLACES = 3
"""How many places of one change the terminal shows."""


@dataclass(frozen=True)
class Report:
    """The report of one import."""

    format: str
    file: str
    counts: dict[str, int]
    """The number of entries, by what they are called."""
    changed: tuple[Note, ...] = ()
    dropped: tuple[Note, ...] = ()

    def markdown(self) -> str:
        """Return the full report as Markdown."""
        lines = [f"# Import of {self.file}", "", f"Format: {self.format}.", ""]
        lines += [f"- {number} {noun}" for noun, number in self.counts.items() if number]
        for head, notes in (("Changed", self.changed), ("Left out", self.dropped)):
            lines += ["", f"## {head}", ""]
            lines += ["Nothing."] if not notes else []
            for what, places in _group(notes).items():
                lines += [f"- {what}: {len(places)} ×"] if len(places) > 1 else []
                prefix = "    - " if len(places) > 1 else f"- {what}: "
                lines += [f"{prefix}{place}" for place in places]
        return "\n".join(lines) + "\n"

    def summary_lines(self) -> Iterable[str]:
        """Yield a short report for the terminal."""
        for head, notes in (("changed", self.changed), ("left out", self.dropped)):
            for what, places in _group(notes).items():
                shown = "; ".join(_shorten(place) for place in places[:MAX_PLACES])
                more = f"; and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
                yield f"{head}: {what} ({shown}{more})"


def _group(notes: Iterable[Note]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(_plain_line(note.what), []).append(_plain_line(note.where) or "the whole file")
    return places


def _shorten(place: str) -> str:
    return place if len(place) <= 100 else f"{place[:100]}…"


def _plain_line(words: str) -> str:
    """Return *words* on one line, without anything that is markup."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return shown.replace("<", "‹").replace(">", "›")
