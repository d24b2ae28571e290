"""The MkDocs plugin: the only module that knows MkDocs."""

import logging
import re
from itertools import count
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from plan_explorer import exports, render
from plan_explorer.addresses import A_Z, ABOUT, DATA, SOURCES
from plan_explorer.build import MARK, STYLES, Site, build
from plan_explorer.problems import PlanError
from plan_explorer.render import Rendered

log = logging.getLogger("mkdocs.plugins.plan-explorer")

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

UNUSED = ("assets/javascripts/", "assets/stylesheets/", FAVICON)
"""Files of the theme that no page of ours loads."""


DRAWING = re.compile(r"<svg\b.*</svg>")
"""Drawings in a line of Markdown: two thirds of a page, and most of its tags."""

DRAWN = "px-drawing-{}-"
"""What stands for a drawing while the Markdown around it is converted."""


class PlanExplorerConfig(base.Config):
    """The options of the plugin in mkdocs.yml."""

    plan = options.Type(str, default="")
    """The folder of the plan, as seen from mkdocs.yml; ``plan`` in the docs_dir unless given."""
    templates = options.Type(str, default="")
    """A folder of templates that win over the built-in ones of the same name."""
    exports = options.ListOfItems(options.Choice(exports.NAMES), default=list(exports.NAMES))
    """The formats in which the plan can be taken away, by their ids; ``[]`` for none."""


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of a plan to a site."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plan, before MkDocs touches the last good site, and set up what its pages need.

        Raises:
            PluginError: with every problem of the plan.
        """
        self._root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._folder = self._root / self.config.plan if self.config.plan else Path(config.docs_dir) / "plan"
        self._overrides = self._root / self.config.templates if self.config.templates else None
        site = self._build(config)
        self._pages = {rendered.page.path: rendered for rendered in site.pages}
        self._site = site
        self._drawings: list[str] = []
        for warning in site.warnings:
            log.warning("%s", warning)
        self._set_up(config, site)
        return config

    def _build(self, config: MkDocsConfig) -> Site:
        shown = _shown(self._folder, self._root)
        try:
            return build(
                self._folder,
                shown,
                overrides=self._overrides,
                directory_urls=config.use_directory_urls,
                base=config.site_url or "",
                formats=self.config.exports,
            )
        except PlanError as error:
            raise PluginError(f"the plan has problems; the site is left as it was\n\n{error}") from None

    def _set_up(self, config: MkDocsConfig, site: Site) -> None:
        config.markdown_extensions += [e for e in render.EXTENSIONS if e not in config.markdown_extensions]
        config.extra_css[:0] = STYLES
        theme = str(render.builtin_templates() / "theme")
        if theme not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        if config.nav is None:
            config.nav = [{stop.title: str(stop.address)} for stop in site.nav]
        if config.theme.get("favicon") == FAVICON:  # no icon of the site's own
            config.theme["favicon"] = MARK
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        data = [{"title": "Data", "url": DATA}] if DATA in self._pages else []
        as_of = site.plan.settings.as_of
        config.extra.setdefault("homepage", "index.html" if not config.use_directory_urls else ".")
        config.extra["px"] = {
            "az": A_Z,
            "mark": MARK,
            "as_of": as_of.edtf,
            "as_of_text": str(as_of),
            "footer": [{"title": "About", "url": ABOUT}, {"title": "Sources", "url": SOURCES}, *data],
            "lang": site.plan.settings.language,
            **config.extra.get("px", {}),
        }

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins."""
        own = {file.src_uri for file in files}
        unused = UNUSED if config.site_url else (*UNUSED, "sitemap.xml")
        for file in list(files):
            if self._is_plan(file) or file.src_uri.startswith(unused):
                files.remove(file)
        for path, rendered in self._pages.items():
            if path not in own:
                files.append(self._page(rendered, config))
        for path, content in self._site.files.items():
            if path not in own:
                files.append(File.generated(config, path, content=content))
        for path, content in self._site.taken.items():
            if path not in own:
                files.append(_taken(path, content, config))
        return files

    def _is_plan(self, file: File) -> bool:
        return bool(file.abs_src_path) and Path(file.abs_src_path or "").is_relative_to(self._folder)

    def _page(self, rendered: Rendered, config: MkDocsConfig) -> File:
        file = File.generated(
            config, rendered.page.path, content=rendered.text, inclusion=InclusionLevel.NOT_IN_NAV
        )
        entity = rendered.page.entity
        if entity:
            place = self._site.plan.entries[entity.id].document.path
            file.edit_uri = _shown(self._root / place, Path(config.docs_dir))
        return file

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Tell the theme about a page of the plan; put blocks into a page written by hand."""
        page.update_date = self._site.plan.settings.as_of.edtf
        rendered = self._pages.get(page.file.src_uri)
        if rendered is None or page.file.generated_by != "plan-explorer":
            return self._with_blocks(markdown, page.file.src_uri)
        more = {"px_files": self._beside(page), "px_jsonld": self._site.linked[rendered.page.path]}
        page.meta.update({**rendered.meta, **_places(rendered), **more})
        self._drawings = DRAWING.findall(markdown)
        number = count()
        return DRAWING.sub(lambda _: DRAWN.format(next(number)), markdown)

    def _beside(self, page: MkDocsPage) -> list[dict[str, str]]:
        """Return the files beside *page* that say the same."""
        stem = page.file.dest_uri.removesuffix(".html")
        kinds = {"JSON": ".json", "Markdown": ".md"}
        found = [(name, f"{stem}{suffix}") for name, suffix in kinds.items()]
        return [
            {"title": name, "path": path, "type": exports.media_type(path)}
            for name, path in found
            if path in self._site.taken
        ]

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the drawings back that the Markdown parser would have read tag by tag."""
        drawings, self._drawings = self._drawings, []
        for number, drawing in enumerate(drawings):
            html = html.replace(DRAWN.format(number), drawing, 1)
        return html

    def _with_blocks(self, markdown: str, path: str) -> str:
        try:
            return self._site.renderer.with_blocks(markdown, path)
        except PlanError as error:
            raise PluginError(str(error)) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too."""
        for folder in (self._folder, self._overrides, render.builtin_templates()):
            if folder:
                server.watch(str(folder))
        return server


def _places(rendered: Rendered) -> dict[str, Any]:
    """Return where *rendered* is: the tree beside it, the way to it, the pages before and after."""
    page = rendered.page
    tree = [
        {
            "title": line.stop.title,
            "code": line.stop.code,
            "url": str(line.stop.address),
            "level": line.depth,
            "current": line.current,
            "open": line.open,
        }
        for line in page.tree
    ]
    crumbs = [{"title": stop.title, "url": str(stop.address)} for stop in page.crumbs]
    found: dict[str, Any] = {"px_tree": tree, "px_crumbs": crumbs, "px_tab": page.tab}
    for key, stop in (("px_prev", page.previous), ("px_next", page.next)):
        found[key] = {"title": stop.title, "url": str(stop.address)} if stop else None
    return found


def _taken(path: str, content: bytes, config: MkDocsConfig) -> File:
    """Return the file at *path* of the site, which is no page even if it is Markdown."""
    file = File.generated(config, f"{path}.txt" if path.endswith(".md") else path, content=content)
    file.dest_uri = path
    return file


def _shown(path: Path, root: Path) -> str:
    """Return *path* as seen from *root* if it is below it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
