"""The package as it is shipped: a wheel without the sources around it builds a site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, plan_folder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Return a wheel of the repository, built with the tools that are installed."""
    target = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
    ]
    subprocess.run([*command, str(target), str(ROOT)], check=True)
    return next(target.glob("*.whl"))


def test_the_wheel_holds_every_module_and_template(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {
        f"plan_explorer/{path.relative_to(ROOT / 'generator' / 'plan_explorer').as_posix()}"
        for path in (ROOT / "generator" / "plan_explorer").rglob("*.py")
    }
    templates = {
        f"plan_explorer/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert modules | templates <= names
    assert "plan_explorer/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "content/", "site/"))]


def test_the_wheel_alone_builds_the_site_of_the_sources(wheel, tmp_path, sites):
    unpacked = tmp_path / "lib"
    zipfile.ZipFile(wheel).extractall(unpacked)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "plan").symlink_to(plan_folder("tiny"))
    # Of the tests' own mkdocs.yml only the place differs.
    (tmp_path / "mkdocs.yml").write_bytes((sites("tiny").parent / "mkdocs.yml").read_bytes())
    code = (
        "import plan_explorer, sys; assert plan_explorer.__file__.startswith(sys.argv.pop(1)); "
        "from mkdocs.__main__ import cli; cli()"
    )
    env = {**os.environ, "PYTHONPATH": str(unpacked), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        [sys.executable, "-c", code, str(unpacked), "build", "--quiet"], check=True, cwd=tmp_path, env=env
    )
    built, expected = tmp_path / "site", sites("tiny")
    assert (built / "index.html").read_bytes() == (expected / "index.html").read_bytes()
    files = {path.relative_to(expected) for path in expected.rglob("*")}
    assert {path.relative_to(built) for path in built.rglob("*")} == files
