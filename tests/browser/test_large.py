"""Plans with many boxes and long names: the map stays a map, on every screen."""

import pytest
import yaml
from conftest import build_site
from served import Served

WIDTHS = (320, 390, 768, 1280, 1920)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMES = (
    "Telecommunications and Information Interoperability Requirements",
    "Identification and Authentication (Non-organizational Users)",
    "Personally Identifiable Information Processing and Transparency",
)
SHAPES = {"rows": (3, 14, 1), "heads": (20, 6, 0)}
"""Groups, controls in each, parts of each: one map with long rows, one with more than it can show."""

BROKEN = """() => [...document.querySelectorAll('.px-map .px-box > a')].filter((box) => {
  if (!box.checkVisibility()) return false;
  const name = box.querySelector('b'), count = box.querySelector('.px-n');
  const range = document.createRange();
  range.selectNodeContents(name);
  const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
  const at = name.getBoundingClientRect(), beside = count && count.getBoundingClientRect();
  const covered = beside && beside.width && beside.left < at.right - 1 && beside.right > at.left + 1
    && beside.top < at.bottom - 1 && beside.bottom > at.top + 1;
  const split = lines.size > name.textContent.split(/[ -]/).length;
  return covered || split || box.scrollWidth > box.clientWidth + 1;
}).map((box) => box.textContent)"""
"""The boxes whose name is cut within words, covered by its number, or wider than the box."""


def named(prefix: str, number: int) -> dict[str, str]:
    return {"id": f"{prefix}-{number}", "code": f"{prefix.upper()}-{number}", "name": NAMES[number % 3]}


@pytest.fixture(scope="module", params=SHAPES)
def large(request, tmp_path_factory):
    """Return the shape of a large plan, and its built site on a server."""
    groups, each, parts = SHAPES[request.param]
    found: dict[str, list] = {"groups": [], "controls": [], "enhancements": []}
    for group in range(groups):
        found["groups"].append(named("group", group))
        for control in range(group * each, (group + 1) * each):
            found["controls"].append({**named("ac", control), "under": f"group-{group}"})
            found["enhancements"] += [
                {**named("enh", control * parts + part), "under": f"ac-{control}"} for part in range(parts)
            ]
    nouns = {"group": "groups", "control": "controls", "enhancement": "enhancements"}
    above = {"control": ["group"], "enhancement": ["control"]}
    levels = [
        {"id": one, "plural": many, "name": {"one": f"Special {one}", "many": f"Special {many}"}}
        | ({"under": above[one]} if one in above else {"hue": "each"})
        for one, many in nouns.items()
        if found[many]
    ]
    settings = {
        "id": "large",
        "name": "A large catalog",
        "site_name": "Catalog",
        "as_of": "2026-01-01",
        "primary": "book",
        "languages": {"en": {"name": "English"}},
        "strands": [{"id": "catalog", "name": "Catalog", "map": "grid", "levels": levels}],
    }
    folder = tmp_path_factory.mktemp("large")
    (folder / "plan").mkdir()
    (folder / "plan" / "plan.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    entries = {many: entries for many, entries in found.items() if entries}
    entries["sources"] = [{"id": "book", "name": "The book"}]
    (folder / "plan" / "all.yaml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    server = Served(build_site(folder / "plan", folder / "site"))
    yield request.param, server.address
    server.close()


def test_the_map_of_a_large_plan_shows_every_name_in_whole_words(tab, large):
    shape, address = large
    page = tab(address)
    groups, each, _ = SHAPES[shape]
    boxes = page.locator(".px-map .px-box")
    assert boxes.count() == (groups if shape == "heads" else groups * each)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.evaluate(BROKEN) == [], width
