"""The verb ``render``: write the site as Markdown, for an engine of your choice to build."""

from pathlib import Path

import click

from plan_explorer.build import build
from plan_explorer.cli.common import count, exit_on_problems, plan_argument, progress, tell
from plan_explorer.cli.markdown_tree import write
from plan_explorer.exporters.registry import NAMES

FORMATS = tuple(name for name in NAMES if name != "pages")
"""The formats in the tree: its pages are Markdown already."""


@click.command()
@plan_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder to write; it must be empty, or have been written by this command before.",
)
@click.option(
    "--templates", type=click.Path(path_type=Path), help="Templates that win over the built-in ones."
)
@click.option("--directory-urls", is_flag=True, help="Address pages as a/ instead of a.html.")
def render(plan: Path, output: Path, templates: Path | None, directory_urls: bool) -> None:
    """Write the plan in the folder PLAN as a tree of Markdown, with the mkdocs.yml that builds it."""
    with exit_on_problems():
        site = build(
            plan,
            overrides=templates,
            directory_urls=directory_urls,
            formats=FORMATS,
        )
        tell(site.warnings)
        with progress("Writing", len(site.pages) + len(site.files) + len(site.exports)) as bar:
            for _ in write(site, output, directory_urls=directory_urls):
                bar.update(1)
    click.echo(f"{count(len(site.pages), 'page')} in {output}")
