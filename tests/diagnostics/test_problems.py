"""Reports as they are read: the mark under the fault, floods, colours, and what was probably meant."""

import os
import pty
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT, plan_folder

from plan_explorer.build import build
from plan_explorer.cli.main import cli
from plan_explorer.diagnostics.codes import CODES
from plan_explorer.diagnostics.problems import MAX_COLUMNS, Location, Problem, format_problems
from plan_explorer.diagnostics.suggestions import did_you_mean, nearest
from plan_explorer.exporters import registry

TEN_THOUSAND = "terms:\n" + "".join(
    f"  - {{id: t{number}, name: N, sumary: '{number} [@report]'}}\n" for number in range(10_000)
)


def report(excerpt: str, column: int, width: int = 1) -> list[str]:
    return str(Problem("unknown-id", "no", Location("a.yaml", 1, column), "", excerpt, width)).split("\n")


def test_the_mark_stands_under_the_fault_where_characters_are_wide():
    _, line, mark = report("name: 清洁空气 x", 12)
    assert (line, mark) == ("    name: 清洁空气 x", "    " + " " * 15 + "^")
    _, _, mark = report("name: 清洁空气", 7, 4)
    assert mark.strip() == "^" * 8


def test_a_tab_before_the_fault_is_as_wide_below_as_above():
    assert report("\tid: x", 6)[2] == "    \t    ^"


def test_of_a_long_line_the_part_around_the_fault_is_shown():
    _, line, mark = report("x" * 5000 + "HERE" + "y" * 5000, 5001, 4)
    assert len(line) < MAX_COLUMNS + 10
    assert line[mark.index("^") : mark.rindex("^") + 1] == "HERE"
    assert (line.strip()[0], line[-1]) == ("…", "…")


def test_characters_that_steer_a_terminal_are_not_let_through():
    assert "\x1b" not in "".join(report("name: \x1b[2J", 7))


@pytest.mark.slow
def test_ten_thousand_faults_are_grouped_and_counted(tmp_path):
    (tmp_path / "plan.yaml").write_bytes((plan_folder("tiny") / "plan.yaml").read_bytes())
    (tmp_path / "content.yaml").write_bytes((plan_folder("tiny") / "content.yaml").read_bytes())
    (tmp_path / "more.yaml").write_text(TEN_THOUSAND, encoding="utf-8")
    few = CliRunner().invoke(cli, ["check", str(tmp_path)]).output.splitlines()
    assert len(few) < 100
    assert few[-2].startswith("9,980 more with [unknown-key] in ")
    assert few[-1].startswith("10000 problems; ")
    everything = CliRunner().invoke(cli, ["check", str(tmp_path), "--all"]).output
    assert everything.count("[unknown-key]") == 10_000


def test_of_several_kinds_of_faults_each_is_shown():
    many = [Problem("unknown-id", str(n), Location("a.yaml", n)) for n in range(1, 50)]
    few = [Problem("bad-id", "x", Location("b.yaml", 1))]
    reports = list(format_problems([*many, *few], most=3))
    assert [line.count("[unknown-id]") for line in reports] == [1, 1, 1, 0, 1]
    assert "[bad-id]" in reports[3]
    assert reports[4].startswith("46 more with [unknown-id] in a.yaml")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"A": "1"}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_whose_owner_wants_it(tmp_path, environment, coloured):
    (tmp_path / "plan.yaml").write_text("id: x\n", encoding="utf-8")
    assert (b"\x1b[" in on_a_terminal(["check", str(tmp_path)], environment)) is coloured


def on_a_terminal(arguments: list[str], environment: dict[str, str]) -> bytes:
    """Return what the command line prints on a terminal."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        env.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "plan_explorer", *arguments]
    subprocess.run(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, check=False)
    os.close(theirs)
    found = b""
    try:
        while part := os.read(ours, 4096):
            found += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return found


def test_there_is_no_colour_in_a_pipe(tmp_path):
    assert "\x1b" not in CliRunner().invoke(cli, ["check", str(tmp_path)]).output


def test_what_was_meant_is_found_by_spelling_by_name_and_without_accents():
    assert nearest("clean-watr", ["clean-air", "clean-water"]) == "clean-water"
    assert nearest("zzz", ["clean-air"]) == ""
    assert nearest("gola", ["goal", "olga"]) == "goal"  # two letters in the wrong order are one slip
    names = {"Qualité de l’eau": "clean-water", "清洁的水": "clean-water", "Clean air": "clean-air"}
    for word in ("qualite de l’eau", "清洁的水"):
        assert did_you_mean(word, ["clean-air", "clean-water"], names=names) == "did you mean 'clean-water'?"
    assert did_you_mean("x", ["a"], "one of: a") == "one of: a"


def test_every_code_says_what_it_means_with_an_example():
    for code, known in CODES.items():
        result = CliRunner().invoke(cli, ["explain", code])
        assert result.exit_code == 0
        for part in (
            f"[{code}]",
            known.title,
            known.text,
            *known.before.split("\n"),
            *known.after.split("\n"),
        ):
            assert part in result.output, code
        assert known.before != known.after, code


def test_the_codes_are_listed_and_a_mistyped_one_is_understood():
    listed = CliRunner().invoke(cli, ["explain"]).output
    assert [line.split()[0] for line in listed.splitlines()] == list(CODES)
    result = CliRunner().invoke(cli, ["explain", "unkown-id"])
    assert (result.exit_code, result.output) == (
        2,
        "unknown code 'unkown-id'; did you mean 'unknown-id'?\n",
    )


def test_what_cannot_be_imported_or_compared_is_told_by_its_code(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\x89PNG\x00\xff")
    into = ["--into", str(tmp_path / "new")]
    result = CliRunner().invoke(cli, ["import", "json", str(tmp_path / "a.json"), *into])
    assert (result.exit_code, "[not-imported]" in result.output) == (1, True)
    result = CliRunner().invoke(cli, ["diff", str(tmp_path / "gone"), "--plan", str(plan_folder("tiny"))])
    assert (result.exit_code, "[no-version]" in result.output) == (1, True)


def test_a_format_whose_library_is_missing_is_told_by_its_code(monkeypatch):
    monkeypatch.setattr(registry, "is_missing", lambda format: format.id == "skos")
    warnings = build(plan_folder("tiny"), formats=["json", "skos"]).warnings
    assert [(problem.code, problem.warning) for problem in warnings] == [("no-library", True)]


def test_a_draft_is_told_how_many_warnings_of_each_kind_there_are(tmp_path):
    cases = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "tests" / "cases").glob("*.yaml")
    ]
    warned = {code for case in cases for code in re.findall(r"warning: .*\[([a-z-]+)\]\n", case["report"])}
    assert len(warned) > 7
    assert [code for code in {*warned, "no-library"} if not all(CODES[code].counted)] == []
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    settings = tmp_path / "plan" / "plan.yaml"
    text = settings.read_text(encoding="utf-8").replace(
        "  en: {name: English}", "  en: {name: English}\n  fr: {name: F}"
    )
    settings.write_text(text, encoding="utf-8")
    content = tmp_path / "plan" / "content.yaml"
    content.write_text(content.read_text(encoding="utf-8").replace("p1.1]", "p1.2]"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "plan")])
    assert result.output.endswith("7 warnings\n6 names missing · 1 sentence not cited\n")
