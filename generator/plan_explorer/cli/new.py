"""The verb ``new``: begin an entry."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.new import add_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("kind")
@click.argument("id")
@click.option("--under", default="", metavar="ID", help="The entry it stands under.")
@click.option("--name", default="", help="What it is called; made of the id unless given.")
@plan_option
@dry_run_option
def new(kind: str, id: str, under: str, name: str, plan: Path, dry_run: bool) -> None:
    """Begin an entry of KIND, called ID.

    KIND is a level of the plan, actor, event, term or source. The entry is put into the file where
    its siblings
    are, with the next free number; comments say what to fill in.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        found = add_entry(before, kind, id, under=under, name=name)
        carry_out(before, found.workspace, dry_run=dry_run)
    if not dry_run:
        click.echo(f"go on at {found.place}")
