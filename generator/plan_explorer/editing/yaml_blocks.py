"""Find the lines of entries and keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from plan_explorer.documents.document import Document, Key


@dataclass(frozen=True)
class Block:
    """The lines of an entry or key, from 0."""

    start: int
    """The first line, including comments directly above."""
    head: int
    """The line of the key or dash."""
    end: int
    column: int
    """The column of the key or dash."""


def node_at(document: Document, key: Key) -> yaml.Node | None:
    """Return the node of the value at *key*, or None."""
    node: Any = document.root
    for step in key:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node if isinstance(node, yaml.Node) else None


def key_of(mapping: yaml.Node, name: str) -> yaml.Node | None:
    """Return the node of the key *name* in *mapping*."""
    if not isinstance(mapping, yaml.MappingNode):
        return None
    return next((key for key, _ in mapping.value if key.value == name), None)


def is_flow(node: yaml.Node) -> bool:
    """Return whether *node* is written in brackets or braces."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def last_line(node: yaml.Node, lines: list[str]) -> int:
    """Return the last line with content of *node* itself."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return _last_of_text(node, lines)
    if isinstance(node, yaml.CollectionNode) and not is_flow(node) and node.value:
        last = node.value[-1]
        if isinstance(last, tuple):
            key, value = last
            return max(last_line(key, lines), last_line(value, lines))
        return last_line(last, lines)
    return int(node.end_mark.line)


def _last_of_text(node: yaml.ScalarNode, lines: list[str]) -> int:
    """Return the last non-empty line of a block text."""
    last = int(node.end_mark.line) - (0 if node.end_mark.column else 1)
    while last > node.start_mark.line and not lines[last].strip():
        last -= 1
    return last


def members(node: yaml.Node, lines: list[str]) -> Iterator[tuple[Block, Any]]:
    """Yield the block of every entry or key."""
    if not isinstance(node, yaml.CollectionNode) or is_flow(node):
        return
    sequence = isinstance(node, yaml.SequenceNode)
    column = node.start_mark.column
    parts = node.value
    heads = [_dash(each, lines, column) if sequence else each[0].start_mark.line for each in parts]
    ends = [last_line(each if sequence else each[1], lines) + 1 for each in parts]
    for at, part in enumerate(parts):
        until = heads[at + 1] if at + 1 < len(parts) else len(lines)
        end = _include_trailing_comments(lines, ends[at], until, column)
        floor = _include_trailing_comments(lines, ends[at - 1], heads[at], column) if at else 0
        yield Block(_include_leading_comments(lines, heads[at], floor), heads[at], end, column), part


def _dash(node: yaml.Node, lines: list[str], column: int) -> int:
    """Return the line of the dash before *node*."""
    line = int(node.start_mark.line)
    while line > 0 and lines[line][column : column + 1] != "-":
        line -= 1
    return line


def _include_trailing_comments(lines: list[str], end: int, until: int, column: int) -> int:
    """Return *end* moved past comments indented deeper than *column*."""
    last = end
    for number in range(end, until):
        line = lines[number]
        if not line.strip():
            continue
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
            break
        last = number + 1
    return last


def _include_leading_comments(lines: list[str], head: int, floor: int) -> int:
    """Return *head* moved above the comments directly before it."""
    start = head
    while start > floor and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def indent_lines(lines: list[str], by: int) -> list[str]:
    """Return *lines* indented by *by* columns, or dedented if negative."""
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    cut = -by
    return [line[min(cut, len(line) - len(line.lstrip(" "))) :] for line in lines]
