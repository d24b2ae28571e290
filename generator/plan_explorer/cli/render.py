"""Provide the command ``render``."""

import re
from pathlib import Path

import click

from plan_explorer.build import build
from plan_explorer.cli.common import count, exit_on_problems, plan_argument, print_problems, progress
from plan_explorer.cli.markdown_tree import write
from plan_explorer.exporters.registry import NAMES
from plan_explorer.rendering.page_scope import FILE_LINKS, MarkdownLinks

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
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of templates that override the built-in ones.",
)
@click.option("--directory-urls", is_flag=True, help="Use a/ instead of a.html as addresses.")
@click.option("--components", is_flag=True, help="Add facts, maps and drawings as HTML, with their styles.")
@click.option(
    "--links",
    type=click.Choice(["md", "html"]),
    default="md",
    help="What links lead to: files (the default), or built pages, for engines that leave links as they are.",
)
@click.option("--index", default="index.md", metavar="NAME", help="The file name of index pages: _index.md.")
def render(
    plan: Path,
    output: Path,
    templates: Path | None,
    directory_urls: bool,
    components: bool,
    links: str,
    index: str,
) -> None:
    """Write the site as plain Markdown files with a mkdocs.yml."""
    markdown_links = MarkdownLinks(built=links == "html", index=index)
    if components and markdown_links != FILE_LINKS:
        raise click.UsageError(
            "--links and --index are for plain pages; --components writes pages for MkDocs"
        )
    if not re.fullmatch(r"[\w-]+\.md", index):
        raise click.BadParameter("it has to be the name of a .md file", param_hint="--index")
    with exit_on_problems():
        site = build(
            plan,
            overrides=templates,
            directory_urls=directory_urls,
            formats=FORMATS,
            markdown_links=markdown_links,
        )
        print_problems(site.warnings)
        with progress("Writing", len(site.pages) + len(site.files) + len(site.exports)) as bar:
            for _ in write(site, output, directory_urls=directory_urls, components=components):
                bar.update(1)
    click.echo(f"{count(len(site.pages), 'page')} in {output}")
