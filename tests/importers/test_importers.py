"""What others keep in formats of their own becomes a sound plan; what is hostile is refused."""

import filecmp
import json
import os
import re
import shutil
from pathlib import Path

import pytest
import yaml
from bringing import bring
from conftest import build_site, plan_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from test_site import Page, _differences

from plan_explorer.build import exportable
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.exporters import plan_json
from plan_explorer.importers import clean_text, safe_read
from plan_explorer.importers.draft import Note
from plan_explorer.importers.report import Report
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views import overview

SAMPLES = Path(__file__).parent / "samples"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Return the path of plan.json of the real plan."""
    path = tmp_path_factory.mktemp("export") / "plan.json"
    path.write_bytes(plan_json.export(exportable(plan_folder("real"))).files["plan.json"])
    return path


@pytest.mark.slow
def test_the_real_plan_survives_export_and_import(sites, exported, tmp_path):
    bring("json", exported, "--into", tmp_path / "plan")
    # What was published and verified is no part of a plan.
    for each in (*plan_folder("real").glob("published-*.txt"), plan_folder("real") / "verified.txt"):
        shutil.copy(each, tmp_path / "plan")
    shutil.copytree(plan_folder("real").parent / "versions", tmp_path / "versions")
    again = build_site(tmp_path / "plan", tmp_path / "site")
    assert list(_differences(filecmp.dircmp(sites("real"), again))) == []


def test_the_files_come_back_to_the_letter_unless_their_text_says_something_else(exported, tmp_path):
    bring("json", exported, "--into", tmp_path / "plan")
    back = (tmp_path / "plan" / "plan.yaml").read_bytes()
    assert back == (plan_folder("real") / "plan.yaml").read_bytes()
    data = json.loads(exported.read_bytes())
    data["texts"]["plan.yaml"] = data["texts"]["plan.yaml"].replace("id: digital-china", "id: another", 1)
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    assert "missing from the file or outdated" in bring(
        "json", tmp_path / "plan.json", "--into", tmp_path / "again"
    )
    assert b"id: digital-china" in (tmp_path / "again" / "plan.yaml").read_bytes()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "another/1"}, "not a plan.json"),
        ({"files": {"plan.yaml": {}, "../x.yaml": {}}}, "'../x.yaml' is not a valid name"),
        ({"files": {"plan.yaml": {}, "/etc/x.yaml": {}}}, "is not a valid name"),
        ({"files": {"plan.yaml": {}, "C:\\x.yaml": {}}}, "is not a valid name"),
        ({"files": {"plan.yaml": {}, "a/con.yaml": {}}}, "is not a valid name"),
        ({"files": {"plan.yaml": {}, "run.sh": {}}}, "is not a valid name"),
        ({"files": {"other.yaml": {}}}, "does not contain a complete plan"),
        ({"files": {"plan.yaml": {"id": "x"}}}, "missing"),
    ],
)
def test_a_plan_json_that_is_none_is_refused_and_nothing_is_written(exported, tmp_path, change, said):
    data = json.loads(exported.read_bytes()) | change
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    assert said in bring("json", tmp_path / "plan.json", "--into", tmp_path / "plan", code=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json"]


def test_an_edited_plan_json_is_imported_and_says_so(exported, tmp_path):
    data = json.loads(exported.read_bytes())
    data["files"]["plan.yaml"]["site_name"] = "Another name"
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    assert "edited after the export" in bring("json", tmp_path / "plan.json", "--into", tmp_path / "plan")


def test_a_folder_with_files_is_left_alone_unless_forced(exported, tmp_path):
    into = tmp_path / "plan"
    into.mkdir()
    (into / "mine.txt").write_text("mine", encoding="utf-8")
    assert "contains other files" in bring("json", exported, "--into", into, code=1)
    assert "does not contain a plan" in bring("json", exported, "--into", into, "--force", code=1)
    assert files(into) == {"mine.txt": b"mine"}
    (into / "plan.yaml").write_text("id: old", encoding="utf-8")
    (into / "old.yaml").write_text("terms: []", encoding="utf-8")
    assert "nobody knows what was edited here" in bring("json", exported, "--into", into, "--force", code=1)
    bring("json", exported, "--into", into, "--force", "--discard-edits")
    found = files(into)
    assert found["mine.txt"] == b"mine"
    assert "old.yaml" not in found
    assert b"id: digital-china" in found["plan.yaml"]
    bring("json", exported, "--into", tmp_path / "again")
    assert files(tmp_path / "again") == {k: v for k, v in found.items() if k != "mine.txt"}


def test_what_is_no_json_is_refused_with_its_place(tmp_path):
    cases = {
        b'{"a": 1,\n "b" 2}': "this is not JSON",
        b'{"a": 1, "a": 2}': "written twice",
        b"[" * 100_000: "too deeply",
        b"[" * 200 + b"]" * 200: "too deeply",
        b'{"a": NaN}': "is not a valid number",
        b'{"a": "\xff"}': "not UTF-8 text",
    }
    for raw, said in cases.items():
        with pytest.raises(PlanError, match=said):
            safe_read.parse_json(raw, "x.json")
    with pytest.raises(PlanError, match="does not exist"):
        safe_read.read_bytes(tmp_path / "none.json", "none.json")


# --- every format


OSCAL = {
    "family": 2,
    "control": 3,
    "control-enhancement": 1,
    "part": 3,
    "clause": 1,
    "actor": 1,
    "source": 2,
}
SHAPES = {
    ("csv", "goals.csv"): {"goal": 2, "measure": 3, "top-measure": 1, "actor": 2, "term": 2},
    ("csv", "steps.csv"): {"goal": 2, "objective": 3, "action": 4, "actor": 2},
    ("stratml", "strategy.xml"): {
        "mission": 1,
        "value": 1,
        "goal": 1,
        "objective": 1,
        "indicator": 1,
        "actor": 3,
    },
    ("oscal", "catalog.json"): OSCAL,
    ("oscal", "catalog.xml"): OSCAL,
    ("ciso", "library.yaml"): {
        "section": 1,
        "subsection": 1,
        "requirement": 2,
        "top-requirement": 1,
        "threat": 1,
        "reference-control": 1,
        "view": 1,
    },
    ("ris", "references.ris"): {"article": 1, "report": 1, "actor": 2, "source": 3},
    ("stix", "bundle.json"): {
        "x-mitre-tactic": 2,
        "attack-pattern": 1,
        "sub-technique": 1,
        "course-of-action": 1,
        "intrusion-set": 1,
        "malware": 1,
        "actor": 1,
        "source": 2,
    },
    ("skos", "vocabulary.ttl"): {"scheme": 1, "collection": 1, "term": 3},
    ("bibtex", "references.bib"): {"article": 1, "book": 1, "report": 1, "actor": 2, "source": 4},
    ("csl", "references.json"): {"article": 1, "law": 1, "actor": 2, "source": 3},
}
"""What each sample holds: how many entries of which kind."""


def copied(name: str, folder: Path) -> Path:
    """Return a copy of a sample that was last saved on 2 January 2025."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes((SAMPLES / name).read_bytes())
    os.utime(path, (1735776000, 1735776000))
    return path


def imported(form: str, name: str, folder: Path):
    """Return the plan that a sample becomes below *folder*, and what the import said and reported."""
    said = bring(form, copied(name, folder), "--into", folder / "plan")
    return load_plan(folder / "plan").plan, said + (folder / "plan" / "import.md").read_text(encoding="utf-8")


def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch, tmp_path):
    from plan_explorer.importers import registry

    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    said = bring("stratml", copied("strategy.xml", tmp_path), "--into", tmp_path / "plan", code=2)
    assert said == "'stratml' needs lxml: pip install 'plan-explorer[import]'\n"
    bring("ciso", copied("library.yaml", tmp_path), "--into", tmp_path / "plan")


@pytest.mark.parametrize(("form", "name"), SHAPES)
def test_a_sample_becomes_a_plan_without_a_warning_and_the_same_one_twice(form, name, tmp_path):
    bring(form, copied(name, tmp_path), "--into", tmp_path / "plan")
    sound = load_plan(tmp_path / "plan")
    numbers: dict[str, int] = {}
    for entity in sound.plan:
        kind = getattr(entity, "level", entity.kind_name)
        numbers[kind] = numbers.get(kind, 0) + 1
    expected = {"plan": 1, "source": 1, **SHAPES[form, name]}
    assert (numbers, sound.warnings) == (expected, [])
    bring(form, tmp_path / name, "--into", tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "plan")


@pytest.mark.parametrize(("form", "name"), SHAPES)
def test_every_statement_of_a_sample_rests_on_a_place_of_its_own(form, name, tmp_path):
    plan, _ = imported(form, name, tmp_path)
    places: dict[str, str] = {}
    for entity in plan:
        for said in plan.said[entity.id]:
            if said.statement.status != "editorial" and said.key[0] != "relations":
                (cite,) = said.statement.cites
                assert cite.source == "file"
                assert places.setdefault(str(cite), entity.id) == entity.id
                assert cite.first > 0
    assert len(places) >= 2


@pytest.mark.parametrize(("form", "name"), SHAPES)
def test_passages_are_called_by_words_of_the_file_and_not_by_paths(form, name, tmp_path):
    plan, _ = imported(form, name, tmp_path)
    source = next(each for each in plan.sources if each.id == plan.settings.primary)
    shown = [f"{each.title} {each.number}" for each in source.passages]
    assert shown
    assert [words for words in shown if re.search(r"\w\[\d|\w+/\w+/|--[0-9a-f]{8}|https?:|urn:", words)] == []


@pytest.mark.parametrize(("form", "name"), SHAPES)
def test_the_explorer_of_a_sample_builds_strictly_and_holds_no_foreign_markup(form, name, tmp_path):
    _, _ = imported(form, name, tmp_path)
    site = build_site(tmp_path / "plan", tmp_path / "site")
    pages = {path.resolve(): Page(path) for path in site.rglob("*.html")}
    assert len(pages) > 8
    for path, page in pages.items():
        text = path.read_text(encoding="utf-8")
        assert page.inline == [], path
        for words in ("alert(1)", "steal()", "x()", "onerror=", 'href="javascript:'):
            assert words not in text, (path.name, words)
        for link in page.links:
            target, _, anchor = link.partition("#")
            if "://" not in target and not target.startswith("mailto:") and path.name != "404.html":
                found = pages.get((path.parent / target).resolve()) if target else page
                assert not anchor or (found and anchor in found.ids), (path.name, link)


def test_a_table_keeps_its_numbers_dates_people_and_places(tmp_path):
    plan, said = imported("csv", "goals.csv", tmp_path)
    measure = plan["fewer-fertilisers" if "fewer-fertilisers" in plan else "1-1"]
    assert (measure.code, measure.under, measure.date.edtf.edtf) == ("1.1", "clean-rivers", "2027-12-31")
    assert measure.summary.text == "Farms use less fertiliser, **year by year**. [@file 1-1.1]"
    linked = {link.other.id for link in plan.links(measure)}
    assert linked == {"farm-office", "water-office", "runoff", "clean-air", "2-1"}
    assert plan["1-2"].summary.words.startswith("'=HYPERLINK")
    assert plan["clean-air"].summary.words == r"[\@nobody 1] says the air is bad * today *"
    assert [s.words for s in (plan["2-1"].summary, *plan["2-1"].statements)] == [
        "one reason",
        "another reason",
    ]
    assert plan.title(plan["2-1"]) == "../../etc/passwd"
    report = (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    for line in ("take for a formula\n\n- row 4", "next spring", "not in the file\n\n- row 9: 9"):
        assert line in report
    assert "as_of is 2025-01-02" in said


def test_brackets_in_a_table_are_text_whatever_the_source_is_called(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Name,Description\nCopy,Run chmod u+s [file] as root. [file copy.1]\n", encoding="utf-8")
    bring("csv", path, "--into", tmp_path / "plan")
    plan = load_plan(tmp_path / "plan").plan
    assert plan["copy"].summary.words == r"Run chmod u+s \[file] as root. \[file copy.1]"


def test_what_names_a_place_of_its_own_source_is_text(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        'Name,Description\nCopy,"See [T copy.1], t copy.1, [t the of rivers] and [T, copy.1]."\n',
        encoding="utf-8",
    )
    bring("csv", path, "--into", tmp_path / "plan")
    text = load_plan(tmp_path / "plan").plan["copy"].summary.words
    assert text.replace("\\", "") == "See [T copy.1], t copy.1, [t the of rivers] and [T, copy.1]."


def test_a_column_of_baselines_needs_no_date(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Goal,Measure,Baseline,Target value,Due\nA,One,5,30,2030\n", encoding="utf-8")
    bring("csv", path, "--into", tmp_path / "plan")
    target = load_plan(tmp_path / "plan").plan["one"].target
    assert (target.value, target.baseline.value, target.baseline.date) == ("30", "5", None)


def test_a_table_of_levels_side_by_side_is_a_tree(tmp_path):
    plan, _ = imported("csv", "steps.csv", tmp_path)
    assert plan.settings.site_name == "A plan for the coast"
    assert [item.id for item in plan.ancestors(plan["dredge-the-south-channel"])] == [
        "safe-harbours",
        "deeper-channels",
    ]


def test_columns_can_be_told_and_what_is_told_is_used(tmp_path):
    path = copied("goals.csv", tmp_path)
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(
        "title: My plan\nas_of: 2024-05-05\nlevel: Step\ncolumns: {Title: name, Lead: leave}\n"
    )
    bring("csv", path, "--into", tmp_path / "plan", "--mapping", mapping)
    plan = load_plan(tmp_path / "plan").plan
    assert (plan.settings.site_name, plan.settings.as_of.edtf) == ("My plan", "2024-05-05")
    assert {item.level for item in plan.items} == {"step"}
    assert plan.actors == []
    assert not (tmp_path / "goals.csv.mapping.yaml").exists()
    for wrong, hint in (("columns: {Titel: name}", "'Title'"), ("columns: {Title: nam}", "'name'")):
        mapping.write_text(wrong)
        assert hint in bring("csv", path, "--into", tmp_path / "other", "--mapping", mapping, code=1)
    assert not (tmp_path / "other").exists()


def test_the_guess_is_saved_and_used_the_next_time(tmp_path):
    path = copied("goals.csv", tmp_path)
    assert "Parent: under" in bring("csv", path, "--into", tmp_path / "plan")
    saved = tmp_path / "goals.csv.mapping.yaml"
    saved.write_text(
        saved.read_text(encoding="utf-8").replace("title: Goals", "title: Renamed"), encoding="utf-8"
    )
    bring("csv", path, "--into", tmp_path / "plan", "--force")
    assert load_plan(tmp_path / "plan").plan.settings.site_name == "Renamed"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_may_be_parted_by_anything_usual(delimiter, tmp_path):
    import csv

    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [["Name", "Text"], ["One", 'Of "one, two; three", all'], ["Two", "a|b, c"]]
        csv.writer(file, delimiter=delimiter).writerows(rows)
    bring("csv", tmp_path / "t.csv", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert [plan[id].summary.words for id in ("one", "two")] == ['Of "one, two; three", all', "a|b, c"]


def test_a_long_table_without_levels_has_a_map(tmp_path):
    rows = "".join(f"M{n},Measure number {n}\n" for n in range(40))
    (tmp_path / "long.csv").write_text(f"Code,Title\n{rows}", encoding="utf-8")
    bring("csv", tmp_path / "long.csv", "--as-of", "2025-01-02", "--into", tmp_path / "plan")
    ((row,),) = (part.rows for part in overview.framework_map(load_plan(tmp_path / "plan").plan))
    assert len(row.boxes) == 40
    assert len(row.shown) == overview.MAX_OPEN_BOXES


def test_a_workbook_is_read_like_a_table(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Measures")
    for row in (["No", "Name", "Description", "Deadline", "Sum"], [1, "Plant trees", "Many.", None, "=1+1"]):
        sheet.append(row)
    from datetime import date

    sheet["D2"] = date(2026, 5, 1)
    book.create_sheet("Notes").append(["a note"])
    book.save(tmp_path / "m.xlsx")
    said = bring("xlsx", tmp_path / "m.xlsx", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    item = load_plan(tmp_path / "plan").plan["plant-trees"]
    assert (item.code, item.date.edtf.edtf, item.summary.words) == ("1", "2026-05-01", "Many.")
    assert "the sheet 'Notes'" in said


def test_stratml_is_read_in_any_order_with_its_target_and_roles(tmp_path):
    plan, said = imported("stratml", "strategy.xml", tmp_path)
    objective = plan["planted-banks"]
    assert (objective.code, objective.under) == ("1.1", "living-rivers")
    (link,) = [link for link in plan.links(objective) if link.outgoing]
    assert (link.label, link.other.id) == ("is to be carried out by", "farmers")
    assert link.relation.says.words == "Plant: They plant."
    (indicator,) = plan.children(objective)
    ((_, measured),) = indicator.measures
    (aim,) = measured.targets
    assert (aim.value, measured.unit, aim.due.edtf) == ("40", "km", "2027-12-31")
    assert measured.values == ()
    assert "a value of no date before that of the plan (line 24: 12 2025-12-31)" in said
    assert plan["living-rivers"].summary.words == "Rivers that are *alive*."
    assert "the element Colour (line 33: green)" in said
    assert "identifier that occurs twice" in said


def test_oscal_puts_parameters_in_and_keeps_enhancements_and_links(tmp_path):
    plan, said = imported("oscal", "catalog.json", tmp_path)
    assert told(plan, "ac-1") == [
        ("AC-1 Policy and Procedures", ["Its statement is given in parts."]),
        ("Statement", []),
        (
            "a.",
            [
                "Develop and hand to [Assignment: harbour-defined roles]:",
                r"1\. [Selection (one or more): office-level; "
                "pier-level by [Assignment: harbour-defined roles]] a policy that *holds*; and",
            ],
        ),
        ("Guidance", ["A policy says who may enter. See [the guide](https://example.org/guide)."]),
        ("AC-01 Assessment objective", ["the policy is written;"]),
    ]
    links = {(link.relation.kind, link.other.id) for link in plan.links(plan["ac-1"]) if link.outgoing}
    assert links == {("related", "ia-1"), ("reference", "harbour-act")}
    assert (plan["ac-1-1"].code, plan["ac-1-1"].under) == ("AC-1(1)", "ac-1")
    assert plan["ac-2"].summary.words == "Status: withdrawn."
    assert "ac-1: ps-8" in said


def told(plan, id: str) -> list[tuple[str, list[str]]]:
    """Return what is said of an item and of the parts below it, each with its heading."""
    item = plan[id]
    here = (f"{item.code} {plan.title(item)}".strip(), [said.words for said in item.says])
    parts = [child for child in plan.children(item) if plan.level(child).page == "parent"]
    return [here, *(line for part in parts for line in told(plan, part.id))]


def test_parts_of_a_control_stay_nested_numbered_and_apart_by_kind(tmp_path):
    def part(name, label="", prose="", *parts, **props):
        pairs = [("label", label), *props.items()]
        listed = [{"name": key, "value": value} for key, value in pairs if value]
        part.made = getattr(part, "made", 0) + 1
        return {"id": f"p{part.made}", "name": name, "props": listed, "prose": prose, "parts": list(parts)}

    below = part("item", "1.", "First:", part("item", "(a)", "Deep;"), part("item", "(b)", "Deeper."))
    statement = part("statement", "", "", part("item", "a.", "Do:", below), part("item", "b.", "Rest."))
    objective = part(
        "objective", "X-1", "", part("objective", "X-1a", "", part("objective", "X-1a.1", "It is."))
    )
    objective["parts"][0]["links"] = [{"rel": "assessment-for", "href": f"#{statement['id']}"}]
    method = part("assessment-method", "", "", part("objects", "", "plans\n\nrecords"), method="EXAMINE")
    flat = part("statement", "", "Lead:", part("item", "a.", "One;"), part("item", "2.", "Two."))
    parameter = {"id": "x_odp", "label": "a day", "guidelines": [{"prose": "a day is chosen;"}]}
    controls = [
        {"id": "x-1", "title": "X", "params": [parameter], "parts": [statement, objective, method]},
        {"id": "x-2", "title": "Y", "parts": [flat]},
    ]
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"catalog": {"controls": controls}}), encoding="utf-8")
    bring("oscal", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert told(plan, "x-1") == [
        ("X-1 X", ["Its statement is given in parts."]),
        ("Statement", []),
        ("a.", ["Do:"]),
        ("1.", ["First:", "(a) Deep;", "(b) Deeper."]),
        ("b.", ["Rest."]),
        ("X-1 Objective", ["X-1a.1 It is."]),
        ("Assessment method: EXAMINE", ["plans", "records"]),
        ("Parameters", ["x_odp: a day", "a day is chosen;"]),
    ]
    assert told(plan, "x-2") == [("X-2 Y", ["Lead:", "a. One;", r"2\. Two."])]
    assert "between parts of one control" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_a_part_with_the_id_of_its_control_is_no_part_of_itself(tmp_path):
    links = [{"rel": "related", "href": "#x"}, {"rel": "related", "href": "#y"}]
    part = {"id": "x", "name": "guidance", "prose": "So.", "links": links}
    controls = [{"id": "x", "title": "X", "parts": [part]}, {"id": "y", "title": "Y"}]
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"catalog": {"controls": controls}}), encoding="utf-8")
    assert "occurs twice" in bring("oscal", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    assert [line for line, _ in told(load_plan(tmp_path / "plan").plan, "x")] == ["X", "Guidance"]


def test_lists_of_oscal_in_xml_are_counted(tmp_path):
    words = "<p>Do:</p><ol><li>dig</li><li>fill<ol><li>slowly</li></ol></li></ol><ul><li>rest</li></ul>"
    path = tmp_path / "c.xml"
    path.write_text(
        '<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="5d6b2bb1-6d0d-4a3f-9d6b-0d1f5f0f0001">'
        f'<control id="x-1"><title>X</title><part name="guidance">{words}</part></control></catalog>',
        encoding="utf-8",
    )
    bring("oscal", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    texts = ["Do:", r"1\. dig", r"2\. fill", r"1\. slowly", "rest"]
    assert told(load_plan(tmp_path / "plan").plan, "x-1") == [("X-1 X", []), ("Guidance", texts)]


def test_oscal_in_xml_is_the_same_plan_as_in_json(tmp_path):
    for name in ("catalog.json", "catalog.xml"):
        bring("oscal", copied(name, tmp_path), "--into", tmp_path / name.replace(".", "-"))
    one, two = files(tmp_path / "catalog-json"), files(tmp_path / "catalog-xml")
    named = ("sources.yaml", "import.md", "import.json")
    assert {k: v for k, v in one.items() if k not in named} == {
        k: v for k, v in two.items() if k not in named
    }
    assert one["sources.yaml"].replace(b"catalog.json", b"catalog.xml") == two["sources.yaml"]


XML = """<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u"><metadata><title>T</title>
<party uuid="p" type="person"><name>Ada</name><email-address>ada@example.org</email-address>
<telephone-number type="office">555 0100</telephone-number><external-id scheme="x">A-1</external-id>
<address><addr-line>1 Low Road</addr-line><city>Wendmere</city></address></party></metadata>
<control id="x-1"><title>X</title>
<param id="x-1_a"><label>a day</label><constraint><description><p>Not late.</p></description></constraint>
<guideline><p>First of all.</p></guideline><guideline><p>Second, too.</p></guideline></param>
<part name="statement" id="x-1_smt"><p>Come on <insert type="param" id-ref="x-1_a"/> to
<a href="#x-2">Y</a>, see
<a href="https://example.org/g">the guide</a>, a <q>fair</q> thing.</p>
<table><tr><th>Who</th><th>When</th></tr>
<tr><td>all</td><td>at <em>noon</em> | one</td></tr></table></part></control>
<control id="x-2"><title>Y</title><part name="statement"><p>Stay.</p></part></control></catalog>"""


def test_oscal_in_xml_keeps_parameters_tables_links_and_parties(tmp_path):
    (tmp_path / "c.xml").write_text(XML, encoding="utf-8")
    bring("oscal", tmp_path / "c.xml", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert told(plan, "x-1") == [
        (
            "X-1 X",
            [
                'Come on [Assignment: a day] to Y, see [the guide](https://example.org/g), a "fair" thing.',
                "Who: all; When: at *noon* | one",
            ],
        ),
        ("Parameters", ["x-1_a: First of all.", "Second, too.", "Not late."]),
    ]
    assert [(link.label, link.other.id) for link in plan.links(plan["x-1"]) if link.outgoing] == [
        ("mentions", "x-2")
    ]
    assert [each.words for each in plan["ada"].says] == [
        "Identifier: x, A-1",
        "Address: 1 Low Road, Wendmere",
        "E-mail: ada@example.org",
        "Telephone: 555 0100",
    ]


def test_a_library_keeps_its_tree_its_groups_and_its_names(tmp_path):
    plan, said = imported("ciso", "library.yaml", tmp_path)
    node = plan["4-1-1"]
    assert [item.code for item in plan.ancestors(node)] == ["4", "4.1"]
    assert {(link.relation.kind, link.other.code) for link in plan.links(node)} == {
        ("addresses", "T.1"),
        ("met-by", "C.1"),
    }
    assert [(plan.title(plan[g.members[0]]) and len(g.members)) for g in plan.views[0].groups] == [1, 2]
    assert plan["section-4"].name["fr"].text == "Bateaux"
    for words in ("'weight'", "a risk matrix", "urn:elsewhere:risk:function:anchor", "harbour-2025:missing"):
        assert words in said


def library(nodes: str, folder: Path, *options: str):
    """Return the plan that a library with these requirement nodes becomes below *folder*."""
    path = folder / "lib.yaml"
    head = "urn: urn:x:library\nname: Lib\npublication_date: 2025-01-01\n"
    path.write_text(f"{head}objects:\n  framework:\n    requirement_nodes:\n{nodes}", encoding="utf-8")
    bring("ciso", path, "--into", folder / "plan", *options)
    return load_plan(folder / "plan").plan


ARTICLES = """\
    - {urn: 'a', ref_id: Chapter I, name: Rules}
    - {urn: 'b', parent_urn: 'a', ref_id: Article 16, name: Sixteen, assessable: true}
    - {urn: 'c', parent_urn: 'a', ref_id: Article 17, description: 'One [file] way.'}
    - {urn: 'd', parent_urn: 'a', ref_id: Article 20, name: Twenty, assessable: true}
    - {urn: 'e', parent_urn: 'd', description: Short text}
    - {urn: 'e', parent_urn: 'd', ref_id: '20.2', name: Again}
    - {urn: 'f', parent_urn: 'd', ref_id: '20.3', name: Third, assessable: true}
"""


def test_siblings_of_several_kinds_stay_in_the_order_of_the_file(tmp_path):
    plan = library(ARTICLES, tmp_path)
    (chapter,) = plan.roots(plan.settings.strands[0])
    assert [plan.title(item) for item in plan.children(chapter)] == ["Sixteen", "Article 17", "Twenty"]
    below = [(plan.title(item), item.level) for item in plan.children(plan["article-20"])]
    assert below == [("Short text", "subsection"), ("Again", "subsection"), ("Third", "requirement")]
    assert "to keep the order" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_an_entry_without_a_name_is_called_by_its_number_and_its_text_stands_once(tmp_path):
    plan = library(ARTICLES, tmp_path)
    article = plan["article-17"]
    assert (plan.title(article), article.code) == ("Article 17", "")
    assert article.summary.words == r"One \[file] way."
    short, again, _ = plan.children(plan["article-20"])
    assert (plan.title(short), short.summary) == ("Short text", None)
    assert plan.title(again) == "Again"
    assert "occurs twice" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_groups_of_implementation_are_a_view_and_the_map_shows_the_tree(tmp_path):
    plan, _ = imported("ciso", "library.yaml", tmp_path)
    framework = overview.framework_map(plan)[0]
    assert (framework.view, plan.views[0].id) == (None, "implementation-groups")
    assert [row.head.id for row in framework.rows] == ["section-4", "lost"]


def in_editions(folder: Path) -> dict[str, list[str]]:
    """Return what each edition of the plan in *folder* says of the first item, by language."""
    checked = load_plan(folder)
    plans = {checked.plan.settings.language: checked.plan, **checked.editions}
    return {tag: [said.words for said in plan.items[0].says] for tag, plan in plans.items()}


def test_translations_are_kept_and_one_can_come_first(tmp_path):
    nodes = "    - {urn: a, ref_id: '1', name: Boats, description: They float., translations: "
    nodes += "{fr: {name: Bateaux, description: Ils flottent.}}}\n"
    (item,) = library(nodes, tmp_path).items
    assert in_editions(tmp_path / "plan") == {"en": ["They float."], "fr": ["Ils flottent."]}
    plan = library(nodes, tmp_path, "--language", "fr", "--force")
    (item,) = plan.items
    assert (plan.settings.language, plan.title(item), item.name["en"].text) == ("fr", "Bateaux", "Boats")
    assert list(in_editions(tmp_path / "plan").items()) == [
        ("fr", ["Ils flottent."]),
        ("en", ["They float."]),
    ]
    path = tmp_path / "lib.yaml"
    said = bring("ciso", path, "--into", tmp_path / "new", "--language", "de", code=1)
    assert "nothing in the language 'de'" in said
    assert "it has en, fr" in said
    assert "no language tag" in bring("ciso", path, "--into", tmp_path / "new", "--language", "!", code=2)


def test_a_text_is_translated_field_by_field(tmp_path):
    nodes = """\
    - urn: a
      ref_id: '1'
      name: Boats
      description: "They float.\\n\\nThey sink, too."
      annotation: Rarely.
      typical_evidence: A log.
      translations:
        fr: {description: "Ils flottent.\\n\\nIls coulent aussi.", typical_evidence: Un journal.}
        nl: {description: Zij drijven en zinken., annotation: Zelden.}
        qaa_!: {description: Unknown.}
    - {urn: b, ref_id: '2', name: Oars, description: They row.}
    - {urn: c, ref_id: '3', name: Sails, translations: {fr: {description: Elles gonflent.}}}
"""
    library(nodes, tmp_path)
    assert in_editions(tmp_path / "plan") == {
        "en": [
            "qaa_!: Unknown.",
            "They float.",
            "They sink, too.",
            "Zij drijven en zinken.",
            "Annotation: Rarely.",
            "Typical evidence: A log.",
        ],
    }
    written = yaml.safe_load((tmp_path / "plan/sections.yaml").read_text("utf-8"))["sections"]
    boats, oars, sails = written
    assert boats["statements"][2] == {"nl": "Zij drijven en zinken. [@file section-1.4]"}
    assert boats["statements"][-1]["fr"] == "Preuves habituelles : Un journal."
    assert oars["summary"] == "They row. [@file section-2.1]"
    assert sails["summary"] == {"fr": "Elles gonflent. [@file section-3.1]"}
    assert "few texts" in (tmp_path / "plan/import.md").read_text("utf-8")


def test_a_long_text_is_parted_in_every_language_or_in_none(tmp_path):
    long = "word " * 70
    nodes = f"    - {{urn: a, ref_id: '1', name: Boats, description: '{long}. Then {long}.', "
    library(f"{nodes}translations: {{fr: {{description: '{long}. Puis {long}.'}}}}}}\n", tmp_path)
    assert [len(each) for each in in_editions(tmp_path / "plan").values()] == [2, 2]
    library(f"{nodes}translations: {{fr: {{description: 'Court.'}}}}}}\n", tmp_path, "--force")
    assert [len(each) for each in in_editions(tmp_path / "plan").values()] == [1, 1]


def test_a_newer_library_brings_its_translations_to_statements_that_stay(tmp_path):
    nodes = "    - {urn: a, ref_id: '1', name: Boats, description: They float."
    library(f"{nodes}}}\n", tmp_path)
    library(f"{nodes}, translations: {{fr: {{description: Ils flottent.}}}}}}\n", tmp_path, "--update")
    assert in_editions(tmp_path / "plan") == {"en": ["They float."], "fr": ["Ils flottent."]}
    library(f"{nodes}, translations: {{fr: {{description: Ils voguent.}}}}}}\n", tmp_path, "--update")
    assert in_editions(tmp_path / "plan") == {"en": ["They float."], "fr": ["Ils voguent."]}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("requirement_mapping_sets: [{name: x}]", "only mappings between frameworks"),
        ("preset: {profile: {goal: x}}", "only a preset"),
        ("risk_matrix: [{name: x}]", "only a risk matrix"),
    ],
)
def test_a_library_without_a_framework_is_refused_by_what_it_holds(kind, said, tmp_path):
    path = tmp_path / "lib.yaml"
    path.write_text(f"urn: urn:x\nobjects: {{{kind}}}\n", encoding="utf-8")
    assert said in bring("ciso", path, "--into", tmp_path / "plan", code=1)


def test_a_report_begins_with_ten_lines_that_group_and_count():
    changed = [Note(f"kind {n % 7}", f"line {n}") for n in range(40)]
    lines = (
        Report("a table", "t.csv", {"goals": 2}, tuple(changed)).markdown().split("\n\n## ")[0].split("\n")
    )
    assert len(lines) <= 12
    assert lines[2:5] == ["- **Came**, from a table: 2 goals", "- **Changed**: 40 places", "    - 6 × kind 0"]
    assert lines[-2:] == ["    - 22 × something else, of 4 kinds, listed below", "- **Left out**: nothing"]


def test_a_bundle_keeps_tactics_techniques_and_who_uses_them(tmp_path):
    plan, said = imported("stix", "bundle.json", tmp_path)
    gate = plan["t1001"]
    assert gate.parents == ("ta0001", "ta0040")
    cited = "([Gate 1999](https://example.org/gate))"
    assert gate.summary.words == f"Someone leaves the gate open. {cited} They run `open *.gate` as <user>."
    assert plan["gate-1999"].url == "https://example.org/gate"
    assert ("reference", "gate-1999") in {(link.relation.kind, link.other.id) for link in plan.links(gate)}
    assert "Page: [https://example.org/T1001](https://example.org/T1001)" in [s.words for s in gate.says]
    (uses,) = [link for link in plan.links(gate) if link.relation.kind == "uses"]
    assert (uses.label, uses.other.code) == ("is used by", "G0001")
    assert plan["t1001-001"].under == "t1001"
    assert plan["t1001-001"].formerly == ("t0900",)
    assert "T0901" in said
    assert "t0901" not in plan


def bundle(folder: Path, *objects: dict):
    """Return the plan that a bundle of these objects becomes below *folder*, and what is reported."""
    path = folder / "b.json"
    path.write_text(json.dumps({"type": "bundle", "objects": objects}), encoding="utf-8")
    bring("stix", path, "--into", folder / "plan", "--as-of", "2025-01-01")
    return load_plan(folder / "plan").plan, (folder / "plan" / "import.md").read_text(encoding="utf-8")


def tactic(number: int, name: str, **more: object) -> dict:
    own = {
        "source_name": "mitre-attack",
        "external_id": f"TA{number}",
        "url": f"https://a.example/TA{number}",
    }
    return {
        "type": "x-mitre-tactic",
        "id": f"x--{number}",
        "name": name,
        "external_references": [own],
        **more,
    }


def test_tactics_stand_in_the_order_of_the_matrix_and_phases_in_that_of_the_chain(tmp_path):
    matrix = {"type": "x-mitre-matrix", "id": "m", "name": "Matrix", "tactic_refs": ["x--2", "x--1"]}
    chain = [{"kill_chain_name": "c", "phase_name": name} for name in ("installation", "delivery", "odd")]
    attack = {"type": "attack-pattern", "id": "p", "name": "Attack", "kill_chain_phases": chain}
    plan, _ = bundle(tmp_path, tactic(1, "Last"), tactic(2, "First"), matrix, attack)
    titles = [plan.title(item) for item in plan.items if item.level in ("x-mitre-tactic", "phase")]
    assert titles == ["Delivery", "Installation", "Odd", "First", "Last"]


def test_a_link_to_the_page_of_another_entry_is_a_link_to_the_entry(tmp_path):
    text = "It follows [Second](http://a.example/TA2/) and [others](https://b.example/x)."
    plan, _ = bundle(tmp_path, tactic(1, "First", description=text), tactic(2, "Second"))
    assert plan["ta1"].summary.words == "It follows Second and [others](https://b.example/x)."
    assert [(link.relation.kind, link.other.id) for link in plan.links(plan["ta1"])] == [("mentions", "ta2")]


def test_lists_of_small_objects_keep_their_words_and_what_they_refer_to(tmp_path):
    sources = [
        {"x_mitre_data_component_ref": "x--2", "name": "auditd", "channel": "connect"},
        {"x_mitre_data_component_ref": "x--2", "name": "syslog", "channel": "query [dns]"},
    ]
    elements = [{"field": "Window", "description": "How long to wait."}]
    more = {"x_mitre_log_source_references": sources, "x_mitre_mutable_elements": elements}
    plan, said = bundle(tmp_path, tactic(1, "First", **more), tactic(2, "Second"))
    assert [each.plain for each in plan["ta1"].says][:2] == [
        "Log sources: auditd: connect; syslog: query [dns]",
        "To be adjusted: Window: How long to wait.",
    ]
    assert [(link.label, link.other.id) for link in plan.links(plan["ta1"])] == [("looks at", "ta2")]
    assert "Left out**: nothing" in said


def test_ids_of_a_bundle_that_occur_twice_are_kept_apart(tmp_path):
    link = {"type": "relationship", "id": "r", "relationship_type": "precedes", "source_ref": "x--1"}
    links = ({**link, "target_ref": "x--2", "modified": "2024"}, {**link, "target_ref": "x--3"})
    plan, said = bundle(tmp_path, tactic(1, "A"), tactic(2, "B"), tactic(3, "C"), tactic(3, "D"), *links)
    assert {link.other.id for link in plan.links(plan["ta1"])} == {"ta2", "ta3"}
    assert sorted(map(plan.title, plan.items)) == ["A", "B", "C", "D"]
    assert "2 × an id that occurs twice" in said


def test_a_vocabulary_is_a_glossary_with_its_forms_and_hierarchy(tmp_path):
    plan, _ = imported("skos", "vocabulary.ttl", tmp_path)
    runoff = plan["runoff"]
    assert runoff.variants == {"de": ("Abfluss",), "en": ("run-off",)}
    assert runoff.summary.words == r"Water that leaves a field; see \_also\_ \*water\*."
    kinds = {(link.label, link.other.id) for link in plan.links(runoff)}
    assert kinds == {
        ("is narrower than", "water"),
        ("belongs to", "words-for-water"),
        ("is related to", "flood"),
    }
    assert plan.settings.as_of.edtf == "2025-06-01"
    (match,) = [said.words for said in runoff.says if said.words.startswith("Exact match")]
    assert "(https://example.com/elsewhere)" in match


def test_a_vocabulary_is_in_the_language_of_most_texts_or_the_one_asked_for(tmp_path, caplog):
    path = tmp_path / "v.ttl"
    path.write_text(
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
        'e:a a s:Concept ; s:prefLabel "Fluss"@de, "River"@en ; s:definition "Ein Gewässer."@de ;'
        ' s:note "x"^^<http://www.w3.org/2001/XMLSchema#date> .\n'.replace("e:a", "<http://e.example/a>"),
        encoding="utf-8",
    )
    for options, first, other in ((), "de", "en"), (("--language", "en"), "en", "de"):
        bring("skos", path, "--into", tmp_path / first, "--as-of", "2025-01-01", *options)
        plan = load_plan(tmp_path / first).plan
        assert plan.settings.language == first
        assert set(plan.terms[0].name) == {first, other}
    assert caplog.text == ""


def test_texts_of_a_vocabulary_in_other_languages_are_translations_or_follow_the_first(tmp_path):
    path = tmp_path / "v.ttl"
    path.write_text(
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://e.example/a> a s:Concept ; s:prefLabel "Fluss"@de, "River"@en ;'
        ' s:definition "Ein Gewässer."@de, "Flowing water."@en ; s:note "Groß."@de ;'
        ' s:example "Elbe"@de, "Oder"@de, "Rhine"@en .\n',
        encoding="utf-8",
    )
    bring("skos", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    (term,) = yaml.safe_load((tmp_path / "plan/terms.yaml").read_text("utf-8"))["terms"]
    assert term["summary"] == {"de": "Ein Gewässer. [@file fluss.2]", "en": "Flowing water."}
    assert term["statements"] == [
        "Hinweis: Groß. [@file fluss.3]",
        "Beispiel: Elbe [@file fluss.4]",
        "Beispiel: Oder [@file fluss.5]",
        {"en": "Example: Rhine [@file fluss.6]"},
    ]


def test_a_concept_without_a_label_is_called_by_its_address_and_told(tmp_path):
    path = tmp_path / "v.ttl"
    path.write_text(
        "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://e.example/a> a s:Concept ; s:prefLabel "River"@en ; s:related <http://e.example/n17> .\n'
        "<http://e.example/n17> a s:Concept .\n",
        encoding="utf-8",
    )
    said = bring("skos", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert {plan.title(term) for term in plan.terms} == {"River", "n17"}
    assert "called by the end of its address (http://e.example/n17)" in said


def test_references_become_sources_that_a_plan_can_cite(tmp_path):
    plan, said = imported("bibtex", "references.bib", tmp_path)
    item = plan["smith2020-article"]
    assert plan.title(item) == "Rivers in Europe: a short history"
    assert item.date.edtf.edtf == "2020-03"
    assert {link.other.id for link in plan.links(item)} == {"smith2020", "jane-smith", "karl-muller"}
    assert plan.title(plan["karl-muller"]) == "Karl Müller"
    assert plan["smith2020"].url == "https://example.org/smith"
    assert plan["who"].url == ""
    assert "javascript:alert(1)" in said


# --- what is hostile


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<StrategicPlan><Name>&b;</Name></StrategicPlan>"""
FILE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<StrategicPlan><Name>&x;</Name></StrategicPlan>"""
RDF = """<?xml version="1.0"?><!DOCTYPE rdf:RDF [{}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="http://example.org/a"><skos:prefLabel>{}</skos:prefLabel></skos:Concept></rdf:RDF>"""
HOSTILE = {
    ("stratml", BOMB): "declares entities",
    ("stratml", FILE): "declares entities",
    ("stratml", BOMB.encode("utf-16")): "declares entities",
    ("stratml", "<html/>"): "not StratML",
    ("stratml", "<StrategicPlan><Name>"): "not valid XML",
    ("stratml", "<a>" * 5000 + "</a>" * 5000): "not valid XML",
    ("oscal", BOMB): "declares entities",
    ("oscal", '{"catalog": []}'): "not contain an OSCAL catalog",
    ("oscal", '{"profile": {}}'): "not contain an OSCAL catalog",
    ("skos", RDF.format('<!ENTITY a "x"><!ENTITY b "&a;&a;">', "&b;")): "refer to others",
    ("skos", RDF.format('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")): "refer to others",
    ("skos", '{"@context": "http://example.org/c.json", "@id": "x"}'): "is in another file",
    ("skos", "@prefix : <x> . :a :b"): "this RDF cannot be read",
    ("skos", "@prefix e: <http://e/> . e:a e:b e:c ."): "no SKOS concepts",
    ("ciso", "!!python/object/apply:os.system ['true']"): "not YAML",
    ("ciso", "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 8)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )): "expands to far more",
    ("ciso", "[" * 500): "nested too deeply",
    ("ciso", "urn: x"): "not a CISO Assistant library",
    ("stix", '{"type": "bundle", "objects": []}'): "not a STIX bundle",
    ("stix", '{"a":' * 50000): "too deeply",
    ("bibtex", "no entry at all"): "no BibTeX entries",
    ("csl", '{"items": [1, 2]}'): "no CSL-JSON references",
    ("csl", '[{"a": ' + "1" * 5000 + "}]"): "this JSON cannot be read",
    ("oscal", '{"catalog": {"uuid": "x"}}'): "nothing to make a plan from",
    ("csv", "only one line"): "no rows",
    ("csv", "a,b\n" + "," * 600): "no rows",
    ("csv", b"a,b\n\xff\xfe,1"): "not UTF-8 text",
    ("xlsx", "this is no workbook"): "not a workbook",
}  # fmt: skip
ENDS = {
    "stratml": "xml",
    "oscal": "json",
    "skos": "rdf",
    "ciso": "yaml",
    "stix": "json",
    "bibtex": "bib",
    "csl": "json",
}


@pytest.mark.parametrize(("form", "content"), HOSTILE, ids=[str(at) for at in range(len(HOSTILE))])
def test_what_is_hostile_or_broken_is_refused_and_nothing_is_written(form, content, tmp_path):
    raw = content if isinstance(content, bytes) else content.encode()
    end = ENDS.get(form, form)
    if form == "skos" and raw[:1] != b"<":
        end = "jsonld" if raw[:1] == b"{" else "ttl"
    path = tmp_path / f"hostile.{end}"
    path.write_bytes(raw)
    said = bring(form, path, "--into", tmp_path / "plan", code=1)
    assert HOSTILE[form, content] in said
    assert "/etc" not in said
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path):
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    assert "far more than its size" in bring("xlsx", path, "--into", tmp_path / "plan", code=1)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_read, "MAX_BYTES", 10)
    path = copied("goals.csv", tmp_path)
    assert "larger than" in bring("csv", path, "--into", tmp_path / "plan", code=1)


def test_entities_that_are_short_words_are_fine_in_rdf(tmp_path):
    path = tmp_path / "v.rdf"
    path.write_text(RDF.format('<!ENTITY word "plain">', "&word;"), encoding="utf-8")
    bring("skos", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    assert load_plan(tmp_path / "plan").plan["plain"].name["en"].text == "plain"


@pytest.mark.parametrize("label", ["See [@nobody 1]", "See ( @nobody 1 )", "nobody@example.org"])
def test_a_label_like_a_citation_is_none(label, tmp_path):
    path = tmp_path / "v.rdf"
    path.write_text(RDF.format("", label), encoding="utf-8")
    bring("skos", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    (term,) = load_plan(tmp_path / "plan").plan.terms
    assert term.name["en"].text == label
    assert term.wordings[0].words.replace("\\@", "@") == label


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("plain *not bold* text", [r"plain \*not bold\* text"]),
        ("snake_case and _this_", [r"snake_case and \_this\_"]),
        ("<p>One</p><p>Two <b>bold</b></p>", ["One", "Two **bold**"]),
        ("<script>x()</script>kept<style>y</style>", ["kept"]),
        ('<a href="javascript:x()">label</a>', ["label"]),
        ('<a href="https://e.org/(a)">a  <b>label</b></a>', ["[a **label**](https://e.org/%28a%29)"]),
        ("run <command> now", ["run <command> now"]),
        ("1. first\n2. second", [r"1\. first", r"2\. second"]),
        ("# heading\n\n> quoted", ["heading", r"\> quoted"]),
        ("see [@source p1]", [r"see [\@source p1]"]),
        ("rule 8(a)[2](1)", [r"rule 8(a)\[2]\(1)"]),
        ("<ahref='x'>odd</a>", ["<ahref='x'>odd"]),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", ["A: 1; B: 2"]),
        ("<table><tr><th>A</th><th>B</th></tr></table>after", ["A; B", "after"]),
        ("<table><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>", ["1; 2 3"]),
        ("a\u202eb\x00c", ["abc"]),
    ],
)
def test_text_of_strangers_is_markdown_of_one_line(words, clean):
    assert [clean_text.escape_citations(text) for text in clean_text.plain_paragraphs(words)] == clean


def test_links_of_markdown_stay_and_images_become_text():
    words = "[label](https://e.org/x) ![image](https://e.org/i.png) [bad](javascript:x) **bold** `[code]`"
    assert clean_text.markdown_paragraphs(words) == ["[label](https://e.org/x) image bad **bold** `[code]`"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=120))
def test_any_name_makes_a_safe_id_or_none(words):
    made = clean_text.slug(words)
    assert made == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 60


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(alphabet="ab1 .-#*_`[]@{}<>|&;:'\"\\=中é", max_size=12)] * 4),
        min_size=1,
        max_size=6,
    )
)
def test_any_table_becomes_a_sound_plan_or_is_refused(rows):
    import csv
    from io import StringIO

    from plan_explorer.importers.format import ImportRequest
    from plan_explorer.importers.registry import FORMATS
    from plan_explorer.importers.write import check_files

    out = StringIO()
    csv.writer(out).writerows([("Code", "Name", "Parent", "Description"), *rows])
    mapping = b"columns: {Code: code, Name: name, Parent: under, Description: statement}"
    try:
        found = next(each for each in FORMATS if each.id == "csv").read(
            ImportRequest(out.getvalue().encode(), "t.csv", "t.csv", "2025-01-01", mapping=mapping)
        )
    except PlanError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert "[not-imported]" in refused
        assert not any(clean_text.title(row[1]) for row in rows), "a row with a name is an entry"
        return
    assert [str(warning) for warning in check_files(found.files, "plan").warnings] == []


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2025", "2025"),
        ("2025-3", "2025-03"),
        ("2025-03-01T10:00:00Z", "2025-03-01"),
        ("31.12.2027", "2027-12-31"),
        ("03/04/2025", ""),
        ("soon", ""),
        ("2025-13-01", ""),
        ("2020/2025", "2020/2025"),
    ],
)  # fmt: skip
def test_only_a_date_that_is_sure_to_be_understood_is_one(words, edtf):
    assert clean_text.date(words) == edtf


# --- anything at all


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["", "[@x 1]", "\ud800", "\u0000", "a" * 300, "../..", "<b>", "{{ insert: param, ac-1_prm_1 }}"]
    ),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
)


def spots(value, way=()):
    """Yield the way to every value within *value*."""
    yield way
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from spots(each, (*way, key))


def with_junk(value, way, junk):
    """Return *value* with what is at the end of *way* replaced by *junk*."""
    if not way:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = with_junk(value[way[0]], way[1:], junk)
    return copy


@pytest.mark.parametrize("form", ["oscal", "stix", "ciso", "csl"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_sample_with_junk_in_it_becomes_a_sound_plan_or_is_refused(form, data):
    import yaml

    from plan_explorer.importers.format import ImportRequest
    from plan_explorer.importers.registry import FORMATS
    from plan_explorer.importers.write import check_files

    name = {"oscal": "catalog.json", "stix": "bundle.json", "ciso": "library.yaml", "csl": "references.json"}[
        form
    ]
    whole = yaml.safe_load((SAMPLES / name).read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(list(spots(whole))))
        whole = with_junk(whole, way, data.draw(JUNK))
    raw = json.dumps(whole, default=str).encode()
    (read,) = (each.read for each in FORMATS if each.id == form)
    try:
        found = read(ImportRequest(raw, name, name, "2025-01-01"))
    except PlanError as error:
        refused = {problem.code for problem in error.problems}
    else:
        refused = set()
        assert check_files(found.files, "plan").warnings == []
    assert refused <= {"not-imported"}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("1. a\n1. b\n   more\n1. c", ["1\\. a", "2\\. b more", "3\\. c"]),
        ("1. a\n\n1. b\n\nThen:\n\n1. c", ["1\\. a", "2\\. b", "Then:", "1\\. c"]),
        ("1. a\n2. b\n   1. x\n   1. y\n3. c", ["1\\. a", "2\\. b", "1\\. x", "2\\. y", "3\\. c"]),
    ],
)
def test_lists_of_markdown_in_which_every_number_is_1_are_counted(words, numbers):
    assert clean_text.markdown_paragraphs(words) == numbers


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (
            "Of:\n| A | B |\n|---|:-:|\n| 1 | 2 \\| 3 |\n| x |  |\nAfter",
            ["Of:", "A: 1; B: 2 | 3", "A: x", "After"],
        ),
        ("A | B\n--|--\n1|2\n\nnot | a table", ["A: 1; B: 2", "not | a table"]),
        ("| A | B |\n|---|---|", ["A; B"]),
        ("[Ada](mailto:ada@e.org), [b@e.org](mailto:b@e.org)", ["Ada (ada@e.org), b@e.org"]),
    ],
)
def test_tables_and_mail_in_markdown_keep_their_words(words, rows):
    assert clean_text.markdown_paragraphs(words) == rows


def test_a_paragraph_too_long_for_a_plan_is_parted_between_words():
    parts = clean_text.markdown_paragraphs("word " * 9000)
    assert len(parts) > 1
    assert max(map(len, parts)) <= clean_text.MAX_TEXT
    assert " ".join(parts).split() == ["word"] * 9000
