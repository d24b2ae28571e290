"""Figures through every edit: what names a source, an item or an indicator follows, and nothing is lost."""

from copy import deepcopy

import pytest
import yaml
from click.testing import CliRunner
from figured import VALUES, write

from plan_explorer.cli.main import cli
from plan_explorer.editing.entry_report import describe_entry
from plan_explorer.editing.formatter import format_files
from plan_explorer.editing.remove import remove_entry
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.set_entry import set_entry
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.editor.form import entry_shape, fold, unfold
from plan_explorer.model.json_schema import build_schemas


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "plan")


def indicators(workspace, id="clean-air"):
    return workspace.plan[id].indicators


def test_they_are_read(folder):
    smoke, soot = indicators(open_workspace(folder))
    assert [value.value for value in smoke.measured] == ["30.5", "28"]
    assert {name: [v.value for v in all] for name, all in smoke.groups.items()} == {"winter; spring": ["20"]}
    assert soot.measured[0].value == "3"


def test_a_renamed_source_is_renamed_in_every_figure(folder):
    before = open_workspace(folder)
    after = rename_entry(before, "report", "study")
    assert after.files["values.csv"].text == VALUES.replace("report", "study")
    said = {c.source for _, statement in after.plan["clean-air"].said() for c in statement.cites}
    assert said == {"paper", "study"}


def test_a_renamed_item_keeps_its_values(folder):
    after = rename_entry(open_workspace(folder), "clean-air", "pure-air")
    assert after.files["values.csv"].text == VALUES.replace("clean-air", "pure-air")
    assert [value.value for value in indicators(after, "pure-air")[0].measured] == ["30.5", "28"]


def test_a_removed_item_takes_its_values_along(folder):
    after = remove_entry(open_workspace(folder), "clean-air", "clean-water")
    assert after.plan["clean-water"]
    assert after.files["values.csv"].text == VALUES.partition("clean-air")[0]


def test_a_source_that_figures_cite_is_removed_for_another(folder):
    after = remove_entry(open_workspace(folder), "report", "paper")
    assert "report" not in after.text("values.csv")


def test_formatting_keeps_figures_and_leaves_the_table_alone(folder):
    before = open_workspace(folder)
    after = format_files(before)
    assert after.files["values.csv"] == before.files["values.csv"]
    assert indicators(after) == indicators(before)
    assert after.plan["clean-air"].progress == before.plan["clean-air"].progress


def test_a_form_gives_back_what_it_was_given(folder):
    before = open_workspace(folder)
    shape = entry_shape(build_schemas(before.plan)["content.json"], "goals")
    data = deepcopy(before.documents["content.yaml"].data["goals"][1])
    data["indicators"][0]["milestones"].append({"name": "B", "due": "2026", "met": "2025-04"})

    def filled(value):
        if isinstance(value, dict):
            return {key: filled(each) for key, each in value.items()}
        return {at: filled(each) for at, each in enumerate(value)} if isinstance(value, list) else value

    assert fold(shape, filled(unfold(shape, data)), data) == data


def test_an_entry_set_in_place_keeps_its_figures(folder):
    before = open_workspace(folder)
    data = deepcopy(before.documents["content.yaml"].data["goals"][1])
    data["indicators"][0]["targets"][0]["value"] = "12"
    after = set_entry(before, "clean-air", data)
    assert after.text("content.yaml") == before.text("content.yaml").replace("value: 10", "value: 12")


def test_an_entry_is_shown_with_its_figures(folder):
    lines = "\n".join(describe_entry(open_workspace(folder), "clean-air", all=True))
    for words in ("Days of smoke: 10 days by 2030.", "28 days in 2024", "The filter is in use."):
        assert words in lines


def test_a_workbook_leaves_figures_in_the_file(folder, tmp_path):
    pytest.importorskip("openpyxl")
    book = tmp_path / "plan.xlsx"
    run = CliRunner().invoke
    assert (
        run(cli, ["export", "xlsx", "--plan", str(folder), "--output", str(tmp_path / "out")]).exit_code == 0
    )
    book = next((tmp_path / "out").rglob("*.xlsx"))
    result = run(cli, ["import", "xlsx", str(book), "--into", str(folder), "--update"])
    assert result.exit_code == 0, result.output
    goals = yaml.safe_load((folder / "content.yaml").read_text(encoding="utf-8"))["goals"]
    assert len(goals[1]["indicators"]) == 2


def test_a_value_that_one_source_measured_is_no_matter_for_the_worklist(folder):
    result = CliRunner().invoke(cli, ["report", str(folder), "--all"])
    assert result.exit_code == 0, result.output
    assert "28 days" not in result.output
    assert "clean-air" in result.output
