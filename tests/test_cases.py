"""Every fault that an author can make gives exactly the report of its case file.

A case names the files of the tiny plan that differ: text stands for the whole file, ``edit`` replaces words
in it, ``base64`` gives bytes, ``folder`` makes a folder of that name, and nothing removes the file.
"""

import base64
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from plan_explorer.cli.main import cli
from plan_explorer.diagnostics.codes import CODES

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))


def apply(files: dict, folder: Path) -> None:
    for name, change in files.items():
        path = folder / name
        if change is None:
            path.unlink()
        elif isinstance(change, str):
            path.write_text(change, encoding="utf-8")
        elif "base64" in change:
            path.write_bytes(base64.b64decode(change["base64"]))
        elif change.get("folder"):
            path.mkdir()
        else:
            text = path.read_text(encoding="utf-8")
            for edit in change["edit"]:
                assert edit["find"] in text, f"{name} has no {edit['find']!r}"
                text = text.replace(edit["find"], edit["put"], 1)
            path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_fault_gives_its_report(path, tmp_path, monkeypatch):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    shutil.copytree(HERE / "plans" / "tiny", tmp_path / "plan")
    apply(case["files"], tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["check", "plan"])
    assert result.output == case["report"], case["purpose"]
    assert result.exit_code == case["status"]
    # --strict turns warnings into a failure, and nothing else.
    warned = "warning:" in case["report"]
    strict = CliRunner().invoke(cli, ["check", "plan", "--strict"])
    assert strict.exit_code == (1 if warned else case["status"])


def test_every_code_has_a_case():
    """Codes that no file of a plan can cause are named in the test of what causes them."""
    reports = "".join(path.read_text(encoding="utf-8") for path in CASES)
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("test_*.py"))
    named = {code for code in CODES if f"[{code}]" in tests or f'"{code}"' in tests}
    assert [code for code in CODES if f"[{code}]" not in reports and code not in named] == []
