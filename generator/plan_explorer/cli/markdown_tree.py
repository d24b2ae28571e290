"""Write the site as a folder of Markdown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from plan_explorer.build import Site
from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.model.folders import NextFolder, locked
from plan_explorer.rendering.site_files import OTHER_THEME, SCRIPTS
from plan_explorer.site.redirects import pageless
from plan_explorer.versions import visit_marks

MARK = ".plan-explorer"
"""A file that marks a folder as written here, so that it can be replaced."""


def write(
    site: Site, folder: Path, *, directory_urls: bool = False, components: bool = False
) -> Iterator[str]:
    """Write *site* to *folder* as a whole, yielding each file's path.

    Args:
        site: what to write.
        folder: where to write it; replaced as a whole.
        directory_urls: whether pages are addressed as ``a/`` instead of ``a.html``.
        components: whether pages are laid out with their components, as HTML, and not plain Markdown.

    Raises:
        PlanError: ``not-ours``, if the folder holds anything that was not written here; ``bad-address``,
            if a path leads out of it; ``not-written``, if it cannot be written.
    """
    with locked(folder):
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
            hint = "choose an empty folder, or one written by this command"
            raise PlanError(
                [Problem("not-ours", "this folder contains other files", Location(str(folder)), hint)]
            )
        with NextFolder(folder) as fresh:
            for path, content in _files(site, directory_urls=directory_urls, components=components):
                fresh.put(path, content)
                yield path
            fresh.settle()


def _files(site: Site, *, directory_urls: bool, components: bool) -> Iterator[tuple[str, bytes]]:
    yield MARK, b"This folder is written by 'plan-explorer render', which replaces it as a whole.\n"
    configuration = _configuration(site, directory_urls=directory_urls, components=components)
    yield "mkdocs.yml", configuration.encode()
    for rendered in site.pages:
        source = rendered.laid_out_file if components else rendered.markdown_file
        yield f"docs/{site.renderer.markdown_links.file(rendered.page.path)}", source.encode()
        rendered.forget()
    # Other engines make pages of folders by themselves, or take one that is there for all of the folder.
    theirs = {f"{folder}/index.html" for folder in pageless(each.page.path for each in site.pages)}
    for path, content in site.files.items():
        if components or not (path.startswith("assets/") or path in theirs):
            yield f"docs/{path}", content
    for path, content in site.exports.items():
        yield f"docs/{path}", content


def _configuration(site: Site, *, directory_urls: bool, components: bool) -> str:
    settings = site.plan.settings
    config: dict[str, Any] = {
        "site_name": settings.site_name,
        "use_directory_urls": directory_urls,
        "theme": {"name": "material", "font": False, "language": settings.language},
        "markdown_extensions": [{"toc": {"permalink": "#", "toc_depth": 3}}],
        "nav": [{link.title: site.renderer.markdown_links.file(str(link.address))} for link in site.nav],
    }
    if components:
        marks = [path for path in (visit_marks.PATH, visit_marks.SCRIPT) if visit_marks.PATH in site.files]
        # Wide pages hide the navigation beside them; without a palette, Material has no dark colours.
        config["theme"] |= {"features": ["navigation.tabs"], "palette": {"scheme": "default"}}
        config |= {"extra_css": [OTHER_THEME], "extra_javascript": [*SCRIPTS, *marks]}
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
