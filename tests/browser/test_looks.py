"""How pages look: what belongs together stands together, in line, whole and framed once."""

import pytest
from faults import OVERFLOW
from served import ARGUMENTS, chromium

TOPS = "(all) => all.map((each) => Math.round(each.getBoundingClientRect().top))"
TEXT_TOPS = """(cells) => cells.map((cell) => {
  const range = document.createRange();
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  do if (!walker.nextNode()) return null;
  while (!walker.currentNode.data.trim() || walker.currentNode.parentElement.closest(".px-sr"));
  range.selectNodeContents(walker.currentNode);
  return range.getClientRects()[0].bottom;
})"""
"""Where the first line of each cell ends."""


@pytest.mark.parametrize("path", ["actors/index.html", "compare/arguments.html"])
def test_a_number_in_a_matrix_has_neither_frame_nor_arrow(tab, served, path):
    page = tab(served() + path, width=390)
    numbers = page.locator(".px-matrix td a.px-number")
    assert numbers.count() > 3
    looks = (
        "(all) => all.map((e) => getComputedStyle(e).borderStyle + getComputedStyle(e, '::after').content)"
    )
    assert set(numbers.evaluate_all(looks)) == {"nonenone"}


def test_boxes_of_the_map_keep_their_names_together_on_a_phone(tab, served):
    page = tab(served(), width=390)
    gaps = page.locator(".px-box > a:has(> b + [lang])").evaluate_all(
        """(boxes) => boxes.map((box) => box.querySelector("b + [lang]").getBoundingClientRect().top
          - box.querySelector("b").getBoundingClientRect().bottom)"""
    )
    assert len(gaps) > 8
    assert max(gaps) <= 6
    for band in page.locator(".px-band--slim > ul").all():
        tops = band.locator("> li").evaluate_all(TOPS)
        assert len(set(tops)) == len(tops) / 2


@pytest.mark.parametrize("width", [320, 390, 800, 1300])
@pytest.mark.parametrize("path", ["tasks/data-supply.html", "actors/cyberspace-administration.html"])
def test_the_steps_to_the_next_page_stand_in_one_line(tab, served, path, width):
    page = tab(served() + path, width=width)
    tops = page.locator(".px-pager a").evaluate_all(TOPS)
    assert len(tops) == 2
    assert len(set(tops)) == 1
    assert page.evaluate(OVERFLOW) == []


def test_rows_of_the_long_table_are_cards_on_a_tablet_and_in_line_on_a_desk(tab, served):
    page = tab(served() + "compare/index.html", width=800)
    rows = page.locator(".px-tab--all tbody").first.locator("tr:not(.px-g)")
    tops = rows.evaluate_all(TOPS)
    assert tops[0] == tops[1] < tops[2]
    assert max(row.bounding_box()["height"] for row in rows.all()) < 300
    page.set_viewport_size({"width": 1300, "height": 900})
    for row in page.locator(".px-tab--all tbody tr:not(.px-g)").all()[:30]:
        ends = [end for end in row.locator("> :is(td, th)").evaluate_all(TEXT_TOPS) if end is not None]
        assert max(ends) - min(ends) <= 6


def test_a_row_of_relations_is_set_in_columns_whatever_the_lens_leaves_out(tab, served):
    page = tab(served() + "initiatives/data-elements-x.html", width=1300)
    rows = page.locator(".px-rel > ul > li")
    assert rows.count() > 3
    assert page.locator(".px-rel > ul > li > strong").count() == 0
    assert rows.locator("> .px-kind").count() == rows.count()


def test_labels_in_a_line_stay_in_it(tab, served):
    page = tab(served() + "brief.html", width=1300)
    labels = page.locator("#commitments ~ p").first.locator(".px-ev")
    assert labels.count() > 1
    assert len(set(labels.evaluate_all(TOPS))) == 1
    assert page.locator("#commitments ~ p .px-reason").count() == 0


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("glossary/index.html", ".px-entry"),
        ("arguments/governance.html", ".px-part"),
        ("views/2522.html", ".px-said"),
    ],
)
def test_what_is_said_stands_before_where_a_name_was_seen(tab, served, path, entry):
    page = tab(served() + path)
    entries = page.locator(f"{entry}:has(> .px-name-note):has(> .px-group)")
    assert entries.count() > 0
    blocks = """(all) => all.map((each) => [...each.children]
      .filter((block) => block.matches(".px-name-note, .px-group")).map((block) => block.tagName))"""
    for order in entries.evaluate_all(blocks):
        assert "P" not in order[: order.index("DIV") + 1]
    sizes = "(all) => all.map((each) => parseFloat(getComputedStyle(each).fontSize))"
    assert max(entries.locator("> .px-name-note").evaluate_all(sizes)) < 15


def test_marks_without_words_on_the_timeline_are_told_above_it(tab, served):
    page = tab(served() + "timeline/index.html", width=390)
    mark = "(all) => [...new Set(all.map((e) => e.classList[1]))].sort()"
    shown = page.locator(".px-event > .px-group > .px-group__head > .px-ev").evaluate_all(mark)
    assert len(shown) > 1
    legend = page.locator(".px-marks .px-ev")
    assert legend.evaluate_all(mark) == shown
    assert all(each.is_visible() for each in legend.all())
    page.set_viewport_size({"width": 1300, "height": 900})
    assert not page.locator(".px-marks").is_visible()


@pytest.fixture
def enlarged(browser):
    """Return a tab of a phone whose reader has set the text to twice its size."""
    larger = browser.browser_type.launch(
        executable_path=chromium(), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield larger.new_page(viewport={"width": 390, "height": 844})
    larger.close()


def test_enlarged_text_fits_a_phone(enlarged, served, kinds):
    page = enlarged
    wide = []
    for path in kinds.values():
        page.goto(served() + path)
        wide += [(path, fault) for fault in page.evaluate(OVERFLOW)]
    assert wide == []


def test_a_count_of_changes_leads_to_these(tab, served):
    page = tab(served() + "changes/2026-11-28.html", width=390)
    counts = page.locator(".px-lede a")
    assert counts.count() == page.locator("main h2").count()
    for count in counts.all():
        assert page.locator(count.get_attribute("href")).count() == 1


def test_every_sheet_of_the_long_table_has_its_whole_head(tab, served):
    page = tab(served() + "compare/index.html", width=1300)
    page.emulate_media(media="print")
    buttons = page.locator(".px-tab--all thead button")
    assert buttons.count() > 3
    looks = "(all) => all.map((e) => getComputedStyle(e).display + getComputedStyle(e, '::after').content)"
    assert set(buttons.evaluate_all(looks)) == {"contentsnone"}  # a box of its own is not repeated
