"""Provide the command ``check``."""

from importlib.metadata import version
from pathlib import Path

import click

from plan_explorer.cli.common import count, format_option, plan_argument, print_problems
from plan_explorer.diagnostics.formats import FORMATS
from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.loading.checked_plan import load_plan


@click.command()
@plan_argument
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@format_option(["text", *FORMATS])
@click.option("--all", "everything", is_flag=True, help="Print every problem, even if many are alike.")
def check(plan: Path, strict: bool, form: str, everything: bool) -> None:
    """Check the plan in the folder PLAN and print its problems."""
    entries, problems = _check(plan)
    if form != "text":
        if text := FORMATS[form](problems, version("plan-explorer")):
            click.echo(text)
    else:
        print_problems(problems, everything=everything)
        if entries is None:
            click.echo(f"{count(len(problems), 'problem')}; 'plan-explorer explain CODE' says more", err=True)
        else:
            click.echo(f"sound: {entries} entries, {count(len(problems), 'warning')}")
    if entries is None or (strict and problems):
        raise SystemExit(1)


def _check(plan: Path) -> tuple[int | None, list[Problem]]:
    """Return the number of entries, if valid, and problems."""
    try:
        checked = load_plan(plan)
    except PlanError as error:
        return None, error.problems
    return len(checked.plan.entries), checked.warnings
