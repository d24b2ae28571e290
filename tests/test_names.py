"""Names that cannot be those of a file or of a place, and dates at the end of all time."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT, build_site, plan_folder

from plan_explorer.build import build
from plan_explorer.checking.ids import ANCHORS
from plan_explorer.checking.settings import RESERVED_FOLDERS
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site import addresses


@pytest.fixture
def edit(tmp_path):
    """Return the folder of a copy of a plan, in one of whose files words are replaced."""

    def copy(name, file, find, put):
        folder = tmp_path / "plan"
        shutil.copytree(plan_folder(name), folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert find in text
        (folder / file).write_text(text.replace(find, put), encoding="utf-8")
        return folder

    return copy


def test_the_places_of_a_page_are_known_to_the_check():
    body = (ROOT / "templates/bodies/item.md").read_text(encoding="utf-8")
    placed = set(re.findall(r'{{ "([a-z-]+)" \| anchor', body))
    assert set(ANCHORS) == placed


def test_the_folders_of_every_site_are_known_to_the_check():
    pages = [
        value for name, value in vars(addresses).items() if name.isupper() and str(value).endswith(".md")
    ]
    folders = {page.split("/")[0] for page in pages if "/" in page}
    assert folders | {"assets", "crosswalks", "views"} == set(RESERVED_FOLDERS)


def test_a_part_of_a_page_is_not_called_like_a_place_of_that_page(edit):
    folder = edit("vision", "vision.yaml", "id: pilgrims", "id: history")
    with pytest.raises(PlanError, match="a place that every page of an item has"):
        load_plan(folder)


def test_the_last_day_of_the_calendar_is_a_date(edit):
    folder = edit("tiny", "content.yaml", "2025-05-02", "9999-12-31")
    assert b"DTSTART;VALUE=DATE:99991231" in build(folder).exports["data/plan.ics"]


def test_what_a_program_keeps_beside_a_file_is_not_read(edit):
    folder = edit("tiny", "content.yaml", "id: runoff", "id: drainage")
    (folder / "~$content.yaml").write_text("terms: []", encoding="utf-8")
    assert "drainage" in load_plan(folder).plan


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_copy_of_the_site_goes_into_git_as_a_whole(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path)
    pages = tmp_path / "pages"
    shutil.copytree(site, pages)
    for words in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *words], cwd=pages, check=True)
    added = subprocess.run(["git", "ls-files"], cwd=pages, check=True, capture_output=True, text=True).stdout
    assert len(added.splitlines()) == len([path for path in site.rglob("*") if path.is_file()])


def test_github_leaves_the_site_as_it_is(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path)
    assert (site / ".nojekyll").read_bytes() == b""
