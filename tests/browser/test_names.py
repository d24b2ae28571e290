"""Names in other languages look like their script."""

import pytest


@pytest.mark.parametrize(
    ("plan", "address", "language", "han"),
    [
        ("decade", "targets/index.html", "fr", False),
        ("decade", "targets/index.html", "de", False),
        ("real", "framework/index.html", "zh-Hans", True),
    ],
)
def test_only_chinese_names_in_headings_have_the_fonts_of_chinese(plan, address, language, han, tab, sites):
    name = tab((sites(plan) / address).as_uri()).locator(f":is(h2, h3, h4) > [lang={language}]").first
    first = name.evaluate("element => getComputedStyle(element).fontFamily.split(',')[0]")
    assert (first == '"Noto Sans SC"') == han
