"""Reading a source: cards of places and entries, reading mode, a copy of the reader's own."""

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT
from faults import AXE
from playwright.sync_api import expect

from plan_explorer.evidence.sentences import fingerprint

CASES = json.loads((ROOT / "tests" / "evidence" / "sentences.json").read_text(encoding="utf-8"))
SURVEY = (
    "A heading that the outline does not know\n\n"
    "The  survey took forty samples from the river between March and May. Most of them – thirty-one – held "
    'more nitrate than the limit allows. 上游的水是清的。 "No fish were found below the mill."\n\n'
    "Nobody knows why.\n"
)
"""The text of a source whose openings alone are published, as a reader may have it."""
EDITED = SURVEY.replace("thirty-one", "thirty")
WORDS = "The survey took forty samples from the river between March and May."


@pytest.fixture
def river(served):
    """Return the address of a plan whose source is shown in full, and others not."""
    return served("town")


@pytest.fixture
def card():
    """Return a function that gives the card which is open on a page."""
    return lambda page: page.get_by_role("group", name="Preview")


def file(text: str | bytes) -> dict:
    """Return *text* as a file to be chosen."""
    return {
        "name": "copy.txt",
        "mimeType": "text/plain",
        "buffer": text.encode() if isinstance(text, str) else text,
    }


# --- cards


def test_a_chip_shows_its_sentence_under_the_pointer(tab, river, card):
    page = tab(river + "steps/plant-banks.html")
    chip = page.locator("main a.px-loc").filter(has_text="§2 s1").first
    chip.hover()
    expect(card(page)).to_contain_text("By 2030 half of all banks shall be planted with trees.")
    expect(card(page)).to_contain_text("Sentence 1 of 3")
    expect(card(page)).to_contain_text("2 entries of this site rest on it")
    links = {link.inner_text(): link.get_attribute("href") for link in card(page).get_by_role("link").all()}
    fragment = "#:~:text=By%202030%20half%20of%20all,planted%20with%20trees."
    assert links["Open in the plan ↗"] == "https://example.org/river-plan" + fragment
    assert links["Archived copy ↗"] == "https://archive.example.org/river-plan" + fragment
    assert links["Read in its place"].endswith("source/index.html#p2-s1")
    page.mouse.move(0, 0)
    expect(card(page)).to_have_count(0)


def test_a_card_shows_no_more_than_the_setting_of_its_source(tab, river, card):
    page = tab(river + "goals/clean-river/index.html")
    page.locator("main a.px-loc").filter(has_text="Survey").first.hover()
    expect(card(page)).to_contain_text("The survey took forty samples … 4 words … March and May.")
    expect(card(page)).to_contain_text("Most of them – thirty-one … 5 words … the limit allows.")
    page.goto(river + "steps/plant-banks.html")
    page.locator("main a.px-loc").filter(has_text="Minutes").first.hover()
    expect(card(page)).to_contain_text("14 words. The text is not shown here.")


@pytest.mark.parametrize(
    ("where", "link", "words"),
    [
        ("steps/plant-banks.html", "main a[href*='council']", "Does 1 step"),
        ("steps/plant-banks.html", "main a[href*='clean-river']", "The river is to recover."),
        ("goals/clean-river/index.html", "main a.px-term", "A salt that fields lose to rivers."),
        ("source/sources.html", "main a[href*='advise']", "Farmers are to be advised."),
    ],
)
def test_every_kind_of_link_has_a_card(tab, river, card, where, link, words):
    page = tab(river + where)
    page.locator(link).filter(visible=True).first.hover()
    expect(card(page)).to_contain_text(words)


def test_a_card_follows_its_link_for_the_keyboard(tab, river, card):
    page = tab(river + "steps/plant-banks.html")
    chip = page.locator("main a.px-loc").first
    page.keyboard.press("Tab")  # so that the focus is shown
    chip.focus()
    expect(card(page)).to_be_visible()
    said = page.locator(f"#{chip.get_attribute('aria-describedby')}")
    expect(said).to_contain_text("planted with trees")
    page.keyboard.press("Tab")
    expect(card(page).get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page).get_by_role("link", name="Read in its place")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_card_covers_neither_its_link_nor_the_header(tab, served, kinds, card):
    page = tab(served() + kinds["item"], width=1280, height=500)
    links = page.locator("main :is(a.px-loc, a.px-term, .px-ref a)").filter(visible=True)
    assert links.count() > 20
    for link in links.all()[:20]:
        link.scroll_into_view_if_needed()
        link.hover()
        expect(link).to_have_class(re.compile("is-on"))
        box = card(page).bounding_box()
        header = page.locator(".px-header").bounding_box()
        lines = link.evaluate("(e) => [...e.getClientRects()].map((r) => [r.top, r.bottom])")
        assert box["y"] >= header["y"] + header["height"]
        assert all(box["y"] >= bottom or box["y"] + box["height"] <= top for top, bottom in lines)
        page.keyboard.press("Escape")


def test_a_first_tap_opens_a_sheet_and_a_second_follows(tab, river, card):
    page = tab(river + "steps/plant-banks.html", width=390, height=800, has_touch=True, is_mobile=True)
    chip = page.locator("main a.px-loc").first
    chip.tap()
    expect(card(page)).to_contain_text("planted with trees")
    box = card(page).bounding_box()
    assert box["x"] == 0
    assert round(box["y"] + box["height"]) == 800
    assert page.url.endswith("plant-banks.html")
    card(page).get_by_role("button", name="Close").tap()
    expect(card(page)).to_have_count(0)
    chip.tap()
    expect(card(page)).to_be_visible()
    chip.tap()
    page.wait_for_url("**/source/index.html#p2-s1")


def test_a_tap_on_a_link_without_a_card_follows_it(tab, river):
    page = tab(river + "source/index.html", width=390, height=800, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="All sources").first.tap()
    page.wait_for_url("**/source/sources.html")


def test_cards_come_with_the_first_link_and_work_from_a_folder(tab, sites, card):
    page = tab((sites("town") / "steps" / "plant-banks.html").as_uri())
    assert page.locator("script[src*='cards']").count() == 0
    page.locator("main a.px-loc").first.hover()
    expect(card(page)).to_contain_text("planted with trees")


def test_a_card_of_several_sentences_says_what_rests_on_them(tab, served, card):
    page = tab(served() + "source/index.html")
    entries = {
        link.get_attribute("href")
        for number in (3, 4)
        for link in page.locator(f"#p8-s{number} .px-its .px-ref a").all()
    }
    page.goto(served() + "tasks/data-supply.html")
    page.locator("#px-content .px-loc", has_text="¶8 s3–4").first.hover()
    expect(card(page)).to_contain_text(f"{len(entries)} entries of this site rest on them.")
    page.goto(served() + "source/index.html")
    page.locator(".px-para .px-group__head .px-loc", has_text="¶8").first.hover()
    expect(card(page)).to_contain_text("of this site rest on it.")


def test_the_lens_leaves_out_of_cards_what_it_hides(tab, served, card):
    page = tab(served("decade") + "digital-targets/unicorns.html")
    term, item = page.locator(".px-group a.px-term").first, page.locator(".px-sub a")
    term.hover()
    expect(card(page)).to_contain_text("A young company")
    page.locator("[data-px-lens]").click()
    term.hover()
    expect(card(page)).to_contain_text("Left out")
    expect(card(page)).not_to_contain_text("A young company")
    item.hover()
    expect(card(page)).not_to_contain_text("Left out")


# --- reading mode


def test_a_sentence_and_what_rests_on_it_light_each_other_up(tab, river):
    page = tab(river + "source/index.html", width=1280)
    row = page.locator("#p1-s1")
    row.locator(".px-sn__t").hover()
    expect(row).to_have_class(re.compile("is-lit"))
    expect(row.locator(".px-ref").first).to_have_class(re.compile("is-lit"))
    entry = row.get_by_role("link", name="Clean river")
    entry.hover()
    lit = page.locator(".px-sn.is-lit")
    expect(lit).to_have_count(2)
    assert [each.get_attribute("id") for each in lit.all()] == ["p1-s1", "p1-s3"]
    page.mouse.move(0, 0)
    expect(lit).to_have_count(0)
    page.keyboard.press("Tab")
    page.locator("#p1-s3").get_by_role("link", name="Clean river").focus()
    expect(lit).to_have_count(2)


def test_on_a_phone_a_tap_opens_what_rests_on_a_sentence(tab, river):
    page = tab(river + "source/index.html", width=390, height=800, has_touch=True, is_mobile=True)
    row = page.locator("#p1-s1")
    expect(row.get_by_role("link", name="Clean river")).to_be_hidden()
    button = row.get_by_role("button", name=re.compile("entr"))
    button.tap()
    expect(row.get_by_role("link", name="Clean river")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")


def test_without_a_script_rows_begin_with_the_words_and_entries_can_be_reached(tab, river):
    page = tab(river + "source/survey.html", width=390, java_script_enabled=False)
    expect(page.locator("#p1-s1")).to_contain_text("The survey took forty samples … 4 words … March and May.")
    expect(page.locator("#p1-s1").get_by_role("link", name="Clean river")).to_be_visible()
    page.locator("#p1-s1").get_by_text("1 term").click()
    expect(page.locator("#p1-s1").get_by_role("link", name="Nitrate")).to_be_visible()
    expect(page.get_by_text("Read with your own copy")).to_be_hidden()


# --- a copy of the reader's own


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_browser_splits_texts_by_the_same_rule(browser, sites, case):
    page = browser.new_page()
    page.add_script_tag(content=(sites("town") / "assets/px/own-copy.js").read_text(encoding="utf-8"))
    split = "([text, start]) => PX_OWN.split(text, start).map((each) => [each, PX_OWN.fingerprint(each)])"
    found = page.evaluate(split, [case["text"], case.get("start", "")])
    page.close()
    wanted = [s for passage in case["passages"] for s in passage["sentences"]]
    assert found == [[each["text"], each["fingerprint"]] for each in wanted]


def test_a_copy_that_agrees_is_shown_in_its_place_and_on_cards_until_it_is_put_away(tab, river, card):
    page = tab(river + "source/survey.html")
    words = page.locator("#p1-s1 .px-orig")
    expect(words).to_contain_text("… 4 words …")
    page.locator("#px-own").set_input_files(file(SURVEY))
    expect(page.get_by_role("status").filter(has_text="5 of 5 sentences agree")).to_be_visible()
    expect(words).to_have_text(WORDS)
    page.goto(river + "glossary/index.html")
    page.locator("main a.px-loc").first.hover()
    expect(card(page)).to_contain_text(WORDS)
    page.goto(river + "source/survey.html")
    expect(words).to_have_text(WORDS)
    page.get_by_role("button", name="Put the copy away").click()
    expect(words).to_contain_text("… 4 words …")
    page.goto(river + "glossary/index.html")
    page.locator("main a.px-loc").first.hover()
    expect(card(page)).to_contain_text("… 4 words …")


def test_a_copy_of_another_edition_is_told_sentence_by_sentence(tab, river):
    page = tab(river + "source/survey.html")
    page.locator("#px-own").set_input_files(file(EDITED))
    result = page.locator(".px-own__result")
    expect(result).to_contain_text("4 of 5 sentences agree")
    assert [link.inner_text() for link in result.get_by_role("link").all()] == ["¶1 s2"]
    expect(page.locator("#p1-s2 .px-orig")).to_contain_text("… 5 words …")
    expect(page.locator("#p1-s4 .px-orig")).to_have_text('"No fish were found below the mill."')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Something else altogether, in one sentence.", "None of the sentences agrees"),
        ("Größe".encode("latin-1"), "not a plain text file"),
        (b"%PDF-1.7\x00\x01", "not a plain text file"),
        ("", "None of the sentences agrees"),
    ],
)
def test_a_file_that_is_not_the_text_is_refused_and_nothing_is_kept(tab, river, content, words):
    page = tab(river + "source/survey.html")
    page.locator("#px-own").set_input_files(file(content))
    expect(page.locator(".px-own__result")).to_contain_text(words)
    expect(page.get_by_role("button", name="Put the copy away")).to_be_hidden()
    assert page.evaluate("Object.keys(sessionStorage)") == []
    page.locator("#px-own").set_input_files(file(SURVEY))
    expect(page.locator(".px-own__result")).to_contain_text("5 of 5 sentences agree")
    page.locator("#px-own").set_input_files(file(content))
    expect(page.locator(".px-own__result")).to_contain_text(words)
    expect(page.locator(".px-own__result")).to_contain_text("The copy is put away.")
    expect(page.locator("#p1-s1 .px-orig")).to_contain_text("… 4 words …")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_what_a_copy_does_not_have_is_listed_in_the_order_of_the_text(tab, served):
    page = tab(served() + "index.html")

    def with_one_known(route):
        page_text = route.fetch().text()
        known = re.sub(r'("p9-s1": ")\w+', rf"\g<1>{fingerprint('One sentence.')}", page_text)
        route.fulfill(body=known, content_type="text/html; charset=utf-8")

    page.route("**/source/index.html", with_one_known)
    page.goto(served() + "source/index.html")
    page.locator("#px-own").set_input_files(file("One sentence."))
    result = page.locator(".px-own__result")
    expect(result).to_contain_text("1 of 73 sentences agree")
    missing = [link.inner_text() for link in result.get_by_role("link").all()]
    numbers = [tuple(map(int, re.findall(r"\d+", name))) for name in missing]
    assert len(numbers) == 72
    assert numbers == sorted(numbers)


def test_a_copy_in_utf_16_is_read_too(tab, river):
    page = tab(river + "source/survey.html")
    page.locator("#px-own").set_input_files(file(SURVEY.encode("utf-16")))
    expect(page.locator(".px-own__result")).to_contain_text("5 of 5 sentences agree")


def test_a_copy_holds_for_the_page_where_nothing_can_be_kept(tab, river):
    page = tab(river + "index.html")
    forbid = "Storage.prototype.setItem = () => { throw new Error('forbidden') }"
    page.add_init_script(forbid)
    page.goto(river + "source/survey.html")
    page.locator("#px-own").set_input_files(file(SURVEY))
    expect(page.locator("#p1-s1 .px-orig")).to_have_text(WORDS)


def test_no_copy_is_asked_for_where_the_text_is_shown(tab, river):
    page = tab(river + "source/index.html")
    expect(page.locator("#p1-s1")).to_contain_text("The town drinks from its river, and the river is tired.")
    assert page.locator("#px-own").count() == 0


def test_no_file_of_a_site_shows_more_of_a_source_than_may_be_shown(sites):
    hidden = ("between March and May", "held more nitrate")
    texts = [
        path for path in Path(sites("town")).rglob("*") if path.suffix in {".html", ".js", ".json", ".md"}
    ]
    assert len(texts) > 20
    assert [
        path for path in texts if any(words in path.read_text(encoding="utf-8") for words in hidden)
    ] == []


def test_what_rests_on_a_sentence_is_counted_in_the_language_of_the_page(tab, served):
    page = tab(served("rivage") + "source/index.html", width=390)
    expect(page.locator(".px-count .px-n-all").first).to_have_text("1 fiche")


# --- for everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_card_or_a_quotation_open_or_a_copy_at_hand(tab, river, axe, card, scheme):
    page = tab(river + "steps/plant-banks.html", color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(axe)
    page.locator("main a.px-loc").first.hover()
    expect(card(page)).to_be_visible()
    found = page.evaluate(AXE)
    page.keyboard.press("Escape")
    page.locator(".px-qb").first.click()
    expect(page.locator(".px-card--quote").first).to_be_visible()
    found += page.evaluate(AXE)
    page.goto(river + "source/survey.html")
    page.evaluate(axe)
    page.locator("#px-own").set_input_files(file(EDITED))
    expect(page.locator(".px-own__result")).to_contain_text("agree")
    page.locator("#p1-s1 .px-sn__t").hover()
    found += page.evaluate(AXE)
    assert found == []
