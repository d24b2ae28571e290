"""Two sources side by side: the page, its addresses, the links back, what the lens leaves out."""

import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from conftest import plan_folder

from plan_explorer.build import build
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views import side_by_side

PAGE = "source/plan-and-survey.md"


@pytest.fixture(scope="module")
def site():
    return build(plan_folder("town"))


@pytest.fixture(scope="module")
def pages(site):
    return {each.page.path: each for each in site.pages}


@pytest.fixture(scope="module")
def table(pages):
    """Return the table of the page, read as XML."""
    return read_table(pages[PAGE].article().html)


def read_table(html):
    table = re.search(r'<table class="px-tab px-sides.*?</table>', html, re.S)[0]
    return ElementTree.fromstring(table.replace(" popover>", ' popover="">'))


def words(element):
    return " ".join("".join(element.itertext()).split())


def changed(tmp_path, *changes):
    folder = tmp_path / "plan"
    shutil.copytree(plan_folder("town"), folder)
    path = folder / "comparisons.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_row_says_what_each_source_has_and_how_they_differ(pages):
    rows = [line for line in pages[PAGE].body.split("\n") if line.startswith("|")]
    assert rows[0] == (
        "| Point | [The plan](index.md) *In the source* | [The survey](survey.md) *Outside the source* |"
    )
    assert rows[2] == "| **What is in the river** |  |  |"
    point, plan, survey = rows[4].strip("| ").split(" | ")
    assert point == "Fish *only in the survey*"
    assert re.sub(r"<a id=[^>]*></a>|\(.*?\)", "", plan) == "Fish are not named. [§1 s1–3] *Not said*"
    assert survey.startswith('<a id="s-')


def test_how_far_the_two_were_read_and_where_they_are_stands_above(pages):
    text = pages[PAGE].body
    assert "**The plan:** [Open the plan](<https://example.org/river-plan>)" in text
    assert text.index("**The survey:**") < text.index("| Point |")


def test_statements_have_addresses_quotations_and_labels(site, pages):
    said = site.plan.said["plan-and-survey"]
    assert [ref.key[-1] for ref in said[2:]] == ["paper", "survey"] * 3
    assert all(ref.published for ref in said)
    html = pages[PAGE].article().html
    for ref in said:
        assert f'id="{ref.address}"' in html
        assert f'class="px-qb" href="#{ref.address}"' in html
    assert [ref.statement.status for ref in said[2:]] == [
        *("stated", "background"),
        *("silence", "background"),
        *("stated", "inferred"),
    ]


def test_the_table_has_heads_for_rows_and_groups(table):
    assert [head.get("scope") for head in table.iter("th")].count("col") == 3
    groups = [head for head in table.iter("th") if head.get("scope") == "rowgroup"]
    assert [(words(each), each.get("colspan")) for each in groups] == [
        ("What is in the river", "3"),
        ("What is to be done", "3"),
    ]
    heads = [words(head) for head in table.iter("th") if head.get("scope") == "row"]
    assert heads == [
        "A Clean river Nitrate each has more",
        "Fish only in the survey",
        "A.1 Plant the banks A Clean river Banks only in the plan",
    ]
    assert {cell.get("data-l") for cell in table.iter("td")} == {"The plan", "The survey"}


def test_the_lens_leaves_out_the_source_that_is_not_the_primary_one(table, pages):
    off = [cell for cell in table.iter("td") if "px-off-box" in cell.get("class")]
    assert [cell.get("data-l") for cell in off] == ["The survey"] * 3
    assert all("px-off" in small.get("class") for small in table.findall(".//th/small"))
    html = pages[PAGE].article().html
    assert "2 statements from elsewhere and 1 reading of the editors are left out." in html


def test_the_lens_keeps_a_column_of_which_it_shows_a_cell(tmp_path):
    folder = changed(
        tmp_path,
        ("{paper: the plan, survey: the survey}", "{survey: it, paper: us}"),
        (
            "No fish live below the mill. [@survey p1.4; @minutes p1.1]",
            "The doctor does not swim. [@paper p1.3]",
        ),
    )
    page = {each.page.path: each for each in build(folder).pages}[PAGE]
    assert "*In the source*" in page.body.split("| Fish")[1].split("\n")[0]
    table = read_table(page.article().html)
    assert not [cell for cell in table.iter("td") if "px-off-box" in cell.get("class")]
    boxes = [cell.find("div").get("class", "") for cell in table.iter("td")]
    assert boxes == ["px-off", "", "", "", "px-off", ""]


def test_nothing_remains_under_the_lens_of_two_other_sources(tmp_path):
    folder = changed(
        tmp_path,
        ("{paper: the plan, survey", "{minutes: the minutes, survey"),
        ("paper: The council", "minutes: The council"),
        ("[@paper p1.2]", "[@minutes p1.1]"),
        (
            "paper: {text: Fish are not named., cites: [paper p1.1-3], status: silence}",
            "minutes: No. [@minutes]",
        ),
        ("paper: Half of all", "minutes: Half of all"),
        ("[@paper p2.1]", "[@minutes p1.1]"),
    )
    site = build(folder)
    page = {each.page.path: each for each in site.pages}[PAGE]
    rows = list(read_table(page.article().html).find("tbody"))
    assert all("px-off" in row.get("class") for row in rows)
    assert side_by_side.documents(site.plan) == [("the plan", site.plan.primary)]


def test_items_lead_back_to_the_statement_that_the_lens_shows(site, pages):
    _, fish, banks = site.plan.points(site.plan["plan-and-survey"])
    assert side_by_side.anchored(fish) is fish.sides[0]
    place = side_by_side.anchored(banks).address
    text = pages["steps/plant-banks.md"].body
    assert (
        f"- [The plan and the survey](../source/plan-and-survey.md#{place}): Banks – only in the plan" in text
    )
    assert pages["goals/clean-river/index.md"].body.count("source/plan-and-survey.md#") == 2
    assert "### Compared" not in pages["steps/advise-farmers.md"].body


def test_the_overview_and_the_source_lead_there_and_to_both_documents(pages):
    for path in ("index.md", "source/index.md"):
        text = pages[path].body
        assert "[Open the plan](<https://example.org/river-plan>)" in text
        assert "[Open the survey](<https://example.org/survey#results>)" in text
    assert "- [The plan and the survey](source/plan-and-survey.md)" in pages["index.md"].body
    for path in ("source/index.md", "source/sources.md", PAGE):
        assert "The plan and the survey" in pages[path].article().html.split("</nav>")[0]


def test_a_plan_without_comparisons_has_no_links_to_them():
    pages = {each.page.path: each for each in build(plan_folder("tiny")).pages}
    assert "px-views" not in pages["source/index.md"].article().html


def test_a_plan_names_its_own_kinds_of_difference(tmp_path):
    folder = changed(tmp_path, ("kind: each-has-more", "kind: later"))
    settings = folder / "plan.yaml"
    own = 'differences: {later: "later in {second}", only-in-first: "{first} alone"}\n'
    settings.write_text(settings.read_text(encoding="utf-8") + own, encoding="utf-8")
    plan = load_plan(folder).plan
    points = plan.points(plan["plan-and-survey"])
    assert [side_by_side.difference(plan, point) for point in points] == [
        "later in the survey",
        "only in the survey",
        "the plan alone",
    ]


def test_plan_json_names_the_points_with_their_statements(site):
    path = next(path for path in site.exports if path.endswith("plan.json"))
    entries = json.loads(site.exports[path])["entries"]
    entry = next(each for each in entries if each["id"] == "plan-and-survey")
    assert entry["details"]["sources"] == {"paper": "the plan", "survey": "the survey"}
    point = entry["details"]["points"][0]
    told = (point["section"], point["point"], point["kind"], point["items"])
    assert told == ("What is in the river", "Nitrate", "each-has-more", ["clean-river"])
    assert set(point["sides"].values()) <= {said["address"] for said in entry["statements"]}


def test_a_renamed_source_keeps_its_sides(tmp_path):
    folder = changed(tmp_path)
    workspace = open_workspace(folder, "plan")
    edited = rename_entry(rename_entry(workspace, "survey", "river-survey"), "clean-river", "river")
    comparison = edited.plan["plan-and-survey"]
    assert list(comparison.sources) == ["paper", "river-survey"]
    assert all(list(row.sides) == ["paper", "river-survey"] for _, row in comparison.rows)
    assert [row.items for _, row in comparison.rows] == [("river",), (), ("plant-banks", "river")]
