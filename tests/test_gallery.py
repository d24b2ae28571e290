"""The gallery: its commands build the plans it shows, and its pictures stay small."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PLANS, ROOT

GALLERY = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", GALLERY, re.M | re.S)
PICTURES = re.findall(r"!\[[^\]]{20,}\]\((gallery/[\w-]+\.png)\)", GALLERY)


def test_every_picture_is_small_and_of_a_plan_at_hand():
    assert [Path(path).stem for path in PICTURES] == ["decade", "vision"]
    assert set(map(str, (ROOT / "docs" / "gallery").iterdir())) == {str(ROOT / "docs" / p) for p in PICTURES}
    for path in PICTURES:
        assert Path(path).stem in PLANS
        data = (ROOT / "docs" / path).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert 20_000 < len(data) <= 150_000


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS, ids=["decade", "vision"])
def test_its_commands_build_the_plan(block, tmp_path):
    for path in ("tests/plans", "templates/starter"):
        shutil.copytree(ROOT / path, tmp_path / path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}
    for each in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = each.partition("\n")
        ran = subprocess.run(
            command, shell=True, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8"
        )
        assert (ran.returncode, ran.stdout) == (0, output), ran.stderr
