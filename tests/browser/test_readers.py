"""What four readers come for, and in how many steps they get it: by mouse, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect
from searching import settle

WAYS = ("mouse", "keyboard", "phone")
ITEM = "tasks/smart-cities.html"


class Reader:
    """A reader with one way to point at things, who counts the steps."""

    def __init__(self, tab, address: str, way: str) -> None:
        options = (
            {"width": 390, "height": 844, "has_touch": True, "is_mobile": True} if way == "phone" else {}
        )
        self.page = tab(address, permissions=["clipboard-read", "clipboard-write"], **options)
        self.way = way
        self.steps = 0

    def choose(self, what) -> None:
        """Follow a link or press a button."""
        self.steps += 1
        if self.way == "keyboard":
            what.focus()
            self.page.keyboard.press("Enter")
        elif self.way == "phone":
            what.tap()
        else:
            what.click()

    def open(self, title: str) -> None:
        """Go to a page of the tabs, which a phone has in a menu."""
        if self.way == "phone":
            self.choose(self.page.locator(".px-menu > summary"))
            self.choose(self.page.locator(".px-drawer").get_by_role("link", name=title, exact=True))
        else:
            self.choose(self.page.locator(".px-tabbar").get_by_role("link", name=title, exact=True).first)

    def find(self, words: str) -> None:
        """Search, and go to what stands first."""
        if self.way == "keyboard":
            self.steps += 1
            self.page.keyboard.press("/")
        else:
            self.choose(self.page.locator("[data-px-search]").first)
        self.page.get_by_role("combobox").fill(words)
        settle(self.page)
        self.steps += 1
        self.page.keyboard.press("Enter")

    @property
    def more(self) -> int:
        """How many more steps it takes where the tabs are in a menu."""
        return 1 if self.way == "phone" else 0


@pytest.fixture(params=WAYS)
def reader(request, tab, served):
    return lambda path="index.html": Reader(tab, served() + path, request.param)


def test_an_analyst_finds_who_monitors_in_two_steps(reader):
    one = reader()
    one.open("Actors")
    one.choose(one.page.locator("td[data-l=Monitors] a").first)
    expect(one.page.locator(":target")).to_contain_text("Monitors")
    assert one.steps <= 2 + one.more


def test_an_analyst_sees_which_tasks_name_an_actor_in_two_steps(reader):
    one = reader()
    one.open("Compare")
    one.choose(one.page.get_by_role("link", name="Items by actor"))
    expect(one.page.locator("h1")).to_contain_text("Items by actor")
    assert one.steps <= 2 + one.more


def test_an_analyst_saves_the_tasks_as_a_table_in_two_steps(reader):
    one = reader()
    one.open("Compare")
    with one.page.expect_download() as saved:
        one.choose(one.page.get_by_role("button", name="Save what is shown as CSV"))
    assert saved.value.suggested_filename.endswith(".csv")
    assert one.steps <= 2 + one.more


def test_a_journalist_finds_what_is_said_of_data_centres_in_two_steps(reader):
    one = reader()
    one.find("data centre")
    expect(one.page).to_have_url(re.compile("data-centre"))
    assert one.steps == 2


def test_a_journalist_copies_a_quotation_in_two_steps(reader):
    one = reader(ITEM)
    one.choose(one.page.locator(".px-said .px-qb").first)
    one.choose(one.page.get_by_role("button", name="Copy quotation"))
    expect(one.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert "[In the article, ¶9 s6]" in copied
    assert one.steps == 2


def test_a_translator_sees_what_a_wording_stands_for_in_two_steps(reader):
    one = reader()
    one.find("network power")
    expect(one.page.locator(":target")).to_contain_text("Cyber power")
    assert one.steps == 2


def test_a_translator_reads_the_sentence_behind_a_place_in_a_step(reader):
    one = reader(ITEM)
    place = one.page.locator(".px-said a.px-loc").first
    one.steps += 1
    if one.way == "phone":
        place.tap()
    elif one.way == "keyboard":
        place.focus()
    else:
        place.hover()
    card = one.page.locator(".px-card").filter(visible=True)
    expect(card).to_contain_text("s6")
    assert one.steps == 1


def test_a_student_sees_what_has_a_date_in_a_step(reader):
    one = reader()
    one.open("Timeline")
    expect(one.page.locator("h1")).to_contain_text("Timeline")
    assert one.steps <= 1 + one.more


def test_a_student_reads_the_plan_in_brief_in_a_step(reader):
    one = reader()
    one.choose(one.page.locator("#px-content a[href='brief.html']").first)
    expect(one.page.locator("h1")).to_contain_text("in brief")
    assert one.steps == 1


@pytest.mark.parametrize("title", ["Changes", "Feed"])
def test_anybody_finds_what_changed_in_a_step(reader, title):
    one = reader(ITEM)
    link = one.page.locator(".px-foot").get_by_role("link", name=title, exact=True)
    assert link.get_attribute("href").endswith(("changes/index.html", "changes/feed.xml"))
    if title == "Changes":
        one.choose(link)
        expect(one.page.locator("h1")).to_contain_text("Changes")
        assert one.steps == 1
