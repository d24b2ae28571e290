"""The JSON Schema: it fits the content there is, knows its ids, and is as fresh as the plan."""

import json
from collections.abc import Iterator

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from conftest import PLANS, plan_folder
from referencing import Registry, Resource

from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import View
from plan_explorer.model.examples import INDICATOR, PLAN_YAML, PROGRESS
from plan_explorer.model.json_schema import build_schemas


class Reader(yaml.SafeLoader):
    """Reads YAML as an editor's language server does: by the rules of YAML 1.2, where a date is text."""


Reader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith("timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str, file: str) -> jsonschema.Draft202012Validator:
    schemas = build_schemas(load_plan(plan_folder(name)).plan)
    jsonschema.Draft202012Validator.check_schema(schemas[file])
    both = Registry().with_resources((each, Resource.from_contents(schemas[each])) for each in schemas)
    return jsonschema.Draft202012Validator(schemas[file], registry=both)


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
        {"goals": [{"id": "x", "indicators": [{"unit": "km"}]}]},
        {"goals": [{"id": "x", "indicators": [{"name": "y", "values": "values.csv"}]}]},
        {"goals": [{"id": "x", "indicators": [{"name": "y", "targets": [{"due": 2030}]}]}]},
        {"goals": [{"id": "x", "progress": "on-track"}]},
    ],
)
def test_what_check_refuses_the_editor_marks(wrong):
    assert list(validator("tiny", "content.json").iter_errors(wrong))


def test_indicators_and_progress_fit_the_schema_in_every_form():
    found = validator("tiny", "content.json").iter_errors(
        {"goals": [{"id": "x", **yaml.load(INDICATOR, Loader=Reader), **yaml.load(PROGRESS, Loader=Reader)}]}
    )
    assert list(found) == []
    found = validator("tiny", "plan.json").iter_errors(
        {"progress": {"late": "Late", "done": {"name": "Done"}}}
    )
    assert [error.message for error in found if error.path] == []


def test_ids_and_places_are_offered():
    schema = build_schemas(load_plan(plan_folder("tiny")).plan)["content.json"]
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
    assert under["anyOf"][0]["enum"] == ["clean-air", "clean-water", "less-runoff"]


@pytest.mark.parametrize("file", ["content.json", "plan.json"])
def test_every_key_says_what_it_is_for(file):
    schema = build_schemas(load_plan(plan_folder("tiny")).plan)[file]
    assert [key for key, rule in keys(schema) if not rule.get("description")] == []
    assert len(list(keys(schema))) > 80


def test_the_example_of_plan_yaml_fits_the_schema_which_shows_it():
    whole = yaml.load("".join(PLAN_YAML.values()), Loader=Reader)
    assert list(validator("tiny", "plan.json").iter_errors(whole)) == []
    schema = build_schemas(load_plan(plan_folder("tiny")).plan)["plan.json"]
    named = [
        "Language",
        "Wording",
        "Strand",
        "Level",
        "Numbers",
        "RelationKind",
        "View",
        "ViewGroup",
        "State-long",
        "Removed",
    ]
    shown = [schema["properties"], *(schema["$defs"][name]["properties"] for name in named)]
    # Of the others, the keys below them have one.
    bare = {key for properties in shown for key, rule in properties.items() if "examples" not in rule}
    assert bare >= {"strands", "levels", "views", "groups"}
    assert bare <= {
        "strands",
        "levels",
        "views",
        "groups",
        "languages",
        "wording",
        "relations",
        *UNUSED,
        "progress",
    }


UNUSED = set(View.model_fields) - {"id", "name", "summary", "statements", "declared", "map", "groups"}
"""Keys that a view has because every entry has them."""


def keys(schema) -> Iterator[tuple[str, dict]]:
    """Yield every key that an author may write, and what the schema says of it."""
    if isinstance(schema, list):
        for each in schema:
            yield from keys(each)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for name, each in schema.items():
            if name not in ("examples", "enum"):
                yield from keys(each)


def test_what_carries_weight_is_understood_by_readers_of_draft_7():
    """The keywords by which a file is judged mean the same in draft 7, which most editors speak."""
    weighty = {"type", "enum", "pattern", "required", "properties", "items", "anyOf", "$ref", "maxLength"}
    weighty |= {"additionalProperties", "patternProperties", "propertyNames", "minItems", "minProperties"}
    for schema in build_schemas(load_plan(plan_folder("tiny")).plan).values():
        assert keywords(schema) <= weighty | {"$schema", "$defs", "title", "description", "examples"}
        jsonschema.Draft7Validator.check_schema(
            {**schema, "$schema": "http://json-schema.org/draft-07/schema#"}
        )


def keywords(schema) -> set[str]:
    if isinstance(schema, list):
        return {word for each in schema for word in keywords(each)}
    if not isinstance(schema, dict):
        return set()
    named = ("properties", "$defs", "patternProperties")
    below = [each for name in named for each in schema.get(name, {}).values()]
    below += [rule for name, rule in schema.items() if name not in (*named, "examples", "enum")]
    return set(schema) | keywords(below)


def test_every_file_of_the_plan_names_its_schema():
    """The first line is what an editor reads to know which ids and keys there are."""
    folder = plan_folder("real")
    for path in sorted(folder.rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n")[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        wanted = "plan.json" if path.name == "plan.yaml" else "content.json"
        assert (path.parent / schema).resolve() == folder / "schema" / wanted, path
        assert (folder / "schema" / wanted).is_file()


def test_the_schema_of_the_repository_is_fresh():
    folder = plan_folder("real") / "schema"
    for name, schema in build_schemas(load_plan(plan_folder("real")).plan).items():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == schema, (
            "run: plan-explorer schema --write"
        )


def test_the_schema_is_printed():
    result = CliRunner().invoke(cli, ["schema", str(plan_folder("tiny"))])
    assert set(json.loads(result.output)) == {"content.json", "plan.json"}
