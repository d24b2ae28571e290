"""The verb ``export``: write the plan in a format that others already use."""

from pathlib import Path

import click

from plan_explorer.build import exportable
from plan_explorer.commands.common import count, plan_option, problems_ended
from plan_explorer.exports import FORMATS, INSTALL, missing
from plan_explorer.paths import within

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
            needs = f" (needs {format.library}: {INSTALL})" if missing(format) else ""
            click.echo(f"{format.id:<12}{format.title}: {format.about}{needs}")
        return
    format = NAMES[name]
    if missing(format):
        click.echo(f"'{name}' needs {format.library}: {INSTALL}", err=True)
        raise SystemExit(2)
    with problems_ended():
        found = format.export(exportable(plan, f"{base.rstrip('/')}/" if base else ""))
        targets = {within(output, path): content for path, content in found.files.items()}
    for target, content in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for loss in found.losses:
        click.echo(f"not in it: {loss}", err=True)
    click.echo(f"{count(len(found.files), 'file')} in {output}")
