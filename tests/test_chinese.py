"""Pages in Chinese: the words of the interface, and no blank where the script has none."""

import re

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT
from lxml import html

from plan_explorer.documents.unspaced import beside

HAN = r"[\u4e00-\u9fff]"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
UNSET = re.compile(rf"[\"'<>]|{HAN}(?: (?!↗)|[,;:?!()])|[ ,;:?!()]{HAN}")
"""Signs and blanks of other scripts."""


def test_each_message_is_said_in_chinese_with_all_that_stands_in_it():
    with (ROOT / "templates/words/zh-Hans.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="zh_Hans") if message.id]
    assert len(messages) > 600
    faults = []
    for message in messages:
        said = message.string if isinstance(message.string, str) else message.string[0]
        original = message.id if isinstance(message.id, str) else message.id[-1]
        held = set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(original))
        if not held or not said or message.fuzzy or UNSET.search(said):
            faults.append((message.context, original, said))
    assert faults == []


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("第3段", "第2句", "第3段第2句"),
        ("公报", "第3段", "公报第3段"),
        ("《公报》", "第3段", "《公报》第3段"),
        ("¶3", "s2", "¶3 s2"),
        ("article", "第3段", "article 第3段"),
        ("公报", "¶3", "公报 ¶3"),
    ],
)
def test_a_blank_stands_between_what_has_one_in_its_script(first, second, whole):
    assert beside(first, second) == whole


@pytest.fixture(scope="module")
def page(sites):
    """Return a function that gives what a page of the plan in Chinese holds."""

    def read(path):
        return html.parse(sites("qinghe") / path, html.HTMLParser(encoding="utf-8")).getroot()

    return read


def test_places_and_counts_have_no_blank_between_characters(page):
    item = page("cuoshi/nongjia-shuwu.html")
    places = item.xpath("//a[contains(@class, 'px-loc') and not(contains(@class, 'other'))]")
    assert {each.text_content() for each in places} >= {"第3段第2句", "第1段第2句"}
    assert "第3段第2句：方案原文，第3段落，第2句" in {each.get("aria-label") for each in places}
    assert "3项保障措施" in page("index.html").text_content()
    assert "6项措施，含下级事项" in page("compare/index.html").text_content()
    cited = page("cuoshi/fenguan.html").xpath("string(//details[contains(., '7714')])")
    assert "据方案原文，第3段第3句、第3段第4句." in cited


def test_a_page_in_chinese_marks_no_chinese_as_foreign(page):
    for path in ("index.html", "cuoshi/nongjia-shuwu.html", "compare/index.html", "timeline/index.html"):
        main = page(path).xpath("//main")[0]
        assert main.xpath(".//*[@lang='zh-Hans']") == []
        assert len(re.findall(HAN, main.text_content())) > 100


def test_only_the_last_character_stays_with_what_quotes_a_statement(page):
    kept = page("views/duixiang.html").xpath("//*[@class='px-together']")
    assert [each.text_content() for each in kept] == ["庄。"]
    kept = page("cuoshi/pingtai.html").xpath("//*[@class='px-together']")
    assert all(len(each.text_content()) < 10 for each in kept)
