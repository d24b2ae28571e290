"""What answers to a reader: by mouse and by keyboard, and after a reload."""

import re

import pytest
from playwright.sync_api import expect


def test_colours_go_from_the_systems_to_light_to_dark_and_stay(tab, served):
    page = tab(served() + "about.html", color_scheme="dark")
    shade = "getComputedStyle(document.body).backgroundColor"
    system = page.evaluate(shade)
    button = page.locator("[data-px-switch]")
    button.click()
    light = page.evaluate(shade)
    assert light != system
    button.press("Enter")
    assert page.evaluate(shade) == system
    assert "dark" in button.get_attribute("aria-label")
    page.emulate_media(color_scheme="light")
    page.reload()
    assert page.evaluate(shade) == system
    button.press("Space")
    assert page.evaluate(shade) == light


@pytest.fixture
def table(tab, served):
    """Return the page with the table of everything."""
    return tab(served() + "compare/index.html")


def shown(page) -> list[str]:
    return page.locator("tbody tr:not(.px-g):visible td:first-child").all_inner_texts()


def test_a_table_is_narrowed_and_its_state_outlives_reload_and_the_way_back(table):
    everything = shown(table)
    part = table.locator(".px-filter select").first
    value = part.locator("option").nth(2).get_attribute("value")
    part.select_option(value)
    few = shown(table)
    assert 0 < len(few) < len(everything)
    assert f"{len(few)} of {len(everything)}" in table.get_by_role("status").first.inner_text()
    table.reload()
    assert shown(table) == few
    assert part.input_value() == value
    table.locator("tbody tr:not(.px-g):visible th a").first.click()
    table.wait_for_load_state()
    assert "compare" not in table.url
    table.go_back()
    assert shown(table) == few
    part.select_option("")
    assert shown(table) == everything
    expect(table).not_to_have_url(re.compile("#"))


def test_a_table_that_is_narrowed_to_nothing_says_so_and_can_be_reset(table):
    everything = shown(table)
    table.get_by_role("searchbox").fill("zqxj")
    assert shown(table) == []
    table.locator(".px-empty button").click()
    expect(table.locator(".px-empty")).to_be_hidden()  # a form is reset after the click
    assert shown(table) == everything
    expect(table).not_to_have_url(re.compile("#"))


def test_a_table_is_sorted_by_the_keyboard_with_what_is_missing_last(table):
    head = table.locator("thead th").filter(has_text="Actor").first
    column = head.evaluate("(head) => head.cellIndex + 1")
    cells = table.locator(f"tbody tr:not(.px-g) td:nth-child({column})")
    before = shown(table)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    missing = [cell.casefold().startswith("none") for cell in cells.all_inner_texts()]
    assert missing == sorted(missing)
    assert True in missing
    named = [cell for cell, gone in zip(cells.all_inner_texts(), missing, strict=True) if not gone]
    assert [name[0] for name in named] == sorted((name[0] for name in named), key=str.casefold)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert cells.last.inner_text().casefold().startswith("none")
    table.reload()
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Enter")
    assert shown(table) == before


def test_the_menu_of_a_phone_opens_closes_and_holds_the_tree(tab, served):
    page = tab(served() + "framework/index.html", width=390, height=800)
    menu = page.locator(".px-menu > summary")
    menu.press("Enter")
    drawer = page.locator(".px-drawer")
    assert drawer.get_by_role("link").count() > 15
    assert page.evaluate("document.querySelector('.px-drawer').contains(document.activeElement)")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.px-menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert page.evaluate("document.activeElement.matches('.px-menu > summary')")
    menu.click()
    drawer.get_by_role("link", name="Glossary").first.click()
    page.wait_for_url("**/glossary/index.html")


def test_periods_of_the_timeline_are_chosen_by_arrow_keys(tab, served):
    page = tab(served() + "timeline/index.html", width=1440)
    blocks, inputs = page.locator(".tabbed-block"), page.locator(".px-periods > input")
    assert blocks.first.is_visible()
    inputs.first.focus()
    page.keyboard.press("ArrowRight")
    assert [block.is_visible() for block in blocks.all()][:2] == [False, True]
    page.locator(".tabbed-labels > label").first.click()
    assert blocks.first.is_visible()


def test_a_reference_is_copied_by_a_button(tab, served, kinds):
    page = tab(served() + kinds["item"], permissions=["clipboard-read", "clipboard-write"])
    page.locator(".px-cite summary").click()
    block = page.locator(".px-cite pre").filter(has_text="@misc")
    block.get_by_role("button").click()
    block.get_by_role("status").filter(has_text=re.compile(".")).wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{")


def test_a_link_to_a_sentence_marks_it(tab, served, kinds):
    page = tab(served() + kinds["item"])
    chip = page.locator("main a.px-loc").first
    plain = "getComputedStyle(document.querySelector('.px-sn:not(:target) > .px-sn__t')).backgroundColor"
    chip.click()
    page.wait_for_url(re.compile("source/.*#p"))
    target = page.locator(":target")
    assert target.count() == 1
    lit = target.locator(".px-sn__t")
    assert lit.evaluate("(e) => getComputedStyle(e).backgroundColor") != page.evaluate(plain)


def test_the_lens_leaves_what_the_source_says_and_is_remembered(tab, served, kinds):
    page = tab(served() + kinds["item"])
    lens = page.locator("[data-px-lens]")
    rows = page.locator("main .px-rel:has(> .px-group__head .px-ev--inferred) li")
    stated = page.locator("main li[id^=s]:not(.px-off, .px-off *)")
    before = stated.filter(visible=True).count()
    assert rows.filter(visible=True).count() > 0
    lens.press("Enter")
    assert rows.filter(visible=True).count() == 0
    assert stated.filter(visible=True).count() == before > 0
    page.goto(served() + "framework/index.html")
    assert lens.get_attribute("aria-pressed") == "true"
    page.go_back()
    page.reload()
    assert rows.filter(visible=True).count() == 0
    lens.click()
    assert rows.filter(visible=True).count() > 0
