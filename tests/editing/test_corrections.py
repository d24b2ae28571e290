"""A workbook that people correct comes back cell by cell; what was changed on both sides is refused."""

from pathlib import Path

import openpyxl
import pytest
from bringing import bring
from conftest import PLANS
from edited import copied, run

from plan_explorer.build import exportable
from plan_explorer.exporters import workbook
from plan_explorer.importers.workbook_memory import MEMORY
from plan_explorer.loading.checked_plan import load_plan

EXTRA = """\
# Aims.
goals:
  - id: fair-play
    # Why it is here.
    code: '3'
    name: {en: Fair play}  # as printed
    summary: >-
      The paper asks for
      fair play. [@paper p1.1]
    statements:
      - It is hard. [@paper p1.1]
      - text: It is rare.
        status: known
      - It is =new= here. [@report]
    date: {edtf: 2030, cites: [paper p1.2]}
    target: {indicator: Games, value: 30, unit: '%', due: 2030, cites: [paper p1.2]}
    relations:
      - done-by: council
        cites: [paper p2.1]
      - supports: clean-air
        because: It clears the air. [@paper p1.1]
        status: inferred
"""


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Book:
    """A workbook in the hands of a colleague."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        assert run("export", "xlsx", "--plan", folder, "--output", folder.parent).exit_code == 0
        self.path = folder.parent / "tiny.xlsx"
        self.book = openpyxl.load_workbook(self.path)

    def heads(self, sheet: str) -> list[str]:
        return [cell.value for cell in self.book[sheet][1]]

    def cell(self, sheet: str, key: str, head: str):
        number = len([each for each in self.heads(sheet) if each in ("id", "entry", "part", "number")])
        for row in self.book[sheet].iter_rows(min_row=2):
            if " ".join(str(cell.value) for cell in row[:number]) == key:
                return row[self.heads(sheet).index(head)]
        raise KeyError(key)

    def put(self, sheet: str, key: str, head: str, words: str | None) -> None:
        self.cell(sheet, key, head).value = words

    def add(self, sheet: str, **cells: str) -> None:
        row = self.book[sheet].max_row + 1
        for head, words in cells.items():
            self.book[sheet].cell(row, self.heads(sheet).index(head.replace("_", " ")) + 1).value = words

    def bring(self, *options: str, code: int = 0) -> str:
        self.book.save(self.path)
        return bring("xlsx", self.path, "--into", self.folder, "--update", *options, code=code)


@pytest.fixture
def folder(tmp_path) -> Path:
    plan = copied("tiny", tmp_path)
    (plan / "more.yaml").write_text(EXTRA, encoding="utf-8")
    return plan


@pytest.fixture
def book(folder) -> Book:
    return Book(folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_workbook_that_nobody_touched_changes_nothing(name, tmp_path):
    plan = copied(name, tmp_path)
    before = files(plan)
    assert run("export", "xlsx", "--plan", plan, "--output", tmp_path).exit_code == 0
    (path,) = tmp_path.glob("*.xlsx")
    openpyxl.load_workbook(path).save(path)  # as another program writes it
    assert bring("xlsx", path, "--into", plan, "--update") == "0 cells changed\n"
    assert files(plan) == before


def test_every_level_has_a_sheet_and_what_may_be_corrected_stands_in_it(book):
    assert book.book.sheetnames == [
        *("Goals", "Steps", "Sources", "Actors", "Events", "Terms", "Statements", MEMORY)
    ]
    row = {head: book.cell("Goals", "fair-play", head).value for head in book.heads("Goals")}
    assert {head: words for head, words in row.items() if words} == {
        "id": "fair-play",
        "Code": "3",
        "Name (English)": "Fair play",
        "Summary": "The paper asks for fair play.",
        "Summary: places": "paper p1.1",
        "Date": "2030",
        "Date: places": "paper p1.2",
        "Target: indicator": "Games",
        "Target: value": "30",
        "Target: unit": "%",
        "Target: due": "2030",
        "Target: places": "paper p1.2",
        "Actors": "done-by: council – The council [paper p2.1]",
        "Relations": "supports: clean-air – Clean air because It clears the air. [paper p1.1]",
    }
    assert book.cell("Statements", "fair-play statements 2", "Label").value == "known"
    assert book.book[MEMORY].sheet_state == "veryHidden"


def test_the_key_is_marked_and_cannot_be_typed_over(book):
    sheet = book.book["Goals"]
    cell = book.cell("Goals", "fair-play", "id")
    assert cell.fill.fgColor.rgb == "FFE7E7E7"
    assert book.cell("Goals", "fair-play", "Code").fill.fgColor.rgb != "FFE7E7E7"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules[f"A2:A{sheet.max_row}"] == "FALSE"


@pytest.mark.parametrize("words", ["=1+1", "+49 30", "-5 points", "@home", "#N/A", "1.10", "007", "2030-06"])
def test_what_a_spreadsheet_would_take_for_something_else_is_text_and_comes_back(folder, words):
    (folder / "more.yaml").write_text(EXTRA.replace("Fair play", f"'{words}'"), encoding="utf-8")
    book = Book(folder)
    cell = book.cell("Goals", "fair-play", "Name (English)")
    assert (cell.value, cell.data_type, cell.number_format) == (words, "s", "@")
    assert cell.quotePrefix == words.startswith(("=", "+", "-", "@"))
    assert book.bring() == "0 cells changed\n"
    cell.value = f"{words} too"
    cell.data_type = "s"
    assert book.bring().endswith("1 cell changed\n")
    assert load_plan(folder).plan["fair-play"].name["en"].text == f"{words} too"


def test_the_same_plan_is_the_same_bytes(folder):
    source = exportable(folder)
    assert workbook.export(source).files == workbook.export(exportable(folder)).files


def test_corrections_come_back_cell_by_cell_and_comments_stay(book, folder):
    for head, words in {
        "Name (English)": "Fairer play",
        "Summary": "The paper asks for fairer play.",
        "Summary: places": "paper p1.2; report",
        "Date": "2031-05",
        "Target: value": "40",
        "Target: baseline": "12",
        "Actors": "done-by: council – The council",
        "Gist": "Play by the rules",
    }.items():
        book.put("Goals", "fair-play", head, words)
    book.put("Goals", "fair-play", "Relations", "supports: clean-water [paper p1.1]")
    book.put("Statements", "fair-play statements 1", "Text", "It is quite hard.")
    book.put("Statements", "fair-play statements 2", "Label", "background")
    book.put("Statements", "fair-play statements 2", "Places", "report")
    assert book.bring().endswith("11 cells changed\n")
    assert (folder / "more.yaml").read_text(encoding="utf-8") == (
        EXTRA.replace("{en: Fair play}  # as", "{en: Fairer play}  # as")
        .replace("    summary: >-\n      The paper asks for\n      fair play. [@paper p1.1]\n",
                 "    gist: Play by the rules\n    summary: >-\n"
                 "      The paper asks for fairer play. [@paper p1.2; @report]\n")
        .replace("It is hard.", "It is quite hard.")
        .replace("text: It is rare.\n        status: known",
                 "text: It is rare. [@report]\n        status: background")
        .replace("{edtf: 2030, cites", "{edtf: 2031-05, cites")
        .replace("{indicator: Games, value: 30, unit: '%', due: 2030, cites: [paper p1.2]}",
                 "{indicator: Games, value: 40, unit: '%', due: 2030, cites: [paper p1.2], "
                 "baseline: {value: 12}}")
        .replace("      - supports: clean-air\n        because: It clears the air. [@paper p1.1]\n"
                 "        status: inferred\n",
                 "      - supports: clean-water\n        cites: [paper p1.1]\n")
    )  # fmt: skip


def test_what_was_changed_on_both_sides_is_refused_with_the_cell_and_the_place(book, folder):
    book.put("Goals", "fair-play", "Summary", "Theirs.")
    book.put("Goals", "clean-air", "Name (English)", "Cleaner air")
    changed = EXTRA.replace("fair play. [@", "fair games. [@").replace("It is hard", "It is very hard")
    (folder / "more.yaml").write_text(changed, encoding="utf-8")
    before = files(folder)
    said = book.bring(code=1)
    assert (
        "more.yaml:7:14: 'Goals'!E4 says “Theirs.”, but the plan says “The paper asks for fair games.”"
        in said
    )
    assert "1 problem" in said
    assert files(folder) == before
    book.put("Goals", "fair-play", "Summary", "The paper asks for fair games.")
    assert book.bring().endswith("1 cell changed\n")  # the other one
    assert load_plan(folder).plan["clean-air"].name["en"].text == "Cleaner air"


def test_a_statement_is_found_where_it_stands_now(book, folder):
    text = EXTRA.replace("      - It is hard.", "      - It is first. [@paper p1.1]\n      - It is hard.")
    (folder / "more.yaml").write_text(text, encoding="utf-8")
    book.put("Statements", "fair-play statements 3", "Text", "It is =old= here.")
    book.bring()
    assert (folder / "more.yaml").read_text(encoding="utf-8") == text.replace("=new=", "=old=")
    (folder / "more.yaml").write_text(
        text.replace("      - It is =new= here. [@report]\n", ""), encoding="utf-8"
    )
    assert "but 'fair-play statements 3' is no longer in the plan" in book.bring(code=1)


def test_a_new_row_is_a_new_entry_and_a_new_statement(book, folder):
    book.add("Goals", **{"Name_(English)": "Quiet nights"})
    book.add("Steps", id="ear-plugs", Under="quiet-nights", **{"Name_(English)": "Ear plugs"},
             Summary="Plugs for all.", **{"Summary:_places": "paper p2.1"})  # fmt: skip
    book.add("Statements", entry="fair-play", Text="It is fun.", Places="report")
    said = book.bring()
    assert said.endswith("1 cell changed; new: quiet-nights, ear-plugs\n")
    plan = load_plan(folder).plan
    assert plan["quiet-nights"].level == "goal"
    assert (plan["ear-plugs"].under, plan["ear-plugs"].summary.text) == (
        "quiet-nights",
        "Plugs for all. [@paper p2.1]",
    )
    assert plan["fair-play"].statements[-1].text == "It is fun. [@report]"
    assert "# summary: What it is, in one sentence." in "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("more.yaml", "content.yaml")
    )


def test_a_row_that_is_gone_is_named_and_removed_only_if_asked(book, folder):
    for sheet, key in (("Goals", "fair-play"), ("Statements", "fair-play statements 2")):
        book.book[sheet].delete_rows(book.cell(sheet, key, book.heads(sheet)[0]).row)
    before = files(folder)
    said = book.bring()
    assert "left in the plan: statements 2 of 'fair-play', without a row (--remove)" in said
    assert "no longer in the workbook, and left in the plan: fair-play (--remove)" in said
    assert files(folder) == before
    assert book.bring("--remove").endswith("removed: fair-play\n")
    assert "fair-play" not in load_plan(folder).plan


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda b: b.book[MEMORY].cell(1, 2, "other"), "of the plan 'other', and not of 'tiny'"),
        (lambda b: b.book[MEMORY].cell(1, 1, "?"), "the hidden sheet 'plan-explorer' of this"),
        (lambda b: b.book["Goals"].cell(1, 1, "key"), "the sheet 'Goals' has no column 'id'"),
        (lambda b: b.add("Goals", Code="9"), "a new row in 'Goals' has no id"),
        (lambda b: b.add("Goals", id="council", Code="9"), "'council' in 'Goals' is an entry already"),
        (lambda b: b.add("Goals", id="clean-air", Code="9"), "the row of 'clean-air' stands twice"),
        (lambda b: b.add("Statements", entry="none", Text="X"), "there is no entry 'none'"),
        (lambda b: b.put("Goals", "fair-play", "Date", "soon"), "'soon' is"),
        (lambda b: b.put("Goals", "fair-play", "Summary: places", "paper p9"), "'paper' has no passage"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_and_nothing_is_written(book, folder, spoil, said):
    before = files(folder)
    book.put("Goals", "clean-air", "Name (English)", "Cleaner air")
    spoil(book)
    assert said in book.bring(code=1)
    assert files(folder) == before


def test_a_sheet_or_column_that_is_missing_changes_nothing(book, folder):
    before = files(folder)
    del book.book["Steps"]
    sheet = book.book["Goals"]
    sheet.delete_cols(book.heads("Goals").index("Summary") + 1)
    book.book.create_sheet("Mine").cell(1, 1, "note")
    said = book.bring()
    assert "the sheet 'Steps' is missing: nothing in it was changed" in said
    assert "'Goals' has no column 'Summary': nothing in it was changed" in said
    assert "the sheet 'Mine' is none of the plan’s, and is left out" in said
    assert files(folder) == before


def test_dry_run_shows_what_would_change(book, folder):
    before = files(folder)
    book.put("Goals", "fair-play", "Name (English)", "Fairer play")
    said = book.bring("--dry-run")
    assert "-    name: {en: Fair play}  # as printed\n+    name: {en: Fairer play}  # as printed\n" in said
    assert files(folder) == before


def test_a_formula_without_its_result_is_refused_and_nothing_is_lost(book):
    before = files(book.folder)
    book.put("Goals", "fair-play", "Summary", '=UPPER("x")')
    said = book.bring(code=1)
    assert "'Goals'!" in said
    assert "holds a formula without its result" in said
    assert files(book.folder) == before


def test_what_was_emptied_is_told(book):
    book.put("Goals", "fair-play", "Target: unit", None)
    said = book.bring()
    assert "is empty now: “%” was taken out" in said
    assert "1 cell changed" in said


def test_a_new_relation_has_its_reason_in_the_cell_and_an_old_one_a_better_one(book, folder):
    book.put("Goals", "clean-air", "Relations", "supports: fair-play because It is only fair. [paper p1.2]\n"
             "supports: clean-water [paper p1.2]")  # fmt: skip
    book.put("Goals", "fair-play", "Relations", "supports: clean-air – Clean air because Air is for all.")
    assert book.bring().endswith("2 cells changed\n")
    relations = {id: [(r.target, r.says.words, r.says.status) for r in load_plan(folder).plan[id].relations]
                 for id in ("clean-air", "fair-play")}  # fmt: skip
    assert relations == {
        "clean-air": [("fair-play", "It is only fair.", "inferred"), ("clean-water", "", "stated")],
        "fair-play": [("council", "", "stated"), ("clean-air", "Air is for all.", "inferred")],
    }  # fmt: skip
    assert "because: Air is for all. [@paper p1.1]" in (folder / "more.yaml").read_text(encoding="utf-8")
    assert book.bring() == "0 cells changed\n"


def test_places_of_relations_are_corrected_and_what_a_line_leaves_out_stays(book, folder):
    book.put("Goals", "fair-play", "Actors", "done-by: council – The council [paper p1.2]")
    book.put("Goals", "fair-play", "Relations", "supports: clean-air – Clean air [paper p1.2]")
    assert book.bring().endswith("2 cells changed\n")
    text = (folder / "more.yaml").read_text(encoding="utf-8")
    assert "done-by: council\n        cites: [paper p1.2]\n" in text
    assert "because: It clears the air. [@paper p1.2]\n        status: inferred\n" in text
    book.put("Goals", "fair-play", "Actors", "done-by: council")
    book.put("Goals", "fair-play", "Relations", "supports: clean-air")
    assert book.bring() == "0 cells changed\n"


def test_a_reason_that_no_line_can_hold_stays_out_of_the_cell(folder):
    (folder / "more.yaml").write_text(EXTRA.replace("It clears", r"It \[truly] clears"), encoding="utf-8")
    book = Book(folder)
    assert book.cell("Goals", "fair-play", "Relations").value == "supports: clean-air – Clean air"
    assert book.bring() == "0 cells changed\n"


def test_a_relation_without_a_reason_names_its_cell_and_says_how_to_give_one(book):
    book.put("Goals", "clean-air", "Relations", "supports: fair-play")
    said = book.bring(code=1)
    assert f"{book.path}:3:1: 'Goals'!U3: " in said
    assert "because" in said
    assert ".yaml" not in said


@pytest.mark.parametrize(
    ("sheet", "key", "head", "words", "cell"),
    [
        ("Goals", "fair-play", "Date", "soon", "'Goals'!I4: 'soon' is"),
        ("Goals", "fair-play", "Summary: places", "paper p9", "'Goals'!F4: 'paper' has no passage"),
        ("Statements", "fair-play statements 2", "Places", "paper p9", "E3: 'paper' has no passage"),
        ("Statements", "fair-play statements 1", "Label", "statd", "F2: "),
    ],
)
def test_what_is_wrong_names_the_sheet_and_the_cell(book, sheet, key, head, words, cell):
    book.put(sheet, key, head, words)
    said = book.bring(code=1)
    assert cell in said
    assert ".yaml" not in said


def test_what_is_wrong_in_a_new_row_names_its_cell(book):
    book.add("Goals", id="quiet", **{"Name_(English)": "Quiet", "Date": "soon"})
    assert "'Goals'!I5: 'soon' is" in book.bring(code=1)


def test_what_has_no_place_names_the_column_to_fill(book):
    for head in ("Summary: places", "Date: places"):
        book.put("Goals", "fair-play", head, None)
    book.add("Statements", entry="fair-play", Text="It is fun.")
    said = book.bring(code=1)
    assert [line.strip() for line in said.splitlines() if "hint: " in line] == [
        f"hint: fill the column '{head}'" for head in ("Summary: places", "Date: places", "Places")
    ]


def test_a_new_row_without_a_place_names_the_column_to_fill(book):
    book.add("Goals", id="quiet", Summary="It is quiet.", **{"Name_(English)": "Quiet"})
    assert "hint: fill the column 'Summary: places'" in book.bring(code=1)


def test_the_same_workbook_brought_twice_does_nothing(book, folder):
    book.add("Goals", Gist="Hush", **{"Name_(English)": "Quiet nights"})
    book.add("Statements", entry="fair-play", Text="It is fun.", Places="report")
    book.put("Goals", "fair-play", "Gist", "Play")
    book.bring()
    before = files(folder)
    said = book.bring()
    assert said == "0 cells changed; already there: quiet-nights, statements of 'fair-play'\n"
    assert files(folder) == before


def test_a_lost_hidden_sheet_is_named(book):
    del book.book[MEMORY]
    said = book.bring(code=1)
    assert "this workbook has lost its hidden sheet 'plan-explorer'" in said
    assert "import.json" not in said


def test_what_has_to_be_verified_again_is_counted(tmp_path):
    plan = copied("real", tmp_path)
    assert run("export", "xlsx", "--plan", plan, "--output", tmp_path).exit_code == 0
    (path,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    row = next(
        row for row in book["Statements"].iter_rows(min_row=2) if row[5].value is None and row[4].value
    )
    row[3].value = f"{row[3].value} Indeed."
    book.save(path)
    said = bring("xlsx", path, "--into", plan, "--update")
    assert f"1 statement to verify again: run 'plan-explorer verify --stamp {plan}'" in said
