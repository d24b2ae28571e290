"""Provide the command ``report``."""

from pathlib import Path

import click

from plan_explorer.cli.common import exit_on_problems, format_option, plan_argument
from plan_explorer.editing import read_again, reviews, worklist_formats
from plan_explorer.editing.publish import translations
from plan_explorer.editing.translations import find_stale
from plan_explorer.editing.worklist import MAX_SENTENCE_WORDS, worklist
from plan_explorer.editing.workspace import open_workspace


@click.command()
@plan_argument
@format_option(["text", "markdown", "json"])
@click.option(
    "--only", multiple=True, metavar="SECTION", help="Show only this section, given by its id in the JSON."
)
@click.option("--all", "whole", is_flag=True, help="Show all items of every section.")
@click.option(
    "--long",
    default=MAX_SENTENCE_WORDS,
    show_default=True,
    metavar="WORDS",
    help="The number of words above which a sentence is long.",
)
def report(plan: Path, form: str, only: tuple[str, ...], whole: bool, long: int) -> None:
    """List what is left to do.

    Suggestions for the valid plan in the folder PLAN are grouped by reason, each with its place.
    """
    with exit_on_problems():
        workspace = open_workspace(plan)
        known = reviews.parse_reviews(workspace.text(reviews.REVIEWS), f"{workspace.shown}/{reviews.REVIEWS}")
        again = read_again.parse_read_again(
            workspace.text(read_again.READ_AGAIN), f"{workspace.shown}/{read_again.READ_AGAIN}"
        )
        stale = find_stale(*translations(workspace))
        sections = worklist(workspace.plan, known, long, again, workspace.checked.editions, stale)
    if unknown := set(only) - {section.id for section in sections}:
        known_ids = ", ".join(section.id for section in sections)
        raise click.UsageError(f"unknown section '{min(unknown)}'; the sections are {known_ids}")
    sections = [section for section in sections if not only or section.id in only]
    if form == "json":
        click.echo(worklist_formats.as_json(sections))
        return
    title = f"Worklist of {workspace.plan.settings.site_name}"
    if form == "text":
        lines = worklist_formats.as_text(sections, all=whole)
    else:
        lines = worklist_formats.as_markdown(sections, title)
    click.echo("\n".join(lines))
