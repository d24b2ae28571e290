"""Indicators, values and progress in every format that carries them, and back."""

import csv
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from figured import VALUES, write
from frictionless import Package
from icalendar import Calendar
from jsonschema import Draft202012Validator
from lxml import etree

from plan_explorer.build import exportable
from plan_explorer.cli.main import cli
from plan_explorer.exporters.registry import FORMATS
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.translation import read_catalogue

NAMES = {"s": "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("figures") / "plan")


def exported(folder, id):
    return next(format for format in FORMATS if format.id == id).export(exportable(folder, "")).files


def table(files, name):
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"))))


def test_tables_have_every_figure_in_long_form(folder, tmp_path):
    files = exported(folder, "csv")
    for path, content in files.items():
        (tmp_path / path).write_bytes(content)
    assert Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"]) == []
    named = [(row["entry"], row["indicator"], row["unit"]) for row in table(files, "indicators")]
    assert sorted(named) == [
        ("clean-air", "clean-air", "days"),
        ("clean-air", "soot", ""),
        ("less-runoff", "less-runoff", "%"),
        ("less-runoff", "ponds", ""),
    ]
    keys = ("indicator", "series", "date", "number", "group", "comparator")
    rows = {tuple(row[key] for key in keys) for row in table(files, "values")}
    assert rows == {
        ("clean-air", "baseline", "2020", "40", "", ""),
        ("clean-air", "value", "2023", "30.5", "", ""),
        ("clean-air", "value", "2024", "28", "", ""),
        ("clean-air", "value", "2024", "20", "winter; spring", ""),
        ("clean-air", "milestone", "2025", "", "", ""),
        ("clean-air", "earlier target", "2028", "", "", ""),
        ("clean-air", "target", "2030", "10", "", "exactly"),
        ("soot", "value", "2024", "3", "", ""),
        ("less-runoff", "baseline", "", "90", "", ""),
        ("less-runoff", "target", "2030", "50", "", "at-most"),
        ("ponds", "value", "2023", "-3", "", ""),
        ("ponds", "value", "2023", "4", "", ""),
        ("ponds", "value", "2024/2025", "1200", "north", ""),
        ("ponds", "earlier milestone", "2026-05-02", "", "", ""),
        ("ponds", "milestone", "2027-05-02", "", "", ""),
        ("ponds", "earlier target", "2028", "9", "", ""),
        ("ponds", "target", "2030-06-30", "12", "", "exactly"),
    }
    (progress,) = table(files, "progress")
    assert (progress["state"], progress["because"], progress["cites"]) == (
        "on-track",
        "The filter is in use.",
        "report",
    )


def test_plan_json_has_them_by_its_schema(folder):
    files = exported(folder, "json")
    document = json.loads(files["plan.json"])
    Draft202012Validator(json.loads(files["plan.schema.json"])).validate(document)
    entries = {entry["id"]: entry for entry in document["entries"]}
    details = entries["clean-air"]["details"]
    smoke = details["indicators"][0]
    said = {each["address"]: each["text"] for each in entries["clean-air"]["statements"]}
    assert [value["value"] for value in smoke["values"]] == ["30.5", "28", "20"]
    assert said[smoke["values"][2]["address"]] == "Days of smoke: 20 days (winter; spring) in 2024."
    assert said[details["progress"][0]["address"]] == "The filter is in use."
    assert smoke["targets"][0]["earlier"][0]["because"] == "The mill asked for time."
    assert entries["less-runoff"]["details"]["target"]["value"] == "50"


def test_plan_json_gives_the_files_back(folder, tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(exported(folder, "json")["plan.json"])
    again = tmp_path / "again"
    result = CliRunner().invoke(cli, ["import", "json", str(path), "--into", str(again)])
    assert result.exit_code == 0, result.output
    for name in ("plan.yaml", "content.yaml"):
        assert (again / name).read_bytes() == (folder / name).read_bytes()
    assert (again / "values.csv").read_text(encoding="utf-8") == VALUES.lstrip("\ufeff").replace("\r\n", "\n")
    told = [list(load_plan(each).plan["clean-air"].said()) for each in (folder, again)]
    assert told[0] == told[1]


def test_stratml_has_targets_and_results(folder):
    root = etree.fromstring(exported(folder, "stratml")["plan.stratml.xml"])
    from exporters.test_stratml import SCHEMA

    assert SCHEMA.validate(root), SCHEMA.error_log
    ponds = root.xpath("//s:PerformanceIndicator[s:MeasurementDimension='Ponds']", namespaces=NAMES)[0]

    def units(name):
        return ponds.xpath(f".//s:{name}/s:NumberOfUnits/text()", namespaces=NAMES)

    assert (units("TargetResult"), units("ActualResult")) == (["12"], ["4", "1200"])
    assert ponds.xpath(".//s:DescriptorValue/text()", namespaces=NAMES) == ["north"]


def test_a_calendar_has_what_is_due_with_its_moves(folder):
    calendar = Calendar.from_ical(exported(folder, "ical")["plan.ics"])
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert str(events["Milestone: Less runoff"]["description"]).splitlines()[:2] == [
        "Ponds: The first pond by 2 May 2027.",
        "It was due 2 May 2026: Rain.",
    ]
    assert events["Due: Less runoff"].decoded("dtstart").isoformat() == "2030-06-30"
    assert "It was due 2028 until 2024." in str(events["Due: Less runoff"]["description"])
    days = {
        (str(event["summary"]), event.decoded("dtstart").isoformat()): str(event["description"])
        for event in calendar.walk("VEVENT")
    }
    assert days["Due: Clean air", "2030-12-31"].startswith("Days of smoke: 10 days by 2030.")
    assert days["Due: Less runoff", "2030-12-31"].startswith("Runoff: at most 50% by 2030.")
    assert len({str(event["uid"]) for event in events.values()}) == len(events)


def test_a_figure_is_told_in_the_language_of_the_plan():
    folder = plan_folder("rivage")
    told = [" ".join(row["text"].split()) for row in table(exported(folder, "csv"), "statements")]
    assert "Prés salés rendus à la marée : au moins 1 800 ha d’ici à 2030." in told


def test_a_deadline_is_told_in_the_language_of_the_plan(folder):
    source = replace(exportable(folder, ""), catalogue=read_catalogue("fr"))
    files = next(format for format in FORMATS if format.id == "ical").export(source).files
    days = Calendar.from_ical(files["plan.ics"]).walk("VEVENT")
    about = [" ".join(str(day.get("description")).split()) for day in days]
    assert any(each.startswith("Ponds : The first pond d’ici au 2 mai 2027.") for each in about)


def test_what_an_import_reads_in_stratml_is_in_english():
    text = exported(plan_folder("rivage"), "stratml")["plan.stratml.xml"].decode()
    assert "<Description>at least 1 800 ha, by 2030</Description>" in " ".join(text.split())
