"""Provide the command ``import``."""

from datetime import UTC, datetime
from pathlib import Path

import click

from plan_explorer.cli.common import count, exit_on_problems, read_day
from plan_explorer.importers.clean_text import language as language_tag
from plan_explorer.importers.format import Imported, ImportRequest
from plan_explorer.importers.registry import FORMATS, is_missing
from plan_explorer.importers.report import NAME
from plan_explorer.importers.safe_read import read_bytes
from plan_explorer.importers.write import check_files, write_plan
from plan_explorer.model.folders import write_files

NAMES = {format.id: format for format in FORMATS}


def _language(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not language_tag(value):
        raise click.BadParameter(f"'{value}' is no language tag, such as 'fr' or 'zh-Hans'")
    return language_tag(value)


@click.command("import")
@click.argument("name", metavar="FORMAT", type=click.Choice(list(NAMES)))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder for the new plan.",
)
@click.option(
    "--as-of",
    default="",
    callback=read_day,
    metavar="DATE",
    help="The date of the content, if not given in the file.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The meaning of a table's columns; by default, guessed and saved as FILE.mapping.yaml.",
)
@click.option(
    "--language",
    default="",
    callback=_language,
    metavar="TAG",
    help="The first of its languages, such as 'fr'; by default the file's own.",
)
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; by default the fullest.")
@click.option("--force", is_flag=True, help="Overwrite the plan files in DIR.")
def import_(
    name: str,
    file: Path,
    into: Path,
    as_of: str,
    mapping: Path | None,
    language: str,
    sheet: str,
    force: bool,
) -> None:
    """Import FILE as a plan in DIR.

    What was changed or left out is reported.
    """
    format = NAMES[name]
    if is_missing(format):
        click.echo(f"'{name}' needs {format.library}: pip install 'plan-explorer[import]'", err=True)
        raise SystemExit(2)
    columns = mapping or file.with_name(f"{file.name}.mapping.yaml")
    with exit_on_problems():
        known = read_bytes(columns, str(columns)) if columns.is_file() else b""
        raw = read_bytes(file, str(file))
        saved = datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%d")
        imported = format.read(ImportRequest(raw, file.name, str(file), saved, as_of, known, language, sheet))
        warnings = check_files(imported.files, into.as_posix())
        write_plan({**imported.files, NAME: imported.report.markdown().encode()}, into, force=force)
        if imported.mapping and not known:
            write_files(columns.parent, {columns: imported.mapping})
    _print_result(imported, columns, known, into)
    if warnings:
        click.echo(f"{count(len(warnings), 'warning')}: 'plan-explorer check {into}' prints them")


def _print_result(imported: Imported, columns: Path, known: bytes, into: Path) -> None:
    for line in imported.report.summary_lines():
        click.echo(line, err=True)
    if imported.mapping and not known:
        shown = [line for line in imported.mapping.decode().split("\n") if line and line[0] != "#"]
        click.echo("\n".join(shown))
        click.echo(f"{columns}: the meaning of the columns; edit it and import again with --force")
    numbers = ", ".join(f"{number} {noun}" for noun, number in imported.report.counts.items() if number)
    click.echo(f"{count(len(imported.files), 'file')} in {into}: {numbers}")
    click.echo(f"{into / NAME}: what was changed or left out")
