"""The MkDocs plugin, event by event: nothing outside this package knows MkDocs."""

import gc
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from plan_explorer import exports
from plan_explorer.build import Site, build
from plan_explorer.plugin import aside, serving, theme
from plan_explorer.plugin.files import (
    PlanFile,
    PlanPage,
    generated,
    is_finished,
    nothing_yet,
    page_of,
    shown,
    unwanted,
)
from plan_explorer.plugin.reuse import Listener, Reuse, is_repeatable
from plan_explorer.problems import Location, PlanError, Problem
from plan_explorer.staging import Staging

log = logging.getLogger("mkdocs.plugins.plan-explorer")


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

    _serving = False
    _shown_once = False
    _staging: Staging | None = None
    _reuse: Reuse | None = None
    _problems: Sequence[Problem] = ()

    # --- once for every site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether somebody watches."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plan, before MkDocs touches the last good site, and set up what its pages need.

        Raises:
            PluginError: with every problem of the plan.
        """
        self._root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._folder = self._root / self.config.plan if self.config.plan else Path(config.docs_dir) / "plan"
        self._overrides = self._root / self.config.templates if self.config.templates else None
        self._listener = Listener(logging.INFO)
        self._site: Site | None = None
        self._reuse = None
        gc.unfreeze()
        try:
            self._site = self._build(config)
        except PlanError as error:
            self._explain(error, config)
            return config
        self._problems = ()
        gc.freeze()  # none of it is garbage until the next build, and there is much of it
        self._pages = {rendered.page.path: rendered for rendered in self._site.pages}
        self._ready: list[str] = []
        for warning in self._site.warnings:
            log.warning("%s", warning)
        theme.set_up(config, self._site)
        return config

    def _build(self, config: MkDocsConfig) -> Site:
        return build(
            self._folder,
            shown(self._folder, self._root),
            overrides=self._overrides,
            directory_urls=config.use_directory_urls,
            base=config.site_url or "",
            formats=() if self._serving else self.config.exports,  # they say the same, and take time
        )

    def _explain(self, error: PlanError, config: MkDocsConfig) -> None:
        """Stop the build, or have the browser of somebody who has seen no site yet show why."""
        self._problems = error.problems
        if not self._serving or self._shown_once:
            raise PluginError(f"the plan has problems; the site is left as it was\n\n{error}") from None
        log.error("the plan has problems; the browser shows them\n\n%s", error)
        config.nav = []
        config.theme.static_templates.clear()

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build beside the last good site, and listen for what goes wrong."""
        logging.getLogger("mkdocs").addHandler(self._listener)
        self._final = Path(config.site_dir)
        try:
            self._staging = Staging(self._final)
        except OSError:  # nothing can be written beside it
            self._staging = None
        else:
            config.site_dir = str(self._staging.folder)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins."""
        if self._site is None:
            return self._staged(Files([]), [nothing_yet(config)])
        own = {file.src_uri for file in files}
        for file in unwanted(files, config, self._folder):
            files.remove(file)
        return self._staged(files, generated(self._site, own, config, self._root))

    def _staged(self, files: Files, added: Iterable[PlanFile]) -> Files:
        for file in added:
            file.staging = self._staging
            files.append(file)
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take every page that an earlier build made of the very same things."""
        self._files = files
        if self._site is None or not is_repeatable(config):
            return nav
        self._reuse = Reuse(self._root, config, nav, files)
        # MkDocs dates the site map by the pages it makes: one it has to make.
        made = min(self._pages, key=lambda path: len(self._pages[path].packed)) if config.site_url else ""
        for file in files:
            rendered = self._pages.get(file.src_uri)
            if not isinstance(file, PlanFile) or not rendered:
                continue
            page = page_of(file, config)
            page.title = page.title or rendered.page.title
            page.update_date = self._site.plan.settings.as_of.edtf
            self._reuse.note(page, rendered.packed, theme.of_page(rendered, page, self._site), page.edit_url)
            if file.src_uri != made:
                self._reuse.take(page, file)
        return nav

    # --- once for every page that is made

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Set aside what is HTML already in a page of the plan; put blocks into one written by hand."""
        assert self._site
        page.update_date = self._site.plan.settings.as_of.edtf
        rendered = self._pages.get(page.file.src_uri)
        if rendered is None or page.file.generated_by != "plan-explorer":
            return self._with_blocks(markdown, page.file.src_uri)
        page.meta.update(rendered.meta)
        self._heard = self._listener.heard
        text, self._ready = aside.set_aside(markdown)
        return text

    def _with_blocks(self, markdown: str, path: str) -> str:
        assert self._site
        try:
            return self._site.renderer.with_blocks(markdown, path)
        except PlanError as error:
            raise PluginError(str(error)) from None

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put back what was HTML already."""
        ready, self._ready = self._ready, []
        if self._reuse and self._listener.heard > getattr(self, "_heard", 0):
            self._reuse.forget(page)
        if isinstance(page, PlanPage):
            page.markdown = ""
        return aside.put_back(html, ready)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Remember all pages: to MkDocs a finished one is none."""
        pages = [file for file in files if is_finished(file) or file.is_documentation_page()]
        self._all = [file for file in pages if file.inclusion.is_included()]

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._all}

    def on_page_context(self, context: Any, *, page: MkDocsPage, **_: Any) -> Any:
        """Tell the theme where a page of the plan is, and of all pages."""
        if isinstance(page.file, PlanFile):
            assert self._site
            page.meta.update(theme.of_page(self._pages[page.file.src_uri], page, self._site))
        return context | {"pages": self._all}

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep the finished page for the next build."""
        if self._reuse:
            self._reuse.keep(page, output)
        if isinstance(page, PlanPage):
            page.content, page.toc, page.meta = None, TableOfContents([]), {}
        return output

    # --- at the end, good or bad

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site in its place, now that it is whole."""
        for file in getattr(self, "_all", ()):
            if is_finished(file) and file.page:
                file.page.validate_anchor_links(files=self._files, log_level=config.validation.links.anchors)
        if self._staging:
            self._staging.settle()
        if self._reuse:
            self._reuse.tidy()
        self._end()
        config.site_dir = str(self._final)
        self._shown_once = self._shown_once or self._site is not None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if not self._problems:
            self._problems = [Problem("not-built", str(error), Location("mkdocs.yml"))]
        if self._staging:
            self._staging.drop()
        self._end()

    def _end(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self._listener)
        self._staging = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""
        serving.show_problems(server, builder, lambda: self._problems)
        serving.watch(server, config, self._folder, self._overrides)
        return server
