"""OpenDocument workbooks are read like those of Excel; what is hostile in them is refused."""

import re
import zipfile

import pytest
from bringing import bring, tree
from click.testing import CliRunner

from plan_explorer.cli.main import cli
from plan_explorer.importers import ods, safe_read
from plan_explorer.loading.checked_plan import load_plan

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<office:document-content
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:automatic-styles>{styles}</office:automatic-styles>
<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"""


def workbook(path, sheets: dict[str, str], styles: str = "", doctype: str = ""):
    """Write a workbook with the content of each sheet by its name."""
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("content.xml", CONTENT.format(sheets=tables, styles=styles, doctype=doctype))
    return path


def row(*cells: str, **attributes: str) -> str:
    return f"<table:table-row{_attributes(attributes)}>{''.join(cells)}</table:table-row>"


def cell(words: str = "", **attributes: str) -> str:
    words = "".join(f"<text:p>{line}</text:p>" for line in words.split("\n") if line)
    return f"<table:table-cell{_attributes(attributes)}>{words}</table:table-cell>"


def _attributes(attributes: dict[str, str]) -> str:
    office = ("value_type", "value", "date_value")
    return "".join(
        f' {"office" if name in office else "table"}:{name.replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )


COVERED = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
EMPTY = row(cell(number_columns_repeated="16384"), number_rows_repeated="1048576")
PLAN = "".join(
    (
        row(cell("Plan of the coast"), cell(number_columns_repeated="16383")),
        row(cell("Goal"), cell("Measure"), cell("Deadline"), cell("Target"), cell("Responsible")),
        "<table:table-row-group>",
        row(
            cell("Air", number_rows_spanned="2"),
            cell("<text:span>Pl</text:span>ant<text:s/>trees"),
            cell("1 May 26", value_type="date", date_value="2026-05-01T00:00:00"),
            cell("40,00", value_type="float", value="40.0"),
            cell("City", number_columns_repeated="1"),
        ),
        row(
            COVERED,
            cell("Dig"),
            cell("5/27", value_type="date", date_value="2027-05-01"),
            cell(),
            "<table:table-cell><office:annotation><text:p>Ask them</text:p></office:annotation>"
            "<text:p>Port</text:p></table:table-cell>",
        ),
        "</table:table-row-group>",
        EMPTY,
    )
)
MANUAL = row(cell("How to fill this in"), cell("Read this first"), number_rows_repeated="40")


def plan_of(path, *options: object):
    """Return the plan that a workbook becomes."""
    said = bring("ods", path, "--into", path.parent / "plan", "--as-of", "2025-01-01", *options)
    return load_plan(path.parent / "plan").plan, said


def test_the_right_sheet_is_read_with_merged_cells_numbers_and_days(tmp_path):
    plan, said = plan_of(workbook(tmp_path / "b.ods", {"Manual": MANUAL, "Plan": PLAN}))
    assert tree(plan) == ["Air", "  Plant trees", "  Dig"]
    assert [plan[id].date.edtf.edtf for id in ("plant-trees", "dig")] == ["2026-05-01", "2027-05-01"]
    assert plan["plant-trees"].target.value == "40"
    assert [plan.title(actor) for actor in plan.actors] == ["City", "Port"]
    assert plan.settings.site_name == "Plan of the coast"
    assert "the sheet 'Manual'" in said
    assert "Column" not in (tmp_path / "b.ods.mapping.yaml").read_text(encoding="utf-8")


def test_a_place_is_the_row_of_the_sheet(tmp_path):
    rows = row(cell("Code"), cell("Name")) + row(cell(), number_rows_repeated="6")
    rows += row(cell("1"), cell("One")) + row(cell("1"), cell("Another"))
    plan_of(workbook(tmp_path / "b.ods", {"Plan": rows}))
    assert re.search(r"row 9\b", (tmp_path / "plan" / "import.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("unit", ["cm", "in", "mm", "pt"])
def test_cells_indented_by_style_or_spaces_are_a_tree(unit, tmp_path):
    step = {"cm": 0.353, "mm": 3.53, "in": 0.1252, "pt": 10}[unit]
    styles = "".join(
        f'<style:style style:name="in{depth}" style:family="table-cell">'
        f'<style:paragraph-properties fo:margin-left="{step * depth:.4f}{unit}"/></style:style>'
        for depth in (0, 1, 2)
    )
    rows = '<table:table-column table:default-cell-style-name="in1"/>'
    rows += row(cell("Name", style_name="in0")) + row(cell("Air", style_name="in0"))
    rows += row(cell("Plant")) + row(cell("Trees", style_name="in2")) + row(cell("Dig"))
    rows += row(cell("Water", style_name="in0"))
    spaced = "".join(row(cell(name)) for name in ("Name", "Air", '<text:s text:c="2"/>Plant', "Water"))
    path = workbook(tmp_path / "b.ods", {"Plan": rows, "Spaces": spaced}, styles)
    assert tree(plan_of(path)[0]) == ["Air", "  Plant", "    Trees", "  Dig", "Water"]
    plan, _ = plan_of(path, "--sheet", "Spaces", "--force", "--discard-edits")
    assert tree(plan) == ["Air", "  Plant", "Water"]
    assert "'Spaces'" in bring("ods", path, "--into", tmp_path / "p", "--sheet", "Spases", code=1)


def test_repeated_cells_and_rows_are_all_read(tmp_path):
    rows = row(cell("Name"), cell("Note"), cell("Remark"))
    rows += row(cell("Air"), cell("None yet.", number_columns_repeated="2"), number_rows_repeated="3")
    path = workbook(tmp_path / "b.ods", {"Plan": rows})
    (sheet,) = ods.read_sheets(path.read_bytes(), "b.ods").values()
    assert sheet[1:] == [(number, ["Air", "None yet.", "None yet."]) for number in (2, 3, 4)]


def test_merged_cells_say_what_is_seen_in_each_row_that_they_reach(tmp_path):
    rows = row(cell("Air", number_rows_spanned="2", number_columns_spanned="2"), COVERED, cell("Dig"))
    rows += row(COVERED, COVERED, cell("Fill")) + row(cell(), cell(), cell("Rake"))
    path = workbook(tmp_path / "b.ods", {"Plan": rows})
    (sheet,) = ods.read_sheets(path.read_bytes(), "b.ods").values()
    assert sheet == [(1, ["Air", "", "Dig"]), (2, ["Air", "", "Fill"]), (3, ["", "", "Rake"])]


def test_the_addresses_behind_cells_are_kept(tmp_path):
    link = '<text:a xlink:href="https://e.example/{0}">{1}</text:a>'
    source = f"See {link.format('a', 'the map')} and {link.format('b', 'the list')}."
    rows = row(cell("Action"), cell("Source")) + row(cell("Plant"), cell(source))
    rows += row(cell(link.format("c", "Dig")), cell("None."))
    plan, _ = plan_of(workbook(tmp_path / "b.ods", {"Plan": rows}))
    assert [said.words for said in plan["plant"].says] == [
        "Source: See the map and the list ([https://e.example/b](https://e.example/b)).",
        "[https://e.example/a](https://e.example/a)",
    ]
    assert [said.words for said in plan["dig"].says] == [
        "Source: None.",
        "Action: [Dig](https://e.example/c)",
    ]


def test_shares_are_in_percent_and_numbers_have_a_point_in_any_language(tmp_path):
    share = {"value_type": "percentage"}
    rows = row(cell("Maßnahme"), cell("Ausgangswert 2020"), cell("Zielwert 2030"), cell("Frist"))
    rows += row(cell("Luft"), cell("12 %", value="0.12", **share), cell("30,5 %", value="0.305", **share))
    rows += row(cell("Wasser"), cell("1,125", value_type="float", value="1.125"), cell("2.500"))
    plan, _ = plan_of(workbook(tmp_path / "b.ods", {"Plan": rows}))
    aims = [(item.target.baseline.value, item.target.value, item.target.unit) for item in plan.items]
    assert aims == [("12", "30.5", "%"), ("1.125", "2 500", "")]


def test_copies_of_sheets_of_other_files_are_no_sheets(tmp_path):
    path = workbook(tmp_path / "b.ods", {"Plan": PLAN, "file:///x.ods#Other": f"<table:table-source/>{PLAN}"})
    assert list(ods.read_sheets(path.read_bytes(), "b.ods")) == ["Plan"]


def test_a_plan_may_begin_with_one(tmp_path):
    path = workbook(tmp_path / "b.ods", {"Plan": PLAN})
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "p"), "--from", str(path)])
    assert result.exit_code == 0, result.output
    assert tree(load_plan(tmp_path / "p" / "content" / "plan").plan) == ["Air", "  Plant trees", "  Dig"]


HEADS = row(cell("Name"), cell("Note"))
FILLED = row(cell("Air"), cell("x"))
HOSTILE = {
    "a cell repeated": (HEADS + row(cell("x", number_columns_repeated="1000000000")), "repeats more than"),
    "a row repeated": (HEADS + row(cell("x"), number_rows_repeated="1000000000"), "repeats more than"),
    "many repeated": (HEADS + row(cell("x", number_columns_repeated="400")) * 600, "repeats more than"),
    "many merged": (
        HEADS
        + row(cell("x", number_rows_spanned="999999") * 400)
        + row(cell(number_columns_repeated="400"), cell("x")) * 600,
        "repeats more than",
    ),
    "nested": (HEADS + row("<table:table-cell>" * 5000 + "</table:table-cell>" * 5000), "not valid XML"),
    "no rows": (HEADS, "no sheet with headings and rows"),
}


def refused(path) -> str:
    """Return why a workbook is refused, while nothing is written."""
    said = bring("ods", path, "--into", path.parent / "plan", code=1)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return said


@pytest.mark.parametrize(("rows", "why"), HOSTILE.values(), ids=list(HOSTILE))
def test_what_is_hostile_is_refused_and_nothing_is_written(rows, why, tmp_path):
    assert why in refused(workbook(tmp_path / "b.ods", {"Plan": rows}))


@pytest.mark.parametrize("entity", ['a "x"><!ENTITY b "&a;&a;"', 'b SYSTEM "file:///etc/passwd"'])
def test_entities_are_refused(entity, tmp_path):
    rows = HEADS + row(cell("&b;"), cell("x"))
    path = workbook(tmp_path / "b.ods", {"Plan": rows}, doctype=f"<!DOCTYPE x [<!ENTITY {entity}>]>")
    assert "declares entities" in refused(path)


def test_what_is_no_workbook_or_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "b.ods"
    path.write_bytes(b"this is no workbook")
    assert "not a workbook" in refused(path)
    for content in (b"\x8f\x12 a password protects this", b" " * 50_000_000):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("content.xml", content)
        assert ("far more than its size" if content[:1] == b" " else "without a password") in refused(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", b"<x/>")
    assert "cannot be read" in refused(path)
    raw = workbook(path, {"Plan": HEADS + FILLED}).read_bytes()
    monkeypatch.setattr(ods, "MAX_BYTES", 500)
    assert len(raw) < safe_read.MAX_BYTES
    assert "unpacks to more than" in refused(path)


@pytest.mark.parametrize("empty", [cell(number_columns_repeated="1000000000"), cell() * 600])
def test_what_is_empty_may_be_repeated_as_often_as_it_likes(empty, tmp_path):
    rows = HEADS + row(cell(), number_rows_repeated="1000") + row(cell("Air"), cell("x"), empty) + EMPTY
    assert tree(plan_of(workbook(tmp_path / "b.ods", {"Plan": rows}))[0]) == ["Air"]
