"""A tree with components, built by engines of others in their own theme, works as our site does."""

import subprocess
import sys

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from playwright.sync_api import expect
from served import Served

from plan_explorer.cli.main import cli

READ = ".px-ev--inferred, .px-ev--background, .px-ev--disputed"


@pytest.fixture(scope="module", params=["properdocs", "zensical"])
def address(request, tmp_path_factory):
    """Return where a server has the tree of a plan, built by an engine."""
    folder = tmp_path_factory.mktemp(request.param)
    arguments = ["render", str(plan_folder("decade")), "--output", str(folder / "tree"), "--components"]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    subprocess.run([sys.executable, "-m", request.param, "build"], cwd=folder / "tree", check=True)
    server = Served(folder / "tree" / "site", policy="")  # scripts stand in the pages of these themes
    yield server.address
    server.close()


def test_search_lens_cards_and_filter_work_in_the_theme_of_another_engine(tab, address):
    page = tab(address + "glossary/index.html")
    assert page.locator(".md-header").is_visible()

    page.locator("[data-px-search]").click()
    page.get_by_role("combobox").and_(page.locator(".px-search__input")).fill("unicorn")
    page.locator(".px-search__hit").first.click()
    page.wait_for_url("**/*unicorn*")

    page.goto(address + "glossary/index.html")
    readings = page.locator("#px-content :is(li, p)").filter(has=page.locator(f":scope > :is({READ})"))
    readings = readings.and_(page.locator(":not(.px-keep *)"))
    expect(readings.first).to_be_visible()
    page.locator("[data-px-lens]").click()
    expect(readings.first).to_be_hidden()
    assert page.locator(".px-lens-bar").is_visible()
    page.reload()
    expect(readings.first).to_be_hidden()
    page.locator("[data-px-lens]").click()
    expect(readings.first).to_be_visible()

    page.goto(address + "targets/index.html")
    page.locator("#px-content .px-term:visible").first.hover()
    expect(page.locator(".px-card")).to_be_visible()

    page.goto(address + "compare/index.html")
    rows = page.locator("tbody tr:not(.px-g):visible")
    everything = rows.count()
    page.get_by_role("searchbox").fill("unicorn")
    expect(page.locator(".px-filter [role=status]")).to_have_text(f"1 of {everything} shown")
    assert rows.count() == 1


def test_within_our_pages_our_styles_count_and_the_theme_follows_the_choice_of_colours(tab, address):
    page = tab(address + "index.html", color_scheme="light")
    figures = page.locator(".px-stats")
    assert figures.evaluate("e => getComputedStyle(e).listStyleType") == "none"
    assert figures.locator("li").first.evaluate("e => getComputedStyle(e).marginLeft") == "0px"
    shades = "[document.body, document.querySelector('#px-content a')].map(e => getComputedStyle(e).color)"
    light = page.evaluate(shades)
    for _ in range(2):
        page.locator("[data-px-switch]").click()
    dark = page.evaluate(shades)
    assert all(one != other for one, other in zip(light, dark, strict=True))
