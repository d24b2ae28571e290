"""Beside other plugins: what they take from MkDocs is there, and those that cannot work are refused."""

from pathlib import Path

import pytest
from conftest import build_site, plan_folder
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from plan_explorer.mkdocs_plugin.other_plugins import REFUSED


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a small site with a page of its own, built once."""
    folder = tmp_path_factory.mktemp("site")
    build_site(plan_folder("tiny"), folder)
    (folder / "content" / "own").mkdir()
    (folder / "content" / "own" / "index.md").write_text("# Own\n", encoding="utf-8")
    (folder / "content" / "own" / "more.md").write_text("# More\n", encoding="utf-8")
    return folder


def built(folder: Path, other: BasePlugin, name: str = "another") -> Path:
    """Return the site that is built with the plugin *other* beside ours."""
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins[name] = other
    build(config)
    return Path(config.site_dir)


def tabs(page: Path) -> list[str]:
    """Return the addresses of the top pages, as *page* links to them."""
    bar = page.read_text(encoding="utf-8").split('class="px-tabbar"')[1].split("</nav>")[0]
    return [link.split('"')[0] for link in bar.split('href="')[1:]]


class OnePage(BasePlugin):
    """Takes the environment of the theme itself, and writes where the site was to be before it was begun."""

    def on_config(self, config):
        file = File("all.md", "", config.site_dir, use_directory_urls=False)
        self.page = Page("All", file, config)
        return config

    def on_template_context(self, context, **_):
        self.context = context
        return context

    def on_post_build(self, config):
        self.page.content = "<h1>Everything</h1>"
        template = config.theme.get_env().get_template("main.html")
        html = template.render({**self.context, "page": self.page})
        Path(self.page.file.abs_dest_path).write_text(html, encoding="utf-8")


def test_a_page_of_another_plugin_is_shown_by_the_theme(folder):
    page = (built(folder, OnePage()) / "all.html").read_text(encoding="utf-8")
    assert "<h1>Everything</h1>" in page
    assert '<a href="about.html">About</a>' in page


class Watcher(BasePlugin):
    """Notes what other plugins read of a page."""

    def on_pre_build(self, config):
        self.nav = config.nav

    def on_nav(self, nav, config, files):
        listed = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        self.listed = {file.src_uri: file.page.title for file in listed if file.page}

    def on_page_markdown(self, markdown, page, **_):
        made_from = Path(page.file.abs_src_path or "")
        self.seen = getattr(self, "seen", {}) | {page.file.src_uri: (made_from.name, made_from.is_file())}
        self.meta = page.meta if page.file.src_uri == "about.md" else getattr(self, "meta", {})


def test_a_page_names_the_file_it_is_made_from(folder):
    watcher = Watcher()
    built(folder, watcher)
    assert watcher.seen["steps/less-runoff.md"] == ("content.yaml", True)
    assert watcher.seen["about.md"] == ("plan.yaml", True)
    assert watcher.seen["own/index.md"] == ("index.md", True)


def test_the_text_of_a_plan_is_no_template_of_another_plugin(folder):
    watcher = Watcher()
    built(folder, watcher)
    assert watcher.meta["render_macros"] is False


@pytest.mark.parametrize("name", ["awesome-nav", "awesome-pages"])
def test_a_plugin_that_makes_the_navigation_finds_the_top_pages(name, folder):
    watcher = Watcher()
    page = built(folder, watcher, name) / "index.html"
    assert watcher.nav is None
    assert {"index.md": "Overview", "glossary/index.md": "Glossary"}.items() <= watcher.listed.items()
    assert {"own/index.md", "own/more.md"} <= set(watcher.listed)
    assert not [path for path in watcher.listed if path.startswith(("steps/", "about"))]
    assert {"glossary/index.html", "own/index.html"} <= set(tabs(page))


class SectionPages(BasePlugin):
    """Makes the first page of a section the page of the section."""

    def on_nav(self, nav, config, files):
        first, *rest = (files.get_file_from_path(path).page for path in ("own/index.md", "own/more.md"))
        first.is_section = True
        first.children = rest
        nav.items = [*(item for item in nav.items if not isinstance(item, Section)), first]
        return nav


def test_a_section_that_is_a_page_leads_to_itself(folder):
    assert tabs(built(folder, SectionPages()) / "index.html")[-1] == "own/index.html"


@pytest.mark.parametrize("name", [*REFUSED, "material/blog"])
def test_a_plugin_that_cannot_work_is_refused_with_the_reason(name, folder, caplog):
    before = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*.html")}
    with pytest.raises(Abort):
        built(folder, BasePlugin(), name)
    why, hint = REFUSED[name.removeprefix("material/")]
    assert f"cannot work beside plan-explorer: {why}\n    hint: {hint}" in caplog.text
    assert {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*.html")} == before


class Failing(BasePlugin):
    """Fails before ours has its turn."""

    def on_config(self, config):
        raise PluginError("this is what is wrong")

    on_config.mkdocs_priority = 100


def test_a_fault_of_another_plugin_is_told_as_it_is(folder, caplog):
    with pytest.raises(Abort):
        built(folder, Failing())
    assert "this is what is wrong" in caplog.text


def test_a_site_for_a_disk_asks_no_other_host_for_a_script(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path, plugins=["plan-explorer", "offline"])
    assert 'src="http' not in "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
