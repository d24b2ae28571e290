"""Provide the command ``export``."""

from pathlib import Path

import click

from plan_explorer.build import exportable
from plan_explorer.cli.common import count, exit_on_problems, plan_option
from plan_explorer.exporters.registry import FORMATS, INSTALL, is_missing
from plan_explorer.model.folders import write_files
from plan_explorer.model.paths import within

NAMES = {format.id: format for format in FORMATS}


@click.command()
@click.argument("name", metavar="[FORMAT]", required=False, type=click.Choice(list(NAMES)))
@plan_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The output folder.",
)
@click.option("--base", default="", metavar="URL", help="The address of the published site.")
def export(name: str | None, plan: Path, output: Path, base: str) -> None:
    """Export the plan as FORMAT, or list the formats."""
    if name is None:
        for format in FORMATS:
            needs = f" (needs {format.library}: {INSTALL})" if is_missing(format) else ""
            click.echo(f"{format.id:<12}{format.title}: {format.about}{needs}")
        return
    format = NAMES[name]
    if is_missing(format):
        click.echo(f"'{name}' needs {format.library}: {INSTALL}", err=True)
        raise SystemExit(2)
    with exit_on_problems():
        exported = format.export(exportable(plan, f"{base.rstrip('/')}/" if base else ""))
        targets = {within(output, path): content for path, content in exported.files.items()}
        write_files(output, targets)
    for loss in exported.losses:
        click.echo(f"left out: {loss}", err=True)
    click.echo(f"{count(len(exported.files), 'file')} in {output}")
