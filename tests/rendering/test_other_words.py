"""What a catalogue says instead of our words, and where it puts what we put in."""

import re

import pytest
from conftest import plan_folder

from plan_explorer.build import build
from plan_explorer.package_files import builtin_templates
from plan_explorer.rendering.svg.relations import Node, bow_tie
from plan_explorer.rendering.svg.timeline import Mark, chart, left_out, windows
from plan_explorer.translation import read_catalogue, speaking

WORDS = """
msgid "%(more)s on %(entry)s"
msgstr "About %(entry)s: %(more)s, if you like"

msgid "More"
msgstr "The rest"

msgid "%(label)s:"
msgstr "%(label)s :"

msgctxt "between the parts of a row"
msgid ", "
msgstr " / "

msgid "%(things)s is left out."
msgid_plural "%(things)s are left out."
msgstr[0] "Hidden: %(things)s <1>"
msgstr[1] "Hidden: %(things)s <2>"
"""


@pytest.fixture(scope="module")
def reworded(tmp_path_factory):
    """Return the articles of the pages of a plan whose site says some messages in other words, by path."""
    own = tmp_path_factory.mktemp("own")
    (own / "words").mkdir()
    (own / "words" / "en.po").write_text(WORDS, encoding="utf-8")
    return {
        page.page.path: page.article().html for page in build(plan_folder("wendmere"), overrides=own).pages
    }


def test_what_is_seen_of_a_message_stands_where_the_translator_puts_it(reworded):
    summaries = re.findall(r"<summary>(.*?)</summary>", reworded["timeline/index.md"])
    assert '<span class="px-sr">About The plan is adopted: </span>The rest' in summaries[0]
    assert summaries[0].endswith('<span class="px-sr">, if you like</span>')


def test_signs_between_words_are_those_of_the_language(reworded):
    table = reworded["compare/index.md"]
    assert re.search(r"<small>[^<:]+ :</small>", table)
    assert not re.search(r"<small>[^<]+\w:</small>", table)


def test_what_the_lens_leaves_out_agrees_in_number_and_is_escaped(reworded):
    told = {line for page in reworded.values() for line in re.findall(r'<p class="px-ghost">(.*?)</p>', page)}
    hidden = [each for each in told if each.startswith("Hidden: ")]
    assert {each.endswith("&lt;1&gt;") for each in hidden} == {True, False}
    assert all(
        "<" not in each and ("1 " in each) == each.endswith("&lt;1&gt;")
        for each in hidden
        if "and" not in each
    )


def mark(start):
    return Mark(str(start), "An event", "#e", "a", start, start, "point", "stated")


def test_drawings_write_dates_and_numbers_as_the_language_does():
    marks = [mark(2000.5), mark(2010.5), mark(2030.5)]
    with speaking(read_catalogue("fr")):
        drawn = chart([mark(2025.3)], [("a", "Voie")], (2025, 2026), 2026.5, "À ce jour")
        several = left_out(marks, (2010, 2011))
    assert ">avr. 2025<" in drawn
    assert " et " in several
    with speaking(read_catalogue("zh-Hans")):
        assert ">2025年4月<" in chart([mark(2025.3)], [("a", "道")], (2025, 2026), 2026.5, "今天")


def test_a_drawing_says_its_words_in_the_language_that_is_spoken_now(tmp_path):
    (tmp_path / "words").mkdir()
    said = 'msgid "%(label)s: %(value)s"\nmsgstr "%(label)s : %(value)s"\n\n'
    said += 'msgid "%(start)s to %(end)s"\nmsgstr "%(start)s à %(end)s"\n'
    (tmp_path / "words" / "fr.po").write_text(said, encoding="utf-8")
    centre, nodes = Node("", "Self", "self.html"), [Node("Source", "The plan", "plan.html")]
    assert "<title>Source: The plan</title>" in bow_tie(centre, nodes, [], "Relations")
    with speaking(read_catalogue("fr", tmp_path)):
        assert "<title>Source : The plan</title>" in bow_tie(centre, nodes, [], "Relations")
        assert windows([mark(2000.5), mark(2010.5)], 2026.5)[0][0] == "2000 à 2010"


@pytest.mark.parametrize("caption", ["Donaudampfschifffahrtsgesellschaftsbeschlüsse", "来源" * 20])
def test_a_caption_stays_within_its_column(caption):
    drawn = bow_tie(Node("", "Self", "self.html"), [Node(caption, "The plan", "plan.html")], [], "Relations")
    shown = re.search(r'<text class="px-cap"[^>]*>(.*?)</text>', drawn)[1]
    assert shown.endswith("…")
    assert caption.startswith(shown.removesuffix("…"))


def test_style_sheets_know_no_words():
    sheets = sorted((builtin_templates() / "assets" / "px").rglob("*.css"))
    assert len(sheets) > 20
    for path in sheets:
        if path.name == "indicators.css":
            continue
        css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        assert not re.search(r"\[(?:data-l|aria-label|title|alt|placeholder)[~|^$*]?=", css), path
        for value in re.findall(r"[\s;{]content:([^;}]*)", css):
            assert not re.search(r"[A-Za-z]{2}", " ".join(re.findall(r'"([^"]*)"', value))), path


def test_a_cell_that_holds_nothing_is_read_out_in_words():
    pages = {page.page.path: page for page in build(plan_folder("wendmere")).pages}
    cells = re.findall(r'<td class="px-off-cell[^>]*>', pages["compare/actors.md"].article().html)
    cells += re.findall(r'<td class="px-yes px-yes--off[^>]*>', pages["compare/actors.md"].article().html)
    assert cells
    assert all('data-none="none"' in each for each in cells)
