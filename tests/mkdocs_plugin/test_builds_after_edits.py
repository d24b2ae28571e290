"""Whatever was edited before, a build and a server give the site that a build from nothing gives."""

import shutil
from pathlib import Path

import pytest
import yaml
from conftest import build_site, plan_folder
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from plan_explorer.mkdocs_plugin.lazy_pages import LazyPages
from plan_explorer.rendering.renderer import Renderer


def _replace(path: str, *pairs: tuple[str, str]):
    def edit(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        there = next(((old, new) for old, new in [*pairs, *((b, a) for a, b in pairs)] if old in text), None)
        if there:  # done before: undone now
            (folder / path).write_text(text.replace(*there), encoding="utf-8")

    return edit


def _toggle(path: str, text: str):
    def edit(folder: Path) -> None:
        target = folder / path
        if target.exists():
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    return edit


PLAN = "content/plan/content.yaml"
EXTRA = """\
steps:
  - id: more-trees
    under: clean-water
    name: {en: More trees}
    summary: It asks for trees. [@paper p1.1]
"""
EDITS = {
    "reword": _replace(PLAN, ("summary: The ", "summary: Here the ")),
    "rename an id": _replace(PLAN, ("less-runoff", "fewer-floods")),
    "rename a name": _replace(PLAN, ("Clean water", "Clear water")),
    "another entry": _toggle("content/plan/more.yaml", EXTRA),
    "another date": _replace("content/plan/plan.yaml", ("2026-01-31", "2026-02-01")),
    "a template": _toggle("own/bodies/about.md", '{% include "builtin/about.md" %}\n\nAnd this.\n'),
    "a component": _toggle("own/components/facts.html", "<p>facts</p>\n"),
    "a style": _toggle("content/more.css", "p { color: red }\n"),
    "a page by hand": _toggle("content/hand.md", "# By hand\n\n[About](about.md)\n"),
    "a page that wins": _toggle("content/about.md", "# Who we are\n\nWe are us.\n"),
    "a part of the theme": _toggle("theme/partials/px/crumbs.html", "<p>crumbs</p>\n"),
    "the name of the site": _replace("mkdocs.yml", ("site_name: A plan", "site_name: Our plan")),
    "an address": _replace("mkdocs.yml", ("site_name", "site_url: https://example.org/\nsite_name")),
}


def project(folder: Path, **options) -> None:
    shutil.copytree(plan_folder("tiny"), folder / "content" / "plan")
    for name in ("own", "theme"):
        (folder / name).mkdir()
    config = {
        "site_name": "A plan",
        "docs_dir": "content",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False, "custom_dir": "theme"},
        "plugins": [{"plan-explorer": {"templates": "own", **options}}],
        "exclude_docs": "/plan/",
        "extra": {"px": {"policy": ""}},  # the server puts a script of its own into every page
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def built(folder: Path) -> dict[str, bytes]:
    config = load_config(str(folder / "mkdocs.yml"))
    build(config)
    return _files(Path(config.site_dir))


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


@pytest.mark.slow
@settings(max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=6))
def test_any_sequence_of_edits_ends_in_the_site_of_a_full_build(tmp_path_factory, edits):
    here, fresh = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("fresh") / "project"
    project(here)
    built(here)
    for edit in edits:
        EDITS[edit](here)
        incremental = built(here)
    shutil.copytree(here, fresh, ignore=shutil.ignore_patterns(".cache", "site"))
    assert incremental == built(fresh), edits


class Written:
    """The site as a browser gets it from the server for writing."""

    def __init__(self, folder: Path) -> None:
        self._config, self._site = folder / "mkdocs.yml", folder / "served"
        self.waiting: list[str] = []

    def get(self) -> dict[str, bytes]:
        """Build once more, ask for every page that waits, and return all files by their paths."""
        later = self.build()
        self.waiting = later.waiting
        for path in self.waiting:
            assert later.made(path)
        return _files(self._site)

    def build(self) -> LazyPages:
        """Build once more, and return the pages that wait."""
        config = load_config(str(self._config), site_dir=str(self._site))
        plugin = config.plugins["plan-explorer"]  # MkDocs has the same one for all builds of a process
        plugin._serving = True
        build(config, serve_url="http://127.0.0.1/")
        plugin._serving = False
        return plugin.lazy_pages


@pytest.mark.slow
@settings(max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=6))
def test_after_any_edits_the_server_gives_the_pages_of_a_full_build(tmp_path_factory, edits):
    here = tmp_path_factory.mktemp("here")
    project(here, exports=[])
    server, waited = Written(here), 0
    server.get()
    for edit in edits:
        EDITS[edit](here)
        got = server.get()
        waited += len(server.waiting)
        whole = {path: content for path, content in built(here).items() if not path.startswith("sitemap.xml")}
        assert {path: got[path] for path in got if not path.startswith("sitemap.xml")} == whole, edits
    assert waited or "a part of the theme" in edits, "no page was made when it was asked for"


@pytest.mark.slow
def test_each_edit_alone_is_seen(tmp_path):
    """An edit that changes nothing would prove nothing."""
    project(tmp_path)
    before = built(tmp_path)
    for name, edit in EDITS.items():
        edit(tmp_path)
        after = built(tmp_path)
        assert after != before, name
        before = after


def test_a_second_build_writes_no_file(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    build(load_config(str(tmp_path / "mkdocs.yml")))
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before


def test_the_server_makes_only_the_page_that_is_asked_for(tmp_path, monkeypatch):
    project(tmp_path, exports=[])
    server = Written(tmp_path)
    server.get()
    EDITS["reword"](tmp_path)
    made = []
    whole = Renderer.context
    monkeypatch.setattr(Renderer, "context", lambda self, page: made.append(page.path) or whole(self, page))
    later = server.build()
    assert made == []
    assert len(later.waiting) > 10
    assert later.made("steps/less-runoff.html")
    assert made == ["steps/less-runoff.md"]


def test_an_edit_writes_only_the_files_that_it_changes(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*.html")}
    EDITS["reword"](tmp_path)
    build(load_config(str(tmp_path / "mkdocs.yml")))
    changed = {path for path, (content, _) in before.items() if path.read_bytes() != content}
    written = {path for path, (_, when) in before.items() if path.stat().st_mtime_ns != when}
    assert written == changed
    assert 0 < len(changed) < len(before)


def test_a_link_that_leads_nowhere_is_a_warning(tmp_path, caplog):
    build_site(plan_folder("tiny"), tmp_path)
    own = tmp_path / "own" / "bodies"
    own.mkdir(parents=True)
    own.joinpath("about.md").write_text(
        "# About\n\n[Gone](gone.md) [No place](index.md#no-place) [Map](index.md#map) [By hand](hand.md)\n",
        encoding="utf-8",
    )
    (tmp_path / "content" / "hand.md").write_text("# By hand\n", encoding="utf-8")
    text = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("- plan-explorer", "- plan-explorer: {templates: own}").replace(
        "strict: true", "strict: false"
    )
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    build(load_config(str(tmp_path / "mkdocs.yml")))
    dead = [
        r.getMessage() for r in caplog.records if r.levelname == "WARNING" and "nowhere" in r.getMessage()
    ]
    assert dead == [
        "the page 'about.md' has a link 'gone.html' that leads nowhere",
        "the page 'about.md' has a link 'index.html#no-place' that leads nowhere",
    ]
