"""Read the lists that are kept beside a plan: one thing on each line, and comments."""

from collections.abc import Iterator

from plan_explorer.diagnostics.problems import Location, Problem


def read_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line of *text*, from 1, and the line, without blank ones and comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def damaged_line(message: str, shown: str, number: int, line: str, command: str) -> Problem:
    """Return the problem ``bad-ledger`` with *line* of the file *shown*, which *command* writes."""
    hint = f"restore the file; 'plan-explorer {command}' writes it"
    return Problem("bad-ledger", message, Location(shown, number), hint, line.rstrip(), len(line))
