"""Mappings between frameworks come into the plan of one of them, and nothing of them is lost silently."""

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml
from bringing import bring
from conftest import build_site, plan_folder

from plan_explorer.build import build
from plan_explorer.importers.mapping import percent
from plan_explorer.loading.checked_plan import load_plan

SAMPLES = Path(__file__).parent / "samples"
MAPPINGS = Path(__file__).parent / "mapping_samples"


@pytest.fixture
def plan(tmp_path):
    """Return the folder of a copy of the plan of the town: A with A.1 and A.2, and B."""
    shutil.copytree(plan_folder("town"), tmp_path / "plan")
    return tmp_path / "plan"


def pairs(folder: Path, id: str = "") -> list[tuple[str, str, str]]:
    """Return the pairs of the crosswalks of a plan, or of one: the entry, the kind and the code."""
    crosswalks = load_plan(folder).plan.crosswalks
    return [
        (pair.entry, pair.relation, pair.other)
        for each in crosswalks
        if not id or each.id == id
        for pair in each.pairs
    ]


def test_a_library_becomes_a_crosswalk(plan):
    said = bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add")
    assert pairs(plan) == [
        ("clean-river", "equal", "v.1"),
        ("plant-banks", "subset", "v.10"),
        ("plant-banks", "intersects", "v.2"),
    ]
    whole = load_plan(plan).plan
    (crosswalk,) = whole.crosswalks
    assert (crosswalk.id, crosswalk.to, crosswalk.source) == ("library", "Valley frame", "mapping-library")
    assert whole.title(crosswalk) == "River plan ↔ Valley frame"
    assert [other.code for other in crosswalk.others] == ["v.1", "v.2", "v.10"]
    assert [said.words for said in crosswalk.says] == [
        "Which measures of the valley frame the river plan covers.",
        "All pairs: matched by meaning.",
    ]
    assert {place.source for said in crosswalk.says for place in said.cites} == {"mapping-library"}
    first, second, _ = crosswalk.pairs
    assert (first.because, first.confidence) == (None, "strength 9")
    assert second.because
    assert second.because.status == "background"  # never what the primary source says
    assert second.because.plain == "Banks are more than trees @home."
    source = whole.source("mapping-library")
    assert (source.publisher, source.licence, str(source.date)) == (
        "Example council",
        "Example",
        "15 January 2026",
    )
    kinds = whole.settings.relations
    assert (kinds["subset"].name, kinds["subset"].inverse) == ("is part of", "includes")
    assert "3 pairs in library" in said


def test_what_a_mapping_loses_is_told_and_counted(plan):
    said = bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add")
    report = (plan / "import.md").read_text(encoding="utf-8")
    assert "- **Came**, from CISO Assistant: 3 pairs\n" in report
    assert "- **Changed**: 1 place\n    - 1 × a pair that is given more than once is kept once\n" in report
    assert "- **Left out**: 4 places\n" in report
    for what, place in (
        ("a pair of which the plan has no end", "mapping 1, pair 4: a.11, v.2 (did you mean 'A.1'?)"),
        ("a pair that the mapping calls unrelated", "mapping 1, pair 5: b, v.3"),
        ("a pair that lacks one of its ends", "mapping 1, pair 6"),
        ("the field 'colour'", "mapping 1, pair 3: green"),
    ):
        assert f"## Left out: {what}\n\n- {place}\n" in report
        assert f"left out: {what} ({place})" in said


def test_a_collection_comes_from_the_other_side_too(plan):
    bring("oscal", MAPPINGS / "mapping-collection.json", "--into", plan, "--add")
    assert pairs(plan) == [
        ("clean-river", "equivalent", "v-1"),
        ("plant-banks", "superset", "v-2"),
        ("plant-banks", "superset", "v-10"),
    ]
    (crosswalk,) = load_plan(plan).plan.crosswalks
    assert crosswalk.to == "Valley frame"
    assert [other.code for other in crosswalk.others] == ["v-1", "v-2", "v-3", "v-10"]  # v-3 has none
    assert [pair.because.words for pair in crosswalk.pairs if pair.because] == [
        "Both are about **water**. Matched by function.",
        *["Meant together: v-2, v-10. Part a.1_smt.b. Matched by meaning."] * 2,
    ]
    assert crosswalk.pairs[0].confidence == "90 %"
    report = (plan / "import.md").read_text(encoding="utf-8")
    assert "## Left out: a pair that the mapping calls unrelated\n\n- mappings[0]/maps[2]: v-1, b\n" in report
    assert "1 × how much of an entry a pair covers" in report
    assert "a part of an entry stands for the entry" in report


def test_a_collection_is_read_in_xml(plan):
    bring("oscal", MAPPINGS / "mapping-collection.xml", "--into", plan, "--add")
    assert pairs(plan) == [("clean-river", "superset", "v-1"), ("clean-river", "superset", "v-2")]
    (crosswalk,) = load_plan(plan).plan.crosswalks
    assert crosswalk.to == "valley-frame"
    assert crosswalk.pairs[0].because.words == "The plan asks for more. Meant together: v-1, v-2."


def test_a_table_in_sssom_keeps_labels_addresses_and_predicates(plan):
    bring("sssom", MAPPINGS / "mapping.sssom.tsv", "--into", plan, "--add")
    assert pairs(plan) == [
        ("clean-river", "equal", "VAL:1"),
        ("plant-banks", "narrower", "VAL:10"),  # the object of broadMatch is the broader one
        ("advise-farmers", "feeds", "VAL:2"),
        ("open-river", "related", "VAL:4"),
    ]
    whole = load_plan(plan).plan
    (crosswalk,) = whole.crosswalks
    assert crosswalk.others[0].model_dump() == {
        "code": "VAL:1",
        "name": "Clean valley",
        "url": "https://example.org/valley/1",
    }
    assert [other.code for other in crosswalk.others] == ["VAL:1", "VAL:2", "VAL:3", "VAL:4", "VAL:10"]
    assert crosswalk.pairs[0].because.plain == 'We took "clean" as *clean*. Manual mapping curation.'
    assert crosswalk.pairs[0].confidence == "95 %"
    kind = whole.settings.relations["feeds"]
    assert (kind.name, kind.inverse) == ("feeds", "is the other end of “feeds”")
    report = (plan / "import.md").read_text(encoding="utf-8")
    assert "## Left out: the column 'author_id'\n\n- 5 rows: " in report
    assert "## Left out: the metadata 'creator_id'\n" in report
    assert "'oboInOwl:hasDbXref' reads as “is related to”" in report


def test_pairs_within_one_plan_become_relations_on_the_evidence_of_the_mapping(plan):
    (plan.parent / "own.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\nhttps://x.example/#A\tskos:closeMatch\thttps://x.example/#B\n",
        encoding="utf-8",
    )
    record = {"format": "plan-explorer/import-1", "from": "skos", "file": "x", "files": {"plan.yaml": {}}}
    keys = {"https://x.example/#A": "clean-river", "https://x.example/#B": "open-river"}
    (plan / "import.json").write_text(json.dumps({**record, "keys": keys}), encoding="utf-8")
    before = (plan / "content.yaml").read_text(encoding="utf-8")
    bring("sssom", plan.parent / "own.sssom.tsv", "--into", plan, "--add")
    whole = load_plan(plan).plan
    relation = whole["clean-river"].relations[-1]
    assert (relation.kind, relation.target, relation.says.cited) == ("close", "open-river", "@mapping-own")
    assert relation.says.status == "background"
    assert pairs(plan) == []
    assert [each.id for each in whole.crosswalks] == ["own"]
    bring("sssom", plan.parent / "own.sssom.tsv", "--into", plan, "--add", "--force")
    assert len(load_plan(plan).plan["clean-river"].relations) == len(whole["clean-river"].relations)
    after = (plan / "content.yaml").read_text(encoding="utf-8")
    assert set(before.split("\n")) <= set(after.split("\n"))  # nothing else was touched


def test_entries_are_found_by_what_the_imported_file_calls_them(tmp_path):
    """Two frameworks may have the same codes; the key of the file tells which is meant."""
    library = yaml.safe_load((SAMPLES / "library.yaml").read_text(encoding="utf-8"))
    nodes = library["objects"]["framework"]["requirement_nodes"]
    node = next(each for each in nodes if each.get("assessable"))
    bring("ciso", SAMPLES / "library.yaml", "--into", tmp_path / "plan")
    other = f"urn:example:another:{node['urn'].rsplit(':', 1)[-1]}"  # the same tail
    mapping = {
        "urn": "urn:x",
        "objects": {
            "requirement_mapping_set": {
                "requirement_mappings": [
                    {
                        "source_requirement_urn": other,
                        "target_requirement_urn": node["urn"],
                        "relationship": "subset",
                    }
                ]
            }
        },
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    bring("ciso", tmp_path / "m.yaml", "--into", tmp_path / "plan", "--add")
    ((entry, kind, _),) = pairs(tmp_path / "plan")
    assert kind == "superset"
    keys = json.loads((tmp_path / "plan" / "import.json").read_bytes())["keys"]
    assert entry == keys[node["urn"]]


def test_the_same_twice_is_the_same_and_builds(plan):
    first = plan.parent / "first"
    shutil.copytree(plan, first)
    for folder in (plan, first):
        for format, name in (
            ("ciso", "mapping-library.yaml"),
            ("oscal", "mapping-collection.json"),
            ("sssom", "mapping.sssom.tsv"),
        ):
            bring(format, MAPPINGS / name, "--into", folder, "--add")
    for path in plan.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (first / path.relative_to(plan)).read_bytes(), path
    assert load_plan(plan).warnings == []
    build_site(plan, plan.parent / "site")


def test_a_mapping_added_before_is_replaced_only_if_asked(plan):
    bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add")
    whole = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    said = bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add", code=1)
    assert "this mapping was added before" in said
    assert "hint: use --force to replace it" in said
    bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add", "--force")
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == whole


def test_a_dry_run_writes_nothing(plan):
    whole = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    said = bring("ciso", MAPPINGS / "mapping-library.yaml", "--into", plan, "--add", "--dry-run")
    assert "+- id: library" in said
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == whole


def test_a_mapping_alone_is_no_plan(tmp_path):
    for format, name in (
        ("ciso", "mapping-library.yaml"),
        ("oscal", "mapping-collection.json"),
        ("sssom", "mapping.sssom.tsv"),
    ):
        said = bring(format, MAPPINGS / name, "--into", tmp_path / "plan", code=1)
        assert "and is no plan by itself [not-imported]" in said
        assert "hint: use --add, and --into the folder of the plan of one of them" in said
    assert not (tmp_path / "plan").exists()


def test_a_mapping_of_other_frameworks_is_refused_with_what_it_names(plan):
    text = (MAPPINGS / "mapping.sssom.tsv").read_text(encoding="utf-8").replace("\nRIV:", "\nSEA:9")
    (plan.parent / "sea.tsv").write_text(text, encoding="utf-8")
    said = bring("sssom", plan.parent / "sea.tsv", "--into", plan, "--add", code=1)
    assert "this file maps SEA to VAL; the plan has no entry of either [not-imported]" in said
    assert "hint: it names SEA:9A, VAL:1; the plan has B, A, A.1" in said


def test_only_a_mapping_can_be_added(plan):
    said = bring("ciso", SAMPLES / "library.yaml", "--into", plan, "--add", code=1)
    assert "this file is no mapping, and only a mapping can be added" in said
    said = bring("ciso", SAMPLES / "library.yaml", "--into", plan, "--add", "--update", code=2)
    assert "--add and --update exclude each other" in said


def test_presets_and_risk_matrices_are_called_what_they_are(tmp_path):
    for key, said in (
        ("preset", "a preset"),
        ("risk_matrix", "a risk matrix"),
        ("metric_definitions", "definitions of metrics"),
    ):
        path = tmp_path / "x.yaml"
        path.write_text(
            yaml.safe_dump({"urn": "urn:x", "objects": {key: [{"urn": "urn:y"}]}}), encoding="utf-8"
        )
        told = bring("ciso", path, "--into", tmp_path / "plan", code=1)
        assert f"this library holds only {said}, which makes no plan" in told


def test_a_term_of_the_glossary_names_its_counterparts(tmp_path):
    bring("skos", SAMPLES / "vocabulary.ttl", "--into", tmp_path / "plan")
    keys = json.loads((tmp_path / "plan" / "import.json").read_bytes())["keys"]
    whole = load_plan(tmp_path / "plan").plan
    uri = next(key for key, id in keys.items() if id in whole and whole[id] in whole.terms)
    rows = f"subject_id\tpredicate_id\tobject_id\tobject_label\n{uri}\tskos:closeMatch\tX:1\tOne\n"
    (tmp_path / "m.sssom.tsv").write_text(rows, encoding="utf-8")
    bring("sssom", tmp_path / "m.sssom.tsv", "--into", tmp_path / "plan", "--add")
    assert pairs(tmp_path / "plan") == [(keys[uri], "close", "X:1")]
    made = {each.page.path: each for each in build(tmp_path / "plan").pages}
    assert (
        "**Counterparts:** is close to X:1 ([M](../crosswalks/m/index.md)) *"
        in made["glossary/index.md"].body
    )
    rows = made["crosswalks/m/index.md"].body
    assert rows.count("*no counterpart*") == len(whole.terms) - 1


def test_an_update_keeps_what_was_added(tmp_path):
    plan = tmp_path / "plan"
    table = shutil.copy(SAMPLES / "goals.csv", tmp_path)  # the mapping is written beside it
    bring("csv", table, "--into", plan)
    whole = load_plan(plan).plan
    item = next(item for item in whole.items if item.code)
    (tmp_path / "m.sssom.tsv").write_text(
        f"subject_id\tpredicate_id\tobject_id\n{item.code}\tskos:exactMatch\tX:1\n", encoding="utf-8"
    )
    bring("sssom", tmp_path / "m.sssom.tsv", "--into", plan, "--add")
    assert "edits since the last import would be lost" in bring(
        "csv", table, "--into", plan, "--force", code=1
    )
    bring("csv", table, "--into", plan, "--update")
    assert pairs(plan) == [(item.id, "equal", "X:1")]
    report = (plan / "import.md").read_text(encoding="utf-8")
    assert [line for line in report.split("\n") if line.startswith("# ")] == [
        "# Import of goals.csv",
        "# Import of m.sssom.tsv",
    ]


# --- hostile input


BOMB = {
    "mapping-collection": {
        "mappings": [
            {
                "maps": [
                    {
                        "relationship": "equal-to",
                        "sources": [{"id-ref": f"a{at}"} for at in range(1000)],
                        "targets": [{"id-ref": f"b{at}"} for at in range(1000)],
                    }
                ]
            }
        ]
    }
}


def test_a_mapping_that_unfolds_to_far_more_is_refused(plan):
    (plan.parent / "bomb.json").write_text(json.dumps(BOMB), encoding="utf-8")
    said = bring("oscal", plan.parent / "bomb.json", "--into", plan, "--add", code=1)
    assert "this mapping has more than 100000 pairs" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is not a mapping in SSSOM"),
        ("a\tb\n1\t2\n", "this is not a mapping in SSSOM"),
        ("#curie_map: [\nsubject_id\tpredicate_id\tobject_id\n", "this is not YAML"),
        ("#a: !!python/object:os.system x\nsubject_id\tpredicate_id\tobject_id\n", "this is not YAML"),
        ("subject_id\tpredicate_id\tobject_id\n", "the plan has no entry of either"),
    ],
)
def test_what_is_no_table_of_pairs_is_refused(plan, text, said):
    (plan.parent / "x.tsv").write_text(text, encoding="utf-8")
    assert said in bring("sssom", plan.parent / "x.tsv", "--into", plan, "--add", code=1)


def test_hostile_text_stays_text(plan):
    mean = '"><script>alert(1)</script> [x](javascript:alert(1)) {{ 7*7 }}'
    with (plan.parent / "x.tsv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"#curie_map:\n#  X: 'javascript:alert'\n#mapping_set_title: '{mean}'\n")
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(["subject_id", "predicate_id", "object_id", "object_label", "comment"])
        rows.writerow(["A", "skos:exactMatch", "X:1", mean, f"{mean} [@paper p1]"])
    bring("sssom", plan.parent / "x.tsv", "--into", plan, "--add")
    (crosswalk,) = load_plan(plan).plan.crosswalks
    assert crosswalk.others[0].url == ""
    assert {place.source for place in crosswalk.pairs[0].because.cites} == {"mapping-x"}
    site = build_site(plan, plan.parent / "site")
    for page in ("index.html", "back/index.html"):
        html = (site / "crosswalks" / "x" / page).read_text(encoding="utf-8")
        assert "<script>alert" not in html
        assert 'href="javascript' not in html


def test_shares_are_told_in_per_cent():
    told = ("0.95", "1", "90", "90%", "0", "high", "", "-3", "nan")
    assert [percent(each) for each in told] == [
        "95 %",
        "100 %",
        "90 %",
        "90 %",
        "0 %",
        "high",
        "",
        "-3",
        "nan",
    ]
