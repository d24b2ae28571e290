"""Terms in running text: inflected, longest first, in Chinese too, and not where they must not be found."""

import pytest

from plan_explorer.model.term_matcher import TermMatcher

FINDER = TermMatcher(
    {
        "policy": ["policy"],
        "data": ["data"],
        "data-element": ["data element"],
        "store": ["store"],
        "5g": ["5G"],
        "element": ["要素"],
        "data-zh": ["数据要素"],
        "network": ["computing network", "computer network"],
        "co-operation": ["co-operation policy"],
        "one-word": ["element"],
        "it": ["IT"],
        "ai": ["AI", "artificial intelligence"],
        "bus": ["bus"],
        "portal": ["open data"],
        "goal": ["goal"],
        "c": ["C++"],
        "times": ["Data Elements ×"],
        "net": [".NET"],
        "korean": ["데이터"],
        "oasis": ["واحة"],
        "falaj": ["فلج", "أفلاج"],
        "belt": ["حزام أخضر"],
        "water": ["المياه الجوفية"],
        "watering": ["ري"],
        "drip": ["ري بالتنقيط"],
    }
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Data elements flow.", ["data-element"]),
        ("a data\nelement", ["data-element"]),
        ("policies and policy's", ["policy", "policy"]),
        ("stored, storing, stores", ["store", "store", "store"]),
        ("restored database", []),
        ("5G networks", ["5g"]),
        ("数据要素和要素", ["data-zh", "element"]),
        ("5G数据要素data", ["5g", "data-zh", "data"]),
        ("database data, metadata's data", ["data", "data"]),
        ("[@data 1] policy", ["policy"]),
        ("co-operation policies, co-operation elements", ["co-operation", "one-word"]),
        ("data, elements", ["data", "one-word"]),
        ("the `data` of [data](x.md) <b title='data'>", []),
        ("COMPUTING networks", ["network"]),
        ("it is aid for state and land; IT, ITs and IT's", ["it", "it", "it"]),
        ("AIs and Artificial intelligence, but no aid", ["ai", "ai"]),
        ("buses and bused, a bus and the bus's", ["bus", "bus"]),
        ("an open-data portal, open\u00a0data", ["portal", "portal"]),
        ("goald, goaled, stored", ["goal", "store"]),
        ("C++ and c, the net", ["c"]),
        ("the Data elements × plan and data elements", ["times", "data-element"]),
        ("الواحة للواحات، والواحتين وبواحة", ["oasis"] * 4),
        ("فلجًا والأفلاج كالافلاج فلجان الفـلج", ["falaj"] * 5),
        ("الحِزام الأخضر، وبحزام أخضر", ["belt", "belt"]),
        ("مياه جوفية وبالمياه الجوفية، لا المياه", ["water", "water"]),
        ("وبالري، وبالري بالتنقيط؛ نبات بري وكبير", ["watering", "drip"]),
        ("데이터를 모으고 데이터의 데이터베이스", ["korean", "korean"]),
    ],
)
def test_terms_are_found(text, ids):
    assert [mention.id for mention in FINDER.find(text)] == ids


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("plan", "They planned, as planes fly and boards are planed.", ["planned"]),
        ("star", "He stared at what starred.", ["starred"]),
        ("need", "needs, needed, needing", ["needs", "needed", "needing"]),
        ("water", "waters, watered", ["waters", "watered"]),
        ("process", "processes, processed", ["processes", "processed"]),
        ("supply", "supplies, supplied, supplying", ["supplies", "supplied", "supplying"]),
        ("hero", "heroes and heros", ["heroes", "heros"]),
        ("chips", "chips and chipsed", ["chips"]),
        ("C", "C++, C# and C", ["C"]),
        ("data", "Write to x@data.org, or to <https://data.example/data>.", []),
        ("data", "Growth <5% of open data and debt >3%", ["data"]),
        ("AI", "AI는 좋다, AIの活用", ["AI", "AI"]),
        ("데이터", "데이터에서는 데이터들의 데이터베이스", ["데이터에서는", "데이터들의"]),
        ("データ", "データの活用とビッグデータ", ["データ"]),
        ("まちづくり", "まちづくりの計画", ["まちづくり"]),
        ("デジタル庁", "デジタル庁は", ["デジタル庁"]),
        ("हिन्दी", "हिन्दी भाषा", ["हिन्दी"]),
        ("हिन्द", "हिन्दी भाषा", []),
        ("ẹ̀kọ́", "ẹ̀kọ́ dara", ["ẹ̀kọ́"]),
        ("kọ", "ẹ̀kọ́ kọ́ kọ", ["kọ"]),
        ("İstanbul", "in İstanbul", ["İstanbul"]),
    ],
)
def test_only_what_is_there_is_found(term, text, found):
    assert [text[each.start : each.end] for each in TermMatcher({"t": [term]}).find(text)] == found


def test_a_name_as_long_as_a_text_costs_no_more_than_others():
    long = TermMatcher({"long": ["a " * 9000], "short": ["a " * 60]})
    assert {mention.id for mention in long.find("a " * 9900)} == {"short"}


def test_a_mention_is_where_the_word_stands():
    text = "More data elements."
    mention = next(iter(FINDER.find(text)))
    assert text[mention.start : mention.end] == "data elements"


def test_without_terms_nothing_is_found():
    assert list(TermMatcher({}).find("data")) == []


def test_terms_that_begin_alike_cost_what_others_cost():
    alike = TermMatcher({str(n): [f"national data {n}"] for n in range(3000)})
    assert [mention.id for mention in alike.find("national data " * 5000 + "2999")] == ["2999"]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        (
            "trait de côte",
            "le trait de côte, les traits de côte, le trait d’union",
            ["trait de côte", "traits de côte"],
        ),
        ("pré salé", "L’herbe des prés salés", ["prés salés"]),
        ("plan-guide", "deux plans-guides, planed guides", ["plans-guides"]),
        ("porte-parole", "Les porte-paroles siègent.", ["porte-paroles"]),
        ("centre-bourg", "des centres-bourgs", ["centres-bourgs"]),
        ("canal", "l’eau des canaux", ["canaux"]),
        ("eau", "L’eau et les eaux", ["eau", "eaux"]),
        ("ouvrage d’art", "les ouvrages d'art", ["ouvrages d'art"]),
    ],
)
def test_terms_of_french_are_found_in_the_plural(term, text, found):
    finder = TermMatcher({"term": [term]}, "fr")
    assert [text[mention.start : mention.end] for mention in finder.find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中国共产党的领导", []),
        ("坚持党的领导", ["党的领导"]),
        ("中国共产党坚持党的领导", ["党的领导"]),
        ("中国共产党的领导人", []),
        ("The Party leads data work", ["data"]),
    ],
)
def test_a_term_is_not_found_in_the_middle_of_a_name(text, found):
    names = ["中国共产党", "data work"]  # where blanks part words, a term in a name is a term
    finder = TermMatcher({"leadership": ["党的领导"], "data": ["data"]}, "zh-Hans", names)
    assert [text[each.start : each.end] for each in finder.find(text)] == found
