"""The pipeline, from a folder of YAML files to the pages and files of a site, in memory."""

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.exporters import registry, schema_org
from plan_explorer.exporters.base import ExportSource
from plan_explorer.loading.checked_plan import CheckedPlan, load_plan
from plan_explorer.model.plan import Plan
from plan_explorer.rendering import colours
from plan_explorer.rendering.renderer import Rendered, Renderer, builtin_templates, environment
from plan_explorer.rendering.svg import coverage
from plan_explorer.site import redirects, search_entries, term_cards
from plan_explorer.site.addresses import CHANGES, Address, Addresses
from plan_explorer.site.page import NavLink, Page
from plan_explorer.site.planner import SitePlanner, hue_groups, hue_numbers
from plan_explorer.site.search_index import SearchEntry, index_files
from plan_explorer.site.urls import built
from plan_explorer.site.views import overview
from plan_explorer.versions import atom_feed, visit_marks
from plan_explorer.versions.history import History, build_history
from plan_explorer.versions.read import read_versions

VERSIONS = "versions"
"""The folder beside that of the plan in which older versions are kept, each as its plan.json."""
HUES = "assets/px/hues.css"
MARK = "assets/px/mark.svg"
"""The sign of the plan, drawn from its map."""
STYLES = ("assets/px/theme.css", "assets/px/components.css", "assets/px/pictures.css", HUES)
"""The style sheets of every page, in the order in which they count."""


@dataclass(frozen=True)
class Site:
    """Everything a site is made of, before any of it is written."""

    checked: CheckedPlan
    warnings: list[Problem]
    pages: list[Rendered]
    files: Mapping[str, bytes]
    """Other files, by their path in the site."""
    taken: Mapping[str, bytes]
    """The plan in other formats, by their path in the site."""
    describe: Callable[[Page], schema_org.Node]
    """Tells what a page is about, as JSON-LD."""
    nav: list[NavLink]
    renderer: Renderer

    @property
    def plan(self) -> Plan:
        return self.checked.plan


def build(
    folder: Path,
    shown: str = "",
    *,
    overrides: Path | None = None,
    directory_urls: bool = False,
    base: str = "",
    formats: Collection[str] = registry.NAMES,
) -> Site:
    """Return the site of the plan in *folder*, and of its older versions beside it; no page is written yet.

    Args:
        folder: where the YAML files are.
        shown: what to call the folder in messages.
        overrides: a folder of templates that win over the built-in ones of the same name.
        directory_urls: whether pages are addressed as ``a/`` instead of ``a.html``.
        base: where the site is published, if that is known.
        formats: ids of the formats in which the plan can be taken away.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    sound = load_plan(folder, shown)
    versions = read_versions(folder.parent / VERSIONS, posixpath.join(posixpath.dirname(shown), VERSIONS))
    arranger = _arranger(sound.plan, build_history(versions, sound.plan))
    env = environment(overrides)
    moves = redirects.moves(sound.plan, arranger.addresses, sound.published)
    renderer = Renderer(sound.plan, arranger, env, directory_urls, moves)
    source = _source(sound.plan, arranger.addresses, base, directory_urls=directory_urls)
    offers = registry.offers(source, formats)
    pages = [renderer.page(page) for page in (*arranger.pages(), *_data(arranger, source, offers))]
    shared = [rendered.page for rendered in pages if not rendered.page.entity]
    files = dict(_files(sound.plan, arranger, shared, directory_urls=directory_urls))
    files |= _changes(arranger, base, directory_urls=directory_urls)
    files |= _redirects(renderer, [rendered.page.path for rendered in pages])
    warnings = sound.warnings + list(_missing(offers))
    describe = schema_org.Describer(source, offers.sizes).page
    return Site(sound, warnings, pages, files, offers.files, describe, arranger.nav(), renderer)


def exportable(folder: Path, base: str = "") -> ExportSource:
    """Return the plan in *folder* as exports want it; *base* is where its site is published.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    plan = load_plan(folder).plan
    return _source(plan, Addresses(plan), base, directory_urls=False)


def _data(arranger: SitePlanner, source: ExportSource, offers: registry.Offers) -> Iterator[Page]:
    """Yield the page that lists the formats, if there are any."""
    if offers.each:
        yield arranger.data(offers=offers.each, hash=source.hash, install=registry.INSTALL)


def _missing(offers: registry.Offers) -> Iterator[Problem]:
    """Yield a warning if formats are wanted whose libraries are not installed."""
    if offers.missing:
        names = ", ".join(f"{format.id} ({format.library})" for format in offers.missing)
        hint = f"{registry.INSTALL}; or name the formats you want under 'exports' in mkdocs.yml"
        message = f"a library is missing for these formats: {names}"
        yield Problem("no-library", message, Location("mkdocs.yml"), hint, warning=True)


def _source(plan: Plan, addresses: Addresses, base: str, *, directory_urls: bool) -> ExportSource:
    return ExportSource(plan, addresses, _url(directory_urls=directory_urls), base)


def _url(*, directory_urls: bool) -> Callable[[Address], str]:
    """Return what gives the address of a built page, from the top of the site."""

    def url(address: Address) -> str:
        path = built(address.path, directory_urls=directory_urls)
        return f"{path}#{address.anchor}" if address.anchor else path

    return url


def _arranger(plan: Plan, past: History | None) -> SitePlanner:
    return SitePlanner(plan, Addresses(plan), hue_numbers(plan), past)


def _changes(arranger: SitePlanner, base: str, *, directory_urls: bool) -> dict[str, bytes]:
    """Return the feed of changes, and what marks need; nothing if no version is kept."""
    plan, past = arranger.plan, arranger.history
    if past is None:
        return {}
    url = _url(directory_urls=directory_urls)

    def address(path: str) -> str:
        page = url(Address(path)) if path.endswith(".md") else path
        return (
            f"{base.rstrip('/')}/{page}"
            if base
            else posixpath.relpath(page, posixpath.dirname(atom_feed.PATH))
        )

    def entry(id: str) -> str:
        return url(arranger.addresses.of(plan[id]))

    return {
        atom_feed.PATH: atom_feed.feed(plan, past, address),
        visit_marks.PATH: visit_marks.data(past, entry, url(Address(CHANGES))),
    }


def _files(
    plan: Plan, arranger: SitePlanner, shared: list[Page], *, directory_urls: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the style sheets, scripts and data that the pages use; *shared* are the pages of no one entry."""
    assets = builtin_templates() / "assets"
    for path in sorted(assets.rglob("*")):
        if path.is_file():
            yield f"assets/{path.relative_to(assets).as_posix()}", path.read_bytes()
    yield HUES, colours.stylesheet(_hues(plan)).encode()
    grid = [part for part in overview.outline(plan) if part.strand.map == "grid"]
    yield term_cards.TERMS, term_cards.script(plan)
    yield MARK, coverage.mark([len(row.members) for part in grid for row in part.rows]).encode()

    url = _url(directory_urls=directory_urls)
    own = (SearchEntry(url(Address(p.path)), "Page", p.title, text=p.description) for p in shared)
    yield from index_files([*search_entries.entries(plan, arranger.addresses, url), *own]).items()


def _redirects(renderer: Renderer, pages: list[str]) -> dict[str, bytes]:
    """Return what leads on from the addresses of pages that are no more."""
    url = _url(directory_urls=renderer.directory_urls)
    found = redirects.forwards(renderer.moves, pages, renderer.plan.title, url)
    files = {forward.file: renderer.forward(forward) for forward in found}
    return {
        path: text.encode() for path, text in {**files, **redirects.rules(renderer.moves, pages, url)}.items()
    }


def _hues(plan: Plan) -> list[colours.Hue]:
    given = [colours.from_colour(colour) for colour in plan.settings.hues]
    spread = colours.spread(hue_groups(plan))
    return given + spread[len(given) :]
