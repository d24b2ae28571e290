"""Provide the command ``fmt``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, count, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.formatter import format_files
from plan_explorer.editing.workspace import open_workspace


@click.command()
@plan_option
@click.option("--check", is_flag=True, help="List the files that need formatting, and fail if there are any.")
@dry_run_option
def fmt(plan: Path, check: bool, dry_run: bool) -> None:
    """Format the files of the plan.

    Keys are sorted, levels indented by two columns and entries separated by one empty line. Comments,
    quotation marks and line endings are kept.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        after = format_files(before)
        if not check:
            carry_out(before, after, dry_run=dry_run)
            return
    changed = after.changed_files(before)
    for name in changed:
        click.echo(f"{before.shown}/{name}")
    click.echo(f"{count(len(changed), 'file')} to format", err=True)
    raise SystemExit(1 if changed else 0)
