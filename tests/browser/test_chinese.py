"""Pages in Chinese look as Chinese is set, and Chinese within other pages, too."""

import pytest
from faults import OVERFLOW

FONT = "element => getComputedStyle(element).fontFamily.split(',')[0].replaceAll('\"', '')"


@pytest.mark.parametrize(
    ("path", "part", "font"),
    [
        ("cuoshi/nongjia-shuwu.html", "h1", "Noto Serif SC"),
        ("cuoshi/nongjia-shuwu.html", "main h2 >> nth=0", "Noto Serif SC"),
        ("cuoshi/nongjia-shuwu.html", ".px-facts dt >> nth=0", "Noto Sans SC"),
        ("cuoshi/nongjia-shuwu.html", ".px-curve text >> nth=0", "Noto Sans SC"),
        ("cuoshi/nongjia-shuwu.html", ".px-said .px-group--stated li >> nth=0", "Noto Serif SC"),
        ("index.html", ".px-box b >> nth=2", "Noto Serif SC"),
    ],
)
def test_letters_and_figures_have_the_fonts_of_the_characters_beside_them(tab, served, path, part, font):
    assert tab(served("qinghe") + path).locator(part).first.evaluate(FONT) == font


def test_facts_stand_in_lines_beside_the_text(tab, served):
    page = tab(served("qinghe") + "cuoshi/nongjia-shuwu.html", width=1300)
    places = page.locator(".px-facts .px-loc")
    assert places.count() == 5
    assert all(place.bounding_box()["height"] < 30 for place in places.all())
    progress = page.locator(".px-facts dd").filter(has_text="2029年").first.bounding_box()
    assert progress["height"] < 40


@pytest.mark.parametrize(("plan", "path"), [("qinghe", "brief.html"), ("real", "glossary/index.html")])
def test_chinese_is_not_slanted(tab, served, plan, path):
    page = tab(served(plan) + path)
    slanted = page.evaluate(
        """() => ["zh-Hans", "ja", "ko", "zh-Latn", "fr"].map((lang) => {
          const line = document.querySelector("main").appendChild(document.createElement("p"));
          line.lang = lang;
          line.innerHTML = "<em>A</em>";
          return getComputedStyle(line.firstChild).fontStyle;
        })"""
    )
    assert slanted == ["normal", "normal", "normal", "italic", "italic"]


def test_a_column_is_wider_than_a_character(tab, served):
    page = tab(served("qinghe") + "compare/index.html", width=1300)
    cells = page.locator(".px-tab--all .px-actors-of a")
    assert cells.count() > 1
    assert all(each.bounding_box()["height"] < 30 for each in cells.all())
    assert page.locator(".px-tab--all thead th").nth(3).bounding_box()["height"] < 60


@pytest.mark.parametrize(
    "path", ["index.html", "views/duixiang.html", "compare/index.html", "source/index.html"]
)
def test_pages_in_chinese_fit_a_phone(tab, served, path):
    assert tab(served("qinghe") + path, width=390).evaluate(OVERFLOW) == []
