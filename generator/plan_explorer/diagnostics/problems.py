"""Hold, sort and print the problems of a plan."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plan_explorer.diagnostics.codes import CODES

MAX_PER_CODE = 20
"""How many problems with one code are shown unless all are requested."""

MAX_THE_SAME = 3
"""How many with one code are shown if all say the same."""

MAX_COLUMNS = 100
"""The widest line shown, in columns; longer lines are cut around the fault."""

MAX_WORDS = 600
"""The most characters of a message or hint; longer ones quote what nobody reads."""

Paint = Callable[[str, str], str]
"""A function that styles text by its role: ``place``, ``error``, ``warning``, ``mark`` or ``hint``."""


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file, counted from 1; line 0 stands for all of it, or for a folder."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing that the author has to fix."""

    code: str
    message: str
    location: Location
    hint: str = ""
    excerpt: str = ""
    """The line at fault, as the author wrote it."""
    width: int = 1
    """How many characters are at fault."""
    warning: bool = False
    """Whether the plan can still be built."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"{self.code!r} is missing from codes.py")

    def __str__(self) -> str:
        return self.text()

    def text(self, paint: Paint = lambda part, words: words) -> str:
        """Return the full report: place, message, marked line and hint."""
        mark = paint("warning", "warning: ") if self.warning else ""
        code = paint("warning" if self.warning else "error", f"[{self.code}]")
        lines = [f"{paint('place', f'{self.location}:')} {mark}{_shorten(self.message)} {code}"]
        if self.excerpt:
            line, marked = _marked(self.excerpt, self.location.column - 1, self.width)
            before = marked.rstrip("^")
            lines += [f"    {line}", f"    {before}{paint('mark', marked[len(before) :])}"]
        if self.hint:
            lines.append(f"    {paint('hint', 'hint:')} {_shorten(self.hint)}")
        return "\n".join(lines)


def _shorten(words: str) -> str:
    """Return *words* without the middle of what is quoted at great length."""
    return words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 100]} … {words[-90:]}"


def _marked(excerpt: str, start: int, width: int) -> tuple[str, str]:
    """Return the line to show and its marker line.

    East Asian characters are two columns wide, and a tab before the fault is repeated below it so that
    both lines align. Control characters are replaced, as they could change the terminal.
    """
    excerpt = "".join("�" if c != "\t" and unicodedata.category(c) == "Cc" else c for c in excerpt)
    if len(excerpt) > MAX_COLUMNS:
        first = max(min(start - MAX_COLUMNS // 4, len(excerpt) - MAX_COLUMNS), 0)
        cut = excerpt[first : first + MAX_COLUMNS]
        front, back = "… " * (first > 0), " …" * (first + MAX_COLUMNS < len(excerpt))
        start += len(front) - first
        width = min(width, len(front) + len(cut) - start)
        excerpt = f"{front}{cut}{back}"
    before = "".join(c if c == "\t" else " " * _columns(c) for c in excerpt[:start])
    at_fault = sum(map(_columns, excerpt[start : start + width])) or width
    return excerpt, before + "^" * max(at_fault, 1)


def _columns(character: str) -> int:
    """Return the width of *character* in terminal columns."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class PlanError(Exception):
    """Every problem that prevents a build, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(format_problems(self.problems)))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file and line, without duplicates."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.location, p.code, p.message))


def count_warnings(warnings: Iterable[Problem]) -> str:
    """Return how many *warnings* there are of each kind: ``59 names missing · 8 terms never used``."""
    numbers = Counter(warning.code for warning in warnings)
    return " · ".join(
        f"{number:,} {CODES[code].counted[number > 1]}" for code, number in numbers.most_common()
    )


def format_problems(
    problems: Iterable[Problem],
    most: int | None = MAX_PER_CODE,
    *,
    paint: Paint = lambda part, words: words,
    more: str = "'plan-explorer check --all' shows them",
) -> Iterator[str]:
    """Yield the reports of problems, limited per code."""
    seen: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for problem in problems:
        seen[problem.code] += 1
        if most is None or seen[problem.code] <= _limit(problem.code, most):
            yield problem.text(paint)
        else:
            files.setdefault(problem.code, set()).add(problem.location.path)
    for code, paths in files.items():
        where = min(paths) if len(paths) == 1 else f"{len(paths)} files"
        rest = seen[code] - _limit(code, most or 0)
        yield f"{rest:,} more with {paint('error', f'[{code}]')} in {where}; {more}"


def _limit(code: str, most: int) -> int:
    return min(most, MAX_THE_SAME) if CODES[code].says_the_same else most
