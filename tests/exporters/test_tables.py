"""The tables are a valid Data Package; broken links, states and bytes are found by frictionless."""

import csv
import json

import pytest
from exporters.conftest import TINY
from frictionless import Package

from plan_explorer.exporters.base import statement_words
from plan_explorer.exporters.table_columns import TABLES
from plan_explorer.exporters.tables import BOM
from plan_explorer.translation import read_catalogue, speaking


@pytest.fixture
def folder(exported, tmp_path):
    for path, content in exported("csv").files.items():
        (tmp_path / path).write_bytes(content)
    return tmp_path


def report(folder):
    """Return the kinds of error that frictionless finds, after it has checked the descriptor itself."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Package.metadata_validate(descriptor)) == []
    package = Package(str(folder / "datapackage.json"))
    return [error[0] for error in package.validate().flatten(["type"])]


def rows(folder, table):
    text = (folder / f"{table}.csv").read_text(encoding="utf-8").removeprefix(BOM)
    return list(csv.DictReader(text.splitlines(keepends=True)))


def test_the_package_is_valid_and_holds_everything(folder, plan):
    assert report(folder) == []
    assert len(rows(folder, "entries")) == len(list(plan))
    said = [each for all in plan.said.values() for each in all if each.key[0] != "relations"]
    with speaking(read_catalogue(plan.settings.language)):
        words = [statement_words(each).removeprefix("'") for each in said]
    assert [row["text"].removeprefix("'") for row in rows(folder, "statements")] == words
    assert len(rows(folder, "relations")) == sum(len(entity.relations) for entity in plan)


FAULTS = {
    "a-lost-parent": ("parents", "parent", "nobody", "foreign-key"),
    "a-lost-statement": ("citations", "address", "s999", "foreign-key"),
    "an-unknown-status": ("statements", "status", "sure", "constraint-error"),
    "no-number": ("statements", "number", "first", "type-error"),
    "twice-the-same": ("entries", "id", None, "primary-key"),
}


@TINY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(folder, fault):
    table, column, value, kind = FAULTS[fault]
    all = rows(folder, table)
    all[0][column] = value or all[1][column]
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource.pop("hash"), resource.pop("bytes")  # a fault of the content, not of its transport
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(TABLES[table]))
        writer.writeheader()
        writer.writerows(all)
    assert kind in report(folder)


@TINY
def test_a_changed_file_is_told_by_its_hash(folder):
    path = folder / "entries.csv"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    assert "hash-count" in report(folder)


def test_no_cell_is_a_formula(folder):
    for table in TABLES:
        for row in rows(folder, table):
            assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]
