"""Provide the command ``render``."""

from pathlib import Path

import click

from plan_explorer.build import build
from plan_explorer.cli.common import count, exit_on_problems, plan_argument, print_problems, progress
from plan_explorer.cli.markdown_tree import write
from plan_explorer.exporters.registry import NAMES

FORMATS = tuple(name for name in NAMES if name != "pages")
"""The formats in the tree, whose pages are Markdown already."""


@click.command()
@plan_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The output folder, which must be empty or written by this command.",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    help="A folder of templates that override the built-in ones.",
)
@click.option("--directory-urls", is_flag=True, help="Use a/ instead of a.html as addresses.")
@click.option("--components", is_flag=True, help="Add facts, maps and drawings as HTML, with their styles.")
def render(plan: Path, output: Path, templates: Path | None, directory_urls: bool, components: bool) -> None:
    """Write the site as plain Markdown files with a mkdocs.yml."""
    with exit_on_problems():
        site = build(
            plan,
            overrides=templates,
            directory_urls=directory_urls,
            formats=FORMATS,
        )
        print_problems(site.warnings)
        with progress("Writing", len(site.pages) + len(site.files) + len(site.exports)) as bar:
            for _ in write(site, output, directory_urls=directory_urls, components=components):
                bar.update(1)
    click.echo(f"{count(len(site.pages), 'page')} in {output}")
