"""The first plan in Chinese: the same pages and places as in English, and every statement in Chinese."""

import re

from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.indicators import is_figure

TAG = "zh-Hans"
OWN = re.compile(r'\sid="((?!letter-)[^"]+)"')
"""The anchors of a page, but for the letters of a list, which are those of its language."""


def test_every_statement_is_told_in_chinese():
    checked = load_plan(plan_folder("real"))
    refs = [ref for refs in checked.editions[TAG].said.values() for ref in refs if ref.statement.text]
    assert len(refs) == sum(bool(ref.statement.text) for refs in checked.plan.said.values() for ref in refs)
    written = [ref for ref in refs if not is_figure(ref.key) and ref.key[0] != "wordings"]
    assert len(written) > 1100
    assert [ref.statement.text for ref in written if ref.statement.language] == []
    others = [ref.statement.text for ref in written if ref.key[0] != "renderings"]  # those may be English
    assert [text for text in others if not re.search("[\u4e00-\u9fff]", text)] == []


def test_it_has_the_pages_and_places_of_the_first_edition(sites):
    site = sites("real")
    first = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    english = {path for path in first if not path.startswith(f"{TAG}/")}
    assert len(english) > 200
    assert first - english == {f"{TAG}/{path}" for path in english}
    for path in english:
        ours, theirs = (OWN.findall((site / each).read_text("utf-8")) for each in (path, f"{TAG}/{path}"))
        assert set(ours) == set(theirs), path


def test_no_text_has_marks_of_latin_width_or_a_blank_between_characters():
    edition = load_plan(plan_folder("real")).editions[TAG]
    refs = [ref for refs in edition.said.values() for ref in refs if not is_figure(ref.key)]
    said = [ref.statement for ref in refs if not ref.statement.language]
    texts = [text for each in said for text in (each.words, each.reason) if text]
    han = "[\u4e00-\u9fff]"
    wrong = re.compile(rf"{han} ?[,;:?!()]|{han}\.(?:\s|$)|{han} +{han}")
    assert [text for text in texts if wrong.search(text)] == []
