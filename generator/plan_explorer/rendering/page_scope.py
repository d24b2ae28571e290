"""Know the page that is being written: where it is, and how others are reached from it."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plan_explorer.evidence.texts import Texts
from plan_explorer.model.entities import Entity, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import Address, Addresses, Locator
from plan_explorer.site.urls import built, relative

Place = Entity | Strand | Address | str
"""Anything with an address: an entity, a strand, a place, or the path of a page or file."""


@dataclass(frozen=True)
class MarkdownLinks:
    """How the Markdown of a page leads to others."""

    built: bool = False
    """Whether to the built page, for engines that leave links as they are, and not to its file."""
    index: str = "index.md"
    """What the file of the first page of a folder is called."""

    def file(self, path: str) -> str:
        """Return the file of the page that is planned at *path*."""
        folder, name = posixpath.split(path)
        return posixpath.join(folder, self.index) if name == "index.md" else path


FILE_LINKS = MarkdownLinks()


@dataclass(frozen=True)
class PageScope:
    """The page at *path*, within the site of a plan."""

    plan: Plan
    addresses: Addresses
    hues: Mapping[str, int]
    path: str
    directory_urls: bool = False
    markdown_links: MarkdownLinks = FILE_LINKS
    texts: Texts = field(default_factory=dict)
    root: str = ""
    """The folder that the plan stands in, seen from where *path* begins: only a page by hand is above it."""
    report_to: str = ""
    """Where readers report faults, up to the subject."""

    def address(self, place: Place) -> Address:
        """Return the address of *place*."""
        if isinstance(place, Address):
            return place
        if isinstance(place, Strand):
            return self.addresses.strand(place)
        if isinstance(place, Entity):
            return self.addresses.of(place)
        path, _, anchor = place.partition("#")
        return Address(path, anchor)

    def to_markdown(self, place: Place) -> str:
        """Return the path of *place*, as seen from the Markdown file of the page."""
        address = self.address(place)
        if address.anchor and address.path == self.path:
            return f"#{address.anchor}"
        if self.markdown_links.built:
            return self.to_built(address)
        path = self.markdown_links.file(address.path)
        return _with(address.anchor, relative(path, self._folder))

    def to_built(self, place: Place) -> str:
        """Return the path of *place*, as seen from the built page."""
        address = self.address(place)
        near = relative(self.root + self.built(address.path), self._built_folder)
        if self.directory_urls and near != "." and address.path.endswith(".md"):
            near += "/"
        return _with(address.anchor, near)

    @cached_property
    def _folder(self) -> str:
        return posixpath.dirname(self.path)

    @cached_property
    def _built_folder(self) -> str:
        return posixpath.dirname(self.built(self.path))

    def built(self, path: str) -> str:
        """Return the address of the built page or file of *path*, from the top of the site."""
        return built(path, directory_urls=self.directory_urls) if path.endswith(".md") else path

    def locator(self, citation: Citation) -> Locator:
        """Return how *citation* is named, short and long."""
        return self.addresses.locator(citation)


def _with(anchor: str, path: str) -> str:
    return f"{path}#{anchor}" if anchor else path


def hue_class(hues: Mapping[str, int], id: str) -> str:
    """Return the class that gives the hue of the entity called *id*, after a space, or nothing."""
    return f" px-h-{hues[id]}" if id in hues else ""


def code_of(entity: Entity) -> str:
    """Return the code of *entity*, or nothing."""
    return entity.code or "" if isinstance(entity, Item) else ""
