"""Items stand in the order of the plan, whatever holds something, and each keeps its summary."""

import re

import pytest
from conftest import plan_folder

from plan_explorer.build import build
from plan_explorer.site import pagination
from plan_explorer.site.views.overview import framework_map

ORDER = ["one", "two", "three", "four"]
MIXED = """
measures:
  - {id: one, under: clean-water, name: One, summary: 'The first. [@paper p1.1]'}
  - {id: two, under: clean-water, name: Two, summary: 'The second. [@paper p1.1]'}
  - {id: three, under: clean-water, name: Three, summary: 'The third. [@paper p1.2]'}
  - {id: four, under: clean-water, name: Four, summary: 'The fourth. [@paper p1.2]'}
signs:
  - {id: figure, under: two, name: Figure, summary: 'A figure. [@paper p2.1]'}
"""
LEVELS = """
      - {id: measure, plural: measures, name: {one: Measure, many: Measures}, under: [goal], commitment: true}
      - {id: sign, plural: signs, name: {one: Sign, many: Signs}, under: [measure], page: parent}
"""


@pytest.fixture
def folder(tmp_path):
    """Return a plan in which one of four neighbours holds something."""
    for path in plan_folder("tiny").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "plan.yaml":
            text = text.replace("\nrelations:", LEVELS + "relations:", 1)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    (tmp_path / "more.yaml").write_text(MIXED, encoding="utf-8")
    return tmp_path


def pages(folder) -> dict[str, str]:
    return {each.page.path: each.text for each in build(folder, formats=()).pages}


def order(text: str) -> list[str]:
    """Return the measures that *text* links to, in order."""
    found = re.findall(r"measures/(\w+)(?:/index)?\.md\)", text)
    return [id for id in dict.fromkeys(found) if id in ORDER]


def test_every_list_keeps_the_order_of_the_plan(folder):
    found = {path: order(text) for path, text in pages(folder).items() if len(order(text)) == len(ORDER)}
    assert {"index.md", "aims/index.md", "compare/index.md", "goals/clean-water/index.md"} <= set(found)
    apart = {"a-z.md", "search.md"}  # by letter
    assert {path: ids for path, ids in found.items() if ids != ORDER and path not in apart} == {}


def test_no_summary_is_dropped(folder):
    text = pages(folder)["aims/index.md"]
    for words in ("The first.", "The second.", "The third.", "The fourth."):
        assert words in text


def test_a_long_strand_keeps_the_order_of_the_plan(folder, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_STRAND_ITEMS", 2)
    (folder / "more.yaml").write_text(
        "goals:\n  - {id: calm, name: Calm, summary: 'Calm. [@paper p1.1]'}\n" + MIXED, encoding="utf-8"
    )
    text = pages(folder)["aims/index.md"]
    titles = re.findall(r"^## \[(.*?)\]", text, re.MULTILINE)
    assert titles == ["Clean water", "Clean air", "Calm"]


VIEW = """
views:
  - id: pair
    name: The pair
    groups:
      - {id: first, name: First, members: [three]}
      - {id: second, name: Second, members: [one, two]}
"""


@pytest.mark.parametrize(
    ("key", "shown", "warnings"),
    [
        ("", ORDER, []),
        (
            "    map: true\n",
            ["three", "one", "two"],
            ["the view 'pair' takes the map and leaves out 3 of 6 items: 'less-runoff', 'four', 'clean-air'"],
        ),
    ],
)
def test_a_view_takes_the_map_only_if_it_says_so(key, shown, warnings, folder):
    settings = folder / "plan.yaml"
    text = settings.read_text(encoding="utf-8").split("\nviews:")[0]
    settings.write_text(text + VIEW.replace("    groups:", f"{key}    groups:"), encoding="utf-8")
    site = build(folder, formats=())
    assert [each.message for each in site.warnings if each.code == "off-map"] == warnings
    part = framework_map(site.plan)[0]
    boxes = [box.item.id for row in part.rows for box in row.boxes]
    assert [id for id in boxes if id in ORDER] == shown
