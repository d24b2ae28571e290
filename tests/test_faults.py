"""Whatever ends a program or fails under it, there is what was before, or what was asked for, and no rest."""

import errno
import gc
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from conftest import plan_folder
from edited import copied, run
from kills import killed_at, kills, left_beside, steps_of, tree
from mkdocs.__main__ import cli as mkdocs_cli
from mkdocs.commands.build import build
from mkdocs.config import load_config

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.importers.write import write_plan
from plan_explorer.model import folders

TEXT = "The paper asks for clean water."


def in_many_files(folder: Path, number: int = 32) -> Path:
    """Make a plan in *folder*, each of whose *number* last files refers to the entry clean-air."""
    shutil.copytree(plan_folder("tiny"), folder)
    for at in range(number):
        text = (
            f"steps:\n  - id: step-{at}\n    name: Step {at}\n    under: clean-air\n    code: 'X{at}'\n"
            "    summary: It is asked for. [@paper p1.1]\n"
        )
        (folder / f"steps-{at}.yaml").write_text(text, encoding="utf-8")
    return folder


def restore(folder: Path, kept: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path in folder.parent.glob(f".{folder.name}-*"):
        shutil.rmtree(path)
    shutil.copytree(kept, folder)


def project(folder: Path) -> Path:
    """Return the folder of a small project with a site."""
    shutil.copytree(plan_folder("tiny"), folder / "content" / "plan")
    settings = {
        "site_name": "A plan",
        "docs_dir": "content",
        "theme": {"name": "material", "font": False},
        "plugins": ["plan-explorer"],
        "exclude_docs": "/plan/",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


def build_project(folder: Path) -> None:
    build(load_config(str(folder / "mkdocs.yml")))


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "content.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def mkdocs(folder: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


# --- kills


@pytest.mark.slow
@pytest.mark.parametrize("swaps", ["exchange", "two renames"])
def test_a_rename_over_many_files_that_is_killed_is_done_or_not_begun(tmp_path, monkeypatch, swaps):
    folder = in_many_files(tmp_path / "plan")
    kept = shutil.copytree(folder, tmp_path / "kept")
    before = open_workspace(folder)
    after = rename_entry(before, "clean-air", "pure-air")
    assert len(after.changed_files(before)) > 32
    old = tree(folder)
    after.write(before)
    new = tree(folder)
    assert new != old
    if swaps == "two renames":
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    seen = []
    for _ in kills(lambda: after.write(before), lambda: restore(folder, kept)):
        if not folder.exists():  # between the two renames: the next program puts it back
            assert open_workspace(folder).plan
        seen.append("old" if tree(folder) == old else "new" if tree(folder) == new else "mixed")
    assert len(seen) > 40
    assert set(seen) == {"old", "new"}
    assert left_beside(folder) == []
    assert tree(folder) == new


@pytest.mark.slow
def test_a_site_is_old_or_new_whenever_its_build_is_killed(tmp_path):
    folder = project(tmp_path)
    site = folder / "site"
    build_project(folder)
    (site / ".gitignore").write_text("*", encoding="utf-8")
    kept = shutil.copytree(site, tmp_path / "kept")
    old = tree(site)
    edit(folder / "content" / "plan", TEXT, "The paper asks for water.")
    edit(folder / "content" / "plan", "less-runoff", "little-runoff")
    steps = steps_of(lambda: build_project(folder))
    new = tree(site)
    seen = []
    for number in range(steps // 2, steps, steps // 50):
        restore(site, kept)
        assert killed_at(number, lambda: build_project(folder))
        seen.append("old" if tree(site) == old else "new" if tree(site) == new else "mixed")
    assert len(seen) > 20
    assert set(seen) == {"old", "new"}
    build_project(folder)
    assert left_beside(site) == []


@pytest.mark.slow
def test_a_tree_is_old_or_new_whenever_it_is_killed(tmp_path):
    target, kept = tmp_path / "tree", tmp_path / "kept"
    plan = copied("tiny", tmp_path)
    arguments = ("render", plan, "--output", target)
    assert run(*arguments).exit_code == 0
    shutil.copytree(target, kept)
    old = tree(target)
    edit(plan, TEXT, "The paper asks for water.")
    assert run(*arguments).exit_code == 0
    new = tree(target)
    seen = []
    for _ in kills(lambda: run(*arguments), lambda: restore(target, kept), every=5):
        seen.append("old" if tree(target) == old else "new" if tree(target) == new else "mixed")
    assert len(seen) >= 40
    assert set(seen) == {"old", "new"}
    assert left_beside(target) == []


@pytest.mark.slow
def test_an_import_over_a_plan_is_whole_whenever_it_is_killed(tmp_path):
    target, kept = copied("tiny", tmp_path), tmp_path / "kept"
    (target / "notes").mkdir()
    (target / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    shutil.copytree(target, kept)
    files = {"plan.yaml": b"id: other\n", **{f"{n}.yaml": b"goals: []\n" for n in range(30)}}
    old = tree(target)
    write_plan(files, target, force=True)
    new = tree(target)
    assert new == {**files, "notes/mine.txt": b"mine"}
    work = lambda: write_plan(files, target, force=True)  # noqa: E731
    seen = []
    for _ in kills(work, lambda: restore(target, kept)):
        seen.append("old" if tree(target) == old else "new" if tree(target) == new else "mixed")
    assert len(seen) >= 40
    assert set(seen) == {"old", "new"}
    assert left_beside(target) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_an_ended_build_leaves_is_cleared_away_at_once_or_by_the_next(tmp_path, number):
    folder = project(tmp_path)
    process = mkdocs(folder)
    end = time.monotonic() + 60
    while not left_beside(folder / "site"):
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(number)
    told = process.communicate(timeout=300)[1]
    if number == signal.SIGKILL:
        assert left_beside(folder / "site") != []
        build_project(folder)
    assert left_beside(folder / "site") == [], (process.returncode, told)


def test_a_folder_that_is_begun_is_cleared_away_at_whichever_line_a_program_is_ended(tmp_path):
    target = tmp_path / "site"
    ended = 0

    def end_at(line: int):
        count = 0

        def trace(frame, event, _argument):
            nonlocal count
            if frame.f_code.co_filename == folders.__file__:
                count += event == "line"
                if count > line:
                    sys.settrace(None)
                    raise SystemExit(143)
            return trace

        return trace

    for line in range(200):
        before = sys.gettrace()
        sys.settrace(end_at(line))
        try:
            begun = folders.NextFolder(target)
        except SystemExit:
            ended += 1
        finally:
            sys.settrace(before)
        if ended <= line:
            begun.drop()
        gc.collect()  # as the end of the program would
        assert left_beside(target) == [], line
        if ended <= line:
            break
    assert 10 < ended < 200


def test_what_an_older_run_left_is_cleared_away_and_nothing_else(tmp_path):
    others = [".tree-previous", ".tree-next", "tree-next-00ff00ff", ".trees-next-00ff00ff"]
    for name in [".tree-next-00ff00ff", ".tree-last-00ff00ff", *others]:
        (tmp_path / name).mkdir()
    (tmp_path / "tree").mkdir()
    assert run("render", plan_folder("tiny"), "--output", tmp_path / "tree").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*others, "tree"])


def test_what_an_older_run_left_in_a_plan_is_cleared_away(tmp_path):
    folder = copied("tiny", tmp_path)
    for name in (
        ".content.yaml-next-00ff00ff",
        ".plan.yaml-next-00ff00ff",
        ".mine.yaml",
        ".content.yaml-notes",
    ):
        (folder / name).write_text("x", encoding="utf-8")
    assert run("rename", "clean-air", "pure-air", "--plan", folder).exit_code == 0
    assert sorted(tree(folder)) == [".content.yaml-notes", ".mine.yaml", "content.yaml", "plan.yaml"]


# --- two at once


@pytest.mark.slow
def test_two_builds_of_one_site_wait_for_each_other(tmp_path):
    folder = project(tmp_path)
    started = [mkdocs(folder) for _ in range(3)]
    told = [process.communicate(timeout=300)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
    found = tree(folder / "site")
    build_project(folder)
    assert found == tree(folder / "site")
    assert left_beside(folder / "site") == []


@pytest.mark.slow
def test_of_edits_at_once_none_is_lost(tmp_path):
    folder = copied("tiny", tmp_path)
    command = [sys.executable, "-m", "plan_explorer", "new", "goal"]
    started = [
        subprocess.Popen(
            [*command, f"goal-{n}", "--plan", str(folder)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        for n in range(8)
    ]
    told = [process.communicate(timeout=300)[1] for process in started]
    text = (folder / "content.yaml").read_text(encoding="utf-8")
    done = [n for n, process in enumerate(started) if process.returncode == 0]
    assert done
    assert [n for n in range(8) if f"id: goal-{n}\n" in text] == done
    for n, words in enumerate(told):
        if n not in done:
            assert "was changed by another program meanwhile; run the command again" in words
    assert open_workspace(folder).plan


@pytest.mark.parametrize("name", ["content.yaml", "plan.yaml", "more.yaml", "../page.md"])
def test_what_an_editor_program_saves_meanwhile_is_not_lost(tmp_path, name):
    folder = copied("tiny", tmp_path)
    (tmp_path / "page.md").write_text("A page.\n", encoding="utf-8")
    before = open_workspace(folder, "plan")
    after = rename_entry(before, "clean-air", "pure-air")
    path = folder / name
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"# saved\n")
    there = tree(tmp_path)
    shown = os.path.normpath(f"plan/{name}")
    with pytest.raises(PlanError, match="changed-meanwhile") as refused:
        after.write(before)
    message = f"'{shown}' was changed by another program meanwhile; run the command again"
    assert refused.value.problems[0].message == message
    assert tree(tmp_path) == there


def test_a_file_that_goes_meanwhile_is_told_too(tmp_path):
    folder = copied("tiny", tmp_path)
    before = open_workspace(folder)
    after = rename_entry(before, "clean-air", "pure-air")
    (folder / "content.yaml").rename(folder / "renamed.yaml")
    with pytest.raises(PlanError, match="changed-meanwhile"):
        after.write(before)
    assert sorted(tree(folder)) == ["plan.yaml", "renamed.yaml"]


@pytest.mark.parametrize("swaps", ["exchange", "two renames"])
def test_what_is_saved_at_the_very_last_moment_is_not_lost(tmp_path, monkeypatch, swaps):
    folder = in_many_files(tmp_path / "plan", 3)
    before = open_workspace(folder)
    after = rename_entry(before, "clean-air", "pure-air")
    taken = folders._take_looks

    def save(old: Path, fresh: Path) -> None:
        taken(old, fresh)
        (old / "steps-1.yaml").write_text("# saved\n", encoding="utf-8")

    monkeypatch.setattr(folders, "_take_looks", save)
    if swaps == "two renames":
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    old = tree(folder)
    with pytest.raises(PlanError, match=r"steps-1\.yaml' was changed by another program meanwhile"):
        after.write(before)
    assert tree(folder) == {**old, "steps-1.yaml": b"# saved\n"}
    assert left_beside(folder) == []


# --- disks


COMMANDS = {
    "render": ("render", "PLAN", "--output", "OUT"),
    "import": ("import", "json", "FILE", "--into", "OUT"),
    "export": ("export", "json", "--plan", "PLAN", "--output", "OUT"),
    "schema": ("schema", "--write", "PLAN"),
    "rename": ("rename", "clean-air", "pure-air", "--plan", "PLAN"),
    "new": ("new", "goal", "clean-land", "--plan", "PLAN"),
    "fmt": ("fmt", "--plan", "PLAN"),
    "publish": ("publish", "--plan", "PLAN"),
    "review": ("review", "pair", "clean-air", "--accept", "--plan", "PLAN"),
}
FAULTS = {
    errno.ENOSPC: "no space left on device",
    errno.EROFS: "read-only file system",
    errno.EACCES: "permission denied",
    errno.EIO: "input/output error",
}


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """Return a function after which nothing more can be written below *tmp_path*."""

    def set_in(number: int) -> None:
        opened = io.open

        def fail(file, mode="r", *more, **options):
            if set(mode) & set("wxa+") and str(file).startswith(str(tmp_path)):
                raise OSError(number, os.strerror(number), str(file))
            return opened(file, mode, *more, **options)

        monkeypatch.setattr(io, "open", fail)
        monkeypatch.setattr("builtins.open", fail)

    return set_in


@pytest.mark.parametrize("number", FAULTS)
@pytest.mark.parametrize("verb", COMMANDS)
def test_a_disk_that_takes_nothing_is_one_sentence(tmp_path, broken, verb, number):
    plan = copied("tiny", tmp_path)
    (plan / "content.yaml").write_text((plan / "content.yaml").read_text(encoding="utf-8") + "\n\n\n")
    assert run("export", "json", "--plan", plan, "--output", tmp_path).exit_code == 0
    there, paths = tree(tmp_path), sorted(tmp_path.rglob("*"))
    words = {"PLAN": plan, "FILE": tmp_path / "plan.json", "OUT": tmp_path / "out" / "deep"}
    broken(number)
    result = run(*(words.get(word, word) for word in COMMANDS[verb]))
    assert result.exit_code == 1
    assert f": this cannot be written: {FAULTS[number]} [not-written]" in result.output
    assert result.output.count("\n") == 3, "place and reason, hint, number of problems"
    assert result.output.startswith(str(tmp_path))
    assert "-next-" not in result.output
    assert tree(tmp_path) == there
    assert sorted(tmp_path.rglob("*")) == paths


def in_place_of(folder: Path, what: str) -> str:
    if what == "link":
        folder.symlink_to("/nowhere/at/all")
        return "it is a link to '/nowhere/at/all', which does not exist"
    folder.write_text("mine", encoding="utf-8")
    return "is a file"


@pytest.mark.parametrize("what", ["link", "file"])
@pytest.mark.parametrize("verb", ["render", "import", "export", "build"])
def test_what_stands_in_place_of_the_folder_is_one_sentence(tmp_path, verb, what):
    plan = project(tmp_path) / "content" / "plan"
    assert run("export", "json", "--plan", plan, "--output", tmp_path).exit_code == 0
    target = tmp_path / "site"
    message = in_place_of(target, what)
    words = {"PLAN": plan, "FILE": tmp_path / "plan.json", "OUT": target}
    if verb == "build":
        result = CliRunner().invoke(mkdocs_cli, ["build", "-f", str(tmp_path / "mkdocs.yml")])
    else:
        result = run(*(words.get(word, word) for word in COMMANDS[verb]))
    assert result.exit_code == (2 if what == "file" and verb != "build" else 1)
    assert message in result.output
    assert "Traceback" not in result.output
    assert what == "link" or target.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("number", FAULTS)
def test_a_build_on_a_full_disk_is_one_sentence_and_keeps_the_last_site(tmp_path, broken, number):
    folder = project(tmp_path)
    build_project(folder)
    there = tree(folder)
    edit(folder / "content" / "plan", TEXT, "The paper asks for water.")
    broken(number)
    result = CliRunner().invoke(mkdocs_cli, ["build", "-q", "-f", str(folder / "mkdocs.yml")])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), "no traceback"
    assert tree(folder / "site") == {
        p.removeprefix("site/"): c for p, c in there.items() if p.startswith("site/")
    }
    assert left_beside(folder / "site") == []
