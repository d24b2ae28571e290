"""Provide the command ``init``."""

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from plan_explorer.cli import starter
from plan_explorer.cli.common import count, exit_on_problems, is_terminal, read_day, today
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.editing.text_edits import FileText
from plan_explorer.editing.workspace import Workspace
from plan_explorer.evidence.text_files import READERS
from plan_explorer.importers import clean_text
from plan_explorer.importers.draft import plural
from plan_explorer.importers.format import Imported, ImportRequest
from plan_explorer.importers.last_import import NAME as LAST
from plan_explorer.importers.last_import import remember
from plan_explorer.importers.registry import FORMATS, is_missing
from plan_explorer.importers.report import NAME
from plan_explorer.importers.safe_read import read_bytes, refuse
from plan_explorer.importers.write import check_files
from plan_explorer.model.folders import write_files

KNOWN = {
    ".csv": ["csv"],
    ".tsv": ["csv"],
    ".xlsx": ["xlsx"],
    ".ods": ["ods"],
    ".bib": ["bibtex"],
    ".ris": ["ris"],
    ".ttl": ["skos"],
    ".rdf": ["skos"],
    ".jsonld": ["skos"],
    ".json": ["json", "oscal", "stix", "csl"],
    ".yaml": ["ciso", "oscal"],
    ".yml": ["ciso", "oscal"],
    ".xml": ["stratml", "oscal"],
}
"""The formats to try for a file, by the ending of its name."""

Given = dict[str, str | None]
"""What each option says, by its name; None if it is not given."""

LEVELS = "Goal/Goals, Measure/Measures"


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help="The name of the plan.")
@click.option("--language", metavar="TAG", help="The language of the pages, such as en or zh-Hans.")
@click.option("--other-languages", metavar="TAGS", help="Other languages of names, separated by commas.")
@click.option("--levels", metavar="WORDS", help=f"What the levels are called, from the top: '{LEVELS}'.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The text of the plan, or a table or standard to import.",
)
@click.option(
    "--source",
    metavar="NAME",
    help="The name of the document that the plan rests on; an example if it has neither name nor text.",
)
@click.option("--as-of", default="", callback=read_day, metavar="DATE", help="The date of the content.")
def init(
    folder: Path,
    name: str | None,
    language: str | None,
    other_languages: str | None,
    levels: str | None,
    file: Path | None,
    source: str | None,
    as_of: str,
) -> None:
    """Begin a plan and its site in DIR, the current folder by default.

    On a terminal it asks for what no option says. Files that exist are never overwritten.
    """
    as_of = as_of or today()
    given: Given = {"--name": name, "--language": language, "--other-languages": other_languages}
    given |= {"--levels": levels, "--source": source}
    with exit_on_problems():
        starter.refuse_existing(folder)
        if file and file.suffix.lower() not in READERS:
            _refuse_options(file, given)
            plan = _import(file, as_of)
            to_do = []
        else:
            answers = _answers(folder, given, file, as_of)
            plan = starter.starter_files(answers)
            to_do = list(_to_do(answers))
        yaml = {path: content for path, content in plan.items() if path.endswith(".yaml")}
        warnings = check_files(yaml, starter.PLAN).warnings
        files = {f"{starter.PLAN}/{path}": content for path, content in plan.items()}
        files |= starter.project_files()
        write_files(folder, {folder / path: content for path, content in files.items()})
    _print_next(folder, len(files), len(warnings), to_do)


# --- questions


def _answers(folder: Path, given: Given, file: Path | None, as_of: str) -> starter.Answers:
    """Return what the options say, and ask for the rest."""
    known = _title(starter.text_title(file) or file.stem) if file else ""
    name = _ask(given, "--name", "Name of the plan", known or _title(folder.resolve().name), _line)
    language = _ask(given, "--language", "Language of the pages (en, fr, zh-Hans, …)", "en", _tag)
    others = _ask(given, "--other-languages", "Other languages of names, separated by commas", "", _tags)
    levels = _ask(given, "--levels", "Levels from the top down, one/many", LEVELS, _levels)
    if not file and is_terminal() and given["--source"] is None:
        label = "File with the text of the plan (empty if there is none yet)"
        file = click.prompt(label, default="", show_default=False, value_proc=_text)
    if file:
        known = _title(starter.text_title(file) or file.stem)
        source = _ask(given, "--source", "Name of the document that the plan rests on", known, _line)
    else:
        label = "Name of the document that the plan rests on (empty for an example)"
        source = _ask(given, "--source", label, "", clean_text.one_line)
    if not source:
        file, source = starter.SAMPLE, starter.SAMPLE_NAME
    tags = dict.fromkeys([language, *others])
    names = {tag: clean_text.language_name(tag, language) for tag in tags}
    _tell_defaults(given, {"--name": name, "--language": language, "--levels": levels, "--source": source})
    return starter.Answers(name, names, levels, source, as_of, file)


def _ask(given: Given, option: str, label: str, default: str, read: Callable[[str], Any]) -> Any:
    """Return what *option* says, or somebody answers, or the default."""
    value = given[option]
    if value is None and is_terminal():
        return click.prompt(label, default=default, value_proc=read, show_default=bool(default))
    try:
        return read(default if value is None else value)
    except click.UsageError as error:
        raise click.BadParameter(error.message, param_hint=f"'{option}'") from None


def _tell_defaults(given: Given, taken: Mapping[str, Any]) -> None:
    """Say what was taken for options that are missing, where nobody could be asked."""
    missing = [option for option in taken if given[option] is None]
    if missing and not is_terminal():
        said = {**taken, "--levels": ", ".join("/".join(level) for level in taken["--levels"])}
        words = " ".join(f"{option} {shlex.quote(said[option])}" for option in missing)
        click.echo(f"nothing was asked, as this is no terminal; taken instead: {words}", err=True)


def _title(words: str) -> str:
    """Return the name of a file or folder as a title."""
    line = " ".join(clean_text.one_line(words).replace("_", " ").replace("-", " ").split())
    return line[:1].upper() + line[1:] or "My plan"


def _line(words: str) -> str:
    line = clean_text.one_line(words)
    if not line:
        raise click.UsageError("write at least a word")
    return line


def _tag(words: str) -> str:
    tag = clean_text.language(words)
    if not tag:
        raise click.UsageError(f"'{words}' is not a language tag; write one such as en, fr or zh-Hans")
    return tag


def _tags(words: str) -> list[str]:
    return [_tag(each) for each in words.replace("，", ",").split(",") if each.strip()]


def _levels(words: str) -> list[tuple[str, str]]:
    """Return what the entries of each level are called, one and many."""
    levels: list[tuple[str, str]] = []
    for part in words.replace("，", ",").split(","):
        one, _, many = map(clean_text.one_line, part.partition("/"))
        if not one:
            raise click.UsageError(f"'{words}' has a level without a name; write '{LEVELS}'")
        levels.append((one, many or (plural(one) if one.isascii() else one)))
    if len({one.casefold() for one, _ in levels}) < len(levels):
        raise click.UsageError(f"'{words}' has two levels of one name")
    return levels


def _text(words: str) -> Path | None:
    """Return the path that somebody wrote, if any."""
    if not words.strip():
        return None
    path = Path(words.strip().strip("'\"")).expanduser()
    if path.suffix.lower() not in READERS:
        raise click.UsageError(f"a text is one of {', '.join(READERS)}; for others, use '--from FILE'")
    if not path.is_file():
        raise click.UsageError(f"there is no file '{words}'")
    return path


# --- import


def _refuse_options(file: Path, given: Given) -> None:
    """Refuse options that say what *file* says itself."""
    said = [option for option, value in given.items() if value is not None]
    if said:
        raise click.UsageError(
            f"{', '.join(said)}: '{file}' says so itself; change it in plan.yaml afterwards"
        )


def _import(file: Path, as_of: str) -> dict[str, bytes]:
    """Return the files of the plan in a table or standard.

    Raises:
        PlanError: ``not-imported``, if no format fits.
    """
    shown = str(file)
    names = KNOWN.get(file.suffix.lower())
    if names is None:
        endings = ", ".join([*READERS, *KNOWN])
        raise refuse(shown, f"'{file.suffix}' is not a format to begin with", f"formats: {endings}")
    raw = read_bytes(file, shown)
    request = ImportRequest(raw, file.name, shown, as_of, as_of)
    problems = []
    for format in (each for name in names for each in FORMATS if each.id == name):
        if is_missing(format):
            hint = "pip install 'plan-explorer[import]'"
            problems += refuse(shown, f"'{format.id}' needs {format.library}", hint).problems
            continue
        try:
            imported = format.read(request)
        except PlanError as error:
            problems += error.problems
            continue
        return _with_report(imported, format.id, file)
    raise PlanError(problems)


def _with_report(imported: Imported, format: str, file: Path) -> dict[str, bytes]:
    texts = {name: FileText(content.decode()) for name, content in imported.files.items()}
    workspace = Workspace(Path(starter.PLAN), starter.PLAN, texts)
    files = {**imported.files, NAME: imported.report.markdown().encode(), **starter.schema_files(workspace)}
    files[LAST] = remember(format, file.name, imported, workspace.documents).text().encode()
    for line in imported.report.summary_lines():
        click.echo(line, err=True)
    if imported.mapping:
        name = f"{file.name}.mapping"
        files[name] = imported.mapping
        options = f"--into {starter.PLAN} --mapping {shlex.quote(f'{starter.PLAN}/{name}')} --force"
        click.echo(f"{starter.PLAN}/{name} says what the columns mean; to import again once it is edited:")
        click.echo(f"  plan-explorer import {format} {shlex.quote(str(file))} {options}")
    return files


# --- the end


def _to_do(answers: starter.Answers) -> Iterator[str]:
    """Yield what an author does with the files of a plan that has just begun."""
    texts = f"{starter.PLAN}/texts/"
    if answers.text == starter.SAMPLE:
        yield f"{starter.PLAN}/ holds an example in every file. To begin with a text of your own instead, run"
        yield "'plan-explorer init NEW-FOLDER --from TEXT'."
    elif answers.text:
        yield f"{starter.PLAN}/entries.yaml was made from the text: reword and merge its entries."
        yield f"{starter.PLAN}/actors-events-terms.yaml holds examples: put those of the plan in their place."
    else:
        yield f"The entries in {starter.PLAN}/ are examples: put those of the plan in their place."
        yield f"'{answers.source}' has no text yet: save it in {texts}, and run"
        yield f"'plan-explorer outline {texts}FILE --source {starter.source_id(answers)}'."


def _print_next(folder: Path, files: int, warnings: int, to_do: Iterable[str]) -> None:
    click.echo(f"{count(files, 'file')} in {folder}")
    for line in to_do:
        click.echo(line)
    if warnings:
        click.echo(f"{count(warnings, 'warning')}: 'plan-explorer check' prints them")
    click.echo("next:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  mkdocs serve --livereload   shows the site at http://127.0.0.1:8000 and follows every edit")
    click.echo(
        "  plan-explorer check         lists every problem; the page 'For editors' of the site says more"
    )
    click.echo("  mkdocs build                writes the site into site/, for any server; see hosting/")
