"""What an editor offers while a plan is typed: asked of the real yaml-language-server."""

import shutil

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from language_server import LanguageServer

from plan_explorer.cli.main import cli

pytestmark = pytest.mark.slow

MODELINE = "# yaml-language-server: $schema=schema/content.json\n"


@pytest.fixture(scope="module")
def server():
    with LanguageServer() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the tiny plan with its schema written."""
    folder = tmp_path_factory.mktemp("typed") / "plan"
    shutil.copytree(plan_folder("tiny"), folder)
    assert CliRunner().invoke(cli, ["schema", str(folder), "--write"]).exit_code == 0
    return folder


def offered(server, folder, name: str, typed: str, words: str) -> list[str]:
    """Return what is offered behind *words* in a file of that name that holds *typed*."""
    path = folder / name
    server.open(path, MODELINE + typed)
    found = server.at("completion", path, MODELINE + typed, words)
    return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]


def test_a_sound_file_has_no_mark(server, folder):
    path = folder / "content.yaml"
    assert server.open(path, MODELINE + path.read_text(encoding="utf-8")) == []


def test_the_id_of_a_parent_is_offered(server, folder):
    typed = "steps:\n  - id: more\n    under: \n"
    assert {"clean-water", "clean-air", "less-runoff"} <= set(
        offered(server, folder, "a.yaml", typed, "under: ")
    )


def test_the_places_of_a_source_are_offered(server, folder):
    typed = "steps:\n  - id: more\n    relations:\n      - done-by: council\n        cites:\n          - \n"
    found = offered(server, folder, "b.yaml", typed, "cites:\n          - ")
    assert {"paper p1.2", "paper p2.1", "report"} <= set(found)


def test_keys_and_kinds_of_relation_are_offered(server, folder):
    typed = "steps:\n  - id: more\n    relations:\n      - \n"
    assert {"supports", "done-by", "because"} <= set(offered(server, folder, "c.yaml", typed, "      - "))


def test_a_key_says_what_it_is_for_under_the_pointer(server, folder):
    path, typed = folder / "d.yaml", MODELINE + "steps:\n  - id: more\n    also_under: [clean-air]\n"
    server.open(path, typed)
    said = str(server.at("hover", path, typed, "also_un"))
    assert "The ids of further parents." in said


def test_a_wrong_key_is_marked_where_it_stands(server, folder):
    typed = MODELINE + "steps:\n  - id: more\n    under: clean-water\n    sumary: x\n"
    found = server.open(folder / "e.yaml", typed)
    assert [(mark["range"]["start"], "sumary" in mark["message"]) for mark in found] == [
        ({"line": 4, "character": 4}, True)
    ]


def test_plan_yaml_has_a_schema_of_its_own(server, folder):
    path = folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    modeline = MODELINE.replace("content", "plan")
    assert server.open(path, modeline + text) == []
    wrong = modeline + text.replace("as_of", "as_off")
    assert any("as_off" in mark["message"] for mark in server.open(folder / "sub.yaml", wrong))
