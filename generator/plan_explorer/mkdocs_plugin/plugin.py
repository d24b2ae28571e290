"""The MkDocs plugin, event by event: nothing outside this package knows MkDocs."""

import logging
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from plan_explorer.build import Site, build
from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.mkdocs_plugin import dev_server, page_builder, theme_context
from plan_explorer.mkdocs_plugin.build_run import Run, refused
from plan_explorer.mkdocs_plugin.config import PlanExplorerConfig
from plan_explorer.mkdocs_plugin.fast_markdown.links import Links
from plan_explorer.mkdocs_plugin.generated_files import (
    PlanFile,
    generated,
    is_asset,
    nothing_yet,
    shown,
    unwanted,
)
from plan_explorer.mkdocs_plugin.lazy_pages import Later
from plan_explorer.mkdocs_plugin.page_reuse import is_alone, is_plain
from plan_explorer.mkdocs_plugin.staging import Staging
from plan_explorer.site.addresses import ABOUT

log = logging.getLogger("mkdocs.plugins.plan-explorer")


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of a plan to a site."""

    def __init__(self) -> None:
        self.serving = False
        """Whether somebody watches."""
        self._shown_once = False
        self._problems: Sequence[Problem] = ()
        self._run = Run(None, Path())
        self._last: Site | None = None
        self._bytecode = page_builder.Bytecode()
        self.later = Later()
        """The pages that wait to be asked for."""

    # --- once for every site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether somebody watches."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plan, before MkDocs touches the last good site, and set up what its pages need.

        Raises:
            PluginError: with every problem of the plan.
        """
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._folder = root / self.config.plan if self.config.plan else Path(config.docs_dir) / "plan"
        self._overrides = root / self.config.templates if self.config.templates else None
        try:
            site = self._build(config, root)
        except PlanError as error:
            self._explain(error, config)
            self._run = Run(None, root)
            return config
        self._problems = ()
        for warning in site.warnings:
            log.warning("%s", warning)
        theme_context.set_up(config, site)
        alone = _alone(config)
        lazily = alone and self.serving and not config.strict
        if lazily:
            config.theme.static_templates.discard("sitemap.xml")  # it dates pages that are not made yet
        self._run, self._last = Run(site, root, alone, lazily), site
        return config

    def _build(self, config: MkDocsConfig, root: Path) -> Site:
        site = build(
            self._folder,
            shown(self._folder, root),
            overrides=self._overrides,
            directory_urls=config.use_directory_urls,
            base=config.site_url or "",
            formats=() if self.serving else self.config.exports,  # they say the same, and take time
        )
        # Whoever edits a template wants to know what is wrong with it on any page.
        edited = self.serving and self._last and self._last.renderer.env is not site.renderer.env
        if edited or not _alone(config):
            _write(site)
        return site

    def _explain(self, error: PlanError, config: MkDocsConfig) -> None:
        """Stop the build, or have the browser of somebody who has seen no site yet show why."""
        self._problems = error.problems
        if not self.serving or self._shown_once:
            raise refused(error) from None
        log.error("the plan has problems; the browser shows them\n\n%s", error)
        config.nav = []
        config.theme.static_templates.clear()

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build beside the last good site, and listen for what goes wrong."""
        logging.getLogger("mkdocs").addHandler(self._run.listener)
        self._final = Path(config.site_dir)
        try:
            self._run.staging = Staging(self._final)
        except OSError:  # nothing can be written beside it: what is wrong must show before it is emptied
            if self._run.site:
                self._write_first(self._run.site)
        else:
            config.site_dir = str(self._run.staging.folder)

    def _write_first(self, site: Site) -> None:
        try:
            _write(site)
        except PlanError as error:
            raise refused(error) from None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins."""
        run = self._run
        if run.site is None:
            return self._staged(Files([]), [nothing_yet(config)])
        own = {file.src_uri for file in files}
        for file in unwanted(files, config, self._folder):
            files.remove(file)
        added = list(generated(run.site, own, config, run.root))
        pages = [file for file in added if file.rendered]
        if not run.lazily and config.site_url:
            # MkDocs dates the site map by the pages it makes: one it has to make.
            pages.remove(next((file for file in pages if file.src_uri == ABOUT), pages[0]))
        for file in pages if run.alone else ():
            file.keep_from_mkdocs()
        return self._staged(files, added)

    def _staged(self, files: Files, added: Iterable[PlanFile]) -> Files:
        for file in added:
            file.staging = self._run.staging
            files.append(file)
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Get the pages of the plan ready, now that all of the site is known."""
        run = self._run
        run.files = files
        if is_plain(config):
            run.links = Links(files)
        if run.site:
            run.prepare(config, nav)
        return nav

    # --- once for every page that is made

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Set aside what is HTML already in a page of the plan; put blocks into one written by hand."""
        run = self._run
        page.update_date = run.whole.plan.settings.as_of.edtf
        if rendered := run.page(page.file):
            return run.set_aside(rendered, markdown, page)
        try:
            return run.whole.renderer.with_blocks(markdown, page.file.src_uri)
        except PlanError as error:
            raise PluginError(str(error)) from None

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put back what was HTML already."""
        return self._run.put_back(html, page, config) if self._run.page(page.file) else html

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Remember all pages, and make those that MkDocs does not make, or let them wait."""
        run = self._run
        pages = [file for file in files if not is_asset(file)]
        run.pages = [file for file in pages if file.inclusion.is_included()]
        env.filters["href"] = theme_context.href
        if self.serving:
            env.bytecode_cache = self._bytecode
        if run.alone and run.nav:
            make = page_builder.Maker(config, files, run.nav, env, run.pages)
            if run.lazily:
                self._waiting = {file.dest_uri: partial(self._make, run, make, file) for file in run.own}
            else:
                run.make_all(make)

    def _make(self, run: Run, make: page_builder.Maker, file: PlanFile) -> None:
        """Make a page that waits since *run*: a later build may have failed since, in its own state."""
        before, self._run = self._run, run
        try:
            make.beside(file)
        finally:
            self._run = before

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._run.pages}

    def on_page_context(self, context: Any, *, page: MkDocsPage, **_: Any) -> Any:
        """Tell the theme where a page of the plan is, and of all pages."""
        if rendered := self._run.page(page.file):
            page.meta.update(self._run.told(rendered, page))
        return context | {"pages": self._run.pages}

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep the finished page for the next build."""
        if self._run.reuse:
            self._run.reuse.keep(page, output)
        return output

    # --- at the end, good or bad

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site in its place, now that it is whole."""
        run = self._run
        run.finish(config)
        self._end()
        config.site_dir = str(self._final)
        if self.serving:
            self.later.put_off(self._waiting if run.lazily else {})
        self._shown_once = self._shown_once or run.site is not None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if not self._problems:
            self._problems = [dev_server.problem(error)]
        if self._run.staging:
            self._run.staging.drop()
        self._end()

    def _end(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self._run.listener)
        self._run.staging = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""
        dev_server.show(server, builder, self.later, lambda: self._problems)
        dev_server.watch(server, config, self._folder, self._overrides)
        return server


def _alone(config: MkDocsConfig) -> bool:
    return page_builder.POSSIBLE and is_alone(config)


def _write(site: Site) -> None:
    """Write all pages of *site* now, to learn what is wrong with them.

    Raises:
        PlanError: if a page cannot be written.
    """
    for rendered in site.pages:
        _ = rendered.text
