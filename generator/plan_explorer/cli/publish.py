"""Provide the command ``publish``."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.publish import publish_plan
from plan_explorer.editing.workspace import open_workspace


@click.command()
@plan_option
@dry_run_option
def publish(plan: Path, dry_run: bool) -> None:
    """Record every id, statement and address as published.

    From then on, 'check' fails if an id no longer leads anywhere, and a statement keeps its address when it
    is moved or reworded. Run this command when a site is published, and keep the two lists with the plan;
    builds never write them.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, publish_plan(before), dry_run=dry_run)
