"""The lens, the panel beside the map and the periods of the timeline, in a browser."""

import pytest

READ = ".px-ev--inferred, .px-ev--background, .px-ev--disputed"
SEEN = f"""() => [...document.querySelectorAll(".md-typeset :is(li, p)")]
  .filter(e => !e.closest(".px-legend, .px-keep, .px-meta"))
  .filter(e => [...e.children].some(c => c.matches("{READ}")) && e.checkVisibility()).length"""
"""How many statements are in sight that the primary source does not make."""
STATED = "main .px-loc:not(.px-loc--other):visible"


@pytest.mark.parametrize("path", ["glossary/index.html", "timeline/index.html", "arguments/index.html"])
def test_the_lens_shows_only_what_the_source_says_and_is_remembered(tab, served, path):
    page = tab(served() + path)
    before = page.evaluate(SEEN)
    stated = page.locator(STATED).count()
    assert before > 0
    lens = page.locator("[data-px-lens]")
    lens.click()
    assert lens.get_attribute("aria-pressed") == "true"
    assert page.evaluate(SEEN) == 0
    kept = page.locator(STATED).count()
    assert 0 < kept <= stated
    assert page.locator(".px-tally__off").is_visible()
    page.reload()
    assert page.evaluate(SEEN) == 0
    lens.press("Enter")
    assert page.evaluate(SEEN) == before


def test_without_scripts_everything_is_shown_and_periods_can_be_chosen(tab, served):
    page = tab(served() + "timeline/index.html", java_script_enabled=False)
    assert page.locator("[data-px-lens]").is_hidden()
    charts = page.locator(".px-periods .tabbed-block")
    assert charts.count() > 1
    assert [chart.is_visible() for chart in charts.all()].count(True) == 1
    page.locator(".px-periods .tabbed-labels > label").last.click()
    assert charts.last.is_visible()
    assert charts.first.is_hidden()


def test_a_fact_with_nothing_stated_is_not_left_blank(tab, served):
    page = tab(served() + "pillars/data-resources/index.html")
    page.locator("[data-px-lens]").click()
    for fact in page.locator(".px-facts dt").all():
        value = fact.locator("xpath=following-sibling::dd[1]")
        drawn = value.evaluate("e => e.innerText.trim() || getComputedStyle(e, '::after').content")
        assert drawn not in ("", "none", "normal")


def test_the_panel_tells_of_the_box_under_the_pointer_and_of_the_focused_one(tab, served):
    page = tab(served(), width=1440)
    boxes = page.locator(".px-box:has(.px-peek)")
    panel = page.locator(".px-insp")
    assert panel.is_visible()
    for act in ("hover", "focus"):
        box = boxes.nth(3)
        if act == "focus":
            page.mouse.move(0, 0)
            box.locator("> a").focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
        else:
            box.hover()
        shown = [peek for peek in page.locator(".px-peek").all() if peek.is_visible()]
        assert len(shown) == 1
        assert shown[0].inner_text().startswith(box.locator("> a .px-code").inner_text())


def test_a_narrow_page_has_no_panel(tab, served):
    page = tab(served(), width=1000)
    assert page.locator(".px-insp").is_hidden()
    page.locator(".px-box").first.hover()
    assert page.locator(".px-peek:visible").count() == 0
