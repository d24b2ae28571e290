"""Draw the relations of one item as a bow tie: where it comes from, the item, what it touches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape as _escape
from typing import NamedTuple

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

escape = lru_cache(maxsize=65536)(_escape)
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


class _Box(NamedTuple):
    """A node with its place."""

    node: Node
    x: float
    y: float
    width: float
    code: str
    """The code of the node, as far as there is room for it."""
    lines: Sequence[str]
    indent: float

    @property
    def height(self) -> int:
        return 18 + _LINE * len(self.lines)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class _Column:
    """Boxes under their captions, from top to bottom."""

    boxes: list[_Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    end: float = 0.0


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


@lru_cache(maxsize=65536)
def _wrapped(text: str, width: float, size: float, most: int, bold: bool) -> tuple[str, ...]:
    # The same label stands on the page of every entry that is linked to it.
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
    places = ((left, 0.5), (right, _WIDE - _SIDE - 0.5))
    ends = [_column(nodes, x, 0, _SIDE, more).end for nodes, x in places]
    high = _centre(centre, inner, 0, _MIDDLE)[1]
    height = max(*ends, high) + 2
    columns = [
        _column(nodes, x, (height - end) / 2, _SIDE, more)
        for (nodes, x), end in zip(places, ends, strict=True)
    ]
    heart = height / 2
    edges = []
    for column, outer, to in zip(
        columns, (_SIDE + 0.5, _WIDE - _SIDE - 0.5), (inner, inner + _MIDDLE), strict=True
    ):
        bend = (outer + to) / 2
        edges += [
            _edge(
                box.node.evidence,
                f"M{outer:g} {box.middle:g}C{bend:g} {box.middle:g} {bend:g} {heart:g} {to:g} {heart:g}",
            )
            for box in column.boxes
        ]
    middle = _centre(centre, inner, heart - high / 2, _MIDDLE)[0]
    return "".join([*edges, _drawn(columns[0]), middle, _drawn(columns[1])]), height


def _narrow(centre: Node, nodes: Sequence[Node], more: str) -> tuple[str, float]:
    """Draw one column that hangs on a trunk; give the drawing and its height."""
    middle, high = _centre(centre, 0.5, 0.5, _NARROW - 1)
    column = _column(nodes, 30, high + 8, _NARROW - 30.5, more)
    edges = [_edge(box.node.evidence, f"M12 {box.middle - 10:g}q0 10 10 10H30") for box in column.boxes]
    if column.boxes:
        foot = column.boxes[-1].middle - 10
        edges.insert(0, f'<path class="px-trunk" d="M12 {high:g}V{foot:g}"/>')
    return "".join([*edges, middle, _drawn(column)]), max(column.end, high) + 2


def _column(nodes: Sequence[Node], x: float, top: float, width: float, more: str) -> _Column:
    """Stack the nodes by group, in the order in which groups first come."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node)
    column = _Column(end=top)
    y = top
    for caption, members in groups.items():
        y += 17 if y == top else 26
        column.notes.append(_text(caption, x, y - 6, "px-cap"))
        for node in members[:_LIMIT]:
            box = _box(node, x, y, width)
            column.boxes.append(box)
            y += box.height + 7
        if len(members) > _LIMIT:
            y += 16
            rest = more.replace("{}", str(len(members) - _LIMIT))
            column.notes.append(_text(rest, x, y - 4, "px-cap"))
            y += 7
        y -= 7
        column.end = y
    return column


def _box(node: Node, x: float, y: float, width: float) -> _Box:
    """Wrap the label of a node to its box."""
    code, indent = _headed(node.code, width)
    label = node.label.strip() or ("" if code else node.href)
    return _Box(node, x, y, width, code, wrap(label, width - 22 - indent, _SIZE), indent)


@lru_cache(maxsize=65536)
def _headed(code: str, width: float) -> tuple[str, float]:
    """Cut a code to half the width of its box; give it and the room it takes."""
    shown = shorten(code, width / 2, _SIZE, bold=True)
    return shown, text_width(shown, _SIZE, bold=True) + 8 if shown else 0.0


def _drawn(column: _Column) -> str:
    """Draw captions and boxes."""
    return "".join([*column.notes, *map(_node, column.boxes)])


def _node(box: _Box) -> str:
    """Draw one box with its code and label; a right-to-left label keeps to the right edge."""
    node, base = box.node, box.y + 21.5
    whole = escape(": ".join(filter(None, (node.group, f"{node.code} {node.label}".strip()))))
    texts = [_text(box.code, box.x + 11, base, "px-code")] if box.code else []
    far, turn = box.x + 11 + box.indent, ""
    if _leftward(node.label):
        far, turn = box.x + box.width - 11, ' direction="rtl"'
    texts += [
        f'<text x="{far:g}" y="{base + _LINE * row:g}"{turn}>{escape(line)}</text>'
        for row, line in enumerate(box.lines)
        if line
    ]
    return _linked(
        node,
        f"px-node px-e-{escape(node.evidence)}",
        f"<title>{whole}</title>"
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height}" rx="5"/>'
        + " ".join(texts),
    )


def _centre(node: Node, x: float, y: float, width: float) -> tuple[str, float]:
    """Draw the item itself; give the drawing and its height."""
    label = node.label.strip() or ("" if node.code else node.href)
    lines = wrap(label, width - 20, _SIZE, most=7, bold=True) if label else []
    code = shorten(node.code, width - 20, 15, bold=True)
    high = (22 if code else 0) + 17 * len(lines) + 18
    base = y + (46 if code else 24)
    middle = x + width / 2
    texts = [_text(code, middle, y + 24, "px-code")] if code else []
    texts += [_text(line, middle, base + 17 * row) for row, line in enumerate(lines)]
    rect = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{high:g}" rx="8"/>'
    return _linked(node, "px-heart", rect + " ".join(texts)), high


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
