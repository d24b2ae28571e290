"""Provide the command ``move``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("id")
@click.option("--under", required=True, metavar="ID", help="The new parent.")
@plan_option
@dry_run_option
def move(id: str, under: str, plan: Path, dry_run: bool) -> None:
    """Move the entry ID to another parent.

    It is moved to the file of its new siblings, together with its comments.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, move_entry(before, id, under), dry_run=dry_run)
