"""Turn planned pages into Markdown bodies, and these into articles of HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import yaml
from markupsafe import Markup

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.evidence.texts import Texts
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statement_addresses import RemovedStatement
from plan_explorer.rendering.article import Article, article, without_drawn_tables
from plan_explorer.rendering.change_markdown import ChangeWriter
from plan_explorer.rendering.commonmark import parse
from plan_explorer.rendering.figures import Figures
from plan_explorer.rendering.html import HtmlWriter
from plan_explorer.rendering.link_targets import Lookup, lookup
from plan_explorer.rendering.page_scope import FILE_LINKS, MarkdownLinks, PageScope
from plan_explorer.rendering.templates import Templates
from plan_explorer.site import quotations
from plan_explorer.site.addresses import A_Z
from plan_explorer.site.page import Page
from plan_explorer.site.planner import SitePlanner
from plan_explorer.site.redirects import Forward, Move, departed
from plan_explorer.translation import ENGLISH, Catalogue, speaking

COMPONENTS = ("counts", "map")
"""What a page written by hand may call for, as ``<!-- plan-explorer: NAME -->``."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy in every page, for folders and hosts without headers: that of ``hosting/``."""

MAX_DESCRIPTION = 300
"""Longest description of a page, in characters."""

_CODE = re.compile(r"<pre>.*?</pre>", re.S)
_CALL = re.compile(r"<!--\s*plan-explorer:\s*(\S+)\s*-->")


class RenderedPage:
    """A page of the site, rendered when it is asked for."""

    __slots__ = ("_body", "_context", "_renderer", "page")

    def __init__(self, page: Page, renderer: "Renderer") -> None:
        """Prepare to render *page* with *renderer*."""
        self.page, self._renderer = page, renderer
        self._context: dict[str, Any] | None = None
        self._body = ""

    @property
    def body(self) -> str:
        """The body: Markdown that says what the page says."""
        self._render()
        return self._body

    @property
    def meta(self) -> Mapping[str, Any]:
        """The metadata of the page, for the theme."""
        counts = self._render()["markdown"].statement_counts
        labels = self._renderer.plan.settings.statuses
        tally = [[status, labels[status], counts[status]] for status in labels if counts[status]]
        return {**_meta(self.page), **_places(self.page), "px_tally": tally}

    @property
    def markdown_file(self) -> str:
        """The Markdown file: the body, and in front of it what the page is."""
        return f"{self._front_matter()}{self.body}"

    @property
    def laid_out_file(self) -> str:
        """The Markdown file of a page that is laid out already, for the theme of another engine."""
        article, meta = self.article(), self.meta
        with speaking(self._renderer.catalogue):
            html = self._renderer.for_other_theme(article, meta, self._render())
        hide = sorted({*self.page.hide, "toc"})  # no engine finds headings in HTML, or needs room for them
        return f"{self._front_matter(hide=hide)}{_one_block(html)}\n"

    def _front_matter(self, **more: Any) -> str:
        settings, page = self._renderer.plan.settings, self.page
        front = {
            "id": page.entity.id if page.entity else None,
            "title": page.title,
            "description": _description(page) or None,
            "version": str(settings.as_of.edtf),
            "licence": settings.licence or None,
            **more,
        }
        present = {key: value for key, value in front.items() if value}
        shown = yaml.safe_dump(present, allow_unicode=True, sort_keys=False, width=10**6)
        return f"---\n{shown}---\n\n"

    def article(self) -> Article:
        """Return the body as HTML, laid out with its components."""
        context = self._render()
        with speaking(self._renderer.catalogue):
            return self._renderer.article(self.page, self._body, context)

    def forget(self) -> None:
        """Free what was rendered: the contexts of all pages would fill the memory."""
        self._context, self._body = None, ""

    def _render(self) -> dict[str, Any]:
        if self._context is None:
            with speaking(self._renderer.catalogue):
                context = self._renderer.context(self.page)
                self._body = self._renderer.body(self.page, context)
            self._context = context
        return self._context


@dataclass(frozen=True)
class Renderer:
    """Renders the pages of one plan."""

    planner: SitePlanner
    templates: Templates
    directory_urls: bool = False
    moves: Sequence[Move] = ()
    """Addresses that were, and where they lead now."""
    markdown_links: MarkdownLinks = FILE_LINKS
    texts: Texts = field(default_factory=dict)
    """The sentences of the sources whose texts are at hand."""
    report_to: str = ""
    """Where readers report faults, up to the subject."""
    catalogue: Catalogue = ENGLISH
    """The words of the interface, in the language of the pages."""
    original: "Renderer | None" = None
    """Renders the plan in its first language, if this is another edition of it."""

    @property
    def plan(self) -> Plan:
        """The plan whose pages they are."""
        return self.planner.plan

    def page(self, page: Page) -> RenderedPage:
        """Return *page*, to be rendered when it is asked for."""
        return RenderedPage(page, self)

    def context(self, page: Page) -> dict[str, Any]:
        """Return what the templates of *page* are given."""
        scope = self._scope(page.path)
        return {
            **page.context,
            **page.lazy_context(),
            "plan": self.plan,
            "settings": self.plan.settings,
            "page": page,
            "moves": self._departed.get(page.path, ()),
            "removed_statements": self._removed_statements.get(page.path, ()),
            "markdown": ChangeWriter(scope),
            "html": HtmlWriter(scope),
            "figures": Figures(scope),
        }

    def body(self, page: Page, context: Mapping[str, Any]) -> str:
        """Return the body of *page* as Markdown.

        Raises:
            PlanError: ``template``, if its template is at fault.
        """
        text = self.templates.body(f"{page.template}.md", context)
        if context["moves"]:
            text += self.templates.body("departed.md", context)
        if context["removed_statements"]:
            text += self.templates.body("removed-statements.md", context)
        return _tidy(text)

    def article(self, page: Page, text: str, context: Mapping[str, Any]) -> Article:
        """Return the body *text* of *page* as HTML, in its layout.

        Raises:
            PlanError: ``template``, if the body, the layout or a component is at fault.
        """
        try:
            root = parse(without_drawn_tables(text))
        except ValueError as error:
            message, place = f"on the page '{page.path}', {error}", Location(f"bodies/{page.template}.md")
            raise PlanError([Problem("template", message, place)]) from error
        layout = f"{page.layout or page.template}.html"
        said = self._said.get(page.path, {})
        known = self.original.made_ids(page.path) if self.original else ()
        scope = self._scope(page.path)
        made = article(root, scope, self._lookup, self.templates, layout, context, said, known)
        self._made_ids[page.path] = made.made_ids
        return made

    def made_ids(self, path: str) -> Sequence[str]:
        """Return the addresses of headings on the page at *path* that are made of words, in their order."""
        if path not in self._made_ids and path in self._pages:
            self.page(self._pages[path]).article()
        return self._made_ids.get(path, ())

    @cached_property
    def _made_ids(self) -> dict[str, list[str]]:
        return {}  # filled as pages are rendered

    @cached_property
    def _pages(self) -> dict[str, Page]:
        with speaking(self.catalogue):
            return {page.path: page for page in self.planner.pages()}

    def for_other_theme(self, article: Article, meta: Mapping[str, Any], context: Mapping[str, Any]) -> str:
        """Return *article* as HTML, with what the shell of the site would say around it.

        Raises:
            PlanError: ``template``, if a template is at fault.
        """
        shell = {"primary": self.plan.settings.wording.primary, "az": A_Z, "features": [], "search": {}}
        given = {**context, **shell, "meta": meta, "article": Markup(article.html)}
        return self.templates.layout("other-theme.html", given)

    def component(self, name: str, path: str, root: str = "") -> str:
        """Return a component for a page that is written by hand, as a block of Markdown.

        Args:
            name: what it is called, one of `COMPONENTS`.
            path: the path of the page's file.
            root: the folder that the plan stands in, as a path that ends in a slash, or nothing.
        """
        scope = replace(self._scope(path), root=root)
        with speaking(self.catalogue):
            home = next(self.planner.pages())
            context = {**self.context(home), "html": HtmlWriter(scope), "figures": Figures(scope)}
            block = _one_block(self.templates.layout(f"{name}.html", context))
        return block if block.startswith("<nav") else f"<div>\n{block}\n</div>"

    def forward(self, forward: Forward) -> str:
        """Return a page that sends a reader on, as HTML.

        Raises:
            PlanError: ``template``, if its template is at fault.
        """
        return self.templates.layout(
            "redirect.html", {"settings": self.plan.settings, "forward": forward, "policy": POLICY}
        )

    @cached_property
    def _departed(self) -> dict[str, list[Move]]:
        """What is no longer to be found on a page, by its path."""
        return departed(self.moves)

    @cached_property
    def _removed_statements(self) -> dict[str, list[RemovedStatement]]:
        """The statements that are no longer to be found on a page, by its path."""
        removed: dict[str, list[RemovedStatement]] = {}
        for entity in self.plan:
            if gone := self.plan.removed_statements(entity):
                removed.setdefault(self.planner.addresses.of(entity).path, []).extend(gone)
        return removed

    @cached_property
    def _said(self) -> dict[str, dict[str, StatementRef]]:
        return quotations.by_page(self.plan, self.planner.addresses)

    @cached_property
    def _lookup(self) -> Lookup:
        return lookup(self.plan, self.planner.addresses, self.planner.hues)

    def _scope(self, path: str) -> PageScope:
        planner = self.planner
        return PageScope(
            planner.plan,
            planner.addresses,
            planner.hues,
            path,
            directory_urls=self.directory_urls,
            markdown_links=self.markdown_links,
            texts=self.texts,
            report_to=self.report_to,
        )


def fill_in_components(plans: Mapping[str, Renderer], markdown: str, path: str) -> str:
    """Return a page written by hand with the components it calls for.

    Args:
        plans: the plans of the site, by the folder they stand in, which ends in a slash, or is nothing.
        markdown: what was written.
        path: the path of its file.

    Raises:
        PlanError: ``unknown-component``, if there is no component of that name.
    """
    # Of several plans the folder says which is meant.
    known = {name: (root, name) for root in plans for name in COMPONENTS} if len(plans) == 1 else {}
    known |= {root + name: (root, name) for root in plans for name in COMPONENTS}

    def component(match: re.Match[str]) -> str:
        name = match[1]
        if name not in known:
            line = markdown.count("\n", 0, match.start()) + 1
            message = f"there is no component '{name}'"
            hint = did_you_mean(name, known) or f"components: {', '.join(known)}"
            raise PlanError([Problem("unknown-component", message, Location(path, line, 1), hint)])
        root, own = known[name]
        return plans[root].component(own, path, root)

    return _CALL.sub(component, markdown)


def _meta(page: Page) -> dict[str, Any]:
    meta: dict[str, Any] = {"title": page.title}
    if description := _description(page):
        meta["description"] = description
    return meta | ({"hide": list(page.hide)} if page.hide else {})


def _places(page: Page) -> dict[str, Any]:
    """Return where *page* is: the tree beside it, the way to it, the pages before and after."""
    tree = [
        {
            "title": line.link.title,
            "code": line.link.code,
            "url": str(line.link.address),
            "level": line.depth,
            "current": line.current,
            "open": line.open,
            "off": line.off,
        }
        for line in page.tree()
    ]
    crumbs = [{"title": link.title, "url": str(link.address)} for link in page.crumbs]
    found: dict[str, Any] = {"px_tree": tree, "px_crumbs": crumbs, "px_tab": page.tab}
    for key, link in (("px_prev", page.previous), ("px_next", page.next)):
        found[key] = {"title": link.title, "url": str(link.address), "code": link.code} if link else None
    return found


def _description(page: Page) -> str:
    description = " ".join(page.description.split())
    if len(description) > MAX_DESCRIPTION:
        return description[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"
    return description


def _tidy(text: str) -> str:
    """Return *text* without runs of empty lines, which templates leave behind."""
    lines: list[str] = []
    last = ""
    for line in map(str.rstrip, text.split("\n")):
        if line or last:
            lines.append(line)
        last = line
    return "\n".join(lines).strip() + "\n"


def _one_block(html: str) -> str:
    """Return *html* as one block of Markdown, which an empty line would end; those of code are kept."""
    html = _CODE.sub(lambda code: code[0].replace("\n", "&#10;"), html)
    return "\n".join(line for line in html.split("\n") if line.strip())
