"""What changed between two versions is told exactly: no more, no less, word by word."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.build import exportable
from plan_explorer.cli.main import cli
from plan_explorer.exporters import plan_json
from plan_explorer.importers.yaml_writer import format_yaml
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.versions.diff import compare_plans, compare_words
from plan_explorer.versions.diff_formats import as_json, as_markdown, as_text


def entries(files):
    """Yield every entry of the files of a plan."""
    for data in files.values():
        for values in data.values():
            yield from (each for each in values if isinstance(values, list) and isinstance(each, dict))


def replaced(value, old, new):
    """Return *value* with every text that is *old* replaced by *new*, so that links follow a new id."""
    if isinstance(value, dict):
        return {key: replaced(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, old, new) for each in value]
    return new if value == old else value


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """Return a copy of the real plan with four edits, and what a comparison should say of them.

    One entry has another id and name, one stands under another, one has a word more, one another date.
    """
    plan = load_plan(plan_folder("real")).plan
    files = plan_json.whole(exportable(plan_folder("real")))["files"]
    known = {entry["id"]: entry for entry in entries(files) if "id" in entry}
    members = {id for view in plan.views for group in view.groups for id in (*group.members, group.item)}
    alone = [i for i in plan.items if not plan.children(i) and i.id not in members]
    renamed = next(i for i in alone if plan.title(i) == i.name["en"].text)
    moved = next(i for i in alone if i.under and i is not renamed)
    to = next(i for i in plan.items if i.level == plan.parent(moved).level and i.id != moved.under)
    worded = next(i for i in alone if i not in (renamed, moved) and "en" in known[i.id]["summary"])
    dated = next(each for each in plan.events if set(known[each.id]["date"]) == {"edtf", "cites"})
    known[renamed.id]["name"] = known[renamed.id]["name"] | {"en": "Another name"}
    known[moved.id]["under"] = to.id
    first, _, rest = known[worded.id]["summary"]["en"].partition(" ")
    known[worded.id]["summary"] = known[worded.id]["summary"] | {"en": f"{first} quite {rest}"}
    known[dated.id]["date"] = known[dated.id]["date"] | {"edtf": "1999-12-31"}
    files = replaced(files, renamed.id, "another-id")
    known = {entry["id"]: entry for entry in entries(files) if "id" in entry}
    known["another-id"]["formerly"] = [renamed.id]
    folder = tmp_path_factory.mktemp("edited") / "plan"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(format_yaml(data))
    words = worded.summary.words
    return folder, [
        ("moved", moved.id, "under", plan.title(plan.parent(moved)), plan.title(to)),
        ("re-dated", dated.id, "date", str(dated.date), "31 December 1999"),
        ("renamed", "another-id", "id", renamed.id, "another-id"),
        ("renamed", "another-id", "name (en)", plan.title(renamed), "Another name"),
        ("reworded", worded.id, "", words, words.replace(" ", " quite ", 1)),
    ]


def test_a_renamed_moved_and_reworded_copy_of_the_real_plan_is_told_exactly(edited):
    folder, told = edited
    found = compare_plans(load_plan(plan_folder("real")).plan, load_plan(folder).plan)
    assert sorted((c.kind, c.id, c.part, c.before, c.after) for c in found) == told


def test_back_again_is_the_mirror_image(edited):
    old, new = load_plan(plan_folder("real")).plan, load_plan(edited[0]).plan
    there = {(c.kind, c.before, c.after) for c in compare_plans(old, new) if c.id != "another-id"}
    gone = {c.before for c in compare_plans(old, new) if c.part == "id"}
    back = {(c.kind, c.after, c.before) for c in compare_plans(new, old) if c.id not in ("another-id", *gone)}
    assert there == back
    assert compare_plans(old, old) == []


WATER = "Runoff\n    summary: Water that leaves a field. "
COUNCIL = "The paper names a council. [@paper p2.1]"
TINY = {
    "cited": ("for clean water. [@paper p1.1]", "for clean water. [@paper p1.2]"),
    "status": (f"{WATER}[@report]", f"{WATER}[@paper p1.1]"),
    "unlinked": ("      - done-by: council\n        cites: [paper p2.1]\n", ""),
    "said": (COUNCIL, f"{COUNCIL}\n    statements:\n      - It is new. [@report]"),
    "code": ("Clean water\n", "Clean water\n    code: G1\n"),
}
"""Edits of the tiny plan: what is replaced by what."""


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            "cited",
            [("re-cited", "clean-water", "The paper asks for clean water.", "paper p1.1", "paper p1.2")],
        ),
        (
            "status",
            [
                ("re-cited", "runoff", "Water that leaves a field.", "report", "paper p1.1"),
                ("status", "runoff", "Water that leaves a field.", "background", "stated"),
            ],
        ),
        ("unlinked", [("unlinked", "less-runoff", "is done by The council", "", "")]),
        ("said", [("said", "council", "", "", "It is new.")]),
        ("code", [("changed", "clean-water", "code", "", "G1")]),
    ],
)
def test_each_kind_of_change_is_told_once(tmp_path, edit, told):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    path = tmp_path / "plan" / "content.yaml"
    before, after = TINY[edit]
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    found = compare_plans(load_plan(plan_folder("tiny")).plan, load_plan(tmp_path / "plan").plan)
    assert [(c.kind, c.id, c.part, c.before, c.after) for c in found] == told


def test_of_a_comparison_only_the_points_that_changed_are_told(tmp_path):
    folder = shutil.copytree(plan_folder("town"), tmp_path / "plan")
    path = folder / "comparisons.yaml"
    text = path.read_text(encoding="utf-8")
    edits = {"survey: No fish live below": "survey: Few fish live below", "point: Fish": "point: Trout"}
    for before, after in edits.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    found = compare_plans(load_plan(plan_folder("town")).plan, load_plan(folder).plan)
    assert [(c.kind, c.part) for c in found] == [("reworded", ""), ("changed", "points")]
    assert found[1].before.startswith("Fish (")
    assert found[1].after.startswith("Trout (")
    assert len(found[1].after) < 40


@given(st.text(alphabet="ab 数。é-\n", max_size=40), st.text(alphabet="ab 数。é-\n", max_size=40))
def test_the_pieces_of_a_comparison_are_both_texts(before, after):
    pieces = compare_words(before, after)
    assert "".join(piece.words for piece in pieces if piece.op != "new") == before
    assert "".join(piece.words for piece in pieces if piece.op != "gone") == after


def test_one_word_put_in_is_one_piece():
    assert [
        tuple(piece) for piece in compare_words("Bring data together.", "Bring public data together.")
    ] == [
        ("same", "Bring"),
        ("new", " public"),
        ("same", " data together."),
    ]


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["diff", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.slow
def test_folders_files_and_revisions_are_versions(edited, tmp_path, monkeypatch):
    real, edited = plan_folder("real"), edited[0]
    (tmp_path / "old.json").write_bytes(plan_json.export(exportable(real)).files["plan.json"])
    from_folders = run(real, edited)
    assert "{+ quite+}" in from_folders
    assert run(tmp_path / "old.json", edited) == from_folders
    shutil.copytree(real, tmp_path / "content" / "plan")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert run("HEAD", edited) == from_folders
    assert run("HEAD:content/plan", edited, "--exit-code", code=1) == from_folders
    assert run("HEAD") == "Nothing has changed.\n"
    assert "no such folder, file or revision" in run("nowhere", edited, code=1)
    assert "no such folder, file or revision" in run("--", "-x", edited, code=1)


def test_the_forms_say_the_same(edited):
    found = compare_plans(load_plan(plan_folder("real")).plan, load_plan(edited[0]).plan)
    rows = json.loads(as_json(found))["changes"]
    assert [row["id"] for row in rows] == [change.id for change in found]
    assert ["new", " quite"] in next(row for row in rows if row["kind"] == "reworded")["words"]
    assert " **quite** " in as_markdown(found)
    assert "{+ quite+} " in as_text(found)
