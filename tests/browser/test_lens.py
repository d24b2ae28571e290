"""The lens, the panel beside the map and the periods of the timeline, in a browser."""

import json
import re

import pytest
from conftest import PLANS, plan_folder
from playwright.sync_api import expect
from searching import settle
from served import page_kinds

from plan_explorer import load_plan
from plan_explorer.rendering.counted import counted
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.views.statements import shown_ids
from plan_explorer.translation import read_catalogue, speaking, within_sentence

OUTSIDE = ", ".join(
    f".px-ev--{status}" for status in ("inferred", "background", "disputed", "known", "wording", "editorial")
)
SEEN = f"""() => [...document.querySelectorAll(".md-typeset :is({OUTSIDE})")]
  .filter(e => !e.closest(".px-keep") && e.checkVisibility()).length"""
"""How many labels are in sight of what the primary source does not say."""
TRACES = """(hidden) => {
  const main = document.querySelector("main article");
  const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const words = (e) => (e.innerText ?? e.textContent).replace(/\\s+/g, " ").trim().slice(0, 60);
  const inView = (selector) => [...main.querySelectorAll(selector)].filter(
    (e) => shown(e) && !e.closest("svg,pre,[popover],.px-peek,.px-insp"));
  const faults = [];
  const frames = "aside,figure,details,section,table,nav,ul,ol,dl,tbody,div[class]";
  for (const e of inView(frames)) {
    const holds = words(e) || [...e.querySelectorAll("svg,img,input")].some(shown);
    if (!holds && e.getBoundingClientRect().height > 2) faults.push(`empty: ${e.tagName} ${e.className}`);
  }
  for (const e of inView("p,li,dd")) {
    const first = [...e.childNodes].find((n) => (n.nodeType === 3 ? n.data.trim() : shown(n)));
    if (first?.nodeType === 3 && /^\\s*[a-z]/.test(first.data) && /[.]$/.test(words(e)))
      faults.push(`begins in lower case: ${words(e)}`);
  }
  for (const e of inView(".px-ghost")) {
    let next = e.nextElementSibling;
    while (next && !shown(next)) next = next.nextElementSibling;
    if (next?.matches(".px-ghost")) faults.push(`two in a row: ${words(e)}`);
  }
  for (const e of inView("a[href]")) {
    if (!hidden.includes(e.href.split("?")[0])) continue;
    const line = e.closest("li,dd,tr,h2,h3,h4,p,.px-its");
    const cites = line.matches("p,li") && line.querySelector(":scope > .px-loc");
    if (!cites && !line.closest(".px-group,.px-silent")) faults.push(`an entry that is hidden: ${words(e)}`);
  }
  for (const e of inView("dt")) {
    let said = e.nextElementSibling;
    while (said?.matches("dd") && !shown(said)) said = said.nextElementSibling;
    if (!said?.matches("dd")) faults.push(`nothing behind ${words(e)}`);
  }
  const all = [...main.querySelectorAll("h2,h3,h4,p,li,dd,td,svg,input,summary")].filter(shown);
  all.forEach((e, at) => {
    const next = all[at + 1];
    if (/^H/.test(e.tagName) && (!next || (/^H/.test(next.tagName) && next.tagName <= e.tagName)))
      faults.push(`nothing below ${words(e)}`);
  });
  return faults;
}"""
"""What stands there without what it was for, and what should not stand there."""
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


WITH_LENS = "try { localStorage.setItem('px-lens', '1') } catch {}"


def hidden(plan, address):
    """Return where what the lens hides is, as built pages link to it."""
    of, ids = Addresses(plan).of, shown_ids(plan)
    gone = [of(each) for each in plan if each.id not in ids]
    pages = [f"{address}{each.path.removesuffix('.md')}.html" for each in gone]
    return [f"{page}#{each.anchor}" if each.anchor else page for page, each in zip(pages, gone, strict=True)]


def sample(name, site):
    """Return the longest page of each kind, and some more."""
    kinds = page_kinds(plan_folder(name), site)
    more = [*PAGES, "initiatives/15fyp.html", "objectives/2025-02.html", "initiatives/index.html"]
    return sorted({*kinds.values(), *(path for path in more if (site / path).exists())})


@pytest.mark.parametrize("name", PLANS)
def test_pages_under_the_lens_have_no_trace_of_what_is_hidden(tab, served, sites, name):
    page, plan = tab(served(name)), load_plan(plan_folder(name)).plan
    page.add_init_script(WITH_LENS)
    gone = hidden(plan, served(name))
    faults = {}
    for path in sample(name, sites(name)):
        page.goto(served(name) + path)
        faults[path] = page.evaluate(TRACES, gone)
    assert {path: found for path, found in faults.items() if found} == {}


def first_number(text):
    return int(re.search(r"\d+", text)[0])


@pytest.mark.parametrize("name", PLANS)
def test_numbers_agree_under_the_lens(tab, served, sites, name):
    page, plan = tab(served(name)), load_plan(plan_folder(name)).plan
    said = read_catalogue(plan.settings.language)
    page.add_init_script(WITH_LENS)

    def stats(path):
        page.goto(served(name) + path)
        told = page.locator(".px-stats li:visible").all_inner_texts()
        return {words.split("\n")[1]: int(words.split("\n")[0]) for words in told}

    everything, home = stats("about.html"), stats("index.html")
    assert {noun: everything[noun] for noun in home if noun in everything} == {
        noun: number for noun, number in home.items() if noun in everything
    }
    lists = {"actor": "actors/index", "event": "timeline/index", "term": "glossary/index"}
    for noun, path in {**lists, "source": "source/sources"}.items():
        if not (sites(name) / f"{path}.html").exists():
            continue
        page.goto(f"{served(name)}{path}.html")
        lines = ".px-actors > ul > li" if noun == "actor" else ".px-entry, .px-event"
        entries = page.locator(f":is({lines}):visible").count()
        told = page.locator("main .px-lede").inner_text()
        nouns = {said.ngettext(noun, f"{noun}s", n) for n in range(101)}
        number = next((n for words, n in everything.items() if words in nouns), 0)
        with speaking(said):
            counts = counted("document" if noun == "source" else noun, number)
        assert entries == number, path
        assert re.search(rf"(?<!\d){re.escape(counts)}", told), path
    ids = shown_ids(plan)
    for strand in plan.settings.strands:
        shown = [item for item in plan.items if item.id in ids and plan.strand(item) is strand]
        for level in strand.levels:
            top = [i for i in shown if plan.level(i).kind == level.id]
            top = [i for i in top if level.id not in [plan.level(up).kind for up in plan.ancestors(i)]]
            told = {noun.partition(" (")[0]: number for noun, number in everything.items()}
            with speaking(said):
                noun = within_sentence(level.name.of(len(top)))
            assert told.get(noun, 0) == (0 if level.counted_as else len(top)), noun


def test_the_table_of_commitments_follows_the_lens(tab, served):
    page = tab(served() + "compare/index.html#?actor=national-data-administration")
    actor, status = page.locator("select[name=actor]"), page.locator(".px-filter [role=status]")
    assert first_number(status.inner_text()) == 2
    page.locator("[data-px-lens]").click()
    rows = page.locator(".px-tab--all tbody tr:visible:not(.px-g)")
    expect(status).to_have_text(f"{rows.count()} of {rows.count()} shown")
    assert actor.locator("option", has_text="NDA").count() == 0
    for option in actor.locator("option").all()[1:]:
        actor.select_option(option.get_attribute("value"))
        number = first_number(status.inner_text())
        name = option.inner_text()
        named = rows.locator("td[data-l=Actors]", has=page.locator(f":visible:text-is({json.dumps(name)})"))
        assert number == rows.count() == named.count() > 0, name
    page.locator("[data-px-lens-off]").click()
    assert actor.locator("option", has_text="NDA").count() == 1


def test_cards_count_as_the_pages_do_under_the_lens(tab, served):
    page = tab(served() + "actors/index.html")
    page.locator("[data-px-lens]").click()
    row = page.locator(".px-matrix--roles tbody tr", has_text="Regions")
    told = " ".join(row.locator("td:visible").all_inner_texts())
    row.locator("a").first.hover()
    card = page.locator(".px-card__f > span:not(.px-ev)")
    expect(card).to_be_visible()
    assert set(re.findall(r"\d+", card.inner_text())) == set(re.findall(r"\d+", told))

    page.goto(served() + "source/index.html")
    sentence = page.locator("#p8-s3")
    for fold in sentence.locator("details").all():
        fold.locator("summary").click()
    entries = sentence.locator(".px-its .px-ref:visible").count()
    page.goto(served() + "pillars/data-resources/index.html")
    page.locator(".px-group .px-loc", has_text="¶8 s3").first.hover()
    said = page.locator(".px-card", has_text="rest on")
    expect(said).to_contain_text(f"{entries} entries of this site rest on it.")


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
    assert said.get_by_text("The article does not say who").first.is_visible()  # a silence is shown
    page.emulate_media(media="print")
    assert ghost.is_hidden()
    assert said.get_by_text("here is a collection of data").first.is_visible()


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


def test_a_date_that_the_source_does_not_state_is_not_found_under_the_lens(tab, served):
    page = tab(served() + "about.html")
    page.keyboard.press("/")
    box, hits = page.get_by_role("combobox"), page.get_by_role("option")

    def found(query: str) -> list[str]:
        box.fill(query)
        settle(page)
        return [hit for hit in hits.all_inner_texts() if "found under" in hit]

    assert any("found under: 2023-02-27" in hit for hit in found("2023-02-27"))
    page.keyboard.press("Escape")
    page.locator("[data-px-lens]").click()
    page.keyboard.press("/")
    assert not any("found under: 2023-02-27" in hit for hit in found("2023-02-27"))
    assert "found under: 2023-03-03" in found("2023-03-03")[0]
