"""Dates as plans give them, held against the ``edtf`` package."""

from datetime import date

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plan_explorer.model.dates import DateError, parse_date
from plan_explorer.translation import read_catalogue, speaking


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023", "2023"),
        ("2023-02", "February 2023"),
        ("2023-02-27", "27 February 2023"),
        ("2020/2025", "2020 to 2025"),
        ("../2025", "by 2025"),
        ("2018-03/..", "from March 2018"),
        ("2049~", "about 2049"),
        ("0987-02-03~", "about 3 February 987"),
        ("2023-02-27/2023-02-28", "27–28 February 2023"),
        ("2023-02-27/2023-03-01", "27 February to 1 March 2023"),
        ("2023-02/2023-10", "February to October 2023"),
        ("2022-12/2023-01-05", "December 2022 to 5 January 2023"),
        ("2023-02-27~/2023-02-28", "about 27 February 2023 to 28 February 2023"),
    ],
)
def test_a_date_is_written_in_words(edtf, words):
    assert str(parse_date(edtf)) == words


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "23", "2023-2", "2023-13", "2023-02-30", "2025/2020", "../..", "2023-02-27T10:00"],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateError):
        parse_date(text)


def test_an_inexact_date_covers_all_its_days():
    period = parse_date("2024-02")
    assert (period.first.isoformat(), period.last.isoformat()) == ("2024-02-01", "2024-02-29")


days = st.dates()


@given(days, days)
def test_a_period_of_two_days_keeps_its_days(one, other):
    first, last = sorted((one, other))
    period = parse_date(f"{first.isoformat()}/{last.isoformat()}")
    assert (period.first, period.last) == (first, last)


@given(st.lists(days, min_size=2, max_size=8))
def test_periods_sort_by_their_first_day(some):
    periods = sorted((parse_date(day.isoformat()) for day in some), key=lambda period: period.sort_key)
    assert [period.first for period in periods] == sorted(some)


exact = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
sound = st.builds(str.__add__, exact, st.sampled_from(["", "~"]))
unsound = st.builds("{:04}-{:02}-{:02}".format, st.integers(1, 9999), st.integers(0, 20), st.integers(0, 40))
slow = settings(max_examples=50, deadline=None)  # the package takes up to 20 ms for a period


def days_by_the_package(text):
    """Return the first and the last day of a date, or nothing if there is no such date."""
    try:
        found = parse_edtf(text)
        return tuple(date(*day[:3]) for day in (found.lower_strict(), found.upper_strict()))
    except (EDTFParseException, ValueError):  # it takes 0001-02-29 for a date
        return None


def days_by_us(text):
    try:
        period = parse_date(text)
    except DateError:
        return None
    return period.first, period.last


@slow
@example("0001-02-29")
@given(sound | unsound)
def test_a_date_is_that_of_the_edtf_package(text):
    assert days_by_us(text) == days_by_the_package(text)


@slow
@given(sound, sound)
def test_a_period_is_that_of_the_edtf_package(one, other):
    first, last = days_by_the_package(f"{one}/{other}")
    assert days_by_us(f"{one}/{other}") == ((first, last) if first <= last else None)


@slow
@given(sound)
def test_a_period_without_an_end_is_one_of_edtf(text):
    assert parse_edtf(f"{text}/..").upper_strict() == float("inf")
    assert parse_edtf(f"../{text}").lower_strict() == float("-inf")
    assert days_by_us(f"{text}/..") == (parse_date(text).first, None)
    assert days_by_us(f"../{text}") == (None, parse_date(text).last)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["1er juillet 2026", "21 juillet 2026", "juillet 2026"]),
        ("en", ["1 July 2026", "21 July 2026", "July 2026"]),
    ],
)
def test_the_first_of_a_month_is_written_as_its_language_does(language, words):
    with speaking(read_catalogue(language)):
        assert [str(parse_date(day)) for day in ("2026-07-01", "2026-07-21", "2026-07")] == words
