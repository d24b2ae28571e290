"""Give MkDocs the pages of the plan."""

from collections.abc import Iterable
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.mkdocs_plugin import theme_context
from plan_explorer.mkdocs_plugin.generated_files import PlanFile
from plan_explorer.mkdocs_plugin.placed_plan import PlacedPlan
from plan_explorer.rendering.article import Heading
from plan_explorer.rendering.renderer import RenderedPage


class PlanPage(Page):
    """A page whose Markdown is converted and laid out by the renderer of the plan, not by MkDocs."""

    file: PlanFile

    def __init__(
        self, title: str, rendered: RenderedPage, file: PlanFile, config: MkDocsConfig, plan: PlacedPlan
    ) -> None:
        """Prepare to render *rendered*, a page of *plan*, for *file*; navigation calls it *title*."""
        super().__init__(title, file, config)
        self._rendered, self._plan = rendered, plan
        self.update_date = plan.site.plan.settings.as_of.edtf
        self.links: frozenset[str] = frozenset()
        """The addresses that it links to, once it is rendered."""
        self.editions = theme_context.editions(self, plan, config)
        """The same page in each language, if there are several."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Write the body.

        Raises:
            PluginError: with what is wrong with its template.
        """
        try:
            self.markdown = self._rendered.body
        except PlanError as error:
            raise refusal(error) from error
        self.meta = theme_context.of_page(self._rendered, self, self._plan) | {"px_editions": self.editions}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the body and lay it out, and put its Markdown beside the page.

        Raises:
            PluginError: with what is wrong with a layout or component.
        """
        try:
            article = self._rendered.article()
        except PlanError as error:
            raise refusal(error) from error
        self.content = article.html
        self.toc = TableOfContents(list(_anchors(article.contents)))
        self.present_anchor_ids = article.ids
        self.links = frozenset(article.links)
        if self._plan.site.offers_markdown:
            self.file.put(self.file.src_uri, self._rendered.markdown_file.encode())
        self._rendered.forget()

    def release(self) -> None:
        """Let go of what nobody needs once the page is written."""
        self.markdown = self.content = None
        self.toc, self.meta = TableOfContents([]), {}


def refusal(error: PlanError) -> PluginError:
    """Return *error* as MkDocs tells it."""
    unwritten = any(problem.code == "not-written" for problem in error.problems)
    what = "the site cannot be written" if unwritten else "the plan has problems"
    return PluginError(f"{what}; the site is left as it was\n\n{error}")


def _anchors(headings: Iterable[Heading]) -> Iterable[AnchorLink]:
    for heading in headings:
        anchor = AnchorLink(
            escape(heading.title, quote=False), heading.id, heading.level
        )  # as MkDocs gives them
        anchor.children = list(_anchors(heading.below))
        yield anchor
