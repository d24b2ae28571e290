"""Look at figures as readers do: charts, their tables, what is saved, and where a plan stands."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from conftest import plan_folder
from faults import found_by_axe, too_wide

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views import indicators

PAGES = ("standing.html", "targets/trips.html", "targets/assembly.html", "compare/index.html", "index.html")


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("wendmere")).plan


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(tab, served, axe, path):
    page = tab(served("wendmere") + path, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert [*found_by_axe(page, axe), *too_wide(page)] == []


@pytest.mark.parametrize("width", [390, 1300])
def test_every_number_of_a_chart_stands_in_its_table(tab, served, plan, width):
    for path, id in [("targets/trips.html", "trips"), ("targets/badly-hurt.html", "badly-hurt")]:
        page = tab(served("wendmere") + path, width=width)
        [measure] = indicators.measures(plan, plan[id])
        box = page.locator(".px-indicator")
        table = box.locator("tbody tr").all_inner_texts() or box.locator("tbody tr").all_text_contents()
        drawn = box.locator(".px-curve:visible")
        assert drawn.count() == 1
        words = drawn.locator("text.px-strong").all_text_contents()
        assert words
        cells = " ".join(box.locator("tbody tr td.px-num").all_text_contents())
        for number in (re.sub(r"^target ", "", each) for each in words):
            assert re.search(rf"\b{re.escape(number)}\b", cells), (id, number, table)
        own = measure.indicator
        dots = len(own.measured) + (own.baseline is not None and own.baseline not in own.measured)
        assert drawn.locator(".px-dot").count() == dots


@pytest.mark.parametrize("name", ["wendmere", "decade"])
def test_every_line_of_a_chart_is_in_its_legend(tab, served, sites, name):
    pages = [path for path in sites(name).rglob("*.html") if "px-curve--wide" in path.read_text("utf-8")]
    assert len(pages) > 3
    page = tab(served(name))
    for path in pages:
        page.goto(served(name) + path.relative_to(sites(name)).as_posix())
        for figure in page.locator(".px-indicator figure").all():
            for kind in ("value-line", "target-line", "base-line", "way-line", "group-line"):
                drawn, told = (
                    figure.locator(f"{css} .px-{kind}").count() for css in (".px-curve", ".px-legend")
                )
                assert drawn == 0 or told > 0, (path, kind)


def test_without_scripts_the_chart_and_the_table_stand_and_nothing_can_be_saved(tab, served):
    page = tab(served("wendmere") + "targets/trips.html", java_script_enabled=False)
    assert page.locator(".px-curve:visible").count() == 1
    assert page.locator(".px-tab--figures tbody tr").count() > 8
    assert page.locator(".px-save button:visible").count() == 0


def test_a_table_of_figures_is_saved_as_it_is_shown(tab, served):
    page = tab(served("wendmere") + "targets/trips.html")
    with page.expect_download() as waiting:
        page.locator("[data-px-save-table]").click()
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Date", "Value, %", "What it is", "Source"]
    assert len(rows) - 1 == page.locator(".px-tab--figures tbody tr").count()
    assert ["2025", "39", "value"] in [row[:3] for row in rows]
    assert ["2020", "34", "value (The river bridge was closed to cars in this year.)"] in [
        row[:3] for row in rows
    ]


def test_where_a_plan_stands_is_saved_with_its_dates_apart(tab, served):
    page = tab(served("wendmere") + "standing.html")
    with page.expect_download() as waiting:
        page.locator("[data-px-save-table]").click()
    rows = list(csv.reader(io.StringIO(waiting.value.path().read_bytes().decode("utf-8-sig"))))
    [trips] = [row for row in rows if row[0] == "M1"]
    assert trips[1:5] == [
        "Trips on foot, by bicycle or by bus (%)",
        "31 (2021)",
        "39 (2025)",
        "at least 50 (2030)",
    ]
    assert trips[-1] == "42% · 44%"


@pytest.mark.parametrize(("width", "wide"), [(390, 330), (1300, 640)])
def test_a_chart_is_saved_as_a_picture_of_its_own(tab, served, width, wide):
    page = tab(served("wendmere") + "targets/trips.html", width=width)
    with page.expect_download() as waiting:
        page.locator("[data-px-save-chart]").click()
    root = ElementTree.fromstring(waiting.value.path().read_text(encoding="utf-8"))
    assert root.get("width") == str(wide)
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "target 50" in texts
    lines = [each for each in root.iter("{http://www.w3.org/2000/svg}path") if each.get("stroke") != "none"]
    assert len(lines) > 5
    assert not [each for each in root.iter() if each.get("class")]


def test_the_lens_leaves_out_what_the_plan_does_not_say(tab, served):
    page = tab(served("wendmere") + "targets/homes-let.html")
    rows = page.locator(".px-tab--figures tbody tr:visible")
    before = rows.count()
    page.locator("[data-px-lens]").click()
    shown = rows.all_text_contents()
    assert 0 < len(shown) < before
    assert all("target" in row or "milestone" in row for row in shown)
    assert page.locator(".px-curve:visible").count() == 0
    assert page.locator(".px-indicator .px-ghost:visible").count() == 1


def test_a_bar_leads_to_its_figure(tab, served):
    page = tab(served("wendmere") + "standing.html")
    link = page.locator(".px-way > a", has_text="M1")
    assert link.inner_text().split() == ["M1", "42%"]
    link.click()
    page.wait_for_url("**/targets/trips.html#trips_1")
    top = page.locator("#trips_1").bounding_box()["y"]
    assert 0 <= top < 300


def test_rows_are_found_by_progress_and_by_what_is_late(tab, served):
    page = tab(served("wendmere") + "compare/index.html")
    rows = page.locator(".px-tab--all tbody tr:not(.px-g):visible")
    page.locator("select[name=progress]").select_option(label="Stopped")
    stopped = rows.all_text_contents()
    assert stopped
    assert all("Stopped" in row for row in stopped)
    page.locator("button[type=reset]").click()
    page.locator("[name=hole][value=late]").check()
    assert 0 < rows.count() < 5


def test_forced_colours_leave_lines_and_dots_visible(tab, served):
    page = tab(served("wendmere") + "targets/trips.html", forced_colors="active")
    for css in (".px-value-line", ".px-target-line", ".px-dot"):
        stroke = page.locator(f".px-curve:visible {css}").first.evaluate(
            "each => getComputedStyle(each).stroke"
        )
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert stroke not in ("none", ground), css


def test_targets_and_milestones_stand_on_the_timeline(tab, served, plan):
    page = tab(served("wendmere") + "timeline/index.html")
    listed = page.locator("#due ~ ul li").count()
    assert listed == len(indicators.deadlines(plan))
    assert page.locator(".px-chart .px-lane", has_text="Targets").first.is_visible()
