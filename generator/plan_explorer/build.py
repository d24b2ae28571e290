"""Build a site, in memory, from a folder of YAML files."""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from plan_explorer.checking.catalogues import check_catalogues
from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.exporters import registry, schema_org
from plan_explorer.exporters.base import ExportSource
from plan_explorer.loading.checked_plan import CheckedPlan, load_plan
from plan_explorer.model.plan import Plan
from plan_explorer.rendering.page_scope import FILE_LINKS, MarkdownLinks
from plan_explorer.rendering.renderer import RenderedPage, Renderer
from plan_explorer.rendering.site_files import find_entries, render_files
from plan_explorer.rendering.templates import templates, unused
from plan_explorer.site import fault_reports, redirects
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.counterparts import OtherPlan
from plan_explorer.site.page import NavLink, Page
from plan_explorer.site.planner import SitePlanner, hue_numbers
from plan_explorer.site.search_index import SearchEntry, index_files
from plan_explorer.site.urls import url_of
from plan_explorer.translation import WORDS, Catalogue, read_catalogue, said_in, speaking
from plan_explorer.versions.history import build_history
from plan_explorer.versions.read import read_versions

VERSIONS = "versions"
"""The folder beside that of the plan in which older versions are kept, each as its plan.json."""


@dataclass(frozen=True)
class Site:
    """Everything a site is made of, before any of it is written."""

    checked: CheckedPlan
    warnings: list[Problem]
    pages: list[RenderedPage]
    """Rendered when they are asked for."""
    own_files: Mapping[str, bytes]
    """Other files, by their path, but for those of which a web site has one, whatever plans it holds."""
    search: Callable[[], Iterable[SearchEntry]]
    """Returns what a search can find."""
    moved: list[tuple[str, str]]
    """The old address of each page that is no more, and its new one."""
    base: str
    """Where the site is published, if that is known."""
    offers: registry.Offers
    """The plan in other formats."""
    offers_markdown: bool
    """Whether the Markdown of each page lies beside it."""
    describe: Callable[[Page], schema_org.Node]
    """Tells what a page is about, as JSON-LD."""
    nav: list[NavLink]
    renderer: Renderer

    @property
    def plan(self) -> Plan:
        return self.checked.plan

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Other files, by their path in the site, if it holds this plan only."""
        return {**self.own_files, **index_files(self.search()), **redirects.rules(self.moved, self.base)}

    @property
    def exports(self) -> Mapping[str, bytes]:
        """The plan in other formats, by their path in the site; made when they are first asked for."""
        return self.offers.files


def build(
    folder: Path,
    shown: str = "",
    *,
    overrides: Path | None = None,
    directory_urls: bool = False,
    base: str = "",
    formats: Collection[str] | None = None,
    markdown_links: MarkdownLinks = FILE_LINKS,
    exports_later: bool = False,
    checked: CheckedPlan | None = None,
    others: Collection[Plan] = (),
    compared: Sequence[OtherPlan] = (),
    repository: str = "",
    edition: str = "",
    original: Renderer | None = None,
) -> Site:
    """Return the site of the plan in *folder* and of its older versions; no page is rendered yet.

    Args:
        folder: where the YAML files are.
        shown: what to call the folder in messages.
        overrides: a folder of templates that win over the built-in ones of the same name.
        directory_urls: whether pages are addressed as ``a/`` instead of ``a.html``.
        base: where the site is published, if that is known.
        formats: ids of the formats in which the plan can be taken away; all that are installed unless given.
        markdown_links: how the Markdown of pages leads to others; only plain links can be laid out.
        exports_later: whether no page but that of the formats may ask for them, as that takes time.
        checked: the plan, if it was loaded already.
        others: the other plans of the same web site.
        compared: those that the plan is compared with.
        repository: where faults are reported, unless the plan has a contact.
        edition: the language in which the plan is told, unless it is the first.
        original: what renders the plan in its first language, if this is another edition.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    checked = checked or load_plan(folder, shown)
    if edition:
        checked = replace(checked, plan=checked.editions[edition])
    versions = posixpath.join(posixpath.dirname(shown), VERSIONS)
    kept = {} if original else read_versions(folder.parent / VERSIONS, versions)
    wanted = registry.installed() if formats is None else formats
    catalogue, odd_messages = _catalogue(checked.plan, overrides)
    with speaking(catalogue):
        planner = replace(
            _plan_site(checked.plan, kept.values(), original),
            others=compared,
            whole_tables=registry.whole_tables(wanted),
        )
        url = partial(url_of, directory_urls=directory_urls)
        source = ExportSource(checked.plan, planner.addresses, url, base, catalogue)
        offers = registry.offers(source, wanted)
        moves = redirects.moves(checked.plan, planner.addresses, checked.published)
        report_to = fault_reports.report_to(checked.plan.settings.contact, repository)
        renderer = Renderer(
            planner,
            templates(overrides),
            directory_urls,
            moves,
            markdown_links,
            checked.texts,
            report_to,
            catalogue,
            original,
        )
        pages = [renderer.page(page) for page in (*planner.pages(), *_data(planner, source, offers))]
        return Site(
            checked,
            [
                *checked.warnings,
                *_missing(offers),
                *(unused(overrides) if overrides else ()),
                *odd_messages,
                *_of_others(kept, [checked.plan, *others]),
            ],
            pages,
            render_files(renderer, pages, url, base),
            said_in(catalogue, lambda: list(find_entries(renderer, pages, url))),
            redirects.pairs(moves, [rendered.page.path for rendered in pages], url),
            base,
            offers,
            "pages" in wanted,
            said_in(catalogue, schema_org.Describer(source, () if exports_later else offers.sizes).page),
            planner.nav(),
            renderer,
        )


def _catalogue(plan: Plan, overrides: Path | None) -> tuple[Catalogue, list[Problem]]:
    """Return the words of the interface in the language of *plan*, and warnings about those of *overrides*.

    Raises:
        PlanError: ``template``, if a file of *overrides* is no catalogue; ``bad-message``, for every message
            in one that cannot be said.
    """
    try:
        catalogue = read_catalogue(plan.settings.language, overrides)
        found = list(check_catalogues(overrides)) if overrides and (overrides / WORDS).is_dir() else []
    except ValueError as error:
        raise PlanError([Problem("template", str(error), Location(WORDS))]) from error
    if faults := [each for each in found if not each.warning]:
        raise PlanError(faults)
    return catalogue, found


def exportable(folder: Path, base: str = "") -> ExportSource:
    """Return the plan in *folder* as exports want it; *base* is where its site is published.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    plan = load_plan(folder).plan
    url = partial(url_of, directory_urls=False)
    return ExportSource(plan, Addresses(plan), url, base, read_catalogue(plan.settings.language))


def _plan_site(plan: Plan, kept: Iterable[Plan], original: Renderer | None) -> SitePlanner:
    """Plan the pages of *plan*, and those that tell what changed since *kept* versions of it.

    Versions are compared in the first language, which all of them have: once, for *original*.
    """
    versions = [each for each in kept if each.settings.id == plan.settings.id]
    history = original.planner.history if original else build_history(versions, plan.first_edition)
    return SitePlanner(plan, Addresses(plan), hue_numbers(plan), history)


def _of_others(kept: Mapping[str, Plan], plans: Sequence[Plan]) -> Iterator[Problem]:
    """Yield a warning for each version in *kept* that is of none of *plans*."""
    ids = {plan.settings.id for plan in plans}
    for path, version in kept.items():
        if version.settings.id not in ids:
            message = f"this is a version of '{version.settings.id}', and is not compared"
            hint = f"the id of the plan is '{plans[0].settings.id}' (in plan.yaml); move the file away"
            yield Problem("other-version", message, Location(path), hint, warning=True)


def _data(planner: SitePlanner, source: ExportSource, offers: registry.Offers) -> Iterator[Page]:
    """Yield the page that lists the formats, if there are any."""
    if offers.each:
        yield planner.data(offers=offers.each, hash=source.hash, install=registry.INSTALL)


def _missing(offers: registry.Offers) -> Iterator[Problem]:
    """Yield a warning if formats are wanted whose libraries are not installed."""
    if offers.missing:
        names = ", ".join(f"{format.id} ({format.library})" for format in offers.missing)
        hint = f"{registry.INSTALL}; or name the formats you want under 'exports' in mkdocs.yml"
        message = f"a library is missing for these formats: {names}"
        yield Problem("no-library", message, Location("mkdocs.yml"), hint, warning=True)
