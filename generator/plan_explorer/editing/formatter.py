"""Format files: sorted keys, fixed indentation, empty lines between entries."""

from collections.abc import Iterable

import yaml

from plan_explorer.documents.document import Document, Key, parse_document
from plan_explorer.documents.plan_files import is_csv
from plan_explorer.editing.key_order import get_key_order, rank
from plan_explorer.editing.workspace import Workspace
from plan_explorer.editing.yaml_blocks import Block, indent_lines, is_flow, key_of, last_line, members
from plan_explorer.model.settings import Settings

INDENT = 2
"""Columns per level."""


def format_files(workspace: Workspace) -> Workspace:
    """Return *workspace* with every file formatted."""
    edited = workspace
    for name, document in workspace.documents.items():
        if is_csv(name):
            continue
        text = _FileLayout(document, workspace.plan.settings).text()
        again, problems = parse_document(text, document.path)
        if problems or again.data != document.data or _comments(again) != _comments(document):
            raise AssertionError(f"formatting would change the meaning of {document.path}")
        edited = edited.put(name, text)
    return edited


def _comments(document: Document) -> list[str]:
    return sorted(line.strip() for line in document.lines if line.lstrip().startswith("#"))


class _FileLayout:
    """A formatter for one file."""

    def __init__(self, document: Document, settings: Settings) -> None:
        self.lines, self.root, self.settings = document.lines, document.root, settings

    def text(self) -> str:
        if not isinstance(self.root, yaml.MappingNode) or is_flow(self.root):
            return _join_lines(self.lines)
        parts = self._mapping(self.root, 0, ())
        end = last_line(self.root, self.lines) + 1
        done = max((block.end for block, _ in members(self.root, self.lines)), default=end)
        return _join_lines([*parts, *self._comments_between(done, len(self.lines), 0)])

    # --- collections

    def _mapping(self, node: yaml.MappingNode, column: int, key: Key) -> list[str]:
        """Return a mapping's lines with its keys in order."""
        order = get_key_order(key, self.settings)
        parts: list[tuple[int, list[str], list[str]]] = []
        blocks = list(members(node, self.lines))
        for at, (block, (name, value)) in enumerate(blocks):
            before = blocks[at - 1][0].end if at else (0 if not key else block.head)
            lead = self._comments_between(before, block.head, column)
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
        """Return a key's lines, with its value and comments."""
        start = name.start_mark.column
        last = last_line(value, self.lines)
        tail = self._below(self._end_of_parts(value, last + 1), block.end, column - start)
        if self._is_block(value) and value.start_mark.line > block.head:
            head = " " * column + self.lines[block.head][start:].rstrip()
            return [head, *self._block_value(value, block.head + 1, column + INDENT, key), *tail]
        shifted = indent_lines(self.lines[block.head : last + 1], column - start)
        shifted[0] = " " * column + self.lines[block.head][start:]
        return [*_strip_ends(shifted, value), *tail]

    def _block_value(self, value: yaml.Node, first: int, column: int, key: Key) -> list[str]:
        """Return the lines of a value below its key."""
        head = next(block.head for block, _ in members(value, self.lines))
        lead = [line for line in self._comments_between(first, head, column) if line]
        if isinstance(value, yaml.SequenceNode):
            return [*lead, *self._sequence(value, column, key)]
        assert isinstance(value, yaml.MappingNode)
        return [*lead, *self._mapping(value, column, key)]

    def _sequence(self, node: yaml.SequenceNode, column: int, key: Key) -> list[str]:
        """Return a list's lines with dashes at *column*."""
        lines: list[str] = []
        blocks = list(members(node, self.lines))
        for at, (block, item) in enumerate(blocks):
            lead = self._comments_between(blocks[at - 1][0].end, block.head, column) if at else []
            body = self._item(block, item, column, (*key, at))
            if at and len(key) == 1 and key_of(item, "id") and not is_flow(item) and lead[:1] != [""]:
                lead = ["", *lead]
            lines += [*lead, *body]
        return lines

    def _item(self, block: Block, item: yaml.Node, column: int, key: Key) -> list[str]:
        last = last_line(item, self.lines)
        tail = self._below(self._end_of_parts(item, last + 1), block.end, column - block.column)
        if isinstance(item, yaml.MappingNode) and self._is_block(item):
            lines = self._mapping(item, column + INDENT, key)
            at = next(n for n, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
            above = [" " * column + line.lstrip() for line in lines[:at]]
            first = " " * column + "- " + lines[at][column + INDENT :]
            return [*above, first, *lines[at + 1 :], *tail]
        shifted = indent_lines(self.lines[block.head : last + 1], column - block.column)
        return [*_strip_ends(shifted, item), *tail]

    # --- lines

    def _end_of_parts(self, node: yaml.Node, end: int) -> int:
        """Return the line after the last part of *node*."""
        return max((block.end for block, _ in members(node, self.lines)), default=end)

    @staticmethod
    def _is_block(node: yaml.Node) -> bool:
        return isinstance(node, yaml.CollectionNode) and not is_flow(node) and bool(node.value)

    def _comments_between(self, start: int, end: int, column: int) -> list[str]:
        """Return the comments between two lines, with single empty lines."""
        comments: list[str] = []
        for line in self.lines[start:end]:
            if line.strip():
                comments.append(
                    " " * column + line.strip() if line.lstrip().startswith("#") else line.rstrip()
                )
            elif not comments or comments[-1]:
                comments.append("")
        return comments

    def _below(self, start: int, end: int, shift: int) -> list[str]:
        return [line.rstrip() for line in indent_lines(self.lines[start:end], shift)]


def _strip_ends(lines: list[str], value: yaml.Node) -> list[str]:
    """Return *lines* without trailing blanks, except in block text."""
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        return [lines[0].rstrip(), *lines[1:]]
    return [line.rstrip() for line in lines]


def _join_lines(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
