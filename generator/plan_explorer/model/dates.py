"""Parse dates in a subset of EDTF (ISO 8601-2)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from plan_explorer.translation import FALLBACK, gettext, spoken

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<about>~?)", re.ASCII)

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d.*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[A-Za-z]+)\.?(?: (?P<later>\d{1,2}),?)? (?P<year>\d{4})", re.ASCII
)
_MONTHS = {
    name.casefold(): month
    for width in ("abbreviated", "wide")
    for month, name in Locale("en").months["format"][width].items()
}


class DateError(ValueError):
    """An invalid date; the message is written for authors."""


@dataclass(frozen=True, order=True)
class Point:
    """A year, month or day; 0 means not given."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False

    @cached_property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @cached_property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        words = _in_words(self, spoken().locale)
        return gettext("about %(date)s", date=words) if self.about else words


@lru_cache(maxsize=4096)  # the same days stand in thousands of rows
def _in_words(point: Point, locale: Locale) -> str:
    if point.day:
        words = format_date(point.first, "long", locale)
        # The first of a month is an ordinal in French, for which CLDR has no pattern.
        return words.replace("1 ", "1er ", 1) if locale.language == "fr" and point.day == 1 else words
    return format_skeleton("yMMMM" if point.month else "y", point.first, locale=locale)


@dataclass(frozen=True)
class Period:
    """A period; None marks an open end."""

    start: Point | None
    end: Point | None
    edtf: str

    @property
    def single(self) -> bool:
        return self.start is not None and self.start == self.end

    @property
    def exact(self) -> bool:
        """Whether every given end is an exact day."""
        sides = [side for side in (self.start, self.end) if side]
        return bool(sides) and all(side.day and not side.about for side in sides)

    @property
    def first(self) -> date | None:
        """The first day, or None if the start is open."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """The last day, or None if the end is open."""
        return self.end.last if self.end else None

    @property
    def sort_key(self) -> tuple[date, int, date]:
        """Order by first known day, then precision, then end."""
        first = self.first or self.last or date.max
        side = self.start or self.end
        precision = bool(side and side.month) + bool(side and side.day)
        return (first, precision, self.last or date.max)

    def __str__(self) -> str:
        if self.start is None:
            return gettext("by %(date)s", date=self.end)
        if self.end is None:
            return gettext("from %(date)s", date=self.start)
        if self.single:
            return str(self.start)
        return _span(self.start, self.end)


@lru_cache(maxsize=4096)  # thousands of values have the dates of some years
def parse_date(text: str) -> Period:
    """Return the period that *text* describes.

    Raises:
        DateError: if the text is not in the subset, names a day that does not exist, or ends
            before it starts.
    """
    sides = text.strip().split("/")
    if len(sides) == 1:
        point = _point(sides[0])
        return Period(point, point, text)
    if len(sides) != 2 or sides == ["..", ".."]:
        raise DateError(f"'{text}' is not a valid date or period")
    start, end = (None if side in ("..", "") else _point(side) for side in sides)
    if start and end and end.last < start.first:
        raise DateError(f"the period '{text}' ends before it starts")
    return Period(start, end, text)


def read_date(words: str) -> str:
    """Return a date that is written in another way as EDTF, or "" if it is uncertain: ``31.12.2029``."""
    line = words.strip()
    if match := _ISO.fullmatch(line):
        line = "-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)])
    elif (match := _DAY_FIRST.fullmatch(line)) and int(match[1]) > 12:  # else it may be the month
        line = f"{match[3]}-{match[2].zfill(2)}-{match[1].zfill(2)}"
    elif (match := _WORDED.fullmatch(line)) and (month := _MONTHS.get(match["month"].casefold())):
        day = match["day"] or match["later"]
        line = f"{match['year']}-{month:02}" + (f"-{day.zfill(2)}" if day else "")
    try:
        return parse_date(line).edtf
    except DateError:
        return ""


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text.strip())
    if not match:
        raise DateError(f"'{text}' is not a valid date")
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    point = Point(int(match["year"]), month, day, bool(match["about"]))
    try:
        point.last  # noqa: B018 - the calendar knows which days exist
        point.first  # noqa: B018
    except ValueError:
        raise DateError(f"'{text.strip('~')}' is not in the calendar") from None
    if (match["month"] and not month) or (match["day"] and not day):
        raise DateError(f"'{text}' is not in the calendar")
    return point


def _span(start: Point, end: Point) -> str:
    whole = gettext("%(start)s to %(end)s", start=start, end=end)
    if start.about or end.about or spoken().language != FALLBACK:
        return whole
    if (start.year, start.month) == (end.year, end.month) and start.day and end.day:
        return f"{start.day}–{end}"
    if start.year == end.year and start.month and end.month:
        return f"{str(start).removesuffix(f' {start.year}')} to {end}"
    return whole
