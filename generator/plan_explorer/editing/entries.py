"""Remove and insert entries as whole lines."""

import posixpath
from collections.abc import Collection, Iterable, Sequence

import yaml

from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import SCHEMA, Workspace, refuse
from plan_explorer.editing.yaml_blocks import Block, indent_lines, is_flow, key_of, members, node_at

INDENT = 2
"""Columns from a collection's key to the dashes of its entries."""


def line_offset(lines: Sequence[str], line: int) -> int:
    """Return the position where *line* starts."""
    return sum(len(each) + 1 for each in lines[:line]) - (1 if line >= len(lines) else 0)


def take_entry(workspace: Workspace, file: str, key: Key) -> tuple[Workspace, list[str]]:
    """Return *workspace* without an entry, and the entry's lines, unindented.

    Raises:
        PlanError: ``cannot-edit``, if it is written in brackets.
    """
    document = workspace.documents[file]
    block = find_block(document, key)
    lines = document.lines[block.start : block.end]
    edited = workspace.apply_edits({file: delete_parts(document, {key})})
    left = has_content(edited.text(file))
    edited = edited if left else edited.put(file, None)
    return edited, indent_lines(lines, -block.column)


def delete_parts(document: Document, keys: Collection[Key]) -> list[Splice]:
    """Return the edits that delete members of lists, and lists of which nothing is left.

    Raises:
        PlanError: ``cannot-edit``, if one is written in brackets.
    """
    lines, doomed = document.lines, set[int]()
    for above in {key[:-1] for key in keys}:
        members = [key for key in keys if key[:-1] == above]
        whole = len(members) == len(_list_at(document, above).value)
        for key in [above] if whole else members:
            block = find_block(document, key)
            # Comments at the very top are about the file, not the collection.
            start = block.head if whole and block.start == 0 else block.start
            doomed |= set(range(*_with_blank_lines(lines, start, block.end)))
    edges = [line for line in range(len(lines) + 1) if (line in doomed) != (line - 1 in doomed)]
    return [
        Splice(line_offset(lines, start), line_offset(lines, end), "")
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def add_below_id(document: Document, key: Key, text: str, field: str) -> Splice:
    """Return the edit that adds *field* after an entry's id.

    Args:
        document: the file of the entry.
        key: the key of the entry.
        text: the text of the file.
        field: the key with its value, as one line of YAML.
    """
    mapping, id = node_at(document, key), node_at(document, (*key, "id"))
    assert mapping is not None
    assert id is not None
    if is_flow(mapping):
        return Splice(id.end_mark.index, id.end_mark.index, f", {field}")
    name = key_of(mapping, "id")
    assert name is not None
    end = text.find("\n", id.end_mark.index)
    end = len(text) if end < 0 else end
    return Splice(end, end, f"\n{' ' * name.start_mark.column}{field}")


def has_content(text: str) -> bool:
    """Return whether *text* has anything but comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def delete_lines(lines: list[str], start: int, end: int) -> Splice:
    """Return the edit that deletes lines, with the empty ones that would be left between others."""
    start, end = _with_blank_lines(lines, start, end)
    return Splice(line_offset(lines, start), line_offset(lines, end), "")


def _with_blank_lines(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    while end < len(lines) and not lines[end].strip() and end < len(lines) - 1:
        end += 1
    if end >= len(lines) - 1:  # nothing follows: also remove the empty lines before
        while start > 0 and not lines[start - 1].strip():
            start -= 1
    return start, end


def find_block(document: Document, key: Key) -> Block:
    """Return the lines of the entry or key at *key*.

    Raises:
        PlanError: ``cannot-edit``, if it is written in brackets or braces.
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


def insert_entry(
    workspace: Workspace, file: str, collection: Key, lines: list[str], after: int | None
) -> tuple[Workspace, int]:
    """Return *workspace* with a new entry, and its line.

    Args:
        workspace: the files.
        file: the target file, which need not exist.
        collection: the key of the list.
        lines: the lines of the entry, with the dash in the first column.
        after: the index of the entry to follow; None for the last, -1 to come first.

    Raises:
        PlanError: ``cannot-edit``, if the list is written in brackets.
    """
    document = workspace.documents.get(file)
    if document is None or document.root is None or key_of(document.root, str(collection[0])) is None:
        return _append_collection(workspace, file, str(collection[0]), lines)
    node = node_at(document, collection)
    if node is None or is_flow(node):
        raise refuse(
            "this list is written in brackets", document.locate(collection), "write one entry per line"
        )
    blocks = [block for block, _ in members(node, document.lines)]
    at = len(blocks) - 1 if after is None else after
    line = blocks[at].end if at >= 0 else blocks[0].start
    body = indent_lines(lines, blocks[0].column)
    apart = len(blocks) < 2 or any(not document.lines[block.end].strip() for block in blocks[:-1])
    if apart:
        body = ["", *body] if at >= 0 else [*body, ""]
    position = line_offset(document.lines, line)
    start = "\n" if line >= len(document.lines) else ""
    splice = Splice(position, position, start + "\n".join(body) + "\n")
    return workspace.apply_edits({file: [splice]}), line + _dash(body)


def insert_entries(
    workspace: Workspace, fresh: Iterable[tuple[str, str, int | None, list[str]]]
) -> Workspace:
    """Return *workspace* with many new entries, in their order.

    Args:
        workspace: the files.
        fresh: the file, the collection, the index of the entry to follow, and the lines of each.

    Raises:
        PlanError: ``cannot-edit``, if a list is written in brackets.
    """
    at_place: dict[tuple[str, str, int | None], list[str]] = {}
    for file, collection, after, lines in fresh:
        body = at_place.setdefault((file, collection, after), [])
        body += [*([""] if body else []), *lines]
    # From the end, so that the indices of what comes before stay what they are.
    for (file, collection, after), lines in sorted(
        at_place.items(), key=lambda item: -1 if item[0][2] is None else item[0][2], reverse=True
    ):
        workspace, _ = insert_entry(workspace, file, (collection,), lines, after)
    return workspace


def _append_collection(
    workspace: Workspace, file: str, collection: str, lines: list[str]
) -> tuple[Workspace, int]:
    """Return *workspace* with a new list, and its entry's line."""
    text = workspace.text(file)
    top = text.rstrip("\n") if text else _modeline(workspace, file)
    body = [*([top, ""] if top else []), f"{collection}:", *indent_lines(lines, INDENT)]
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
