"""Quoting and citing a statement: the words, and for what they are."""

import pytest
from playwright.sync_api import expect

COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
CLIPBOARD = "navigator.clipboard.readText()"
GOAL = "goals/clean-river/index.html"


@pytest.fixture
def river(served):
    """Return the address of a small plan with statements of several kinds."""
    return served("town")


def quotation(page):
    """Return the quotation that is open on *page*."""
    return page.locator(".px-card--quote").filter(visible=True)


def statement(page, words):
    """Return the statement that begins with *words*."""
    return page.locator("#px-content :is(li, p)[id]").filter(has_text=words).last


@pytest.mark.parametrize(
    ("path", "words", "rests"),
    [
        (GOAL, "The river is to recover.", "In the source, §1 s1"),
        (GOAL, "The town gave the river up.", "Editors' reading of §1 s1, §1 s3"),
        (GOAL, "The survey found as much nitrate.", "Outside the source: Survey ¶1 s1–2"),
        (GOAL, "This page was written for tests.", "About this site"),
        (GOAL, 'The word "tired" is said of people.', "Note on the wording of §1 s1"),
        ("steps/advise-farmers.html", "Who is to pay is not said.", "Not said, §3 s1–2"),
    ],
)
def test_a_statement_is_quoted_for_what_it_is(tab, river, path, words, rests):
    page = tab(river + path, **COPYING)
    said = statement(page, words)
    said.get_by_role("button", name="Quote this statement").click()
    quotation(page).get_by_role("button", name="Copy quotation").click()
    expect(quotation(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate(CLIPBOARD)
    address = f"{river}{path}#{said.get_attribute('id')}"
    assert copied.startswith(f"“{words}” [{rests}] ")
    assert copied.endswith(f". River explorer, 31 January 2026. {address}")
    quotation(page).get_by_role("button", name="Copy link").click()
    page.wait_for_function(f"{CLIPBOARD}.then((text) => text === {address!r})")


def test_why_two_entries_are_linked_is_quoted_with_both(tab, served):
    page = tab(served("tiny") + "steps/less-runoff.html", **COPYING)
    row = page.locator(".px-rel li[id]", has_text="Both need fewer fumes.")
    row.get_by_role("button", name="Quote this statement").click()
    quotation(page).get_by_role("button", name="Copy quotation").click()
    expect(quotation(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate(CLIPBOARD)
    assert copied.startswith("“Supports: Clean air – Both need fewer fumes.” [Editors' reading of ¶1 s2] ")
    assert copied.endswith(f"less-runoff.html#{row.get_attribute('id')}")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_quotation_opens_and_closes_by_the_keyboard(tab, river, key):
    page = tab(river + GOAL)
    button = statement(page, "The town gave").get_by_role("button")
    button.focus()
    page.keyboard.press(key)
    expect(quotation(page)).to_contain_text(
        "“The town gave the river up.” [Editors' reading of §1 s1, §1 s3]"
    )
    page.keyboard.press("Escape")
    expect(quotation(page)).to_have_count(0)
    expect(button).to_be_focused()


def test_a_quotation_keeps_the_languages_of_its_words(tab, served):
    page = tab(served() + "tasks/policy-by-network-type/index.html")
    statement(page, "The “classified policies”").get_by_role("button", name="Quote this").click()
    chinese = quotation(page).locator(".px-quote__words [lang=zh-Hans]")
    expect(chinese).to_have_text("分类施策")


def test_without_a_script_the_button_leads_to_the_address_of_the_statement(tab, river):
    page = tab(river + GOAL, java_script_enabled=False)
    said = statement(page, "The town gave")
    said.get_by_role("link", name="Quote this statement").click()
    assert page.url == f"{river}{GOAL}#{said.get_attribute('id')}"


def test_the_button_of_a_quotation_is_seen_and_large_enough_for_a_finger(tab, river):
    page = tab(river + GOAL, width=390, height=800, has_touch=True, is_mobile=True)
    for button in page.locator(".px-qb").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    page.locator(".px-qb").first.tap()
    box = quotation(page).bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert round(box["y"] + box["height"]) == 800


@pytest.mark.parametrize("path", ["", "tasks/smart-cities.html"])
def test_a_button_stands_on_the_line_of_what_it_quotes(tab, served, kinds, path):
    page = tab(served() + (path or kinds["item"]))
    alone = """() => [...document.querySelectorAll('.px-together')]
      .filter((e) => e.getClientRects().length !== 1 || !e.textContent.trim()).map((e) => e.outerHTML)"""
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(alone) == []


def test_a_statement_of_a_list_is_quoted_with_its_entry(tab, served):
    page = tab(served() + "timeline/index.html", **COPYING)
    link = page.locator("a.px-qb").first
    said = link.locator("xpath=ancestor::*[@id][1]")
    link.click()
    quotation(page).get_by_role("button", name="Copy quotation").click()
    expect(quotation(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate(CLIPBOARD)
    words = copied[1 : copied.index("”")]
    assert words in " ".join(said.inner_text().split())
    assert copied.endswith(f"timeline/index.html#{said.get_attribute('id')}")


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (
            "",
            "Read from the plan, §1 s1; Editors' reading of §1 s1, §1 s3; "
            "Outside the source: Survey ¶1 s1–2.",
        ),
        ("The river is", "“The river is to recover.” [In the source, §1 s1]."),
        ("The town gave", "“The town gave the river up.” [Editors' reading of §1 s1, §1 s3]."),
        ("The survey", "“The survey found as much nitrate.” [Outside the source: Survey ¶1 s1–2]."),
        ("This page was", "“This page was written for tests.” [About this site]."),
    ],
)
def test_a_page_is_cited_for_what_it_rests_on_in_every_format(tab, river, words, note):
    page = tab(river + GOAL)
    anchor = f"#{statement(page, words).get_attribute('id')}" if words else ""
    page.goto("about:blank")
    page.goto(river + GOAL + anchor)
    page.locator(".px-cite summary").click()
    sentence = page.locator(".px-cite > p:has(.px-cite__note)")
    expect(sentence).to_contain_text(f"{river}{GOAL}{anchor}. {note}")
    blocks = page.locator(".px-cite pre code").all_inner_texts()
    assert all(f"{river}{GOAL}{anchor}" in block for block in blocks)
    assert all(note in block for block in blocks)
    assert page.get_by_text("cites the one statement").is_visible() == bool(words)
