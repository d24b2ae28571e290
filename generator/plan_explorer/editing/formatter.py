"""Write a file in one form: keys in order, two columns a level, one empty line between entries."""

from collections.abc import Iterable

import yaml

from plan_explorer.documents.document import Document, Key, parse_document
from plan_explorer.editing.key_order import order_of, rank
from plan_explorer.editing.workspace import Workspace
from plan_explorer.editing.yaml_blocks import Block, indented, is_flow, key_of, last_line, members
from plan_explorer.model.settings import Settings

STEP = 2
"""Columns a level."""


def format_files(workspace: Workspace) -> Workspace:
    """Return *workspace* with every file in one form; what it says, and every comment, is as before."""
    edited = workspace
    for name, document in workspace.documents.items():
        text = _File(document, workspace.plan.settings).text()
        again, problems = parse_document(text, document.path)
        if problems or again.data != document.data or _comments(again) != _comments(document):
            raise AssertionError(f"formatting would change the meaning of {document.path}")
        edited = edited.put(name, text)
    return edited


def _comments(document: Document) -> list[str]:
    return sorted(line.strip() for line in document.lines if line.lstrip().startswith("#"))


class _File:
    """A file that is being laid out."""

    def __init__(self, document: Document, settings: Settings) -> None:
        self.lines, self.root, self.settings = document.lines, document.root, settings

    def text(self) -> str:
        if not isinstance(self.root, yaml.MappingNode) or is_flow(self.root):
            return _joined(self.lines)
        parts = self._mapping(self.root, 0, ())
        end = last_line(self.root, self.lines) + 1
        done = max((block.end for block, _ in members(self.root, self.lines)), default=end)
        return _joined([*parts, *self._between(done, len(self.lines), 0)])

    # --- collections

    def _mapping(self, node: yaml.MappingNode, column: int, key: Key) -> list[str]:
        """Return the lines of a mapping, its keys in their order and in *column*."""
        order = order_of(key, self.settings)
        parts: list[tuple[int, list[str], list[str]]] = []
        found = list(members(node, self.lines))
        for at, (block, (name, value)) in enumerate(found):
            before = found[at - 1][0].end if at else (0 if not key else block.head)
            lead = self._between(before, block.head, column)
            body = self._member(block, name, value, column, (*key, name.value))
            parts.append((rank(name.value, order) if order else 0, lead, body))
        parts.sort(key=lambda part: part[0])
        if parts and parts[0][1][:1] == [""]:
            parts[0] = (parts[0][0], parts[0][1][1:], parts[0][2])
        apart = not key and all(isinstance(value, yaml.SequenceNode) for _, value in node.value)
        lines: list[str] = []
        for _, lead, body in parts:
            if apart and lines and lead[:1] != [""]:
                lines.append("")
            lines += [*lead, *body]
        return lines

    def _member(self, block: Block, name: yaml.Node, value: yaml.Node, column: int, key: Key) -> list[str]:
        """Return the lines of a key with its value, and of the comments below that belong to it."""
        start = name.start_mark.column
        last = last_line(value, self.lines)
        tail = self._below(self._done(value, last + 1), block.end, column - start)
        if self._is_block(value) and value.start_mark.line > block.head:
            head = " " * column + self.lines[block.head][start:].rstrip()
            return [head, *self._inner(value, block.head + 1, column + STEP, key), *tail]
        shifted = indented(self.lines[block.head : last + 1], column - start)
        shifted[0] = " " * column + self.lines[block.head][start:]
        return [*_bare_ends(shifted, value), *tail]

    def _inner(self, value: yaml.Node, first: int, column: int, key: Key) -> list[str]:
        """Return the lines of a collection that begins below its key, with what stands in between."""
        head = next(block.head for block, _ in members(value, self.lines))
        lead = [line for line in self._between(first, head, column) if line]
        if isinstance(value, yaml.SequenceNode):
            return [*lead, *self._sequence(value, column, key)]
        assert isinstance(value, yaml.MappingNode)
        return [*lead, *self._mapping(value, column, key)]

    def _sequence(self, node: yaml.SequenceNode, column: int, key: Key) -> list[str]:
        """Return the lines of a list, its dashes in *column*."""
        lines: list[str] = []
        found = list(members(node, self.lines))
        for at, (block, item) in enumerate(found):
            lead = self._between(found[at - 1][0].end, block.head, column) if at else []
            body = self._item(block, item, column, (*key, at))
            if at and len(key) == 1 and key_of(item, "id") and not is_flow(item) and lead[:1] != [""]:
                lead = ["", *lead]
            lines += [*lead, *body]
        return lines

    def _item(self, block: Block, item: yaml.Node, column: int, key: Key) -> list[str]:
        last = last_line(item, self.lines)
        tail = self._below(self._done(item, last + 1), block.end, column - block.column)
        if isinstance(item, yaml.MappingNode) and self._is_block(item):
            lines = self._mapping(item, column + STEP, key)
            at = next(n for n, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
            above = [" " * column + line.lstrip() for line in lines[:at]]
            first = " " * column + "- " + lines[at][column + STEP :]
            return [*above, first, *lines[at + 1 :], *tail]
        shifted = indented(self.lines[block.head : last + 1], column - block.column)
        return [*_bare_ends(shifted, item), *tail]

    # --- lines

    def _done(self, node: yaml.Node, end: int) -> int:
        """Return the line up to which *node* is written with all that belongs to its parts; else *end*."""
        return max((block.end for block, _ in members(node, self.lines)), default=end)

    @staticmethod
    def _is_block(node: yaml.Node) -> bool:
        return isinstance(node, yaml.CollectionNode) and not is_flow(node) and bool(node.value)

    def _between(self, start: int, end: int, column: int) -> list[str]:
        """Return the comments from *start* to *end* in *column*, with at most one empty line in a row."""
        found: list[str] = []
        for line in self.lines[start:end]:
            if line.strip():
                found.append(" " * column + line.strip() if line.lstrip().startswith("#") else line.rstrip())
            elif not found or found[-1]:
                found.append("")
        return found

    def _below(self, start: int, end: int, shift: int) -> list[str]:
        return [line.rstrip() for line in indented(self.lines[start:end], shift)]


def _bare_ends(lines: list[str], value: yaml.Node) -> list[str]:
    """Return *lines* without blanks at their ends, where these are no part of a text."""
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        return [lines[0].rstrip(), *lines[1:]]
    return [line.rstrip() for line in lines]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
