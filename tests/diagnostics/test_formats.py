"""Problems for other programs: each format holds every problem, at its place."""

import json
import re
import tarfile

import jsonschema
import node
import pytest
from click.testing import CliRunner
from conftest import plan_folder

from plan_explorer.cli.main import cli
from plan_explorer.diagnostics import formats
from plan_explorer.diagnostics.codes import CODES
from plan_explorer.diagnostics.problems import Location, Problem

PROBLEMS = [
    Problem("unknown-id", "no '50%,\n'", Location("a b/ü.yaml", 3, 5), "a: hint", "    清: x", 2),
    Problem("uncovered", "nothing", Location("c.yaml", 1, 1), warning=True),
    Problem("unknown-id", "again", Location("c.yaml", 9, 2)),
]


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Return the arguments that check a plan with two faults."""
    for path in plan_folder("tiny").iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace("under: clean-water", "under: clean-watr").replace("kind: body", "kind: boddy")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path.parent)
    return ["check", tmp_path.name]


@pytest.fixture(scope="module")
def schema():
    """Return the JSON Schema of SARIF 2.1.0 as its authors publish it."""
    with tarfile.open(node.packed("@microsoft/jest-sarif@1.0.0-beta.0")) as archive:
        file = archive.extractfile("package/lib/schemas/sarif-2.1.0-rtm.5.json")
        return json.load(file)


def test_sarif_is_valid_by_the_schema_of_its_authors(schema):
    validator = jsonschema.Draft7Validator(schema)
    for problems in (PROBLEMS, []):
        log = json.loads(formats.as_sarif(problems, "1.0"))
        assert [error.message for error in validator.iter_errors(log)] == []
    assert list(validator.iter_errors({**log, "runs": [{"results": []}]}))  # it does refuse


def test_sarif_holds_every_problem_with_its_rule_and_place():
    run = json.loads(formats.as_sarif(PROBLEMS, "1.0"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["uncovered", "unknown-id"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [p.code for p in PROBLEMS]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%C3%BC.yaml"
    assert place["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endColumn": 7,
        "snippet": {"text": "    清: x"},
    }


def test_annotations_for_github_keep_each_problem_in_one_line():
    lines = formats.as_github(PROBLEMS, "1.0").split("\n")
    title = CODES["unknown-id"].title
    assert lines[0] == (
        f"::error file=a b/ü.yaml,line=3,col=5,endColumn=7,title={title} [unknown-id]::"
        "no '50%25,%0A'%0Ahint: a: hint"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::error"]


def test_json_holds_every_problem_with_every_field():
    found = json.loads(formats.as_json(PROBLEMS, "1.0"))
    assert (found["errors"], found["warnings"], len(found["problems"])) == (2, 1, 3)
    assert found["problems"][0] == {
        "code": "unknown-id",
        "severity": "error",
        "message": "no '50%,\n'",
        "hint": "a: hint",
        "path": "a b/ü.yaml",
        "line": 3,
        "column": 5,
        "end_column": 7,
        "excerpt": "    清: x",
    }


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_the_command_prints_a_format_and_nothing_else(form, broken):
    result = CliRunner().invoke(cli, [*broken, "--format", form])
    assert result.exit_code == 1
    assert result.stderr == ""
    assert len(re.findall(r"unknown-id|unknown-kind", result.stdout)) >= 2
    if form != "github":
        json.loads(result.stdout)


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_a_sound_plan_has_an_empty_report_of_its_format(form):
    result = CliRunner().invoke(cli, ["check", str(plan_folder("tiny")), "--format", form])
    assert result.exit_code == 0
    assert result.stdout == "" if form == "github" else json.loads(result.stdout)


def test_misuse_is_told_apart_from_problems():
    assert CliRunner().invoke(cli, ["check", "--format", "xml"]).exit_code == 2
