"""A bibliography or a glossary comes into a plan that exists, in a file of its own."""

import csv
import shutil
from pathlib import Path

import pytest
from bringing import bring
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan

SAMPLES = Path(__file__).parent / "samples"

GLOSSARY = [
    ["Term", "Term (fr)", "Definition", "Source", "No."],
    ["Buffer [strip]", "Zone tampon", "Plants beside a stream, see [@paper p1.1].", "https://a.org", "G.1"],
    ["Floodplain", "Plaine", "Land that a river floods.", "", "G.2"],
]


@pytest.fixture
def plan(tmp_path):
    """Return the folder of a copy of the plan of the town."""
    shutil.copytree(plan_folder("town"), tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture
def glossary(tmp_path):
    with (tmp_path / "words.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(GLOSSARY)
    return tmp_path / "words.csv"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("format", "name", "ids"),
    [
        ("bibtex", "references.bib", ["smith2020", "who", "smith2020-2"]),
        ("csl", "references.json", ["smith2020", "act"]),
        ("ris", "references.ris", ["lane2019", "reference-2"]),
    ],
)
def test_references_become_sources_that_can_be_cited(format, name, ids, plan):
    before = load_plan(plan).plan
    said = bring(format, SAMPLES / name, "--into", plan, "--add")
    checked = load_plan(plan)
    fresh = [source.id for source in checked.plan.sources if source.id not in before]
    assert fresh == ["bibliography-references", *ids]
    assert f"{len(ids)} sources in bibliography-references.yaml" in said
    assert not checked.warnings
    assert {each.status for id in fresh for each in checked.plan[id].says} <= {"background"}
    assert f"# Import of {name}" in (plan / "import.md").read_text(encoding="utf-8")
    assert checked.plan.settings == before.settings  # it needs nothing of plan.yaml


def test_a_reference_keeps_what_the_file_says_of_it(plan):
    bring("ris", SAMPLES / "references.ris", "--into", plan, "--add")
    source = load_plan(plan).plan["lane2019"]
    assert source.name["en"].text == "Rivers in towns: what they cost [and give]"
    assert [each.words for each in source.says] == [
        "Article by Ada Lane, Ben Moor.",
        "Rivers cost less than floods.",
        "In: Journal of Small Rivers",
        "Volume: 7",
        "Pages: 11–19",
        "Keywords: rivers",
    ]
    assert (source.url, source.date.edtf.edtf) == ("https://example.org/lane", "2019-03")
    report = (plan / "import.md").read_text(encoding="utf-8")
    assert "- 1 × the field 'custom1'" in report


def test_files_of_one_stem_are_kept_side_by_side(plan):
    bring("bibtex", SAMPLES / "references.bib", "--into", plan, "--add")
    said = bring("ris", SAMPLES / "references.ris", "--into", plan, "--add")
    assert "in bibliography-references-ris.yaml" in said
    assert {"smith2020", "lane2019"} <= {source.id for source in load_plan(plan).plan.sources}
    kept = files(plan)
    for format, end in (("bibtex", "bib"), ("ris", "ris")):
        name = SAMPLES / f"references.{end}"
        assert "was added before" in bring(format, name, "--into", plan, "--add", code=1)
        bring(format, name, "--into", plan, "--add", "--force")
    assert files(plan).keys() == kept.keys()
    assert load_plan(plan).plan["lane2019"].url == "https://example.org/lane"


def test_a_table_becomes_a_glossary(plan, glossary):
    said = bring("csv", glossary, "--into", plan, "--add")
    assert "2 terms in glossary-words.yaml" in said
    assert "left out: a name in 'fr', which is no language of the plan" in said
    checked = load_plan(plan)
    term = checked.plan["buffer-strip"]
    assert term.name["en"].text == "Buffer [strip]"
    assert [each.plain for each in term.says] == [
        "Plants beside a stream, see [@paper p1.1].",  # as data, not as a citation
        "Source: https://a.org",
        "Number: G.1",
    ]
    assert {each.status for each in term.says} == {"background"}
    assert {place.source for each in term.says for place in each.all_cites} == {"glossary-words"}


def test_a_vocabulary_brings_its_kinds_and_relations(plan):
    bring("skos", SAMPLES / "vocabulary.ttl", "--into", plan, "--add")
    whole = load_plan(plan).plan
    assert whole["runoff"].kind == "words-for-water"
    assert whole.settings.term_kinds["words-for-water"] == "Words for water"
    assert [(each.kind, each.target) for each in whole["runoff"].relations] == [("broader", "water")]
    assert whole.settings.relations["broader"].name == "is narrower than"


def test_what_the_plan_has_already_is_refused_with_its_place(plan, tmp_path):
    refs = tmp_path / "refs.bib"
    refs.write_text("@book{Paper, title = {New}}\n@book{fresh, title = {Other}}\n", encoding="utf-8")
    before = files(plan)
    said = bring("bibtex", refs, "--into", plan, "--add", code=1)
    assert f"{refs}:1:1: the plan has 'New' already, as 'paper' ({plan}/content.yaml:" in said
    assert "take it out of the file, or remove or rename the source of the plan first" in said
    assert "'fresh'" not in said
    assert files(plan) == before


def test_a_term_of_the_same_name_is_refused(plan, glossary, tmp_path):
    bring("csv", glossary, "--into", plan, "--add")
    other = tmp_path / "more.csv"
    other.write_text("Term,Definition\nriver,Water that flows.\nFLOODPLAIN,Wet land.\n", encoding="utf-8")
    said = bring("csv", other, "--into", plan, "--add", code=1)
    assert f"{other}:3:1: the plan has 'FLOODPLAIN' already, as 'floodplain'" in said
    assert not (plan / "glossary-more.yaml").exists()


def test_a_file_that_was_added_is_replaced_only_on_demand(plan, glossary):
    bring("csv", glossary, "--into", plan, "--add")
    said = bring("csv", glossary, "--into", plan, "--add", code=1)
    assert "this glossary was added before" in said
    glossary.write_text("No.,Term,Definition\nG.1,Buffer,Another text.\n", encoding="utf-8")
    bring("csv", glossary, "--into", plan, "--add", "--force")
    whole = load_plan(plan).plan
    assert whole["buffer"].summary.words == "Another text."
    assert "floodplain" not in whole


def test_a_dry_run_shows_what_would_be_added(plan, glossary):
    before = files(plan)
    said = bring("csv", glossary, "--into", plan, "--add", "--dry-run")
    assert "+- id: buffer-strip" in said
    assert files(plan) == before


def test_what_is_neither_is_refused(plan):
    said = bring("oscal", SAMPLES / "catalog.json", "--into", plan, "--add", code=1)
    assert "bibliographies and glossaries can be added, too" in said
