"""A plan below a prefix: the home page and the other pages stay the site's own."""

import re
import shutil
from urllib.parse import urlsplit

import pytest
from conftest import plan_folder
from edited import run
from mkdocs.exceptions import Abort, ConfigurationError
from several import build_project, nothing_leads_nowhere, write_project


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Return the mkdocs.yml of a site whose plan, from which an entry was renamed, stands below a prefix."""
    settings = write_project(
        tmp_path_factory.mktemp("portal"),
        {"water": "tiny"},
        site_url="https://example.org/portal/",
        nav=None,
    )
    for words in (["publish"], ["rename", "less-runoff", "dry-fields"]):
        assert run(*words, "--plan", settings.parent / "plans" / "water").exit_code == 0
    return settings


@pytest.fixture(scope="module")
def site(settings):
    return build_project(settings)


def read(site, path):
    return (site / path).read_text(encoding="utf-8")


def tabs(page, which=0):
    """Return the titles and addresses of a row of tabs."""
    row = re.findall(r'<nav class="px-tabbar.*?</nav>', page, re.S)[which]
    return dict(re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', row))


def test_the_home_page_stays_and_the_plan_stands_below(site):
    assert "We are the librarians" in read(site, "index.html")
    assert "<title>Portal</title>" in read(site, "index.html")
    assert "<title>Clean water – Tiny explorer</title>" in read(site, "water/goals/clean-water/index.html")
    assert [path.name for path in sorted(site.iterdir())] == [
        ".nojekyll", "404.html", "_redirects", "assets", "index.html", "redirects", "sitemap.xml",
        "sitemap.xml.gz", "team.html", "water",
    ]  # fmt: skip


def test_no_link_leads_nowhere(site):
    nothing_leads_nowhere(site)


def test_the_plan_has_tabs_of_its_own_below_those_of_the_site(site):
    whole = {"index.html": "Our portal", "team.html": "The team", "water/index.html": "Tiny explorer"}
    assert tabs(read(site, "index.html")) == whole
    page = read(site, "water/actors/index.html")
    assert list(tabs(page).values()) == list(whole.values())
    assert '<a href="../index.html" aria-current="true">Tiny explorer</a>' in page
    assert '<a href="index.html" aria-current="page">Actors</a>' in page
    assert tabs(page, 1)["../index.html"] == "Overview"


def test_a_component_on_a_page_of_the_site_leads_into_the_plan(site):
    assert 'href="water/goals/clean-water/index.html"' in read(site, "index.html").split('id="px-content"')[1]


def test_what_servers_and_machines_read_knows_the_prefix(site):
    rule = "/portal/water/steps/less-runoff.html /portal/water/steps/dry-fields.html 301"
    assert rule in read(site, "_redirects").splitlines()
    assert "/water/steps/less-runoff\\.html$" in read(site, "redirects/nginx.conf")
    assert "return 301 $1/water/steps/dry-fields.html;" in read(site, "redirects/nginx.conf")
    assert "url=dry-fields.html" in read(site, "water/steps/less-runoff.html")
    places = re.findall("<loc>([^<]+)</loc>", read(site, "sitemap.xml"))
    assert {"https://example.org/portal/", "https://example.org/portal/water/index.html"} <= {
        place.removesuffix("index.html") if place.endswith("portal/index.html") else place for place in places
    }
    assert all((site / urlsplit(place).path.removeprefix("/portal/")).exists() for place in places)
    canonical = '<link rel="canonical" href="https://example.org/portal/water/about.html">'
    assert canonical in read(site, "water/about.html")
    assert '"@id": "https://example.org/portal/water/index.html#site"' in read(site, "water/about.html")


def test_a_page_that_is_missing_leads_home_and_to_the_plan(site):
    page = read(site, "404.html")
    assert 'href="/portal/water/a-z.html"' in page
    assert 'src="/portal/assets/px/theme.js"' in page


def test_the_search_is_at_the_top(site):
    page = read(site, "water/about.html")
    assert 'src="../assets/px/search.js"' in page
    assert 'src="assets/px/theme.js"' in page
    assert '"water/goals/clean-water/index.html"' in read(site, "assets/px/search/names.js")
    assert not (site / "water" / "assets" / "px" / "search").exists()


def test_folders_as_addresses_work_below_a_prefix(tmp_path):
    settings = write_project(tmp_path / "portal", {"a/water": "tiny"}, use_directory_urls=True)
    (tmp_path / "portal" / "content" / "index.md").write_text("# Home\n\n<!-- plan-explorer: map -->\n")
    site = build_project(settings)
    nothing_leads_nowhere(site)
    assert 'href="a/water/goals/clean-water/"' in read(site, "index.html")
    assert (site / "a" / "water" / "about" / "index.html").is_file()


def test_a_nav_of_the_site_may_name_pages_below_the_prefix(tmp_path):
    nav = [{"Start": "index.md"}, {"Water": "water/index.md"}, {"People": "team.md"}]
    site = build_project(write_project(tmp_path / "portal", {"water": "tiny"}, nav=nav))
    assert tabs(read(site, "index.html")) == {
        "index.html": "Start", "water/index.html": "Water", "team.html": "People"
    }  # fmt: skip
    assert '<a href="index.html" aria-current="true">Water</a>' in read(site, "water/about.html")


def test_a_site_without_a_home_page_is_told(tmp_path, caplog):
    settings = write_project(tmp_path / "portal", {"water": "tiny"}, nav=[{"Water": "water/index.md"}])
    (tmp_path / "portal" / "content" / "index.md").unlink()
    with pytest.raises(Abort, match="1 warnings"):
        build_project(settings)
    assert "the site has no home page; write content/index.md" in caplog.text


@pytest.mark.parametrize("prefix", ["../a", "A b", "a//b", "a.b"])
def test_a_prefix_that_is_no_folder_is_refused(tmp_path, prefix):
    settings = write_project(
        tmp_path / "portal", {"water": "tiny"}, plugins=[{"plan-explorer": {"prefix": prefix}}]
    )
    with pytest.raises((ConfigurationError, Abort)):
        build_project(settings)


def test_a_broken_plan_below_a_prefix_leaves_the_site_as_it_was(tmp_path, caplog):
    settings = write_project(tmp_path / "portal", {"water": "tiny"})
    site = build_project(settings)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    shutil.copy(plan_folder("tiny") / "plan.yaml", tmp_path / "portal" / "plans" / "water" / "content.yaml")
    with pytest.raises(Abort):
        build_project(settings)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_the_links_that_a_site_puts_into_the_footer_are_at_its_top(tmp_path):
    footer = [
        {"title": "The team", "url": "team.md"},
        {"title": "Law", "url": "https://example.org/law"},
    ]
    settings = write_project(tmp_path, {"water": "tiny"}, extra={"px": {"footer": footer}})
    site = build_project(settings)
    for path, up in (("index.html", ""), ("water/goals/clean-water/index.html", "../../../")):
        page = read(site, path)
        assert f'<li><a href="{up}team.html">The team</a></li>' in page
        assert '<li><a href="https://example.org/law">Law</a></li>' in page
    nothing_leads_nowhere(site)
