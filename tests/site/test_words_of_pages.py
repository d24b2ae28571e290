"""What is said around the plan is in its language: titles, places, counts, exports, changes."""

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from conftest import plan_folder
from edited import copied
from kept import keep

from plan_explorer.build import build
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import KINDS, kind_noun
from plan_explorer.model.statements import Citation
from plan_explorer.site import addresses as at
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.counterparts import BY_CROSSWALK, BY_HAND, MATCHED, OtherPlan
from plan_explorer.site.planner import SEARCH
from plan_explorer.site.shown_sentences import ShownSentence
from plan_explorer.site.views.actor import date_of
from plan_explorer.site.views.item import facts
from plan_explorer.translation import read_catalogue, speaking, with_capital
from plan_explorer.versions.atom_feed import PATH as FEED

SAID = {
    "Actors": "Acteurs",
    SEARCH[at.ACTORS]: "qui、 ministères， organes",
    "Changes from %(before)s to %(after)s": "Du %(before)s au %(after)s",
    "%(title)s, statement %(number)s": "%(title)s, phrase %(number)s",
    "%(title)s, %(part)s": "%(title)s / %(part)s",
    "Programs that draw and count graphs.": "Pour dessiner.",
    "names in other languages; dates and figures": "les autres noms",
    "Date": "Quand",
}
SAID_IN_CONTEXT = {
    ("a passage", "%(noun)s %(number)s"): "%(number)s ᵉ %(noun)s",
    ("sentences", "%(noun)s %(first)s to %(last)s"): "%(noun)s %(first)s à %(last)s",
    ("between the parts of a row", ", "): " / ",
    ("kind of entry", "Source"): "Document",
}


@pytest.fixture
def words(tmp_path) -> Path:
    """Return a folder of templates that says some messages in French."""
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=utf-8\\n"']
    for message, said in SAID.items():
        lines += ["", f'msgid "{message}"', f'msgstr "{said}"']
    for (context, message), said in SAID_IN_CONTEXT.items():
        lines += ["", f'msgctxt "{context}"', f'msgid "{message}"', f'msgstr "{said}"']
    file = tmp_path / "own" / "words" / "fr.po"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "own"


@pytest.fixture
def french(tmp_path) -> Path:
    """Return the folder of a small plan in French, beside older versions of it."""
    folder = copied("tiny", tmp_path)
    keep(tmp_path / "versions")
    for path in (folder / "plan.yaml", *(tmp_path / "versions").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("en: {name: English}", "fr: {name: français}"), encoding="utf-8")
    return folder


def test_pages_exports_and_changes_are_told_in_the_language_of_the_plan(french, words):
    site = build(french, overrides=words)
    pages = {rendered.page.path: rendered.page for rendered in site.pages}
    assert pages[at.ACTORS].title == "Acteurs"
    assert pages[at.ACTORS].search == ("qui", "ministères", "organes")
    feed = Xml.fromstring(site.files[FEED])
    titles = [each.text for each in feed.findall("{*}entry/{*}title")]
    assert titles == [page.title for page in pages.values() if page.template == "change"]
    assert titles[0] == "Du 30 juin 2025 au 31 janvier 2026"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    graph = next(offer for offer in site.offers.each if offer.format.id == "graphml")
    with speaking(read_catalogue("fr", words)):
        assert graph.format.about == "Pour dessiner."
    assert graph.losses[1] == "les autres noms"
    assert ", phrase 1" in site.exports["data/references/statements.bib"].decode()


def test_a_place_is_named_in_the_order_of_the_language(words):
    plan = load_plan(plan_folder("tiny")).plan
    source = plan.primary
    passage = source.passages[-1]
    cited = Citation(source.id, passage.id, 1, 2)
    number = passage.number or source.places[passage.id]
    title = plan.settings.wording.primary
    assert Addresses(plan).locator(cited).long == f"{title}, paragraph {number}, sentences 1 to 2"
    with speaking(read_catalogue("fr", words)):
        assert Addresses(plan).locator(cited).long == f"{title} / {number} ᵉ paragraph / sentences 1 à 2"


def test_every_kind_of_entry_has_a_noun(words):
    kinds = [model.kind_name for model in KINDS.values()]
    assert [kind_noun(kind) for kind in (*kinds, "view", "plan")] == [
        each.capitalize() for each in (*kinds, "view", "plan")
    ]
    with speaking(read_catalogue("fr", words)):
        assert kind_noun("source") == "Document"


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (MATCHED["code"], "by code"),
        (MATCHED["name"], "by name"),
        (BY_HAND, "by hand"),
        (BY_CROSSWALK, "as in “Both”"),
    ],
)
def test_how_entries_of_two_plans_are_matched_is_said(way, said):
    plan = load_plan(plan_folder("tiny")).plan
    assert OtherPlan(plan, Addresses(plan), "../b/", way, [], crosswalk_title="Both").by == said


def test_the_date_of_an_item_is_known_by_more_than_its_label(words):
    plan = load_plan(plan_folder("wendmere")).plan
    dated = next(item for item in plan.items if item.date)
    with speaking(read_catalogue("fr", words)):
        assert [fact.label for fact in facts(plan, dated)].count("Quand") == 1
        found = date_of(plan, dated)
        assert found
        assert found[0] == str(dated.date)


def test_a_sentence_is_as_long_as_what_it_is_counted_by():
    spaced = ShownSentence(5, "word", opening="One two", closing="four five")
    assert (spaced.length, spaced.gap) == ("5 words", "1 word")
    assert ShownSentence(1, "character").length == "1 character"


def test_a_line_begins_with_a_capital_and_keeps_those_it_has():
    assert [with_capital(words) for words in ("the EU plan", "", "一个计划")] == [
        "The EU plan",
        "",
        "一个计划",
    ]


def test_every_page_has_a_description():
    assert [
        each.page.path for each in build(plan_folder("rivage"), formats=()).pages if not each.page.description
    ] == []
