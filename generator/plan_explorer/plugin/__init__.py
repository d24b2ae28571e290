"""The MkDocs plugin, event by event: nothing outside this package knows MkDocs."""

import gc
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from plan_explorer import exports
from plan_explorer.build import Site, build
from plan_explorer.plugin import aside, making, serving, theme
from plan_explorer.plugin.files import (
    PlanFile,
    PlanPage,
    generated,
    is_asset,
    is_finished,
    nothing_yet,
    page_of,
    shown,
    unwanted,
)
from plan_explorer.plugin.later import Later
from plan_explorer.plugin.links import Links, PageLinks
from plan_explorer.plugin.reuse import Listener, Reuse, is_plain, is_repeatable
from plan_explorer.problems import PlanError, Problem
from plan_explorer.render import Rendered
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


@dataclass
class Run:
    """One build: what it makes a site of, and what it notes on the way."""

    site: Site | None
    """None if the plan was never sound."""
    root: Path
    """The folder of mkdocs.yml."""
    lazily: bool = False
    """Whether pages are made when they are asked for."""
    listener: Listener = field(default_factory=lambda: Listener(logging.INFO))
    staging: Staging | None = None
    reuse: Reuse | None = None
    files: Files = field(default_factory=lambda: Files([]))
    pages: list[File] = field(default_factory=list)
    """Every page of the site: to MkDocs a finished one is none."""
    links: Links | None = None
    """What links lead to, if those in the plainest shapes of Markdown are not left to MkDocs."""
    page_links: PageLinks | None = None
    """Those of the page at hand."""
    ready: list[str] = field(default_factory=list)
    """What was set aside of it."""
    heard: int = 0
    """What the listener had heard before that page."""

    def __post_init__(self) -> None:
        self.rendered = {each.page.path: each for each in self.site.pages} if self.site else {}

    @property
    def plan(self) -> Site:
        assert self.site
        return self.site

    def page(self, file: File) -> Rendered | None:
        """Return what the plan has for *file*, unless that was written by hand."""
        return self.rendered.get(file.src_uri) if isinstance(file, PlanFile) else None


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of a plan to a site."""

    def __init__(self) -> None:
        self.serving = False
        """Whether somebody watches."""
        self._shown_once = False
        self._problems: Sequence[Problem] = ()
        self._run = Run(None, Path())
        self._last: Site | None = None
        self._bytecode = making.Bytecode()
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
        gc.unfreeze()
        try:
            site = self._build(config, root)
        except PlanError as error:
            self._explain(error, config)
            self._run = Run(None, root)
            return config
        self._problems = ()
        gc.freeze()  # none of it is garbage until the next build, and there is much of it
        for warning in site.warnings:
            log.warning("%s", warning)
        theme.set_up(config, site)
        lazily = self.serving and making.POSSIBLE and not config.strict and is_repeatable(config)
        if lazily:
            config.theme.static_templates.discard("sitemap.xml")  # it dates pages that are not made yet
        self._run, self._last = Run(site, root, lazily), site
        return config

    def _build(self, config: MkDocsConfig, root: Path) -> Site:
        site = build(
            self._folder,
            shown(self._folder, root),
            overrides=self._overrides,
            directory_urls=config.use_directory_urls,
            base=config.site_url or "",
            formats=() if self.serving else self.config.exports,  # they say the same, and take time
            each=None if self.serving else iter,
            last=self._last.checked if self._last and self.serving else None,
        )
        if (
            self.serving and self._last and self._last.renderer.env is not site.renderer.env
        ):  # whoever edits a template
            for rendered in site.pages:  # wants to know what is wrong with it on any page
                rendered.written()
        return site

    def _explain(self, error: PlanError, config: MkDocsConfig) -> None:
        """Stop the build, or have the browser of somebody who has seen no site yet show why."""
        self._problems = error.problems
        if not self.serving or self._shown_once:
            raise PluginError(f"the plan has problems; the site is left as it was\n\n{error}") from None
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
        except OSError:  # nothing can be written beside it
            pass
        else:
            config.site_dir = str(self._run.staging.folder)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins."""
        run = self._run
        if run.site is None:
            return self._staged(Files([]), [nothing_yet(config)])
        own = {file.src_uri for file in files}
        for file in unwanted(files, config, self._folder):
            files.remove(file)
        return self._staged(files, generated(run.site, own, config, run.root))

    def _staged(self, files: Files, added: Iterable[PlanFile]) -> Files:
        for file in added:
            file.staging = self._run.staging
            files.append(file)
            if self._run.lazily and file.rendered:
                file.wait()
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take every page that an earlier build made of the very same things."""
        run = self._run
        run.files = files
        if is_plain(config):
            run.links = Links(files)
        if run.lazily:
            self._put_off(nav, config)
        elif run.site and is_repeatable(config):
            self._take(run.site, nav, config)
        return nav

    def _take(self, site: Site, nav: Navigation, config: MkDocsConfig) -> None:
        run = self._run
        reuse = run.reuse = Reuse(run.root, config, nav, run.files)
        # MkDocs dates the site map by the pages it makes: one it has to make.
        made = min(site.pages, key=lambda each: len(each.packed)).page.path if config.site_url else ""
        for file in run.files:
            if not isinstance(file, PlanFile) or not (rendered := run.page(file)):
                continue
            page = page_of(file, config)
            page.title = page.title or rendered.page.title
            page.update_date = site.plan.settings.as_of.edtf
            reuse.note(page, rendered.packed, theme.of_page(rendered, page, site), page.edit_url)
            if file.src_uri != made:
                reuse.take(page, file)

    def _put_off(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Let the pages of the plan wait."""
        for file in self._run.files:
            if file.page and (rendered := self._run.page(file)):
                file.page.title = file.page.title or rendered.page.title
        self._nav = nav

    # --- once for every page that is made

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Set aside what is HTML already in a page of the plan; put blocks into one written by hand."""
        run = self._run
        page.update_date = run.plan.plan.settings.as_of.edtf
        rendered = run.page(page.file)
        if rendered is None:
            return self._with_blocks(markdown, page.file.src_uri)
        page.meta.update(rendered.meta)
        run.heard = run.listener.heard
        run.page_links = run.links.of(page) if run.links else None
        text, run.ready = aside.set_aside(markdown, run.page_links.address if run.page_links else None)
        return text

    def _with_blocks(self, markdown: str, path: str) -> str:
        try:
            return self._run.plan.renderer.with_blocks(markdown, path)
        except PlanError as error:
            raise PluginError(str(error)) from None

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put back what was HTML already."""
        run = self._run
        ready, run.ready = run.ready, []
        if run.page_links:
            html, ready = self._with_links(html, ready, page, config, files)
        if run.reuse and run.listener.heard > run.heard:
            run.reuse.forget(page)
        if isinstance(page, PlanPage):
            page.markdown = ""
        return aside.put_back(html, ready)

    def _with_links(
        self, html: str, ready: list[str], page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> tuple[str, list[str]]:
        """Tell MkDocs of the links and places in what is *ready*; return that, and the rest of the page."""
        run = self._run
        assert run.page_links
        links, run.page_links = run.page_links, None
        places = aside.ids(*ready)
        if places & aside.ids(html):  # a heading has got an address without knowing that it is taken
            page.markdown, ready = page.file.content_string, []
            page.render(config, files)
            html = page.content or ""
        links.note(page, places)
        return html, ready

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Remember all pages, and what makes those that wait."""
        run = self._run
        pages = [file for file in files if not is_asset(file)]
        run.pages = [file for file in pages if file.inclusion.is_included()]
        if self.serving:
            env.bytecode_cache = self._bytecode
        if run.lazily:
            make = making.Maker(config, files, self._nav, env, run.pages)
            waiting = [file for file in files if isinstance(file, PlanFile) and file.waits]
            self._waiting = {file.dest_uri: partial(self._make, run, make, file) for file in waiting}

    def _make(self, run: Run, make: Callable[[PlanFile], None], file: PlanFile) -> None:
        """Make a page that waits since *run*: a later build may have failed since, in its own state."""
        before, self._run = self._run, run
        try:
            make(file)
        finally:
            self._run = before

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._run.pages}

    def on_page_context(self, context: Any, *, page: MkDocsPage, **_: Any) -> Any:
        """Tell the theme where a page of the plan is, and of all pages."""
        if rendered := self._run.page(page.file):
            page.meta.update(theme.of_page(rendered, page, self._run.plan))
        return context | {"pages": self._run.pages}

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep the finished page for the next build."""
        if self._run.reuse:
            self._run.reuse.keep(page, output)
        if isinstance(page, PlanPage):
            page.content, page.toc, page.meta = None, TableOfContents([]), {}
        return output

    # --- at the end, good or bad

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site in its place, now that it is whole."""
        run = self._run
        for file in run.pages:
            if is_finished(file) and file.page:
                file.page.validate_anchor_links(files=run.files, log_level=config.validation.links.anchors)
        if run.staging:
            run.staging.settle()
        if run.reuse:
            run.reuse.tidy()
        self._end()
        config.site_dir = str(self._final)
        if self.serving:
            self.later.put_off(self._waiting if run.lazily else {})
        self._shown_once = self._shown_once or run.site is not None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if not self._problems:
            self._problems = [serving.problem(error)]
        if self._run.staging:
            self._run.staging.drop()
        self._end()

    def _end(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self._run.listener)
        self._run.staging = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""
        serving.show(server, builder, self.later, lambda: self._problems)
        serving.watch(server, config, self._folder, self._overrides)
        return server
