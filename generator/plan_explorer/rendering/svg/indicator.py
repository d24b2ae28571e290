"""Draw an indicator: its values over time, where it started, and what is aimed at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal

from plan_explorer.rendering.svg.text_fit import shorten, text_width
from plan_explorer.translation import gettext, spoken

_SIZE = 12
_LEFT, _TOP, _BOTTOM = 6, 26, 24
"""Pixels beside the numbers of the axis, above the highest line and below the lowest."""
_DASHES = ("", "px-dash-1", "px-dash-2", "px-dash-3")


@dataclass(frozen=True)
class Dot:
    """A figure in a chart."""

    at: float
    """Its year, with the part of it that has passed."""
    number: float
    words: str
    """The number as a reader sees it, without its unit."""
    evidence: str = "stated"
    """stated, inferred or another: filled, or hollow."""
    provisional: bool = False


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
        "target": f'<path class="px-target-line" d="M1 6H25"/>{_diamond(13, 6, 5, "px-aim")}',
        "baseline": '<path class="px-base-line" d="M1 6H25"/>',
        "milestone": _diamond(13, 6, 4.5, "px-aim px-aim--hollow"),
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

    def y(self, number: float) -> float:
        return self.bottom - (self.bottom - self.top) * (number - self.low) / ((self.high - self.low) or 1)


def _drawing(of: Chart, label: str, width: int, height: int, css: str, most_years: int) -> str:
    ticks = _ticks([dot.number for dot in of.dots])
    names = [_axis_number(tick, of.unit if tick == ticks[-1] else "", spoken().locale) for tick in ticks]
    left = _LEFT + max(text_width(name, _SIZE) for name in names) + 6
    years = [dot.at for dot in of.dots]
    first, last = math.floor(min(years)), max(years)
    last = last if last == math.floor(last) else math.ceil(last)
    frame = _Frame(
        left + 8,
        width - (_right(of) if css == "wide" else 16),
        _TOP,
        height - _BOTTOM,
        first,
        max(last, first + 1),
        ticks[0],
        ticks[-1],
    )
    parts = [
        *_axes(frame, ticks, names, left, height, most_years),
        *_lines(of, frame),
        *_marks(of, frame, css),
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
    frame: _Frame, ticks: Sequence[float], names: Sequence[str], left: float, height: int, most: int
) -> Iterator[str]:
    lines = (f"M{left + 2:.1f} {frame.y(tick):.1f}H{frame.right:.1f}" for tick in ticks)
    yield f'<path class="px-axis" d="{"".join(lines)}"/>'
    for tick, name in zip(ticks, names, strict=True):
        y = frame.y(tick)
        yield f'<text x="{left - 4:.1f}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
    count = int(frame.last - frame.first)
    step = max(1, math.ceil(count / most))
    for at in range(count + 1):
        if at % step == 0:
            year = int(frame.first) + at
            yield f'<text x="{frame.x(year):.1f}" y="{height - 6}" text-anchor="middle">{year}</text>'


def _lines(of: Chart, frame: _Frame) -> Iterator[str]:
    if of.baseline:
        yield _level("px-base-line", frame.left, frame.y(of.baseline.number), frame.right)
    for at, target in enumerate(of.targets):
        start = frame.x(of.targets[at - 1].at) if at else frame.left
        yield _level("px-target-line", start, frame.y(target.number), frame.x(target.at))
    dashed = [(f"px-group-line {_DASHES[at % 4]}", line) for at, (_, line) in enumerate(of.groups)]
    for css, dots in (("px-way-line", _way(of)), *dashed, ("px-value-line", of.values)):
        if len(dots) > 1:
            points = [(frame.x(dot.at), frame.y(dot.number)) for dot in dots]
            yield f'<path class="{css}" d="{_path(points)}"/>'


def _level(css: str, left: float, y: float, right: float) -> str:
    return f'<path class="{css}" d="M{left:.1f} {y:.1f}H{right:.1f}"/>'


def _circle(css: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def _way(of: Chart) -> list[Dot]:
    """Return the way from the start through the milestones to the targets, if there are any."""
    if not of.milestones:
        return []
    start = of.baseline or (of.values[0] if of.values else None)
    aims = sorted((*of.milestones, *of.targets), key=lambda dot: dot.at)
    return [start, *(dot for dot in aims if dot.at > start.at)] if start and aims else []


def _marks(of: Chart, frame: _Frame, css: str) -> Iterator[str]:
    dots = [*([of.baseline] if of.baseline and of.baseline not in of.values else []), *of.values]
    for dot in dots:
        kind = (
            " px-dot--provisional"
            if dot.provisional
            else " px-dot--hollow"
            if dot.evidence != "stated"
            else ""
        )
        yield _circle(f"px-dot{kind}", frame.x(dot.at), frame.y(dot.number), 4)
    for _, line in of.groups:
        for dot in line:
            yield _circle("px-group-dot", frame.x(dot.at), frame.y(dot.number), 2.5)
    for dot in of.milestones:
        yield _diamond(frame.x(dot.at), frame.y(dot.number), 5.5, "px-aim px-aim--hollow")
    for dot in of.targets:
        hollow = " px-aim--outside" if dot.evidence != "stated" else ""
        yield _diamond(frame.x(dot.at), frame.y(dot.number), 6.5, f"px-aim{hollow}")
    yield from _words(of, frame, css, dots)


def _words(of: Chart, frame: _Frame, css: str, dots: Sequence[Dot]) -> Iterator[str]:
    """Write the first and the latest value, and what is aimed at, where they do not lie on each other."""
    marks = [*dots, *of.milestones, *of.targets]
    taken = [
        (x - 6, y - 6, x + 6, y + 6) for x, y in ((frame.x(each.at), frame.y(each.number)) for each in marks)
    ]

    def write(x: float, y: float, words: str, anchor: str, strong: str = "") -> Iterator[str]:
        width = text_width(words, _SIZE, bold=bool(strong))
        left = x - (width / 2 if anchor == "middle" else width if anchor == "end" else 0)
        left = min(max(left, frame.left - 2), frame.right + (200 if anchor == "start" else 14) - width)
        box = (left, y - 11, left + width, y + 3)
        if box[3] > frame.bottom:
            return  # there stand the years
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            return
        taken.append(box)
        yield f'<text{strong} x="{left:.1f}" y="{y:.1f}">{escape(words)}</text>'

    bold = ' class="px-strong"'
    for dot in reversed(of.targets):
        x, y = frame.x(dot.at), frame.y(dot.number)
        if css == "wide" and dot is of.targets[-1]:
            yield from write(x + 12, y + 4, _target(dot), "start", bold)
        else:
            yield from write(x, y - 12, _target(dot), "end" if dot is of.targets[-1] else "middle", bold)
    for dot in (dots[-1], dots[0]) if len(dots) > 1 else dots:
        x, y = frame.x(dot.at), frame.y(dot.number)
        yield from [*write(x, y - 10, dot.words, "middle", bold)] or write(
            x, y + 18, dot.words, "middle", bold
        )
    for dot in of.milestones:
        x, y = frame.x(dot.at), frame.y(dot.number)
        words = gettext("milestone %(milestone)s", milestone=dot.words)
        below = [*write(x, y + 22, words, "middle")]
        yield from below or write(x, y - 14, words, "middle")
    if of.baseline:
        x, y = frame.left + (frame.right - frame.left) * 0.72, frame.y(of.baseline.number)
        words = gettext("baseline %(baseline)s", baseline=of.baseline.words)
        yield from write(x, y + (15 if y + 15 < frame.bottom else -5), words, "start")
    for name, line in of.groups if css == "wide" else ():
        words = shorten(name, 120, _SIZE)
        x, y = frame.x(line[-1].at) + 8, frame.y(line[-1].number) + 4
        yield from [*write(x, y, words, "start")] or [*write(x, y + 12, words, "start")]


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
