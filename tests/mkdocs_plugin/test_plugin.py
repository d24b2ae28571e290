"""The plugin: a broken plan never replaces a good site, and a site's own files win."""

import shutil
import time
import weakref
from pathlib import Path

import pytest
from conftest import build_site, plan_folder
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort


@pytest.fixture
def site(tmp_path):
    """Return the folder of a small site that was built once."""
    build_site(plan_folder("tiny"), tmp_path)
    return tmp_path


def rebuild(folder: Path) -> Path:
    config = load_config(str(folder / "mkdocs.yml"))
    build(config)
    return Path(config.site_dir)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_broken_plan_leaves_the_site_as_it_was(site, caplog):
    before = snapshot(site / "site")
    content = site / "content" / "plan" / "content.yaml"
    content.write_text(
        content.read_text(encoding="utf-8").replace("under: clean-water", "under: clean-watr"),
        encoding="utf-8",
    )
    with pytest.raises(Abort):
        rebuild(site)
    assert "content/plan/content.yaml:44:12: there is no entry 'clean-watr' [unknown-id]" in caplog.text
    assert "did you mean 'clean-water'?" in caplog.text
    assert snapshot(site / "site") == before


def test_a_broken_template_leaves_the_site_as_it_was(site, caplog):
    before = snapshot(site / "site")
    (site / "own" / "bodies").mkdir(parents=True)
    (site / "own" / "bodies" / "item.md").write_text("{{ nothing_of_this_name }}", encoding="utf-8")
    settings = site / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("- plan-explorer", "- plan-explorer: {templates: own}"),
        encoding="utf-8",
    )
    with pytest.raises(Abort):
        rebuild(site)
    assert "bodies/item.md:1:1: 'nothing_of_this_name' is undefined [template]" in caplog.text
    assert snapshot(site / "site") == before


def test_a_statement_that_is_not_verified_ends_a_strict_build(tmp_path, caplog):
    """As it fails 'check --strict'; a draft can be shown."""
    folder = shutil.copytree(plan_folder("river"), tmp_path / "river")
    assert (build_site(folder, tmp_path / "sound") / "index.html").is_file()
    (folder / "verified.txt").unlink()
    told = "24 statements not verified: 'plan-explorer check content/plan' shows them"
    with pytest.raises(Abort):
        build_site(folder, tmp_path / "strict")
    assert told in caplog.text
    caplog.clear()
    assert (build_site(folder, tmp_path / "draft", strict=False) / "index.html").is_file()
    assert told in caplog.text


def test_a_warning_of_the_plan_ends_a_strict_build(site, caplog):
    content = site / "content" / "plan" / "content.yaml"
    content.write_text(
        content.read_text(encoding="utf-8").replace("[@paper p1.1]", "[@paper p1.2]"), encoding="utf-8"
    )
    with pytest.raises(Abort, match="1 warnings"):
        rebuild(site)
    assert "nothing cites paper p1.1 [uncovered]" in caplog.text


def test_a_draft_builds_and_tells_how_many_warnings_it_has(tmp_path, caplog):
    shutil.copytree(plan_folder("tiny"), tmp_path / "draft")
    content = tmp_path / "draft" / "content.yaml"
    content.write_text(content.read_text(encoding="utf-8").replace("p1.1]", "p1.2]"), encoding="utf-8")
    assert (build_site(tmp_path / "draft", tmp_path / "s", strict=False) / "index.html").is_file()
    assert [each.getMessage() for each in caplog.records if each.levelname == "WARNING"] == [
        "1 sentence not cited: 'plan-explorer check content/plan' shows them"
    ]


def test_a_draft_tells_in_full_what_check_does_not_know(site, caplog):
    (site / "own" / "components").mkdir(parents=True)
    (site / "own" / "components" / "fact.html").write_text("", encoding="utf-8")
    build_site(
        site / "content" / "plan",
        site / "draft",
        strict=False,
        plugins=[{"plan-explorer": {"templates": str(site / "own")}}],
    )
    [warning] = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert "no page uses 'components/fact.html' [unused-template]" in warning


def test_two_plans_in_one_site_are_refused(tmp_path):
    with pytest.raises(Abort):
        build_site(plan_folder("tiny"), tmp_path, plugins=["plan-explorer", {"plan-explorer": {"plan": "b"}}])
    assert not (tmp_path / "site").exists()


def test_a_page_of_the_site_wins_over_a_generated_one(site):
    (site / "content" / "about.md").write_text("# Who we are\n\nWe are us.\n", encoding="utf-8")
    assert "We are us." in (rebuild(site) / "about.html").read_text(encoding="utf-8")


def test_a_page_written_by_hand_may_call_for_a_component(site):
    (site / "content" / "index.md").write_text("# Welcome\n\n<!-- plan-explorer: map -->\n", encoding="utf-8")
    page = (rebuild(site) / "index.html").read_text(encoding="utf-8")
    assert "Welcome" in page
    assert 'href="goals/clean-water/index.html"' in page


def test_a_component_of_an_unknown_name_is_named_with_its_place(site, caplog):
    (site / "content" / "index.md").write_text("# Welcome\n\n<!-- plan-explorer: mop -->\n", encoding="utf-8")
    with pytest.raises(Abort):
        rebuild(site)
    assert "index.md:3:1: there is no component 'mop' [unknown-component]" in caplog.text
    assert "did you mean 'map'?" in caplog.text


def test_a_nav_of_the_site_is_honoured(site):
    settings = site / "mkdocs.yml"
    nav = "nav:\n  - Start: index.md\n  - Words: glossary/index.md\n"
    settings.write_text(settings.read_text(encoding="utf-8") + nav, encoding="utf-8")
    page = (rebuild(site) / "index.html").read_text(encoding="utf-8")
    tabs = page.split('class="px-tabbar"')[1].split("</nav>")[0]
    assert tabs.count("<a ") == 2
    assert "Words" in tabs


def test_an_empty_name_of_the_site_is_that_of_the_plan(tmp_path):
    page = build_site(plan_folder("tiny"), tmp_path, site_name="") / "about.html"
    assert "Tiny explorer</title>" in page.read_text(encoding="utf-8")


def test_the_plan_itself_is_not_published(site):
    assert not [path for path in snapshot(site / "site") if path.endswith((".yaml", ".yml"))]


def test_a_template_of_the_site_may_extend_the_built_in_one(site):
    (site / "own" / "bodies").mkdir(parents=True)
    (site / "own" / "bodies" / "about.md").write_text(
        '{% include "builtin/about.md" %}\n\nAnd this.\n', encoding="utf-8"
    )
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace(
        "- plan-explorer", "- plan-explorer: {templates: own}"
    )
    settings.write_text(text, encoding="utf-8")
    page = (rebuild(site) / "about.html").read_text(encoding="utf-8")
    assert "About this site" in page
    assert "And this." in page


def test_directory_addresses_lead_to_the_same_pages(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path, use_directory_urls=True)
    page = (site / "steps" / "less-runoff" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../source/#p2-s1"' in page
    assert (site / "source" / "index.html").is_file()


def test_pages_link_to_the_file_that_made_them(tmp_path):
    site = build_site(
        plan_folder("tiny"), tmp_path, repo_url="https://example.org/repo", edit_uri="edit/content/"
    )
    page = (
        (site / "steps" / "less-runoff" / "index.html")
        if (site / "steps" / "less-runoff").is_dir()
        else site / "steps" / "less-runoff.html"
    )
    assert 'href="https://example.org/repo/edit/content/plan/content.yaml"' in page.read_text(
        encoding="utf-8"
    )


def test_a_site_with_an_address_has_a_sitemap_and_others_have_none(site, tmp_path_factory):
    assert not (site / "site" / "sitemap.xml").exists()
    other = build_site(
        plan_folder("tiny"), tmp_path_factory.mktemp("u"), site_url="https://example.org/plan/"
    )
    text = (other / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/plan/steps/less-runoff" in text
    assert "<lastmod>2026-01-31</lastmod>" in text
    page = (other / "about.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/plan/about.html">' in page


def test_a_removed_entry_leaves_no_page_behind(site):
    content = site / "content" / "plan" / "content.yaml"
    text = content.read_text(encoding="utf-8")
    content.write_text(text.replace("id: less-runoff", "id: fewer-floods"), encoding="utf-8")
    built = rebuild(site)
    names = {path.stem for path in (built / "steps").rglob("*.html")} | {
        path.name for path in (built / "steps").iterdir()
    }
    assert "fewer-floods" in " ".join(names)
    assert "less-runoff" not in " ".join(names)
    shutil.rmtree(built)


def test_a_server_keeps_no_plan_from_before_an_edit(site):
    plans = []
    for _ in range(4):
        config = load_config(str(site / "mkdocs.yml"))
        plugin = config.plugins["plan-explorer"]
        plugin.on_startup(command="serve", dirty=False)
        build(config)
        plans.append(weakref.ref(plugin._plans[0].site.plan))
    plugin.on_startup(command="build", dirty=False)
    ends = time.monotonic() + 30
    while (alive := [plan() is not None for plan in plans]) != [False, False, False, True]:
        assert time.monotonic() < ends, alive
        time.sleep(0.1)
