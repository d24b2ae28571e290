"""Pages on paper: few sheets, each with address and number, nothing cut, no apparatus."""

from io import BytesIO

import pytest
from pypdf import PdfReader

MOST = {
    "overview": 1,
    "brief": 2,
    "item": 2,
    "timeline": 6,
    "view": 3,
    "actor": 2,
    "about": 2,
    "strand": 3,
}
"""The most sheets of the longest page of a kind, in the first plan."""
WITH_MANY_PARTS = 3
"""The most sheets of an entry that holds others."""

APPARATUS = (
    "button:not(th > button), input:not(.px-periods > input), select, form, "
    ".px-header, .px-pager, .px-side, .px-toc, .px-pars, .px-cite, .px-foot ul"
)


def printed(page) -> list[str]:
    """Return the text of each sheet of *page*, in one line."""
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.fixture
def longest(sites):
    """Return a function that gives the longest page in a folder of the first plan's site."""

    def path(folder):
        found = max((sites("real") / folder).rglob("*.html"), key=lambda path: path.stat().st_size)
        return found.relative_to(sites("real")).as_posix()

    return path


def test_a_page_takes_few_sheets(tab, served, kinds, longest):
    page, taken = tab(served()), {}
    paths = [(kinds[kind], most) for kind, most in MOST.items() if kind != "item"]
    paths += [
        (longest("tasks"), MOST["item"]),
        (longest("measures"), MOST["item"]),
        (kinds["item, short"], 1),
    ]
    paths += [(longest(folder), WITH_MANY_PARTS) for folder in ("pillars", "safeguards", "arguments")]
    for path, most in paths:
        page.goto(served() + path)
        if (sheets := len(printed(page))) > most:
            taken[path] = sheets
    assert taken == {}


@pytest.mark.parametrize("kind", ["item", "timeline", "source", "glossary"])
def test_every_sheet_tells_its_address_and_number_and_ends_with_no_heading(tab, served, kinds, kind):
    page = tab(served() + kinds[kind])
    headings = [" ".join(each.split()) for each in page.locator("main :is(h1, h2, h3)").all_inner_texts()]
    sheets = printed(page)
    for number, text in enumerate(sheets, 1):
        foot = f"{number} / {len(sheets)}A plan · Version of "
        assert text.startswith(foot)  # what stands in the margin comes first in the file
        _, address, said = text.partition(f" · {kinds[kind]}")
        assert address
        assert said, f"sheet {number} is empty"
        assert not [each for each in headings if said.endswith(each.rstrip("#")) and len(each) > 3]


def test_nothing_is_cut_and_no_apparatus_is_printed(tab, served, kinds):
    page = tab(served(), width=680)
    page.emulate_media(media="print")
    found = []
    for kind, path in kinds.items():
        page.goto(served() + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(kind, wide)] if wide > 680 else []
        found += [
            (kind, each.evaluate("(e) => e.outerHTML.slice(0, 90)"))
            for each in page.locator(APPARATUS).all()
            if each.is_visible()
        ]
    assert found == []


def test_the_source_is_printed_without_its_list_of_passages(tab, served):
    page = tab(served() + "source/index.html", width=680)
    assert page.locator(".px-pars").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".px-pars").is_visible()
    assert not page.locator(".px-own").is_visible()


@pytest.mark.parametrize(
    ("name", "path", "colon"),
    [
        ("real", "tasks/national-data-libraries/index.html", ":"),
        ("rivage", "mesures/marais.html", "\u00a0:"),
        ("qinghe", "cuoshi/nongjia-shuwu.html", "："),
    ],
)
def test_a_fact_is_parted_from_what_it_is_by_the_colon_of_the_language(tab, served, name, path, colon):
    page = tab(served(name) + path)
    page.emulate_media(media="print")
    term = page.locator(".px-facts dt").first
    assert term.evaluate("e => getComputedStyle(e, '::after').content") == f'"{colon}"'


def test_the_plan_in_brief_takes_two_sheets(tab, served):
    page = tab(served() + "brief.html", java_script_enabled=False)
    first, second = printed(page)
    assert "Section 3 gives four safeguards" in first
    assert page.locator(".px-brief > ul > li").count() == 10
    tasks = page.locator(".px-brief__commitments li")
    assert tasks.count() == 91
    assert (
        tasks.filter(has_text="S2.8")
        .locator(".px-brief__who")
        .inner_text()
        .startswith("Carries out: Cyberspace Commission")
    )
    assert "S4.7 Idea of digitalization" in second


@pytest.mark.parametrize("name", ["tiny", "decade", "river", "town", "vision", "wendmere"])
def test_a_small_plan_in_brief_takes_one(tab, served, name):
    assert len(printed(tab(served(name) + "brief.html"))) == 1


def test_the_plan_in_brief_is_found_from_the_overview_and_by_search(tab, served):
    page = tab(served())
    page.keyboard.press("/")
    page.keyboard.type("two pages")
    page.get_by_role("option").filter(has_text="The Plan in brief").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="The Plan in brief").click()
    assert page.url.endswith("/brief.html")
