"""Render the files of a site that are not pages: styles, scripts, search, feed, redirects."""

import json
import posixpath
from collections.abc import Iterator, Sequence

from plan_explorer.model.plan import Plan
from plan_explorer.package_files import builtin_templates
from plan_explorer.rendering import colours
from plan_explorer.rendering.assets import read_assets
from plan_explorer.rendering.renderer import RenderedPage, Renderer
from plan_explorer.rendering.svg import coverage
from plan_explorer.site import cards, redirects, search_entries
from plan_explorer.site.addresses import CHANGES, Address
from plan_explorer.site.planner import hue_groups
from plan_explorer.site.search_index import SearchEntry
from plan_explorer.site.urls import UrlOf
from plan_explorer.site.views import overview
from plan_explorer.translation import Catalogue, gettext
from plan_explorer.versions import atom_feed, visit_marks

HUES = "assets/px/hues.css"
MARK = "assets/px/mark.svg"
"""The icon of the plan, drawn from its map."""
STYLES = ("assets/px/theme.css", "assets/px/components.css", "assets/px/pictures.css", HUES)
"""The style sheets of every page, in the order in which they count."""
OTHER_THEME = "assets/px/other-theme.css"
"""The style sheet of pages in a theme that is not ours, which holds those of every page."""
WORDS = "assets/px/words.js"
"""What scripts say."""
SCRIPTS = ("assets/px/scheme.js", WORDS, "assets/px/theme.js", "assets/px/search.js", "assets/px/cite.js")
"""The scripts that components use; each loads others where a page needs them."""


def render_files(
    renderer: Renderer, pages: Sequence[RenderedPage], url: UrlOf, base: str
) -> dict[str, bytes]:
    """Return the files that go with *pages*, by their paths from the top of the plan.

    Args:
        renderer: renders pages that only send a reader on.
        pages: all pages of the site.
        url: gives the address of a built page, from the top of the plan.
        base: where the plan is published, if that is known.

    Raises:
        PlanError: ``template``, if the template of a redirect is at fault.
    """
    return {
        **dict(_assets(renderer.plan, renderer.catalogue)),
        **dict(_cards(renderer, url)),
        **_changes(renderer, url, base),
        **_forwards(renderer, [rendered.page.path for rendered in pages], url),
    }


def _assets(plan: Plan, catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    assets = {f"assets/{path}": content for path, content in read_assets(builtin_templates() / "assets")}
    if catalogue.for_scripts:
        words = json.dumps(catalogue.for_scripts, ensure_ascii=False, separators=(",", ":"))
        assets[WORDS] += f"\npxWords.learn({words});\n".encode()
    yield from assets.items()
    given = [colours.from_colour(colour) for colour in plan.settings.hues]
    spread = colours.spread(hue_groups(plan))
    yield HUES, colours.stylesheet(given + spread[len(given) :]).encode()
    grid = [part for part in overview.outline(plan) if part.strand.map == "grid"]
    yield MARK, coverage.mark([len(row.members) for part in grid for row in part.rows]).encode()


def _cards(renderer: Renderer, url: UrlOf) -> Iterator[tuple[str, bytes]]:
    planner = renderer.planner
    yield from cards.scripts(planner.plan, planner.addresses, planner.hues, renderer.texts, url)


def find_entries(renderer: Renderer, pages: Sequence[RenderedPage], url: UrlOf) -> Iterator[SearchEntry]:
    """Yield what a search can find of a plan: entries, passages and the *pages* of neither."""
    yield from search_entries.entries(renderer.plan, renderer.planner.addresses, url, renderer.texts)
    for page in (rendered.page for rendered in pages):
        if not page.entity:
            address = url(Address(page.path))
            yield SearchEntry(
                address, gettext("Page"), page.title, text=page.description, words=page.search, sort="page"
            )


def _changes(renderer: Renderer, url: UrlOf, base: str) -> dict[str, bytes]:
    """Return the feed of changes, and what marks need; nothing if no version is kept."""
    plan, past = renderer.plan, renderer.planner.history
    if past is None:
        return {}

    def address(path: str) -> str:
        page = url(Address(path)) if path.endswith(".md") else path
        if base:
            return f"{base.rstrip('/')}/{page}"
        return posixpath.relpath(page, posixpath.dirname(atom_feed.PATH))

    def entry(id: str) -> str:
        return url(renderer.planner.addresses.of(plan[id]))

    return {
        atom_feed.PATH: atom_feed.feed(plan, past, address),
        visit_marks.PATH: visit_marks.data(past, entry, url(Address(CHANGES))),
    }


def _forwards(renderer: Renderer, pages: list[str], url: UrlOf) -> dict[str, bytes]:
    """Return what leads on from the addresses of pages that are no more, or never were."""
    forwards = redirects.cut(renderer.plan, renderer.planner.addresses, pages, url)
    forwards += redirects.forwards(renderer.moves, pages, renderer.plan.title, url)
    return {forward.file: renderer.forward(forward).encode() for forward in forwards}
