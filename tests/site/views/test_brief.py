"""The plan in brief, for plans of several sizes."""

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views import brief


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("real")).plan


def test_what_heads_the_rows_of_the_map_is_told_if_that_is_little(plan, monkeypatch):
    titles = [line.title for line in brief.summary_lines(plan)]
    assert titles[:5] == ["", "Arguments", "Framework", "Foundations", "Empowerment"]
    assert len(titles) == 10
    monkeypatch.setattr(brief, "MAX_LINES", 9)
    short = [line.title for line in brief.summary_lines(plan)]
    assert short == ["", "Arguments", "Framework", "Safeguards", "Aims", "Initiatives"]


def test_too_many_commitments_stand_in_their_table_only(plan, monkeypatch):
    assert sum(len(tasks) for _, tasks in brief.brief_context(plan)["groups"]) == 91
    monkeypatch.setattr(brief, "MAX_LINES_ON_PAGE", 90)
    found = brief.brief_context(plan)
    assert (found["groups"], found["marked"]) == ([], [])


def test_labels_are_told_of_actors_that_the_primary_source_does_not_name(plan):
    assert brief.brief_context(plan)["marked"] == ["inferred", "background"]
