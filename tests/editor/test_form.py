"""The form is made of the schema, and what it shows is read back as it was written."""

import pytest
from conftest import PLANS
from edited import workspace_of

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.editing.set_entry import set_entry
from plan_explorer.editor.form import KIND, TARGET, entry_shape, field_at, fold, name_of, read, unfold
from plan_explorer.editor.saving import key_at, own_data
from plan_explorer.model.json_schema import build_schemas


def posted(shape, values, path=()):
    """Return what a browser sends for *values*."""
    if shape.kind == "list":
        parts = [posted(shape.item, each, (*path, at)) for at, each in enumerate(values)]
    elif shape.kind in ("group", "map", "relation"):
        known = {key: shape.item or shape.parts.get(key) for key in values}
        parts = [posted(known[key], each, (*path, key)) for key, each in values.items() if known[key]]
        parts += [{name_of((*path, key)): values[key]} for key in (KIND, TARGET) if key in values]
    else:
        return {name_of(path): values}
    return {name: value for part in parts for name, value in part.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_form_that_is_sent_as_it_came_changes_nothing(name):
    workspace = workspace_of(name)
    schema = build_schemas(workspace.plan)["content.json"]
    seen = set()
    for entry in workspace.plan.entries.values():
        if entry.key and entry.key[0] != "views":
            shape = entry_shape(schema, entry.key[0])
            old = own_data(entry)
            filled = read(shape, posted(shape, unfold(shape, old)))
            new = fold(shape, filled, old)
            assert list(new) == list(old)
            if entry.key[0] not in seen:
                assert set_entry(workspace, entry.entity.id, new).files == workspace.files
                seen.add(entry.key[0])
    assert len(seen) > 3


def step_shape():
    return entry_shape(build_schemas(workspace_of("tiny").plan)["content.json"], "steps")


def test_the_schema_says_what_can_be_filled_in():
    shape = step_shape()
    assert list(shape.parts)[:3] == ["under", "also_under", "code"]
    assert not {"id", "level", "formerly"} & shape.parts.keys()
    assert shape.parts["under"].offered == ("clean-air", "clean-water", "less-runoff")
    assert shape.parts["under"].needed
    assert (shape.parts["name"].kind, shape.parts["name"].options) == ("map", ("en",))
    assert shape.parts["summary"].is_statement
    assert shape.parts["summary"].parts["text"].kind == "prose"
    assert "silence" in shape.parts["summary"].parts["status"].options
    assert shape.parts["summary"].parts["cites"].item.suggests == "place"
    relation = shape.parts["relations"].item
    assert (relation.kind, relation.options) == ("relation", ("supports", "done-by"))
    assert {"at-least", "at-most"} < set(shape.parts["target"].parts["comparator"].options)


def test_what_is_filled_in_is_written_as_an_author_writes_it():
    shape = step_shape()
    filled = {
        "f/name/en": "ignored",
        "f/name/en/text": " Less\r\nrunoff\x00 ",
        "f/summary/text": "It is so.",
        "f/summary/@cite": "paper p2.1",
        "f/summary/status": "",
        "f/statements/3/text": "",
        "f/statements/7/text": "General.",
        "f/statements/7/status": "known",
        "f/relations/0/@kind": "supports",
        "f/relations/0/@target": "clean-air",
        "f/relations/0/cites/0": "paper p1",
        "f/relations/1/@kind": "",
        "f/relations/1/@target": "",
        "f/date/edtf": "2030",
        "f/also_under/999999999999": "x",
        "f/made-up": "x",
    }
    assert fold(shape, read(shape, filled), {"id": "x", "name": "Old"}) == {
        "id": "x",
        "name": "Less runoff",
        "summary": "It is so. [@paper p2.1]",
        "statements": [{"text": "General.", "status": "known"}],
        "relations": [{"supports": "clean-air", "cites": ["paper p1"]}],
        "date": "2030",
    }


def test_a_problem_finds_its_field():
    workspace = workspace_of("tiny")
    shape = step_shape()
    entry = workspace.plan.entries["less-runoff"]
    for key, field in [
        (("under",), ("under",)),
        (("summary",), ("summary",)),
        (("relations", 1, "because"), ("relations", 1, "because")),
        (("relations", 1, "supports"), ("relations", 1)),
        (("relations", 0, "cites", 0), ("relations", 0, "cites", 0)),
    ]:
        problem = entry.document.problem("unknown-id", "x", (*entry.key, *key))
        found = key_at(entry.document, entry.key, problem)
        assert (found, field_at(shape, found)) == (key, field)
    elsewhere = Problem("unknown-id", "x", Location("plan/content.yaml", 2, 3))
    assert key_at(entry.document, entry.key, elsewhere) is None
    assert field_at(shape, ("id",)) == ()


def test_a_text_in_several_languages_is_filled_in_in_the_first_and_keeps_the_others():
    says = {"en": "It is short. [@paper p1]", "fr": "Il est court."}
    workspace = workspace_of("tiny")
    shape = entry_shape(build_schemas(workspace.plan)["content.json"], "goals")
    for old in (
        {"id": "x", "name": "X", "summary": says},
        {"id": "x", "name": "X", "statements": [says, "Another."]},
        {"id": "x", "name": "X", "summary": {"text": says, "status": "inferred", "reason": {"en": "So."}}},
    ):
        shown = posted(shape, unfold(shape, old))
        assert fold(shape, read(shape, shown), old) == old
        assert "It is short. [@paper p1]" in shown.values()
        assert "Il est court." not in shown.values()
        changed = {key: text.replace("short", "brief") for key, text in shown.items()}
        new = str(fold(shape, read(shape, changed), old))
        assert "It is brief. [@paper p1]" in new
        assert "Il est court." in new
        emptied = {key: "" if "short" in text or "@paper" in text else text for key, text in shown.items()}
        assert "court" not in str(fold(shape, read(shape, emptied), old))
