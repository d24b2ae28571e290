"""Provide the command ``show``."""

from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, plan_option
from plan_explorer.editing.entry_report import describe_entry
from plan_explorer.editing.workspace import open_workspace


@click.command()
@click.argument("id")
@plan_option
@click.option("--all", "whole", is_flag=True, help="Show all lines of every part.")
def show(id: str, plan: Path, whole: bool) -> None:
    """Show an entry and everything that refers to it."""
    with exit_on_problems():
        click.echo("\n".join(describe_entry(open_workspace(plan), id, all=whole)))
