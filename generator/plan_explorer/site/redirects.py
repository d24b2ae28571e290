"""Redirect old addresses by pages, anchors and server rules."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from plan_explorer.checking.published_ids import PublishedId
from plan_explorer.model.entities import Entity
from plan_explorer.model.paths import encoded
from plan_explorer.model.plan import Plan
from plan_explorer.site.addresses import HOME, Address, Addresses
from plan_explorer.site.urls import UrlOf
from plan_explorer.translation import gettext

NGINX = "redirects/nginx.conf"
STATIC_HOST = "_redirects"


@dataclass(frozen=True)
class Move:
    """An old address, and the entry to redirect to."""

    old: Address
    entity: Entity
    new: Address
    same: bool
    """Whether it is the same entry, so that anchors on its page are still valid."""
    statements: Mapping[str, Address] = field(default_factory=dict)
    """Anchors of its statements on the old page, and where these are now."""

    @property
    def anchors(self) -> list[str]:
        """Everything that leads from the old page to another."""
        left = [anchor for anchor, new in self.statements.items() if new != Address(self.old.path, anchor)]
        return [self.old.anchor, *left]


@dataclass(frozen=True)
class Forward:
    """A page that redirects readers; its URLs are relative."""

    file: str
    """The path of the HTML file in the site."""
    title: str
    to: str
    keep: bool
    """Whether anchors on the old page also exist on the new one."""
    places: Mapping[str, str]
    """Anchors of the old page that are now elsewhere, with their URLs."""
    top: str
    """The root of the site relative to the page, with a final slash unless empty."""
    says: str
    """What the link to the new page says."""


def moves(plan: Plan, addresses: Addresses, published: Iterable[PublishedId]) -> list[Move]:
    """Return every address that is no longer valid."""
    moves: dict[Address, Move] = {}
    for old, id, entity, same in _old_addresses(plan, addresses, published):
        new = addresses.of(entity)
        own = old.anchor in (new.anchor or entity.id, *entity.formerly)
        listed = own and old.path in addresses.listing(entity)
        at_home = listed or (old.path == new.path and (not new.anchor or own))
        if old != new and not at_home and old not in moves:
            statements = _statements(plan, addresses, id, entity if same else None)
            prefix = f"{old.anchor}-" if old.anchor else ""
            places = {f"{prefix}{at}": place for at, place in statements.items()}
            moves[old] = Move(old, entity, new, same, places)
    return sorted(moves.values(), key=lambda move: (move.old.path, move.old.anchor))


def _statements(plan: Plan, addresses: Addresses, id: str, now: Entity | None) -> dict[str, Address]:
    """Return where everything is that was said of the entry that had *id*, and of what it is *now*."""
    published = plan.statement_addresses.published
    places = dict(published.get(id, {}))
    if now:
        today = {ref.address: ref.place for ref in plan.said[now.id] if ref.published}
        places = {**published.get(now.id, {}), **today, **places}
    return {address: addresses.statement(place) for address, place in places.items()}


def _old_addresses(
    plan: Plan, addresses: Addresses, published: Iterable[PublishedId]
) -> Iterator[tuple[Address, str, Entity, bool]]:
    """Yield old addresses with the ids that had them and the entries they lead to."""
    for gone in plan.settings.removed:
        yield _address(gone.address), gone.id, plan[gone.replaced_by], False
    for old, entity in addresses.former():
        yield former_address(addresses.of(entity), entity, old), old, entity, True
    heirs, removed = plan.successors, {gone.id for gone in plan.settings.removed}
    for each in published:
        id = each.id if each.id in plan else heirs.get(each.id, "")
        if id in plan:
            yield _address(each.address), each.id, plan[id], each.id not in removed


def former_address(now: Address, entity: Entity, old: str) -> Address:
    """Return the address *entity* would have under its *old* id."""
    if now.anchor:
        return Address(now.path, old)
    return Address(re.sub(rf"/{re.escape(entity.id)}(?=/index\.md$|\.md$)", f"/{old}", now.path))


def _address(text: str) -> Address:
    path, _, anchor = text.partition("#")
    return Address(path, anchor)


def departed(moves: Iterable[Move]) -> dict[str, list[Move]]:
    """Return the moves away from anchors, by page."""
    left: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        if move.old.anchor:
            left[move.old.path].append(move)
    return dict(left)


def forwards(
    moves: Iterable[Move], pages: Iterable[str], title: Callable[[Entity], str], url: UrlOf
) -> list[Forward]:
    """Return the pages that replace those no longer there."""
    there = set(pages)
    by_page: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        if move.old.path not in there:
            by_page[move.old.path].append(move)
    return [_forward(each, title, url) for _, each in sorted(by_page.items())]


def cut(plan: Plan, addresses: Addresses, pages: Iterable[str], url: UrlOf) -> list[Forward]:
    """Return the pages of folders that have none, for addresses that a reader cut off: ``steps/``.

    That of a level leads to its strand, any other to the overview.
    """
    strands = {level.place: plan.settings.strand_of(level.id) for level in plan.settings.levels.values()}
    found = []
    for folder in pageless(pages):
        strand = strands.get(folder)
        target = addresses.strand(strand) if strand else Address(HOME)
        file = _file(url(Address(f"{folder}/index.md")))
        to = posixpath.relpath(url(target) or ".", folder)
        to += "/" if not url(target) or url(target).endswith("/") else ""
        title = strand.name if strand else plan.settings.site_name
        top = "../" * (folder.count("/") + 1)
        found.append(Forward(file, title, to, False, {}, top, gettext("Go to: %(title)s", title=title)))
    return found


def pageless(pages: Iterable[str]) -> list[str]:
    """Return the folders of *pages* that have no page of their own."""
    there = set(pages)
    folders = {folder for path in there for folder in _above(path)}
    return sorted(folder for folder in folders if f"{folder}/index.md" not in there)


def _above(path: str) -> Iterator[str]:
    """Yield the folders above *path*."""
    while path := posixpath.dirname(path):
        yield path


def _forward(moves: list[Move], title: Callable[[Entity], str], url: UrlOf) -> Forward:
    first = next((move for move in moves if not move.old.anchor), moves[0])
    file = _file(url(Address(first.old.path)))
    folder = posixpath.dirname(file)
    page = first.new.path

    def near(address: Address) -> str:
        path, _, anchor = url(address).partition("#")
        way = posixpath.relpath(path or ".", folder or ".") + ("/" if path.endswith("/") else "")
        return f"{way}#{anchor}" if anchor else way

    there = {move.old.anchor: move.new for move in moves if move.old.anchor}
    there |= {anchor: new for move in moves for anchor, new in move.statements.items()}
    places = {
        anchor: near(new)
        for anchor, new in there.items()
        if not (first.same and new == Address(page, anchor))
    }
    to = first.new if not first.old.anchor else Address(page)
    top = posixpath.relpath(".", folder or ".")
    top = "" if top == "." else f"{top}/"
    says = gettext("This page has a new address.")
    return Forward(file, title(first.entity), near(to), first.same, places, top, says)


def _file(url: str) -> str:
    return f"{url}index.html" if url.endswith("/") or not url else url


def pairs(moves: Iterable[Move], pages: Iterable[str], url: UrlOf) -> list[tuple[str, str]]:
    """Return the old address of each page that is no more, and its new one."""
    there = set(pages)
    gone = [move for move in moves if move.old.path not in there and not move.old.anchor]
    return [(encoded(_strip_index(url(move.old))), encoded(_strip_index(url(move.new)))) for move in gone]


def rules(pairs: Sequence[tuple[str, str]], base: str = "") -> dict[str, bytes]:
    """Return rules for servers that would rather answer by themselves, by the path of the file.

    The files exist even if empty, so that servers can be configured once. Hosts with one file for all their
    folders need the path of *base*, where the site is published.
    """
    prefix = encoded(unquote(urlsplit(base).path).strip("/"))
    top = f"/{prefix}/" if prefix else "/"
    return {NGINX: _nginx(pairs).encode(), STATIC_HOST: _static_host(pairs, top).encode()}


def _strip_index(url: str) -> str:
    """Return *url* without the index file that servers add."""
    path, mark, anchor = url.partition("#")
    folder, slash, name = path.rpartition("/")
    return (folder + slash if name == "index.html" else path) + mark + anchor


def _nginx(pairs: Sequence[tuple[str, str]]) -> str:
    lines = [
        "# Old addresses, for nginx: include this file in the server block that serves the site.",
        "# It works at the top of a host and in a folder; without it, small pages send readers on.",
    ]
    for old, new in pairs:
        page = re.escape(old).replace("\\-", "-")
        index = "(?:index\\.html)?" if old.endswith("/") else ""
        # No empty segment at the start: an address that begins with '//host' would lead to another host.
        lines.append(f'location ~ "^((?:/[\\w.~-]+)*)/{page}{index}$" {{ return 301 $1/{new}; }}')
    return "\n".join([*lines, ""])


def _static_host(pairs: Sequence[tuple[str, str]], top: str) -> str:
    lines = ["# Old addresses, for hosts that read this file at the top of a site."]
    return "\n".join([*lines, *(f"{top}{old} {top}{new} 301" for old, new in pairs), ""])
