"""plan.json keeps to its schema, holds what the authors wrote, and tells every difference by its hash."""

import json
from copy import deepcopy

import pytest
from conftest import plan_folder
from exporters.conftest import TINY
from jsonschema import Draft202012Validator

from plan_explorer.documents.plan_files import parse_documents
from plan_explorer.exporters.base import statement_words
from plan_explorer.loading.loader import load
from plan_explorer.loading.plan_json import digest, file_texts
from plan_explorer.translation import read_catalogue, speaking


@pytest.fixture
def data(exported):
    return json.loads(exported("json").files["plan.json"])


@pytest.fixture
def validator(exported):
    schema = json.loads(exported("json").files["plan.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_it_keeps_to_its_schema(data, validator, plan):
    assert [error.message for error in validator.iter_errors(data)] == []
    assert [entry["id"] for entry in data["entries"]] == [entity.id for entity in plan]


FAULTS = {
    "no-file": lambda data: data["files"].pop("plan.yaml"),
    "number": lambda data: data["files"].update(extra=7),
    "status": lambda data: data["entries"][-1]["statements"][0].update(status="sure"),
    "unplaced": lambda data: data["entries"][-1]["statements"][0].pop("url"),
    "foreign": lambda data: data["entries"][0].update(colour="red"),
    "hash": lambda data: data.update(hash="0"),
}


@TINY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught_by_the_schema(data, validator, fault):
    broken = deepcopy(data)
    FAULTS[fault](broken)
    assert validator.is_valid(data)
    assert not validator.is_valid(broken)


def test_its_files_are_the_plan(data, plan):
    documents, unread = parse_documents(file_texts(data), "plan.json")
    again, problems = load(documents, "plan.json")
    assert unread == []
    assert problems == []
    assert again.settings == plan.settings
    assert {id: entry.entity for id, entry in again.entries.items()} == {
        id: entry.entity for id, entry in plan.entries.items()
    }
    assert list(again.entries) == list(plan.entries)


def test_its_hash_tells_whether_a_file_was_changed(data):
    assert data["hash"] == digest(data["files"])
    data["files"]["plan.yaml"]["site_name"] = "Another name"
    assert data["hash"] != digest(data["files"])


def test_every_statement_with_its_evidence_is_in_it(data, plan):
    entries = {entry["id"]: entry for entry in data["entries"]}
    for entity in plan:
        given = entries[entity.id].get("statements", [])
        said = [each for each in plan.said[entity.id] if each.key[0] != "relations"]
        with speaking(read_catalogue(plan.settings.language)):
            words = [statement_words(each) for each in said]
        assert words == [each.get("text", "") for each in given]
        for each, made in zip(said, given, strict=True):
            places = [f"{p['source']} {p.get('locator', '')}".strip() for p in made.get("cites", [])]
            assert places == [str(citation) for citation in each.statement.cites]


def test_its_texts_are_the_files_to_the_letter(data, name):
    for path, text in data["texts"].items():
        assert text == (plan_folder(name) / path).read_text(encoding="utf-8")
    assert sorted(data["texts"]) == sorted(data["files"])
