"""What an import did: what it found, changed and left out, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plan_explorer.importers.draft import Note

NAME = "import.md"
SHOWN = 3
"""How many places of one kind of change a terminal shows."""


@dataclass(frozen=True)
class Report:
    """The account of one import."""

    format: str
    file: str
    counts: dict[str, int]
    """How many entries there are, by what they are called."""
    changed: tuple[Note, ...] = ()
    dropped: tuple[Note, ...] = ()
    kept: tuple[str, ...] = field(default=())
    """What a reader of the report should know besides."""

    def markdown(self) -> str:
        """Return everything, as the file that stays beside the plan."""
        lines = [f"# Import of {self.file}", "", f"Format: {self.format}.", ""]
        lines += [f"- {number} {noun}" for noun, number in self.counts.items() if number]
        lines += ["", *self.kept] if self.kept else []
        for head, notes in (("Changed", self.changed), ("Left out", self.dropped)):
            lines += ["", f"## {head}", ""]
            lines += ["Nothing."] if not notes else []
            for what, places in _grouped(notes).items():
                lines += [f"- {what}: {len(places)} ×"] if len(places) > 1 else []
                prefix = "    - " if len(places) > 1 else f"- {what}: "
                lines += [f"{prefix}{place}" for place in places]
        return "\n".join(lines) + "\n"

    def short(self) -> Iterable[str]:
        """Yield the lines for a terminal."""
        for head, notes in (("changed", self.changed), ("left out", self.dropped)):
            for what, places in _grouped(notes).items():
                shown = "; ".join(_short(place) for place in places[:SHOWN])
                more = f"; and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
                yield f"{head}: {what} ({shown}{more})"


def _grouped(notes: Iterable[Note]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in notes:
        found.setdefault(_line(note.what), []).append(_line(note.where) or "the whole file")
    return found


def _short(place: str) -> str:
    return place if len(place) <= 100 else f"{place[:100]}…"


def _line(words: str) -> str:
    """Return *words* so that a report shows them and does nothing else with them."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return shown.replace("<", "‹").replace(">", "›")
