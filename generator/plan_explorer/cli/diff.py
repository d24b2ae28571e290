"""The verb ``diff``: what changed between two versions of a plan."""

from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, plan_option
from plan_explorer.versions.diff import compare_plans
from plan_explorer.versions.diff_formats import FORMATS
from plan_explorer.versions.read import read_version


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@plan_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For people, or for another program.",
)
@click.option("--exit-code", is_flag=True, help="End with status 1 if anything has changed.")
def diff(old: str, new: str | None, plan: Path, form: str, exit_code: bool) -> None:
    """Say what changed from OLD to NEW: folders, files plan.json, or revisions of git as REV or REV:path.

    Without NEW, OLD is compared with the plan as it is now.
    """
    folder = plan.as_posix()
    with exit_on_problems():
        changes = compare_plans(read_version(old, folder), read_version(new or folder, folder))
    click.echo(FORMATS[form](changes))
    if exit_code and changes:
        raise SystemExit(1)
