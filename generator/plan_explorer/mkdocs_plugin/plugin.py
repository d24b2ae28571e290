"""Answer the events of MkDocs."""

import logging
import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from plan_explorer.build import Site, build
from plan_explorer.diagnostics.problems import PlanError, Problem, count_warnings
from plan_explorer.exporters import registry
from plan_explorer.mkdocs_plugin import dev_server, other_plugins, theme_context
from plan_explorer.mkdocs_plugin.config import PlanExplorerConfig
from plan_explorer.mkdocs_plugin.generated_files import (
    PlanFile,
    generated,
    is_asset,
    nothing_yet,
    shown,
    unwanted,
    write_export,
)
from plan_explorer.mkdocs_plugin.lazy_pages import LazyPages
from plan_explorer.mkdocs_plugin.link_check import dead_links
from plan_explorer.mkdocs_plugin.page_builder import PageBuilder, TemplateCache
from plan_explorer.mkdocs_plugin.plan_page import PlanPage, refusal
from plan_explorer.model.folders import NextFolder, end_in_order, locked, not_written
from plan_explorer.site.addresses import ABOUT

log = logging.getLogger("mkdocs.plugins.plan-explorer")


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of a plan to a site."""

    def __init__(self) -> None:
        self.lazy_pages = LazyPages()
        """The pages that wait to be asked for."""
        self._serving = False
        """Whether somebody watches."""
        self._shown_once = False
        self._problems: Sequence[Problem] = ()
        self._template_cache = TemplateCache()
        self._files = Files([])
        self._site: Site | None = None
        """The site of this build; None if the plan was never sound."""
        self._next_site: NextFolder | None = None
        self._held = ExitStack()
        """The lock of the site, while it is built."""

    # --- once for every site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether somebody watches."""
        end_in_order()
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plan, before MkDocs touches the last good site, and set up what its pages need.

        Raises:
            PluginError: with every problem of the plan, or if the site has two, or if another plugin cannot
                work beside this one.
        """
        if sum(isinstance(each, PlanExplorerPlugin) for each in config.plugins.values()) > 1:
            raise PluginError(
                "mkdocs.yml has 'plan-explorer' twice under 'plugins', and a site has one plan; "
                "give each plan a mkdocs.yml of its own"
            )
        other_plugins.refuse(config)
        self._build_beside(config)
        self._root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        plan, templates = self.config.plan, self.config.templates
        self._folder = self._root / plan if plan else Path(config.docs_dir) / "plan"
        self._overrides = Path(templates) if templates else None
        self._files = Files([])
        self._pages: list[PlanPage] = []
        # Other plugins and hooks may want to see the pages of the plan; then MkDocs builds them.
        self._alone = other_plugins.none_looks(config)
        self._lazily = self._alone and self._serving and not config.strict
        try:
            self._site = self._build(config)
        except PlanError as error:
            self._explain(error, config)
            self._site = None
            return config
        self._problems = ()
        self._tell_warnings(self._site, config)
        theme_context.set_up(config, self._site, serving=self._serving)
        if self._lazily:
            config.theme.static_templates.discard("sitemap.xml")  # it dates pages that are not made yet
        return config

    def _tell_warnings(self, site: Site, config: MkDocsConfig) -> None:
        """Tell every warning in a strict build, which it ends; otherwise, how many of each kind there are."""
        counted = [] if config.strict else site.checked.warnings
        if counted:
            check = f"plan-explorer check {shlex.quote(shown(self._folder, self._root))}"
            log.warning("%s: '%s' shows them", count_warnings(counted), check)
        for warning in site.warnings:
            if warning not in counted:
                log.warning("%s", warning)
        left_out = [name for name in registry.NAMES if name not in registry.installed()]
        if left_out and self.config.exports is None and not self._serving:
            log.info("Without %s, as libraries are missing: %s", ", ".join(left_out), registry.INSTALL)

    def _build(self, config: MkDocsConfig) -> Site:
        return build(
            self._folder,
            shown(self._folder, self._root),
            overrides=self._overrides,
            directory_urls=config.use_directory_urls,
            base=config.site_url or "",
            formats=self._formats(),
            exports_later=self._lazily,
            repository=config.repo_url or "",
        )

    def _formats(self) -> list[str]:
        """Return the formats to offer; while somebody watches, those that can wait to be asked for."""
        if self._serving and not self._lazily:
            return []  # they say the same, and take time
        wanted = registry.installed() if self.config.exports is None else self.config.exports
        return [name for name in wanted if not (self._serving and name == "pages")]

    def _explain(self, error: PlanError, config: MkDocsConfig) -> None:
        """Stop the build, or have the browser of somebody who has seen no site yet show why."""
        self._problems = error.problems
        if not self._serving or self._shown_once:
            raise refusal(error) from None
        log.error("the plan has problems; the browser shows them\n\n%s", error)
        config.nav = []
        config.theme.static_templates.clear()

    def _build_beside(self, config: MkDocsConfig) -> None:
        """Build beside the last good site, which other plugins are not to see either.

        Raises:
            PluginError: if nothing can be written there.
        """
        self._final = Path(config.site_dir)
        try:
            if not self._serving:  # else it is a folder that no other program knows of
                self._held.enter_context(locked(self._final))
            self._next_site = NextFolder(self._final)
        except PlanError as error:
            raise refusal(error) from None
        config.site_dir = str(self._next_site.folder)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins.

        Raises:
            PluginError: if a file would be written outside the site.
        """
        self._files = files
        if self._site is None:
            self._files = Files([])
            self._add(nothing_yet(config))
            return self._files
        own = {uri for file in files for uri in (file.src_uri, file.dest_uri)}
        for file in unwanted(files, config, self._folder):
            files.remove(file)
        ours = {str(link.address): link.title for link in self._site.nav}
        titles = dict(_nav_titles(config.nav)) if config.nav else ours
        exports = {} if self._lazily else self._site.exports
        try:
            added = list(generated(self._site, exports, own, config, self._root, self._folder))
        except PlanError as error:
            raise refusal(error) from None
        for each in added:
            self._add(each)
            if each.rendered:
                title = titles.get(each.src_uri) or each.rendered.page.title
                self._pages.append(PlanPage(title, each.rendered, each, config, self._site))
        if self._alone:
            for page in self._pages:
                # MkDocs dates the site map by the pages it makes: one it has to make.
                if self._lazily or not config.site_url or page.file.src_uri != ABOUT:
                    page.file.keep_from_mkdocs()
        return files

    def _add(self, file: PlanFile) -> None:
        file.next_site = self._next_site
        self._files.append(file)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation, now that all of the site is known."""
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Build the pages that MkDocs does not build, or let them wait."""
        self._listed = [file for file in files if not is_asset(file) and file.inclusion.is_included()]
        if self._serving:
            env.bytecode_cache = self._template_cache
        builder = PageBuilder(config, files, self._nav, env, self._listed)
        ours = [page.file for page in self._pages if page.file.built_by_plugin]
        self._waiting = {file.dest_uri: partial(builder.build, file) for file in ours}
        if not self._lazily:
            for build_page in self._waiting.values():
                build_page()

    # --- once for every page that MkDocs makes

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put components into a page that was written by hand.

        Raises:
            PluginError: if there is no component of that name.
        """
        if isinstance(page, PlanPage) or self._site is None:
            return markdown
        page.update_date = self._site.plan.settings.as_of.edtf
        try:
            return self._site.renderer.fill_in_components(markdown, page.file.src_uri)
        except PlanError as error:
            raise PluginError(str(error)) from error

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Show templates all pages."""
        return context | {"pages": self._listed}

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._listed}

    # --- at the end, good or bad

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site in its place, now that it is whole."""
        if not self._lazily:
            for page, link in dead_links(self._pages, self._files):
                log.warning("the page '%s' has a link '%s' that leads nowhere", page.file.src_uri, link)
        assert self._next_site
        try:
            self._next_site.settle()
        except PlanError as error:
            raise refusal(error) from None
        self._forget_next_site()
        config.site_dir = str(self._final)
        if self._serving:
            for page in self._pages:
                page.file.dest_dir = str(self._final)
            if self._lazily and self._site:
                self.lazy_pages.put_off(self._waiting, partial(write_export, self._site, self._final))
            else:
                self.lazy_pages.put_off({})
            dev_server.free_last_site()
        self._shown_once = self._shown_once or self._site is not None

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was.

        Raises:
            PluginError: if something could not be written, in place of a traceback.
        """
        told = self._told(error)
        if not self._problems:
            self._problems = dev_server.problems_in(told or error)
        if self._next_site:
            self._next_site.drop()
        self._forget_next_site()
        if told:
            raise refusal(told) from None

    def _told(self, error: Exception) -> PlanError | None:
        """Return *error* as a problem, if it is one of a plan or of writing the site."""
        if isinstance(error, PlanError):
            return error
        if self._next_site and isinstance(error, OSError):
            folder = self._next_site.folder
            if Path(error.filename or folder).is_relative_to(folder):
                return not_written(self._final, error)
        return None

    def _forget_next_site(self) -> None:
        for file in self._files:
            if isinstance(file, PlanFile):
                file.next_site = None
        self._next_site = None
        self._held.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""
        dev_server.show(server, builder, self.lazy_pages, lambda: self._problems)
        dev_server.watch(server, config, self._folder, self._overrides)
        return server


def _nav_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each page that *nav* of mkdocs.yml names with one."""
    for entry in nav or []:
        for title, what in entry.items() if isinstance(entry, dict) else ():
            if isinstance(what, str):
                yield what, title
            else:
                yield from _nav_titles(what)
