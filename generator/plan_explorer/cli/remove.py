"""The verb ``remove``: take an entry out of the plan."""

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
    help="The entry that takes its place, for all that names it and for readers.",
)
@plan_option
@dry_run_option
def remove(id: str, replaced_by: str, plan: Path, dry_run: bool) -> None:
    """Take the entry ID out of the plan.

    Without an entry that replaces it, only if nothing names it and it was never published.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, remove_entry(before, id, replaced_by), dry_run=dry_run)
