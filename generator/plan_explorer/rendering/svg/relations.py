"""Draw the relations of an item as a bow tie."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape as _escape
from typing import NamedTuple

from plan_explorer.rendering.svg.text_fit import shorten, text_width, wrap
from plan_explorer.translation import labelled, ngettext, spoken

_WIDTH, _SIDE, _MIDDLE = 580, 190, 128
"""Widths of the drawing, of the boxes at its sides, and of the middle box."""
_SIZE = 13
_LINE = 16
_LIMIT = 7
"""Nodes of one group that are drawn; the others are counted."""

escape = lru_cache(maxsize=16384)(_escape)
"""The same words stand in the drawings of many pages."""


class Node(NamedTuple):
    """A box of the drawing, linked if it has an address."""

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
    """The text in the item's own box, with its height."""

    code: str
    lines: Sequence[str]
    height: int


class _Label(NamedTuple):
    """The text that fits into a box."""

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
    """Boxes under their captions, placed from height 0."""

    x: float
    width: float
    boxes: list[_Box] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)
    end: int = 0


def bow_tie(centre: Node, left: Sequence[Node], right: Sequence[Node], title: str) -> str:
    """Draw the relations of *centre*."""
    inside, height = _drawing(centre, left, right)
    return (
        f'<div class="px-pic px-bow"><svg viewBox="0 0 {_WIDTH} {height:g}" direction="ltr" '
        f'role="group" aria-label="{escape(title)}">{inside}</svg></div>'
    )


def sample(evidence: str) -> str:
    """Draw the line of some evidence for a legend."""
    return (
        '<svg class="px-pic px-sample" viewBox="0 0 32 12" width="32" height="12" '
        f'aria-hidden="true" focusable="false">{_edge(evidence, "M0 6H32")}</svg>'
    )


def _drawing(centre: Node, left: Sequence[Node], right: Sequence[Node]) -> tuple[str, float]:
    """Return a drawing of three columns, and its height."""
    inner = (_WIDTH - _MIDDLE) / 2
    sides = [(0.5, _SIDE + 0.5, inner), (_WIDTH - _SIDE - 0.5, _WIDTH - _SIDE - 0.5, inner + _MIDDLE)]
    if _is_mirrored():
        sides.reverse()
    columns = [_column(nodes, x, _SIDE) for nodes, (x, _, _) in zip((left, right), sides, strict=True)]
    heart = _heart(centre, _MIDDLE)
    height = max(columns[0].end, columns[1].end, heart.height) + 2
    axis = height / 2
    edges: dict[str, list[str]] = {}
    drawn = []
    for column, (_, outer, to) in zip(columns, sides, strict=True):
        top = (height - column.end) / 2
        start, end = f"M{outer:g} ", f"{axis:g} {to:g} {axis:g}"
        bend = f"{(outer + to) / 2:g}"
        for box in column.boxes:
            middle = f"{top + box.y + box.height / 2:g}"
            edges.setdefault(box.node.evidence, []).append(f"{start}{middle}C{bend} {middle} {bend} {end}")
        drawn.append(_draw_column(column, top))
    drawn.insert(1, _centre(centre, heart, inner, axis - heart.height / 2, _MIDDLE))
    lines = [_edge(evidence, "".join(paths)) for evidence, paths in edges.items()]
    return "".join([*lines, *drawn]), height


def _column(nodes: Sequence[Node], x: float, width: float) -> _Column:
    """Stack the nodes by group, in order."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node)
    column = _Column(x, width)
    y = 0
    for caption, members in groups.items():
        y += 26 if y else 17
        column.notes.append((shorten(caption, width, _SIZE - 1), y - 6))
        for node in members[:_LIMIT]:
            words = node.label.strip() or ("" if node.code else node.href)
            label = _label(node.code, words, width)
            height = 18 + _LINE * len(label.lines)
            column.boxes.append(_Box(node, y, height, label))
            y += height + 7
        if len(members) > _LIMIT:
            y += 16
            column.notes.append((ngettext("and %(n)s more", "and %(n)s more", len(members) - _LIMIT), y - 4))
            y += 7
        y -= 7
    column.end = y
    return column


@lru_cache(maxsize=32768)  # the same entry stands in the drawings of many others
def _label(code: str, words: str, width: float) -> _Label:
    """Fit a code and words into a box."""
    shown = shorten(code, width / 2, _SIZE, bold=True)
    indent = text_width(shown, _SIZE, bold=True) + 8 if shown else 0.0
    return _Label(shown, wrap(words, width - 22 - indent, _SIZE), indent)


def _draw_column(column: _Column, top: float) -> str:
    """Draw a column that begins at the height *top*."""
    x = column.x + (column.width if _is_mirrored() else 0)
    notes = [_text(words, x, top + y, "px-cap", _is_mirrored()) for words, y in column.notes]
    return "".join([*notes, *[_node(box, column.x, top + box.y, column.width) for box in column.boxes]])


def _node(box: _Box, x: float, y: float, width: float) -> str:
    """Draw one box with its code and label.

    A right-to-left label keeps to the right edge, and in a mirrored drawing all do.
    """
    node, base, (code, lines, indent) = box.node, y + 21.5, box.label
    mirrored = _is_mirrored()
    first, last = x + 11, x + width - 11
    texts = [_text(code, last if mirrored else first, base, "px-code", mirrored)] if code else []
    turned = mirrored or _is_right_to_left(node.label)
    far = (last - indent if mirrored else last) if turned else first + indent
    texts += [_text(line, far, base + _LINE * row, turned=turned) for row, line in enumerate(lines) if line]
    return _link(
        node,
        f"px-node px-e-{escape(node.evidence)}",
        f"<title>{_full_text(node.group, node.code, node.label)}</title>"
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{box.height}" rx="5"/>' + " ".join(texts),
    )


def _full_text(group: str, code: str, label: str) -> str:
    """Return the full text of a box."""
    words = f"{code} {label}".strip()
    whole = group and words
    return escape(labelled(group, words) if whole else group or words)


def _heart(node: Node, width: float) -> _Heart:
    """Fit the item's label into its own box."""
    label = node.label.strip() or ("" if node.code else node.href)
    lines = wrap(label, width - 20, _SIZE, most=7, bold=True) if label else ()
    code = shorten(node.code, width - 20, 15, bold=True)
    return _Heart(code, lines, (22 if code else 0) + 17 * len(lines) + 18)


def _centre(node: Node, heart: _Heart, x: float, y: float, width: float) -> str:
    """Draw the item itself."""
    base = y + (46 if heart.code else 24)
    middle = x + width / 2
    texts = [_text(heart.code, middle, y + 24, "px-code")] if heart.code else []
    texts += [_text(line, middle, base + 17 * row) for row, line in enumerate(heart.lines)]
    rect = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{heart.height}" rx="8"/>'
    return _link(node, "px-heart", rect + " ".join(texts))


def _link(node: Node, css: str, inside: str) -> str:
    """Wrap a drawn node, as a link if possible."""
    hue = "" if node.hue is None else f" px-h px-h-{node.hue}"
    if node.href:
        return f'<a class="{css}{hue}" href="{escape(node.href)}">{inside}</a>'
    return f'<g class="{css}{hue}">{inside}</g>'


def _edge(evidence: str, path: str) -> str:
    """Draw a line in the manner of its evidence."""
    return f'<path class="px-edge px-e-{escape(evidence)}" d="{path}"/>'


def _text(text: str, x: float, y: float, css: str = "", turned: bool = False) -> str:
    """Draw one line of text, which ends at *x* instead of beginning there if it is *turned*."""
    kind = f' class="{css}"' if css else ""
    turn = ' direction="rtl"' if turned else ""
    return f'<text{kind} x="{x:g}" y="{y:g}"{turn}>{escape(text)}</text>'


def _is_mirrored() -> bool:
    """Return whether pages are read from right to left: then what comes before stands at the right."""
    return spoken().locale.text_direction == "right-to-left"


def _is_right_to_left(text: str) -> bool:
    """Return whether *text* runs from right to left."""
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
