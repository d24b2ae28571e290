"""Provide the command ``publish``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.publish import newly_removed, publish_plan
from plan_explorer.editing.workspace import Workspace


@click.command()
@editing
def publish(workspace: Workspace) -> Workspace:
    """Record every id, statement and address as published.

    From then on, 'check' fails if an id no longer leads anywhere, and a statement keeps its address when it
    is moved or reworded. Run this command when a site is published, and keep the two lists with the plan;
    builds never write them. What was removed since, or reworded beyond recognition, is listed: its address
    leads to a note.
    """
    for gone in newly_removed(workspace.plan):
        was = f"{gone.published.entry}#{gone.published.address} “{gone.published.words}”"
        click.echo(f"removed: {was}; if it was reworded, put its new words into the list")
    return publish_plan(workspace)
