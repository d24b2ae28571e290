"""Every kind of page on every screen: nothing foreign, nothing broken, nothing cut off."""

import pytest

WIDTHS = (320, 390, 768, 1280, 1920)

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const shown = (e) => !e.closest('.px-sr') && e.getClientRects().length;
  const right = (e) => e.getBoundingClientRect().right;
  const wide = [...document.querySelectorAll('body *')].filter((e) => shown(e) && right(e) > width + 1);
  return wide.slice(-3).map((e) => e.outerHTML.slice(0, 120));
}"""


def test_no_page_is_wider_than_its_window(tab, served, kinds):
    page = tab(served())
    wide = []
    for path in kinds.values():
        page.goto(served() + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(OVERFLOW):
                wide.append((path, width, found))
    assert wide == []


def test_every_page_of_a_small_plan_opens_without_a_fault(tab, served, sites):
    page = tab(served("tiny"))
    paths = [path.relative_to(sites("tiny")).as_posix() for path in sorted(sites("tiny").rglob("*.html"))]
    assert len(paths) > 10
    for path in paths:
        page.goto(served("tiny") + path)
        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("where", ["", "no/such/", "no/such/page.html"])
def test_a_missing_page_is_styled_and_leads_home_wherever_it_was_missed(browser, served, where):
    page = browser.new_page()
    page.goto(served() + where + "nothing.html")
    page.wait_for_function("getComputedStyle(document.body).display === 'flex'")
    page.get_by_role("main").get_by_role("link").first.click()
    assert page.url == served() + "index.html"
    page.close()
