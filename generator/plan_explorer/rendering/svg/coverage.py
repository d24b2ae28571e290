"""Draw where things stand: strips of sentences, the small map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from plan_explorer.rendering.svg.text_fit import percent

_APART = 0.5
"""Percent of the strip: narrower cells have no room for a gap and join their like."""
_SEEN = 0.05
"""Percent of the strip: narrower cells cannot be seen and join any neighbour."""

_ACROSS = 15
"""Squares in one row of the small map before it wraps."""


@dataclass(frozen=True)
class _Cell:
    """A cell of a bar, with its place in percent."""

    start: float
    width: float
    css: str


def strip(
    lengths: Sequence[int],
    marked: Collection[int],
    covered: Collection[int] | None = None,
    label: str = "",
) -> str:
    """Draw a strip of sentences by length.

    Without `covered` every sentence is filled; without `label` screen readers pass it over.
    """
    cells = _cells(lengths, marked, covered)
    parts = "".join(_draw(cell, index > 0) for index, cell in enumerate(cells))
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    if label:
        parts = f'<g aria-hidden="true">{parts}</g>'  # one image, not one for each sentence
    return f'<svg class="px-pic px-strip" width="100%" focusable="false" {named}>{parts}</svg>'


def mini_map(rows: Sequence[Sequence[str]], current: str, group: int | None = None) -> str:
    """Draw a square for each id, in rows.

    `group` is the row to tint. Without `group` the row of `current` is tinted. The drawing is an ornament:
    name the link.
    """
    squares = tuple((number, row.index(current)) for number, row in enumerate(rows) if current in row)
    tinted = (group,) if group is not None else tuple(number for number, _ in squares)
    return _squares(tuple(map(len, rows)), squares, tinted)


@lru_cache(maxsize=1024)  # it is the same beside all that stand below one square
def _squares(lengths: Sequence[int], current: Collection[tuple[int, int]], tinted: Collection[int]) -> str:
    """Draw rows of squares, marking some of them."""
    longest = max(lengths, default=0)
    size, gap = (13, 4) if longest <= 8 else (7, 3)
    step = size + gap
    across = min(_ACROSS, longest or 1)
    squares: list[str] = []
    line = 0
    for number, length in enumerate(lengths):
        for at in range(0, length, across):
            part = range(at, min(at + across, length))
            indent = (across - (len(part) if length <= across else across)) * step / 2
            for place, square in enumerate(part):
                here = (number, square) in current
                css = "px-on" if here else "px-near" if number in tinted else "px-far"
                squares.append(
                    f'<rect class="{css}" x="{indent + place * step + 1:g}" '
                    f'y="{line * step + 1}" width="{size}" height="{size}" rx="{size // 5}"/>'
                )
            line += 1
    width, height = across * step - gap + 2, max(1, line) * step - gap + 2
    return (
        f'<svg class="px-pic px-mini" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false">{"".join(squares)}</svg>'
    )


def dots(number: int) -> str:
    """Draw a row of dots, beside their number."""
    circles = "".join(f'<circle cx="{3 + 8 * at}" cy="3" r="3"/>' for at in range(number))
    width = 8 * number - 2
    return (
        f'<svg class="px-dots" viewBox="0 0 {width} 6" width="{width}" height="6" aria-hidden="true" '
        f'focusable="false">{circles}</svg>'
    )


def mark(rows: Sequence[int]) -> str:
    """Draw the icon of a plan from its map.

    It has a square for each box, one of them in colour.
    """
    sizes = [min(size, 5) for size in rows if size][:5] or [2, 3, 2]
    step = 24 / max(*sizes, len(sizes), 4)
    side, top = step * 0.76, (24 - step * len(sizes)) / 2
    widest = sizes.index(max(sizes))
    squares = []
    for line, size in enumerate(sizes):
        for place in range(size):
            chosen = line == widest and place == size // 2
            x = (24 - step * size) / 2 + place * step + (step - side) / 2
            squares.append(
                f'<rect x="{x:.2f}" y="{top + line * step + (step - side) / 2:.2f}" width="{side:.2f}" '
                f'height="{side:.2f}" rx="{side / 4:.2f}" fill="{"#c8442f" if chosen else "#7a8796"}"/>'
            )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{"".join(squares)}</svg>\n'


def _cells(
    lengths: Sequence[int],
    marked: Collection[int],
    covered: Collection[int] | None,
) -> list[_Cell]:
    """Cut a strip into cells, those too thin to see joined with their neighbours."""
    start = 0.0
    total = sum(max(0, length) for length in lengths)
    cells: list[_Cell] = []
    for index, length in enumerate(lengths):
        if length <= 0:
            continue
        full = covered is None or index + 1 in covered
        css = "px-mark" if index + 1 in marked else "px-full" if full else "px-bare"
        cell = _Cell(start, 100 * length / total, css)
        start += cell.width
        if cells and _can_join(cells[-1], cell):
            cells[-1] = _join(cells[-1], cell)
        else:
            cells.append(cell)
    return cells


def _can_join(last: _Cell, cell: _Cell) -> bool:
    """Return whether two cells are drawn as one."""
    if last.css == cell.css:
        return min(last.width, cell.width) < _APART and last.width + cell.width < 2 * _APART
    return last.width < _SEEN or cell.width < _SEEN


def _join(last: _Cell, cell: _Cell) -> _Cell:
    """Return one cell for two; marks win, then width."""
    looks = (last.css, cell.css)
    wider = last.css if last.width >= cell.width else cell.css
    css = "px-mark" if "px-mark" in looks else wider
    return _Cell(last.start, last.width + cell.width, css)


def _draw(cell: _Cell, apart: bool) -> str:
    """Draw one cell; its own viewport clips it, so that a gap in pixels fits a width in percent."""
    inset = 1 if apart and cell.width >= _APART else 0
    if cell.css == "px-bare":
        # The right edge is half of a wider line: the viewport cuts the other half.
        inside = (
            f'<rect x="{inset + 0.5}" y="2.5" width="100%" height="100%"/>'
            '<line x1="100%" x2="100%" y1="2" y2="100%"/>'
            '<line class="px-foot" y1="100%" x2="100%" y2="100%"' + (f' x1="{inset}"/>' if inset else "/>")
        )
    else:
        top = 0 if cell.css == "px-mark" else 2
        inside = f'<rect x="{inset}" y="{top}" width="100%" height="100%"/>'
    return f'<svg class="{cell.css}" x="{percent(cell.start)}" width="{percent(cell.width)}">{inside}</svg>'
