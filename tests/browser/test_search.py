"""Searching the first plan as a reader does: in two languages, by keyboard, from the disk."""

import re

import pytest
from playwright.sync_api import expect

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


def settle(page) -> None:
    """Wait until every part of the index has been searched: later parts may change the order of results."""
    expect(page.locator(".px-search__status")).to_have_text(re.compile(r"^[^…]+$"), timeout=20_000)


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
