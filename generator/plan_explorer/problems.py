"""What is wrong with a plan, where, and how to put it right."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from plan_explorer.codes import CODES

MOST = 20
"""Most problems of one code that are shown at once, unless all are asked for."""

WIDEST = 100
"""Most columns of a line that are shown; of longer ones, the part around the fault."""

T = TypeVar("T")

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
        self.problems = in_order(problems)
        super().__init__("\n".join(listing(self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* by file and line, errors and warnings together, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.location, p.code, p.message))


def listing(
    problems: Iterable[Problem],
    most: int | None = MOST,
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


class Lexicon:
    """Words that may stand somewhere, and what else they are called; finds the one that was meant."""

    def __init__(self, known: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        """Take the words *known*, and *names* for some of them."""
        self._known = {word: plain(word) for word in sorted(known, reverse=True)}
        named = sorted((names or {}).items(), reverse=True)
        self._names = {(id, name): plain(name) for name, id in named}

    def nearest(self, word: str) -> str:
        """Return the one that is spelt most like *word*, or an empty string."""
        return _nearest(plain(word), self._known) or ""

    def hint(self, word: str, otherwise: str = "") -> str:
        """Return a hint that names what was meant by *word*, or *otherwise*."""
        if called := _nearest(plain(word), self._names, percent=100):
            return f"did you mean '{called[0]}'?"
        if close := self.nearest(word):
            return f"did you mean '{close}'?"
        if called := _nearest(plain(word.replace("-", " ")), self._names):
            return f"did you mean '{called[0]}' ({called[1]})?"
        return otherwise


def _nearest(form: str, forms: Mapping[T, str], percent: float = 60) -> T | None:
    """Return the key of the most similar form, of equals the one with fewest edits."""
    similar = extract(form, forms, scorer=ratio, score_cutoff=percent)
    nearest = max(similar, key=lambda each: (each[1], -OSA.distance(form, each[0])), default=None)
    return nearest[2] if nearest else None


def plain(word: str) -> str:
    """Return *word* as it is compared: small letters without accents or tones."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of *known* that *word* was probably meant to be, or an empty string."""
    return Lexicon(known).nearest(word)


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str = "", names: Mapping[str, str] | None = None
) -> str:
    """Return a hint that names the nearest of *known*, or the one with the nearest name, or *otherwise*.

    Args:
        word: what the author wrote.
        known: what may stand there.
        otherwise: what to say if nothing is near.
        names: what else those are called, and which of *known* is called so.
    """
    return Lexicon(known, names).hint(word, otherwise)
