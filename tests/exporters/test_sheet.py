"""One table for people, as CSV and XLSX; openpyxl reads what another library wrote."""

import csv
import io
import shutil

import openpyxl
import pytest
from conftest import plan_folder
from exporters.conftest import TINY

from plan_explorer.build import build, exportable
from plan_explorer.exporters import registry
from plan_explorer.exporters.registry import FORMATS
from plan_explorer.exporters.tables import BOM
from plan_explorer.translation import pgettext, read_catalogue, speaking, with_note


def written(source, id):
    return next(format for format in FORMATS if format.id == id).export(source).files


def read(content: bytes) -> list[list[str]]:
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def cells(content: bytes):
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows())


def test_both_files_hold_the_same_rows_as_the_page(exported, plan):
    table = read(exported("sheet").files["table.csv"])
    page = cells(exported("sheet-xlsx").files["table.xlsx"])
    assert [[cell.value or "" for cell in row] for row in page] == [
        [text.removeprefix("'") if text[:2] in ("'=", "'+", "'-", "'@") else text for text in row]
        for row in table
    ]
    heads, *rows = table
    with speaking(read_catalogue(plan.settings.language)):
        name = pgettext("a column", "Name")
        names = {with_note(name, language.name) for language in plan.settings.languages.values()}
    assert names <= set(heads)
    assert len(rows) == len([item for item in plan.items if plan.level(item).commitment] or plan.items)


def test_the_file_of_excel_is_the_same_each_time(source):
    assert written(source, "sheet-xlsx") == written(source, "sheet-xlsx")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(tmp_path, name):
    folder = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = folder / "content.yaml"
    text = content.read_text(encoding="utf-8")
    content.write_text(text.replace("name: Less runoff", f'name: "{name}"'), encoding="utf-8")
    source = exportable(folder)
    assert f"'{name}" in read(written(source, "sheet")["table.csv"])[1]
    found = [cell for row in cells(written(source, "sheet-xlsx")["table.xlsx"]) for cell in row if cell.value]
    assert name in [cell.value for cell in found]
    assert {cell.data_type for cell in found} == {"s"}


@TINY
def test_what_is_not_sure_is_marked(exported):
    _, row = read(exported("sheet").files["table.csv"])
    assert "Does it: The council" in row


def test_without_the_library_only_csv_is_offered(monkeypatch):
    pages = {page.page.path: page for page in build(plan_folder("tiny")).pages}
    with_it = pages["compare/index.md"].article().html
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    site = build(plan_folder("tiny"))
    page = {page.page.path: page for page in site.pages}["compare/index.md"]
    assert "table.xlsx" in with_it
    assert "table.xlsx" not in page.article().html
    assert "table.csv" in page.article().html
    assert "data/table.csv" in site.exports
    assert site.warnings == []


def test_a_site_without_exports_offers_no_file():
    page = {page.page.path: page for page in build(plan_folder("tiny"), formats=[]).pages}["compare/index.md"]
    assert "The whole table" not in page.article().html + page.body


def test_its_heads_are_told_in_the_language_of_the_plan():
    heads = read(written(exportable(plan_folder("rivage"), ""), "sheet")["table.csv"])[0]
    assert heads[:5] == ["Code", "Type", "Partie", "Nom (français)", "Nom (anglais)"]
    assert heads[-2:] == ["Source", "Adresse"]
