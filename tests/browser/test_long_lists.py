"""Lists in parts: for everybody, on every screen, and without a script from an old address to the entry."""

import pytest
from conftest import build_site
from faults import found_by_axe, too_wide
from long_lists import shrink, write
from served import Served

PAGES = (
    "glossary/index.html",
    "glossary/f.html",
    "glossary/free-0.html",
    "glossary/pinyin.html",
    "glossary/pinyin/z.html",
    "glossary/pinyin/ziyou-0.html",
    "actors/index.html",
    "actors/by-kind/others.html",
    "actors/actor-1.html",
    "timeline/index.html",
    "timeline/1990.html",
    "a-z.html",
    "a-z/f.html",
    "compare/index.html",
    "compare/all/aim-1.html",
    "compare/actors.html",
    "compare/actors/aim-1.html",
    "source/index.html",
    "source/from-3.html",
    "framework/index.html",
)


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        return build_site(write(folder / "plan"), folder / "site", strict=False)


@pytest.fixture(scope="module")
def address(long_site):
    server = Served(long_site)
    yield server.address
    server.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(tab, address, axe, width):
    page, found = tab(address, width=width, reduced_motion="reduce"), []
    for path in PAGES:
        page.goto(address + path)
        assert page.locator("h1").count() == 1, path
        found += [(path, *fault) for fault in found_by_axe(page, axe)]
    assert found == []


def test_no_page_is_wider_than_its_window(tab, address):
    page, wide = tab(address), []
    for path in PAGES:
        page.goto(address + path)
        wide += [(path, *fault) for fault in too_wide(page)]
    assert wide == []


@pytest.mark.parametrize(
    "old", ["glossary/index.html#free-thing", "actors/index.html#actor-1", "source/index.html#p3-s2"]
)
def test_an_old_address_leads_to_its_entry_without_a_script(tab, address, old):
    page = tab(address + old, java_script_enabled=False)
    place = page.locator(f"[id={old.partition('#')[2]}]")
    line = page.locator("li", has=place) if place.evaluate("e => e.tagName") != "LI" else place
    line.get_by_role("link").click()
    assert page.url != address + old
    if "actors/" in old:
        assert page.url.endswith("/actors/actor-1.html")
        return
    there = page.locator(":target")
    assert there.evaluate("e => e.id") == page.url.partition("#")[2]
    assert old.partition("#")[2].startswith(page.url.partition("#")[2])


def test_every_page_is_valid_html(long_site, faults_of):
    assert faults_of(long_site) == []
