"""Read the lists that are kept beside a plan: one thing on each line, and comments."""

import re
from collections.abc import Iterator

from plan_explorer.diagnostics.problems import Location, PlanError, Problem


def read_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line of *text*, from 1, and the line, without blank ones and comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def match_lines(
    text: str, pattern: re.Pattern[str], message: str, shown: str, command: str
) -> list[dict[str, str]]:
    """Return the groups of *pattern* in each line of *text*.

    Raises:
        PlanError: ``bad-ledger`` with *message*, for every line that it does not match.
    """
    found: list[dict[str, str]] = []
    problems: list[Problem] = []
    for number, line in read_lines(text):
        if match := pattern.fullmatch(line.strip()):
            found.append(match.groupdict())
        else:
            problems.append(damaged_line(message, shown, number, line, command))
    if problems:
        raise PlanError(problems)
    return found


def damaged_line(message: str, shown: str, number: int, line: str, command: str) -> Problem:
    """Return the problem ``bad-ledger`` with *line* of the file *shown*, which *command* writes."""
    hint = f"restore the file; 'plan-explorer {command}' writes it"
    return Problem("bad-ledger", message, Location(shown, number), hint, line.rstrip(), len(line))
