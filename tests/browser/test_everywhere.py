"""Every kind of page on every screen: nothing foreign, nothing broken, nothing cut off."""

import pytest
from conftest import plan_folder
from faults import AXE, found_by_axe, too_wide
from playwright.sync_api import expect
from served import page_kinds


def test_no_page_is_wider_than_its_window(tab, served, kinds):
    page = tab(served())
    wide = []
    for path in kinds.values():
        page.goto(served() + path)
        wide += [(path, *fault) for fault in too_wide(page)]
    assert wide == []


BROKEN_WORDS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const within = node.parentElement;
    // addresses may break anywhere; what only screen readers get is one pixel wide
    const mayBreak = "svg, pre, code:not(:is(td, th):first-child > code), dd, ins, del, .px-sr";
    if (!within.checkVisibility() || within.closest(mayBreak)) continue;
    if (within.getBoundingClientRect().width < 2) continue;
    for (const word of node.data.matchAll(/[A-Za-zÀ-ɏ]{2,}/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((each) => Math.round(each.top / 4)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
"""The words of a page that are broken over two lines."""


def test_no_word_is_broken(tab, served, kinds):
    page = tab(served())
    broken = []
    for path in kinds.values():
        page.goto(served() + path)
        for width in (320, 390, 720, 1024, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            broken += [(path, width, word) for word in page.evaluate(BROKEN_WORDS)]
    assert broken == []


def test_every_page_of_a_small_plan_opens_without_a_fault(tab, served, sites):
    page = tab(served("tiny"))
    built = sorted(path for path in sites("tiny").rglob("*.html") if path.name != "404.html")
    paths = [path.relative_to(sites("tiny")).as_posix() for path in built]
    assert len(paths) > 10
    for path in paths:
        page.goto(served("tiny") + path)
        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("where", ["", "no/such/", "no/such/page.html"])
def test_a_missing_page_is_styled_and_leads_home_wherever_it_was_missed(browser, served, where):
    page = browser.new_page()
    page.goto(served() + where + "nothing.html")
    expect(page.locator("body")).to_have_css("display", "flex")
    page.get_by_role("main").get_by_role("link").first.click()
    assert page.url == served() + "index.html"
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_any_kind_of_page_in_either_scheme(tab, served, kinds, axe, width):
    page, found = tab(served(), width=width, reduced_motion="reduce"), []
    for path in kinds.values():
        page.goto(served() + path)
        found += [(path, *fault) for fault in found_by_axe(page, axe)]
    assert found == []


@pytest.mark.parametrize(
    ("name", "edition"), [("rivage", ""), ("wahat", ""), ("qinghe", ""), ("real", "zh-Hans/")]
)
def test_axe_finds_nothing_on_pages_in_other_languages(tab, served, sites, axe, name, edition):
    page = tab(served(name), width=390, reduced_motion="reduce")
    paths = [edition + path for path in page_kinds(plan_folder(name), sites(name)).values()]
    found = {}
    for path in paths:
        page.goto(served(name) + path)
        if faults := [*found_by_axe(page, axe), *too_wide(page)]:
            found[path] = faults
    assert len(paths) > 15
    assert found == {}


@pytest.mark.parametrize("path", ["glossary/index.html", "source/sources.html", "actors/index.html"])
@pytest.mark.parametrize("edition", ["", "zh-Hans/"])
def test_a_finger_hits_one_link_of_a_long_list(tab, served, axe, edition, path):
    page = tab(served() + edition + path, width=360)
    page.evaluate(axe)
    small = "axe.run({runOnly: ['target-size'], resultTypes: ['violations']})"
    assert page.evaluate(f"{small}.then((all) => all.violations.map((each) => each.nodes[0].html))") == []


def test_axe_finds_nothing_while_search_the_menu_or_a_card_is_open(tab, served, kinds, axe):
    page = tab(served() + "about.html", width=390)
    page.evaluate(axe)
    page.locator(".px-menu > summary").click()
    found = page.evaluate(AXE)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    found += page.evaluate(AXE)
    page.keyboard.type("data")
    page.get_by_role("option").first.wait_for()
    found += page.evaluate(AXE)
    page.get_by_role("combobox").fill("zqxj vkwq")
    found += page.evaluate(AXE)
    page.goto(served() + kinds["item"])
    page.evaluate(axe)
    page.keyboard.press("Tab")
    page.locator("main a.px-term").first.focus()
    page.get_by_role("group", name="Preview").wait_for()
    found += page.evaluate(AXE)
    assert found == []


UNSEEN = """() => [...document.querySelectorAll('main :is(p, li, td, th, dd, dt, h1, h2, h3)')]
  .filter((e) => e.textContent.trim() && !e.closest('details:not([open]) > :not(summary), .px-sr'))
  .filter((e) => !e.closest('.tabbed-block, [hidden], [aria-hidden=true], .px-peek, .px-insp'))
  .filter((e) => !e.closest('.px-chips, .px-lens-bar, .px-ghost, .px-removed, .px-marks, [popover]'))
  .filter((e) => { const all = new Range(); all.selectNodeContents(e); return !all.getClientRects().length; })
 .map((e) => e.outerHTML.slice(0, 120))"""


def test_without_a_script_everything_is_there_and_nothing_dead_is_shown(tab, served, kinds):
    page = tab(served(), java_script_enabled=False)
    for path in kinds.values():
        page.goto(served() + path)
        main = page.locator("main")
        assert len(main.inner_text()) > 200, path
        assert page.locator(".px-tabbar a").first.is_visible(), path
        dead = page.locator("button:not([popovertarget])")
        assert not [button for button in dead.all() if button.is_visible()], path
        way = page.get_by_role("link", name="A–Z index").first
        assert way.is_visible(), path
        for fold in main.locator("details").filter(visible=True).all()[:2]:
            fold.locator("summary").first.click()
            assert fold.get_attribute("open") is not None, path
    page.goto(served() + "about.html")
    page.get_by_role("link", name="A–Z index").first.click()
    assert page.url.endswith("/a-z.html")


def test_nothing_is_hidden_that_a_script_does_not_hide(tab, served, kinds):
    page = tab(served())
    unseen = {}
    for path in kinds.values():
        page.goto(served() + path)
        if found := page.evaluate(UNSEEN):
            unseen[path] = found[:3]
    assert unseen == {}


def test_a_page_opened_from_the_disk_is_whole(tab, sites, kinds):
    page = tab((sites("real") / "index.html").as_uri())
    for path in kinds.values():
        page.goto((sites("real") / path).as_uri())
        assert page.evaluate("getComputedStyle(document.body).display") == "flex", path
        assert page.evaluate("document.documentElement.classList.contains('js')"), path
