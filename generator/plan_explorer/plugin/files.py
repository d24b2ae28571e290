"""The files a plan adds to a site, as MkDocs wants them: pages, and what lies beside them."""

import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from plan_explorer.build import VERSIONS, Site
from plan_explorer.render import Rendered
from plan_explorer.staging import Staging

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

UNUSED = ("assets/javascripts/", "assets/stylesheets/", FAVICON)
"""Files of the theme that no page of ours loads."""

NO_SITE = "<!doctype html><html lang=en><meta charset=utf-8><title>No site yet</title><body></body></html>"
"""What there is before a plan was sound for the first time."""


class PlanFile(File):
    """A page or file of the plan; a page that is finished, or waits to be asked for, is none to MkDocs."""

    finished = False
    waits = False
    staging: Staging | None = None
    rendered: Rendered | None = None

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        return self.rendered.text if self.rendered else super().content_string

    def wait(self) -> None:
        """Be no page until it is asked for."""
        _ = self.dest_uri, self.url  # worked out once, and otherwise for files that are no pages
        self.waits = True

    def finish(self, html: bytes) -> None:
        """Take *html* as the finished page."""
        _ = self.dest_uri, self.url
        self.finished = True
        if self.staging:  # at once, so that not all of them are in memory
            self.staging.put(self.dest_uri, html)
        else:
            self.content_bytes = html

    def is_documentation_page(self) -> bool:
        return not self.finished and not self.waits and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        if self.waits:
            return
        if not self.staging:
            super().copy_file(dirty)
        elif not self.finished:
            self.staging.put(self.dest_uri, self.content_bytes)


class PlanPage(MkDocsPage):
    """A page that takes little room between being read and being written: MkDocs keeps all of them."""

    @property
    def content(self) -> str | None:
        packed = self.__dict__.get("content")
        return zlib.decompress(packed).decode() if packed is not None else None

    @content.setter
    def content(self, html: str | None) -> None:
        self.__dict__["content"] = zlib.compress(html.encode(), 1) if html is not None else None


def page_of(file: PlanFile, config: MkDocsConfig) -> PlanPage:
    """Return the page of *file*, which may have one already, from the navigation."""
    page = file.page or PlanPage(None, file, config)
    page.__class__ = PlanPage
    assert isinstance(page, PlanPage)
    return page


def is_finished(file: File) -> bool:
    """Return whether *file* is a page that was taken from an earlier build."""
    return isinstance(file, PlanFile) and file.finished


def is_asset(file: File) -> bool:
    """Return whether *file* is no page, not even one that is finished or waits."""
    return not (isinstance(file, PlanFile) and file.rendered) and not file.is_documentation_page()


def unwanted(files: Iterable[File], config: MkDocsConfig, plan: Path) -> list[File]:
    """Return those of *files* that no reader needs: those of *plan*, and of the theme what is unused."""
    unused = UNUSED if config.site_url else (*UNUSED, "sitemap.xml")
    sources = (plan, plan.parent / VERSIONS)
    return [
        file
        for file in files
        if file.src_uri.startswith(unused)
        or any(Path(file.abs_src_path or "").is_relative_to(folder) for folder in sources)
    ]


def generated(site: Site, own: Collection[str], config: MkDocsConfig, root: Path) -> Iterator[PlanFile]:
    """Yield the pages and files of *site* but those whose paths are among *own*.

    Args:
        site: what was built of the plan.
        own: the paths that were written by hand.
        config: where MkDocs builds what from.
        root: the folder of mkdocs.yml, from which the plan names its files.
    """
    for rendered in site.pages:
        if rendered.page.path not in own:
            yield _page(rendered, site, config, root)
    for path, text in site.files.items():
        if path not in own:
            yield _file(path, text, config)
    for path, content in site.taken.items():
        if path not in own:
            # Markdown to take away is no page.
            file = _file(f"{path}.txt" if path.endswith(".md") else path, content, config)
            file.dest_uri = path
            yield file


def nothing_yet(config: MkDocsConfig) -> PlanFile:
    """Return the home page of a site whose plan was never sound."""
    return _file("index.html", NO_SITE, config)


def _page(rendered: Rendered, site: Site, config: MkDocsConfig, root: Path) -> PlanFile:
    file = _file(rendered.page.path, "", config, InclusionLevel.NOT_IN_NAV)
    file.rendered = rendered
    if entity := rendered.page.entity:
        place = site.plan.entries[entity.id].document.path
        file.edit_uri = shown(root / place, Path(config.docs_dir))
    return file


def _file(
    path: str,
    content: str | bytes,
    config: MkDocsConfig,
    inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
) -> PlanFile:
    file = PlanFile.generated(config, path, content=content, inclusion=inclusion)
    assert isinstance(file, PlanFile)
    return file


def shown(path: Path, root: Path) -> str:
    """Return *path* as seen from *root* if it is below it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
