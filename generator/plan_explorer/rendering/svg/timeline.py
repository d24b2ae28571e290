"""Draw events as a chart that fits any width."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from babel.dates import format_skeleton
from babel.lists import format_list

from plan_explorer.rendering.svg.text_fit import percent, shorten, text_width, wrap
from plan_explorer.translation import gettext, ngettext, spoken

_WIDTH = 900
"""Pixels for which labels are packed into rows; in a wider place they only stand further apart."""
_PX = 100 / _WIDTH
"""One pixel of that width in percent, the unit of all positions across."""
_TRACK, _FIRST, _LAST, _EDGE = 13.0, 14.5, 98.4, 100.0
"""Where the tracks begin, where the window begins and ends in them, where they end."""
_SIZE = 13
_LABEL = 280
"""Pixels after which a label is cut; its title has the whole."""
_ROW, _PAD, _HEAD = 28, 8, 44

_SHAPES = {
    "point": ('<circle r="6"/>', "M0-6a6 6 0 0 0 0 12z"),
    "deadline": ('<path d="M0-7.5L7.5 0 0 7.5-7.5 0z"/>', "M0-7.5L-7.5 0 0 7.5z"),
    "span": ('<rect x="-5" y="-8" width="10" height="16" rx="3"/>', "M-5-8h5v16h-5z"),
}
"""Each mark that has no length, and its left half."""


@dataclass(frozen=True)
class Mark:
    """An event, with decimal years; None is open."""

    id: str
    label: str
    href: str
    lane: str
    start: float | None
    end: float | None
    shape: str
    """point, span, deadline or open."""
    evidence: str
    """stated, inferred or background: filled, half filled, hollow; bars solid, dashed, dotted."""
    approximate: bool = False


@dataclass(frozen=True)
class _Place:
    """A placed mark, in percent of the width."""

    mark: Mark
    left: float
    right: float
    """Ends of the shape; equal for one without length."""
    ends: tuple[str, str]
    """How a bar ends at the left and right: whole, open or cut."""
    side: str
    """Where the label stands: right, left or in."""
    text: str
    low: float
    high: float
    """Ends of shape and label together."""


def chart(
    marks: Sequence[Mark],
    lanes: Sequence[tuple[str, str]],
    window: tuple[float, float],
    today: float,
    today_label: str,
    prefix: str = "px-tl",
    label: str = "",
) -> str:
    """Draw the marks in the window, lane by lane.

    `prefix` begins every id, so each chart of a page needs its own. A lane without marks is
    not drawn, nor is a mark of a lane that is not given.
    """
    drawn: list[str] = []
    y = _HEAD
    for lane, name in lanes:
        rows = _pack([mark for mark in marks if mark.lane == lane], window)
        if rows:
            text, height = _lane(name, rows, y, prefix)
            drawn.append(text)
            y += height
    named = f' aria-label="{escape(label)}"' if label else ""
    # The first drawing is empty and gives the height: themes set `height: auto` on every svg.
    return (
        f'<div class="px-pic px-time"><svg class="px-prop" viewBox="0 0 10 {y}" width="10" '
        'aria-hidden="true" focusable="false"></svg>'
        f'<svg class="px-chart" width="100%" height="{y}" direction="ltr" role="group"{named}>'
        f"{_defs(prefix)}{_ground(window, today, y, prefix)}"
        f"{_axis(window, y)}{_today(window, today, today_label, y)}{''.join(drawn)}</svg></div>"
    )


def windows(marks: Sequence[Mark], today: float) -> list[tuple[str, float, float]]:
    """Return the whole time, and up to three denser parts.

    Each has its name, and begins and ends with a year.
    """
    dates = sorted(date for mark in marks for date in (mark.start, mark.end) if date is not None)
    if not dates:
        return [_window(today, today)]
    opened = any(mark.end is None and mark.shape in ("span", "open") for mark in marks)
    windows = [_window(dates[0], max(dates[-1], today) if opened else dates[-1])]
    if len(dates) < 8:
        return windows
    rest = _densest(dates)
    parts = 1 if len(rest) < 10 else 2 if len(rest) < 24 else 3
    for part in range(parts, 0, -1):
        if not rest:
            break
        # A part ends with a year, so that no year is in two parts.
        limit = math.floor(rest[math.ceil(len(rest) / part) - 1]) + 1
        windows.append(_window(rest[0], max(date for date in rest if date < limit)))
        rest = [date for date in rest if date >= limit]
    return list(dict.fromkeys(windows))


def left_out(marks: Sequence[Mark], window: tuple[float, float]) -> str:
    """Say how many of the *marks* lie outside the window, or nothing."""
    outside = [mark for mark in marks if _place(mark, window) is None]
    before = sum((mark.end if mark.end is not None else mark.start or 0) < window[0] for mark in outside)
    after = len(outside) - before
    parts = [ngettext("%(n)s earlier", "%(n)s earlier", before)] if before else []
    parts += [ngettext("%(n)s later", "%(n)s later", after)] if after else []
    listed = format_list(parts, locale=spoken().locale)
    return gettext("Not in this part: %(numbers)s.", numbers=listed) if parts else ""


def sample(shape: str, evidence: str = "stated") -> str:
    """Draw one kind of mark for a legend.

    The shape "future" is the hatched ground.
    """
    inside = '<path class="px-hatch" d="M-8 0L0-8M-8 8L8-8M0 8L8 0"/>'
    if shape != "future":
        inside = f'<g class="px-m px-e-{escape(evidence)}">{_shape(shape, evidence)}</g>'
    return (
        '<svg class="px-pic px-sample" viewBox="-8 -8 16 16" width="16" height="16" '
        f'aria-hidden="true" focusable="false">{inside}</svg>'
    )


def _densest(dates: Sequence[float]) -> Sequence[float]:
    """Return the shortest run with three quarters of the dates."""
    many = math.ceil(len(dates) * 0.75)
    first = min(range(len(dates) - many + 1), key=lambda at: (dates[at + many - 1] - dates[at], at))
    return dates[first : first + many]


def _window(first: float, last: float) -> tuple[str, float, float]:
    """Return the years around two dates, with a name."""
    start, end = math.floor(first), math.floor(last)
    name = gettext("%(start)s to %(end)s", start=start, end=end) if end > start else str(start)
    return name, float(start), float(end + 1)


def _at(date: float, window: tuple[float, float]) -> float:
    """Return the place of a date in percent."""
    return _FIRST + (_LAST - _FIRST) * (date - window[0]) / max(window[1] - window[0], 1e-9)


def _pack(marks: Sequence[Mark], window: tuple[float, float]) -> list[list[_Place]]:
    """Pack the marks of a lane into rows."""
    places = [place for mark in marks if (place := _place(mark, window))]
    plain = _rows([_with_label(place) for place in places])
    # In a crowded lane two marks can share a row back to back, one label on either side.
    paired = _rows([_with_label(place, leftward=True) for place in places], turn=True)
    return paired if len(plain) > 4 and len(paired) <= 0.7 * len(plain) else plain


def _rows(places: Sequence[_Place], turn: bool = False) -> list[list[_Place]]:
    """Put each place in the first row with room.

    `turn` lets a label go to the right instead.
    """
    rows: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: (place.left, place.right)):
        for choice in (place, _with_label(place)) if turn else (place,):
            row = next((row for row in rows if row[-1].high + 10 * _PX <= choice.low), None)
            if row is not None:
                row.append(choice)
                break
        else:
            rows.append([place])
    return rows


def _place(mark: Mark, window: tuple[float, float]) -> _Place | None:
    """Return the place of a mark within the window."""
    first, last = window
    text = shorten(mark.label.strip() or mark.id, _LABEL, _SIZE, bold=True)
    if mark.shape in ("point", "deadline"):
        dates = (mark.end, mark.start) if mark.shape == "deadline" else (mark.start, mark.end)
        date = next((date for date in dates if date is not None), None)
        if date is None or not first <= date <= last:
            return None
        x = _at(date, window)
        return _Place(mark, x, x, ("whole", "whole"), "", text, 0, 0)
    start = first if mark.start is None else mark.start
    end = last if mark.end is None else mark.end
    if start > last or end < first:
        return None
    ends = (
        "open" if mark.start is None else "cut" if start < first else "whole",
        "open" if mark.end is None else "cut" if end > last else "whole",
    )
    left = _at(start, window) if ends[0] == "whole" else _TRACK
    right = _at(end, window) if ends[1] == "whole" else _EDGE
    return _Place(mark, left, max(left, right), ends, "", text, 0, 0)


def _with_label(place: _Place, leftward: bool = False) -> _Place:
    """Return a place with its label in or beside the mark."""
    need = text_width(place.text, _SIZE, bold=True) * _PX
    if place.right - place.left < 12 * _PX:
        centre = min((place.left + place.right) / 2, _EDGE - 9 * _PX)
        place = replace(place, left=centre, right=centre)
    else:
        inset = _inset(place) * _PX
        if need + inset + 8 * _PX <= place.right - place.left:
            return replace(place, side="in", low=place.left, high=place.right)
    near = _beside(place) * _PX
    if (leftward and place.left - near - need >= _TRACK) or place.right + near + need > _EDGE:
        return replace(place, side="left", low=place.left - near - need, high=place.right + near)
    return replace(place, side="right", low=place.left - near, high=place.right + near + need)


def _inset(place: _Place) -> int:
    """Return the pixels before a label in its bar."""
    return {"whole": 9, "cut": 20, "open": 32}[place.ends[0]]


def _beside(place: _Place) -> int:
    """Return the pixels between a mark and its label."""
    return 19 if place.mark.approximate else 12 if place.left == place.right else 8


def _lane(name: str, rows: Sequence[Sequence[_Place]], y: int, prefix: str) -> tuple[str, int]:
    """Return the drawing of one lane, and its height."""
    lines = wrap(name, _TRACK / _PX - 18, _SIZE, bold=True)
    height = max(_ROW * len(rows), 17 * len(lines) + 6) + 2 * _PAD
    texts = " ".join(
        f'<text class="px-lane" x="10" y="{y + _PAD + 18 + 17 * at}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    placed = [(place, y + _PAD + _ROW // 2 + _ROW * at) for at, row in enumerate(rows) for place in row]
    # Read in the order of time, whatever the row.
    placed.sort(key=lambda pair: (pair[0].left, pair[0].right))
    line = f'<line class="px-rule" x2="100%" y1="{y}" y2="{y}"/>'
    marks = "".join(_mark(place, middle, prefix) for place, middle in placed)
    return f'<g role="group" aria-label="{escape(name)}">{line}{texts}{marks}</g>', height


def _mark(place: _Place, y: int, prefix: str) -> str:
    """Draw one mark with its label, linked if possible."""
    mark = place.mark
    shape = "".join(_bar(place, y, prefix) if place.right > place.left else _dot(place, y))
    x, dx, anchor = place.right, _beside(place), ""
    if place.side == "in":
        x, dx, anchor = place.left, _inset(place), ' class="px-in"'
    elif place.side == "left":
        x, dx, anchor = place.left, -dx, ' text-anchor="end"'
    inside = (
        f"<title>{escape(mark.label)}</title>{shape}"
        f'<text x="{percent(x)}" dx="{dx}" y="{y + 4.5:g}"{anchor}>{escape(place.text)}</text>'
    )
    css = f"px-m px-e-{escape(mark.evidence)}"
    if mark.href:
        return f'<a class="{css}" href="{escape(mark.href)}">{inside}</a>'
    return f'<g class="{css}">{inside}</g>'


def _dot(place: _Place, y: int) -> Iterator[str]:
    """Draw a mark without length, with whiskers if approximate."""
    mark = place.mark
    whiskers = '<path class="px-about" d="M-14 0H14M-14-4v8M14-4v8"/>' if mark.approximate else ""
    shape = _shape(mark.shape, mark.evidence)
    yield f'<svg x="{percent(place.left)}" y="{y}" overflow="visible">{whiskers}{shape}</svg>'


def _shape(shape: str, evidence: str) -> str:
    """Draw a mark around the origin, half filled if inferred."""
    whole, half = _SHAPES.get(shape, _SHAPES["span"])
    return whole + (f'<path class="px-half" d="{half}"/>' if evidence == "inferred" else "")


def _bar(place: _Place, y: int, prefix: str) -> Iterator[str]:
    """Draw a bar.

    Open ends fade away, cut ends point on, approximate ends have whiskers.
    """
    faded = "".join(end[0] for end in place.ends).replace("w", "-").replace("c", "-")
    mask = "" if faded == "--" else f' mask="url(#{prefix}-{faded})"'
    yield (
        f'<rect class="px-span" x="{percent(place.left)}" y="{y - 11}" '
        f'width="{percent(place.right - place.left)}" height="22" rx="4"{mask}/>'
    )
    for end, x, way in zip(place.ends, (place.left, place.right), (1, -1), strict=True):
        inside = ""
        if end == "cut":
            inside = f'<path class="px-cut" d="M{14 * way}-5L{6 * way} 0 {14 * way} 5z"/>'
        elif end == "whole" and place.mark.approximate:
            inside = '<path class="px-about" d="M-7 0H7M-7-4v8M7-4v8"/>'
        if inside:
            yield f'<svg x="{percent(x)}" y="{y}" overflow="visible">{inside}</svg>'


def _defs(prefix: str) -> str:
    """Define the fades, by the open sides, and the hatching."""
    white = '<stop offset="{}" stop-color="#fff" stop-opacity="{}"/>'
    masks = []
    for name, left, right in (("o-", 0, 1), ("-o", 1, 0), ("oo", 0, 0)):
        stops = ((0, left), (0.12, 1), (0.88, 1), (1, right))
        masks.append(
            f'<linearGradient id="{prefix}-{name}-g">'
            + "".join(white.format(*stop) for stop in stops)
            + f'</linearGradient><mask id="{prefix}-{name}" maskContentUnits="objectBoundingBox" '
            f'x="0" y="-1" width="1" height="3"><rect y="-1" width="1" height="3" '
            f'fill="url(#{prefix}-{name}-g)"/></mask>'
        )
    hatch = (
        f'<pattern id="{prefix}-hatch" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<path class="px-hatch" d="M-2 2L2-2M0 8L8 0M6 10L10 6"/></pattern>'
    )
    return f"<defs>{''.join(masks)}{hatch}</defs>"


def _ground(window: tuple[float, float], today: float, height: int, prefix: str) -> str:
    """Hatch what lies after today."""
    start = _TRACK if today < window[0] else _at(today, window)
    if today > window[1]:
        return ""
    return (
        f'<rect x="{percent(start)}" y="{_HEAD}" width="{percent(_EDGE - start)}" '
        f'height="{height - _HEAD}" fill="url(#{prefix}-hatch)"/>'
    )


def _axis(window: tuple[float, float], height: int) -> str:
    """Draw the years with their lines."""
    parts = []
    for when, name in _ticks(window):
        x = percent(_at(when, window))
        parts.append(f'<line class="px-tick" x1="{x}" x2="{x}" y1="{_HEAD}" y2="{height}"/>')
        parts.append(f'<text class="px-year" x="{x}" y="{_HEAD - 9}">{name}</text>')
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _ticks(window: tuple[float, float]) -> Iterator[tuple[float, str]]:
    """Yield about eight round dates: years or months."""
    first, last = window
    span = max(last - first, 1e-9)
    if span <= 4:
        step = 1 if span <= 0.7 else 3 if span <= 2.2 else 6
        for month in range(math.ceil(first * 12 - 1e-6), math.floor(last * 12 + 1e-6) + 1):
            if month % step == 0:
                year, place = divmod(month, 12)
                first_day, skeleton = date(year, place + 1, 1), "yMMM" if place else "y"
                yield month / 12, format_skeleton(skeleton, first_day, locale=spoken().locale)
        return
    size = 10 ** math.floor(math.log10(span / 8))
    step = next(size * n for n in (1, 2, 5, 10, 20) if size * n >= 1 and span / (size * n) <= 10)
    year = math.ceil(first / step) * step
    while year <= last:
        yield year, str(round(year))
        year += step


def _today(window: tuple[float, float], today: float, label: str, height: int) -> str:
    """Draw the line of today with its label."""
    if not window[0] <= today <= window[1]:
        return ""
    x = _at(today, window)
    half = text_width(label, 12, bold=True) * _PX / 2
    anchor = "end" if x + half > _EDGE else "start" if x - half < 0 else "middle"
    return (
        f'<line class="px-today" x1="{percent(x)}" x2="{percent(x)}" y1="18" y2="{height}"/>'
        f'<text class="px-today" x="{percent(x)}" y="13" text-anchor="{anchor}">'
        f"{escape(label)}</text>"
    )
