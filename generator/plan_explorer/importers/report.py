"""Report what an import found, changed and left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plan_explorer.importers.draft import Note

NAME = "import.md"
MAX_PLACES = 3
"""How many places of one change the terminal shows."""
MAX_KINDS = 3
"""How many kinds of changes, and of losses, the report names before its details."""


@dataclass(frozen=True)
class Report:
    """The report of one import."""

    format: str
    file: str
    counts: dict[str, int]
    """The number of entries, by what they are called."""
    changed: tuple[Note, ...] = ()
    dropped: tuple[Note, ...] = ()

    @property
    def numbers(self) -> str:
        """How many entries of each kind came."""
        return ", ".join(f"{number} {noun}" for noun, number in self.counts.items() if number)

    def markdown(self) -> str:
        """Return the report as Markdown: about ten lines, then every place."""
        lines = [
            f"# Import of {self.file}",
            "",
            f"- **Came**, from {self.format}: {self.numbers or 'the plan'}",
        ]
        details: list[str] = []
        for head, notes in (("Changed", self.changed), ("Left out", self.dropped)):
            groups = _group(notes)
            number = f"{len(notes)} place{'' if len(notes) == 1 else 's'}" if notes else "nothing"
            lines += [f"- **{head}**: {number}"]
            shown = len(groups) if len(groups) == MAX_KINDS + 1 else MAX_KINDS
            lines += [f"    - {len(places)} × {what}" for what, places in groups[:shown]]
            if more := groups[shown:]:
                rest = sum(len(places) for _, places in more)
                lines += [f"    - {rest} × something else, of {len(more)} kinds, listed below"]
            for what, places in groups:
                details += ["", f"## {head}: {what}", "", *(f"- {place}" for place in places)]
        return "\n".join([*lines, *details]) + "\n"

    def summary_lines(self) -> Iterator[str]:
        """Yield a short report for the terminal."""
        for head, notes in (("changed", self.changed), ("left out", self.dropped)):
            for what, places in _group(notes):
                shown = "; ".join(_shorten(place) for place in places[:MAX_PLACES])
                more = f"; and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
                yield f"{head}: {what} ({shown}{more})"


def with_section(text: str, report: str) -> str:
    """Return the reports *text* with that of one more file, in place of an earlier one of its name."""
    head = report.split("\n", 1)[0]
    kept = [part for part in _sections(text) if part.split("\n", 1)[0] != head]
    return "\n\n".join([*kept, report.rstrip("\n")]) + "\n"


def with_first_section(text: str, report: str) -> str:
    """Return the reports *text* with *report* in place of the first, on the file the plan was made of."""
    return "\n\n".join([report.rstrip("\n"), *_sections(text)[1:]]) + "\n"


def _sections(text: str) -> list[str]:
    """Return the reports in *text*, one for each file."""
    return [part.rstrip("\n") for part in re.split(r"(?m)^(?=# Import of )", text) if part.strip()]


def _group(notes: Iterable[Note]) -> list[tuple[str, list[str]]]:
    """Return what was noted with its places, the most frequent first."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(_plain_line(note.what), []).append(_plain_line(note.where) or "the whole file")
    return sorted(places.items(), key=lambda group: -len(group[1]))


def _shorten(place: str) -> str:
    return place if len(place) <= 100 else f"{place[:100]}…"


def _plain_line(words: str) -> str:
    """Return *words* on one line, without anything that is markup."""
    if not words.isprintable():
        words = "".join(c if c.isprintable() else " " for c in words)
    shown = " ".join(words.split())
    return shown.replace("<", "‹").replace(">", "›")
