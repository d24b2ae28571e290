"""The Markdown tree: complete, replaced as a whole, and never at the cost of somebody's files."""

import re
import subprocess
import sys
from collections import Counter
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import comrak
import pytest
from click.testing import CliRunner
from conftest import PLANS, plan_folder
from diagnostics.test_problems import on_a_terminal
from kept import project
from mkdocs.commands.build import build
from mkdocs.config import load_config
from test_site import pages

from plan_explorer.cli.main import cli


def render(folder, *more):
    return CliRunner().invoke(cli, ["render", str(plan_folder("tiny")), "--output", str(folder), *more])


def test_a_tree_is_written_and_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "tree"
    first = render(folder)
    assert first.exit_code == 0, first.output
    (folder / "docs" / "stray.md").write_text("left over", encoding="utf-8")
    assert render(folder).exit_code == 0
    assert not (folder / "docs" / "stray.md").exists()
    assert (folder / "docs" / "index.md").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["tree"]


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = render(tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}:1:1: this folder contains other files [not-ours]" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_broken_plan_leaves_the_tree_as_it_was(tmp_path):
    assert render(tmp_path / "tree").exit_code == 0
    (tmp_path / "broken").mkdir()
    result = CliRunner().invoke(cli, ["render", str(tmp_path / "broken"), "--output", str(tmp_path / "tree")])
    assert result.exit_code == 1
    assert (tmp_path / "tree" / "docs" / "index.md").is_file()


@pytest.mark.parametrize("urls", [(), ("--directory-urls",)])
def test_the_tree_builds_without_the_plugin_and_without_a_warning(tmp_path, urls):
    assert render(tmp_path / "tree", *urls).exit_code == 0
    config = load_config(str(tmp_path / "tree" / "mkdocs.yml"), strict=True)
    build(config)
    assert (tmp_path / "tree" / "site" / "steps").is_dir()


@pytest.mark.parametrize("engine", [("properdocs", "build", "--strict"), ("zensical", "build")])
def test_other_engines_build_the_same_pages_and_every_link_leads_somewhere(tmp_path, engine):
    assert render(tmp_path / "tree").exit_code == 0
    command = [sys.executable, "-m", *engine]
    done = subprocess.run(command, cwd=tmp_path / "tree", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    site = tmp_path / "tree" / "site"
    found = pages(site)
    assert len(found) > 15
    for path, page in found.items():
        for link in page.links:
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc and parts.path and path.name != "404.html":
                target = path.parent / unquote(parts.path)
                assert (target / "index.html" if target.is_dir() else target).is_file(), (
                    f"{path.name}: {link}"
                )


def test_progress_shows_on_a_terminal_only(tmp_path):
    arguments = ["render", str(plan_folder("tiny")), "--output"]
    assert b"Writing" in on_a_terminal([*arguments, str(tmp_path / "a")], {"A": "1"})
    result = CliRunner().invoke(cli, [*arguments, str(tmp_path / "b")])
    assert (result.exit_code, result.stderr) == (0, "")


def elements(markdown, **options):
    """Return the HTML elements of a page, by an engine that knows CommonMark and tables alone."""
    extensions, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = True
    for name, value in options.items():
        setattr(rendering, name, value)
    html = comrak.render_markdown(markdown, extension_options=extensions, render_options=rendering)
    return list(ElementTree.fromstring(f"<div>{html}</div>").iter())


def html_tags(markdown):
    """Return how often each HTML tag is written in a page, beyond those that Markdown stands for."""
    written = Counter(element.tag for element in elements(markdown, unsafe_=True))
    return written - Counter(element.tag for element in elements(markdown, escape=True))


def leftovers(markdown):
    """Return what in the text of a page looks like a list of attributes or another mark of some dialect."""
    texts = []
    for element in elements(markdown, unsafe_=True):
        texts += [element.text] if element.tag not in ("code", "pre") else []
        texts.append(element.tail)
    return [text for text in texts if re.search(r"\{[:.#%{]|markdown=|^:::|^!!! ", text or "")]


@pytest.mark.parametrize("name", [*PLANS, "with versions"])
def test_pages_are_plain_markdown_without_leftovers(tmp_path, name):
    folder = plan_folder(name) if name in PLANS else project(tmp_path) / "plan"
    done = CliRunner().invoke(cli, ["render", str(folder), "--output", str(tmp_path / "tree")])
    assert done.exit_code == 0, done.output
    paths = sorted((tmp_path / "tree" / "docs").rglob("*.md"))
    assert f"{len(paths)} pages in" in done.output
    tags = Counter()
    for path in paths:
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        assert len(body) > 20, path
        found = html_tags(body)
        anchors = [
            each for each in elements(body, unsafe_=True) if each.tag == "a" and each.get("href") is None
        ]
        assert all(each.keys() == ["id"] and not each.text and not len(each) for each in anchors), path
        assert found["a"] == len(anchors), path
        assert leftovers(body) == [], path
        tags += found
    assert set(tags) == {"a"} | ({"del", "ins"} if name in ("real", "with versions") else set())
    assert tags["a"] > 2 * len(paths)


def test_leftovers_are_found_where_there_are_some():
    for text in ("# A {: .b}", "a {#b}", "- a {.b}", "a {{ b }}", "!!! note", "::: a"):
        assert leftovers(text), text
    assert leftovers("`{: .a}` \n\n```\n{#a}\n```") == []
    tags = html_tags('<div markdown="1">\n\n*a* [b](c)\n\n</div>\n\n<a href="c">b</a> <i>c</i> `<u>`')
    assert tags == {"div": 1, "a": 1, "i": 1}


def test_pages_with_components_are_those_of_the_site(tmp_path, sites):
    assert render(tmp_path / "tree", "--components").exit_code == 0
    build(load_config(str(tmp_path / "tree" / "mkdocs.yml"), strict=True))
    there, here = sites("tiny"), tmp_path / "tree" / "site"
    for page in ("index.html", "steps/less-runoff.html", "glossary/index.html", "guide/messages.html"):
        ours, theirs = ((site / page).read_text(encoding="utf-8") for site in (there, here))
        article = ours.partition("<article")[2].partition(">")[2].partition("</article>")[0]
        lines = [line.strip() for line in article.split("\n") if line.strip() and "&#" not in line]
        assert len(lines) > 10
        assert [line for line in lines if line not in theirs] == [], page
        assert "assets/px/other-theme.css" in theirs
        assert ("px-crumbs" in ours, "px-tally" in ours) == ("px-crumbs" in theirs, "px-tally" in theirs)


def links_of(path):
    """Return the relative links of a Markdown file, without what is code in it."""
    text = re.sub(r"(?s)```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"))
    found = re.findall(r"(?<!\\)\]\(([^\s)]+)", text)
    return [link for link in found if ":" not in link and not link.startswith("#")]


@pytest.mark.parametrize("name", PLANS)
def test_links_can_lead_to_built_pages_as_hugo_wants_them(tmp_path, name):
    docs = tmp_path / "tree" / "docs"
    options = ["--links", "html", "--directory-urls", "--index", "_index.md"]
    arguments = ["render", str(plan_folder(name)), "--output", str(tmp_path / "tree"), *options]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert not list(docs.rglob("index.md"))
    # Where Hugo publishes each page, and its addresses: its headings, by their words, and the anchors.
    pages = {}
    for path in docs.rglob("*.md"):
        folder = path.parent if path.name == "_index.md" else path.with_suffix("")
        pages[folder] = path
    assert len(pages) > 15
    seen = 0
    for folder, path in pages.items():
        for link in links_of(path):
            target, _, anchor = link.partition("#")
            there = (folder / unquote(target)).resolve()
            assert there in pages or there.is_file(), f"{path}: {link}"
            if anchor and there in pages:
                assert f'<a id="{unquote(anchor)}">' in pages[there].read_text(encoding="utf-8"), link
            seen += 1
    assert seen > 100


def test_index_pages_can_have_another_name_and_links_lead_to_it(tmp_path):
    assert render(tmp_path / "tree", "--index", "README.md").exit_code == 0
    docs = tmp_path / "tree" / "docs"
    found = [(path, link) for path in docs.rglob("*.md") for link in links_of(path)]
    assert any("README.md" in link for _, link in found)
    for path, link in found:
        assert (path.parent / unquote(link.partition("#")[0])).is_file(), f"{path}: {link}"
    build(load_config(str(tmp_path / "tree" / "mkdocs.yml"), strict=True))
    assert (tmp_path / "tree" / "site" / "goals" / "clean-air" / "index.html").is_file()


def test_options_that_do_not_go_together_are_refused(tmp_path):
    for options in (["--components", "--links", "html"], ["--index", "../a.md"], ["--index", "index"]):
        assert render(tmp_path / "tree", *options).exit_code == 2
    assert not (tmp_path / "tree").exists()
