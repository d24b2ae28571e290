"""The words in the chart of an indicator."""

import re
from itertools import pairwise

import pytest

from plan_explorer.model.dates import parse_date
from plan_explorer.rendering.svg.indicator import Chart, Dot, chart
from plan_explorer.site.views.indicators import year_of

TEXT = re.compile(r'<text[^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<')


@pytest.mark.parametrize("start", ["0", "5"])
def test_no_word_lies_on_the_years(start):
    values = [Dot(2023.0, 60, "60"), Dot(2024.0, 128, "128"), Dot(2025.0, 210, "210")]
    base = Dot(2022.997, float(start), start)
    drawn = chart(Chart("Homes", "homes", values, base, targets=[Dot(2030.0, 900, "900")]), "Homes")
    for svg in drawn.split("</svg>")[:-1]:
        texts = [(float(y), words) for _, y, words in TEXT.findall(svg)]
        years = next(y for y, words in texts if words == "2024")
        lowest = max(y for y, words in texts if not re.fullmatch(r"20\d\d", words))
        assert lowest + 10 < years, texts


RISING = [
    Dot(float(year), number, str(number)) for year, number in ((2022, 2), (2023, 3), (2024, 5), (2025, 4))
]


def test_words_beside_a_line_do_not_lie_on_it():
    way = Chart("Lines", "", RISING, RISING[0], [Dot(2023.0, 3, "3")], [Dot(2027.0, 6, "6")])
    for svg in chart(way, "Lines").split("</svg>")[:-1]:
        [(left, y)] = [(float(x), float(y)) for x, y, words in TEXT.findall(svg) if words == "milestone 3"]
        [drawn] = re.findall(r'class="px-value-line" d="M([^"]+)"', svg)
        points = [tuple(map(float, each.split())) for each in drawn.split("L")]
        for (x1, y1), (x2, y2) in pairwise(points):
            for share in (at / 50 for at in range(51)):
                x, line = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
                assert not (left < x < left + 60 and y - 11 < line < y + 3)


def test_a_picture_says_its_unit_and_the_year_of_its_end():
    for svg in chart(Chart("Homes", "homes", RISING, targets=[Dot(2037.0, 9, "9")]), "Homes").split("</svg>")[
        :-1
    ]:
        words = [each for _, _, each in TEXT.findall(svg)]
        assert words.count("homes") == 1
        assert "2037" in words


def test_the_first_value_is_named_though_the_baseline_is_later():
    later = Dot(2023.0, 10, "10")
    drawn = chart(Chart("Trees", "%", [Dot(2018.0, 17, "17"), Dot(2025.0, 30, "30")], later), "Trees")
    strong = re.findall(r'class="px-strong"[^>]*>([^<]*)<', drawn)
    assert strong == ["30", "17"] * 2


def test_what_the_source_does_not_give_is_hollow_and_nothing_else():
    stated, other = Dot(2026.0, 3, "3"), Dot(2027.0, 4, "4", "background")
    drawn = chart(Chart("Lines", "", RISING, None, [stated, other], [Dot(2030.0, 6, "6")]), "Lines")
    assert drawn.count("px-aim--hollow") == 2  # in the wide and in the narrow picture


def test_a_day_stands_between_the_years():
    days = ("2022-01-01", "2022-07-02", "2022-12-31")
    at = [year_of(parse_date(each)) for each in days]
    assert [round(each, 1) for each in at] == [2021.5, 2022.0, 2022.5]
    assert year_of(parse_date("2022")) == 2022


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2022.0, 2025.4966, ["2022", "2023", "2024", "2025"]),  # the end of 2025 is no part of 2026
        (2021.5, 2022.0, ["2022"]),
        (2023.58, 2024.49, ["2024"]),
    ],
)
def test_only_years_in_which_something_lies_are_named(first, last, years):
    drawn = chart(Chart("Lines", "", [Dot(first, 3, "3"), Dot(last, 4, "4")]), "Lines")
    for svg in drawn.split("</svg>")[:-1]:
        assert sorted(re.findall(r">(20\d\d)<", svg)) == years


def test_a_baseline_is_named_once():
    base = Dot(2021.0, 2, "2")
    for values, told in (([Dot(2025.0, 4, "4")], ["4"]), ([base, Dot(2025.0, 4, "4")], ["4", "2"])):
        drawn = chart(Chart("Lines", "", values, base), "Lines")
        assert re.findall(r'class="px-strong"[^>]*>([^<]*)<', drawn) == told * 2
        assert drawn.count(">baseline 2<") == 2
