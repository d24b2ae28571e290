"""What the verbs share: the folder of the plan, and how problems are printed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from plan_explorer.problems import PlanError, Problem

PLAN = "content/plan"
"""Where the plan is, unless told otherwise."""

plan_argument: Callable[[Any], Any] = click.argument(
    "plan", type=click.Path(path_type=Path), default=Path(PLAN), metavar="[PLAN]"
)
"""The folder of the plan, as an argument."""

plan_option: Callable[[Any], Any] = click.option(
    "--plan",
    type=click.Path(path_type=Path),
    default=Path(PLAN),
    show_default=True,
    help="Folder of the plan.",
)
"""The folder of the plan, as an option of verbs that have other arguments."""


@contextmanager
def problems_ended() -> Iterator[None]:
    """End the command with status 1 and every problem on stderr, if the plan is not sound."""
    try:
        yield
    except PlanError as error:
        tell(error.problems)
        click.echo(count(len(error.problems), "problem"), err=True)
        raise SystemExit(1) from None


def tell(problems: Iterable[Problem]) -> None:
    """Print *problems* on stderr."""
    for problem in problems:
        click.echo(problem, err=True)


def progress(label: str, length: int) -> Any:
    """Return a bar for *length* steps on stderr, which shows on a terminal only."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural where it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
