"""The verb ``check``: print everything that is wrong with a plan, or could be better."""

from pathlib import Path

import click

from plan_explorer.build import checked
from plan_explorer.commands.common import count, plan_argument, problems_ended, tell


@click.command()
@plan_argument
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(plan: Path, strict: bool) -> None:
    """Check the plan in the folder PLAN and print every problem."""
    with problems_ended():
        found = checked(plan)
    tell(found.warnings)
    click.echo(f"sound: {len(found.plan.entries)} entries, {count(len(found.warnings), 'warning')}")
    if strict and found.warnings:
        raise SystemExit(1)
