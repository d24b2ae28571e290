"""Every place in which an id is written: in entries, in citations, and on pages written by hand."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from plan_explorer.diagnostics.problems import Location
from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import Workspace
from plan_explorer.editing.yaml_blocks import node_at
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.model.entities import Actor, Entity, Item, Source, View
from plan_explorer.model.statements import MARK
from plan_explorer.site.addresses import Addresses

_BLOCK = re.compile(r"<!--\s*plan-explorer:(?P<words>[^>]*)-->")
_LINK = re.compile(r"\]\((?P<url>[^)\s]+)")

NAMED = "ID"
"""What stands for the place of an id within the words around it."""


@dataclass(frozen=True)
class Reference:
    """A place in a file that names an entry; positions count characters of its plain text, from 0."""

    file: str
    start: int
    end: int
    holder: str = ""
    """The id of the entry in which it stands; nothing for plan.yaml and for pages."""
    key: Key = ()
    """The way to it in its file, if it is a value of its own."""

    def location(self, workspace: Workspace) -> Location:
        """Return the place as it is told to an author."""
        before = workspace.text(self.file)[: self.start]
        line = before.count("\n")
        path = posixpath.normpath(f"{workspace.shown}/{self.file}")
        return Location(path, line + 1, len(before) - before.rfind("\n"))

    def replaced(self, by: str) -> Splice:
        """Return the edit that names another entry here."""
        return Splice(self.start, self.end, by)


def references(workspace: Workspace, id: str) -> list[Reference]:
    """Return every place outside its own entry's ``id`` and ``formerly`` that names *id*."""
    found = [*_keys(workspace, id), *_pages(workspace, id)]
    if isinstance(workspace.plan[id], Source):
        found += _citations(workspace, id)
    return sorted(set(found), key=lambda each: (each.file, each.start))


def _keys(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield the values that are *id* and nothing else."""
    for entry in workspace.plan.entries.values():
        for key, named in _fields(entry.entity):
            if named == id:
                yield from _value(workspace, entry.document, (*entry.key, *key), id, entry.entity.id)
    settings = workspace.plan.settings
    fields: list[tuple[Key, str]] = [(("primary",), settings.primary)]
    fields += [(("removed", at, "replaced_by"), gone.replaced_by) for at, gone in enumerate(settings.removed)]
    for key, named in fields:
        if named == id:
            yield from _value(workspace, workspace.documents[SETTINGS], key, id, "")


def _fields(entity: Entity) -> Iterator[tuple[Key, str]]:
    """Yield every id that *entity* names, and where."""
    for at, relation in enumerate(entity.relations):
        yield ("relations", at, relation.kind), relation.target
    if isinstance(entity, Item | Actor) and entity.under:
        yield ("under",), entity.under
    if isinstance(entity, Item):
        for at, parent in enumerate(entity.also_under):
            yield ("also_under", at), parent
    if isinstance(entity, View):
        for at, group in enumerate(entity.groups):
            if group.item:
                yield ("groups", at, "item"), group.item
            for number, member in enumerate(group.members):
                yield ("groups", at, "members", number), member


def _value(workspace: Workspace, document: Document, key: Key, id: str, holder: str) -> Iterator[Reference]:
    node = node_at(document, key)
    if node is not None:
        file = workspace.name_of(document)
        start, end = node.start_mark.index, node.end_mark.index
        at = workspace.text(file).find(id, start, end)
        if at >= 0:
            yield Reference(file, at, at + len(id), holder, key)


def _citations(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield every citation of the source *id*: in running text, and listed under ``cites``."""
    for name, document in workspace.documents.items():
        if document.root is not None:
            yield from _cited(workspace.text(name), document.root, id, name, listed=False)


def _cited(text: str, node: yaml.Node, id: str, file: str, *, listed: bool) -> Iterator[Reference]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _cited(text, value, id, file, listed=key.value == "cites")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _cited(text, value, id, file, listed=listed)
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        spans = [(start, end)] if listed else _marks(text, start, end)
        for first, last in spans:
            yield from _sources(text, first, last, id, file)


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in MARK.finditer(text, start, end):
        yield mark.start(1), mark.end(1)


def _sources(text: str, start: int, end: int, id: str, file: str) -> Iterator[Reference]:
    """Yield where *id* stands as the source of a citation: first, or after a semicolon."""
    pattern = re.compile(rf"(?:^|;)[\s'\"]*@?(?P<{NAMED}>{re.escape(id)})(?=[\s#;'\"]|$)")
    for match in pattern.finditer(text[start:end]):
        yield Reference(file, start + match.start(NAMED), start + match.end(NAMED))


def _pages(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield what names *id* on pages written by hand: citations, links to its page, blocks."""
    address = Addresses(workspace.plan).of(workspace.plan[id])
    for name in workspace.files:
        if name.endswith(".md"):
            text = workspace.text(name)
            for start, end in _marks(text, 0, len(text)):
                yield from _sources(text, start, end, id, name)
            for match in _BLOCK.finditer(text):
                yield from _words(text, match.start("words"), match.end("words"), id, name)
            folder = posixpath.dirname(name.removeprefix("../"))
            for match in _LINK.finditer(text):
                path, _, anchor = match["url"].partition("#")
                if path and posixpath.normpath(posixpath.join(folder, path)) == address.path:
                    own = match.start("url") if not address.anchor else match.start("url") + len(path)
                    if not address.anchor or anchor == address.anchor:
                        yield from _words(text, own, match.end("url"), id, name)


def _words(text: str, start: int, end: int, id: str, file: str) -> Iterator[Reference]:
    """Yield where *id* stands as a word of its own."""
    for match in re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])").finditer(text, start, end):
        yield Reference(file, match.start(), match.end())
