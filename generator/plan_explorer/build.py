"""The pipeline, from a folder of YAML files to the pages and files of a site, in memory."""

import gc
import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plan_explorer import (
    exports,
    feed,
    finding,
    glance,
    hues,
    ledger,
    overview,
    redirects,
    render,
    revisions,
    search,
    seen,
    strips,
)
from plan_explorer.addresses import CHANGES, Address, Addresses
from plan_explorer.assets import read_assets
from plan_explorer.checks import check
from plan_explorer.exports import schema_org
from plan_explorer.history import History, history
from plan_explorer.load import load
from plan_explorer.page import Page, Stop
from plan_explorer.pages import Arranger, hue_groups, hue_numbers
from plan_explorer.plan import Plan
from plan_explorer.problems import Location, PlanError, Problem, in_order
from plan_explorer.render import Rendered, Renderer
from plan_explorer.source import Document, read
from plan_explorer.writing import built

VERSIONS = "versions"
"""The folder beside that of the plan in which older versions are kept, each as its plan.json."""
HUES = "assets/px/hues.css"
MARK = "assets/px/mark.svg"
"""The sign of the plan, drawn from its map."""
STYLES = ("assets/px/theme.css", "assets/px/components.css", "assets/px/pictures.css", HUES)
"""The style sheets of every page, in the order in which they count."""


@dataclass(frozen=True)
class Checked:
    """A sound plan, and what could be better about it."""

    plan: Plan
    warnings: list[Problem]
    published: list[ledger.Published]
    """Ids and addresses that readers may have noted."""
    documents: Mapping[str, Document]
    """The files that were read, by their path within the folder."""


@dataclass(frozen=True)
class Site:
    """Everything a site is made of, before any of it is written."""

    checked: Checked
    warnings: list[Problem]
    pages: list[Rendered]
    files: Mapping[str, bytes]
    """Other files, by their path in the site."""
    taken: Mapping[str, bytes]
    """The plan in other formats, by their path in the site."""
    describe: Callable[[Page], schema_org.Node]
    """Tells what a page is about, as JSON-LD."""
    nav: list[Stop]
    renderer: Renderer

    @property
    def plan(self) -> Plan:
        return self.checked.plan


def checked(folder: Path, shown: str = "", last: Checked | None = None) -> Checked:
    """Return the plan in *folder*, called *shown* in messages.

    Files and entities that say the same as in *last* are the same objects again. What is wrong, and where,
    does not depend on it.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    shown = shown or folder.as_posix()
    with _no_collection():
        documents, unread = read(folder, shown, last.documents if last else None)
        plan, problems = load(documents, shown, last.plan if last else None)
        if plan is None or unread or problems:
            raise PlanError(unread + problems)
        published, lost = ledger.kept(plan, folder, shown)
        if lost:
            raise PlanError(lost)
        warnings = in_order(check(plan))
        for document in documents.values():
            document.pack()
        return Checked(plan, warnings, published, documents)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do without the search for garbage: a plan is a million small objects, and all of them stay.

    They count as old afterwards, or the first object that is made next would have all of them searched.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def build(
    folder: Path,
    shown: str = "",
    *,
    overrides: Path | None = None,
    directory_urls: bool = False,
    base: str = "",
    formats: Collection[str] = exports.NAMES,
    last: Checked | None = None,
) -> Site:
    """Return the site of the plan in *folder*, and of its older versions beside it; no page is written yet.

    Args:
        folder: where the YAML files are.
        shown: what to call the folder in messages.
        overrides: a folder of templates that win over the built-in ones of the same name.
        directory_urls: whether pages are addressed as ``a/`` instead of ``a.html``.
        base: where the site is published, if that is known.
        formats: ids of the formats in which the plan can be taken away.
        last: the sound plan of the last build of the same process, from which the new one takes what was
            not edited.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    gc.unfreeze()  # the plan of an earlier build
    sound = checked(folder, shown, last)
    gc.freeze()
    versions = revisions.kept(folder.parent / VERSIONS, posixpath.join(posixpath.dirname(shown), VERSIONS))
    arranger = _arranger(sound.plan, history(versions, sound.plan))
    env = render.environment(overrides)
    moves = redirects.moves(sound.plan, arranger.addresses, sound.published)
    renderer = Renderer(sound.plan, arranger, env, directory_urls, moves)
    source = _source(sound.plan, arranger.addresses, base, directory_urls=directory_urls)
    offers = exports.offers(source, formats)
    pages = [renderer.page(page) for page in (*arranger.pages(), *_data(arranger, source, offers))]
    shared = [rendered.page for rendered in pages if not rendered.page.entity]
    files = dict(_files(sound.plan, arranger, shared, directory_urls=directory_urls))
    files |= _changes(arranger, base, directory_urls=directory_urls)
    files |= _redirects(renderer, [rendered.page.path for rendered in pages])
    warnings = sound.warnings + list(_missing(offers))
    describe = schema_org.Describer(source, offers.sizes).page
    return Site(sound, warnings, pages, files, offers.files, describe, arranger.nav(), renderer)


def exportable(folder: Path, base: str = "") -> exports.Source:
    """Return the plan in *folder* as exports want it; *base* is where its site is published.

    Raises:
        PlanError: with every problem found, if the plan is not sound.
    """
    plan = checked(folder).plan
    return _source(plan, Addresses(plan), base, directory_urls=False)


def _data(arranger: Arranger, source: exports.Source, offers: exports.Offers) -> Iterator[Page]:
    """Yield the page that lists the formats, if there are any."""
    if offers.each:
        yield arranger.data(offers=offers.each, hash=source.hash, install=exports.INSTALL)


def _missing(offers: exports.Offers) -> Iterator[Problem]:
    """Yield a warning if formats are wanted whose libraries are not installed."""
    if offers.missing:
        names = ", ".join(f"{format.id} ({format.library})" for format in offers.missing)
        hint = f"{exports.INSTALL}; or name the formats you want under 'exports' in mkdocs.yml"
        message = f"a library is missing for these formats: {names}"
        yield Problem("no-library", message, Location("mkdocs.yml"), hint, warning=True)


def _source(plan: Plan, addresses: Addresses, base: str, *, directory_urls: bool) -> exports.Source:
    return exports.Source(plan, addresses, _url(directory_urls=directory_urls), base)


def _url(*, directory_urls: bool) -> Callable[[Address], str]:
    """Return what gives the address of a built page, from the top of the site."""

    def url(address: Address) -> str:
        path = built(address.path, directory_urls=directory_urls)
        return f"{path}#{address.anchor}" if address.anchor else path

    return url


def _arranger(plan: Plan, past: History | None) -> Arranger:
    return Arranger(plan, Addresses(plan), hue_numbers(plan), past)


def _changes(arranger: Arranger, base: str, *, directory_urls: bool) -> dict[str, bytes]:
    """Return the feed of changes, and what marks need; nothing if no version is kept."""
    plan, past = arranger.plan, arranger.history
    if past is None:
        return {}
    url = _url(directory_urls=directory_urls)

    def address(path: str) -> str:
        page = url(Address(path)) if path.endswith(".md") else path
        return f"{base.rstrip('/')}/{page}" if base else posixpath.relpath(page, posixpath.dirname(feed.PATH))

    def entry(id: str) -> str:
        return url(arranger.addresses.of(plan[id]))

    return {
        feed.PATH: feed.feed(plan, past, address),
        seen.PATH: seen.data(past, entry, url(Address(CHANGES))),
    }


def _files(
    plan: Plan, arranger: Arranger, shared: list[Page], *, directory_urls: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the style sheets, scripts and data that the pages use; *shared* are the pages of no one entry."""
    for path, content in read_assets(render.builtin_templates() / "assets"):
        yield f"assets/{path}", content
    yield HUES, hues.stylesheet(_hues(plan)).encode()
    grid = [part for part in overview.outline(plan) if part.strand.map == "grid"]
    yield glance.TERMS, glance.script(plan)
    yield MARK, strips.mark([len(row.members) for part in grid for row in part.rows]).encode()

    url = _url(directory_urls=directory_urls)
    own = (search.Entry(url(Address(p.path)), "Page", p.title, text=p.description) for p in shared)
    yield from search.index_files([*finding.entries(plan, arranger.addresses, url), *own]).items()


def _redirects(renderer: Renderer, pages: list[str]) -> dict[str, bytes]:
    """Return what leads on from the addresses of pages that are no more."""
    url = _url(directory_urls=renderer.directory_urls)
    found = redirects.forwards(renderer.moves, pages, renderer.plan.title, url)
    files = {forward.file: renderer.forward(forward) for forward in found}
    return {
        path: text.encode() for path, text in {**files, **redirects.rules(renderer.moves, pages, url)}.items()
    }


def _hues(plan: Plan) -> list[hues.Hue]:
    given = [hues.from_colour(colour) for colour in plan.settings.hues]
    spread = hues.spread(hue_groups(plan))
    return given + spread[len(given) :]
