"""What changed since the last visit is marked by the reader's own browser, and nothing is lost without it."""

import pytest
from conftest import build_site
from kept import project
from served import Served

MARKS = "main a.px-changed"
SEEN = """(seen) => localStorage.setItem("px-seen-tiny", JSON.stringify({seen: seen, last: seen}))"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Return the address of the served site of a plan with two kept versions."""
    folder = project(tmp_path_factory.mktemp("changed"))
    target = tmp_path_factory.mktemp("changed-site")
    server = Served(build_site(folder / "plan", target))
    yield server.address
    server.close()


def test_a_first_visit_has_no_marks_and_a_later_one_those_of_what_came_since(tab, changed):
    page = tab(changed + "goals/clean-water/index.html")
    assert page.locator(MARKS).count() == 0
    page.evaluate(SEEN, "2025-06-30")  # the reader was here before the last version
    page.reload()
    marked = page.locator(MARKS).all_inner_texts()
    assert all("Less runoff" in text for text in marked)
    assert all(text.endswith("(changed since your last visit)") for text in marked)
    assert marked
    page.goto(changed + "steps/less-runoff.html")
    assert (
        page.locator(".px-changed-note").inner_text().startswith("This page changed since your last visit.")
    )
    page.goto(changed + "goals/clean-air/index.html")
    page.goto(changed + "goals/clean-water/index.html")
    assert page.locator(MARKS).count() == len(marked), "marks stay until the site changes again"


def test_marks_go_when_the_reader_says_so_and_stay_away(tab, changed):
    page = tab(changed + "index.html")
    page.evaluate(SEEN, "2025-01-31")
    page.goto(changed + "goals/clean-water/index.html")
    page.get_by_role("link", name="What changed").click()
    assert page.url == changed + "changes/index.html"
    page.go_back()
    page.get_by_role("button", name="Remove the marks").click()
    assert page.locator(MARKS).count() == page.locator(".px-changed-note").count() == 0
    page.goto(changed + "steps/less-runoff.html")
    assert page.locator(".px-changed-note").count() == 0


def test_without_a_store_or_without_scripts_no_page_lacks_anything(tab, changed, browser):
    page = tab(changed + "steps/less-runoff.html")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.reload()
    assert page.locator("#history").count() == 1
    assert page.locator(".px-changed-note").count() == 0
    plain = tab(changed + "steps/less-runoff.html", java_script_enabled=False)
    assert plain.locator("#history").count() == 1
