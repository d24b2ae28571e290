"""Names are listed where readers of their language look for them."""

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site import pagination
from plan_explorer.site.collation import DIGITS, bare, letter, sort_key
from plan_explorer.site.views.lists import _group_by_letter
from plan_explorer.translation import read_catalogue, speaking

LISTS = {
    "ar": (
        ["إدارة", "التزام", "آلية", "أول", "البئر", "تقرير", "التمويل", "الماء", "مدرسة", "الناس"],
        "ابتمن",  # by what follows the article
    ),
    "de": (["Ärger", "Arzt", "Straße", "Strauß", "Übung", "ungern"], "ASU"),
    "en": (["2030", "aisle", "Ålesund", "canal", "Łódź", "Lund", "Øresund", "ozone"], f"{DIGITS}ACLO"),
    "es": (["canal", "caña", "cañada", "casa", "nube", "ñame", "oasis"], "CNÑO"),
    "fr": (["à part", "eau", "École", "étang", "Œuvre", "«\u00a0Oyat\u00a0»", "zone"], "AEOZ"),
}
"""Names in their order, and the letters that they stand under."""


@pytest.mark.parametrize("language", LISTS)
def test_names_are_sorted_as_their_language_does(language):
    names, letters = LISTS[language]
    with speaking(read_catalogue(language)):
        assert sorted(sorted(names), key=sort_key) == names
        assert sorted(sorted(names), key=bare) == names
        assert "".join(dict.fromkeys(letter(name) for name in names)) == letters


def test_a_long_list_in_chinese_is_split_by_pinyin(monkeypatch):
    monkeypatch.setattr(pagination, "MAX_TERMS", 2)
    part = pagination.glossary(load_plan(plan_folder("qinghe")).plan, "glossary/index.md")
    assert [each.label for each in part.parts] == ["A", "J", "N", "Q", "S", "Y"]


def test_the_index_has_a_section_for_each_letter():
    with speaking(read_catalogue("es")):
        pairs = _group_by_letter((name, name) for name in ["oasis", "ñame", "nube", "2030", "zona"])
    assert pairs == [(DIGITS, ["2030"]), ("N", ["nube"]), ("Ñ", ["ñame"]), ("O", ["oasis"]), ("Z", ["zona"])]
