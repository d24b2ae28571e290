"""A row of a relation reads forward: its kind as seen from this page, the other entry, the reason."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from conftest import build_site
from edited import copied, pages, run

from plan_explorer.editing.workspace import open_workspace
from plan_explorer.model.settings import row_label

MORE = """\
      - supports: clean-water
        because: Clean fields keep rivers clean. [@paper p1.1]
      - supports: council
        because: It eases its work. [@report]
      - supports: tiny
        because: The plan itself gains by it. [@paper p2.1]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = copied("tiny", tmp_path_factory.mktemp("rows"))
    content = folder / "content.yaml"
    content.write_text(content.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    return build_site(folder, tmp_path_factory.mktemp("site"))


def without_anchors(markdown):
    """Return *markdown* without the addresses of its rows."""
    return re.sub(r'<a id="[^"]*"></a>', "", markdown)


def rows(html):
    """Return the rows of a page as they are read out, and as they are seen."""
    found = []
    for list in re.findall(r'<div class="px-rel.*?</div>', html, re.DOTALL):
        for row in re.findall(r"<li[ >].*?</li>", list, re.DOTALL):
            seen = re.sub(r'<span class="px-sr">.*?</span>', "", row)
            found.append([" ".join(unescape(re.sub("<[^>]*>", "", each)).split()) for each in (row, seen)])
    return found


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("is administered by", "Administered by"),
        ("are led by", "Led by"),
        ("was issued by", "Issued by"),
        ("supports", "Supports"),
        ("island of", "Island of"),
        ("soutient", "Soutient"),
        ("支持", "支持"),
    ],
)
def test_a_label_is_the_name_without_its_verb(name, label):
    assert row_label(name) == label


def test_rows_read_forward_from_either_end(folder):
    made = pages(open_workspace(folder))
    step = without_anchors(made["steps/less-runoff.md"])
    assert "- **Supports:** [Clean air](../goals/clean-air/index.md) – Both need fewer fumes." in step
    assert "- **Done by:** [The council](../actors/index.md#council) [¶2 s1]" in step
    assert "- **Does:** [Less runoff](../steps/less-runoff.md)\n" in made["actors/index.md"]
    supported = "- **Supported by:** [Less runoff](../../steps/less-runoff.md) – Both need fewer fumes."
    assert supported in without_anchors(made["goals/clean-air/index.md"])


def test_a_row_leads_to_the_plan_itself(folder, site):
    step = without_anchors(pages(open_workspace(folder))["steps/less-runoff.md"])
    assert "- **Supports:** [A tiny plan](../index.md) – The plan itself gains by it." in step


def test_rows_stand_by_label_which_is_said_once_with_what_all_rest_on(folder, site):
    step = without_anchors(pages(open_workspace(folder))["steps/less-runoff.md"]).partition("## Linked")[2]
    heads = [line for line in step.split("\n") if line.startswith("*")]
    assert len(heads) == 3
    assert heads[0] == "*In the source*"  # of its rows, each rests on another place
    assert heads[1].startswith("*Editors' reading* [¶1 s2](")
    html = (site / "steps" / "less-runoff.html").read_text(encoding="utf-8")
    boxes = re.findall(
        r'<div class="(px-rel[^"]*)"><p class="px-group__head"><span class="px-ev px-ev--(\w+)"', html
    )
    assert boxes == [
        ("px-rel", "stated"),
        ("px-rel px-off-box", "inferred"),
        ("px-rel px-off-box", "background"),
    ]
    assert "2 links are left out." in html


def test_a_kind_that_repeats_is_only_read_out(folder, tmp_path):
    stated = Path(shutil.copytree(folder, tmp_path / "stated"))
    content = (stated / "content.yaml").read_text(encoding="utf-8")
    plain = content.replace("[@paper p1.2]\n        status: inferred", "[@paper p1.2]")
    assert plain != content
    (stated / "content.yaml").write_text(plain, encoding="utf-8")
    site = build_site(stated, tmp_path / "site")
    found = rows((site / "steps" / "less-runoff.html").read_text(encoding="utf-8"))
    first, second = (seen for read, seen in found if read.startswith("Supports: Clean"))
    assert first.startswith("Supports: Clean air Both need fewer fumes.")
    assert second.startswith("Clean water Clean fields keep rivers clean.")


def test_a_plan_says_its_own_words(folder):
    workspace = open_workspace(folder)
    settings = workspace.text("plan.yaml").replace(
        "inverse: is supported by}", "label: Aide, inverse: est aidé par, inverse_label: Aidé par}"
    )
    made = pages(workspace.put("plan.yaml", settings))
    assert "- **Aide:** [Clean air]" in without_anchors(made["steps/less-runoff.md"])
    assert "- **Aidé par:** [Less runoff]" in without_anchors(made["goals/clean-air/index.md"])


def test_an_entry_is_shown_with_rows_that_read_forward(folder):
    shown = run("show", "less-runoff", "--plan", folder).output
    assert "  Supports: clean-air (Clean air)\n" in shown
    assert "  Supported by: less-runoff (Less runoff)\n" in run("show", "clean-air", "--plan", folder).output
