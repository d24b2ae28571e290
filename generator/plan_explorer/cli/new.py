"""Provide the command ``new``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.new import add_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("kind")
@click.argument("id")
@click.option("--under", default="", metavar="ID", help="The parent of the entry.")
@click.option("--name", default="", help="Its name; by default derived from the id.")
@plan_option
@dry_run_option
def new(kind: str, id: str, under: str, name: str, plan: Path, dry_run: bool) -> None:
    """Add an entry ID of the given KIND.

    KIND is a level of the plan, actor, event, term or source. The entry is added to the file of its
    siblings, with the next free number and comments on what to fill in.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        added = add_entry(before, kind, id, under=under, name=name)
        carry_out(before, added.workspace, dry_run=dry_run)
    if not dry_run:
        click.echo(f"continue at {added.place}")
