"""On the page of an entry its text comes first, and most of what is seen is the editors' own words."""

import gzip
import statistics

import pytest

OWN_SHARE = """() => {
  const count = (text) => (text.match(/[\\p{L}\\p{N}][\\p{L}\\p{N}’'.-]*/gu) || []).length;
  const own =
    ".px-group > ul > li, .px-silent, .px-name-note, .px-below li > p, .px-part > p, .px-why, .px-reason, " +
    ".px-tab--figures tbody, .px-progress, .px-indicator__about";
  const apparatus = ".px-unsure, .px-loc, .px-ev, .px-qb, .px-sr, [popover]";
  const main = document.querySelector("main");
  let words = 0;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const within = walker.currentNode.parentElement;
    if (within.closest(own) && !within.closest(apparatus) && within.checkVisibility())
      words += count(walker.currentNode.data);
  }
  return [words, count(main.innerText)];
}"""
"""How many words of a page are statements, reasons and notes of the editors, and how many are seen at all."""


def items_below(site):
    """Return the pages of entries below a folder."""
    files = sorted(f for f in site.rglob("*.html") if '<div class="px-cols' in f.read_text(encoding="utf-8"))
    return [file.relative_to(site).as_posix() for file in files]


@pytest.fixture
def items(sites):
    """Return the pages of entries in English, whose words can be counted."""
    return [path for path in items_below(sites("real")) if not path.startswith("zh-Hans/")]


@pytest.mark.parametrize("width", [390, 1280])
def test_about_half_of_what_the_pages_of_entries_show_are_the_editors_own_words(tab, served, items, width):
    page = tab(served() + items[0], width=width)
    found = []
    for path in items[::7]:
        page.goto(served() + path)
        found.append(page.evaluate(OWN_SHARE))
    assert sum(own for own, _ in found) / sum(seen for _, seen in found) >= 0.5
    assert statistics.median(own / seen for own, seen in found) >= 0.43


def test_the_page_of_an_entry_is_light(tab, served, items, sites):
    page = tab(served() + items[0])
    heavy = sorted(items, key=lambda path: -(sites("real") / path).stat().st_size)[:16]
    elements = {}
    for path in heavy:
        page.goto(served() + path)
        elements[path] = page.evaluate("document.querySelectorAll('*').length")
        assert len(gzip.compress((sites("real") / path).read_bytes())) <= 12_000, path
    many = {path: number for path, number in elements.items() if number > 660}
    assert len(many) <= 3, "the arguments, which list what they are made for, with reasons"
    assert max(elements.values()) <= 900


def test_the_page_of_an_entry_is_light_in_chinese_too(sites):
    """A character has three bytes in UTF-8, and there are fewer of them than letters."""
    chinese = sites("real") / "zh-Hans"
    sizes = {path: len(gzip.compress((chinese / path).read_bytes())) for path in items_below(chinese)}
    assert len(sizes) > 150
    assert {path: size for path, size in sizes.items() if size > 12_500} == {}


def top(page, css):
    return page.locator(css).first.bounding_box()["y"]


def test_statements_come_before_facts_on_a_phone_and_beside_them_on_a_desk(tab, served, kinds):
    page = tab(served() + kinds["item"], width=390, height=844)
    assert top(page, ".px-said li") < 600
    assert top(page, ".px-said li") < top(page, ".px-facts") < top(page, ".px-main h2")
    page.set_viewport_size({"width": 1280, "height": 900})
    text, facts = (page.locator(css).bounding_box() for css in (".px-said", ".px-facts"))
    assert facts["x"] > text["x"] + text["width"]
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_function("scrollY > 900")
    seen = page.locator(".px-facts").bounding_box()  # it stays in view, and scrolls by itself if it is high
    assert 0 < seen["y"] < 200
    assert seen["height"] <= 900


def test_siblings_are_told_once(tab, served, items):
    path = next(path for path in items if path.startswith("tasks/"))
    page = tab(served() + path)
    assert page.locator(".px-side").is_visible()
    assert not page.locator(".px-siblings").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator(".px-side").is_visible()
    assert page.locator(".px-siblings summary").inner_text().startswith("More in ")
    assert not page.locator(".px-sib").is_visible()
    page.locator(".px-siblings summary").click()
    assert page.locator(".px-sib a").count() >= 1


def test_a_label_is_said_once_for_all_that_share_it(tab, served, items):
    page = tab(served() + items[0])
    for path in items[::20]:
        page.goto(served() + path)
        for box in page.locator(".px-rel, .px-group").all():
            first, *others = box.locator(".px-ev").evaluate_all("(all) => all.map((each) => each.className)")
            assert first not in others, path


def test_a_long_name_in_latin_letters_and_how_to_cite_are_folded(tab, served, items):
    page = tab(served() + next(path for path in items if path.startswith("tasks/")), width=390)
    name = page.locator(".px-fold--name").first
    assert not name.locator(".px-py").is_visible()
    name.locator("summary").click()
    assert name.locator(".px-py").is_visible()
    page.goto(page.url + "#cite")
    assert not page.locator(".px-cite pre").first.is_visible()
    page.locator(".px-cite summary").click()
    assert page.locator(".px-cite pre").first.is_visible()


def test_no_heading_is_called_by_its_link_and_every_drawing_is_one_image(tab, served, kinds):
    page = tab(served() + kinds["item"])
    tree = page.locator("main").aria_snapshot()
    headings = [line for line in tree.split("\n") if "- heading " in line]
    assert headings
    assert not [line for line in headings if "#" in line]
    assert (
        page.locator(".px-strip > [aria-hidden=true]").count()
        == page.locator(".px-strip[role=img]").count()
        > 0
    )
    assert page.locator(".px-bow svg").first.get_attribute("aria-label").startswith("How ")


def test_labels_on_a_phone_are_13_px_high_at_least(tab, served, items):
    page = tab(served() + items[0], width=390)
    small = """() => [...document.querySelectorAll("main .px-ev, main .px-loc, main small, main .px-unsure")]
      .filter((each) => each.checkVisibility() && parseFloat(getComputedStyle(each).fontSize) < 13)
      .map((each) => each.className + " " + each.textContent.slice(0, 30))"""
    for path in items[::25]:
        page.goto(served() + path)
        assert page.evaluate(small) == [], path
