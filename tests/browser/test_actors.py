"""From the table of roles to what an actor does, by mouse, keyboard and an address of before."""

import re

import pytest
from faults import found_by_axe, too_wide

PAGE = "actors/cyberspace-commission.html"


def test_a_number_leads_to_as_many_entries_as_it_says(tab, served):
    page = tab(served() + "actors/index.html")
    row = page.locator(".px-matrix--roles tbody tr", has_text="Cyberspace Commission")
    links = row.locator("td a").all()
    told = [(int(re.findall(r"\d+", link.inner_text())[-1]), link.get_attribute("href")) for link in links]
    assert len(told) > 1
    links[0].focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{told[0][1]}")
    for number, href in told:
        page.goto(f"{served()}actors/{href}")
        entries = page.locator(".px-role", has=page.locator(":target")).locator("li:visible")
        assert entries.count() == number, href


def test_the_lens_leaves_the_numbers_equal_to_what_is_shown(tab, served):
    page = tab(served() + PAGE)
    page.locator("[data-px-lens]").click()
    for link in page.locator(".px-stats a:visible").all():
        role = page.locator(".px-role", has=page.locator(f"[id={link.get_attribute('href')[1:]}]"))
        assert int(link.locator("b").inner_text()) == role.locator("li:visible").count() > 0


@pytest.mark.parametrize("old", ["#cyberspace-commission", "#cyberspace-commission-s1"])
def test_an_old_address_is_one_step_from_the_page(tab, served, old):
    page = tab(f"{served()}actors/index.html{old}", java_script_enabled=False)
    page.locator(".px-actors li:is(:target, :has(:target)) a").click()
    assert page.url.endswith(PAGE)


@pytest.mark.parametrize("width", [320, 1300])
def test_axe_finds_nothing_and_nothing_is_too_wide(tab, served, axe, width):
    page = tab(served() + PAGE, width=width, reduced_motion="reduce")
    assert [*found_by_axe(page, axe), *too_wide(page)] == []
