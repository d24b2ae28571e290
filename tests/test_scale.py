"""What costs time or room does not grow with the plan: counted, not timed."""

import sys
from functools import cache
from pathlib import Path

import pytest

from plan_explorer.build import build
from plan_explorer.model.plan import Plan
from plan_explorer.site.sidebar import MAX_SIDEBAR_ITEMS
from plan_explorer.site.views import comparison

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import synthetic

pytestmark = pytest.mark.slow

SIZES = (150, 450, 1350)


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Return a function that gives the site of a plan of some size, built once."""

    @cache
    def site(items: int):
        folder = tmp_path_factory.mktemp(f"size-{items}") / "plan"
        synthetic.write(folder, items)
        return folder, build(folder, formats=())

    return site


def leaves(site) -> list:
    return [rendered for rendered in site.pages if rendered.page.path.startswith("steps/")]


def test_the_tree_beside_a_page_is_bounded(sites):
    for items in SIZES:
        _, site = sites(items)
        levels = len(site.plan.settings.levels)
        assert max(len(rendered.page.tree()) for rendered in site.pages) <= MAX_SIDEBAR_ITEMS * levels


def test_a_leaf_page_weighs_the_same_in_any_plan(sites):
    means = []
    for items in SIZES:
        _, site = sites(items)
        sizes = [len(rendered.body) for rendered in leaves(site)]
        means.append(sum(sizes) / len(sizes))
    assert max(means) < 1.25 * min(means)


def test_the_whole_site_grows_no_faster_than_the_plan(sites):
    weights = []
    for items in SIZES:
        _, site = sites(items)
        markdown = sum(len(rendered.body) for rendered in site.pages)
        weights.append((markdown + sum(map(len, site.files.values()))) / items)
    assert max(weights[1:]) < 1.15 * weights[0]


def test_no_page_of_a_list_grows_faster_than_the_plan(sites):
    (_, small), (_, large) = sites(SIZES[0]), sites(SIZES[-1])
    before = {rendered.page.path: len(rendered.body) for rendered in small.pages}
    grown = {
        rendered.page.path: len(rendered.body) / before[rendered.page.path]
        for rendered in large.pages
        if rendered.page.path in before and rendered.page.entity is None
    }
    assert {path: factor for path, factor in grown.items() if factor > 1.3 * SIZES[-1] / SIZES[0]} == {}


def test_a_crosswalk_that_is_nearly_empty_lists_the_columns_of_each_row(sites):
    _, site = sites(SIZES[0])
    actors = list(site.plan.actors)
    step = next(item for item in site.plan.items if item.level == "step")
    one = comparison.Line(step, None, {actors[0].id: comparison.Cell("", [step.summary])})
    for rows, wide in ((1, False), (30, True)):
        columns = [actors[0]] * 30 if wide else actors
        assert comparison.Table("t.md", "", "", "", columns=columns, lines=[one] * rows).wide is wide


def test_the_plan_is_gone_over_as_often_whatever_its_size(sites, monkeypatch):
    passes = []
    whole = Plan.__iter__
    monkeypatch.setattr(Plan, "__iter__", lambda plan: passes.append(1) or whole(plan))
    counts = []
    for items in SIZES[:2]:
        folder, _ = sites(items)
        passes.clear()
        build(folder, formats=())
        counts.append(len(passes))
    assert counts[0] == counts[1] < 60


def test_an_edit_changes_as_many_pages_whatever_the_size(sites):
    changed = []
    for items in SIZES[:2]:
        folder, site = sites(items)
        before = {rendered.page.path: rendered.body for rendered in site.pages}
        path = folder / "items-000.yaml"
        text = path.read_text(encoding="utf-8")
        start = text.index("  - id: step-2\n")
        edited = text[:start] + text[start:].replace("summary: The", "summary: Now the", 1)
        path.write_text(edited, encoding="utf-8")
        after = {rendered.page.path: rendered.body for rendered in build(folder, formats=()).pages}
        path.write_text(text, encoding="utf-8")
        changed.append({path for path, markdown in after.items() if before[path] != markdown})
    assert changed[0] == changed[1]
    assert len(changed[0]) <= 4
