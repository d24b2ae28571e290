"""Figures go out as StratML and come back."""

from click.testing import CliRunner
from figured import write

from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan


def test_targets_and_results_come_back(tmp_path):
    folder = write(tmp_path / "plan")
    run = CliRunner().invoke
    assert run(cli, ["export", "stratml", "--plan", str(folder), "--output", str(tmp_path)]).exit_code == 0
    (file,) = tmp_path.rglob("*.stratml.xml")
    result = run(cli, ["import", "stratml", str(file), "--into", str(tmp_path / "again")])
    assert result.exit_code == 0, result.output
    checked = load_plan(tmp_path / "again")
    assert checked.warnings == []
    found = {each.name: each for item in checked.plan.items for _, each in item.measures}
    assert {name: [aim.value for aim in each.targets] for name, each in found.items()} == {
        "Runoff": ["50"],
        "Ponds": ["12"],
    }
    assert found["Runoff"].baseline.value == "90"
    assert found["Runoff"].targets[0].comparator == "at-most"
    assert [(v.date.edtf, v.value, v.quality) for v in found["Ponds"].measured] == [("2023", "4", "revised")]
    assert "1 value that a later one replaces" in file.read_text(encoding="utf-8")
    assert [v.value for v in found["Ponds"].groups["north"]] == ["1200"]
