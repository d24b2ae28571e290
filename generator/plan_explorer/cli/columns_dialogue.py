"""Ask on a terminal what the columns of a table mean."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import click

from plan_explorer.cli.common import count
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.importers.clean_text import language as language_tag
from plan_explorer.importers.clean_text import one_line
from plan_explorer.importers.column_mapping import Columns, explain_meanings, find_fault
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.table_sheets import look

MAX_EXAMPLE = 40
REST = "rest"


def ask_columns(format: str, request: ImportRequest, show: Callable[[ImportRequest], None]) -> ImportRequest:
    """Return *request* with the mapping on which somebody has decided.

    Args:
        format: ``csv``, ``xlsx`` or ``ods``.
        request: the table.
        show: shows the plan that would be made of it.
    """
    table = look(format, request)
    if len(table.sheets) > 1 and not request.sheet:
        click.echo(f"The workbook has the sheets {', '.join(table.sheets)}.")
        together = table.columns.sheets
        label = f"Sheet (empty to read {', '.join(together)} as one plan)" if together else "Sheet"
        sheet = _prompt(label, table.columns.sheet, _one_of(table.sheets, empty=bool(together)))
        request = replace(request, sheet=sheet)
        table = look(format, request)
    columns = table.columns
    columns.title = _prompt("Title of the plan", columns.title, one_line)
    columns.language = _prompt("Language of the table (en, fr, zh-Hans, …)", columns.language, _tag)
    if columns.unsure:
        number = count(len(columns.unsure), "heading")
        click.echo(f"{number} may mean several things. Enter takes what stands in brackets, '?' explains all")
        click.echo(f"meanings, and '{REST}' takes what is guessed for those that follow.")
    for head in columns.unsure:
        if not _ask_column(columns, head, table.cells.get(head, [])):
            break
    while True:
        request = replace(request, mapping=columns.format(request.name))
        show(request)
        head = _prompt("Column to change (empty to import)", "", _one_of(columns.meanings, empty=True))
        if not head:
            return request
        _ask_column(columns, head, table.cells.get(head, []))


def _ask_column(columns: Columns, head: str, cells: Iterable[str]) -> bool:
    """Ask for the meaning of a column, and return whether to go on asking."""
    examples = [one_line(cell) for cell in list(dict.fromkeys(filter(None, cells)))[:3]]
    shown = " | ".join(each if len(each) <= MAX_EXAMPLE else f"{each[:MAX_EXAMPLE]}…" for each in examples)
    click.echo(f"{head}: {shown}" if shown else f"{head}: (empty)")

    def read(words: str) -> str:
        if words.strip() == "?":
            click.echo("\n".join(explain_meanings()))
            raise click.UsageError("type one of these meanings")
        if words != REST and (fault := find_fault(words.strip(), columns.meanings)):
            raise click.UsageError(_joined(*fault))
        return words.strip()

    meaning = _prompt("  is", columns.meanings[head], read)
    if meaning == REST:
        return False
    columns.meanings[head] = meaning
    return True


def _prompt(label: str, default: str, read: Callable[[str], Any]) -> Any:
    return click.prompt(label, default=default, value_proc=read, show_default=bool(default))


def _one_of(names: Iterable[str], *, empty: bool = False) -> Callable[[str], str]:
    known = list(names)

    def read(words: str) -> str:
        words = words.strip()
        if words in known or (empty and not words):
            return words
        raise click.UsageError(_joined(f"there is no '{words}'", did_you_mean(words, known)))

    return read


def _tag(words: str) -> str:
    if tag := language_tag(words.strip()):
        return tag
    raise click.UsageError(f"'{words}' is no language tag, such as 'fr' or 'zh-Hans'")


def _joined(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message
