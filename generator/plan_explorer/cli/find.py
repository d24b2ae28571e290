"""The verb ``find``: look for words in the files of a plan."""

from pathlib import Path

import click

from plan_explorer.cli.common import count, exit_on_problems, plan_option
from plan_explorer.editing.text_search import find_text
from plan_explorer.editing.workspace import texts


@click.command()
@click.argument("words", nargs=-1, required=True)
@plan_option
def find(words: tuple[str, ...], plan: Path) -> None:
    """Print every place where WORDS stand.

    Case, accents and the tones of pinyin do not matter, nor where a line ends. The status is 1 if
    there is none.
    """
    with exit_on_problems():
        hits = list(find_text(texts(plan), " ".join(words)))
    for hit in hits:
        about = f" ({hit.entry})" if hit.entry else ""
        click.echo(f"{hit.place}: {hit.line}{about}")
    click.echo(count(len(hits), "place"), err=True)
    raise SystemExit(0 if hits else 1)
