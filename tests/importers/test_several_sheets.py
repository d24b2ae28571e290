"""Several sheets of a workbook become one plan: a sheet for each level, or sheets of the same columns."""

from pathlib import Path

import openpyxl
import pytest
from bringing import bring, tree
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan

LEVELS = {
    "Read me": [["How to use"], ["Fill in the other sheets."]],
    "Goals": [["No.", "Goal", "Description"], ["1", "Clean water", "To drink."], ["2", "Quiet", "To sleep."]],
    "Measures": [
        ["No.", "Measure", "Goal", "Lead", "Due"],
        ["1", "Plant banks", "1", "Water Office", "2030"],
        ["2", "Slow cars", "quiet", "Police; Water Office", "2031"],
        ["3", "Meters", "1", "", ""],
    ],
    "Actors": [["Name", "Role"], ["Water Office", "It runs the wells."], ["Police", "It keeps the streets."]],
    "Glossary": [["Term", "Definition"], ["Bank", "The land beside a river."]],
}
PARTS = {
    "North": [["Code", "Action", "Owner"], ["N1", "Pave", "A"], ["N2", "Dig", "B"]],
    "South": [["Code", "Action", "Owner"], ["S1", "Sow", "A"], ["S2", "Reap", "C"]],
    "Notes": [["Nothing of use"], ["really"]],
}


def book(folder: Path, sheets: dict[str, list[list[str]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "plan of a town.xlsx"
    made.save(path)
    return path


def imported(path: Path, *options: object):
    """Return the plan that a workbook becomes, and what is said."""
    into = path.parent / "plan"
    said = bring("xlsx", path, "--into", into, "--as-of", "2025-01-01", *options)
    return load_plan(into), said


def test_a_sheet_for_each_level_is_a_tree_with_actors_and_a_glossary(tmp_path):
    path = book(tmp_path, LEVELS)
    preview = bring("xlsx", path, "--into", tmp_path / "plan", "--dry-run")
    assert "Goal: 1 Clean water\n  Measure: 1 Plant banks\n  Measure: 3 Meters\nGoal: 2 Quiet\n" in preview
    checked, said = imported(path)
    plan = checked.plan
    assert tree(plan) == ["1 Clean water", "  1 Plant banks", "  3 Meters", "2 Quiet", "  2 Slow cars"]
    assert [level.name.many for level in plan.settings.levels.values()] == ["Goals", "Measures"]
    assert [(plan.title(each), each.summary.words) for each in plan.actors] == [
        ("Water Office", "Role: It runs the wells."),
        ("Police", "Role: It keeps the streets."),
    ]
    assert [plan.title(each) for each in plan.terms] == ["Bank"]
    assert [each.target for each in plan["slow-cars"].relations] == ["police", "water-office"]
    assert "left out: the sheet 'Read me'" in said
    assert not [each for each in checked.warnings if each.code != "unused-term"]
    passage = next(each for each in plan.primary.passages if each.id == "slow-cars")
    assert "row 3 of 'Measures'" in str(passage.title)


def test_a_mapping_says_it_in_a_few_lines_and_gives_the_same_plan(tmp_path):
    path = book(tmp_path, LEVELS)
    first, _ = imported(path)
    mapping = path.with_name(f"{path.name}.mapping.yaml")
    words = mapping.read_text(encoding="utf-8")
    assert "sheets:\n  Goals: Goal\n  Measures: Measure\n  Actors: actors\n  Glossary: terms\n" in words
    assert "  Measures!Goal: under\n" in words
    again, _ = imported(path, "--force")
    assert tree(again.plan) == tree(first.plan)
    mapping.write_text(
        words.replace("  Goals: Goal\n", "  Goals: Aim\n").replace(
            "  Glossary: terms\n", "  Glossary: leave\n"
        ),
        encoding="utf-8",
    )
    changed, said = imported(path, "--force")
    assert changed.plan.settings.levels["aim"].name.one == "Aim"
    assert not changed.plan.terms
    assert "left out: the sheet 'Glossary'" in said


def test_sheets_of_the_same_columns_are_parts(tmp_path):
    checked, said = imported(book(tmp_path, PARTS))
    assert tree(checked.plan) == ["North", "  N1 Pave", "  N2 Dig", "South", "  S1 Sow", "  S2 Reap"]
    assert len(checked.plan.actors) == 3
    assert "left out: the sheet 'Notes'" in said
    assert not checked.warnings


def test_the_same_rows_twice_are_no_parts(tmp_path):
    path = book(tmp_path, {"2024": PARTS["North"], "2025": PARTS["North"]})
    assert tree(imported(path)[0].plan) == ["N1 Pave", "N2 Dig"]


def test_one_sheet_can_still_be_chosen(tmp_path):
    plan = imported(book(tmp_path, PARTS), "--sheet", "South")[0].plan
    assert tree(plan) == ["S1 Sow", "S2 Reap"]


def test_an_update_finds_rows_by_sheet_and_number(tmp_path):
    path = book(tmp_path, LEVELS)
    imported(path)
    book(
        tmp_path,
        {**LEVELS, "Goals": [LEVELS["Goals"][0], ["1", "Clean rivers", "To drink."], LEVELS["Goals"][2]]},
    )
    bring("xlsx", path, "--into", tmp_path / "plan", "--update")
    plan = load_plan(tmp_path / "plan").plan
    assert plan.title(plan["clean-rivers"]) == "Clean rivers"
    assert plan["clean-rivers"].formerly == ("clean-water",)
    assert plan["plant-banks"].under == "clean-rivers"


@pytest.mark.parametrize("wrong", ["Gaols", "Measure"])
def test_a_sheet_that_does_not_exist_is_refused(wrong, tmp_path):
    path = book(tmp_path, LEVELS)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        f"sheets:\n  {wrong}: Goal\n  Measures: Measure\ncolumns:\n  No.: code\n", encoding="utf-8"
    )
    said = bring("xlsx", path, "--into", tmp_path / "plan", "--mapping", mapping, code=1)
    assert f"the workbook has no sheet '{wrong}'" in said
    assert "did you mean" in said


def test_on_a_terminal_they_are_offered_together_and_one_can_be_chosen(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from plan_explorer.cli import import_
    from plan_explorer.cli.main import cli

    monkeypatch.setattr(import_, "is_terminal", lambda: True)
    path = book(tmp_path, PARTS)
    for answer, expected in (("", 6), ("North", 2)):
        into = tmp_path / f"plan{expected}"
        arguments = ["import", "xlsx", str(path), "--into", str(into)]
        said = (
            CliRunner().invoke(cli, arguments, input=f"{answer}\n" + "\n" * 8, catch_exceptions=False).output
        )
        assert "Sheet (empty to read North, South as one plan): " in said
        assert len(load_plan(into).plan.items) == expected
        path.with_name(f"{path.name}.mapping.yaml").unlink()


def test_a_workbook_for_corrections_becomes_a_plan_of_its_own(tmp_path):
    from click.testing import CliRunner

    from plan_explorer.cli.main import cli

    town = plan_folder("town")
    CliRunner().invoke(cli, ["export", "xlsx", "--plan", str(town), "--output", str(tmp_path)])
    checked, _ = imported(tmp_path / "town.xlsx")
    before = load_plan(town).plan
    assert sorted(tree(checked.plan)) == sorted(tree(before))
    assert {each.id for each in checked.plan.items} == {each.id for each in before.items}
    assert {each.id for each in checked.plan.terms} == {each.id for each in before.terms}


def test_sheets_call_many_of_their_rows_what_they_are_called_themselves(tmp_path):
    sheets = {
        "Objectifs": [["N°", "Objectif", "Description"], ["1", "Eau", "Claire."], ["2", "Air", "Pur."]],
        "Actions": [["N°", "Action", "Objectif"], ["1", "Planter", "1"], ["2", "Mesurer", "2"]],
    }
    checked, _ = imported(book(tmp_path, sheets))
    levels = checked.plan.settings.levels.values()
    assert [(level.name.one, level.name.many) for level in levels] == [
        ("Objectif", "Objectifs"),
        ("Action", "Actions"),
    ]
