"""The built site: every link leads somewhere, every run of Chinese says so, and bytes repeat."""

import filecmp
import itertools
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import PLANS, ROOT, build_site, plan_folder

from plan_explorer.loading.checked_plan import load_plan

CJK = re.compile("[\u3400-\u9fff]")


class Page(HTMLParser):
    """The addresses, anchors and languages of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.unmarked: list[str] = []
        self.headings: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("href", "src") if given.get(name)]
        self.ids += [given["id"]] if given.get("id") else []
        if "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(f"<{tag}>")
        if tag in ("script", "style") and not given.get("src") and given.get("type", "").find("json") < 0:
            self.inline.append(f"<{tag}>")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in ("meta", "link", "img", "br", "hr", "input", "source", "wbr"):
            self._open.append((tag, given.get("lang", "")))

    def handle_endtag(self, tag):
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                break

    def handle_data(self, data):
        tags = [tag for tag, _ in self._open]
        language = next((lang for _, lang in reversed(self._open) if lang), "")
        code = {"script", "style", "pre", "title", "svg"} & set(tags)
        if CJK.search(data) and not language.startswith(("zh", "ja")) and not code:
            self.unmarked.append(data.strip())


@cache
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_every_link_and_anchor_leads_somewhere(sites, name):
    found = pages(sites(name))
    dead = []
    for path, page in found.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchors = found[target].ids if target in found else None
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in (anchors or [])):
                dead.append(f"{path.name}: {link}")
    assert dead == []
    assert sum(len(page.links) for page in found.values()) > 20 * len(found)


@pytest.mark.parametrize("name", PLANS)
def test_ids_are_unique_and_nothing_is_inline(sites, name):
    for path, page in pages(sites(name)).items():
        twice = [id for id, number in Counter(page.ids).items() if number > 1]
        assert (path.name, twice, page.inline) == (path.name, [], [])


@pytest.mark.parametrize("name", PLANS)
def test_every_page_has_one_title_and_no_heading_is_skipped(sites, name):
    for path, page in pages(sites(name)).items():
        assert page.headings.count("h1") == 1, path
        depths = [int(heading[1]) for heading in page.headings]
        assert all(after - before <= 1 for before, after in itertools.pairwise(depths)), path


def test_every_run_of_chinese_is_marked_where_another_language_is_told(sites):
    site = sites("real")
    english = {path: page for path, page in pages(site).items() if not path.is_relative_to(site / "zh-Hans")}
    assert len(english) > 200
    assert {path.name: page.unmarked for path, page in english.items() if page.unmarked} == {}


def test_nothing_is_loaded_from_elsewhere(sites):
    for path in sorted(sites("real").rglob("*")):
        if path.suffix in (".html", ".css", ".js"):
            text = path.read_text(encoding="utf-8")
            loads = re.findall(
                r"""(?:<(?:script|img|link|iframe)\b[^>]*(?:src|href)=["']?|url\(["']?|@import\s+["'])(?:https?:)?//[^"')\s]+""",
                text,
            )
            assert [load for load in loads if "canonical" not in load] == [], path


@pytest.mark.parametrize("name", PLANS)
def test_every_entry_has_its_address_in_the_site(sites, name):
    plan = load_plan(plan_folder(name)).plan
    from plan_explorer.site.addresses import Addresses

    addresses, found = Addresses(plan), pages(sites(name))
    for entity in plan:
        if entity.id != plan.settings.id:
            address = addresses.of(entity)
            page = found[(sites(name) / address.path).with_suffix(".html").resolve()]
            assert not address.anchor or address.anchor in page.ids, entity.id


def test_every_sentence_of_the_primary_source_has_an_address(sites):
    plan = load_plan(plan_folder("real")).plan
    ids = pages(sites("real"))[(sites("real") / "source" / "index.html").resolve()].ids
    places = [id for id in ids if re.fullmatch(r"p\d+-s\d+", id)]
    assert len(places) == sum(len(passage.sentences) for passage in plan.primary.passages) == 73


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_the_same_plan_gives_the_same_bytes_in_another_folder(sites, name, tmp_path):
    again = build_site(plan_folder(name), tmp_path / "another" / "folder")
    compared = filecmp.dircmp(sites(name), again)
    assert list(_differences(compared)) == []


def _differences(compared: filecmp.dircmp):
    yield from compared.left_only + compared.right_only
    _, different, broken = filecmp.cmpfiles(
        compared.left, compared.right, compared.common_files, shallow=False
    )
    yield from different + broken
    for below in compared.subdirs.values():
        yield from _differences(below)


def test_another_plan_in_the_same_place_is_another_site(sites):
    titles = {name: (sites(name) / "index.html").read_text(encoding="utf-8") for name in PLANS}
    assert len(set(titles.values())) == len(PLANS)


def test_no_file_of_the_repository_knows_this_machine():
    for folder in ("generator", "templates", "content", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".md", ".html", ".yaml", ".js", ".css"):
                text = path.read_text(encoding="utf-8", errors="replace")
                assert not re.search(r"(?<![\w.:-])/(home|root|work)/\w", text), path


def test_the_lens_tells_how_many_entries_it_leaves_out_beside_a_sentence(sites):
    page = (sites("real") / "source" / "index.html").read_text(encoding="utf-8")
    told = re.compile(
        r'<div class="px-its">(.*)<p class="px-ghost">(\d+) entr(?:y is|ies are) left out\.</p></div>'
    )
    boxes = told.findall(page)
    assert boxes
    for entries, number in boxes:
        assert len(re.findall(r'<span class="px-ref[^"]* px-off">', entries)) == int(number)
