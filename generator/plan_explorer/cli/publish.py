"""Provide the command ``publish``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.publish import publish_ids
from plan_explorer.editing.workspace import Workspace


@click.command()
@editing
def publish(workspace: Workspace) -> Workspace:
    """Record every id and address as published.

    From then on, 'check' fails if one of them no longer leads anywhere. Run this command when a site is
    published, and keep the list with the plan; builds never write it.
    """
    return publish_ids(workspace)
