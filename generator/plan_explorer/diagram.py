"""Draw the relations of one item as a bow tie: where it comes from, the item, what it touches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from plan_explorer.escaping import html

_WIDE, _NARROW = 580, 344
_SIDE, _MIDDLE = 190, 128
"""Widths of the side boxes and of the middle box in the wide drawing."""
_SIZE = 13
_LINE = 16
_LIMIT = 7
"""Nodes of one group that are drawn; the others are counted."""

_WIDTHS = {
    character: width
    for width, characters in {
        0.222: "ijl|'‘’", 0.278: " .,:;!/\\I[]ft·", 0.333: "r()-`“”", 0.389: '*"', 0.5: "ckszvxyJ",
        0.556: "abdeghnopqu0123456789L?_$–", 0.611: "FTZ+<=>~^¶", 0.667: "&ABEKPSVXY",
        0.722: "wCDHNRU", 0.778: "GOQ", 0.833: "mM", 0.889: "%", 0.944: "W", 1.0: "@—…",
    }.items()
    for character in characters
}  # fmt: skip
"""Advance widths in em of a plain sans-serif face (Helvetica's)."""
_ROOM = 1.1
"""Other system faces run up to a tenth wider than Helvetica."""
_BOLDER = 1.07

escape = lru_cache(maxsize=16384)(html)
"""The same words stand in the drawings of many pages."""

_HAN = "\u3040-\u312f\u31a0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A line may break around every Han or Kana character, but not before closing punctuation or
# after an opening bracket; in other scripts at spaces.
_PIECE = re.compile(
    rf"(\s*)([（《〈「『【“‘]*[{_HAN}][，。、；：？！）》〉」』】”’…ー]*"
    rf"|[^\s{_HAN}]+)"
)
_JOINT = re.compile(r"[^/-]*[/-]+|[^/-]+")


class Node(NamedTuple):
    """One item in the drawing: a box, and a link when it has an address."""

    group: str
    """Caption it stands under."""
    label: str
    href: str
    code: str = ""
    hue: int | None = None
    """Number of its hue class, see hues.stylesheet."""
    evidence: str = "stated"
    """stated, inferred or background: the line is solid, dashed or dotted."""


class _Heart(NamedTuple):
    """What stands in the box of the item itself, and how high that is."""

    code: str
    lines: Sequence[str]
    height: int


class _Label(NamedTuple):
    """What stands in a box, as far as there is room for it."""

    code: str
    lines: Sequence[str]
    indent: float
    """The room that the code takes."""


class _Box(NamedTuple):
    """A node with its place in a column."""

    node: Node
    y: int
    height: int
    label: _Label


@dataclass
class _Column:
    """Boxes under their captions, from top to bottom, at the height 0."""

    x: float
    width: float
    boxes: list[_Box] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)
    end: int = 0


def bow_tie(
    centre: Node,
    left: Sequence[Node],
    right: Sequence[Node],
    title: str,
    more: str = "and {} more",
) -> str:
    """Draw it twice, for wide and for narrow places; the stylesheet shows one of the two."""
    name = escape(title)
    drawings = (
        ("wide", _WIDE, _wide(centre, left, right, more)),
        ("narrow", _NARROW, _narrow(centre, [*left, *right], more)),
    )
    return "".join(
        ['<div class="px-pic px-bow">']
        + [
            f'<svg class="px-bow-{kind}" viewBox="0 0 {width} {height:g}" direction="ltr" '
            f'role="group" aria-label="{name}">{inside}</svg>'
            for kind, width, (inside, height) in drawings
        ]
        + ["</div>"]
    )


def sample(evidence: str) -> str:
    """Draw the line of one kind of evidence, for a legend."""
    return (
        '<svg class="px-pic px-sample" viewBox="0 0 32 12" width="32" height="12" '
        f'aria-hidden="true" focusable="false">{_edge(evidence, "M0 6H32")}</svg>'
    )


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate, rather too wide than too narrow, how wide a text is drawn at this size."""
    return sum(map(_em, text)) * size * (_BOLDER if bold else 1.0)


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """Cut a text to a width, with an ellipsis in place of what is lost."""
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1].rstrip()
    return text + "…"


def wrap(text: str, width: float, size: float, most: int = 4, bold: bool = False) -> list[str]:
    """Break a text into at most so many lines of a width; what is left over is cut."""
    return list(_wrapped(text, width, size, most, bold))


@lru_cache(maxsize=2048)
def _wrapped(text: str, width: float, size: float, most: int, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for gap, piece in _PIECE.findall(text):
        glue = " " if gap and line else ""
        for part in _parts(piece, width, size, bold):
            if line and text_width(line + glue + part, size, bold) > width:
                lines.append(line)
                line, glue = "", ""
            line += glue + part
            glue = ""
        if len(lines) >= most:
            break
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(f"{lines[most - 1]}…", width, size, bold)]
    return tuple(lines)


@cache
def _em(character: str) -> float:
    """Estimate the advance width of one character in em."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", character)[0]
    return _ROOM * _WIDTHS.get(base, 0.72 if base.isupper() else 0.6)


def _parts(piece: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """Cut a word that is wider than the line: at its hyphens, else anywhere with a new one."""
    if text_width(f"{piece}-", size, bold) <= width:  # as nearly every word
        yield piece
        return
    joints = _JOINT.findall(piece)
    if text_width(piece, size, bold) > width and len(joints) > 1:
        for joint in joints:
            yield from _parts(joint, width, size, bold)
        return
    start = 0
    for at in range(1, len(piece)):
        hyphen = "-" if piece[at - 1 : at + 1].isalpha() else ""
        if text_width(piece[start : at + 1] + hyphen, size, bold) > width:
            yield piece[start:at] + hyphen
            start = at
    yield piece[start:]


def _wide(centre: Node, left: Sequence[Node], right: Sequence[Node], more: str) -> tuple[str, float]:
    """Draw three columns; give the drawing and its height."""
    inner = (_WIDE - _MIDDLE) / 2
    columns = (_column(left, 0.5, _SIDE, more), _column(right, _WIDE - _SIDE - 0.5, _SIDE, more))
    heart = _heart(centre, _MIDDLE)
    height = max(columns[0].end, columns[1].end, heart.height) + 2
    axis = height / 2
    edges, drawn = [], []
    for column, outer, to in zip(
        columns, (_SIDE + 0.5, _WIDE - _SIDE - 0.5), (inner, inner + _MIDDLE), strict=True
    ):
        top = (height - column.end) / 2
        start, end = f"M{outer:g} ", f"{axis:g} {to:g} {axis:g}"
        bend = f"{(outer + to) / 2:g}"
        for box in column.boxes:
            middle = f"{top + box.y + box.height / 2:g}"
            edges.append(_edge(box.node.evidence, f"{start}{middle}C{bend} {middle} {bend} {end}"))
        drawn.append(_drawn(column, top))
    drawn.insert(1, _centre(centre, heart, inner, axis - heart.height / 2, _MIDDLE))
    return "".join([*edges, *drawn]), height


def _narrow(centre: Node, nodes: Sequence[Node], more: str) -> tuple[str, float]:
    """Draw one column that hangs on a trunk; give the drawing and its height."""
    heart = _heart(centre, _NARROW - 1)
    top = heart.height + 8
    column = _column(nodes, 30, _NARROW - 30.5, more)
    feet = [top + box.y + box.height / 2 - 10 for box in column.boxes]
    edges = [
        _edge(box.node.evidence, f"M12 {foot:g}q0 10 10 10H30")
        for box, foot in zip(column.boxes, feet, strict=True)
    ]
    if feet:
        edges.insert(0, f'<path class="px-trunk" d="M12 {heart.height}V{feet[-1]:g}"/>')
    middle = _centre(centre, heart, 0.5, 0.5, _NARROW - 1)
    return "".join([*edges, middle, _drawn(column, top)]), top + column.end + 2


def _column(nodes: Sequence[Node], x: float, width: float, more: str) -> _Column:
    """Stack the nodes by group, in the order in which groups first come."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node)
    column = _Column(x, width)
    y = 0
    for caption, members in groups.items():
        y += 26 if y else 17
        column.notes.append((caption, y - 6))
        for node in members[:_LIMIT]:
            words = node.label.strip() or ("" if node.code else node.href)
            label = _label(node.code, words, width)
            height = 18 + _LINE * len(label.lines)
            column.boxes.append(_Box(node, y, height, label))
            y += height + 7
        if len(members) > _LIMIT:
            y += 16
            column.notes.append((more.replace("{}", str(len(members) - _LIMIT)), y - 4))
            y += 7
        y -= 7
    column.end = y
    return column


@lru_cache(maxsize=32768)  # the same entry stands in the drawings of many others
def _label(code: str, words: str, width: float) -> _Label:
    """Cut a code to half the width of its box, and wrap the words beside it."""
    shown = shorten(code, width / 2, _SIZE, bold=True)
    indent = text_width(shown, _SIZE, bold=True) + 8 if shown else 0.0
    return _Label(shown, _wrapped(words, width - 22 - indent, _SIZE, 4, False), indent)


def _drawn(column: _Column, top: float) -> str:
    """Draw the captions and boxes of a column that begins at the height *top*."""
    notes = [_text(words, column.x, top + y, "px-cap") for words, y in column.notes]
    return "".join([*notes, *[_node(box, column.x, top + box.y, column.width) for box in column.boxes]])


def _node(box: _Box, x: float, y: float, width: float) -> str:
    """Draw one box with its code and label; a right-to-left label keeps to the right edge."""
    node, base, (code, lines, indent) = box.node, y + 21.5, box.label
    texts = [_text(code, x + 11, base, "px-code")] if code else []
    far, turn = f"{x + 11 + indent:g}", ""
    if _leftward(node.label):
        far, turn = f"{x + width - 11:g}", ' direction="rtl"'
    for row, line in enumerate(lines):
        if line:
            texts.append(f'<text x="{far}" y="{base + _LINE * row:g}"{turn}>{escape(line)}</text>')
    return _linked(
        node,
        f"px-node px-e-{escape(node.evidence)}",
        f"<title>{_whole(node.group, node.code, node.label)}</title>"
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{box.height}" rx="5"/>' + " ".join(texts),
    )


@lru_cache(maxsize=16384)
def _whole(group: str, code: str, label: str) -> str:
    """Return what a box says in full, under its pointer."""
    return escape(": ".join(filter(None, (group, f"{code} {label}".strip()))))


def _heart(node: Node, width: float) -> _Heart:
    """Wrap the label of the item itself to its box."""
    label = node.label.strip() or ("" if node.code else node.href)
    lines = _wrapped(label, width - 20, _SIZE, 7, True) if label else ()
    code = shorten(node.code, width - 20, 15, bold=True)
    return _Heart(code, lines, (22 if code else 0) + 17 * len(lines) + 18)


def _centre(node: Node, heart: _Heart, x: float, y: float, width: float) -> str:
    """Draw the item itself."""
    base = y + (46 if heart.code else 24)
    middle = x + width / 2
    texts = [_text(heart.code, middle, y + 24, "px-code")] if heart.code else []
    texts += [_text(line, middle, base + 17 * row) for row, line in enumerate(heart.lines)]
    rect = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{heart.height}" rx="8"/>'
    return _linked(node, "px-heart", rect + " ".join(texts))


def _linked(node: Node, look: str, inside: str) -> str:
    """Wrap a drawn node as a link when it has an address."""
    hue = "" if node.hue is None else f" px-h px-h-{node.hue}"
    if node.href:
        return f'<a class="{look}{hue}" href="{escape(node.href)}">{inside}</a>'
    return f'<g class="{look}{hue}">{inside}</g>'


def _edge(evidence: str, path: str) -> str:
    """Draw a line in the manner of its evidence."""
    return f'<path class="px-edge px-e-{escape(evidence)}" d="{path}"/>'


def _text(text: str, x: float, y: float, look: str = "") -> str:
    """Draw one line of text."""
    kind = f' class="{look}"' if look else ""
    return f'<text{kind} x="{x:g}" y="{y:g}">{escape(text)}</text>'


def _leftward(text: str) -> bool:
    """Say whether a text runs from right to left, by its first strong character."""
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
