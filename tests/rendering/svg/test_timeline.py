"""The chart of events: labels that do not meet, marks in their place, windows that hold the dates."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_explorer.rendering.svg import timeline
from plan_explorer.rendering.svg.timeline import Mark, chart, left_out, windows


def mark(id, start, end=None, shape="point", lane="a", evidence="stated", label=""):
    return Mark(
        id, label or f"Event {id}", f"#{id}", lane, start, start if end is None else end, shape, evidence
    )


def rows(marks, window):
    return timeline._pack(marks, window)


dates = st.floats(1990, 2040, allow_nan=False).map(lambda date: round(date, 2))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(dates, st.floats(0, 9).map(lambda x: round(x, 1)), st.booleans()), max_size=60))
def test_nothing_in_a_row_meets(events):
    marks = [
        mark(f"e{at}", start, start + length, "span" if span else "point", label="A label of some length")
        for at, (start, length, span) in enumerate(events)
    ]
    packed = rows(marks, (1990.0, 2050.0))
    assert sum(map(len, packed)) == len(marks)
    for row in packed:
        for before, after in itertools.pairwise(row):
            assert before.high < after.low
        assert all(
            place.low >= timeline._TRACK - 1e-6 and place.high <= timeline._EDGE + 1e-6 for place in row
        )


def test_a_date_stands_where_it_belongs():
    assert timeline._at(2000, (2000, 2010)) == timeline._FIRST
    assert timeline._at(2010, (2000, 2010)) == timeline._LAST
    half = timeline._at(2005, (2000, 2010))
    assert half == pytest.approx((timeline._FIRST + timeline._LAST) / 2)


def test_marks_outside_the_window_are_left_out_and_spans_are_cut():
    marks = [mark("in", 2005), mark("out", 1990), mark("long", 1990, 2030, "span")]
    places = {place.mark.id: place for row in rows(marks, (2000.0, 2010.0)) for place in row}
    assert set(places) == {"in", "long"}
    assert places["long"].ends == ("cut", "cut")


@pytest.mark.parametrize("ids", [("a", "b", "c"), ("c", "b", "a")])
def test_marks_of_the_same_day_stand_in_the_order_of_the_plan_whatever_their_ids(ids):
    marks = [mark(id, 2005, label=label) for id, label in zip(ids, ("One", "Two", "Three"), strict=True)]
    packed = rows(marks, (2000.0, 2010.0))
    assert [place.mark.label for row in packed for place in row] == ["One", "Two", "Three"]
    drawing, _ = timeline._lane("Lane", packed, 0, "t")
    assert re.findall(r"<title>(\w+)", drawing) == ["One", "Two", "Three"]


def test_the_whole_time_comes_first_and_no_year_is_in_two_parts():
    marks = [mark(f"e{n}", 2018 + n * 0.3) for n in range(30)] + [mark("far", 1950)]
    found = windows(marks, 2026.5)
    assert found[0][1:] == (1950.0, 2027.0)
    parts = sorted((first, last) for _, first, last in found[1:])
    assert parts
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(parts))
    assert windows([], 2026.5) == [("2026", 2026.0, 2027.0)]


def test_every_mark_is_a_link_and_ids_take_the_prefix():
    text = chart(
        [mark("e1", 2005), mark("e2", 2006, evidence="inferred")],
        [("a", "Lane <1>")],
        (2000, 2010),
        2008,
        "today",
        "one",
    )
    tree = ElementTree.fromstring(text)
    assert [a.get("href") for a in tree.iter("a")] == ["#e1", "#e2"]
    assert all(id.startswith("one-") for id in re.findall(r'\bid="([^"]+)"', text))
    assert "Lane &lt;1&gt;" in text
    assert text == chart(
        [mark("e1", 2005), mark("e2", 2006, evidence="inferred")],
        [("a", "Lane <1>")],
        (2000, 2010),
        2008,
        "today",
        "one",
    )


def test_a_part_of_the_time_says_what_it_leaves_out():
    marks = [mark("a", 2000.5), mark("b", 2010.5), mark("c", 2010.6), mark("d", 2030.5)]
    assert left_out(marks, (2010, 2011)) == "Not in this part: 1 earlier and 1 later."
    assert left_out(marks, (2000, 2011)) == "Not in this part: 1 later."
    assert left_out(marks, (2000, 2031)) == ""


def test_months_are_written_as_people_write_them():
    text = chart([mark("a", 2025.3)], [("a", "Lane")], (2025, 2026), 2026.5, "Today")
    assert ">Apr 2025<" in text
    assert "2025-04" not in text
