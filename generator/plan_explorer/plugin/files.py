"""The files a plan adds to a site, as MkDocs wants them: pages, and what lies beside them."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import write_file

from plan_explorer.build import VERSIONS, Site
from plan_explorer.paths import within
from plan_explorer.render import Rendered
from plan_explorer.staging import Staging

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

UNUSED = ("assets/javascripts/", "assets/stylesheets/", FAVICON)
"""Files of the theme that no page of ours loads."""

NO_SITE = "<!doctype html><html lang=en><meta charset=utf-8><title>No site yet</title><body></body></html>"
"""What there is before a plan was sound for the first time."""


class PlanFile(File):
    """A page or file of the plan; a page that is made by the plugin is none to MkDocs."""

    ours = False
    staging: Staging | None = None
    rendered: Rendered | None = None

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        return self.rendered.text if self.rendered else super().content_string

    def keep_from_mkdocs(self) -> None:
        """Be no page to MkDocs, which would keep all pages until the last is read."""
        _ = self.dest_uri, self.url  # worked out once, and otherwise for files that are no pages
        self.ours = True

    def put(self, html: bytes) -> None:
        """Put *html* into the site as the finished page."""
        if self.staging:
            self.staging.put(self.dest_uri, html)
        else:
            write_file(html, self.abs_dest_path)

    def is_documentation_page(self) -> bool:
        return not self.ours and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        if self.ours:
            return
        if self.staging:
            self.staging.put(self.dest_uri, self.content_bytes)
        else:
            super().copy_file(dirty)


def is_asset(file: File) -> bool:
    """Return whether *file* is no page, not even one that MkDocs does not make."""
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

    Raises:
        PlanError: ``bad-address``, if a path leads out of the site.
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
    within(Path(config.site_dir), path)
    file = PlanFile.generated(config, path, content=content, inclusion=inclusion)
    assert isinstance(file, PlanFile)
    return file


def shown(path: Path, root: Path) -> str:
    """Return *path* as seen from *root* if it is below it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
