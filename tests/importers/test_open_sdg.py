"""The folders of Open SDG: long and wide tables, metadata in both forms, and what is not read."""

import pytest
from click.testing import CliRunner

from plan_explorer.cli.main import cli
from plan_explorer.importers import open_sdg
from plan_explorer.loading.checked_plan import load_plan

FILES = {
    "data/indicator_1-1-1.csv": "Year,Sex,Observation status,Units,Value\n2019,,Normal value,%,12.5\n"
    "2019,Female,Normal value,%,13\n2020,,Provisional value,%,11\n2020,,Normal value,people,400\n"
    "2021,,Normal value,%,x\n2099,,Normal value,%,3\n2019,,Normal value,%,14\n",
    "data/indicator_1-2-1.csv": "Year,all,area|town,area|village\n2018-20,5,4,7\n2021,6,,8\n",
    "meta/1-1-1.md": "---\nindicator_name: '1.1.1: Share of mills without a filter'\n"
    "target_name: global_targets.1-1-title\ncomputation_units: Percentage\n"
    "national_geographical_coverage: Wendmere\ncomputation_calculations: None\n"
    "national_indicator_description: Mills that burn wood and have no filter.\n"
    "source_organisation_1: The council\nsource_url_1: https://example.org/mills\ngraph_type: line\n"
    "un_designated_tier: '1'\n---\n<script>alert(1)</script>\n",
    "meta/1-2-1.yml": "SDG_GOAL: 'Goal 1: Clean air'\nSDG_TARGET: 'Target 1.2: Fewer fires'\n"
    "SDG_INDICATOR: 'Indicator 1.2.1: Fires'\n",
    "meta/fr/1-2-1.yml": "SDG_INDICATOR: Feux\n",
    "indicator-config/1-2-1.yml": "indicator_name: global_indicators.1-2-1-title\nstandalone: false\n",
    "data/README.md": "# Data\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / "sdg" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sdg" / name).write_text(text, encoding="utf-8")
    return tmp_path / "sdg"


def bring(folder, *more):
    words = ["import", "opensdg", folder, "--into", folder.parent / "plan", "--as-of", "2025-06-01", *more]
    return CliRunner().invoke(cli, list(map(str, words)))


def test_a_folder_becomes_goals_targets_and_indicators_with_values(folder):
    result = bring(folder)
    assert result.exit_code == 0, result.output
    checked = load_plan(folder.parent / "plan")
    assert checked.warnings == []
    plan = checked.plan
    titles = {item.code: plan.title(item) for item in plan.items}
    assert titles == {
        "1": "Clean air",
        "1.1": "Target 1.1",
        "1.1.1": "Share of mills without a filter",
        "1.2": "Fewer fires",
        "1.2.1": "Fires",
    }
    mills, fires = (plan[f"indicator-1-{number}-1"] for number in (1, 2))
    share, people = mills.indicators
    assert [(str(v.date), v.value, v.quality) for v in share.measured] == [
        ("2019", "12.5", "final"),
        ("2020", "11", "provisional"),
    ]
    assert (share.unit, share.by, list(share.groups), people.unit) == ("%", "sex", ["Female"], "people")
    (wide,) = fires.indicators
    assert [(v.date.edtf, v.value) for v in wide.measured] == [("2018/2020", "5"), ("2021", "6")]
    assert {name: [v.value for v in all] for name, all in wide.groups.items()} == {
        "town": ["4"],
        "village": ["7", "8"],
    }
    assert mills.summary.words == "Mills that burn wood and have no filter."
    told = (folder.parent / "plan" / "import.md").read_text(encoding="utf-8")
    for words in ("x 2021", "3 2099", "14 2019", "global_targets.1-1-title"):
        assert words in told
    assert [each.words for each in mills.says][1:] == [
        "Geographical coverage: Wendmere",
        "Un designated tier: 1",
        "Source of the data: The council, https://example.org/mills",
        "Unit: Percentage",
    ]
    assert fires.name["fr"].text == "Feux"
    assert "alert" not in "".join(
        path.read_text(encoding="utf-8") for path in (folder.parent / "plan").iterdir()
    )


TIMES = {
    "2019": "2019", "2011-13": "2011/2013", "2011/12": "2011/2012", "2005-08": "2005/2008",
    "2020-03": "2020-03", "2020M3": "2020M3", "2020M03": "2020-03", "2009-M11": "2009-11",
    "Jan 2020": "2020-01",
    "2020-Q2": "2020-04/2020-06", "2020 Q4": "2020-10/2020-12",
}  # fmt: skip


@pytest.mark.parametrize("written", TIMES)
def test_a_year_a_span_a_month_and_a_quarter_are_told_apart(written):
    assert open_sdg._time(written) == TIMES[written]


def test_two_dimensions_make_one_group(folder):
    wide = "Year,all,sex|female,sex|female:area|town,sex|all:area|town\n2018-03,5,4,7,8\n"
    (folder / "data/indicator_1-2-1.csv").write_text(wide, encoding="utf-8")
    long = "Year,Sex,Area,Value\n2019,,,5\n2019,female,,4\n2019,female,town,7\n2019,,town,8\n"
    (folder / "data/indicator_1-1-1.csv").write_text(long, encoding="utf-8")
    assert bring(folder).exit_code == 0
    plan = load_plan(folder.parent / "plan").plan
    for id, day, by in (("indicator-1-2-1", "2018-03", ""), ("indicator-1-1-1", "2019", "sex, area")):
        (found,) = plan[id].indicators
        groups = {name: [(v.date.edtf, v.value) for v in some] for name, some in found.groups.items()}
        assert groups == {"female": [(day, "4")], "female, town": [(day, "7")], "town": [(day, "8")]}
        assert [(v.date.edtf, v.value) for v in found.measured] == [(day, "5")]
        assert found.by == by


def test_what_is_no_such_folder_is_refused(folder, tmp_path):
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
    assert "this folder has no indicators of Open SDG" in bring(folder).output
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "this is not a folder" in bring(table).output
    words = ["import", "csv", str(folder), "--into", str(tmp_path / "other")]
    assert "is a directory" in CliRunner().invoke(cli, words).output


def test_metadata_is_markdown_and_its_headings_are_not_said_twice(tmp_path):
    meta = tmp_path / "site" / "meta"
    meta.mkdir(parents=True)
    words = "indicator_name: One\nSTAT_CONC_DEF: '**Definition:** Who is **poor**.'\n"
    (meta / "1-1-1.yml").write_text(words)
    bring(tmp_path / "site")
    plan = load_plan(tmp_path / "plan").plan
    assert [said.words for said in plan["indicator-1-1-1"].says] == ["**Definition:** Who is **poor**."]


NUMBERS = {
    "1.1 Eradicate poverty": "Eradicate poverty",
    "1.1.1 – Poor people": "Poor people",
    "Target 1.1: By 2030": "By 2030",
    "3.5 million people": "3.5 million people",
    "1.10 More": "1.10 More",
}


@pytest.mark.parametrize("written", NUMBERS)
def test_the_number_of_an_entry_is_no_part_of_its_name(written, tmp_path):
    meta = tmp_path / "site" / "meta"
    meta.mkdir(parents=True)
    field = "indicator_name" if "1.1.1" in written else "target_name"
    (meta / "1-1-1.yml").write_text(f"{field}: '{written}'\n", encoding="utf-8")
    bring(tmp_path / "site")
    plan = load_plan(tmp_path / "plan").plan
    found = plan["indicator-1-1-1" if "1.1.1" in written else "target-1-1"]
    assert (found.code, plan.title(found)) == ("1.1.1" if "1.1.1" in written else "1.1", NUMBERS[written])


def test_words_in_the_folder_of_translations_stand_in_place_of_their_keys(tmp_path):
    site = {
        "meta/1-1-1-a.yml": "indicator_name: meta.name-1\nrationale: meta.why-1\nlimits: meta.none-1\n",
        "meta/2-1-1.yml": "indicator_name: meta.name-2\n",
        "translations/en/meta.yml": "name-1: Poor people\nwhy-1: It counts.\n",
        "translations/fr/meta.yml": "name-1: Pauvres\nwhy-1: Il compte.\n",
    }
    for name, text in site.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    bring(tmp_path / "site")
    plan = load_plan(tmp_path / "plan").plan
    poor = plan["indicator-1-1-1-a"]
    assert (poor.code, poor.under) == ("1.1.1.a", "target-1-1")
    assert {tag: name.text for tag, name in poor.name.items()} == {"en": "Poor people", "fr": "Pauvres"}
    assert poor.summary.words == "Rationale: It counts."
    told = (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    assert "meta.none-1" in told
    assert "meta.name-2" in told
