"""Two plans in one site: one search for both and for its own pages, below a folder and from the disk."""

import pytest
from playwright.sync_api import expect
from served import Served
from several import build_project, write_project


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    settings = write_project(tmp_path_factory.mktemp("two"), {"water": "tiny", "river": "river"})
    home = settings.parent / "content" / "index.md"
    home.write_text(
        home.read_text(encoding="utf-8").replace("plan-explorer: map", "plan-explorer: water/map")
    )
    return build_project(settings)


@pytest.fixture(scope="module", params=["served", "disk"])
def address(request, two):
    """Return the address of the site: below a folder of a server, or on the disk."""
    if request.param == "disk":
        yield two.as_uri() + "/"
    else:
        server = Served(two)
        yield server.address
        server.close()


def test_one_search_finds_both_plans_and_the_pages_of_the_site(tab, address):
    page = tab(address + "river/about.html")
    page.keyboard.press("/")
    for words, result, leads_to in (
        ("clean water", "Goal · Tiny explorer", "water/goals/clean-water/index.html"),
        ("librarians", "Page", "index.html#who-we-are"),
        ("the team", "Page", "team.html"),
    ):
        page.get_by_role("combobox").fill(words)
        first = page.get_by_role("option").first
        expect(first).to_contain_text(result)
        assert first.evaluate("link => link.href") == address + leads_to
    page.keyboard.press("Enter")
    page.wait_for_url(address + "team.html")


def test_a_reader_goes_from_plan_to_plan_by_the_tabs(tab, address):
    page = tab(address + "water/goals/clean-water/index.html")
    bars = page.locator(".px-tabbar")
    expect(bars).to_have_count(2)
    bars.first.get_by_role("link", name="River explorer").click()
    page.wait_for_url(address + "river/index.html")
    expect(bars.first.locator("[aria-current]")).to_have_text("River explorer")


def test_a_link_of_the_second_plan_has_its_card(tab, address):
    page = tab(address + "river/compare/index.html")
    page.locator("article a[href*='/pledges/']").first.hover()
    expect(page.locator(".px-card")).to_be_visible()
