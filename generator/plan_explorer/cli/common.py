"""What the verbs share: the folder of the plan, and how problems are printed."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from plan_explorer.diagnostics.problems import MAX_PER_CODE, PlanError, Problem, format_problems
from plan_explorer.editing.workspace import Workspace

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


dry_run_option: Callable[[Any], Any] = click.option(
    "--dry-run", is_flag=True, help="Print what would change, and change nothing."
)
"""Whether an edit is only shown."""


@contextmanager
def exit_on_problems() -> Iterator[None]:
    """End the command with status 1 and every problem on stderr, if the plan is not sound."""
    try:
        yield
    except PlanError as error:
        tell(error.problems)
        click.echo(count(len(error.problems), "problem"), err=True)
        raise SystemExit(1) from None


def tell(problems: Iterable[Problem], *, everything: bool = False) -> None:
    """Print *problems* on stderr; of many that are alike only the first, unless *everything* is asked for."""
    for report in format_problems(problems, None if everything else MAX_PER_CODE, paint=paint):
        click.echo(report, err=True)


LOOKS: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "mark": {"fg": "red", "bold": True},
    "hint": {"fg": "cyan"},
}
"""How the parts of a report look on a terminal."""


def paint(part: str, words: str) -> str:
    """Return *words* in the look of *part*; off a terminal, click takes it away again."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return words if plain else click.style(words, **LOOKS[part])


def carry_out(before: Workspace, after: Workspace, *, dry_run: bool) -> None:
    """Write what *after* changes in *before*, or print it; nothing if the plan would not be sound.

    Raises:
        PlanError: with every problem the edit would make.
    """
    done = after.finished()
    if dry_run:
        for line in done.diff(before):
            click.echo(line, nl=False)
        return
    done.write(before)
    for name in done.changed(before):
        path = os.path.normpath(f"{before.shown}/{name}")
        click.echo(f"{'wrote' if name in done.files else 'removed'} {path}")


def progress(label: str, length: int) -> Any:
    """Return a bar for *length* steps on stderr, which shows on a terminal only."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural where it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
