"""What bounds a target's value is said on its page, and by every format that carries targets."""

import csv
import io
import json
import shutil

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from jsonschema import Draft202012Validator

from plan_explorer.build import exportable
from plan_explorer.cli.main import cli
from plan_explorer.exporters.registry import FORMATS

BOUNDED = {
    "at-least": "at least 30",
    "more-than": "more than 30",
    "at-most": "at most 30",
    "exactly": "30",
}


@pytest.fixture(params=BOUNDED)
def comparator(request):
    return request.param


@pytest.fixture
def folder(tmp_path, comparator):
    """Return the folder of the tiny plan with a target."""
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = tmp_path / "plan" / "content.yaml"
    target = f"{{indicator: Runoff, value: 30, unit: '%', comparator: {comparator}, cites: [paper p2.1]}}"
    text = content.read_text(encoding="utf-8")
    text = text.replace("    name: Less runoff\n", f"    name: Less runoff\n    target: {target}\n")
    content.write_text(text, encoding="utf-8")
    return tmp_path / "plan"


def exported(folder, id):
    return next(format for format in FORMATS if format.id == id).export(exportable(folder, "")).files


def test_a_page_says_it(folder, comparator):
    result = CliRunner().invoke(cli, ["render", str(folder), "--output", str(folder.parent / "tree")])
    assert result.exit_code == 0, result.output
    page = (folder.parent / "tree" / "docs" / "steps" / "less-runoff.md").read_text(encoding="utf-8")
    assert f"| {BOUNDED[comparator]} |" in page


def test_stratml_says_it(folder, comparator):
    text = exported(folder, "stratml")["plan.stratml.xml"].decode()
    assert f"<Description>{BOUNDED[comparator]} %</Description>" in text


def test_plan_json_keeps_it(folder, comparator):
    files = exported(folder, "json")
    document = json.loads(files["plan.json"])
    Draft202012Validator(json.loads(files["plan.schema.json"])).validate(document)
    entry = next(entry for entry in document["entries"] if entry["id"] == "less-runoff")
    assert entry["details"]["target"]["comparator"] == comparator


def test_tables_keep_it(folder, comparator):
    files = exported(folder, "csv")
    rows = [row for name, file in files.items() if name.endswith(".csv") for row in table(file)]
    assert {row["comparator"] for row in rows if row.get("indicator") == "Runoff"} == {comparator}
    described = [file.decode() for name, file in files.items() if name.endswith(".json")]
    assert any("at-least, more-than, at-most or exactly" in text for text in described)


def table(file):
    return csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
