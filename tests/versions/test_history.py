"""Kept versions become pages of changes, a feed and marks; without them there is nothing of the kind."""

import json
import re
import shutil
from xml.etree import ElementTree

import feedparser
import pytest
from conftest import build_site, plan_folder
from kept import project as made
from test_site import Page

from plan_explorer.build import build, exportable
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.exporters import plan_json
from plan_explorer.loading.plan_json import FORMAT
from plan_explorer.versions.history import build_history
from plan_explorer.versions.read import read_version

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return made(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def site(project, tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    return build_site(project / "plan", target, site_url="https://example.org/plan/")


def test_the_history_of_an_entry_follows_it_through_its_names(project):
    versions = [read_version(str(path), "") for path in sorted((project / "versions").iterdir())]
    now = read_version(str(project / "plan"), "")
    past = build_history(versions, now)
    assert [step.version for step in past.steps] == ["2026-01-31", "2025-06-30"]
    told = [
        (step.version, [(c.kind, c.before, c.after) for c in changes])
        for step, changes in past.of("less-runoff")
    ]
    assert told == [
        ("2026-01-31", [("renamed", "little-runoff", "less-runoff")]),
        ("2025-06-30", [("renamed", "runoff-cut", "little-runoff")]),
    ]
    assert build_history([now], now) is None
    assert build_history([], now) is None


def test_an_entry_that_was_removed_stays_told_and_belongs_to_no_entry_of_today(tmp_path):
    """The step 'drain' was once 'ditch', is removed, and its id is taken by another entry later."""
    days = ("2024-12-31", "2025-01-31", "2025-06-30", "2025-12-31", "2026-01-31")
    entry = "  - id: {}\n    under: clean-water\n    name: Ditches along the fields\n"
    other = "  - id: drain\n    under: clean-air\n    name: Filters on every chimney\n"
    renamed = entry.format("drain") + "    formerly: [ditch]\n"
    plans = []
    for day, more in zip(days, ("", entry.format("ditch"), renamed, "", other), strict=True):
        folder = tmp_path / day
        shutil.copytree(plan_folder("tiny"), folder)
        settings = (folder / "plan.yaml").read_text(encoding="utf-8")
        (folder / "plan.yaml").write_text(settings.replace(days[-1], day), encoding="utf-8")
        content = (folder / "content.yaml").read_text(encoding="utf-8")
        (folder / "content.yaml").write_text(content + more, encoding="utf-8")
        plans.append(read_version(str(folder), ""))

    past = build_history(plans[:3], plans[3])
    assert [[(t.change.kind, t.change.id, t.now) for t in step.changes] for step in past.steps] == [
        [("removed", "drain", "")],
        [("renamed", "drain", "")],
        [("added", "ditch", "")],
    ]
    assert past.steps[0].changes[0].change.title == "Ditches along the fields"
    assert [step.entries for step in past.steps] == [[], [], []]
    assert past.of("drain") == past.of("ditch") == []

    past = build_history(plans[:4], plans[4])
    assert [[(t.change.kind, t.now) for t in step.changes] for step in past.steps] == [
        [("added", "drain")],
        [("removed", "")],
        [("renamed", "")],
        [("added", "")],
    ]
    ((step, changes),) = past.of("drain")
    assert (step.version, [change.kind for change in changes]) == ("2026-01-31", ["added"])


def test_every_step_has_a_page_and_every_entry_its_history(site):
    index = (site / "changes" / "index.html").read_text(encoding="utf-8")
    assert index.index("31 January 2026") < index.index("30 June 2025")
    page = (site / "changes" / "2025-06-30.html").read_text(encoding="utf-8")
    assert "<del>It</del> <ins>The paper</ins> asks for <ins>clean </ins>water." in page
    item = (site / "steps" / "less-runoff.html").read_text(encoding="utf-8")
    assert 'id="history"' in item
    assert "<del>runoff-cut</del> <ins>little-runoff</ins>" in item
    assert 'type="application/atom+xml"' in item
    assert not (site / "versions").exists()
    assert "changes/feed.xml" in (site / "data" / "index.html").read_text(encoding="utf-8")


def test_every_link_of_the_pages_of_changes_leads_somewhere(site):
    for path in (site / "changes").glob("*.html"):
        page = Page(path)
        assert page.inline == []
        for link in page.links:
            target, _, anchor = link.partition("#")
            if "://" not in target:
                found = (path.parent / target).resolve() if target else path
                assert found.is_file(), link
                assert not anchor or anchor in Page(found).ids, link


def test_changes_and_feed_are_found_from_every_page(site):
    pages = [page for page in site.rglob("*.html") if "px-crumbs" in page.read_text(encoding="utf-8")]
    assert len(pages) > 10
    for path in pages:
        foot = path.read_text(encoding="utf-8").split('class="px-foot"')[1]
        leads = [re.search(rf'<a href="([^"]*)">{name}</a>', foot)[1] for name in ("Changes", "Feed")]
        assert [(path.parent / each).resolve().exists() for each in leads] == [True, True], path


def test_the_feed_is_atom_as_rfc_4287_wants_it(site):
    raw = (site / "changes" / "feed.xml").read_bytes()
    feed = ElementTree.fromstring(raw)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert moment.fullmatch(element.findtext(f"{ATOM}updated"))
        assert re.fullmatch(r"urn:[a-z]+:\S+", element.findtext(f"{ATOM}id"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Tiny explorer"
    assert len({element.findtext(f"{ATOM}id") for element in (feed, *entries)}) == 3
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/plan/changes/feed.xml"
    for entry in entries:
        address = entry.find(f"{ATOM}link").get("href")
        assert (site / address.removeprefix("https://example.org/plan/")).is_file()
        assert entry.find(f"{ATOM}content").get("type") == "html"


def test_a_reader_of_feeds_reads_it_without_complaint(site):
    found = feedparser.parse((site / "changes" / "feed.xml").read_bytes())
    assert not found.bozo
    assert [entry.updated for entry in found.entries] == ["2026-01-31T00:00:00Z", "2025-06-30T00:00:00Z"]


def test_the_marks_know_every_page_that_changed(site):
    script = (site / "assets" / "px" / "changes.js").read_text(encoding="utf-8")
    data = json.loads(re.fullmatch(r"window\.pxChanges=(.*);\n", script)[1])
    assert data["plan"] == "tiny"
    assert [step[0] for step in data["steps"]] == ["2026-01-31", "2025-06-30"]
    assert data["steps"][1][1] == ["goals/clean-water/index.html", "steps/less-runoff.html"]
    for _, paths in data["steps"]:
        for path in (*paths, data["page"]):
            assert (site / path.partition("#")[0]).is_file()


@pytest.mark.parametrize("keep", [False, True])
def test_without_an_older_version_there_is_no_shell_of_one(tmp_path, keep):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    if keep:  # the version of today alone is no history
        (tmp_path / "versions").mkdir()
        kept = plan_json.export(exportable(tmp_path / "plan")).files["plan.json"]
        (tmp_path / "versions" / "now.json").write_bytes(kept)
    made = build(tmp_path / "plan")
    paths = [rendered.page.path for rendered in made.pages] + list(made.files)
    assert [path for path in paths if "change" in path and path != "assets/px/changed.js"] == []
    assert not any("changes/" in rendered.body for rendered in made.pages)


def test_a_version_that_is_none_ends_the_build_with_its_name(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "old.json").write_text('{"format": "x"}', encoding="utf-8")
    with pytest.raises(PlanError, match=r"versions/old\.json.*not a plan\.json"):
        build(tmp_path / "plan", "content/plan")


def test_half_a_character_in_a_version_is_a_problem_and_no_traceback(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    (tmp_path / "versions").mkdir()
    text = json.dumps({"format": FORMAT, "files": {"plan.yaml": {"id": "\ud800"}}})
    (tmp_path / "versions" / "old.json").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=r"versions/old\.json.*'\?' cannot be an id"):
        build(tmp_path / "plan", "content/plan")
