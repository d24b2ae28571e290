"""What the pages that tell where a plan stands say of each figure."""

import re
import shutil

import pytest
from conftest import plan_folder

from plan_explorer.build import build


@pytest.fixture(scope="module")
def site():
    return build(plan_folder("wendmere"))


def body(site, path):
    return next(page for page in site.pages if page.page.path == path).body


def test_what_is_missing_is_named(site):
    text = body(site, "standing.md")
    missing = text.partition("## What is missing")[2]
    assert re.findall(r"^- (\S+) \[", missing, re.MULTILINE) == ["H3", "T2"]
    unsaid = text.partition("**Nothing said:** 5 of 13")[2].partition("##")[0]
    assert re.findall(r"^    - \[(\S+) ", unsaid, re.MULTILINE) == ["M4", "H3", "T1", "T2", "T3"]


def test_a_baseline_without_a_date_is_told(tmp_path):
    folder = shutil.copytree(plan_folder("wendmere"), tmp_path / "plan")
    path = folder / "targets.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{value: 38, date: 2021,", "{value: 38,"), encoding="utf-8")
    [row] = [line for line in body(build(folder), "standing.md").splitlines() if line.startswith("| H3 ")]
    assert [cell.strip() for cell in row.split("|")][2:4] == ["38 households", "–"]


def test_a_mark_on_the_timeline_begins_with_what_is_due(site):
    [timeline] = [page for page in site.pages if page.page.path == "timeline/index.md"]
    titles = re.findall(r"<title>(M3 [^<]+)</title>", timeline.article().html)
    assert "M3 at most 14 people a year: Fewer people badly hurt on the roads" in titles


@pytest.mark.parametrize(("name", "told"), [("wendmere", True), ("river", False)])
def test_the_map_says_what_its_bars_are_if_it_has_any(name, told):
    [home] = [page for page in build(plan_folder(name)).pages if page.page.path == "index.md"]
    article = home.article().html
    assert ("px-waybar" in article) == ("The bar in a box is" in article) == told
