"""The list of events: short on a phone, with tracks, years to go to, and kinds and labels to choose from."""

import pytest
from playwright.sync_api import expect

MOST_PER_EVENT = 200
"""Pixels for each event on a phone: 9,000 for 45."""


@pytest.fixture
def page(tab, served):
    return tab(served() + "timeline/index.html", width=390, height=844)


def test_a_phone_shows_the_whole_time_in_few_screens(page):
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= MOST_PER_EVENT * page.locator(".px-event, #due ~ ul > li").count()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.locator("div.px-chart").is_visible()  # nor the legend of a chart that is not there


@pytest.mark.parametrize("width", [390, 768, 1300])
def test_every_event_has_its_mark_in_the_track_of_its_kind(tab, served, width):
    page = tab(served() + "timeline/index.html", width=width)
    places = {}
    for event in page.locator(".px-event").all():
        dot, text = event.locator(".px-dot").bounding_box(), event.locator("h3").bounding_box()
        assert dot["x"] + dot["width"] <= text["x"]
        places.setdefault(event.get_attribute("data-kind"), set()).add(round(dot["x"] + dot["width"] / 2))
    assert len(places) > 3
    assert all(max(found) - min(found) <= 1 for found in places.values())
    assert len({min(found) for found in places.values()}) == len(places)


def test_a_year_is_one_step_away_and_what_is_folded_opens_for_its_address(page, served):
    page.locator(".px-years").get_by_role("link", name="2023").click()
    heading = page.locator(".px-events > h2[id=y2023]")
    assert 0 < heading.bounding_box()["y"] < 300
    folded = page.locator(".px-event .px-fold li[id]").first
    assert not folded.is_visible()
    page.goto(served() + f"timeline/index.html#{folded.get_attribute('id')}")
    expect(folded).to_be_visible()


def test_kinds_and_labels_are_chosen_and_empty_years_fall_out(page):
    status, all_ = page.locator(".px-kinds [role=status]"), page.locator(".px-event").count()
    expect(status).to_have_text(f"{all_} of {all_} shown")
    for name in page.locator(".px-kinds fieldset label").all()[1:]:
        name.click()
    left = page.locator(".px-event:visible")
    kinds = {each.get_attribute("data-kind") for each in left.all()}
    assert len(kinds) == 1
    expect(status).to_have_text(f"{left.count()} of {all_} shown")
    assert page.locator(".px-events:visible").count() == page.locator(".px-years li:visible").count() < all_
    page.locator(".px-kinds fieldset label").nth(1).click()
    page.locator(".px-kinds select").select_option("stated")
    assert {each.get_attribute("data-label") for each in left.all()} == {"stated"}


def test_a_date_that_is_not_exact_looks_so(page):
    for event in page.locator(".px-event:has(.px-dot--about)").all():
        assert "dashed" in event.locator(".px-dot").evaluate("(e) => getComputedStyle(e).borderStyle")
    assert page.locator(".px-dot--about").count() > 3
    assert page.locator(".px-dot:not(.px-dot--about)").count() > 10


def test_without_a_script_every_event_stands_there(tab, served):
    page = tab(served() + "timeline/index.html", width=390, java_script_enabled=False)
    assert not page.locator(".px-kinds").is_visible()
    assert page.locator(".px-event:visible").count() == page.locator(".px-event").count()
    page.locator(".px-event .px-fold > summary").first.click()
    assert page.locator(".px-event .px-fold").first.locator("p, li").first.is_visible()
