"""What the columns of a table mean is asked on a terminal, and shown before anything is written."""

import os
import pty
import subprocess
import sys

import pytest
from bringing import bring, tree
from click.testing import CliRunner
from conftest import ROOT

from plan_explorer.cli import import_
from plan_explorer.cli.main import cli
from plan_explorer.importers.column_mapping import MEANINGS
from plan_explorer.loading.checked_plan import load_plan

TABLE = "Nr;Vorhaben;Wer macht es;Termin\n1;Luft messen;Stadt;2030\n2;Bäume pflanzen;Land;2031\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def answer(table, words: str, *options: str, code: int = 0, monkeypatch) -> str:
    """Run the import with somebody who types *words*."""
    monkeypatch.setattr(import_, "is_terminal", lambda: True)
    arguments = ["import", "csv", str(table), "--into", str(table.parent / "plan"), *options]
    result = CliRunner().invoke(cli, arguments, input=words, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_enter_accepts_the_guess_and_examples_are_shown(table, monkeypatch):
    said = answer(table, "\n" * 5, monkeypatch=monkeypatch)
    assert "Vorhaben: Luft messen | Bäume pflanzen\n  is [name]: " in said
    assert said.index("Entry: 1 Luft messen") < said.index("Column to change")
    plan = load_plan(table.parent / "plan").plan
    assert tree(plan) == ["1 Luft messen", "2 Bäume pflanzen"]


def test_an_answer_decides_and_a_wrong_one_is_asked_again(table, monkeypatch):
    said = answer(table, "Pläne\nde\n\nactr\nactor\n\n", monkeypatch=monkeypatch)
    assert "a column cannot be 'actr'; did you mean 'actor'?" in said
    plan = load_plan(table.parent / "plan").plan
    assert [plan.title(actor) for actor in plan.actors] == ["Stadt", "Land"]
    assert plan.settings.site_name == "Pläne"
    saved = table.with_name("t.csv.mapping.yaml").read_text(encoding="utf-8")
    assert "  Wer macht es: actor\n" in saved
    assert len([line for line in saved.split("\n") if line and line[0] != "#"]) <= 15


def test_a_column_can_be_changed_after_the_preview(table, monkeypatch):
    said = answer(table, "\n\nrest\nNrr\nNr\nleave\n\n", monkeypatch=monkeypatch)
    assert "there is no 'Nrr'; did you mean 'Nr'?" in said
    assert said.count("nothing written: 2 entries") == 2
    assert tree(load_plan(table.parent / "plan").plan) == ["Luft messen", "Bäume pflanzen"]


def test_a_question_mark_explains_all_meanings(table, monkeypatch):
    said = answer(table, "\n\n?\n\n\n\n", monkeypatch=monkeypatch)
    assert "  actor          who is responsible" in said


def test_nothing_is_written_if_somebody_leaves(table, monkeypatch):
    answer(table, "\n\n\n", code=1, monkeypatch=monkeypatch)
    assert [each.name for each in table.parent.iterdir()] == ["t.csv"]


def test_nothing_is_asked_that_a_mapping_says_or_where_nothing_can_be_written(table, monkeypatch):
    mapping = table.with_name("m.yaml")
    mapping.write_text("columns: {Vorhaben: name}\n", encoding="utf-8")
    assert "Title" not in answer(table, "", "--mapping", str(mapping), monkeypatch=monkeypatch)
    mapping.unlink()
    said = answer(table, "", code=1, monkeypatch=monkeypatch)
    assert "this folder contains other files" in said
    assert "Title" not in said


def test_without_a_terminal_it_says_what_is_not_sure_and_which_option_to_give(table):
    said = bring("csv", table, "--into", table.parent / "plan")
    path = table.with_name("t.csv.mapping.yaml")
    unsure = "not sure what is in 'Vorhaben', 'Wer macht es'"
    assert f"{unsure}: say it in {path}, or in a file for --mapping\n" in said


def test_a_table_of_many_columns_has_a_short_mapping(tmp_path):
    heads = ["Goal", "Measure", "Owner", *(f"Text {n}" for n in range(30))]
    path = tmp_path / "t.csv"
    path.write_text(f"{','.join(heads)}\nA,B,C{',x' * 30}\n", encoding="utf-8")
    bring("csv", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    saved = tmp_path / "t.csv.mapping.yaml"
    lines = [line for line in saved.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    assert lines[2:] == ["others: statement", "columns:", "  Goal: step", "  Measure: step", "  Owner: actor"]
    bring("csv", path, "--into", tmp_path / "again", "--as-of", "2025-01-01")
    for name in ("goals.yaml", "plan.yaml"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "plan" / name).read_bytes()
    saved.write_text("others: nme\ncolumns: {Goal: name}\n", encoding="utf-8")
    assert "the other columns cannot be 'nme'" in bring("csv", path, "--into", tmp_path / "p", code=1)


@pytest.mark.slow
def test_on_a_real_terminal_the_questions_are_asked(table):
    parent, child = pty.openpty()
    os.write(parent, b"\n\n\nactor\n\n")
    folder = table.parent / "plan"
    command = [sys.executable, "-m", "plan_explorer", "import", "csv", str(table), "--into", str(folder)]
    done = subprocess.run(command, stdin=child, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Column to change" in done.stdout + done.stderr
    assert [each.id for each in load_plan(folder).plan.actors] == ["stadt", "land"]


def test_every_meaning_is_in_the_documents():
    words = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8").partition("## Columns of a table")[2]
    assert [each for each in MEANINGS if f"`{each}`" not in words] == []
