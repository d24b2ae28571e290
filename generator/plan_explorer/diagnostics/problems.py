"""What is wrong with a plan, where, and how to put it right."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plan_explorer.diagnostics.codes import CODES

MAX_PER_CODE = 20
"""Most problems of one code that are shown at once, unless all are asked for."""

WIDEST = 100
"""Most columns of a line that are shown; of longer ones, the part around the fault."""

Paint = Callable[[str, str], str]
"""Gives words the look of their part: ``place``, ``error``, ``warning``, ``mark`` or ``hint``."""


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file; lines and columns count from one."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing the author has to put right."""

    code: str
    message: str
    location: Location
    hint: str = ""
    excerpt: str = ""
    """The line at fault, as the author wrote it."""
    width: int = 1
    """How many characters of that line are at fault."""
    warning: bool = False
    """A matter of quality: the plan can be built all the same."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"{self.code!r} is missing from codes.py")

    def __str__(self) -> str:
        return self.text()

    def text(self, paint: Paint = lambda part, words: words) -> str:
        """Return the report as it is read: the place, what is wrong, the line with a mark below, a hint."""
        mark = paint("warning", "warning: ") if self.warning else ""
        code = paint("warning" if self.warning else "error", f"[{self.code}]")
        lines = [f"{paint('place', f'{self.location}:')} {mark}{self.message} {code}"]
        if self.excerpt:
            line, marked = _marked(self.excerpt, self.location.column - 1, self.width)
            before = marked.rstrip("^")
            lines += [f"    {line}", f"    {before}{paint('mark', marked[len(before) :])}"]
        if self.hint:
            lines.append(f"    {paint('hint', 'hint:')} {self.hint}")
        return "\n".join(lines)


def _marked(excerpt: str, start: int, width: int) -> tuple[str, str]:
    """Return the line to show, and the line below it with a mark under the fault.

    Characters of East Asian scripts are two columns wide; a tab in front of the fault must be as
    wide below it as it is above. Characters that steer a terminal are not let through.
    """
    excerpt = "".join("�" if c != "\t" and unicodedata.category(c) == "Cc" else c for c in excerpt)
    if len(excerpt) > WIDEST:
        first = max(min(start - WIDEST // 4, len(excerpt) - WIDEST), 0)
        cut = excerpt[first : first + WIDEST]
        front, back = "… " * (first > 0), " …" * (first + WIDEST < len(excerpt))
        start += len(front) - first
        width = min(width, len(front) + len(cut) - start)
        excerpt = f"{front}{cut}{back}"
    before = "".join(c if c == "\t" else " " * _columns(c) for c in excerpt[:start])
    at_fault = sum(map(_columns, excerpt[start : start + width])) or width
    return excerpt, before + "^" * max(at_fault, 1)


def _columns(character: str) -> int:
    """Return how many columns of a terminal *character* takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class PlanError(Exception):
    """The plan cannot be built; carries every problem found, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(format_problems(self.problems)))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file and line, errors and warnings together, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.location, p.code, p.message))


def format_problems(
    problems: Iterable[Problem],
    most: int | None = MAX_PER_CODE,
    *,
    paint: Paint = lambda part, words: words,
    more: str = "'plan-explorer check --all' shows them",
) -> Iterator[str]:
    """Yield the report of each of *problems*; of one code only *most*, and then how many more there are."""
    seen: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for problem in problems:
        seen[problem.code] += 1
        if most is None or seen[problem.code] <= most:
            yield problem.text(paint)
        else:
            files.setdefault(problem.code, set()).add(problem.location.path)
    for code, paths in files.items():
        where = min(paths) if len(paths) == 1 else f"{len(paths)} files"
        rest = seen[code] - (most or 0)
        yield f"{rest:,} more with {paint('error', f'[{code}]')} in {where}; {more}"
