"""The verb ``export``: write the plan in a format that others already use."""

from pathlib import Path

import click

from plan_explorer.build import exportable
from plan_explorer.cli.common import count, exit_on_problems, plan_option
from plan_explorer.exporters.registry import FORMATS, INSTALL, is_missing
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
    help="Where to write.",
)
@click.option("--base", default="", metavar="URL", help="The address at which the site is published.")
def export(name: str | None, plan: Path, output: Path, base: str) -> None:
    """Write the plan as FORMAT; without one, list the formats."""
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
        found = format.export(exportable(plan, f"{base.rstrip('/')}/" if base else ""))
        targets = {within(output, path): content for path, content in found.files.items()}
    for target, content in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for loss in found.losses:
        click.echo(f"not in it: {loss}", err=True)
    click.echo(f"{count(len(found.files), 'file')} in {output}")
