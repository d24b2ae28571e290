"""The verb ``check``: print everything that is wrong with a plan, or could be better."""

from importlib.metadata import version
from pathlib import Path

import click

from plan_explorer.cli.common import count, plan_argument, tell
from plan_explorer.diagnostics.formats import FORMATS
from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.loading.checked_plan import load_plan


@click.command()
@plan_argument
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="For people, or for another program.",
)
@click.option("--all", "everything", is_flag=True, help="Print every problem, also where many are alike.")
def check(plan: Path, strict: bool, form: str, everything: bool) -> None:
    """Check the plan in the folder PLAN and print every problem."""
    entries, problems = _found(plan)
    if form != "text":
        if text := FORMATS[form](problems, version("plan-explorer")):
            click.echo(text)
    else:
        tell(problems, everything=everything)
        if entries is None:
            click.echo(f"{count(len(problems), 'problem')}; 'plan-explorer explain CODE' says more", err=True)
        else:
            click.echo(f"sound: {entries} entries, {count(len(problems), 'warning')}")
    if entries is None or (strict and problems):
        raise SystemExit(1)


def _found(plan: Path) -> tuple[int | None, list[Problem]]:
    """Return how many entries *plan* has, or None if it is not sound, and its problems or warnings."""
    try:
        found = load_plan(plan)
    except PlanError as error:
        return None, error.problems
    return len(found.plan.entries), found.warnings
