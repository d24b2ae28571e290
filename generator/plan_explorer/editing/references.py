"""Find every place that names an id."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from plan_explorer.diagnostics.problems import Location
from plan_explorer.documents.csv_rows import CsvRows
from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import Workspace
from plan_explorer.editing.yaml_blocks import key_of, node_at
from plan_explorer.loading.loader import SETTINGS
from plan_explorer.model.entities import Actor, Comparison, Crosswalk, Entity, Item, Source, View
from plan_explorer.model.indicators import Indicator
from plan_explorer.model.statements import MARK
from plan_explorer.site.addresses import Addresses

_BLOCK = re.compile(r"<!--\s*plan-explorer:(?P<words>[^>]*)-->")
_LINK = re.compile(r"\]\((?P<url>[^)\s]+)")

ID_GROUP = "ID"
"""The name of the group that matches the id."""


@dataclass(frozen=True)
class Reference:
    """A place that names an entry.

    Positions count characters of plain text from 0.
    """

    file: str
    start: int
    end: int
    holder: str = ""
    """The id of the entry that contains it; empty for plan.yaml and pages."""
    key: Key = ()
    """The key in its file, if it is a value of its own."""

    def location(self, workspace: Workspace) -> Location:
        """Return the place for a message."""
        before = workspace.text(self.file)[: self.start]
        line = before.count("\n")
        path = posixpath.normpath(f"{workspace.shown}/{self.file}")
        return Location(path, line + 1, len(before) - before.rfind("\n"))

    def replace(self, by: str) -> Splice:
        """Return the edit that names another entry here."""
        return Splice(self.start, self.end, by)


def find_references(workspace: Workspace, id: str) -> list[Reference]:
    """Return every place that names *id*, except its definition."""
    places = [*_find_values(workspace, id), *_find_in_pages(workspace, id)]
    entity = workspace.plan[id]
    if isinstance(entity, Source):
        places += _find_all_citations(workspace, id)
    elif isinstance(entity, Item):
        places += _find_own_rows(workspace, entity)
    return sorted(set(places), key=lambda each: (each.file, each.start))


def _find_values(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield the values that consist of *id*."""
    for entry in workspace.plan.entries.values():
        for key, named in _fields(entry.entity):
            if named == id:
                yield from _find_value(workspace, entry.document, (*entry.key, *key), id, entry.entity.id)
        for key in _mappings(entry.entity):
            yield from _find_key(workspace, entry.document, (*entry.key, *key), id, entry.entity.id)
    settings = workspace.plan.settings
    fields: list[tuple[Key, str]] = [(("primary",), settings.primary)]
    fields += [(("removed", at, "replaced_by"), gone.replaced_by) for at, gone in enumerate(settings.removed)]
    for key, named in fields:
        if named == id:
            yield from _find_value(workspace, workspace.documents[SETTINGS], key, id, "")


def _fields(entity: Entity) -> Iterator[tuple[Key, str]]:
    """Yield every id that *entity* names, with its key."""
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
    if isinstance(entity, Comparison):
        for key, row in entity.rows:
            for number, item in enumerate(row.items):
                yield (*key, "items", number), item
    if isinstance(entity, Crosswalk):
        yield ("source",), entity.source
        for at, pair in enumerate(entity.pairs):
            yield ("pairs", at, "entry"), pair.entry


def _mappings(entity: Entity) -> Iterator[Key]:
    """Yield the key of every mapping of *entity* whose keys are ids."""
    if isinstance(entity, Comparison):
        yield ("sources",)
        yield from ((*key, "sides") for key, _ in entity.rows)


def _find_value(
    workspace: Workspace, document: Document, key: Key, id: str, holder: str
) -> Iterator[Reference]:
    node = node_at(document, key)
    if node is not None:
        file = workspace.name_of(document)
        at = workspace.text(file).find(id, node.start_mark.index, node.end_mark.index)
        if at >= 0:
            yield Reference(file, at, at + len(id), holder, key)


def _find_key(
    workspace: Workspace, document: Document, key: Key, id: str, holder: str
) -> Iterator[Reference]:
    mapping = node_at(document, key)
    node = key_of(mapping, id) if mapping is not None else None
    if node is not None:
        file = workspace.name_of(document)
        at = workspace.text(file).find(id, node.start_mark.index, node.end_mark.index)
        yield Reference(file, at, at + len(id), holder, (*key, id))


def _find_all_citations(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield every citation of the source *id*."""
    for name, document in workspace.documents.items():
        if isinstance(document, CsvRows):
            yield from _find_in_table(workspace, document, id)
        elif document.root is not None:
            yield from _find_citations(workspace.text(name), document.root, id, name, listed=False)


def _find_in_table(workspace: Workspace, document: CsvRows, id: str) -> Iterator[Reference]:
    """Yield every citation of the source *id* in a file of values."""
    name, column = workspace.name_of(document), document.columns.get("cites", "")
    for at, row in enumerate(document.data or ()):
        if id in row.get(column, ""):
            yield from _find_sources(workspace.text(name), *document.cell(at, column), id, name)


def find_rows(workspace: Workspace, item: Item) -> Iterator[tuple[CsvRows, int, Indicator]]:
    """Yield every row of the indicators of *item* in files of values, with its indicator."""
    for indicator in item.indicators:
        document = workspace.documents.get(indicator.values_file)
        if isinstance(document, CsvRows):
            column, called = document.columns.get("indicator", ""), indicator.id or item.id
            for at, row in enumerate(document.data or ()):
                if row.get(column, "") == called:
                    yield document, at, indicator


def _find_own_rows(workspace: Workspace, item: Item) -> Iterator[Reference]:
    """Yield where files of values name *item* in place of an indicator without an id of its own."""
    for document, at, indicator in find_rows(workspace, item):
        if not indicator.id:
            name = workspace.name_of(document)
            cell = document.cell(at, document.columns["indicator"])
            start = workspace.text(name).index(item.id, *cell)
            yield Reference(name, start, start + len(item.id), item.id)


def _find_citations(text: str, node: yaml.Node, id: str, file: str, *, listed: bool) -> Iterator[Reference]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _find_citations(text, value, id, file, listed=key.value in ("cites", "seen"))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _find_citations(text, value, id, file, listed=listed)
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        spans = [(start, end)] if listed else _citation_spans(text, start, end)
        for first, last in spans:
            yield from _find_sources(text, first, last, id, file)


def _citation_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in MARK.finditer(text, start, end):
        yield mark.start(1), mark.end(1)


def _find_sources(text: str, start: int, end: int, id: str, file: str) -> Iterator[Reference]:
    """Yield the places where *id* is cited."""
    pattern = re.compile(rf"(?:^|;)[\s'\"]*@?(?P<{ID_GROUP}>{re.escape(id)})(?=[\s#;'\"]|$)")
    for match in pattern.finditer(text[start:end]):
        yield Reference(file, start + match.start(ID_GROUP), start + match.end(ID_GROUP))


def _find_in_pages(workspace: Workspace, id: str) -> Iterator[Reference]:
    """Yield the places that name *id* on handwritten pages."""
    address = Addresses(workspace.plan).of(workspace.plan[id])
    for name in workspace.files:
        if name.endswith(".md"):
            text = workspace.text(name)
            for start, end in _citation_spans(text, 0, len(text)):
                yield from _find_sources(text, start, end, id, name)
            for match in _BLOCK.finditer(text):
                yield from _find_words(text, match.start("words"), match.end("words"), id, name)
            folder = posixpath.dirname(name.removeprefix("../"))
            for match in _LINK.finditer(text):
                path, _, anchor = match["url"].partition("#")
                if path and posixpath.normpath(posixpath.join(folder, path)) == address.path:
                    own = match.start("url") if not address.anchor else match.start("url") + len(path)
                    if not address.anchor or anchor == address.anchor:
                        yield from _find_words(text, own, match.end("url"), id, name)


def _find_words(text: str, start: int, end: int, id: str, file: str) -> Iterator[Reference]:
    """Yield the places where *id* is a whole word."""
    for match in re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])").finditer(text, start, end):
        yield Reference(file, match.start(), match.end())
