"""What is told to be left open is left open by all that is known of the primary source."""

import shutil

import pytest
from conftest import PLANS, plan_folder

from plan_explorer import load_plan
from plan_explorer.site.views.silences import silences

SAID = "The council is to see to less runoff."


def said_of(tmp_path, words, name="less-runoff"):
    """Return what is left open on the page of an entry after *words* are stated of a step."""
    folder = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = folder / "content.yaml"
    content.write_text(content.read_text(encoding="utf-8").replace(SAID, words), encoding="utf-8")
    plan = load_plan(folder).plan
    return silences(plan, plan[name], {})


@pytest.mark.parametrize(
    ("words", "left_open"),
    [
        (SAID, ["a date", "a figure"]),
        ("Ditches are to be dug by 2027 at a cost of 40 million euros.", []),
        ("Ditches are to be dug by the end of October.", ["a figure"]),
        ("Half of all ditches are to be dug.", ["a date"]),
        ("12 ditches are to be dug.", ["a date"]),
        ("Ditches are to be dug two metres deep.", ["a date"]),
        ("Ditches are to be dug with 5G in step with IPv6.", ["a date", "a figure"]),
        ("The three ditches may be dug.", ["a date", "a figure"]),
    ],
)
def test_what_a_statement_gives_is_not_left_open(tmp_path, words, left_open):
    assert said_of(tmp_path, words) == left_open


def test_what_a_part_is_said_to_have_is_not_left_open_above_it(tmp_path):
    assert said_of(tmp_path, "12 ditches are to be dug by 2027.", "clean-water") == []


def test_what_is_shown_of_a_cited_sentence_is_not_left_open(tmp_path):
    folder = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = folder / "content.yaml"
    shown = "sentences: [{words: 9, opening: By 2027 the council, closing: less runoff.}]"
    text = content.read_text(encoding="utf-8").replace(
        "id: p2, number: 2, sentences: 1", f"id: p2, number: 2, {shown}"
    )
    content.write_text(text, encoding="utf-8")
    plan = load_plan(folder).plan
    assert silences(plan, plan["less-runoff"], {}) == ["a figure"]


@pytest.mark.parametrize("name", PLANS)
def test_no_pronoun_stands_for_what_was_not_named(name):
    plan = load_plan(plan_folder(name)).plan
    for item in plan.items:
        told = silences(plan, item, {})
        assert not [each for each in told if " them" in each or "its 1 " in each], item.id
