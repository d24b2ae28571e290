"""The JSON Schema: it fits the content there is, knows its ids, and is as fresh as the plan."""

import json

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from conftest import PLANS, plan_folder

from plan_explorer.build import checked
from plan_explorer.cli import cli
from plan_explorer.schema import schemas


class Reader(yaml.SafeLoader):
    """Reads YAML as an editor's language server does: by the rules of YAML 1.2, where a date is text."""


Reader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith("timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str, file: str) -> jsonschema.Draft202012Validator:
    schema = schemas(checked(plan_folder(name)).plan)[file]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", PLANS)
def test_the_schema_fits_a_sound_plan(name):
    content, settings = validator(name, "content.json"), validator(name, "plan.json")
    for path in plan_folder(name).rglob("*.yaml"):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=Reader)
        found = (settings if path.name == "plan.yaml" else content).iter_errors(data)
        assert [f"{path.name} {list(error.path)}: {error.message}" for error in found] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"gaols": []},
        {"goals": [{"id": "x", "sumary": "y"}]},
        {"goals": [{"name": "no id"}]},
        {"steps": [{"id": "no-parent"}]},
        {"goals": {"id": "x"}},
        {"actors": [{"id": "x", "kind": "boddy"}]},
        {"goals": [{"id": "x", "relations": [{"suports": "y"}]}]},
        {"goals": [{"id": "x", "statements": [{"text": "y", "status": "infered"}]}]},
    ],
)
def test_what_check_refuses_the_editor_marks(wrong):
    assert list(validator("tiny", "content.json").iter_errors(wrong))


def test_ids_and_places_are_offered():
    schema = schemas(checked(plan_folder("tiny")).plan)["content.json"]
    assert "less-runoff" in schema["$defs"]["entry"]["anyOf"][0]["enum"]
    assert schema["$defs"]["place"]["anyOf"][0]["enum"] == [
        "paper",
        "paper p1",
        "paper p1.1",
        "paper p1.2",
        "paper p2",
        "paper p2.1",
        "report",
    ]
    under = schema["properties"]["steps"]["items"]["properties"]["under"]
    assert under["anyOf"][0]["enum"] == ["clean-water", "less-runoff", "clean-air"]


def test_every_key_says_what_it_is_for():
    schema = schemas(checked(plan_folder("tiny")).plan)["content.json"]
    entry = schema["properties"]["steps"]["items"]["properties"]
    assert [key for key, rule in entry.items() if not rule.get("description")] == []


def test_the_schema_of_the_repository_is_fresh():
    folder = plan_folder("real") / "schema"
    for name, schema in schemas(checked(plan_folder("real")).plan).items():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == schema, (
            "run: plan-explorer schema --write"
        )


def test_the_schema_is_printed():
    result = CliRunner().invoke(cli, ["schema", str(plan_folder("tiny"))])
    assert set(json.loads(result.output)) == {"content.json", "plan.json"}
