"""Tables: saved as they are shown, narrowed, shared by their address, read on a phone and without scripts."""

import csv
import io
import itertools
import re
from pathlib import Path

import pytest
from conftest import build_site
from crosswalks import with_crosswalk
from playwright.sync_api import expect
from served import Served

ROWS = "tbody tr:not(.px-g):visible"
SMALL = """(links) => links.filter((link) => link.checkVisibility())
  .map((link) => link.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length"""


@pytest.fixture
def table(tab, served):
    return tab(served() + "compare/index.html")


def saved(page) -> list[dict[str, str]]:
    """Return the rows of the file that a page saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save what is shown").click()
    assert download.value.suggested_filename.endswith("-shown.csv")
    text = Path(download.value.path()).read_bytes().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def codes(page) -> list[str]:
    return page.locator(f"{ROWS} td:first-child").all_inner_texts()


def test_what_is_saved_is_what_is_shown_in_its_order_with_everything_about_it(table, sites):
    table.locator("[name=actor]").select_option("cyberspace-commission")
    table.get_by_role("button", name="What the article says", exact=True).click()
    rows = saved(table)
    assert [row["Code"] for row in rows] == codes(table)
    assert len(rows) > 2
    whole = (sites("real") / "data" / "table.csv").read_text(encoding="utf-8").removeprefix("\ufeff")
    by_code = {row["Code"]: row for row in csv.DictReader(whole.splitlines())}
    for row in rows:
        address = row.pop("Address")
        assert address.startswith("http://")
        assert address.endswith(by_code[row["Code"]].pop("Address"))
        assert row == by_code[row["Code"]]
        assert re.search(r"[\u4e00-\u9fff]", row["Name (Chinese)"])
        assert "Cyberspace" in row["Actors and roles"]
        assert row["Labels"]
        assert row["Source"].startswith("¶")


def test_what_the_lens_leaves_out_is_not_saved(table):
    everything = saved(table)
    table.locator("[data-px-lens]").click()
    rows = saved(table)
    assert [row["Code"] for row in rows] == codes(table)
    assert any("reading" in row["Labels"] for row in everything)
    assert not any("reading" in text for row in rows for text in row.values())


def test_a_table_in_a_folder_is_saved_too(tab, sites):
    page = tab((sites("real") / "compare" / "index.html").as_uri())
    page.locator("[name=q]").fill("data centre")
    assert [row["Code"] for row in saved(page)] == codes(page) != []


def test_no_saved_cell_is_run_as_a_formula(table):
    table.route(
        "**/compare/index.html",
        lambda route: route.fulfill(body=route.fetch().text().replace('["F1.1", ', '["=1+1", ')),
    )
    table.reload()
    assert saved(table)[0]["Code"] == "'=1+1"


def test_rows_are_chosen_by_what_they_lack(table):
    for hole, column in {"actor": "Actors", "date": "Date"}.items():
        box = table.get_by_role("checkbox", name=re.compile(f"^no {hole}"))
        box.check()
        cells = table.locator(f"{ROWS} td[data-l={column}]").all_inner_texts()
        number = int(box.locator("xpath=..").inner_text().split()[-1])
        assert len(cells) == number > 0
        assert {text.split()[0] for text in cells} == {"none"}
        box.uncheck()
    table.get_by_role("checkbox", name=re.compile("^no relation")).check()
    link = table.locator(f"{ROWS} th a").first.get_attribute("href")
    table.goto(re.sub(r"compare/.*", "", table.url) + link.removeprefix("../"))
    assert table.locator(".px-rel").count() == 0


def test_rows_are_chosen_by_their_dates(table):
    dates = table.locator(f"{ROWS} td[data-l=Date]")
    before = [date for date in dates.all_inner_texts() if not date.startswith("none")]
    assert any(date.startswith("by 31 December 2025") for date in before)
    table.locator("[name=from]").select_option("2035")
    found = dates.all_inner_texts()
    assert 0 < len(found) < len(before) < 91
    assert all(re.search(r"from|to 2035", date) for date in found)
    table.locator("[name=from]").select_option("")
    table.locator("[name=to]").select_option("2022")
    found = dates.all_inner_texts()
    assert found
    assert all("2022" in date or "2018" in date for date in found)


def test_what_is_chosen_in_a_table_stands_in_its_address(table, tab):
    table.get_by_role("checkbox", name=re.compile("^no actor")).check()
    table.locator("[name=from]").select_option("2025")
    table.locator("[name=label]").select_option("inferred")
    few = codes(table)
    assert few
    other = tab(table.url)
    assert codes(other) == few
    assert other.get_by_role("checkbox", name=re.compile("^no actor")).is_checked()
    other.locator(".px-chips").get_by_role("link").filter(visible=True).first.click()
    other.reload()
    assert codes(other) == few
    other.get_by_role("button", name="Clear", exact=True).click()
    expect(other).not_to_have_url(re.compile("#"))
    assert len(codes(other)) > len(few)


def test_a_part_of_a_long_table_is_one_step_away_and_empty_parts_fall_out(table):
    jumps = table.locator(".px-chips").get_by_role("link").filter(visible=True)
    assert jumps.count() > 10
    jumps.last.click()
    place = table.locator(".px-g").last.bounding_box()
    assert 0 < place["y"] < 900
    table.locator("[name=part]").select_option(index=2)
    assert jumps.count() == 1


def test_terms_and_actors_stand_apart_on_a_phone(tab, served):
    page = tab(served() + "compare/index.html", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for row in page.locator(f"{ROWS} td:has(.px-line ~ .px-line)").all()[:12]:
        boxes = [line.bounding_box() for line in row.locator(".px-line").all()]
        for one, other in itertools.pairwise(boxes):
            below = other["y"] >= one["y"] + one["height"]
            assert below or other["x"] >= one["x"] + one["width"] + 3
        assert len(row.inner_text().split("\n")) >= len(boxes)


CHOICES = ".px-filter label:visible select"


@pytest.mark.parametrize("name", ["real", "river", "town"])
def test_only_what_finds_a_row_is_offered_with_or_without_the_lens(tab, served, name):
    page = tab(served(name) + "compare/index.html")
    for lens in (False, True):
        if lens:
            page.locator("[data-px-lens]").click()
        for select in page.locator(CHOICES).all():
            values = [o.get_attribute("value") or o.inner_text() for o in select.locator("option").all()[1:]]
            assert values, select.get_attribute("name")
            for value in values:
                select.select_option(value)
                assert page.locator(ROWS).count() > 0, (lens, select.get_attribute("name"), value)
            select.select_option("")
        for box in page.locator(".px-holes:visible input:visible").all():
            box.check()
            assert page.locator(ROWS).count() > 0
            box.uncheck()


def test_a_choice_that_the_lens_takes_away_leaves_the_address_too(table, tab):
    table.locator("[name=label]").select_option("background")
    shared = table.url
    assert shared.endswith("#?label=background")
    table.locator("[data-px-lens]").click()
    expect(table).not_to_have_url(re.compile("label"))
    table.goto(shared)
    table.reload()
    expect(table).not_to_have_url(re.compile("label"))
    assert table.locator(ROWS).count() > 10
    table.locator("[data-px-lens-off]").click()
    expect(table).not_to_have_url(re.compile("label"))
    table.locator(".px-chips").get_by_role("link").filter(visible=True).last.click()
    place = table.url
    table.locator("[data-px-lens]").click()
    expect(table).to_have_url(place)


@pytest.mark.parametrize(
    "pasted",
    [
        "“break up digital islands”",
        '"break up digital islands"',
        "Bréak & up ‘DIGITAL’ islands.",
        "ｉｓｌａｎｄｓ",
        "(islands)",
    ],
)
def test_what_is_pasted_is_found_in_the_table(table, pasted):
    table.locator("[name=q]").fill(pasted)
    assert "I2.2" in codes(table)
    table.locator("[name=q]").fill("I2.2")
    assert codes(table) == ["I2.2"]


def test_a_table_without_rows_cannot_be_saved_and_says_why(table):
    button = table.locator("[data-px-save]")
    words = button.inner_text()
    table.locator("[name=q]").fill("zqxj")
    expect(button).to_be_disabled()
    expect(button).to_have_text("Nothing to save: no row is shown")
    table.get_by_role("button", name="Clear the filter").click()
    expect(button).to_be_enabled()
    expect(button).to_have_text(words)


def test_a_crosswalk_without_rows_cannot_be_saved_either(tab, tmp_path):
    site = Served(build_site(with_crosswalk(tmp_path / "town"), tmp_path / "site"))
    page = tab(site.address + "crosswalks/valley/index.html")
    button = page.locator("[data-px-save]")
    expect(button).to_be_enabled()
    assert [row["Code"] for row in saved(page)] == codes(page)
    page.locator("[name=q]").fill("zqxj")
    expect(button).to_be_disabled()
    expect(button).to_have_text("Nothing to save: no row is shown")
    site.close()


@pytest.mark.parametrize("width", [390, 1300])
@pytest.mark.parametrize("path", ["compare/actors.html", "compare/arguments.html", "actors/index.html"])
def test_what_can_be_touched_in_a_matrix_is_large_enough(tab, served, path, width):
    page = tab(served() + path, width=width)
    links = page.locator(".px-matrix td a")
    assert links.count() > 5
    assert links.evaluate_all(SMALL) == 0


def test_a_wide_matrix_fits_a_desk_and_elsewhere_says_that_it_scrolls(tab, served):
    hint = "(box) => getComputedStyle(box, '::before').content"
    box = tab(served() + "compare/actors.html", width=1300).locator(".px-scroll")
    assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 1
    assert box.evaluate(hint) == "none"
    box = tab(served() + "compare/actors.html", width=970).locator(".px-scroll")
    assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") > 50
    assert "Scrolls sideways" in box.evaluate(hint)
    expect(box).to_have_accessible_name("Items by actor – Scrolls sideways")


def test_that_a_matrix_scrolls_is_said_in_the_words_of_the_site(tab, served):
    page = tab(served() + "about.html", width=970)
    learnt = 'pxWords.learn({"Scrolls sideways": "Défile"});'
    page.route(
        "**/assets/px/words.js",
        lambda route: route.fulfill(
            body=route.fetch().text() + learnt, content_type="text/javascript; charset=utf-8"
        ),
    )
    page.goto(served() + "compare/actors.html")
    box = page.locator(".px-scroll")
    assert box.evaluate("(box) => getComputedStyle(box, '::before').content").startswith('"Défile →"')
    expect(box).to_have_accessible_name("Items by actor – Défile")


@pytest.mark.parametrize("lens", [False, True])
def test_a_number_below_a_matrix_leads_to_as_many_rows(tab, served, lens):
    page = tab(served() + "compare/actors.html")
    if lens:
        page.locator("[data-px-lens]").click()
    links = page.locator("tfoot a:visible").all()
    told = [(int(re.match(r"\d+", link.inner_text())[0]), link.get_attribute("href")) for link in links]
    assert links[0].inner_text().endswith("in all: The Party") or lens
    assert len(told) > 3
    for number, href in (told[0], max(told), told[-1]):
        page.goto(f"{served()}compare/{href}")
        page.reload()
        assert page.locator(ROWS).count() == number


def test_the_number_of_a_role_names_what_it_counts(tab, served):
    page = tab(served() + "actors/index.html")
    link = page.locator(".px-matrix--roles tbody tr", has_text="Cyberspace Commission").locator("td a").first
    expect(link).to_have_accessible_name(
        re.compile(r"^In the article \d+ entries – Carries out: Cyberspace Commission$")
    )


def test_without_a_script_the_table_is_whole_and_controls_are_absent(tab, served):
    page = tab(served() + "compare/index.html", java_script_enabled=False)
    assert page.locator(ROWS).count() == page.locator("tbody tr:not(.px-g)").count() > 80
    assert page.locator("main :is(input, select, button):visible").count() == 0
    for name in ("CSV", "XLSX"):
        with page.expect_download() as download:
            page.locator(".px-save").get_by_role("link", name=name).click()
        assert download.value.suggested_filename == f"table.{name.lower()}"
    page.locator(".px-chips a").last.click()
    assert page.url.endswith("#g-" + page.locator(".px-g th").last.get_attribute("id").removeprefix("g-"))


def test_paper_has_the_rows_and_no_controls(table):
    table.emulate_media(media="print")
    assert table.locator(":is(.px-filter, .px-save, .px-chips):visible").count() == 0
    assert table.locator(ROWS).count() > 80


def test_what_is_chosen_on_the_timeline_stands_in_its_address(tab, served):
    page = tab(served() + "timeline/index.html", width=1300)
    everything = page.locator(".px-event:visible").count()
    page.locator("[name=kind]").first.uncheck()
    page.locator("[name=label]").select_option("background")
    few = page.locator(".px-event:visible").count()
    assert 0 < few < everything
    other = tab(page.url)
    assert other.locator(".px-event:visible").count() == few
    assert not other.locator("[name=kind]").first.is_checked()
    other.locator("[name=kind]").first.check()
    other.locator("[name=label]").select_option("")
    expect(other).not_to_have_url(re.compile("#"))
    assert other.locator(".px-event:visible").count() == everything


def test_a_timeline_without_events_says_so_and_offers_to_clear_the_filter(tab, served):
    page = tab(served() + "timeline/index.html", width=390)
    everything = page.locator(".px-event:visible").count()
    empty = page.locator(".px-empty")
    expect(empty).to_be_hidden()
    for box in page.locator("[name=kind]").all():
        box.uncheck()
    expect(empty).to_contain_text("Nothing matches.")
    empty.get_by_role("button", name="Clear the filter").click()
    expect(empty).to_be_hidden()
    expect(page).not_to_have_url(re.compile("#"))
    assert page.locator(".px-event:visible").count() == everything
    assert page.locator("[name=kind]").first.evaluate("(box) => box === document.activeElement")


def test_only_what_finds_an_event_is_offered_under_the_lens(tab, served):
    page = tab(served() + "timeline/index.html", width=1300)
    page.locator("[name=label]").select_option("background")
    page.locator("[data-px-lens]").click()
    expect(page).not_to_have_url(re.compile("label"))
    everything = page.locator(".px-event:visible").count()
    assert 0 < everything < 30
    for box in page.locator("[name=kind]:visible").all():
        box.uncheck()
        assert page.locator(".px-event:visible").count() < everything
        box.check()
    for option in page.locator("[name=label]:visible option").all():
        page.locator("[name=label]").select_option(option.get_attribute("value"))
        assert page.locator(".px-event:visible").count() > 0
