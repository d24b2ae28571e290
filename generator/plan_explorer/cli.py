"""The command line: prints and exits; everything else is done below."""

from pathlib import Path

import click

from plan_explorer.build import checked
from plan_explorer.problems import PlanError

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plan-explorer")
def cli() -> None:
    """Turn a structured plan, kept as YAML, into a cross-linked static site."""


@cli.command()
@click.argument("plan", type=FOLDER, default="content/plan")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(plan: Path, strict: bool) -> None:
    """Check the plan in the folder PLAN and print every problem."""
    try:
        found = checked(plan)
    except PlanError as error:
        click.echo(error, err=True)
        click.echo(f"{_count(len(error.problems), 'problem')}", err=True)
        raise SystemExit(1) from None
    for warning in found.warnings:
        click.echo(warning, err=True)
    click.echo(f"sound: {len(found.plan.entries)} entries, {_count(len(found.warnings), 'warning')}")
    if strict and found.warnings:
        raise SystemExit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
