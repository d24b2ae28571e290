"""The verb ``publish``: note which ids and addresses are public."""

from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.publish import publish_ids
from plan_explorer.editing.workspace import open_workspace


@click.command()
@plan_option
@dry_run_option
def publish(plan: Path, dry_run: bool) -> None:
    """Note every id and address as public.

    They must lead somewhere from then on; 'check' fails if one does not. Run it when a site goes
    public, and keep the list with the plan; no build ever writes it.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        carry_out(before, publish_ids(before), dry_run=dry_run)
