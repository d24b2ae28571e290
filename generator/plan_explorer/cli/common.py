"""Share options and output between commands."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from plan_explorer.diagnostics.problems import MAX_PER_CODE, PlanError, Problem, format_problems
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.model.dates import DateError, parse_date

PLAN = "content/plan"
"""The default folder of the plan."""

plan_argument: Callable[[Any], Any] = click.argument(
    "plan", type=click.Path(path_type=Path), default=Path(PLAN), metavar="[PLAN]"
)
"""The folder of the plan, as an argument."""

plan_option: Callable[[Any], Any] = click.option(
    "--plan",
    type=click.Path(path_type=Path),
    default=Path(PLAN),
    show_default=True,
    help="The folder of the plan.",
)
"""The folder of the plan, as an option of commands with other arguments."""


dry_run_option: Callable[[Any], Any] = click.option(
    "--dry-run", is_flag=True, help="Show the changes without writing them."
)
"""Whether to show an edit without writing it."""


def read_day(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Return the date that an option gives, if it gives one."""
    try:
        return parse_date(value).edtf if value else ""
    except DateError as error:
        raise click.BadParameter(str(error)) from None


def is_terminal() -> bool:
    """Return whether somebody can answer."""
    return sys.stdin.isatty()


def today() -> str:
    """Return the day it is in UTC: ``2026-01-31``."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


def format_option(choices: Iterable[str]) -> Callable[[Any], Any]:
    """Return the option ``--format``, of which text is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(choices)),
        default="text",
        show_default=True,
        help="The output format.",
    )


@contextmanager
def exit_on_problems() -> Iterator[None]:
    """Print the problems of a plan and exit with status 1."""
    try:
        yield
    except PlanError as error:
        print_problems(error.problems)
        click.echo(count(len(error.problems), "problem"), err=True)
        raise SystemExit(1) from None


def print_problems(problems: Iterable[Problem], *, everything: bool = False) -> None:
    """Print *problems* on stderr; *everything* lifts the limit per code."""
    for report in format_problems(problems, None if everything else MAX_PER_CODE, paint=paint):
        click.echo(report, err=True)


LOOKS: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "mark": {"fg": "red", "bold": True},
    "hint": {"fg": "cyan"},
}
"""The styles of a report's parts on a terminal."""


def paint(part: str, words: str) -> str:
    """Return *words* in the style of *part*."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return words if plain else click.style(words, **LOOKS[part])


def carry_out(before: Workspace, after: Workspace, *, dry_run: bool) -> None:
    """Write the changes from *before* to *after*, or show them.

    Raises:
        PlanError: with every problem that the edit would cause; nothing is written then.
    """
    after = after.with_schema()
    if dry_run:
        for line in after.diff(before):
            click.echo(line, nl=False)
        return
    after.write(before)
    for name in after.changed_files(before):
        path = os.path.normpath(f"{before.shown}/{name}")
        click.echo(f"{'wrote' if name in after.files else 'removed'} {path}")


def editing(edit: Callable[..., Workspace]) -> Any:
    """Return a command's function that carries out *edit*.

    It adds the options ``--plan`` and ``--dry-run``, and calls *edit* with the workspace and the other
    arguments of the command.
    """

    @plan_option
    @dry_run_option
    @wraps(edit)
    def carry_out_edit(plan: Path, dry_run: bool, **arguments: Any) -> None:
        with exit_on_problems():
            before = open_workspace(plan)
            carry_out(before, edit(before, **arguments), dry_run=dry_run)

    return carry_out_edit


def progress(label: str, length: int) -> Any:
    """Return a progress bar for *length* steps."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural if necessary."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
