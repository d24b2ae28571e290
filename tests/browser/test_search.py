"""Searching the first plan as a reader does: in two languages, by keyboard, from the disk."""

import re
import shutil

import pytest
from playwright.sync_api import expect
from searching import settle
from served import Served

FIRST = {
    "数据要素": "Data elements",  # as it is called
    "大数据应用": "Big data",  # a run of two things
    "shù jù yào sù": "Data elements",
    "shujuyaosu": "Data elements",
    "szzg": "Digital China",
    "數字中國": "Digital China",
    "網絡強國": "Cyber power",
    "network power": "Cyber power",  # the source's own odd wording
    "modernisation": "modernization",
    "artifical inteligence": "Artificial intelligence",
    "data librarys": "ibrar",
    "F1.2": "F1.2",
    "paragraph 8": "¶8",
}
"""What is typed, and what the first result says."""


@pytest.fixture
def ask(tab, served):
    """Return a function that types a query into the search of a page and gives the results."""
    page = tab(served() + "about.html")
    page.keyboard.press("/")

    def results(query: str, say: str = "") -> list[str]:
        page.get_by_role("combobox").fill(query)
        settle(page)
        return page.get_by_role("option").all_inner_texts()

    results.page = page
    results.said = lambda: page.get_by_role("dialog").get_by_role("status").inner_text()
    return results


def test_the_first_result_is_what_was_meant(ask):
    found = {query: ask(query)[0] for query in FIRST}
    assert {query: text for query, text in found.items() if FIRST[query] not in text} == {}


def test_a_query_that_finds_nothing_says_so_and_leads_on(ask):
    assert ask("zqxj vkwq") == []
    dialog = ask.page.get_by_role("dialog")
    assert "Nothing found" in dialog.get_by_role("status").inner_text()
    dialog.get_by_role("link").click()
    ask.page.wait_for_url("**/a-z.html")


def test_search_opens_again_in_the_moment_in_which_it_is_closed(ask):
    ask.page.evaluate("""() => {
      const slash = new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true });
      document.querySelector("dialog").close();
      document.activeElement.dispatchEvent(slash);
    }""")
    expect(ask.page.get_by_role("combobox")).to_be_visible()


def test_results_are_narrowed_by_what_they_are(ask):
    everything = ask("data")
    kind = ask.page.get_by_role("group").get_by_role("button").filter(has_text="Term").first
    kind.click()
    terms = ask.page.get_by_role("option").all_inner_texts()
    assert 0 < len(terms) < len(everything)
    assert all("Term" in text for text in terms)
    assert kind.get_attribute("aria-pressed") == "true"
    kind.click()
    assert ask.page.get_by_role("option").all_inner_texts() == everything


def test_search_is_run_from_the_keyboard_alone(tab, served):
    page = tab(served() + "about.html")
    page.keyboard.press("s")
    page.keyboard.type("digital china")
    settle(page)
    page.keyboard.press("ArrowDown")
    box = page.get_by_role("combobox")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-posinset") == "2"
    target = chosen.get_attribute("href")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.keyboard.press("/")
    expect(box).to_have_value("digital china")
    settle(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_the_button_opens_search_and_gets_the_focus_back(tab, served):
    page = tab(served() + "about.html")
    page.locator("[data-px-search]").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.matches('[data-px-search]')")


def test_nothing_of_search_but_its_small_script_is_loaded_before_it_is_opened(tab, served):
    page = tab(served() + "about.html")
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src*='search-engine'], script[src*='names']").count() == 0
    assert page.evaluate("performance.getEntries().filter((e) => /search\\//.test(e.name)).length") == 0


def test_search_works_from_the_disk(tab, sites):
    page = tab((sites("real") / "about.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("szzg")
    first = page.get_by_role("option").first
    first.wait_for()
    assert "Digital China" in first.inner_text()
    first.click()
    page.wait_for_url("**/glossary/index.html#*")
    assert page.locator(":target").count() == 1


def test_an_address_can_carry_a_query(tab, served):
    page = tab(served() + "about.html?q=F1.2")
    assert "F1.2" in page.get_by_role("option").first.inner_text()


def test_the_pages_of_another_plan_are_found_too(tab, served):
    page = tab(served("tiny"))
    page.keyboard.press("/")
    page.keyboard.type("runof")
    assert "Runoff" in page.get_by_role("option").first.inner_text()


def test_a_result_says_that_only_its_pinyin_was_found(ask):
    assert "found by its pinyin" in ask("szzg")[0]
    assert "found by its pinyin" not in ask("数字中国")[0]
    # Only from the start of a word on: zhuǎnhuà wéi, xìnxīhuà wěiyuánhuì.
    assert ask("huawei") == []
    assert any("Data elements" in hit for hit in ask("yaosu"))


def test_a_result_says_under_which_word_of_the_editors_it_was_found(ask):
    assert "found under: privacy" in ask("privacy")[0]


def test_what_is_spelt_differently_stands_below_what_is_spelt_so(ask):
    """The first plan says database once, and has no data base."""
    hits = ask("data base")
    differently = ["spelt differently: database" in hit for hit in hits]
    assert differently == sorted(differently)
    assert 0 < sum(differently) < len(hits)
    assert ask.said() == f"{len(hits)} results"


def test_the_message_shows_what_was_typed(ask):
    assert ask("What is asked of enterprises?")
    assert "“What is asked of enterprises?”" in ask.said()
    ask("fifteenth five-year goverment plan")
    assert "“fifteenth five-year goverment plan”" in ask.said()
    assert "year five" not in ask.said()
    ask("goverment")
    assert ask.said() == "Nothing found for “goverment”; shown instead: “government”."


PLACES = (
    "¶8 s2",
    "¶8s2",
    "p8 s2",
    "para. 8 s2",
    "8 s2",
    "¶8.2",
    "paragraph 8 sentence 2",
    "Paragraph 8, sentence 2",
    "¶8 s2–4",
)


def test_the_place_of_a_sentence_leads_to_it(ask):
    for place in PLACES:
        assert "¶8 s2" in ask(place)[0], place
    assert not any("¶8 s99" in hit for hit in ask("¶8 s99"))
    ask(PLACES[0])
    ask.page.get_by_role("option").first.click()
    ask.page.wait_for_url("**/source/index.html#p8-s2")
    assert ask.page.locator(":target").count() == 1


QUOTED = {
    "Building a digital China is": "¶1 s5",  # its first words
    "“Building a digital China is” whatever, “in national competition.”": "¶1 s5",
    "and so it is with all that we do in national competition.": "¶1 s5",  # its last
}
"""Of a sentence that may not be shown the index holds the first five words and the last three."""


def test_a_sentence_is_found_by_its_first_and_last_words(ask):
    assert {quoted: ask(quoted)[0][:5] for quoted in QUOTED} == QUOTED


def test_any_part_of_a_sentence_that_may_be_shown_is_found(tab, served):
    page = tab(served("town") + "about.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("half of all banks shall be")
    settle(page)
    assert "§2 s1" in page.get_by_role("option").first.inner_text()


@pytest.fixture
def large(sites, tmp_path):
    """Return the address of a site whose index says that it has much text."""
    site = shutil.copytree(sites("tiny"), tmp_path / "site")
    names = site / "assets" / "px" / "search" / "names.js"
    text, number = re.subn(r'"size":\d+', '"size":99999999', names.read_text(encoding="utf-8"), count=1)
    assert number == 1
    names.write_text(text, encoding="utf-8")
    server = Served(site)
    yield server.address
    server.close()


def test_of_a_large_plan_the_text_is_loaded_when_a_reader_wants_it(tab, large):
    page = tab(large + "about.html")
    loaded = "performance.getEntries().map((entry) => entry.name).filter((name) => /search.text-/.test(name))"
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("runoff")
    settle(page)
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(loaded) == []
    more = page.get_by_role("button", name="Search the text of all entries, too")
    more.click()
    settle(page)
    page.wait_for_function(f"{loaded}.length")
    expect(more).to_be_hidden()


def test_of_a_large_plan_the_text_is_loaded_if_no_name_is_found(tab, large):
    page = tab(large + "about.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("asks")
    expect(page.get_by_role("option").first).to_be_visible()


IN_ARABIC = {
    "ماء": ("الماء", "ماء"),  # without the article
    "الماء": ("الماء", "الماء"),
    "الاصناف": ("حفظ أصناف التمور", "أصناف"),  # without a hamza, and with an article of its own
    "مدرسه": ("مدرسة الواحة الزراعية", "مدرسة"),
    "عداد": ("عدّاد على كل بئر", "عدّاد"),  # without the sign of a doubled letter
    "عـــداد": ("عدّاد على كل بئر", "عدّاد"),  # drawn out
    "معالجة": ("ري الأشجار بمياه معالَجة", "معالَجة"),
    "2030": ("خطة واحات الزلال ومياهها ٢٠٢٦–٢٠٣٠", "٢٠٣٠"),
}
"""What is typed, the title of a result, and what of it is marked."""


@pytest.mark.parametrize("query", IN_ARABIC)
def test_arabic_is_found_as_it_is_typed(tab, served, query):
    page = tab(served("wahat") + "about.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(query)
    settle(page)
    title, marked = IN_ARABIC[query]
    found = page.locator(".px-search__title").filter(has_text=title).first
    assert found.locator("mark").first.inner_text() == marked


def test_what_an_excerpt_marks_is_what_was_found(tab, served):
    page = tab(served("wahat") + "about.html")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("يسحب")
    settle(page)
    texts = page.locator(".px-search mark").all_inner_texts()
    assert texts
    assert all(text == "يسحب" for text in texts)
