"""Provide the command ``remove``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.remove import remove_entry, rewritten_reasons
from plan_explorer.editing.workspace import Workspace


@click.command()
@click.argument("id")
@click.option(
    "--replaced-by",
    default="",
    metavar="ID",
    help="The entry that replaces it in references and for readers.",
)
@editing
def remove(workspace: Workspace, id: str, replaced_by: str) -> Workspace:
    """Remove the entry ID from the plan.

    Use --replaced-by if other entries refer to it or it was published.
    """
    edited = remove_entry(workspace, id, replaced_by)
    reasons = list(rewritten_reasons(workspace, edited, id))
    if reasons:
        click.echo("read these again: they were written about the entry that is gone", err=True)
    for place, text in reasons:
        click.echo(f"  {place}: {text}", err=True)
    if reasons:
        click.echo("'plan-explorer report --only read-again' lists them until they are accepted", err=True)
    return edited
