"""What is released: the files that are built, what they say of themselves, and the workflows."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import ROOT
from packaging.specifiers import SpecifierSet
from trove_classifiers import classifiers as known_classifiers

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = ROOT / ".github" / "workflows"
LABEL = "Programming Language :: Python :: 3."
VERSIONS = [each.removeprefix(LABEL[:-2]) for each in PROJECT["classifiers"] if each.startswith(LABEL)]


def jobs(name: str) -> dict:
    return yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))["jobs"]


def commands(job: dict) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Return the folder with what ``make dist`` writes, from a tree in which the text of a source lies."""
    target = tmp_path_factory.mktemp("dist")
    text = ROOT / "content" / "plan" / "texts" / "not-to-be-released.txt"
    text.parent.mkdir(exist_ok=True)
    text.touch()
    try:
        build(ROOT, target)
    finally:
        text.unlink()
    return target


def build(tree: Path, target: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"^dist:.*\n\t\$\(BIN\)/python (.*) --directory dist$", makefile, re.MULTILINE)[1]
    subprocess.run([sys.executable, *command.split(), "--directory", str(target)], check=True, cwd=tree)


@pytest.fixture(scope="module")
def unpacked(built, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


@pytest.mark.slow
def test_the_sdist_has_the_repository_and_nothing_that_git_ignores(unpacked):
    for name in (
        "tests/conftest.py",
        "templates/starter/hosting/nginx.conf",
        ".github/workflows/release.yml",
    ):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    assert not (unpacked / "content" / "plan" / "texts").exists()
    assert not list(unpacked.rglob("*.pyc"))
    assert sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file()) < 12_000_000


@pytest.mark.slow
def test_the_sdist_gives_the_same_wheel(unpacked, built, tmp_path):
    build(unpacked, tmp_path)
    (one,), (other,) = built.glob("*.whl"), tmp_path.glob("*.whl")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("tests", ["tests/model", "tests/diagnostics", "tests/test_documented.py"])
def test_the_tests_of_the_sdist_pass_where_it_is_unpacked(tests, unpacked):
    env = {**os.environ, "PYTHONPATH": str(unpacked / "generator"), "PYTEST_ADDOPTS": ""}
    code = "import plan_explorer, sys; sys.exit(not plan_explorer.__file__.startswith(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(unpacked)], check=True, env=env)
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not browser", "-p", "no:cacheprovider", tests]
    ran = subprocess.run(command, cwd=unpacked, env=env, capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert int(re.search(r"(\d+) passed", ran.stdout)[1]) > 5


@pytest.mark.slow
def test_the_wheel_says_what_it_is(built):
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))
    name = next(each for each in wheel.namelist() if each.endswith("/METADATA"))
    said = Parser().parsestr(wheel.read(name).decode())
    assert said["Name"] == "plan-explorer"
    assert said["License-Expression"] == "MIT"
    assert said["Summary"] == PROJECT["description"]
    assert said["Description-Content-Type"] == "text/markdown"
    assert set(said.get_all("Classifier")) == set(PROJECT["classifiers"])


def test_every_classifier_is_known_and_no_address_is_invented():
    assert set(PROJECT["classifiers"]) <= set(known_classifiers)
    assert "Typing :: Typed" in PROJECT["classifiers"]
    invented = {"example.org", "example.com", "github.com/example"}
    assert not {urlsplit(url).netloc for url in PROJECT.get("urls", {}).values()} & invented


def test_the_same_versions_of_python_are_named_everywhere():
    assert sorted(VERSIONS, key=lambda version: int(version.split(".")[1])) == VERSIONS
    assert VERSIONS[0] == PROJECT["requires-python"].removeprefix(">=")
    assert all(version in SpecifierSet(PROJECT["requires-python"]) for version in VERSIONS)
    assert jobs("tests.yml")["python"]["strategy"]["matrix"]["python"] == VERSIONS
    assert jobs("release.yml")["try"]["strategy"]["matrix"]["python"] == VERSIONS
    document = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    assert f"{', '.join(VERSIONS[:-1])} and {VERSIONS[-1]}." in document


@pytest.mark.parametrize("name", sorted(path.name for path in WORKFLOWS.iterdir()))
def test_a_workflow_may_do_no_more_than_it_needs(name):
    workflow = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for id, job in workflow["jobs"].items():
        assert job.get("permissions", {}) == ({"id-token": "write"} if id == "publish" else {})
        assert set(job.get("needs", "").split()) <= set(workflow["jobs"])
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        assert used
        assert all(re.fullmatch(r"[\w-]+/[\w-]+@(v\d+|release/v\d+)", each) for each in used)
        assert "secrets." not in str(job)


def test_what_is_published_was_built_from_a_tag_and_tried():
    release = jobs("release.yml")
    assert (release["try"]["needs"], release["publish"]["needs"]) == ("build", "try")
    assert release["publish"]["environment"] == "pypi"
    assert release["publish"]["steps"][-1]["uses"].startswith("pypa/gh-action-pypi-publish@")
    workflow = yaml.safe_load((WORKFLOWS / "release.yml").read_text(encoding="utf-8"))
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads 'on' as true; GitHub does not
    goals = (ROOT / "Makefile").read_text(encoding="utf-8")
    typed = [*commands(release["build"]), *commands(jobs("tests.yml")["python"])]
    made = [command.split()[1] for command in typed if command.startswith("make ")]
    assert made == ["dist", "test"]
    assert all(re.search(f"^{goal}:", goals, re.MULTILINE) for goal in made)


@pytest.mark.parametrize(("tag", "status"), [(f"v{PROJECT['version']}", 0), ("v99.0", 2), ("main", 2)])
def test_a_tag_that_is_not_the_version_ends_the_release(tag, status, tmp_path):
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / f"plan_explorer-{PROJECT['version']}.tar.gz").touch()
    command = commands(jobs("release.yml")["build"])[-1]
    env = {**os.environ, "GITHUB_REF_NAME": tag}
    ran = subprocess.run(command, shell=True, cwd=tmp_path, env=env, capture_output=True)
    assert ran.returncode == status
