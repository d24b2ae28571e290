"""CSV files with values: what spreadsheets write is read, each cell with its place."""

import random
import time

import pytest

from plan_explorer.documents.csv_rows import format_csv, parse_csv
from plan_explorer.documents.document import Document
from plan_explorer.documents.plan_files import parse_documents

ROWS = [{"indicator": "smoke", "date": "2024", "value": "3.5", "note": 'so "called"'}]


@pytest.mark.parametrize(
    "text",
    [
        'indicator,date,value,note\nsmoke,2024,3.5,"so ""called"""\n',
        '\ufeffIndicator;DATE; value ;note\r\nsmoke;2024;3,5;"so ""called"""\r\n;;;\r\n',
        'indicator\tdate\tvalue\tnote\r\rsmoke\t2024\t3.5\t"so ""called"""',
        '\n\nindicator,date,value,note,\nsmoke,2024,3.5,"so ""called""",\n',
    ],
)
def test_what_spreadsheets_write_is_the_same(text):
    rows, problems = parse_csv(text, "values.csv")
    assert (rows.data, problems) == (ROWS, [])


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.234,5", "1234.5"), ("1,234", "1.234"), ("-3,0", "-3.0"), ("1.5", "1.5"), ("a, b", "a, b")],
)
def test_a_comma_is_the_decimal_sign_where_semicolons_part_cells(cell, number):
    assert parse_csv(f"date;value\n2024;{cell}\n", "v")[0].data[0]["value"] == number
    assert parse_csv(f'date,value\n2024,"{cell}"\n', "v")[0].data[0]["value"] == cell


def test_every_cell_is_found_again():
    signs = ["a", "é", '"', ",", "\n", "二", " b"]
    chance = random.Random(4)
    cells = [["".join(chance.choices(signs, k=5)).strip() or "x" for _ in range(3)] for _ in range(40)]
    text = format_csv([dict(zip("abc", row, strict=True)) for row in cells])
    rows, problems = parse_csv(text, "v")
    assert problems == []
    assert [list(row.values()) for row in rows.data] == cells
    for at, row in enumerate(cells):
        for name, cell in zip("abc", row, strict=True):
            start, end = rows.cell(at, name)
            assert text[start:end].strip('"').replace('""', '"') == cell.strip('"')
            where = rows.locate((at, name))
            assert text.split("\n")[where.line - 1][where.column - 1 :].startswith(text[start])


def test_a_file_that_no_indicator_names_is_none_of_the_plan():
    yaml = "goals:\n  - {id: a, indicators: [{name: A, values_file: b.csv}]}\n"
    texts = {"a.yaml": yaml, "b.csv": "date,value\n", "c.csv": '"'}
    documents, problems = parse_documents(texts, "plan")
    assert (sorted(documents), problems) == (["a.yaml", "b.csv"], [])
    assert all(isinstance(each, Document) for each in documents.values())


def test_many_faults_are_told_in_time():
    text = "date,value\n" + "2024,a,\x07\n" * 20_000
    before = time.process_time()
    assert len(parse_csv(text, "v")[1]) == 20_000
    assert time.process_time() - before < 5
