"""Provide the command ``schema``."""

import json
from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, plan_argument
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.folders import write_files
from plan_explorer.model.json_schema import build_schemas, format_schemas


@click.command()
@plan_argument
@click.option("--write", "to_disk", is_flag=True, help="Write the files to the folder 'schema' of the plan.")
def schema(plan: Path, to_disk: bool) -> None:
    """Print a JSON Schema for the plan's files.

    It knows the ids, kinds and levels of the plan.
    """
    with exit_on_problems():
        known = load_plan(plan).plan
        if not to_disk:
            click.echo(json.dumps(build_schemas(known), ensure_ascii=False, indent=2))
            return
        files = {plan / "schema" / name: text.encode() for name, text in format_schemas(known).items()}
        write_files(plan, files)
    for path in files:
        click.echo(path)
