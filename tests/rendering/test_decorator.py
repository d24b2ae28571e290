"""What the decorator makes of labels: groups, boxes, labels of names, and what the lens leaves out."""

import re
import shutil

import pytest
from conftest import PLANS, plan_folder

from plan_explorer.build import build

SAID = """summary: The council is to see to less runoff. [@paper p2.1]
    statements:
      - {text: "It is to begin soon.", status: inferred, reason: Others wait for it., cites: [paper p2.1]}
      - {text: By when is left open., status: silence, cites: [paper p2.1]}
      - {text: Fields drain into it., status: known}
    notes:
      - Runoff is one word here. [@paper p2.1]"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the pages of a small plan with every kind of label, as Markdown and as HTML."""
    folder = tmp_path_factory.mktemp("labels") / "plan"
    shutil.copytree(plan_folder("tiny"), folder)
    settings = folder / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    languages = "  en: {name: English}\n"
    settings.write_text(
        text.replace(languages, languages + "  fr: {name: French, expected: false}\n"), "utf-8"
    )
    content = folder / "content.yaml"
    text = content.read_text(encoding="utf-8")
    text = text.replace("summary: The council is to see to less runoff. [@paper p2.1]", SAID)
    name = "name: {en: Less runoff, fr: {text: Moins, confidence: reconstructed, basis: put back by us}}"
    text = text.replace("name: Less runoff", name)
    text = text.replace("name: Runoff", "name: {en: Runoff, fr: {text: Ruissellement, seen: [report]}}")
    content.write_text(text, encoding="utf-8")
    return {each.page.path: each for each in build(folder).pages}


@pytest.fixture(scope="module")
def item(pages):
    return pages["steps/less-runoff.md"].article().html


def test_a_label_stands_once_over_its_group_in_markdown_and_in_html(pages, item):
    text = pages["steps/less-runoff.md"].body
    assert (
        text.index("*In the source*") < text.index("*Editors' reading*") < text.index("*General knowledge*")
    )
    assert text.index("*General knowledge*") < text.index("*Note on the wording*")
    assert "It is to begin soon. *Why:* Others wait for it." in text
    for status in ("stated", "inferred", "known", "wording"):
        assert item.count(f"px-group--{status}") == 1
    assert '<small class="px-reason"><span class="px-because">Why:</span> Others wait for it.</small>' in item


def test_a_group_that_the_lens_leaves_out_leaves_a_line(item):
    told = (
        "1 reading of the editors, 1 statement of general knowledge and 1 note on the wording are left out."
    )
    assert f'<p class="px-ghost">{told}</p>' in item
    assert "px-group--stated px-off" not in item
    assert item.count("px-group px-group--inferred px-off-box") == 1


def test_silences_stand_in_one_box_with_the_facts_that_are_missing(item):
    box = item[item.index('<div class="px-silent">') :]
    box = box[: box.index("</div>")]
    assert "a date; a figure." in box
    assert "By when is left open." in box
    assert "px-off" not in box


def test_how_sure_a_name_is_stands_outside_the_heading_and_leads_to_what_it_means(item):
    heading = item[item.index("<h1") : item.index("</h1>")]
    assert "reconstruction" not in heading
    label = '<a class="px-unsure" href="../about.html#names">French: our reconstruction</a>'
    assert f'<p class="px-name-note">{label} put back by us</p>' in item.replace(
        'href="../about.html#names" class="px-unsure"', 'class="px-unsure" href="../about.html#names"'
    )


def test_where_a_name_was_seen_stands_with_it_and_in_the_list_of_names(pages):
    glossary = pages["glossary/index.md"].body
    assert "French name seen in: [" in glossary
    names = pages["names.md"].body
    assert "Ruissellement (seen in [" in names
    assert "Moins (our reconstruction put back by us)" in names
    about = pages["about.md"].body
    assert "recorded for 1 of 2 names" in about


def test_an_entry_of_which_nothing_is_stated_is_left_out_of_lists(pages):
    timeline = pages["timeline/index.md"].article().html
    assert '<div class="px-event px-lane-0 px-off"' in timeline
    assert '<p class="px-ghost">1 event is left out.</p>' in timeline


def test_chinese_characters_are_in_the_language_of_the_plan_in_bodies_and_components(tmp_path):
    folder = tmp_path / "plan"
    shutil.copytree(plan_folder("tiny"), folder)
    english = "en: {name: English}\n"
    for name, old, new in (
        ("plan.yaml", english, f"{english}  ja: {{name: Japanese, expected: false}}\n"),
        ("content.yaml", "is to see to less runoff.", "is to see to 浄水."),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    pages = {each.page.path: each for each in build(folder).pages}
    html = pages["steps/less-runoff.md"].article().html
    assert html.count('<span lang="ja">浄水</span>') == 1
    assert 'lang="zh"' not in html


def test_what_a_date_rests_on_stands_apart_even_if_the_lens_leaves_it_out(pages):
    timeline = pages["timeline/index.md"].article().html
    label = '<span class="px-ev px-ev--background">Outside the source</span>'
    assert f'<div class="px-meta"><p class="px-off">Meetings · Date: {label}' in timeline


@pytest.mark.parametrize("name", PLANS)
def test_no_link_is_glued_to_the_word_before_it(name):
    glued = re.compile(r"[A-Za-z,.;:]<a (?=[^>]*class=\"(?:px-term|px-loc)).*?</a>")
    found = {each.page.path: glued.findall(each.article().html) for each in build(plan_folder(name)).pages}
    assert {path: links for path, links in found.items() if links} == {}
