"""Dates as plans give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.model.dates import DateError, parse_date


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
