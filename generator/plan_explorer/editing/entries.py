"""Entries taken out of a file as whole lines, and put into one."""

import posixpath
from collections.abc import Sequence

import yaml

from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import SCHEMA, Workspace, refuse
from plan_explorer.editing.yaml_blocks import Block, indented, is_flow, key_of, members, node_at

INDENT = 2
"""Columns from the key of a collection to the dashes of its entries."""


def offset(lines: Sequence[str], line: int) -> int:
    """Return the position at which *line* begins; behind the last line, that of the end."""
    return sum(len(each) + 1 for each in lines[:line]) - (1 if line >= len(lines) else 0)


def taken_out(workspace: Workspace, file: str, key: Key) -> tuple[Workspace, list[str]]:
    """Return *workspace* without the entry at *key* of *file*, and its lines, the dash in the first column.

    Raises:
        PlanError: ``cannot-edit``, if it is written in brackets.
    """
    document = workspace.documents[file]
    block = block_of(document, key)
    lines = document.lines[block.start : block.end]
    alone = len(_list_at(document, key[:-1]).value) == 1
    start, end = block.start, block.end
    if alone and len(key) == 2:
        whole = block_of(document, key[:-1])
        # What stands at the very top is about the file, and not about the collection.
        start, end = (whole.head if whole.start == 0 else whole.start), whole.end
    edited = workspace.apply_edits({file: [without(document.lines, start, end)]})
    left = holds_more(edited.text(file))
    edited = edited if left else edited.put(file, None)
    return edited, indented(lines, -block.column)


def holds_more(text: str) -> bool:
    """Tell whether anything but comments is left of *text*."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def without(lines: list[str], start: int, end: int) -> Splice:
    """Return the edit that takes out the lines from *start* to *end*, and an empty line with them."""
    while end < len(lines) and not lines[end].strip() and end < len(lines) - 1:
        end += 1
    if end >= len(lines) - 1:  # nothing follows: the file ends with what stands before
        while start > 0 and not lines[start - 1].strip():
            start -= 1
    return Splice(offset(lines, start), offset(lines, end), "")


def block_of(document: Document, key: Key) -> Block:
    """Return the lines of the entry, or of the key with its value, at *key*.

    Raises:
        PlanError: ``cannot-edit``, if it stands in brackets or braces.
    """
    above = node_at(document, key[:-1])
    if above is not None and not is_flow(above):
        for at, (block, part) in enumerate(members(above, document.lines)):
            name = part[0].value if isinstance(part, tuple) else at
            if name == key[-1]:
                return block
    raise refuse(
        "this is written in brackets and cannot be moved", document.locate(key), "write it as a list"
    )


def _list_at(document: Document, key: Key) -> yaml.SequenceNode:
    node = node_at(document, key)
    assert isinstance(node, yaml.SequenceNode)
    return node


def put_in(
    workspace: Workspace, file: str, collection: Key, lines: list[str], after: int | None
) -> tuple[Workspace, int]:
    """Return *workspace* with an entry more, and the line, from 1, on which it begins.

    Args:
        workspace: the files.
        file: the file to put it in, which need not exist.
        collection: the key of its list.
        lines: the entry, its dash in the first column.
        after: the entry of that list it is to follow; the last if not given, -1 for none.

    Raises:
        PlanError: ``cannot-edit``, if the list is written in brackets.
    """
    document = workspace.documents.get(file)
    if document is None or document.root is None or key_of(document.root, str(collection[0])) is None:
        return _begun(workspace, file, str(collection[0]), lines)
    node = node_at(document, collection)
    if node is None or is_flow(node):
        raise refuse(
            "this list is written in brackets", document.locate(collection), "write one entry per line"
        )
    blocks = [block for block, _ in members(node, document.lines)]
    at = len(blocks) - 1 if after is None else after
    line = blocks[at].end if at >= 0 else blocks[0].start
    body = indented(lines, blocks[0].column)
    apart = len(blocks) < 2 or any(not document.lines[block.end].strip() for block in blocks[:-1])
    if apart:
        body = ["", *body] if at >= 0 else [*body, ""]
    position = offset(document.lines, line)
    start = "\n" if line >= len(document.lines) else ""
    splice = Splice(position, position, start + "\n".join(body) + "\n")
    return workspace.apply_edits({file: [splice]}), line + _dash(body)


def _begun(workspace: Workspace, file: str, collection: str, lines: list[str]) -> tuple[Workspace, int]:
    """Return *workspace* with a list more at the end of *file*, and the line of its entry."""
    text = workspace.text(file)
    top = text.rstrip("\n") if text else _modeline(workspace, file)
    body = [*([top, ""] if top else []), f"{collection}:", *indented(lines, INDENT)]
    before = body[: len(body) - len(lines)]
    return workspace.put(file, "\n".join([*body, ""])), "\n".join(before).count("\n") + 1 + _dash(lines)


def _dash(lines: list[str]) -> int:
    return next(
        (at for at, line in enumerate("\n".join(lines).split("\n"), 1) if line.lstrip().startswith("- ")), 1
    )


def _modeline(workspace: Workspace, file: str) -> str:
    if f"{SCHEMA}/content.json" not in workspace.files:
        return ""
    schema = posixpath.relpath(f"{SCHEMA}/content.json", posixpath.dirname(file) or ".")
    return f"# yaml-language-server: $schema={schema}"
