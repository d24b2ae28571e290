"""Provide the command ``schema``."""

import json
from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, plan_argument
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.json_schema import build_schemas


@click.command()
@plan_argument
@click.option("--write", "to_disk", is_flag=True, help="Write the files to the folder 'schema' of the plan.")
def schema(plan: Path, to_disk: bool) -> None:
    """Print a JSON Schema for the plan's files.

    It knows the ids, kinds and levels of the plan.
    """
    with exit_on_problems():
        schemas = build_schemas(load_plan(plan).plan)
    if not to_disk:
        click.echo(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    for name, content in schemas.items():
        path = plan / "schema" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        click.echo(path)
