"""The lens, the panel beside the map and the periods of the timeline, in a browser."""

import re

import pytest

OUTSIDE = ", ".join(
    f".px-ev--{status}" for status in ("inferred", "background", "disputed", "known", "wording", "editorial")
)
SEEN = f"""() => [...document.querySelectorAll(".md-typeset :is({OUTSIDE})")]
  .filter(e => !e.closest(".px-keep") && e.checkVisibility()).length"""
"""How many labels are in sight of what the primary source does not say."""
TRACES = """() => {
  const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const faults = [];
  for (const list of document.querySelectorAll("main article :is(ul, ol, dl, tbody)")) {
    if (!list.children.length || list.closest(".px-silent")) continue;
    const empty = ![...list.children].some(shown);
    if (empty && list.getBoundingClientRect().height > 1) faults.push("an empty list");
  }
  for (const head of document.querySelectorAll("main article :is(h2, h3, .px-group__head, summary)")) {
    if (!shown(head) || head.closest("details:not([open])")) continue;
    const next = head.nextElementSibling;
    if (next && !shown(next) && !next.nextElementSibling) faults.push(head.textContent);
  }
  for (const fact of document.querySelectorAll(".px-facts dt")) {
    if (shown(fact) && !shown(fact.nextElementSibling)) faults.push(`the fact ${fact.textContent}`);
  }
  return faults;
}"""
"""What stands there without what it was for."""
STATED = "main .px-loc:not(.px-loc--other):visible"
PAGES = [
    "glossary/index.html",
    "timeline/index.html",
    "arguments/index.html",
    "aims/index.html",
    "actors/index.html",
    "objectives/2025/index.html",
    "pillars/digital-infrastructure/index.html",
    "compare/actors.html",
    "compare/arguments.html",
    "compare/index.html",
    "source/sources.html",
    "source/plan-and-article.html",
]


@pytest.mark.parametrize("path", PAGES)
def test_the_lens_leaves_no_trace_of_what_it_leaves_out(tab, served, path):
    page = tab(served() + path)
    before = page.evaluate(SEEN)
    stated = page.locator(STATED).count()
    assert before > 0
    lens = page.locator("[data-px-lens]")
    lens.click()
    assert lens.get_attribute("aria-pressed") == "true"
    assert page.evaluate(SEEN) == 0
    assert page.evaluate(TRACES) == []
    assert page.locator(STATED).count() <= stated
    bar = page.locator(".px-lens-bar")
    assert re.search(r"Shown: only what the article says\. \s*(?:Nothing .*)?\d+ things", bar.inner_text())
    page.reload()
    assert page.evaluate(SEEN) == 0
    page.locator("[data-px-lens-off]").click()
    assert page.evaluate(SEEN) == before
    assert bar.is_hidden()
    assert lens.evaluate("e => e === document.activeElement")


def test_what_falls_out_is_counted_where_it_stood(tab, served):
    page = tab(served() + "tasks/national-data-libraries/index.html")
    ghost = page.get_by_text("1 note on the wording is left out.")
    assert ghost.is_hidden()
    page.locator("[data-px-lens]").click()
    assert ghost.is_visible()
    said = page.locator("main li")
    assert said.get_by_text("Who is to keep these libraries").first.is_visible()  # a silence is shown
    page.emulate_media(media="print")
    assert ghost.is_hidden()
    assert said.get_by_text("A library here is a collection of data").first.is_visible()


def test_a_page_with_nothing_stated_says_so(tab, served):
    page = tab(served() + "initiatives/15fyp.html")
    page.locator("[data-px-lens]").click()
    assert "Nothing on this page is said in the article." in page.locator(".px-lens-bar").inner_text()


def test_numbers_follow_the_lens(tab, served):
    page = tab(served())
    actors = page.locator(".px-stats a", has_text="actors").locator("b")
    assert actors.inner_text() == "32"
    page.locator("[data-px-lens]").click()
    assert int(actors.inner_text()) < 32
    page.goto(served() + "actors/index.html")
    marks = page.locator(".px-matrix--roles td:visible .px-ev")
    assert marks.count() > 0
    assert page.locator(".px-matrix--roles td:visible .px-ev:not(.px-ev--stated):visible").count() == 0


def test_search_obeys_the_lens_and_says_so(tab, served):
    page = tab(served() + "about.html")

    def found() -> int:
        page.get_by_role("combobox").fill("National Data Administration")
        page.wait_for_function("() => !/…/.test(document.querySelector('.px-search__status').textContent)")
        return page.get_by_role("option").count()

    page.keyboard.press("/")
    everything = found()
    page.keyboard.press("Escape")
    page.locator("[data-px-lens]").click()
    page.keyboard.press("/")
    assert found() < everything
    note = page.locator(".px-search__lens")
    assert "Only what the article says is searched." in note.inner_text()
    assert "more left out" in note.inner_text()
    note.get_by_role("button").click()
    assert note.is_hidden()
    assert found() == everything


def test_without_scripts_everything_is_shown_and_periods_can_be_chosen(tab, served):
    page = tab(served() + "timeline/index.html", java_script_enabled=False)
    assert page.locator("[data-px-lens]").is_hidden()
    charts = page.locator(".px-periods .tabbed-block")
    assert charts.count() > 1
    assert [chart.is_visible() for chart in charts.all()].count(True) == 1
    page.locator(".px-periods .tabbed-labels > label").last.click()
    assert charts.last.is_visible()
    assert charts.first.is_hidden()


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
