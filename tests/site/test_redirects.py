"""An address that was ever given out leads to what is meant, whatever became of the entry and of its page."""

import re
import shutil
from urllib.parse import urlsplit

import pytest
from conftest import build_site, plan_folder
from edited import copied, pages, run
from mkdocs.commands.build import build
from mkdocs.config import load_config
from test_site import Page

from plan_explorer.editing.move import move_entry
from plan_explorer.editing.publish import publish_plan
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import open_workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a plan of which much was renamed after it had been published."""
    folder = copied("tiny", tmp_path_factory.mktemp("moved"))
    for words in (
        ["publish"],
        ["rename", "less-runoff", "no-runoff"],
        ["rename", "no-runoff", "dry-fields"],
        ["rename", "council", "assembly"],
        ["rename", "paper", "white-paper"],
        ["remove", "runoff", "--replaced-by", "first-meeting"],
    ):
        result = run(*words, "--plan", folder)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def moved(folder, tmp_path_factory):
    return build_site(folder, tmp_path_factory.mktemp("site"))


def test_every_former_page_sends_its_reader_on(moved):
    for old in ("less-runoff", "no-runoff"):
        html = (moved / "steps" / f"{old}.html").read_text(encoding="utf-8")
        assert '<meta http-equiv="refresh" content="0; url=dry-fields.html">' in html
        assert '<link rel="canonical" href="dry-fields.html">' in html
        assert '<p><a href="dry-fields.html">' in html
        assert 'src="../assets/px/redirect.js" data-to="dry-fields.html" data-keep="true"' in html
        assert not re.search(r"<script>|<style|style=|\son\w+=", html)
    assert (moved / "steps" / "dry-fields.html").is_file()
    assert (moved / "assets" / "px" / "redirect.js").is_file()


def test_a_former_place_on_a_page_is_still_a_place(moved):
    actors = (moved / "actors" / "index.html").read_text(encoding="utf-8")
    line = next(line for line in actors.split("\n") if '<li id="assembly"><a href="assembly.html">' in line)
    assert '<span id="council"></span>' in line
    # The glossary itself is gone with its only term.
    glossary = (moved / "glossary" / "index.html").read_text(encoding="utf-8")
    assert 'data-at-runoff="../timeline/index.html#first-meeting"' in glossary


def test_the_site_is_as_sound_as_any(moved):
    for path in moved.rglob("*.html"):
        page = Page(path)
        assert (path.name, page.headings.count("h1")) == (path.name, 1)
        assert path.parent.name != "steps" or page.inline == [], path
        assert len(set(page.ids)) == len(page.ids), path
        links = [link for link in page.links if ":" not in link and path.name != "404.html"]
        assert [link for link in links if not (path.parent / urlsplit(link).path).exists()] == [], path


def test_servers_are_given_rules(moved):
    lines = (moved / "redirects" / "nginx.conf").read_text(encoding="utf-8").split("\n")
    assert len([line for line in lines if line.startswith("location ~ ")]) == 3
    _, *rules = (moved / "_redirects").read_text(encoding="utf-8").splitlines()
    assert [rule.split() for rule in rules] == [
        ["/actors/council.html", "/actors/assembly.html", "301"],
        ["/steps/less-runoff.html", "/steps/dry-fields.html", "301"],
        ["/steps/no-runoff.html", "/steps/dry-fields.html", "301"],
    ]


def test_rules_know_where_the_site_is_published(folder, tmp_path):
    site = build_site(folder, tmp_path, site_url="https://example.org/our%20plans/water/")
    _, _, rule, *_ = (site / "_redirects").read_text(encoding="utf-8").splitlines()
    old, new = (f"/our%20plans/water/steps/{id}.html" for id in ("less-runoff", "dry-fields"))
    assert rule == f"{old} {new} 301"


@pytest.mark.parametrize("folders", [False, True])
def test_an_address_that_was_cut_off_leads_to_what_holds_it(folders, tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path, use_directory_urls=folders)
    steps = (site / "steps" / "index.html").read_text(encoding="utf-8")
    to = "../aims/" if folders else "../aims/index.html"
    assert f'<p><a href="{to}">Go to: Aims</a></p>' in steps
    assert (site / "steps" / to / ("index.html" if folders else "")).resolve().is_file()
    views = (site / "views" / "index.html").read_text(encoding="utf-8")
    assert f'href="{"../" if folders else "../index.html"}">Go to: Tiny explorer</a>' in views
    pages = {path.parent for path in site.rglob("*.html")}
    assert [path for path in pages if not (path / "index.html").is_file()] == []


def test_a_page_of_the_site_wins_over_that_of_a_folder(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "content" / "plan")
    (tmp_path / "content" / "steps").mkdir()
    (tmp_path / "content" / "steps" / "index.md").write_text("# All steps\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: content\ntheme: material\nplugins: [plan-explorer]\n"
        "use_directory_urls: false\n",
        encoding="utf-8",
    )
    build(load_config(str(tmp_path / "mkdocs.yml"), strict=True))
    assert "All steps" in (tmp_path / "site" / "steps" / "index.html").read_text(encoding="utf-8")


def test_a_former_name_is_found_by_search(moved):
    names = moved.rglob("names.js")
    text = "".join(path.read_text(encoding="utf-8") for path in names)
    assert "less runoff" in text.lower()


def test_an_entry_that_left_a_page_is_still_pointed_at(tmp_path):
    folder = copied("tiny", tmp_path)
    path = folder / "plan.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("under: [goal, step]", "under: [goal], page: parent"),
        encoding="utf-8",
    )
    workspace = publish_plan(open_workspace(folder))
    assert "less-runoff goals/clean-water.md#less-runoff" in workspace.text("published-ids.txt")
    left = pages(move_entry(workspace, "less-runoff", "clean-air"))["goals/clean-water.md"]
    left = re.sub(r'<a id="less-runoff-s-[0-9a-f]{6}"></a>', "", left)
    assert '<a id="less-runoff"></a>Moved: [Less runoff](clean-air.md#less-runoff)' in left
    elsewhere = rename_entry(workspace, "clean-water", "pure-water")
    page = pages(elsewhere)["goals/pure-water.md"]
    assert '<a id="less-runoff"></a>' in page
    assert "Moved" not in page


def test_old_addresses_that_are_folders_lead_on_too(folder, tmp_path):
    site = build_site(folder, tmp_path, use_directory_urls=True)
    html = (site / "steps" / "less-runoff" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../dry-fields/">' in html
    assert 'src="../../assets/px/redirect.js"' in html
    rules = (site / "redirects" / "nginx.conf").read_text(encoding="utf-8")
    assert '/steps/less-runoff/(?:index\\.html)?$" { return 301 $1/steps/dry-fields/; }' in rules
    assert "/steps/no-runoff/ /steps/dry-fields/ 301\n" in (site / "_redirects").read_text(encoding="utf-8")
