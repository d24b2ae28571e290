"""Pages that compare two plans of a site: what both have, what one lacks, with links both ways."""

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, ConfigurationError
from several import build_project, nothing_leads_nowhere, write_project

MATCHES = "clean-river: clean-water\nfair-cost: [less-runoff, clean-air]\n"


def project(folder: Path, by: str, to: str = "water", **options) -> Path:
    """Write a project of two plans that are compared, and give its mkdocs.yml."""
    plugins = [
        {"plan-explorer": {"plan": "plans/water", "prefix": "water"}},
        {"plan-explorer": {"plan": "plans/river", "prefix": "a/river", "compare": [{"to": to, "by": by}]}},
    ]
    settings = write_project(folder, {"water": "tiny", "river": "river"}, plugins=plugins, **options)
    (folder / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "matches.yaml").write_text(MATCHES, encoding="utf-8")
    return settings


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_project(project(tmp_path_factory.mktemp("two"), "matches.yaml"))


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def part(text: str, heading: str) -> str:
    """Return what stands below *heading* in a Markdown file."""
    return text.split(f"\n### {heading}\n")[1].split("\n#")[0]


def test_no_link_leads_nowhere(site):
    nothing_leads_nowhere(site)


def test_what_matches_stands_side_by_side_and_what_one_lacks_below(site):
    page = read(site, "a/river/compare/with-tiny.md")
    both = part(page, "Items of both")
    assert "| River explorer | Tiny explorer |" in both
    assert "| 1 [A river without soil](../pledges/clean-river/index.md): The charter starts" in both
    assert (
        "[Clean water](../../../water/goals/clean-water/index.md): The paper asks for clean water. |" in both
    )
    assert both.count("\n| ") == 3
    assert "[Share the cost](../measures/share-cost.md)" in part(page, "Only in River explorer")
    assert "### Only in Tiny explorer" not in page


def test_the_other_plan_has_the_same_page_from_its_side(site):
    page = read(site, "water/compare/with-river.md")
    assert "| Tiny explorer | River explorer |" in page
    assert "[Share the cost](../../a/river/measures/share-cost.md)" in part(page, "Only in River explorer")
    assert "### Only in Tiny explorer" not in page


def test_links_lead_both_ways_between_entries_and_from_the_overviews(site):
    here = read(site, "a/river/pledges/clean-river/index.html")
    assert 'href="../../../../water/goals/clean-water/index.html"' in here
    assert 'href="../../compare/with-tiny.html"' in here
    there = read(site, "water/goals/clean-water/index.html")
    assert 'href="../../../a/river/pledges/clean-river/index.html"' in there
    assert 'href="compare/with-tiny.html"' in read(site, "a/river/index.html")
    assert 'href="compare/with-river.html"' in read(site, "water/index.html")


@pytest.mark.parametrize("by", ["code", "name"])
def test_entries_match_by_code_or_by_name(tmp_path, by):
    settings = project(tmp_path / "two", by, use_directory_urls=True, strict=False)
    content = tmp_path / "two" / "plans" / "water" / "content.yaml"
    text = content.read_text(encoding="utf-8")
    content.write_text(text.replace("- id: clean-air", "- id: clean-air\n    code: '1'", 1), encoding="utf-8")
    people = tmp_path / "two" / "plans" / "river" / "content.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(
        text.replace("terms:\n", "terms:\n  - {id: run-off, name: RUNOFF}\n", 1), encoding="utf-8"
    )
    site = build_project(settings)
    page = read(site, "a/river/compare/with-tiny.md")
    found = part(page, "Items of both") if by == "code" else part(page, "Terms of both")
    assert ("[Clean air](" in found) if by == "code" else ("[RUNOFF](" in found and "[Runoff](" in found)
    assert f"Entries are matched by {by};" in page


@pytest.mark.parametrize(
    ("by", "to", "told", "hint"),
    [
        ("code", "watr", "names the prefix 'watr', and no other plan stands there", "did you mean 'water'?"),
        ("code", "a/river", "names the prefix 'a/river', and no other plan stands there", "'water'"),
        ("nam", "water", "names 'nam', which is no way to match entries and no file", "did you mean 'name'?"),
        ("no.yaml", "water", "names 'no.yaml', which is no way", "write 'code', 'name', or the path"),
    ],
)
def test_a_setting_that_names_nothing_is_refused_with_a_hint(tmp_path, caplog, by, to, told, hint):
    with pytest.raises(Abort):
        build_project(project(tmp_path / "two", by, to))
    assert f"'compare' of the plan below 'a/river' {told}" in caplog.text
    assert hint in caplog.text


def test_a_setting_without_a_way_to_match_is_refused(tmp_path):
    plugins = [{"plan-explorer": {"plan": "plans/water", "prefix": "water", "compare": [{"to": "x"}]}}]
    with pytest.raises((Abort, ConfigurationError)):
        build_project(write_project(tmp_path / "two", {"water": "tiny"}, plugins=plugins))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "clean-rivr: clean-water\n",
            "matches.yaml:1:1: there is no entry 'clean-rivr' in River explorer [unknown-id]",
        ),
        (
            "clean-river: x-y-z\n",
            "matches.yaml:1:14: there is no entry 'x-y-z' in Tiny explorer [unknown-id]",
        ),
        ("- clean-river\n", "matches.yaml:1:1: this file is no mapping of ids to ids [bad-mapping]"),
        (
            "clean-river:\n",
            "'clean-river' needs the id of an entry of the other plan, or a list of ids [bad-mapping]",
        ),
        ("clean-river: 'a\n", "matches.yaml:1:"),
    ],
)
def test_a_fault_in_a_file_of_matches_is_told_with_its_place(tmp_path, caplog, text, told):
    settings = project(tmp_path / "two", "matches.yaml")
    (tmp_path / "two" / "matches.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Abort):
        build_project(settings)
    assert told in caplog.text
