"""A crosswalk sets entries beside their counterparts elsewhere, both ways, and counts what has none."""

import csv
import json
import re

import pytest
from crosswalks import CROSSWALK, add_crosswalk, with_crosswalk
from mkdocs.exceptions import Abort
from several import build_project, nothing_leads_nowhere, write_project

from plan_explorer.build import build, exportable
from plan_explorer.editing.remove import remove_entry
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.exporters import plan_json, tables
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site import pagination
from plan_explorer.versions.diff import compare_plans

VALLEY = "[1 Clean valley](<https://example.org/1>)"
PAGE, BACK = "crosswalks/valley/index.md", "crosswalks/valley/back/index.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return with_crosswalk(tmp_path_factory.mktemp("crosswalk") / "plan")


@pytest.fixture(scope="module")
def site(folder):
    return build(folder)


@pytest.fixture(scope="module")
def pages(site):
    return {each.page.path: each for each in site.pages}


def rows(page) -> list[str]:
    """Return the rows of the tables in the body of a page, without heads."""
    heads = ("| The plan |", "| The valley frame |", "|---")
    return [line for line in page.body.split("\n") if line.startswith("|") and not line.startswith(heads)]


def shown(page) -> list[str]:
    """Return what the rows of the table of a page say."""
    table = re.search(r"<tbody.*</table>", page.article().html, re.S)[0]
    lines = re.findall(r"<tr(?! class=\"px-g)[^>]*>(.*?)</tr>", table, re.S)
    return [
        " | ".join(re.sub(r"<[^>]*>", "", cell) for cell in re.split(r"</t[dh]>", line)) for line in lines
    ]


def test_every_entry_has_a_row_for_each_counterpart_in_the_order_of_both_sides(pages):
    assert rows(pages[PAGE]) == [
        "| [B Open river](../../goals/open-river/index.md) | *no counterpart* |  |  |",
        "| [A Clean river](../../goals/clean-river/index.md) | is equal to "
        "| [1 Clean valley](<https://example.org/1>) |  |",
        "| [A.1 Plant the banks](../../steps/plant-banks.md) | is equal to "
        "| [1 Clean valley](<https://example.org/1>) | It says *banks*. (90 %) |",
        "| [A.1 Plant the banks](../../steps/plant-banks.md) | is part of | 1\\.1 Trees on banks |  |",
        "| [A.2 Advise farmers](../../steps/advise-farmers.md) | *no counterpart* |  |  |",
    ]
    lede = pages[PAGE].body.split("\n")[2]
    assert lede.startswith("3 pairs, as [Table of the valley](")
    assert lede.endswith(
        "gives them. 2 of 4 entries of the plan have a counterpart in the valley frame; "
        "2 of 3 entries that the mapping names there have one here."
    )


def test_the_other_way_round_relations_read_from_there(pages):
    assert [row.split(" | ")[:3] for row in rows(pages[BACK])] == [
        [f"| {VALLEY}", "is equal to", "[A Clean river](../../../goals/clean-river/index.md)"],
        [f"| {VALLEY}", "is equal to", "[A.1 Plant the banks](../../../steps/plant-banks.md)"],
        ["| 1\\.1 Trees on banks", "includes", "[A.1 Plant the banks](../../../steps/plant-banks.md)"],
        ["| 9", "*no counterpart*", ""],
    ]  # fmt: skip


def test_the_table_says_the_same_with_a_filter_and_a_file(pages):
    assert shown(pages[PAGE]) == [
        "B | Open river | no counterpart |  |  | ",
        "A | Clean river | is equal to | 1 Clean valley |  | ",
        "A.1 | Plant the banks | is equal to | 1 Clean valley | It says banks. (90 %) | ",
        "A.1 | Plant the banks | is part of | 1.1 Trees on banks |  | ",
        "A.2 | Advise farmers | no counterpart |  |  | ",
    ]
    html = pages[PAGE].article().html
    assert '<option value="subset">is part of</option>' in html
    assert 'name="hole" value="counterpart"' in html
    assert "javascript" not in html
    sheet = json.loads(re.search(r"data-px-sheet>(.*?)</script>", html, re.S)[1])
    assert sheet[0] == [
        *("Code", "Name", "Relation", "Code in the valley frame", "Name in the valley frame"),
        *("Address in the valley frame", "Why", "Confidence", "Address"),
    ]
    assert sheet[3] == [
        *("A.1", "Plant the banks", "is equal to", "1", "Clean valley", "https://example.org/1"),
        *("It says banks.", "90 %"),
    ]
    assert len(sheet) == 6
    assert '<option value="subset">includes</option>' in pages[BACK].article().html


def test_the_page_of_an_entry_leads_to_its_counterparts(pages):
    body = pages["steps/plant-banks.md"].body
    assert (
        "### Counterparts\n\n- The valley frame ([River and valley](../crosswalks/valley/index.md)): " in body
    )
    assert (
        "is equal to [1 Clean valley](<https://example.org/1>); is part of 1\\.1 Trees on banks "
        "*Outside the source*" in body
    )
    assert "### Counterparts" not in pages["steps/advise-farmers.md"].body


def test_the_lens_leaves_out_what_the_primary_source_does_not_give(folder, pages, tmp_path):
    html = pages[PAGE].article().html
    assert html.count('<tr class="px-off"') == 5
    assert "5 rows are left out." in html
    own = with_crosswalk(
        tmp_path / "plan",
        CROSSWALK.replace("source: valley-table", "source: paper").replace(
            "because: It says *banks*.", 'because: "It says *banks*. [@paper p2.1]"'
        ),
    )
    html = {each.page.path: each for each in build(own).pages}[PAGE].article().html
    assert '<tr class="px-off"' not in html
    assert load_plan(own).plan.crosswalks[0].pairs[1].because.status == "stated"


def test_a_reason_rests_on_the_mapping_unless_it_says_otherwise(folder):
    (crosswalk,) = load_plan(folder).plan.crosswalks
    assert crosswalk.pairs[1].because.cited == "@valley-table"
    assert crosswalk.pairs[1].because.status == "background"


def test_relations_within_the_plan_stand_in_the_crosswalk_that_names_their_kind(tmp_path):
    text = CROSSWALK[: CROSSWALK.index("    others:")] + "    within: [equal]\n"
    folder = with_crosswalk(tmp_path / "plan", text)
    content = folder / "content.yaml"
    words = content.read_text(encoding="utf-8")
    found = re.search(r"  - id: open-river\n(    code: B\n)", words)
    more = "    relations:\n      - {equal: clean-river, because: The same. , cites: [valley-table]}\n"
    words = words[: found.end()] + words[found.end() :].replace(
        "\n  - id: clean-river", f"\n{more}  - id: clean-river", 1
    )
    content.write_text(words, encoding="utf-8")
    made = {each.page.path: each for each in build(folder).pages}
    assert rows(made[PAGE]) == [
        "| [B Open river](../../goals/open-river/index.md) | is equal to "
        "| [A Clean river](../../goals/clean-river/index.md) | The same. |"
    ]


def test_a_long_table_is_split_and_nothing_is_lost(folder, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_PAIRS", 2)
    made = {each.page.path: each for each in build(folder).pages}
    parts = {path: page for path, page in made.items() if path.startswith("crosswalks/")}
    assert len(parts) > 4
    for path in (PAGE, BACK):
        html = made[path].article().html
        assert "px-index" in html
        assert "2 of 4 entries of the plan have a counterpart" in made[path].body
    forward = [row for path, page in parts.items() if "/from/" in path for row in rows(page)]
    assert len(forward) == 5
    back = [row for path, page in parts.items() if "/back/" in path for row in rows(page)]
    assert len(back) == 4


def test_exports_have_the_pairs_and_what_has_no_counterpart(folder):
    source = exportable(folder)
    text = tables.export(source).files["counterparts.csv"].decode("utf-8-sig")
    found = [
        tuple(row[key] for key in ("entry", "kind", "code", "confidence"))
        for row in csv.DictReader(text.splitlines())
    ]
    assert found == [
        ("plant-banks", "subset", "1.1", ""),
        ("plant-banks", "equal", "1", "90 %"),
        ("clean-river", "equal", "1", ""),
        ("", "", "9", ""),
    ]
    data = json.loads(plan_json.export(source).files["plan.json"])
    details = next(each for each in data["entries"] if each["id"] == "valley")["details"]
    assert details["to"] == "the valley frame"
    assert details["pairs"][1] == {
        "entry": "plant-banks",
        "relation": "equal",
        "other": "1",
        "because": "It says *banks*.",
        "confidence": "90 %",
    }
    html = {each.page.path: each for each in build(folder).pages}["compare/index.md"].article().html
    sheet = json.loads(re.search(r"data-px-sheet>(.*?)</script>", html, re.S)[1])
    at = sheet[0].index("Counterparts in the valley frame")
    assert [row[at] for row in sheet[1:]] == [["1.1 (is part of); 1 (is equal to)", ""], ""]


def test_entries_keep_their_pairs_when_they_are_renamed_or_replaced(tmp_path):
    workspace = open_workspace(with_crosswalk(tmp_path / "plan"))
    renamed = rename_entry(workspace, "plant-banks", "green-banks").plan.crosswalks[0]
    assert [pair.entry for pair in renamed.pairs] == ["green-banks", "green-banks", "clean-river"]
    renamed = rename_entry(workspace, "valley-table", "table").plan.crosswalks[0]
    assert (renamed.source, renamed.pairs[1].because.cited) == ("table", "@table")
    heir = remove_entry(workspace, "plant-banks", "advise-farmers").plan.crosswalks[0]
    assert [pair.entry for pair in heir.pairs] == ["advise-farmers", "advise-farmers", "clean-river"]


def test_versions_tell_which_pairs_came_and_went(folder, tmp_path):
    other = with_crosswalk(
        tmp_path / "plan", CROSSWALK.replace('relation: subset, other: "1.1"', 'relation: subset, other: "9"')
    )
    (change,) = compare_plans(load_plan(folder).plan, load_plan(other).plan)
    assert (change.part, change.before, change.after) == (
        "pairs",
        "plant-banks subset 1.1",
        "plant-banks subset 9",
    )


# --- two plans in one site


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    compare = [{"to": "river", "by": "valley"}]
    plugins = [
        {"plan-explorer": {"plan": "plans/town", "prefix": "town", "compare": compare}},
        {"plan-explorer": {"plan": "plans/river", "prefix": "river"}},
    ]
    target = tmp_path_factory.mktemp("both")
    settings = write_project(target, {"town": "town", "river": "river"}, plugins=plugins)
    (target / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    add_crosswalk(target / "plans" / "town")
    return build_project(settings)


def test_counterparts_in_a_plan_of_the_same_site_are_links_to_it(both):
    nothing_leads_nowhere(both)
    page = (both / "town" / PAGE).read_text(encoding="utf-8")
    assert "[1 A river without soil](../../../river/pledges/clean-river/index.md)" in page
    back = (both / "town" / BACK).read_text(encoding="utf-8")
    assert "2 of 8 entries there have one here." in back  # seven of that plan, and one that it does not have
    assert "| [1\\.4 " in back
    assert "| 9 | *no counterpart* |" in back
    assert "[1 A river without soil](" in (both / "town/steps/plant-banks.md").read_text(encoding="utf-8")
    other = (both / "river" / "compare" / "with-town.md").read_text(encoding="utf-8")
    assert "Entries are matched as in “River and valley”" in other


def test_what_is_no_crosswalk_is_told(tmp_path, caplog):
    plugins = [
        {
            "plan-explorer": {
                "plan": "plans/town",
                "prefix": "town",
                "compare": [{"to": "river", "by": "valey"}],
            }
        },
        {"plan-explorer": {"plan": "plans/river", "prefix": "river"}},
    ]
    settings = write_project(tmp_path, {"town": "town", "river": "river"}, plugins=plugins)
    (tmp_path / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    add_crosswalk(tmp_path / "plans" / "town")
    with pytest.raises(Abort):
        build_project(settings)
    assert "names 'valey', which is no way to match entries and no file" in caplog.text
    assert "hint: did you mean 'valley'?" in caplog.text
