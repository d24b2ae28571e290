"""The plans at hand: sound without a warning, and those told by their figures with each figure cited."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from conftest import PLANS, ROOT, plan_folder

from plan_explorer.build import build
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.loading.values_files import COLUMNS
from plan_explorer.model.indicators import Indicator, is_figure

TOLD_BY_FIGURES = ("decade", "wendmere")


def indicators(name: str) -> list[Indicator]:
    """Return the indicators of the plan called *name*, those in short, too."""
    return [each for item in load_plan(plan_folder(name)).plan.items for _, each in item.measures]


@pytest.mark.parametrize("name", [name for name in PLANS if name != "real"])
def test_every_plan_is_sound_without_a_warning(name):
    assert load_plan(plan_folder(name)).warnings == []


@pytest.mark.parametrize("name", TOLD_BY_FIGURES)
def test_every_figure_has_a_source_of_its_own(name):
    items = load_plan(plan_folder(name)).plan.items
    figures = [placed.figure for item in items for _, placed in item.figures]
    assert len(figures) > 25
    assert [figure for figure in figures if not figure.cites] == []
    changed = [
        before
        for item in items
        for _, each in item.measures
        for aim in each.targets
        for before in aim.earlier
    ]
    assert [before for before in changed if not (before.cites and before.because)] == []


def test_wendmere_has_what_figures_can_have():
    found = {each.id: each for each in indicators("wendmere")}
    assert len(found) == 14  # one of them in short
    values = Counter(len(each.measured) for each in found.values())
    assert values[8] == 10
    assert {value.date.edtf for each in found.values() for value in each.values} == {
        str(y) for y in range(2018, 2026)
    }
    assert [name for name, each in found.items() if not each.measured] == ["", "ease"]
    assert [name for name, each in found.items() if each.direction == "down"] == ["badly-hurt", "emissions"]
    assert [target.due.edtf for target in found["bathing-days"].targets] == ["2025", "2030"]
    assert {name: set(each.groups) for name, each in found.items() if each.groups} == {
        "trips": {"Old Town", "Riverside", "Northfield"},
        "assembly": {"women", "men"},
    }
    assert [value.value for value in found["badly-hurt"].measured][-3:] == [
        "20",
        "19",
        "18",
    ]  # the revised one
    assert {value.quality for value in found["homes-insulated"].values} == {"final", "provisional", "revised"}
    assert [len(found[name].targets[0].earlier) for name in ("late-lines", "school-ways", "homes-let")] == [
        1,
        2,
        1,
    ]
    steps = [step for each in found.values() for step in each.milestones]
    assert [bool(step.met) for step in steps].count(True) == 3
    assert len(steps) > 6


def test_wendmere_says_where_it_stands_in_three_words():
    plan = load_plan(plan_folder("wendmere")).plan
    states = plan.settings.progress
    assert [state.at_least for state in states.values()] == [0.9, 0.4, 0]
    assert plan.settings.progress_rule
    history = {item.id: [each.state for each in item.history] for item in plan.items if item.progress}
    assert history["homes-let"] == ["stopped", "slow", "as-planned"]
    assert {word for words in history.values() for word in words} == set(states)


def test_what_is_measured_is_held_against_the_sentences():
    plan = load_plan(plan_folder("wendmere")).plan
    texts = {source.id for source in plan.sources if source.outline}
    held = [
        key
        for item in plan.items
        for key, statement in item.said()
        if is_figure(key) and texts & {citation.source for citation in statement.cites}
    ]
    assert len(held) > 30


def test_the_document_on_figures_shows_wendmere():
    text = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    files = [path for path in plan_folder("wendmere").iterdir() if path.suffix in (".yaml", ".csv")]
    lines = {line for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    blocks = re.findall(r"```(?:yaml|csv)\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 9
    assert [line for block in blocks for line in block.splitlines() if line not in lines] == []


def test_the_document_on_figures_names_columns_and_codes_that_there_are():
    text = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    columns, codes = (part.split("\n\n")[0] for part in text.split("|---|---|")[1:])
    assert set(re.findall(r"^\| `(\w+)`", columns, re.MULTILINE)) | {"reason"} == set(COLUMNS)
    named = re.findall(r"`([a-z-]+)` \|$", codes, re.MULTILINE)
    assert len(named) == 15
    generator = ROOT / "generator" / "plan_explorer"
    code = "".join(path.read_text(encoding="utf-8") for path in generator.rglob("*.py"))
    assert [name for name in named if f'"{name}"' not in code] == []


def test_no_word_for_progress_is_there_without_a_source_or_a_rule(tmp_path):
    shutil.copytree(plan_folder("wendmere"), tmp_path / "plan")
    settings = tmp_path / "plan" / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    rule = text[text.index("progress_rule: >-") : text.index("views:")]
    assert pages_with("computed", tmp_path / "plan") > 2
    assert pages_with("Computed by the rule of this site: The share of the way", tmp_path / "plan") > 2
    settings.write_text(text.replace(rule, ""), encoding="utf-8")
    assert pages_with("computed", tmp_path / "plan") == 0
    assert pages_with("it draws no conclusion", tmp_path / "plan") > 10
    targets = tmp_path / "plan" / "targets.yaml"
    said = re.sub(
        r"^    progress:\n(?:      .*\n)+", "", targets.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    targets.write_text(said, encoding="utf-8")
    assert pages_with("Slower than planned", tmp_path / "plan") == 0


def pages_with(words: str, folder: Path) -> int:
    """Return how many pages of items say *words*."""
    return sum(words in page.body for page in build(folder, formats=()).pages if page.page.template == "item")


def test_a_reason_is_shown_without_its_citation():
    plan = load_plan(plan_folder("wendmere")).plan
    reasons = [each.because for item in plan.items for each in item.progress]
    reasons += [
        each.because
        for item in plan.items
        for _, measure in item.measures
        for aim in measure.targets
        for each in aim.earlier
    ]
    assert len(reasons) > 15
    assert [reason for reason in reasons if "[@" in reason] == []


def test_what_is_told_of_a_value_names_its_row(tmp_path):
    shutil.copytree(plan_folder("wendmere"), tmp_path / "plan")
    (tmp_path / "plan" / "verified.txt").unlink()
    checked = load_plan(tmp_path / "plan", "plan")
    places = {str(each.location).rpartition(":")[0] for each in checked.unverified}
    rows = [each for each in places if each.startswith("plan/values.csv:")]
    lines = (tmp_path / "plan" / "values.csv").read_text(encoding="utf-8").splitlines()
    assert rows
    assert all("report-2025 p" in lines[int(each.rpartition(":")[2]) - 1] for each in rows)
