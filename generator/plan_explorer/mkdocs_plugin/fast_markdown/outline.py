"""The blocks of a page of Markdown, and which of them stand alone, so that they may be converted alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from plan_explorer.mkdocs_plugin.fast_markdown.blocks import block, raw, sorted_attributes, verbatim
from plan_explorer.mkdocs_plugin.fast_markdown.inline import TAG, Address

_NAME = "article|aside|details|div|nav|section"
_GIVEN = r'(?: [a-z-]+="[^"<>&]*")*'
_OPEN = re.compile(rf"<({_NAME})({_GIVEN}) markdown>(?:<summary>([^<>&]+)</summary>)?")
_CLOSE = re.compile(rf"</({_NAME})>")
_HEADING = re.compile(rf"#+ (?:[^<>]|{TAG})+")
_LIST = ("- ", "1. ")
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
    heading: bool = False
    """Whether it is a heading, with no tags in it but such as stand in a line."""
    inner: list["Node"] = field(default_factory=list)
    around: tuple[str, str] | None = None
    """The HTML before and after *inner*, if all else in that is headings."""


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
    for start, end in _with_spaced_lists(_pieces(lines), lines):
        piece = lines[start:end]
        around = open_[-1][0]
        tag_alone = len(piece) == 1 and piece[0][0] == "<"
        if tag_alone and (opening := _OPEN.fullmatch(piece[0])):
            tag, listed, summary = opening.groups()
            head = f"<{tag}{sorted_attributes(listed)}>"
            head += f"\n<summary>{summary}</summary>" if summary else ""
            node = Node(start, end)
            around.inner.append(node)
            open_.append((node, tag, head))
        elif tag_alone and (closing := _CLOSE.fullmatch(piece[0])):
            node, tag, head = open_.pop()
            if tag != closing[1]:
                raise UnclearError
            node.end = end
            _settle(node.inner)
            _close(node, head, f"</{tag}>")
        else:
            around.inner.append(_leaf(lines, start, end, address, len(open_) > 1))
    if len(open_) > 1:
        raise UnclearError
    _settle(root.inner)
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


def _with_spaced_lists(pieces: Iterable[tuple[int, int]], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield *pieces*, but a list and what goes on with it behind an empty line in one."""
    first, last = 0, 0
    for start, end in pieces:
        if last and lines[first].startswith(_LIST) and lines[start].startswith((*_LIST, " ")):
            last = end
            continue
        if last:
            yield first, last
        first, last = start, end
    if last:
        yield first, last


def _divided(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the tags of elements among lines, and what is between them; HTML and code as a whole."""
    html = start < end and lines[start][0] == "<" and not _is_tag(lines[start])
    whole = html or any(line.startswith("```") for line in lines[start:end])
    for at in range(end if whole else start, end):
        if lines[at][0] == "<" and _is_tag(lines[at]):
            if start < at:
                yield start, at
            yield at, at + 1
            start = at + 1
    if start < end:
        yield start, end


def _is_tag(line: str) -> bool:
    return bool(_OPEN.fullmatch(line) or _CLOSE.fullmatch(line))


def _leaf(lines: Sequence[str], start: int, end: int, address: Address, within: bool) -> Node:
    node, piece = Node(start, end, bare=True), lines[start:end]
    if piece[0].startswith("#") and len(piece) == 1:
        node.bare = False
        node.heading = bool(_HEADING.fullmatch(piece[0]))
        _require_closed(piece)
        return node
    node.html = block(piece, address)
    if node.html is None:
        _require_closed(piece)
        alone = not any([*lines[max(start - 1, 0) : start], *lines[end : end + 1]])
        if piece[0].startswith("<") and (within or alone):
            node.html = raw(piece) if within else verbatim(piece)
            node.bare = node.html is None
        if node.html is None and not alone and any(line.lstrip().startswith("<") for line in piece):
            raise UnclearError  # HTML ends otherwise before an empty line, which may come to stand behind it
    return node


def _require_closed(piece: Sequence[str]) -> None:
    """Raise an error if something in *piece* may reach beyond it."""
    if piece[0].startswith(":"):
        raise UnclearError
    text = "\n".join(piece)
    if "<" not in text:
        return
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


def _settle(nodes: Iterable[Node]) -> None:
    """Take back what is known of blocks beside others that are not, and could run into them."""
    run: list[Node] = []
    for node in [*nodes, Node(0, 0)]:
        if node.bare:
            run.append(node)
            continue
        if any(each.html is None for each in run):
            for each in run:
                each.html = None
        run = []


def _close(node: Node, head: str, foot: str) -> None:
    """Work out what becomes of an element, now that all in it is known."""
    if not node.inner:
        return
    if all(each.html is not None for each in node.inner):
        node.html = _joined([head, *(each.html or "" for each in node.inner), foot])
    elif all(each.html is not None or each.heading or each.around for each in node.inner):
        node.around = head, foot


def _joined(texts: Iterable[str]) -> str:
    """Return the HTML of several blocks; lists of definitions that follow each other are one."""
    found: list[str] = []
    for text in texts:
        if text.startswith("<dl>") and found and found[-1].endswith("</dl>"):
            found[-1] = found[-1].removesuffix("</dl>") + text.removeprefix("<dl>\n")
        else:
            found.append(text)
    return "\n".join(found)


def _finished(nodes: Iterable[Node]) -> Iterator[tuple[int, int, str]]:
    """Yield what is known of *nodes*, with all that follows it without a break in one."""
    for known, pieces in groupby(_pieces_of(nodes), lambda piece: piece[2] is not None):
        if known:
            first, *more = pieces
            yield first[0], (more or [first])[-1][1], _joined(piece[2] or "" for piece in [first, *more])


def _pieces_of(nodes: Iterable[Node]) -> Iterator[tuple[int, int, str | None]]:
    for node in nodes:
        before, after = node.around or (None, None)
        if not node.inner or node.html is not None:
            yield node.start, node.end, node.html
        else:
            yield node.start, node.start + 1, before
            yield from _pieces_of(node.inner)
            yield node.end - 1, node.end, after
