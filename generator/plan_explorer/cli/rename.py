"""The verb ``rename``: give an entry another id, everywhere."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, plan_option, problems_ended
from plan_explorer.editing.rename import rename as renamed
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("old")
@click.argument("new")
@plan_option
@dry_run_option
def rename(old: str, new: str, plan: Path, dry_run: bool) -> None:
    """Give the entry OLD the id NEW, everywhere.

    Whatever names it follows, in YAML and on pages written by hand; its old address leads to the new one.
    """
    with problems_ended():
        before = open_workspace(plan)
        carry_out(before, renamed(before, old, new), dry_run=dry_run)
