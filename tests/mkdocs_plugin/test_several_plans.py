"""Several plans in one site: each below a prefix, as if it were alone, with what a site has once."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import build_site, plan_folder
from edited import run
from kept import keep
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from several import build_project, nothing_leads_nowhere, write_project

from plan_explorer.mkdocs_plugin import other_plugins

WATER_AND_RIVER = {"water": "tiny", "river": "river"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the site of two plans; an entry of one was renamed."""
    settings = write_project(
        tmp_path_factory.mktemp("two"), WATER_AND_RIVER, site_url="https://example.org/two/"
    )
    for words in (["publish"], ["rename", "less-runoff", "dry-fields"]):
        assert run(*words, "--plan", settings.parent / "plans" / "water").exit_code == 0
    home = settings.parent / "content" / "index.md"
    home.write_text(
        home.read_text(encoding="utf-8").replace("plan-explorer: map", "plan-explorer: river/map")
    )
    return build_project(settings)


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_no_link_leads_nowhere(site):
    nothing_leads_nowhere(site)


def test_a_plan_has_the_pages_that_it_has_alone(site, tmp_path):
    alone = build_site(plan_folder("river"), tmp_path / "alone")
    pages = {path.relative_to(alone).as_posix() for path in alone.rglob("*.html")} - {"404.html"}
    assert pages == {path.relative_to(site / "river").as_posix() for path in (site / "river").rglob("*.html")}
    article = re.compile(r"<article.*?</article>", re.S)
    for page in ("actors/index.html", "source/index.html", "compare/index.html"):
        assert article.findall(read(alone, page)) == article.findall(read(site, f"river/{page}"))


def test_a_page_knows_its_plan(site):
    page = read(site, "river/about.html")
    assert re.search("<title>About – (.*)</title>", page)[1] != "Portal"
    assert 'href="../water/index.html">Tiny explorer</a>' in page
    assert 'aria-current="true">Tiny' not in page
    assert 'src="assets/px/theme.js"' in page
    assert 'href="assets/px/hues.css"' in page


def test_a_component_says_of_which_plan_it_is(site):
    assert re.search('href="river/[a-z]', read(site, "index.html").split('id="px-content"')[1])


def test_a_component_of_no_plan_is_an_error(tmp_path, caplog):
    settings = write_project(tmp_path / "two", WATER_AND_RIVER)
    with pytest.raises(Abort):
        build_project(settings)
    assert "index.md:9:1: there is no component 'map' [unknown-component]" in caplog.text
    assert "water/map" in caplog.text


def test_the_rules_for_servers_are_those_of_all(site):
    rules = read(site, "_redirects").splitlines()
    assert "/two/water/steps/less-runoff.html /two/water/steps/dry-fields.html 301" in rules
    assert len(list(site.rglob("_redirects"))) == 1
    places = re.findall("<loc>https://example.org/two/([^<]+)</loc>", read(site, "sitemap.xml"))
    assert {"water/index.html", "river/index.html", "team.html"} <= set(places)


def test_a_missing_page_leads_to_the_lists_of_both(site):
    page = read(site, "404.html")
    assert '<a href="/two/water/a-z.html">' in page
    assert '<a href="/two/river/a-z.html">' in page


def index(site: Path) -> tuple[dict, dict[str, dict], str]:
    """Return the head of the search index, what it knows by address, and all of its text."""
    folder = site / "assets" / "px" / "search"
    names = (folder / "names.js").read_text(encoding="utf-8")
    head, columns = json.loads(names.partition(",")[2].removesuffix(");\n"))
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    texts = (each.read_text(encoding="utf-8") for each in sorted(folder.glob("text-*.js")))
    return head, {row["url"]: row for row in rows}, "".join(texts)


def test_the_search_is_one_and_knows_the_plans_and_the_pages_of_the_site(site):
    assert len(list(site.rglob("search/names.js"))) == 1
    head, rows, text = index(site)
    assert head["plans"] == [["water/", "Tiny explorer"], ["river/", "River explorer"]]
    assert rows["water/goals/clean-water/index.html"]["title"] == "Clean water"
    assert any(url.startswith("river/") for url in rows)
    assert rows["index.html"]["title"] == "Our portal"
    assert rows["index.html#who-we-are"]["title"] == "Our portal: Who we are"
    assert "We are the librarians of the valley archive." in text
    assert rows["team.html"]["kind"] == rows["water/about.html"]["kind"]


def test_a_page_that_does_not_want_to_be_found_is_not(tmp_path):
    settings = write_project(tmp_path / "one", {"water": "tiny"})
    hidden = "---\nsearch: {exclude: true}\n---\n# Hidden\n\nNever seen.\n"
    (tmp_path / "one" / "content" / "hidden.md").write_text(hidden, encoding="utf-8")
    asks = "---\nsearch: {words: [imprint, 2026]}\n---\n"
    (tmp_path / "one" / "content" / "plain.md").write_text(f"{asks}Words before.\n\n## A & B\n\nBelow.\n")
    head, rows, text = index(build_project(settings))
    assert "plans" not in head
    assert "hidden.html" not in rows
    assert "Never seen" not in text
    assert rows["plain.html"]["title"] == "Plain"
    assert rows["plain.html"]["words"] == ["imprint", "2026"]
    assert rows["plain.html#a-b"]["title"] == "Plain: A & B"
    assert "Words before." in text


@pytest.mark.parametrize(
    ("prefixes", "place"),
    [(("", ""), "at the top of the site, without a 'prefix'"), (("a", "a"), "below the prefix 'a'")],
)
def test_two_plans_in_one_place_are_refused(tmp_path, caplog, prefixes, place):
    options = [
        {"plan": f"plans/{each}", "prefix": at} for each, at in zip(("water", "river"), prefixes, strict=True)
    ]
    plugins = [{"plan-explorer": each} for each in options]
    with pytest.raises(Abort):
        build_project(write_project(tmp_path / "two", WATER_AND_RIVER, plugins=plugins))
    assert f"2 plans would stand {place}" in caplog.text
    assert "hint: give each 'plan-explorer' in mkdocs.yml a folder and a prefix of its own" in caplog.text
    assert not (tmp_path / "two" / "site").exists()


def test_a_prefix_that_meets_a_page_of_another_plan_is_refused(tmp_path, caplog):
    plugins = [
        {"plan-explorer": {"plan": "plans/water"}},
        {"plan-explorer": {"plan": "plans/river", "prefix": "guide"}},
    ]
    with pytest.raises(Abort):
        build_project(write_project(tmp_path / "two", WATER_AND_RIVER, plugins=plugins))
    assert "'guide/index.html' would be of two plans: plans/water and plans/river" in caplog.text


def test_one_plan_may_stand_at_the_top(tmp_path):
    plugins = [
        {"plan-explorer": {"plan": "plans/river", "prefix": "river"}},
        {"plan-explorer": {"plan": "plans/water"}},
    ]
    settings = write_project(tmp_path / "two", WATER_AND_RIVER, plugins=plugins)
    (tmp_path / "two" / "content" / "index.md").unlink()
    site = build_project(settings)
    nothing_leads_nowhere(site)
    assert (site / "goals" / "clean-water" / "index.html").is_file()
    assert 'href="goals/clean-water/index.html"' in read(site, "index.html")
    assert '<a href="index.html" aria-current="page">' in read(site, "river/index.html")


def test_faults_of_all_plans_come_together(tmp_path, caplog):
    settings = write_project(tmp_path / "two", WATER_AND_RIVER)
    for plan in ("water", "river"):
        (tmp_path / "two" / "plans" / plan / "bad.yaml").write_text("- x\n", encoding="utf-8")
    with pytest.raises(Abort):
        build_project(settings)
    assert "plans/water/bad.yaml" in caplog.text
    assert "plans/river/bad.yaml" in caplog.text


def test_a_site_of_several_plans_needs_a_name(tmp_path, caplog):
    with pytest.raises(Abort):
        build_project(write_project(tmp_path / "two", WATER_AND_RIVER, site_name=""))
    assert "the site holds several plans, and 'site_name' in mkdocs.yml is empty" in caplog.text


def test_versions_beside_two_plans_are_compared_with_the_one_of_their_id(tmp_path):
    settings = write_project(tmp_path / "two", WATER_AND_RIVER)
    (tmp_path / "two" / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    keep(tmp_path / "two" / "plans" / "versions")
    site = build_project(settings)  # strict: nothing is said of versions of a plan that is there
    assert (site / "water" / "changes" / "index.html").is_file()
    assert not (site / "river" / "changes").exists()
    assert 'src="assets/px/changes.js"' in read(site, "water/about.html")
    assert "changes.js" not in read(site, "river/about.html")


def test_a_version_of_another_plan_is_not_compared_and_that_is_said(tmp_path, caplog):
    folder = tmp_path / "content"
    folder.mkdir()
    keep(folder / "versions")
    shutil.copytree(plan_folder("river"), folder / "plan")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: ''\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [plan-explorer]\n"
    )
    site = build_project(tmp_path / "mkdocs.yml")
    assert not (site / "changes").exists()
    [told, _] = [each.getMessage() for each in caplog.records if "other-version" in each.getMessage()]
    assert told.startswith("content/versions/2025-01-31.json:1:1: warning: this is a version of 'tiny'")
    assert "hint: the id of the plan is 'river' (in plan.yaml); move the file away" in told


def test_two_plans_are_no_other_plugins_to_each_other(tmp_path):
    settings = write_project(tmp_path / "two", WATER_AND_RIVER)
    assert other_plugins.none_looks(load_config(str(settings)))
