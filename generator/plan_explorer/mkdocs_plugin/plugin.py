"""Answer the events of MkDocs."""

import logging
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial, wraps
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from plan_explorer.build import VERSIONS, build
from plan_explorer.diagnostics.problems import PlanError, Problem, count_warnings
from plan_explorer.exporters import registry
from plan_explorer.loading.checked_plan import CheckedPlan, load_plan
from plan_explorer.mkdocs_plugin import dev_server, other_plugins, own_pages, theme_context
from plan_explorer.mkdocs_plugin.compared_plans import compared_plans
from plan_explorer.mkdocs_plugin.config import PlanExplorerConfig
from plan_explorer.mkdocs_plugin.generated_files import (
    PlanFile,
    generated,
    is_asset,
    nothing_yet,
    shared,
    shown,
    unwanted,
    write_export,
)
from plan_explorer.mkdocs_plugin.lazy_pages import LazyPages
from plan_explorer.mkdocs_plugin.link_check import dead_links
from plan_explorer.mkdocs_plugin.page_builder import PageBuilder, TemplateCache
from plan_explorer.mkdocs_plugin.placed_plan import (
    PlacedPlan,
    first_editions,
    prefix_of,
    refuse_shared_places,
)
from plan_explorer.mkdocs_plugin.plan_page import PlanPage, refusal
from plan_explorer.mkdocs_plugin.unused_settings import unused_settings
from plan_explorer.model.folders import NextFolder, end_in_order, locked, not_written
from plan_explorer.rendering.renderer import Renderer, fill_in_components
from plan_explorer.site.addresses import ABOUT
from plan_explorer.site.counterparts import CODE, NAME, OtherPlan

log = logging.getLogger("mkdocs.plugins.plan-explorer")

P = ParamSpec("P")
R = TypeVar("R")


def by_the_first(answer: Callable[P, R]) -> Callable[P, R | None]:
    """Answer an event in the first instance of the plugin only: it builds the plans of all."""

    @wraps(answer)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R | None:
        plugin = args[0]
        assert isinstance(plugin, PlanExplorerPlugin)
        return answer(*args, **kwargs) if plugin.is_first else None

    return answered


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of plans to a site; mkdocs.yml names the plugin once for each."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self.lazy_pages = LazyPages()
        """The pages that wait to be asked for."""
        self._serving = False
        """Whether somebody watches."""
        self._shown_once = False
        self._problems: Sequence[Problem] = ()
        self._template_cache = TemplateCache()
        self._files = Files([])
        self.is_first = True
        """Whether it is the first of its kind in mkdocs.yml."""
        self._plans: list[PlacedPlan] = []
        """The plans of this build; none if they were never sound."""
        self._next_site: NextFolder | None = None
        self._held = ExitStack()
        """The lock of the site, while it is built."""

    # --- once for every site

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether somebody watches."""
        end_in_order()
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plans, before MkDocs touches the last good site, and set up what their pages need.

        Raises:
            PluginError: with every problem of the plans, or if two have one place, or if another plugin
                cannot work beside this one.
        """
        plugins = [each for each in config.plugins.values() if isinstance(each, PlanExplorerPlugin)]
        self.is_first = plugins[0] is self
        if not self.is_first:
            return config
        self._options = sorted((each.config for each in plugins), key=lambda each: bool(each.prefix))
        refuse_shared_places(self._options)
        other_plugins.refuse(config)
        self._build_beside(config)
        self._root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._files = Files([])
        self._plans = []
        self._pages: list[PlanPage] = []
        # Other plugins and hooks may want to see the pages of the plan; then MkDocs builds them.
        self._alone = other_plugins.none_looks(config)
        self._lazily = self._alone and self._serving and not config.strict
        try:
            plans = self._build(config)
        except PlanError as error:
            self._explain(error, config)
            return config
        self._plans, self._problems = plans, ()
        for plan in first_editions(plans):
            self._tell_warnings(plan, config)
        self._tell_left_out()
        for setting in unused_settings(config):
            log.warning("%s", setting)
        theme_context.set_up(config, plans, serving=self._serving)
        if self._lazily:
            config.theme.static_templates.discard("sitemap.xml")  # it dates pages that are not made yet
        return config

    def _tell_warnings(self, plan: PlacedPlan, config: MkDocsConfig) -> None:
        """Tell every warning in a strict build, which it ends; otherwise, how many of each kind there are.

        Statements that are not verified are counted in either case.
        """
        checked = plan.site.checked
        counted = [*([] if config.strict else checked.warnings), *checked.unverified]
        if counted:
            check = f"plan-explorer check {shlex.quote(plan.shown)}"
            log.warning("%s: '%s' shows them", count_warnings(counted), check)
        for warning in plan.site.warnings:
            if warning not in counted:
                log.warning("%s", warning)

    def _tell_left_out(self) -> None:
        """Tell, once for all plans, which formats are left out as nobody named them."""
        left_out = [name for name in registry.NAMES if name not in registry.installed()]
        if left_out and not self._serving and any(each.exports is None for each in self._options):
            log.info("Without %s, as libraries are missing: %s", ", ".join(left_out), registry.INSTALL)

    def _build(self, config: MkDocsConfig) -> list[PlacedPlan]:
        """Build every plan.

        Raises:
            PlanError: with every problem of all.
        """
        loaded: list[CheckedPlan] = []
        problems: list[Problem] = []
        for options in self._options:
            folder = self._folder(options, config)
            try:
                loaded.append(load_plan(folder, shown(folder, self._root)))
            except PlanError as error:
                problems += error.problems
        if problems:
            raise PlanError(problems)
        compared = compared_plans(self._options, [each.plan for each in loaded], self._root)
        first = [self._build_one(at, loaded, compared[at], config) for at in range(len(loaded))]
        others = [
            self._build_one(at, loaded, others, config, edition, first[at].site.renderer)
            for at, checked in enumerate(loaded)
            for others in [[each.from_below() for each in compared[at]]]
            for edition in checked.editions
        ]
        return first + others

    def _build_one(
        self,
        at: int,
        loaded: Sequence[CheckedPlan],
        compared: Sequence[OtherPlan],
        config: MkDocsConfig,
        edition: str = "",
        original: Renderer | None = None,
    ) -> PlacedPlan:
        options = self._options[at]
        folder = self._folder(options, config)
        name = shown(folder, self._root)
        site = build(
            folder,
            name,
            checked=loaded[at],
            others=[each.plan for each in loaded if each is not loaded[at]],
            compared=compared,
            overrides=Path(options.templates) if options.templates else None,
            directory_urls=config.use_directory_urls,
            base=urljoin(config.site_url, prefix_of(options, edition)) if config.site_url else "",
            formats=self._formats(options),
            exports_later=self._lazily,
            repository=config.repo_url or "",
            edition=edition,
            original=original,
        )
        return PlacedPlan(options, folder, name, site, edition)

    def _folder(self, options: PlanExplorerConfig, config: MkDocsConfig) -> Path:
        """Return the folder of a plan."""
        return self._root / options.plan if options.plan else Path(config.docs_dir) / "plan"

    def _formats(self, options: PlanExplorerConfig) -> list[str]:
        """Return the formats to offer; while somebody watches, those that can wait to be asked for."""
        if self._serving and not self._lazily:
            return []  # they say the same, and take time
        wanted = registry.installed() if options.exports is None else options.exports
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

    @by_the_first
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins.

        Raises:
            PluginError: if a file would be written outside the site.
        """
        self._files = files
        if not self._plans:
            self._files = Files([])
            self._add(nothing_yet(config))
            return self._files
        self._own = {uri for file in files for uri in (file.src_uri, file.dest_uri)}
        for file in unwanted(files, config, self._plans):
            files.remove(file)
        if "index.html" not in self._own and all(plan.prefix for plan in self._plans):
            home = shown(Path(config.docs_dir) / "index.md", self._root)
            log.warning("the site has no home page; write %s", home)
        theme_context.set_up_nav(config, self._plans, files)
        taken: dict[str, PlacedPlan] = {}
        for plan in self._plans:
            self._add_plan(plan, taken, config)
        return files

    def _add_plan(self, plan: PlacedPlan, taken: dict[str, PlacedPlan], config: MkDocsConfig) -> None:
        """Add the pages and files of *plan* to those that are *taken*, by whom."""
        titles = dict(_nav_titles(config.nav)) if config.nav else plan.nav
        exports = {} if self._lazily else plan.site.exports
        try:
            added = list(generated(plan, exports, self._own, config, self._root))
        except PlanError as error:
            raise refusal(error) from None
        for each in added:
            if (other := taken.setdefault(each.dest_uri, plan)) is not plan:
                raise PluginError(
                    f"'{each.dest_uri}' would be of two plans: {other.shown} and {plan.shown}\n"
                    "    hint: give one of them another 'prefix' under 'plugins' in mkdocs.yml"
                )
            self._add(each)
            if each.rendered:
                title = titles.get(each.src_uri) or each.rendered.page.title
                self._pages.append(PlanPage(title, each.rendered, each, config, plan))
                # MkDocs dates the site map by the pages it makes: one it has to make.
                if self._alone and (self._lazily or not config.site_url or each.rendered.page.path != ABOUT):
                    each.keep_from_mkdocs()

    def _add(self, file: PlanFile) -> None:
        file.next_site = self._next_site
        self._files.append(file)

    @event_priority(-100)
    @by_the_first
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation, now that all of the site is known."""
        self._nav = nav
        return nav

    @event_priority(-100)
    @by_the_first
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Build the pages that MkDocs does not build, or let them wait, and what all pages share."""
        if self._plans:
            of_plans = (entry for plan in first_editions(self._plans) for entry in plan.search())
            pages = (file.page for file in files.documentation_pages() if not isinstance(file, PlanFile))
            found = chain(of_plans, own_pages.entries(page for page in pages if page))
            for file in shared(self._plans, found, self._own, config):
                self._add(file)
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

    @by_the_first
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put components into a page that was written by hand.

        Raises:
            PluginError: if there is no component of that name.
        """
        if isinstance(page, PlanPage) or not self._plans:
            return markdown
        newest = max((each.site.plan.settings.as_of for each in self._plans), key=lambda day: day.sort_key)
        page.update_date = newest.edtf
        renderers = {each.prefix: each.site.renderer for each in first_editions(self._plans)}
        try:
            return fill_in_components(renderers, markdown, page.file.src_uri)
        except PlanError as error:
            raise PluginError(str(error)) from error

    @by_the_first
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Have the title of a page by hand as text; MkDocs takes that of a heading as HTML."""
        if not isinstance(page, PlanPage):
            page.title = unescape(str(page.title))
        return html

    @by_the_first
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Show templates all pages."""
        return context | {"pages": self._listed}

    @by_the_first
    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._listed}

    # --- at the end, good or bad

    @event_priority(-100)
    @by_the_first
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
            if self._lazily and self._plans:
                self.lazy_pages.put_off(self._waiting, partial(write_export, self._plans, self._final))
            else:
                self.lazy_pages.put_off({})
            dev_server.free_last_site()
        self._shown_once = self._shown_once or bool(self._plans)

    @event_priority(-100)
    @by_the_first
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

    @by_the_first
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""
        dev_server.show(server, builder, self.lazy_pages, lambda: self._problems)
        dev_server.watch(server, config, *self._sources(config))
        return server

    def _sources(self, config: MkDocsConfig) -> Iterator[Path]:
        """Yield what a site is made of beside the pages of its own."""
        for options in self._options:
            folder = self._folder(options, config)
            yield from (folder, folder.parent / VERSIONS)
            if options.templates:
                yield Path(options.templates)
            files = (each.by for each in options.compare if each.by not in (CODE, NAME))
            yield from (self._root / each for each in files)


def _nav_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each page that *nav* of mkdocs.yml names with one."""
    for entry in nav or []:
        for title, what in entry.items() if isinstance(entry, dict) else ():
            if isinstance(what, str):
                yield what, title
            else:
                yield from _nav_titles(what)
