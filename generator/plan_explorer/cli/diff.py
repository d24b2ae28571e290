"""Provide the command ``diff``."""

from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, format_option, plan_option
from plan_explorer.versions.diff import compare_plans
from plan_explorer.versions.diff_formats import FORMATS
from plan_explorer.versions.read import read_version


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@plan_option
@format_option(FORMATS)
@click.option("--exit-code", is_flag=True, help="Exit with status 1 if anything has changed.")
def diff(old: str, new: str | None, plan: Path, form: str, exit_code: bool) -> None:
    """Show what changed between two versions.

    OLD and NEW are folders, plan.json files, or git revisions as REV or REV:path. If NEW is not given,
    OLD is compared with the current plan.
    """
    folder = plan.as_posix()
    with exit_on_problems():
        changes = compare_plans(read_version(old, folder), read_version(new or folder, folder))
    click.echo(FORMATS[form](changes))
    if exit_code and changes:
        raise SystemExit(1)
