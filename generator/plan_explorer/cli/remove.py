"""Provide the command ``remove``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.remove import remove_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("id")
@click.option(
    "--replaced-by",
    default="",
    metavar="ID",
    help="The entry that replaces it in references and for readers.",
)
@plan_option
@dry_run_option
def remove(id: str, replaced_by: str, plan: Path, dry_run: bool) -> None:
    """Remove the entry ID from the plan.

    Use --replaced-by if other entries refer to it or it was published.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, remove_entry(before, id, replaced_by), dry_run=dry_run)
