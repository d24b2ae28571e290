"""What is wrong with a plan, where, and how to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from plan_explorer.codes import CODES


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
        mark = "warning: " if self.warning else ""
        lines = [f"{self.location}: {mark}{self.message} [{self.code}]"]
        if self.excerpt:
            # A tab in front of the fault must be as wide below it as it is above.
            before = "".join(c if c == "\t" else " " for c in self.excerpt[: self.location.column - 1])
            lines += [f"    {self.excerpt}", f"    {before}{'^' * self.width}"]
        if self.hint:
            lines.append(f"    hint: {self.hint}")
        return "\n".join(lines)


class PlanError(Exception):
    """The plan cannot be built; carries every problem found, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file and line, errors and warnings together, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.location, p.code, p.message))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of *known* that *word* was probably meant to be, or an empty string."""
    known = sorted(known)
    close = get_close_matches(word.casefold(), [k.casefold() for k in known], n=1, cutoff=0.6)
    return next((k for k in known if close and k.casefold() == close[0]), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest of *known*, or else *otherwise*."""
    close = nearest(word, known)
    return f"did you mean '{close}'?" if close else otherwise
