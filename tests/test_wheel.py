"""The package as it is shipped: a wheel without the sources around it builds a site."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
import yaml
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


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory) -> dict[str, str]:
    """Return the environment of an empty project, in which pip installs the wheel and all else is there."""
    home = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    lib = home / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (lib / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    tools = Path(sysconfig.get_path("scripts")) / "mkdocs"
    mkdocs = home / tools.relative_to(sys.prefix)
    mkdocs.write_text(
        f"#!{home / 'bin' / 'python'}\nfrom mkdocs.__main__ import cli\ncli()\n", encoding="utf-8"
    )
    mkdocs.chmod(0o755)
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_NO_DEPS": "1"}
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, **pip, "PIP_FORCE_REINSTALL": "1", "PATH": path, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(["pip", "install", "--quiet", "plan-explorer"], check=True, env=env)
    return env


def ran(command: str, folder: Path, env: dict[str, str]) -> str:
    result = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def project(environment, tmp_path_factory) -> Path:
    """Return a folder in which the wheel began a plan."""
    folder = tmp_path_factory.mktemp("project")
    where = ran("python -c 'import plan_explorer; print(plan_explorer.__file__)'", folder, environment)
    assert not where.startswith((str(ROOT / "generator"), sysconfig.get_path("purelib")))
    assert "next:" in ran("plan-explorer init --name 'Pond plan'", folder, environment)
    return folder


@pytest.mark.parametrize(("file", "job"), [("github", "build"), ("gitlab", "check"), ("gitlab", "pages")])
def test_the_steps_of_a_workflow_check_and_build_what_the_wheel_began(file, job, project, environment):
    """As written, but with the wheel in place of the package index."""
    names = {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml"}
    workflow = yaml.safe_load((project / names[file]).read_text(encoding="utf-8"))
    steps = workflow["jobs"][job]["steps"] if file == "github" else workflow[job]["script"]
    commands = [step["run"] if isinstance(step, dict) else step for step in steps if "uses" not in step]
    assert [command.split()[0] for command in commands] == ["pip", "plan-explorer", "mkdocs"]
    for command in commands:
        ran(command, project, environment)
    published = project / ("public" if job == "pages" else "site")
    assert "Pond plan</title>" in (published / "about.html").read_text(encoding="utf-8")
    assert not (published / ".gitignore").exists()


def test_the_workflows_publish_what_was_built(project):
    github = yaml.safe_load((project / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    assert github[True]["push"] == {"branches": ["main"]}  # YAML 1.1 reads 'on' as true; GitHub does not
    assert github["jobs"]["publish"]["needs"] == "build"
    assert github["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    gitlab = yaml.safe_load((project / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
