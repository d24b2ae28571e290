"""Parse dates in a subset of EDTF (ISO 8601-2)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from plan_explorer.diagnostics.suggestions import normalise_word
from plan_explorer.translation import FALLBACK, find_locale, gettext, spoken

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<about>~?)", re.ASCII)

_ISO = re.compile(
    r"(\d{4})(?:[-/.年] ?(\d{1,2})(?:[-/.月] ?(\d{1,2})日?(?:[T ]\d.*)?|月)?|年)?",
    re.ASCII,
)
DAY_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
"""A day by numbers, the first or the second of which is the month."""
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?P<before>.+?)(?:,|\bdel?\b|[ /.-])* ?(?P<year>\d{4})|(?P<first>\d{4})年?[ /.-]*(?P<after>.+)",
    re.ASCII,
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|[.ºª°])?[ -]?(?:de |di |of )?(.+)")
_DAY_LAST = re.compile(r"(.+?) (\d{1,2})(?:st|nd|rd|th)?")
_RANGE = re.compile(r"(.+?)(?: ?[–—~〜至到] ?| (?:-|to|until|till|bis|à|au|a|al|até|fino a) )(.+)")
_YEARS = re.compile(r"(\d{4}) ?[-–—/] ?(\d{4})", re.ASCII)
MAX_DATE = 90
"""The most characters of a date in words."""
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


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


def read_date(words: str, language: str = FALLBACK, order: str = "") -> str:
    """Return a date or period that is written in another way as EDTF, or "" if it is uncertain.

    Args:
        words: the date: ``31.12.2029``, ``March 2026``, ``T2 2028``, ``2025年12月``, ``2025–2027``.
        language: the tag of the language whose months and quarters may be named, besides those of English.
        order: ``day`` or ``month``, if one of them is known to come first.
    """
    if len(words) > MAX_DATE:
        return ""
    line = " ".join(words.split())
    try:
        return parse_date(line).edtf
    except DateError:
        pass  # it is written in another way
    if match := _ISO.fullmatch(line):
        line = "-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)])
    elif match := DAY_MONTH.fullmatch(line):
        line = _with_order(match, order)
    elif match := _MONTH.fullmatch(line):
        line = f"{match[2]}-{match[1].zfill(2)}"
    elif match := _YEARS.fullmatch(line):
        line = f"{match[1]}/{match[2]}"
    elif match := _RANGE.fullmatch(line):
        return _read_range(match[1], match[2], language, order)
    elif match := _NAMED.fullmatch(line):
        line = _read_named(match["year"] or match["first"], match["before"] or match["after"], language)
    try:
        return parse_date(line).edtf
    except DateError:
        return ""


def _with_order(match: re.Match[str], order: str) -> str:
    """Return a day, if it is known which number is that of the month."""
    first, mark, second, year = match.groups()
    if order == "month" and mark != ".":
        first, second = second, first
    elif not order and int(first) <= 12:
        return ""
    return f"{year}-{second.zfill(2)}-{first.zfill(2)}"


def _read_range(first: str, last: str, language: str, order: str) -> str:
    """Return the period between two dates; the first may leave its year to the other: *March – June 2026*."""
    end = read_date(last, language, order)
    start = read_date(first, language, order) or (read_date(f"{first} {end[:4]}", language) if end else "")
    try:
        return parse_date(f"{start.split('/')[0]}/{end.split('/')[-1]}").edtf if start and end else ""
    except DateError:
        return ""


def _read_named(year: str, words: str, language: str) -> str:
    """Return a quarter, a month or a day of a year, which *words* name."""
    names = _names(language)
    if months := names.get(_fold(words)):
        start, end = (f"{year}-{month:02}" for month in months)
        return start if start == end else f"{start}/{end}"
    if match := _DAY_FIRST.fullmatch(words):
        day, name = match.groups()
    elif match := _DAY_LAST.fullmatch(words):
        name, day = match.groups()
    else:
        return ""
    first, last = names.get(_fold(name), (0, 1))
    return f"{year}-{first:02}-{day.zfill(2)}" if first == last else ""


@lru_cache(maxsize=64)
def _names(language: str) -> dict[str, tuple[int, int]]:
    """Return the first and the last month of what a language names within a year, by its name."""
    names: dict[str, tuple[int, int]] = {}
    for number in range(1, 5):
        names |= dict.fromkeys((f"q{number}", f"{number}q"), (3 * number - 2, 3 * number))
    for tag in (language, FALLBACK, "en-GB"):  # which has Sept
        if not (locale := find_locale(tag)):
            continue
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in locale.months[form][width].items():
                    names.setdefault(_fold(name), (number, number))
                for number, name in locale.quarters[form][width].items():
                    for each in (name, name.replace(str(number), _ROMAN[number]), name.removeprefix("第")):
                        names.setdefault(_fold(each), (3 * number - 2, 3 * number))
    return names


def _fold(name: str) -> str:
    """Return a name without accents, case, blanks and points."""
    return re.sub(r"[\s.]", "", normalise_word(name))


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
