"""Provide the command ``find``."""

from pathlib import Path

import click

from plan_explorer.cli.common import count, exit_on_problems, plan_option
from plan_explorer.editing.text_search import find_text
from plan_explorer.editing.workspace import read_texts


@click.command()
@click.argument("words", nargs=-1, required=True)
@plan_option
def find(words: tuple[str, ...], plan: Path) -> None:
    """Find WORDS in the files of the plan.

    Case, accents, pinyin tones and line breaks are ignored. The exit status is 1 if nothing is found.
    """
    with exit_on_problems():
        hits = list(find_text(read_texts(plan), " ".join(words)))
    for hit in hits:
        about = f" ({hit.entry})" if hit.entry else ""
        click.echo(f"{hit.place}: {hit.line}{about}")
    click.echo(count(len(hits), "place"), err=True)
    raise SystemExit(0 if hits else 1)
