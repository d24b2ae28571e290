"""Give MkDocs the files that a plan adds to a site: pages, and what lies beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from plan_explorer.build import VERSIONS
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.mkdocs_plugin import other_plugins
from plan_explorer.mkdocs_plugin.placed_plan import PlacedPlan, first_editions
from plan_explorer.model.folders import NextFolder, replace_each
from plan_explorer.model.paths import within
from plan_explorer.rendering.renderer import RenderedPage
from plan_explorer.site import redirects
from plan_explorer.site.search_index import SearchEntry, index_files

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

EXPORTED = ("data/", "objects.inv")
"""What the paths of the plan in other formats start with, but for what lies beside pages."""

ASSETS = "assets/px/"
"""What the paths of styles, scripts and the like start with."""

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


def write_export(plans: Iterable[PlacedPlan], folder: Path, path: str) -> bool:
    """Write the file at *path* to *folder*, if it is one of *plans* in another format."""
    for each in plans:
        own = path.removeprefix(each.prefix)
        if path.startswith(each.prefix) and own.startswith(EXPORTED) and own in each.site.exports:
            replace_each({within(folder, path): each.site.exports[own]})
            return True
    return False


def is_asset(file: File) -> bool:
    """Return whether *file* is not a page, whoever builds it."""
    return not (isinstance(file, PlanFile) and file.rendered) and not file.is_documentation_page()


def unwanted(files: Iterable[File], config: MkDocsConfig, plans: Iterable[PlacedPlan]) -> list[File]:
    """Return those of *files* that no reader needs: those of *plans*, and of the theme what is unused."""
    unused = UNUSED if config.site_url else (*UNUSED, "sitemap.xml")
    sources = [folder for each in plans for folder in (each.folder, each.folder.parent / VERSIONS)]
    return [
        file
        for file in files
        if file.src_uri.startswith(unused)
        or any(Path(file.abs_src_path or "").is_relative_to(folder) for folder in sources)
    ]


def generated(
    plan: PlacedPlan, exports: Mapping[str, bytes], own: Collection[str], config: MkDocsConfig, root: Path
) -> Iterator[PlanFile]:
    """Yield the pages and files of *plan* but those whose paths are among *own*.

    Args:
        plan: what was built of the plan.
        exports: the plan in other formats, or what of it is wanted now.
        own: the paths that were written by hand.
        config: where MkDocs builds what from.
        root: the folder of mkdocs.yml, from which the plan names its files.

    Raises:
        PlanError: ``bad-address``, if a path leads out of the site.
    """
    in_nav = plan.nav if other_plugins.makes_nav(config) else ()
    for rendered in plan.site.pages:
        path = plan.prefix + rendered.page.path
        if path not in own:
            yield _page(rendered, path, plan, config, root, listed=path in in_nav)
    search = index_files(plan.site.search()) if plan.edition else {}  # that of the others is the site's
    for path, content in {**plan.site.own_files, **search, **exports}.items():
        if plan.prefix + path not in own:
            yield _file(plan.prefix + path, content, config)


def shared(
    plans: Sequence[PlacedPlan], entries: Iterable[SearchEntry], own: Collection[str], config: MkDocsConfig
) -> Iterator[PlanFile]:
    """Yield the files that a site has once, whatever *plans* it holds, but those among *own*.

    Args:
        plans: those of the site.
        entries: what its search can find.
        own: the paths that were written by hand.
        config: where MkDocs builds what from.
    """
    moved = [pair for each in plans for pair in each.moved]
    first = first_editions(plans)
    names = {each.prefix: each.name for each in first} if len(first) > 1 else {}
    files = {**index_files(entries, plans=names), **redirects.rules(moved, config.site_url or "")}
    if plans[0].prefix:  # what pages outside of plans need; they look like those of the first
        files |= {path: text for path, text in plans[0].site.own_files.items() if path.startswith(ASSETS)}
    for path, content in files.items():
        if path not in own:
            yield _file(path, content, config)
    # Without it GitHub makes pages of its own of the Markdown that lies beside ours.
    yield _file(".nojekyll", "", config, InclusionLevel.INCLUDED)


def nothing_yet(config: MkDocsConfig) -> PlanFile:
    """Return the home page of a site whose plan was never sound."""
    return _file("index.html", NO_SITE, config)


def _page(
    rendered: RenderedPage, path: str, plan: PlacedPlan, config: MkDocsConfig, root: Path, *, listed: bool
) -> PlanFile:
    inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
    file = _file(path, "", config, inclusion)
    file.rendered = rendered
    # Where other plugins look for dates and authors; what is read is the content.
    file.abs_src_path = str(plan.folder / SETTINGS)
    if entity := rendered.page.entity:
        file.abs_src_path = str(root / plan.site.plan.entries[entity.id].document.path)
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
