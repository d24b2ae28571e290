"""The verb ``fmt``: write the files of a plan in one form."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, count, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.formatter import format_files
from plan_explorer.editing.workspace import open_workspace


@click.command()
@plan_option
@click.option("--check", is_flag=True, help="Only tell which files are not in that form, and fail if any is.")
@dry_run_option
def fmt(plan: Path, check: bool, dry_run: bool) -> None:
    """Write the files of the plan in one form.

    Keys stand in order, with two columns a level and one empty line between entries; comments are
    kept, and so
    are quotation marks and ends of lines.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        after = format_files(before)
    changed = after.changed(before)
    if check:
        for name in changed:
            click.echo(f"{before.shown}/{name}")
        click.echo(f"{count(len(changed), 'file')} to put in form", err=True)
        raise SystemExit(1 if changed else 0)
    carry_out(before, after, dry_run=dry_run)
