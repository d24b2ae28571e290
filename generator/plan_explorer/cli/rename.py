"""Provide the command ``rename``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("old")
@click.argument("new")
@plan_option
@dry_run_option
def rename(old: str, new: str, plan: Path, dry_run: bool) -> None:
    """Change the id of an entry from OLD to NEW.

    References in YAML and on handwritten pages are updated, and the old address leads to the new one.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, rename_entry(before, old, new), dry_run=dry_run)
