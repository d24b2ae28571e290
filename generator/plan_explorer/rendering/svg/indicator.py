"""Draw an indicator: its values over time, where it started, and what is aimed at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal

from plan_explorer.rendering.svg.text_fit import shorten, text_width
from plan_explorer.translation import gettext, spoken

_SIZE = 12
_LEFT, _TOP, _BOTTOM = 6, 26, 24
"""Pixels beside the numbers of the axis, above the highest line and below the lowest."""
_Point = tuple[float, float]
_Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_DASHES = ("", "px-dash-1", "px-dash-2", "px-dash-3")


@dataclass(frozen=True)
class Dot:
    """A figure in a chart."""

    at: float
    """Its year; a day lies as far from it as from the middle of the year."""
    number: float
    words: str
    """The number as a reader sees it, without its unit."""
    evidence: str = "stated"
    """stated, inferred or another: filled, or hollow."""
    provisional: bool = False

    @property
    def hollow(self) -> bool:
        return self.evidence != "stated"


@dataclass(frozen=True)
class Chart:
    """What is drawn of an indicator."""

    name: str
    unit: str
    values: Sequence[Dot] = ()
    baseline: Dot | None = None
    milestones: Sequence[Dot] = ()
    targets: Sequence[Dot] = ()
    groups: Sequence[tuple[str, Sequence[Dot]]] = ()
    """Further lines, each with its name."""

    @property
    def measured(self) -> list[Dot]:
        """What was measured: where it started, and values of the whole and of groups."""
        own = [*self.values, *([self.baseline] if self.baseline else [])]
        return [*own, *(dot for _, line in self.groups for dot in line)]

    @property
    def dots(self) -> list[Dot]:
        """All that is drawn."""
        return [*self.measured, *self.milestones, *self.targets]


def chart(of: Chart, label: str) -> str:
    """Return the chart for a wide place, and that for a narrow one; *label* says what it shows."""
    return _drawing(of, label, 640, 270, "wide", 10) + _drawing(of, label, 330, 250, "narrow", 4)


def key(kind: str) -> str:
    """Return the sign of one kind of mark or line for a legend."""
    parts = {
        "value": '<path class="px-value-line" d="M1 6H25"/><circle class="px-dot" cx="13" cy="6" r="4"/>',
        "hollow-value": '<path class="px-value-line" d="M1 6H25"/>'
        '<circle class="px-dot px-dot--hollow" cx="13" cy="6" r="4"/>',
        "hollow": '<circle class="px-dot px-dot--hollow" cx="13" cy="6" r="4"/>',
        "provisional": '<circle class="px-dot px-dot--provisional" cx="13" cy="6" r="4"/>',
        "target": f'<path class="px-target-line" d="M1 6H25"/>{_diamond(13, 6, 5.5, "px-aim")}',
        "hollow-target": '<path class="px-target-line" d="M1 6H25"/>'
        + _diamond(13, 6, 5.5, "px-aim px-aim--hollow"),
        "baseline": '<path class="px-base-line" d="M1 6H25"/>',
        "milestone": _diamond(13, 6, 4.5, "px-aim"),
        "hollow-milestone": _diamond(13, 6, 4.5, "px-aim px-aim--hollow"),
        "way": '<path class="px-way-line" d="M1 6H25"/>',
        **{
            f"group-{at}": f'<path class="px-group-line {css}" d="M1 6H25"/>'
            for at, css in enumerate(_DASHES)
        },
    }
    return (
        '<svg class="px-pic px-key" viewBox="0 0 26 12" width="26" height="12" aria-hidden="true" '
        f'focusable="false">{parts[kind]}</svg>'
    )


def spark(values: Sequence[Dot]) -> str:
    """Return a line of *values* without words, to stand in a table beside its numbers."""
    if len(values) < 2:
        return ""
    first, last = values[0].at, values[-1].at
    low, high = (bound(dot.number for dot in values) for bound in (min, max))
    points = [
        (
            4 + 82 * (dot.at - first) / ((last - first) or 1),
            20 - 16 * (dot.number - low) / ((high - low) or 1),
        )
        for dot in values
    ]
    x, y = points[-1]
    return (
        '<svg class="px-pic px-spark" viewBox="0 0 90 24" width="90" height="24" aria-hidden="true" '
        f'focusable="false"><path class="px-value-line" d="{_path(points)}"/>'
        f'<circle class="px-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )


def bar(done: float | None, time: float | None) -> str:
    """Return a bar filled as far as the way is *done*, with a line as far as the *time* has passed."""
    if done is None:
        inside = '<path class="px-hatch" d="M0 12L12 0M12 12L24 0M24 12L36 0M36 12L48 0M48 12L60 0M60 12L72 0'
        inside += 'M72 12L84 0M84 12L96 0"/>'
        return _bar(inside, "px-waybar px-waybar--none")
    width = 100 * min(max(done, 0), 1)
    inside = f'<rect class="px-waybar__done" width="{width:.1f}" height="12"/>'
    if time is not None:
        x = 100 * min(max(time, 0), 1)
        inside += f'<path class="px-waybar__time" d="M{x:.1f}-3V15"/>'
    return _bar(inside, "px-waybar")


def _bar(inside: str, css: str) -> str:
    return (
        f'<svg class="px-pic {css}" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><rect class="px-waybar__all" width="100" height="12"/>{inside}</svg>'
    )


ICONS = {
    "empty": "",
    "quarter": '<path class="px-icon__fill" d="M8 8V2.5A5.5 5.5 0 0 1 13.5 8z"/>',
    "half": '<path class="px-icon__fill" d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>',
    "three-quarters": '<path class="px-icon__fill" d="M8 8H2.5A5.5 5.5 0 1 0 8 2.5z"/>',
    "full": '<circle class="px-icon__fill" cx="8" cy="8" r="5.5"/>',
    "check": '<path d="M4.8 8.2l2.3 2.3 4.1-4.6"/>',
    "cross": '<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>',
    "pause": '<path d="M6.2 5.3v5.4M9.8 5.3v5.4"/>',
    "clock": '<path d="M8 4.6V8l2.4 1.6"/>',
}
"""What stands in the circle of a word for progress."""


def icon(name: str) -> str:
    """Return the sign of a word for progress."""
    return (
        '<svg class="px-pic px-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
        f'focusable="false"><circle cx="8" cy="8" r="6.5"/>{ICONS[name]}</svg>'
    )


# --- the drawing


@dataclass(frozen=True)
class _Frame:
    """Where years and numbers stand in a drawing."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, year: float) -> float:
        return self.left + (self.right - self.left) * (year - self.first) / ((self.last - self.first) or 1)

    def place(self, dot: Dot) -> _Point:
        return self.x(dot.at), self.y(dot.number)

    def y(self, number: float) -> float:
        return self.bottom - (self.bottom - self.top) * (number - self.low) / ((self.high - self.low) or 1)


def _drawing(of: Chart, label: str, width: int, height: int, css: str, most_years: int) -> str:
    ticks = _ticks([dot.number for dot in of.dots])
    names = [_axis_number(tick, of.unit if tick == ticks[-1] else "", spoken().locale) for tick in ticks]
    left = _LEFT + max(text_width(name, _SIZE) for name in names) + 6
    years = [dot.at for dot in of.dots]
    first, last = min(years), max(years)
    first, last = min(first, _year(first)), max(last, _year(last))
    unit = "" if of.unit == "%" else shorten(of.unit, width - 2 * _LEFT, _SIZE)
    frame = _Frame(
        left + 8,
        width - (_right(of) if css == "wide" else 16),
        _TOP + (_SIZE if unit else 0),
        height - _BOTTOM,
        first,
        max(last, first + 1),
        ticks[0],
        ticks[-1],
    )
    lines = list(_lines(of, frame))
    parts = [
        *_axes(of, frame, ticks, names, height, most_years),
        *([f'<text x="{_LEFT}" y="{_SIZE}">{escape(unit)}</text>'] if unit else ()),
        *(f'<path class="{kind}" d="{_path(points)}"/>' for kind, points in lines),
        *_marks(of, frame),
        *_words(of, frame, css, unit, [points for _, points in lines]),
    ]
    return (
        f'<svg class="px-pic px-curve px-curve--{css}" viewBox="0 0 {width} {height}" role="img" '
        f'direction="ltr" focusable="false" aria-label="{escape(label)}"><g aria-hidden="true">'
        f"{''.join(parts)}</g></svg>"
    )


def _right(of: Chart) -> float:
    """Return the room for words at the right of a wide drawing."""
    words = [_target(dot) for dot in of.targets] + [name for name, _ in of.groups]
    return max([24, *(text_width(each, _SIZE, bold=True) + 14 for each in words)])


def _axes(
    of: Chart, frame: _Frame, ticks: Sequence[float], names: Sequence[str], height: int, most: int
) -> Iterator[str]:
    left = frame.left - 8
    lines = (f"M{left + 2:.1f} {frame.y(tick):.1f}H{frame.right:.1f}" for tick in ticks)
    yield f'<path class="px-axis" d="{"".join(lines)}"/>'
    for tick, name in zip(ticks, names, strict=True):
        y = frame.y(tick)
        yield f'<text x="{left - 4:.1f}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
    times = [dot.at for dot in of.dots]
    first, last = _year(min(times)), _year(max(times))
    step = max(1, math.ceil((last - first) / most))
    for year in range(last, first - 1, -step):
        yield f'<text x="{frame.x(year):.1f}" y="{height - 6}" text-anchor="middle">{year}</text>'
    if any(at % 1 for at in times):  # where one year ends and the next begins
        ends = (f"M{frame.x(year + 0.5):.1f} {frame.bottom:.1f}v5" for year in range(first, last))
        yield f'<path class="px-axis" d="{"".join(ends)}"/>'


def _year(at: float) -> int:
    """Return the year in which a dot lies."""
    return math.floor(at + 0.5)


def _lines(of: Chart, frame: _Frame) -> Iterator[tuple[str, list[_Point]]]:
    """Yield the looks and the points of each line."""
    if of.baseline:
        y = frame.y(of.baseline.number)
        yield "px-base-line", [(frame.left, y), (frame.right, y)]
    for at, target in enumerate(of.targets):
        start, y = frame.x(of.targets[at - 1].at) if at else frame.left, frame.y(target.number)
        yield "px-target-line", [(start, y), (frame.x(target.at), y)]
    dashed = [(f"px-group-line {_DASHES[at % 4]}", line) for at, (_, line) in enumerate(of.groups)]
    for css, dots in (("px-way-line", _way(of)), *dashed, ("px-value-line", of.values)):
        if len(dots) > 1:
            yield css, [frame.place(dot) for dot in dots]


def _circle(css: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def _way(of: Chart) -> list[Dot]:
    """Return the way from the start through the milestones to the targets, if there are any."""
    if not of.milestones:
        return []
    start = of.baseline or (of.values[0] if of.values else None)
    aims = sorted((*of.milestones, *of.targets), key=lambda dot: dot.at)
    return [start, *(dot for dot in aims if dot.at > start.at)] if start and aims else []


def _marks(of: Chart, frame: _Frame) -> Iterator[str]:
    for dot in _curve(of):
        kind = " px-dot--provisional" if dot.provisional else " px-dot--hollow" if dot.hollow else ""
        yield _circle(f"px-dot{kind}", *frame.place(dot), 4)
    for _, line in of.groups:
        for dot in line:
            yield _circle("px-group-dot", *frame.place(dot), 2.5)
    for aims, size in ((of.milestones, 5.5), (of.targets, 7)):
        for dot in aims:
            yield _diamond(*frame.place(dot), size, f"px-aim{' px-aim--hollow' if dot.hollow else ''}")


def _curve(of: Chart) -> list[Dot]:
    """Return the values of the whole and where they started, by time."""
    start = [of.baseline] if of.baseline and of.baseline not in of.values else []
    return sorted([*start, *of.values], key=lambda dot: dot.at)


def _words(of: Chart, frame: _Frame, css: str, unit: str, lines: Sequence[list[_Point]]) -> Iterator[str]:
    """Write the first and the latest value, and what is aimed at: on no mark, beside lines if it can be."""
    curve = _curve(of)
    marks = map(frame.place, [*curve, *of.milestones, *of.targets])
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in marks]
    taken.append((0, 0, _LEFT + text_width(unit, _SIZE), _SIZE + 3))
    crossing = [pair for line in lines for pair in pairwise(line)]

    def write(words: str, spots: Iterable[tuple[float, float, str]], strong: str = "") -> Iterator[str]:
        width = text_width(words, _SIZE, bold=bool(strong))
        second = None
        for x, y, anchor in spots:
            left = x - (width / 2 if anchor == "middle" else width if anchor == "end" else 0)
            left = min(max(left, frame.left - 8), frame.right + (200 if anchor == "start" else 14) - width)
            box = (left, y - 11, left + width, y + 3)
            if box[3] > frame.bottom or any(_meet(box, each) for each in taken):
                continue  # below the lowest line stand the years
            if not any(_crosses(box, *each) for each in crossing):
                break
            second = second or box
        else:
            if second is None:
                return
            box = second
        taken.append(box)
        yield f'<text{strong} x="{box[0]:.1f}" y="{box[3] - 3:.1f}">{escape(words)}</text>'

    bold = ' class="px-strong"'
    for dot in reversed(of.targets):
        x, y = frame.place(dot)
        last = dot is of.targets[-1]
        anchor = "end" if last else "middle"
        beside = [(x + 12, y + 4, "start")] if css == "wide" and last else []
        yield from write(_target(dot), [*beside, (x, y - 12, anchor), (x, y + 20, anchor)], bold)
    named = (curve[-1], curve[0]) if len(curve) > 1 else curve
    for dot in [each for each in named if each in of.values]:  # a baseline by itself is named at its line
        x, y = frame.place(dot)
        yield from write(dot.words, [(x, y - 10, "middle"), (x, y + 18, "middle")], bold)
    for dot in of.milestones:
        yield from write(gettext("milestone %(milestone)s", milestone=dot.words), _around(*frame.place(dot)))
    if of.baseline:
        y = frame.y(of.baseline.number)
        across = [frame.left + (frame.right - frame.left) * share for share in (0.72, 0.5, 0.3)]
        yield from write(
            gettext("baseline %(baseline)s", baseline=of.baseline.words),
            [(x, y + down, "start") for x in across for down in (15, -5)],
        )
    for name, line in of.groups if css == "wide" else ():
        x, y = frame.place(line[-1])
        yield from write(shorten(name, 120, _SIZE), [(x + 8, y + down, "start") for down in (4, 12, -6, 20)])


def _around(x: float, y: float) -> Iterator[tuple[float, float, str]]:
    """Yield where words may stand about a mark: below, above and at its corners."""
    yield from ((x, y + 22, "middle"), (x, y - 14, "middle"))
    for down in (16, -8):
        yield from ((x + 8, y + down, "start"), (x - 8, y + down, "end"))


def _meet(box: _Box, other: _Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _crosses(box: _Box, start: _Point, end: _Point) -> bool:
    """Return whether the line from *start* to *end*, further to the right, lies on *box*."""
    left, right = max(box[0], start[0]), min(box[2], end[0])
    if left > right:
        return False
    rise = (end[1] - start[1]) / ((end[0] - start[0]) or 1)
    ys = [start[1] + rise * (x - start[0]) for x in (left, right)]
    return min(ys) < box[3] and box[1] < max(ys)


def _target(dot: Dot) -> str:
    return gettext("target %(target)s", target=dot.words)


def _diamond(x: float, y: float, size: float, css: str) -> str:
    side = f"{size:g}"
    return f'<path class="{css}" d="M{x:.1f} {y - size:.1f}l{side} {side}-{side} {side}-{side}-{side}z"/>'


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _ticks(numbers: Sequence[float]) -> list[float]:
    """Return up to six round numbers around all *numbers*: from 0, unless they lie far from it."""
    low, high = min(numbers), max(numbers)
    if low > 0 and low < 0.6 * high:
        low = 0.0
    elif high < 0 and high > 0.6 * low:
        high = 0.0
    span = (high - low) or abs(high) or 1
    size = 10 ** math.floor(math.log10(span / 4))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if span / (size * n) <= 4.2)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return [round(at * step, 10) for at in range(first, last + 1)]


@lru_cache(maxsize=4096)  # the charts of a plan share most of their numbers
def _axis_number(number: float, unit: str, locale: Locale) -> str:
    large = abs(number) >= 1_000_000
    if abs(number) >= 1e15 or 0 < abs(number) < 1e-4:
        return f"{number:g}" + ("\u2009%" if unit == "%" else "")
    words = (
        format_compact_decimal(number, locale=locale, fraction_digits=1)
        if large
        else format_decimal(number, "#,##0.####", locale)
    )
    return words + ("\u2009%" if unit == "%" else "")
