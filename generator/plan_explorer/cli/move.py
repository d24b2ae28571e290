"""Provide the command ``move``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.workspace import Workspace


@click.command()
@click.argument("id")
@click.option("--under", required=True, metavar="ID", help="The new parent.")
@editing
def move(workspace: Workspace, id: str, under: str) -> Workspace:
    """Move the entry ID to another parent.

    It is moved to the file of its new siblings, together with its comments.
    """
    return move_entry(workspace, id, under)
