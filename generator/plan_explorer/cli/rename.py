"""Provide the command ``rename``."""

import click

from plan_explorer.cli.common import editing
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import Workspace


@click.command()
@click.argument("old")
@click.argument("new")
@editing
def rename(workspace: Workspace, old: str, new: str) -> Workspace:
    """Change the id of an entry from OLD to NEW.

    References in YAML and on handwritten pages are updated, and the old address leads to the new one.
    """
    return rename_entry(workspace, old, new)
