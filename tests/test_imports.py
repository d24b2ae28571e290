"""What others keep in formats of their own becomes a sound plan; what is hostile is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import build_site, plan_folder
from test_site import _differences

from plan_explorer.build import exportable
from plan_explorer.cli import cli
from plan_explorer.exports import plan_json
from plan_explorer.problems import PlanError

SAMPLES = Path(__file__).parent / "imports"


def bring(*arguments: object, code: int = 0) -> str:
    """Run the verb ``import`` and return what it prints."""
    result = CliRunner().invoke(cli, ["import", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Return the path of plan.json of the real plan."""
    path = tmp_path_factory.mktemp("export") / "plan.json"
    path.write_bytes(plan_json.export(exportable(plan_folder("real"))).files["plan.json"])
    return path


def test_the_real_plan_survives_export_and_import(sites, exported, tmp_path):
    import filecmp

    bring("json", exported, "--into", tmp_path / "plan")
    again = build_site(tmp_path / "plan", tmp_path / "site")
    (again / "import.md").unlink(missing_ok=True)
    assert list(_differences(filecmp.dircmp(sites("real"), again))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "another/1"}, "no plan.json"),
        ({"files": {"plan.yaml": {}, "../x.yaml": {}}}, "'../x.yaml' is no name"),
        ({"files": {"plan.yaml": {}, "/etc/x.yaml": {}}}, "is no name"),
        ({"files": {"plan.yaml": {}, "C:\\x.yaml": {}}}, "is no name"),
        ({"files": {"plan.yaml": {}, "a/con.yaml": {}}}, "is no name"),
        ({"files": {"plan.yaml": {}, "run.sh": {}}}, "is no name"),
        ({"files": {"other.yaml": {}}}, "does not hold a whole plan"),
        ({"files": {"plan.yaml": {"id": "x"}}}, "missing"),
    ],
)
def test_a_plan_json_that_is_none_is_refused_and_nothing_is_written(exported, tmp_path, change, said):
    data = json.loads(exported.read_bytes()) | change
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    assert said in bring("json", tmp_path / "plan.json", "--into", tmp_path / "plan", code=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json"]


def test_an_edited_plan_json_is_imported_and_says_so(exported, tmp_path):
    data = json.loads(exported.read_bytes())
    data["files"]["plan.yaml"]["site_name"] = "Another name"
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    assert "edited after the export" in bring("json", tmp_path / "plan.json", "--into", tmp_path / "plan")


def test_a_folder_with_files_is_left_alone_unless_forced(exported, tmp_path):
    into = tmp_path / "plan"
    into.mkdir()
    (into / "mine.txt").write_text("mine", encoding="utf-8")
    assert "holds other files" in bring("json", exported, "--into", into, code=1)
    assert "holds no plan" in bring("json", exported, "--into", into, "--force", code=1)
    assert files(into) == {"mine.txt": b"mine"}
    (into / "plan.yaml").write_text("id: old", encoding="utf-8")
    (into / "old.yaml").write_text("terms: []", encoding="utf-8")
    bring("json", exported, "--into", into, "--force")
    found = files(into)
    assert found["mine.txt"] == b"mine"
    assert "old.yaml" not in found
    assert b"id: digital-china" in found["plan.yaml"]
    bring("json", exported, "--into", tmp_path / "again")
    assert files(tmp_path / "again") == {k: v for k, v in found.items() if k != "mine.txt"}


def test_what_is_no_json_is_refused_with_its_place(tmp_path):
    from plan_explorer.imports import doors

    cases = {
        b'{"a": 1,\n "b" 2}': "this is not JSON",
        b'{"a": 1, "a": 2}': "written twice",
        b"[" * 100_000: "too deeply",
        b"[" * 200 + b"]" * 200: "too deeply",
        b'{"a": NaN}': "is no number",
        b'{"a": "\xff"}': "not text in UTF-8",
    }
    for raw, said in cases.items():
        with pytest.raises(PlanError, match=said):
            doors.from_json(raw, "x.json")
    with pytest.raises(PlanError, match="no such file"):
        doors.content(tmp_path / "none.json", "none.json")
