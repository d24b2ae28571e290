"""Provide the command ``import``."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from plan_explorer.checking.published_ids import PUBLISHED_IDS, parse_published_ids
from plan_explorer.cli.columns_dialogue import ask_columns
from plan_explorer.cli.common import (
    carry_out,
    count,
    dry_run_option,
    exit_on_problems,
    is_terminal,
    print_problems,
    read_day,
)
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.editing.add_entries import add_entries
from plan_explorer.editing.add_mapping import add_mapping
from plan_explorer.editing.corrections import apply_corrections
from plan_explorer.editing.update import open_last, refuse_to_lose_edits, update_plan
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.importers.clean_text import language as language_tag
from plan_explorer.importers.draft import SOURCE, Draft
from plan_explorer.importers.format import Imported, ImportFormat, ImportRequest
from plan_explorer.importers.last_import import NAME as LAST
from plan_explorer.importers.last_import import Recognition, remember
from plan_explorer.importers.mapping import FrameworkMapping
from plan_explorer.importers.preview import tree_lines
from plan_explorer.importers.references import as_sources
from plan_explorer.importers.registry import FORMATS, is_missing
from plan_explorer.importers.report import NAME, with_first_section, with_section
from plan_explorer.importers.safe_read import read_bytes, read_folder, refuse
from plan_explorer.importers.table_sheets import READERS, look
from plan_explorer.importers.workbook_memory import Workbook, read_corrections
from plan_explorer.importers.write import check_files, check_folder, write_plan
from plan_explorer.loading.checked_plan import collection_paused
from plan_explorer.model.folders import write_files
from plan_explorer.model.plan import Plan

MAX_UNSURE = 6
NAMES = {format.id: format for format in FORMATS}


def _language(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not language_tag(value):
        raise click.BadParameter(f"'{value}' is no language tag, such as 'fr' or 'zh-Hans'")
    return language_tag(value)


@click.command("import")
@click.argument("name", metavar="FORMAT", type=click.Choice(list(NAMES)))
@click.argument("file", type=click.Path(path_type=Path))
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
@click.option(
    "--sheet",
    default="",
    metavar="NAME",
    help="The sheet of a workbook; by default the fullest, or those that are plainly one plan.",
)
@click.option("--force", is_flag=True, help="Overwrite the plan files in DIR.")
@click.option("--discard-edits", is_flag=True, help="Let --force overwrite what was edited, too.")
@click.option(
    "--update", is_flag=True, help="Bring a newer FILE, or a corrected workbook, into the plan in DIR."
)
@click.option(
    "--add",
    is_flag=True,
    help="Add the mapping, the bibliography or the glossary in FILE to the plan in DIR.",
)
@click.option("--remove", is_flag=True, help="Let --update remove what FILE no longer has.")
@dry_run_option
def import_(
    name: str,
    file: Path,
    into: Path,
    as_of: str,
    mapping: Path | None,
    language: str,
    sheet: str,
    force: bool,
    discard_edits: bool,
    update: bool,
    add: bool,
    remove: bool,
    dry_run: bool,
) -> None:
    """Import FILE as a plan in DIR, or update the plan there.

    What was changed or left out is reported.
    """
    format = NAMES[name]
    if file.is_dir() and not format.folders:
        raise click.BadParameter(f"File '{file}' is a directory.", param_hint="'FILE'")
    if add and update:
        raise click.UsageError("--add and --update exclude each other")
    if remove and not update:
        raise click.UsageError("--remove is for --update")
    if is_missing(format):
        click.echo(f"'{name}' needs {format.library}: pip install 'plan-explorer[import]'", err=True)
        raise SystemExit(2)
    columns = mapping or file.with_name(f"{file.name}.mapping.yaml")
    with exit_on_problems(), collection_paused():
        known = read_bytes(columns, str(columns)) if columns.is_file() else b""
        files = read_folder(file, str(file), format.folders) if format.folders else {}
        raw = b"" if format.folders else read_bytes(file, str(file))
        last = max(path.stat().st_mtime for path in (file, *(file / each for each in files)))
        saved = datetime.fromtimestamp(last, UTC).strftime("%Y-%m-%d")
        name_of_file = file.name or file.resolve().name
        request = ImportRequest(raw, name_of_file, str(file), saved, as_of, known, language, sheet, files)
        if add:
            _add(format, request, into, force=force, dry_run=dry_run)
            return
        if update:
            book = read_corrections(raw, str(file)) if name == "xlsx" else None
            if book:
                _correct(book, request, into, remove=remove, dry_run=dry_run)
            else:
                _update(format, request, into, remove=remove, dry_run=dry_run)
            return
        if not (dry_run or discard_edits):
            refuse_to_lose_edits(into)
        if name in READERS and is_terminal() and not (known or dry_run):
            check_folder(into, force=force)
            request = ask_columns(name, request, lambda request: _preview(format, request, into))
        imported = format.read(request)
        checked = check_files(imported.files, into.as_posix())
        if dry_run:
            _print_preview(imported, checked.plan)
            _tell_unsure(name, request, columns)
            return
        report = {NAME: imported.report.markdown().encode()}
        record = {LAST: remember(name, file.name, imported, checked.documents).text().encode()}
        write_plan({**imported.files, **report, **record}, into, force=force)
        if imported.mapping and not known:
            write_files(columns.parent, {columns: imported.mapping})
    _print_result(imported, columns, known, into)
    _tell_unsure(name, request, columns)
    if checked.warnings:
        click.echo(f"{count(len(checked.warnings), 'warning')}: 'plan-explorer check {into}' prints them")


def _print_result(imported: Imported, columns: Path, known: bytes, into: Path) -> None:
    for line in imported.report.summary_lines():
        click.echo(line, err=True)
    if imported.mapping and not known:
        click.echo(_columns(imported))
        click.echo(f"{columns}: the meaning of the columns; edit it and import again with --force")
    click.echo(f"{count(len(imported.files), 'file')} in {into}: {imported.report.numbers}")
    click.echo(f"{into / NAME}: what was changed or left out")


def _tell_unsure(name: str, request: ImportRequest, columns: Path) -> None:
    """Say which columns nobody has been asked about."""
    unsure = look(name, request).columns.unsure if name in READERS else []
    if unsure:
        more = " …" if len(unsure) > MAX_UNSURE else ""
        shown = ", ".join(f"'{head}'" for head in unsure[:MAX_UNSURE]) + more
        click.echo(f"not sure what is in {shown}: say it in {columns}, or in a file for --mapping", err=True)


def _preview(format: ImportFormat, request: ImportRequest, into: Path) -> None:
    imported = format.read(request)
    _print_preview(imported, check_files(imported.files, into.as_posix()).plan)


def _columns(imported: Imported) -> str:
    """Return what the columns of a table mean, line by line."""
    return "\n".join(line for line in imported.mapping.decode().split("\n") if line and line[0] != "#")


def _print_preview(imported: Imported, plan: Plan) -> None:
    for line in imported.report.summary_lines():
        click.echo(line, err=True)
    if imported.mapping:
        click.echo(_columns(imported))
    for line in tree_lines(plan):
        click.echo(line)
    click.echo(f"nothing written: {imported.report.numbers}")


# --- the plan as it is now, and what is new


def _correct(book: Workbook, request: ImportRequest, into: Path, *, remove: bool, dry_run: bool) -> None:
    """Bring the corrections in a workbook into the plan."""
    before = open_workspace(into)
    corrected = apply_corrections(before, book, request.shown, remove=remove)
    try:
        carry_out(before, corrected.workspace, dry_run=dry_run)
    except PlanError as error:
        raise corrected.in_cells(error) from None
    for note in corrected.notes:
        click.echo(note, err=True)
    click.echo(corrected.summary())
    _tell_unverified(before, corrected.workspace)


def _add(format: ImportFormat, request: ImportRequest, into: Path, *, force: bool, dry_run: bool) -> None:
    """Add the mapping, the bibliography or the glossary in a file to a plan."""
    parsed = format.parse(request)
    about = format.name, request.name, request.shown
    before = open_workspace(into)
    if isinstance(parsed, FrameworkMapping):
        last = open_last(into) if (into / LAST).is_file() else None
        added = add_mapping(before, parsed, *about, last, replace=force)
    elif isinstance(parsed, Draft) and format.adds:
        draft = as_sources(parsed) if format.adds == SOURCE else parsed.as_terms()
        added = add_entries(before, draft, format.adds, *about, replace=force)
    else:
        hint = "leave out --add to make a plan of it; bibliographies and glossaries can be added, too"
        raise refuse(request.shown, "this file is no mapping, and only a mapping can be added", hint)
    after = added.workspace.put(NAME, with_section(_reports(into), added.report.markdown()))
    carry_out(before, after, dry_run=dry_run)
    for line in added.report.summary_lines():
        click.echo(line, err=True)
    click.echo(f"{added.report.numbers} in {added.where}")


def _reports(into: Path) -> str:
    """Return what the reports beside the plan say."""
    place = into / NAME
    return read_bytes(place, str(place)).decode(errors="replace") if place.is_file() else ""


def _update(format: ImportFormat, request: ImportRequest, into: Path, *, remove: bool, dry_run: bool) -> None:
    """Bring a newer version of a file into the plan that an import made of the last one."""
    before = open_workspace(into)
    last = open_last(into)
    request = replace(request, mapping=request.mapping or last.mapping.encode())
    published, _ = parse_published_ids(before.text(PUBLISHED_IDS), PUBLISHED_IDS)
    known = Recognition(last, before.plan, [each.id for each in published])
    imported = format.read(request, known)
    new = remember(format.id, request.name, imported)
    updated = update_plan(before, last, new, known, remove=remove)
    report = with_first_section(_reports(into), updated.markdown(imported.report))
    after = updated.workspace.put(LAST, new.text()).put(NAME, report)
    carry_out(before, after, dry_run=dry_run)
    for line in imported.report.summary_lines():
        click.echo(line, err=True)
    print_problems(updated.conflicts)
    click.echo(updated.summary())
    if updated.conflicts:
        number = count(len(updated.conflicts), "place")
        click.echo(f"{number} to settle, left as they were: {into / NAME} lists them")
    _tell_unverified(before, after)


def _tell_unverified(before: Workspace, after: Workspace) -> None:
    """Say how many statements are no longer verified."""
    fresh = len(after.find_unverified()) - len(before.find_unverified())
    if fresh > 0:
        number = count(fresh, "statement")
        click.echo(f"{number} to verify again: run 'plan-explorer verify --stamp {after.shown}'")
