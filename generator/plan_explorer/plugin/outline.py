"""The blocks of a page of Markdown, and which of them stand alone, so that they may be converted alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plan_explorer.plugin.blocks import block, raw, sorted_attributes
from plan_explorer.plugin.inline import Address

_NAME = "article|aside|details|div|nav|section"
_GIVEN = r'(?: [a-z-]+="[^"<>&]*")*'
_OPEN = re.compile(rf"<({_NAME})({_GIVEN}) markdown>(?:<summary>([^<>&]+)</summary>)?")
_CLOSE = re.compile(rf"</({_NAME})>")
_CODE = re.compile(r"```[a-z0-9-]*")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_LESS = re.compile(r"<[a-zA-Z/!?]")
_VOID = {"area", "br", "col", "hr", "img", "input", "wbr"}


class UnclearError(Exception):
    """Where the blocks of a page begin and end is not plain."""


@dataclass
class Node:
    """Lines of a page: a block, or an element that is read as Markdown, with what is in it."""

    start: int
    end: int
    html: str | None = None
    """What becomes of it, if it is of a known shape."""
    bare: bool = False
    """Whether it could run into what is beside it, as a list does."""
    inner: list["Node"] = field(default_factory=list)


def finished(lines: Sequence[str], address: Address) -> list[tuple[int, int, str]]:
    """Return what of *lines* is of known shapes, as first line, line after the last, and HTML.

    Whatever stands around it becomes the same whether it is there or a paragraph of one word is.
    """
    try:
        root = _outline(lines, address)
    except UnclearError:
        return []
    return list(_finished(root.inner))


def _outline(lines: Sequence[str], address: Address) -> Node:
    root = Node(0, len(lines))
    open_ = [(root, "", "")]
    for start, end in _pieces(lines):
        piece = lines[start:end]
        around = open_[-1][0]
        if len(piece) == 1 and (opening := _OPEN.fullmatch(piece[0])):
            tag, listed, summary = opening.groups()
            head = f"<{tag}{sorted_attributes(listed)}>\n"
            head += f"<summary>{summary}</summary>\n" if summary else ""
            node = Node(start, end)
            around.inner.append(node)
            open_.append((node, tag, head))
        elif len(piece) == 1 and (closing := _CLOSE.fullmatch(piece[0])):
            node, tag, head = open_.pop()
            if tag != closing[1]:
                raise UnclearError
            node.end = end
            _settle(node.inner, lines)
            if node.inner and all(each.html is not None for each in node.inner):
                node.html = f"{head}{_joined(node.inner)}\n</{tag}>"
        else:
            around.inner.append(_leaf(start, piece, address, len(open_) > 1))
    if len(open_) > 1:
        raise UnclearError
    _settle(root.inner, lines)
    return root


def _pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where lines begin and end that no empty line divides; a tag of an element stands alone."""
    start, in_code = 0, False
    for at, line in enumerate(lines):
        if in_code:
            in_code = line != "```"
        elif line.startswith(("```", "~~~")):
            if not _CODE.fullmatch(line):
                raise UnclearError
            in_code = True
        elif not line:
            yield from _divided(lines, start, at)
            start = at + 1
    if in_code:
        raise UnclearError
    yield from _divided(lines, start, len(lines))


def _divided(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    if all(_OPEN.fullmatch(line) or _CLOSE.fullmatch(line) for line in lines[start:end]):
        yield from ((at, at + 1) for at in range(start, end))
    else:
        yield start, end


def _leaf(start: int, piece: Sequence[str], address: Address, within: bool) -> Node:
    node = Node(start, start + len(piece), bare=True)
    if piece[0].startswith("#") and len(piece) == 1:
        node.bare = False
    else:
        node.html = block(piece, address)
        if node.html is None and within and piece[0].startswith("<"):
            node.html = raw(piece)
            node.bare = node.html is None
    if node.html is None:
        _require_closed(piece)
    return node


def _require_closed(piece: Sequence[str]) -> None:
    """Raise an error if something in *piece* may reach beyond it."""
    text = "\n".join(piece)
    if text.startswith(":"):
        raise UnclearError
    tags = list(_TAG.finditer(text))
    if len(tags) != len(_LESS.findall(text)):
        raise UnclearError
    open_: list[str] = []
    for tag in tags:
        if not tag[1]:
            open_ += [] if tag[2] in _VOID or tag[0].endswith("/>") else [tag[2]]
        elif not open_ or open_.pop() != tag[2]:
            raise UnclearError
    if open_:
        raise UnclearError


def _settle(nodes: Sequence[Node], lines: Sequence[str]) -> None:
    """Take back what is known of blocks that run, or could run, into others."""
    run: list[Node] = []
    for node in [*nodes, Node(0, 0)]:
        if node.bare:
            run.append(node)
            continue
        lists = pairwise(lines[each.start].startswith(("- ", "1. ")) for each in run)
        if any(each.html is None for each in run) or (True, True) in lists:
            for each in run:
                each.html = None
        run = []


def _joined(nodes: Sequence[Node]) -> str:
    """Return the HTML of *nodes*; lists of definitions that follow each other are one."""
    return "\n".join(node.html or "" for node in nodes).replace("\n</dl>\n<dl>\n", "\n")


def _finished(nodes: Sequence[Node]) -> Iterator[tuple[int, int, str]]:
    known: list[Node] = []
    for node in [*nodes, Node(0, 0)]:
        if node.html is not None:
            known.append(node)
            continue
        if known:
            yield known[0].start, known[-1].end, _joined(known)
            known = []
        if node.inner:
            yield from _finished(node.inner)
