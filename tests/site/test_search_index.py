"""What the index of the search holds, and how much a browser loads of it."""

import gzip
import json
import random
import sys

import pytest
from conftest import ROOT, plan_folder
from edited import copied

from plan_explorer.build import build
from plan_explorer.rendering.assets import read_assets
from plan_explorer.site.pinyin import with_breaks
from plan_explorer.site.search_index import FOLDER, SearchEntry, index_files

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import synthetic

NAMES = FOLDER + "names.js"
FIRST_QUERY_KB = 300
"""How much the first query of a large plan may load, compressed."""


def told(script: bytes) -> list:
    """Return what a *script* of the index tells the search."""
    return json.loads(script.decode().partition(",")[2].removesuffix(");\n"))


def columns(files) -> dict[str, list]:
    """Return the columns of names in the *files* of an index."""
    return told(files[NAMES])[1]


@pytest.mark.parametrize(
    ("name", "tag", "words"),
    [
        ("Shùzì Zhōngguó", "zh-Latn", ["Shù zì", "Zhōng guó"]),
        ("fāng’àn", "zh-Latn", ["fāng’àn"]),
        ("dào 2025 nián", "zh-Latn", ["dào", "2025", "nián"]),
        ("lǜsè dītàn", "zh-Latn-pinyin", ["lǜ sè", "dī tàn"]),
        ("Москва ulitsa", "ru-Latn", ["Москва", "ulitsa"]),
    ],
)
def test_a_romanised_name_shows_where_syllables_and_words_begin(name, tag, words):
    with_spaces = with_breaks(name, tag).split(" ")
    assert [word.replace("\u200b", " ") for word in with_spaces] == words


def test_words_of_the_editors_are_in_the_index_and_on_no_page(tmp_path):
    file = copied("tiny", tmp_path) / "content.yaml"
    words = "    name: Clean water\n    search: [drinking, boreholes]\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("    name: Clean water\n", words), encoding="utf-8"
    )
    site = build(file.parent, formats=())
    found = columns(site.files)
    at = found["url"].index("goals/clean-water/index.html")
    assert found["words"][at] == ["drinking", "boreholes"]
    assert not any("boreholes" in page.body for page in site.pages)


def test_a_page_is_found_by_words_that_readers_use_for_it():
    found = columns(build(plan_folder("tiny")).files)
    assert "export" in found["words"][found["url"].index("data/index.html")]


def test_the_index_knows_dates_as_they_are_typed_and_whether_the_source_states_them():
    found = columns(build(plan_folder("tiny"), formats=()).files)
    meeting = found["url"].index("timeline/index.html#first-meeting")
    assert found["dates"][meeting] == [1, "2025-05-02", "2 May 2025"]
    assert sum(map(bool, found["dates"])) == 1
    found = columns(build(plan_folder("decade"), formats=()).files)
    assert any(dates and f"end of {dates[1][:4]}" in dates for dates in found["dates"])


def test_the_index_knows_what_actors_do_and_which_kinds_are_pages_of_the_site():
    files = build(plan_folder("tiny"), formats=()).files
    head, found = told(files[NAMES])
    kinds = {sort: [head["kinds"][kind] for kind in some] for sort, some in head["sorts"].items()}
    assert kinds == {"actor": ["Actor"], "page": ["Page"]}
    text = told(files[FOLDER + "text-0.js"]).split("\n")[found["url"].index("actors/council.html")]
    assert text.startswith("The paper names a council. Does it: Less runoff.\t")
    assert "Does it: First meeting." in text


def test_of_a_sentence_the_index_holds_what_readers_see():
    files = build(plan_folder("town"), formats=()).files
    found = columns(files)
    quoted = files[FOLDER + "sentences.js"].decode()
    ends = {
        found["url"][at]: ends for at, ends in json.loads(quoted[quoted.index(",") + 1 : quoted.rindex(");")])
    }
    assert ends["source/index.html#p3"][0] == ["Who pays is left open…", ""]
    assert "drinks from its" in ends["source/index.html#p1"][0][0]
    assert ends["source/survey.html#p1"][0] == ["The survey took forty samples", "March and May."]
    assert "source/minutes.html#p1" not in ends
    assert found["sentences"][found["url"].index("source/minutes.html#p1")] == [1, "s", "sentence", ""]


def test_a_plan_without_known_sentences_has_no_file_of_them():
    assert FOLDER + "sentences.js" not in build(plan_folder("tiny"), formats=()).files


def made_up(number: int, luck: random.Random) -> SearchEntry:
    """Return an entry as in the plan of the benchmark: of ten, seven are items and two are terms."""
    text = f"It asks for {' '.join(luck.choices(synthetic.WORDS, k=50))}."
    if number % 10 == 9:
        return SearchEntry(
            f"source/from-{number // 100}.html#p{number}", "Passage", f"Passage {number}", text=text
        )
    han = (("zh-Hans", "".join(luck.choices(synthetic.HAN, k=4 if number % 10 > 6 else 8))),)
    if number % 10 > 6:
        name = f"{luck.choice(synthetic.FIRST)} {luck.choice(synthetic.SECOND)}"
        return SearchEntry(f"glossary/index.html#term-{number}", "Term", name, names=han, text=text)
    name = f"{' '.join(luck.choices(synthetic.WORDS, k=4)).capitalize()} {number}"
    return SearchEntry(f"steps/step-{number}.html", "Step", name, f"S{number}", han, text=text)


def test_the_first_query_of_13000_entries_loads_at_most_300_kb():
    luck = random.Random(1)
    files = index_files(made_up(number, luck) for number in range(13_000))
    assets = dict(read_assets(ROOT / "templates" / "assets"))
    loaded = [files[NAMES], assets["px/search-engine.js"], assets["px/search.css"]]
    assert sum(len(gzip.compress(each)) for each in loaded) <= FIRST_QUERY_KB * 1000
