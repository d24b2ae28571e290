"""Provide the command ``move``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.move import fitting_code, move_entry
from plan_explorer.editing.workspace import Workspace


@click.command()
@click.argument("id")
@click.option("--under", required=True, metavar="ID", help="The new parent.")
@click.option("--code", default="", help="Its new code.")
@editing
def move(workspace: Workspace, id: str, under: str, code: str) -> Workspace:
    """Move the entry ID to another parent.

    It is moved to the file of its new siblings, together with its comments. If its code does not fit there,
    the next free one is offered.
    """
    edited = move_entry(workspace, id, under, code)
    if not code and (offered := fitting_code(workspace, id, under)):
        click.echo(
            f"'{id}' keeps its code, which does not fit there; give it the next free one with "
            f"'plan-explorer move {id} --under {under} --code {offered}'",
            err=True,
        )
    return edited
