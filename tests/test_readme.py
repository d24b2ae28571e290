"""What the README shows: its commands print what it says, its Python runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```console\n(.*?)^```$", README, re.M | re.S)
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.M | re.S)


@pytest.mark.skipif(sys.platform != "linux", reason="'sed -i' differs elsewhere")
@pytest.mark.parametrize("block", SHELL)
def test_commands_print_what_the_readme_says(block, tmp_path):
    shutil.copytree(ROOT / "tests" / "plans", tmp_path / "tests" / "plans")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    commands = re.split(r"^\$ ", block, flags=re.M)[1:]
    assert commands
    for each in commands:
        command, _, output = each.partition("\n")
        ran = subprocess.run(
            command, shell=True, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert ran.stdout.decode() == output, command


def test_a_newcomer_sees_a_result_soon():
    assert len(README.splitlines()) <= 150
    first = re.sub(r"^\$ .*$", "", SHELL[0], flags=re.M).strip().splitlines()[0]
    assert README.splitlines().index(first) < 25


def test_the_python_of_the_readme_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert len(PYTHON) == 1
    exec(PYTHON[0], {})
    assert re.fullmatch(r"Less runoff \d+\n", capsys.readouterr().out)
    monkeypatch.chdir(ROOT / "docs")  # where there is no such plan
    exec(PYTHON[0], {})
    assert "[no-plan]" in capsys.readouterr().out
