"""Every tool that is installed has a version and a hash, and they fit what the project asks for."""

import json
import re
import tomllib

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    "site": ["export"],
    "test": ["export", "import", "test"],
    "check": ["export", "import", "test", "check"],
}


def locked(path):
    """Return the versions of each package in a lock, and its hashes."""
    versions: dict[str, dict[str, list[str]]] = {}
    for block in re.split(r"\n(?! )", path.read_text(encoding="utf-8").strip()):
        requirement, *hashes = block.replace("\\\n", " ").split("--hash=")
        wanted = Requirement(requirement.strip())
        (version,) = [spec.version for spec in wanted.specifier if spec.operator == "=="]
        versions.setdefault(canonicalize_name(wanted.name), {})[version] = hashes
    return versions


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_what_the_project_asks_for_with_hashes(path):
    versions = locked(path)
    assert all(
        re.match("sha256:[0-9a-f]{64}", each)
        for known in versions.values()
        for h in known.values()
        for each in h
    )
    assert all(hashes for known in versions.values() for hashes in known.values())
    wanted = [
        *PROJECT["dependencies"],
        *(n for extra in EXTRAS[path.stem] for n in PROJECT["optional-dependencies"][extra]),
    ]
    for requirement in map(Requirement, wanted):
        if requirement.name != PROJECT["name"]:
            known = versions[canonicalize_name(requirement.name)]
            assert all(requirement.specifier.contains(version) for version in known), requirement


def test_what_two_locks_have_is_the_same():
    site, test, check = (locked(ROOT / "requirements" / f"{name}.txt") for name in ("site", "test", "check"))
    assert {name: test[name] for name in site} == site
    assert {name: check[name] for name in test} == test


def test_what_npm_installs_has_hashes():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 50
    assert [name for name, each in packages.items() if name and "integrity" not in each] == []
