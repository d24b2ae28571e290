"""Give MkDocs the files that a plan adds to a site: pages, and what lies beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from plan_explorer.build import VERSIONS, Site
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.mkdocs_plugin import other_plugins
from plan_explorer.model.folders import NextFolder, replace_each
from plan_explorer.model.paths import within
from plan_explorer.rendering.renderer import RenderedPage

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

EXPORTED = ("data/", "objects.inv")
"""What the paths of the plan in other formats start with, but for what lies beside pages."""

UNUSED = ("assets/javascripts/", "assets/stylesheets/", FAVICON)
"""Files of the theme that no page of ours loads."""

NO_SITE = "<!doctype html><html lang=en><meta charset=utf-8><title>No site yet</title><body></body></html>"
"""What there is before a plan was sound for the first time."""


class PlanFile(File):
    """A page or file of the plan; pages that the plugin builds are hidden from MkDocs."""

    built_by_plugin = False
    next_site: NextFolder | None = None
    rendered: RenderedPage | None = None

    def keep_from_mkdocs(self) -> None:
        """Hide the page from MkDocs."""
        _ = self.dest_uri, self.url  # worked out once, and otherwise for files that are no pages
        self.built_by_plugin = True

    def put(self, path: str, content: bytes) -> None:
        """Put *content* into the site at *path*, whole or not at all."""
        if self.next_site:
            self.next_site.put(path, content)
        else:
            replace_each({within(Path(self.dest_dir), path): content})

    def is_documentation_page(self) -> bool:
        return not self.built_by_plugin and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        if self.built_by_plugin:
            return
        if self.next_site:
            self.next_site.put(self.dest_uri, self.content_bytes)
        else:
            super().copy_file(dirty)


def write_export(site: Site, folder: Path, path: str) -> bool:
    """Write the file of *site* at *path* to *folder*, if it is the plan in another format."""
    if not path.startswith(EXPORTED) or path not in site.exports:
        return False
    replace_each({within(folder, path): site.exports[path]})
    return True


def is_asset(file: File) -> bool:
    """Return whether *file* is not a page, whoever builds it."""
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


def generated(
    site: Site,
    exports: Mapping[str, bytes],
    own: Collection[str],
    config: MkDocsConfig,
    root: Path,
    plan: Path,
) -> Iterator[PlanFile]:
    """Yield the pages and files of *site* but those whose paths are among *own*.

    Args:
        site: what was built of the plan.
        exports: the plan in other formats, or what of it is wanted now.
        own: the paths that were written by hand.
        config: where MkDocs builds what from.
        root: the folder of mkdocs.yml, from which the plan names its files.
        plan: the folder of the plan.

    Raises:
        PlanError: ``bad-address``, if a path leads out of the site.
    """
    in_nav = {str(link.address) for link in site.nav} if other_plugins.makes_nav(config) else set()
    for rendered in site.pages:
        if rendered.page.path not in own:
            listed = rendered.page.path in in_nav
            yield _page(rendered, site, config, root, plan, listed=listed)
    for path, text in site.files.items():
        if path not in own:
            yield _file(path, text, config)
    for path, content in exports.items():
        if path not in own:
            yield _file(path, content, config)
    # Without it GitHub makes pages of its own of the Markdown that lies beside ours.
    yield _file(".nojekyll", "", config, InclusionLevel.INCLUDED)


def nothing_yet(config: MkDocsConfig) -> PlanFile:
    """Return the home page of a site whose plan was never sound."""
    return _file("index.html", NO_SITE, config)


def _page(
    rendered: RenderedPage, site: Site, config: MkDocsConfig, root: Path, plan: Path, *, listed: bool
) -> PlanFile:
    inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
    file = _file(rendered.page.path, "", config, inclusion)
    file.rendered = rendered
    # Where other plugins look for dates and authors; what is read is the content.
    file.abs_src_path = str(plan / SETTINGS)
    if entity := rendered.page.entity:
        file.abs_src_path = str(root / site.plan.entries[entity.id].document.path)
        file.edit_uri = shown(Path(file.abs_src_path), Path(config.docs_dir))
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
