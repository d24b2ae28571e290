"""Where actors are listed, the role stands before them: right for one and many, in the words of the plan."""

import csv
import io
import re
from html import unescape

import pytest
from conftest import build_site
from edited import copied, pages

from plan_explorer.editing.workspace import open_workspace

REGIONS = """
  - id: regions
    kind: body
    name: Regions
    summary: The paper names the regions. [@paper p2.1]
"""
LINKS = """\
      - done-by: regions
        because: They own the fields. [@paper p2.1]
        status: inferred
      - supports: regions
        cites: [paper p2.1]
      - led-by: regions
        cites: [paper p2.1]
"""
LED = "  led-by: {name: is led by, inverse: leads, role: is in the lead}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = copied("tiny", tmp_path_factory.mktemp("roles"))
    content = folder / "content.yaml"
    text = content.read_text(encoding="utf-8").replace("\nevents:", REGIONS + "\nevents:") + LINKS
    content.write_text(text, encoding="utf-8")
    settings = folder / "plan.yaml"
    text = settings.read_text(encoding="utf-8").replace("actor_kinds", LED + "actor_kinds")
    settings.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    return build_site(folder, tmp_path_factory.mktemp("site"))


def seen(html: str, css: str) -> list[str]:
    """Return the words of each span with the class *css*, without those that are only read out."""
    bare = re.sub(r'<span class="px-sr">.*?</span>', "", html)
    return [
        " ".join(unescape(re.sub("<[^>]*>", "", part.split("<span class=")[0])).split())
        for part in bare.split(f'<span class="{css}">')[1:]
    ]


def test_bodies_list_actors_by_role(folder):
    made = pages(open_workspace(folder))
    actors = (
        "Does it: [The council](../actors/council.md), [Regions](../actors/regions.md) *Editors' reading*; "
        "Supports: [Regions](../actors/regions.md); In the lead: [Regions](../actors/regions.md)"
    )
    assert f"| {actors} |" in made["compare/index.md"]
    assert f"](steps/less-runoff.md) – {actors}".replace("../", "") in made["brief.md"]
    assert "    - Does it: [The council]" in made["compare/actors.md"]
    assert "    - Does it; Supports; In the lead: [Regions]" in made["compare/actors.md"]


def test_pages_put_the_role_before_the_actors(site):
    table = (site / "compare" / "index.html").read_text(encoding="utf-8").partition("<tbody")[2]
    lines = [line.rstrip(",") for line in seen(table, "px-line")]
    assert [line for line in lines if "Regions" in line or "council" in line] == [
        "Does it: The council",  # and, in a part that the lens leaves out, Regions
        "Supports: Regions",
        "In the lead: Regions",
    ]
    assert '<span class="px-off">, <a href="../actors/regions.html"' in table
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', (site / "actors" / "index.html").read_text())
    assert heads == ["Actor", "Does it", "In the lead"]


def test_a_saved_table_lists_actors_by_role(site):
    text = (site / "data" / "table.csv").read_text(encoding="utf-8").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Actors and roles"] == (
        "Does it: The council, Regions (Editors' reading); Supports: Regions; In the lead: Regions"
    )
