"""The verb ``export`` lists the formats, writes one, and says what it leaves out."""

import pytest
from click.testing import CliRunner
from conftest import plan_folder

from plan_explorer.cli.main import cli
from plan_explorer.exporters import registry
from plan_explorer.exporters.registry import FORMATS


def run(*arguments):
    return CliRunner().invoke(cli, ["export", *arguments])


def test_without_a_format_it_lists_them():
    lines = run().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [format.id for format in FORMATS]


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.id)
def test_it_writes_the_same_bytes_twice_and_tells_every_loss(format, tmp_path):
    plan = str(plan_folder("tiny"))
    first = run(format.id, "--plan", plan, "--output", str(tmp_path / "a"))
    again = run(format.id, "--plan", plan, "--output", str(tmp_path / "b"))
    assert (first.exit_code, again.exit_code) == (0, 0)
    written = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*.*")}
    assert written == {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*.*")}
    assert written
    assert (first.stderr.count("left out: ") > 0) == (format.id != "json")


def test_a_missing_library_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    result = run("skos", "--plan", str(plan_folder("tiny")), "--output", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert result.stderr == "'skos' needs rdflib: pip install 'plan-explorer[export]'\n"
    assert not (tmp_path / "out").exists()


def test_a_broken_plan_writes_nothing(tmp_path):
    (tmp_path / "plan").mkdir()
    result = run("json", "--plan", str(tmp_path / "plan"), "--output", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
