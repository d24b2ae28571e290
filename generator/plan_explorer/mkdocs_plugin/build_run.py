"""One build of a site: what it is made of, and what becomes of each page."""

import logging
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from plan_explorer.build import Site
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.mkdocs_plugin import theme_context
from plan_explorer.mkdocs_plugin.fast_markdown import extract
from plan_explorer.mkdocs_plugin.fast_markdown.links import Links, PageLinks, packed, unpacked
from plan_explorer.mkdocs_plugin.generated_files import PlanFile
from plan_explorer.mkdocs_plugin.page_builder import Maker
from plan_explorer.mkdocs_plugin.page_reuse import Listener, Reuse, is_repeatable
from plan_explorer.mkdocs_plugin.staging import Staging
from plan_explorer.rendering.renderer import Rendered


def refused(error: PlanError) -> PluginError:
    """Return *error* as MkDocs tells it."""
    return PluginError(f"the plan has problems; the site is left as it was\n\n{error}")


@dataclass
class Run:
    """One build: what it makes a site of, and what it notes on the way."""

    site: Site | None
    """None if the plan was never sound."""
    root: Path
    """The folder of mkdocs.yml."""
    alone: bool = False
    """Whether the pages of the plan are made one by one, each from first to last, and not by MkDocs."""
    lazily: bool = False
    """Whether each of them is made when it is asked for."""
    listener: Listener = field(default_factory=lambda: Listener(logging.INFO))
    staging: Staging | None = None
    reuse: Reuse | None = None
    nav: Navigation | None = None
    files: Files = field(default_factory=lambda: Files([]))
    pages: list[File] = field(default_factory=list)
    """Every page of the site: to MkDocs, one that it does not make is none."""
    links: Links | None = None
    """What links lead to, if those in the plainest shapes of Markdown are not left to MkDocs."""
    page_links: PageLinks | None = None
    """Those of the page at hand."""
    ready: list[str] = field(default_factory=list)
    """What was set aside of it."""
    heard: int = 0
    """What the listener had heard before that page."""

    def __post_init__(self) -> None:
        self._rendered = {each.page.path: each for each in self.site.pages} if self.site else {}
        # The links of the pages that were made, to be looked at when all of them are.
        self._anchors: list[tuple[MkDocsPage, bytes]] = []
        self._told: tuple[MkDocsPage | None, dict[str, Any]] = None, {}

    @property
    def whole(self) -> Site:
        assert self.site
        return self.site

    def page(self, file: File) -> Rendered | None:
        """Return what the plan has for *file*, unless that was written by hand."""
        return self._rendered.get(file.src_uri) if isinstance(file, PlanFile) else None

    @property
    def own(self) -> list[PlanFile]:
        """The pages that MkDocs does not make."""
        return [file for file in self.files if isinstance(file, PlanFile) and file.ours]

    # --- all pages of a build

    def prepare(self, config: MkDocsConfig, nav: Navigation) -> None:
        """Have every page know what it is called, and look for what earlier builds made."""
        self.nav = nav
        for file in self.files:
            if rendered := self.page(file):
                page = file.page if self.lazily else file.page or MkDocsPage(None, file, config)
                if page:
                    page.title = page.title or rendered.page.title
                    page.update_date = self.whole.plan.settings.as_of.edtf
        if self.alone and not self.lazily and is_repeatable(config):
            self.reuse = Reuse(self.root, config, nav, self.files)

    def make_all(self, make: Maker) -> None:
        """Make every page that MkDocs leaves to us, or take it from an earlier build; one at a time.

        Raises:
            PluginError: with what is wrong, if a page cannot be written.
        """
        self.whole.pages.clear()  # each is let go when it is made: they are as many as the entries
        for file in self.own:
            rendered, page = file.rendered, file.page
            assert rendered
            assert page
            try:
                _ = rendered.text
            except PlanError as error:
                raise refused(error) from None
            if not self._taken(file, rendered, page):
                make(file)
            file.rendered = None
            del self._rendered[file.src_uri]
            self._anchors.append((page, packed(page)))
            page.links_to_anchors = None
            # MkDocs only asks what is among them, and a set is ten times as large.
            places = tuple(map(sys.intern, page.present_anchor_ids or ()))
            page.present_anchor_ids = places  # type: ignore[assignment]

    def _taken(self, file: PlanFile, rendered: Rendered, page: MkDocsPage) -> bool:
        if not self.reuse:
            return False
        self.reuse.note(page, rendered.text, self.told(rendered, page), page.edit_url)
        return self.reuse.take(page, file)

    # --- one page

    def told(self, rendered: Rendered, page: MkDocsPage) -> dict[str, Any]:
        """Return what the theme is told of *page*, which is asked for twice if an earlier build lacks it."""
        if self._told[0] is not page:
            self._told = page, theme_context.of_page(rendered, page, self.whole)
        return self._told[1]

    def set_aside(self, rendered: Rendered, markdown: str, page: MkDocsPage) -> str:
        """Return the *markdown* of a *page* without what needs no parser."""
        page.meta.update(rendered.meta)
        self.heard = self.listener.heard
        self.page_links = self.links.of(page) if self.links else None
        text, self.ready = extract.set_aside(markdown, self.page_links.address if self.page_links else None)
        return text

    def put_back(self, html: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Return the *html* of a *page* with what was set aside."""
        ready, self.ready = self.ready, []
        if self.page_links:
            html, ready = self._with_links(html, ready, page, config)
        if self.reuse and self.listener.heard > self.heard:
            self.reuse.forget(page)
        return extract.put_back(html, ready)

    def _with_links(
        self, html: str, ready: list[str], page: MkDocsPage, config: MkDocsConfig
    ) -> tuple[str, list[str]]:
        """Tell MkDocs of the links and places in what is *ready*; return that, and the rest of the page."""
        assert self.page_links
        links, self.page_links = self.page_links, None
        places = extract.ids(*ready)
        if places & extract.ids(html):  # a heading has got an address without knowing that it is taken
            page.markdown, ready = page.file.content_string, []
            page.render(config, self.files)
            html = page.content or ""
        links.note(page, places)
        return html, ready

    def finish(self, config: MkDocsConfig) -> None:
        """Look at the links to places within pages, and put the site in its place."""
        for page, anchors in self._anchors:
            page.links_to_anchors = unpacked(anchors, self.files)
            page.validate_anchor_links(files=self.files, log_level=config.validation.links.anchors)
            page.links_to_anchors = None
        if self.staging:
            self.staging.settle()
        if self.reuse:
            self.reuse.tidy()
