"""What other programs may import from the package."""

import subprocess
import sys

import pytest
from conftest import plan_folder

import plan_explorer
from plan_explorer import Plan, PlanError, Problem, Site, build, load_plan


def test_nothing_else_is_public():
    assert plan_explorer.__all__ == ["Plan", "PlanError", "Problem", "Site", "build", "load_plan"]
    for name in plan_explorer.__all__:
        assert f"``{name}``" in plan_explorer.__doc__


def test_a_sound_plan_is_loaded():
    plan = load_plan(plan_folder("tiny")).plan
    assert isinstance(plan, Plan)
    assert plan.title(plan["less-runoff"]) == "Less runoff"


def test_a_plan_with_problems_is_refused_with_all_of_them(tmp_path):
    (tmp_path / "plan.yaml").write_text("id: x\nnonsense: 1\n", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path)
    assert len(caught.value.problems) > 1
    assert all(isinstance(problem, Problem) for problem in caught.value.problems)


def test_a_site_is_built_in_memory():
    site = build(plan_folder("tiny"))
    assert isinstance(site, Site)
    assert site.plan["less-runoff"]
    assert "steps/less-runoff.md" in {rendered.page.path for rendered in site.pages}


@pytest.mark.parametrize("first", ["plan_explorer", "plan_explorer.build", "plan_explorer.cli.main"])
def test_build_is_the_function_whatever_was_imported_first(first):
    """A module of the package has the same name."""
    check = "assert build.__module__ == 'plan_explorer.build'"
    code = f"import {first}; from plan_explorer import build; {check}"
    subprocess.run([sys.executable, "-c", code], check=True)
