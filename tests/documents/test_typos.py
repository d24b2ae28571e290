"""What editors mistype is told in the line in which they did, with what to write instead."""

import pytest
from conftest import plan_folder

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.documents.document import parse_documents
from plan_explorer.loading.checked_plan import check_documents

NAME, UNDER, KIND = "name: Clean water", "under: clean-water", "kind: body"
SUMMARY = "summary: The paper asks for clean water."
CITED = "[@paper p2.1]"

TYPOS = [
    (NAME, "name: 'The people's water'", "the text ends at this apostrophe"),
    (NAME, 'name: "The "three" are"', "the text ends at this quotation mark"),
    (SUMMARY, 'summary: "The paper asks for clean water.', "a quotation mark is never closed"),
    (UNDER, "under clean-water", "the colon of this key is missing"),
    (UNDER, "under:clean-water", "a blank is missing behind the colon"),
    (UNDER, "under：clean-water", "the colon of this key is full-width"),
    (UNDER, "under: clean-water, clean-air", "there is no entry"),
    (UNDER, "undr: clean-water", "there is no key 'undr' here"),
    (KIND, "kind body", "the colon of this key is missing"),
    (KIND, "kind:body", "a blank is missing behind the colon"),
    (KIND, "kind：body", "the colon of this key is full-width"),
    (KIND, "   kind: body", "a colon in this line cannot be understood"),
    (KIND, "kind: boddy", "'boddy' is not a kind of actor"),
    ("cites: [paper p2.1]", "cites: [paper p2.1", "a list in square brackets is not closed"),
    ("cites: [paper p2.1]", "cites: [paper p2.1}", "a list in square brackets is not closed"),
    ("{id: p1, number: 1,", "{id: p1, number 1,", "there is no key 'number 1' here"),
    ("{id: p1, number: 1,", "{id: p1; number: 1,", "a mapping in braces is not closed"),
    ("  - id: council", "\t- id: council", "YAML does not allow a tab here"),
    ("  - id: council", "  -id: council", "a blank is missing behind the dash"),
    ("name: The council", "name: The council: new", "a colon in this line cannot be understood"),
    ("name: The council", "name: @council", "text cannot start with this character"),
    ("name: The council", "name: *council", "text cannot start with '*' here"),
    ("name: The council", 'name: "council', "a quotation mark is never closed"),
    ("name: The council", "name: 'council", "a quotation mark is never closed"),
    ("name: The council", "name: #council", "'name' has no value"),
    ("- done-by: council", "-done-by: council", "a blank is missing behind the dash"),
    ("- done-by: council", "- done-by: councl", "there is no entry 'councl'"),
    ("- done-by: council", "- doneby: council", "'doneby' is not a kind of relation"),
    ("actors:", "actors", "a colon is missing after a key"),
    ("actors:", "Actors:", "there is no collection 'Actors'"),
    (CITED, "[@paper p2,1]", "'paper' has no passage '1'"),
    (CITED, "[@paper p2.1", "this citation is not closed"),
    (CITED, "@paper p2.1]", "this is not a citation"),
    (CITED, "[paper p2.1]", "this is not a citation"),
    (CITED, "(@paper p2.1)", "this is not a citation"),
    (CITED, "[ @paper p2.1]", "this is not a citation"),
    (CITED, "【@paper p2.1】", "this is not a citation"),
    (CITED, "［@paper p2.1］", "this is not a citation"),
    (CITED, "[@paper p1.1; p2.1]", "there is no source 'p2.1'"),
    (CITED, "[@paper p2.9]", "'paper' has no sentence p2.9"),
    (CITED, "[@papr p2.1]", "there is no source 'papr'"),
    ("date: 2025-06-01", "date: 2025-6-1", "'2025-6-1' is not a valid date"),
    ("date: 2025-06-01", "date: 1 June 2025", "'1 June 2025' is not a valid date"),
    ("date: 2025-06-01", "date: 2025-06-31", "'2025-06-31' is not in the calendar"),
    ("      - supports: clean-air", "      - supports clean-air", "the colon of this key is missing"),
    ("      - supports: clean-air", "      supports: clean-air", "this line does not fit"),
    ("status: inferred", "status: infered", "'infered' is not a valid status"),
    ("status: inferred", "staus: inferred", "there is no key 'staus' here"),
    ("because: Both need", "becuase: Both need", "there is no key 'becuase' here"),
]


@pytest.mark.parametrize(("right", "typo", "message"), TYPOS, ids=[typo for _, typo, _ in TYPOS])
def test_a_typo_is_told_in_its_line(right, typo, message):
    texts = {path.name: path.read_text(encoding="utf-8") for path in plan_folder("tiny").glob("*.yaml")}
    before, _, after = texts["content.yaml"].partition(right)
    assert after
    with pytest.raises(PlanError) as error:
        check_documents(*parse_documents({**texts, "content.yaml": before + typo + after}, "plan"), "plan")
    line = before.count("\n") + 1
    problems = [problem for problem in error.value.problems if problem.message.startswith(message)]
    assert [problem.location.line for problem in problems] == [line], error.value
    assert problems[0].hint


def test_a_quotation_mark_that_is_closed_far_below_is_told_where_it_opens():
    texts = {path.name: path.read_text(encoding="utf-8") for path in plan_folder("tiny").glob("*.yaml")}
    text = texts["content.yaml"].replace("name: The council", 'name: "The council', 1)
    text = text.replace("name: Clean air", 'name: "Clean air"', 1)
    with pytest.raises(PlanError) as error:
        check_documents(*parse_documents({**texts, "content.yaml": text}, "plan"), "plan")
    (problem,) = error.value.problems
    assert (problem.location.line, problem.message) == (
        16,
        "the quotation mark opened here is closed only in line 39",
    )
