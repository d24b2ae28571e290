"""The verb ``move``: put an entry under another parent."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("id")
@click.option("--under", required=True, metavar="ID", help="The entry it is to stand under.")
@plan_option
@dry_run_option
def move(id: str, under: str, plan: Path, dry_run: bool) -> None:
    """Put the entry ID under another one.

    It goes into the file where its new siblings are, its comments with it.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, move_entry(before, id, under), dry_run=dry_run)
