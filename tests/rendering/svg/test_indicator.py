"""The words in the chart of an indicator."""

import re

import pytest

from plan_explorer.rendering.svg.indicator import Chart, Dot, chart

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
