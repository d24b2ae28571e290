"""What editors mistype is told in the line in which they did, with what to write instead."""

import pytest
from conftest import plan_folder

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.documents.plan_files import parse_documents
from plan_explorer.loading.checked_plan import check_documents

NAME, UNDER, KIND = "name: Clean water", "under: clean-water", "kind: body"
SUMMARY = "summary: The paper asks for clean water."
CITED = "[@paper p2.1]"

STEP = "    name: Less runoff"
REASON = "because: Both need fewer fumes. [@paper p1.2]"
SUMMARY_OF_TERM = "    summary: Water that leaves a field. [@report]"
DATE = "date: {edtf: 2025-05-02, cites: [report]}"

STEP_TYPOS = [
    ("    name：Less runoff", "the colon of this key is full-width"),
    ("    nmae: Less runoff", "there is no key 'nmae' here"),
    ("    Name: Less runoff", "there is no key 'Name' here"),
    ("    name = Less runoff", "the colon of this key is missing"),
    ("    name:", "'name' has no value"),
    ("    name: ~", "'name' has no value"),
    ("    name: Less runoff: more trees", "a colon in this line cannot be understood"),
    ("    name: [Less runoff", "a list in square brackets is not closed"),
    ("    name: {en: Less runoff", "a mapping in braces is not closed"),
    ("    name: {english: Less runoff}", "the plan has no language 'english'"),
    ("    name: Less runoff\n    name: Twice", "'name' is written twice here"),
    ("    name: % runoff", "text cannot start with this character"),
    ("    name: `less`", "text cannot start with this character"),
    ("    name: - less", "a list cannot start on this line"),
    ("    name: | less", "text cannot follow '|' or '>' on the same line"),
    ("    name: &less", "YAML drops '&less'"),
    ("    name: !less", "YAML takes '!less'"),
]
REASON_TYPOS = [
    ("because: Both need fewer fumes.", "this reason has no citation"),
    ("because: Both need: fewer fumes. [@paper p1.2]", "a colon in this line cannot be understood"),
    ('because: "Both" need fewer fumes. [@paper p1.2]', "the text ends at this quotation mark"),
    ("because: Both need fewer fumes. [@paper p1.2]]", "this citation has a bracket too many"),
    ("because: Both need fewer fumes. [[@paper p1.2]", "this citation has a bracket too many"),
    ("because: Both need fewer fumes. [@paper: p1.2]", "a colon in this line cannot be understood"),
    ("because: Both need fewer fumes. [@paper p1-2]", "'paper' has no passage 'p1-2'"),
    ("because: Both need fewer fumes. [@paper p1.2–1]", "the range p1.2-1 runs backwards"),
    ("because: Both need fewer fumes. [@paper p.1.2]", "'paper' has no passage"),
    ("because: Both need fewer fumes. [@paper P1.2]", "'paper' has no passage 'P1'"),
    ("because: Both need fewer fumes. [@Paper p1.2]", "there is no source 'Paper'"),
    ("because: Both need fewer fumes. [@paper ¶1 s2]", "'paper' has no passage '¶1 s2'"),
    ("because: Both need fewer fumes. {@paper p1.2}", "this is not a citation"),
    ("because: Both need fewer fumes. [＠paper p1.2]", "this is not a citation"),
    ("because: Both need fewer fumes. [@paper p3.1]", "'paper' has no passage 'p3'"),
]
SUMMARY_TYPOS = [
    ("    summary: Water that leaves a field.", "this statement has no citation"),
    ("    summary: Water that leaves a field. [@reprot]", "there is no source 'reprot'"),
    ("    summary: # Water that leaves a field. [@report]", "'summary' has no value"),
    ("    statement:\n      - Water that leaves a field. [@report]", "there is no key 'statement' here"),
    ("    statements: Water that leaves a field. [@report]", "'statements' should be a list"),
    ("    summary:Water that leaves a field. [@report]", "a blank is missing behind the colon"),
]
DATE_TYPOS = [
    ("date: {edtf: 2025-13-02, cites: [report]}", "'2025-13-02' is not in the calendar"),
    ("date: {edtf: 02.05.2025, cites: [report]}", "'02.05.2025' is not a valid date"),
    ("date: {edtf: 2025-Q2, cites: [report]}", "'2025-Q2' is not a valid date"),
    ("date: {edtf: spring 2025, cites: [report]}", "'spring 2025' is not a valid date"),
    ("date: {edtf: 2025?, cites: [report]}", "'2025?' is not a valid date"),
    ("date: {edtf: 2025-05/2025-03, cites: [report]}", "the period '2025-05/2025-03' ends before it starts"),
    ("date: 2025/05/02", "'2025/05/02' is not a valid date"),
    ("date: {edtf: ２０２５-05-02, cites: [report]}", "'２０２５-05-02' is not a valid date"),
    ("date: {etdf: 2025-05-02, cites: [report]}", "there is no key 'etdf' here"),
]

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
    (KIND, "   kind: body", "this key begins in column 8, and the one above in column 5"),
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
    (
        "      - supports: clean-air",
        "      supports: clean-air",
        "the dash in front of this entry is missing",
    ),
    ("status: inferred", "status: infered", "'infered' is not a valid status"),
    ("status: inferred", "staus: inferred", "there is no key 'staus' here"),
    ("because: Both need", "becuase: Both need", "there is no key 'becuase' here"),
    *((STEP, typo, message) for typo, message in STEP_TYPOS),
    *((REASON, typo, message) for typo, message in REASON_TYPOS),
    *((SUMMARY_OF_TERM, typo, message) for typo, message in SUMMARY_TYPOS),
    *((DATE, typo, message) for typo, message in DATE_TYPOS),
    ("  - id: less-runoff", "  id: less-runoff", "the dash in front of this entry is missing"),
    ("  - id: less-runoff", "  – id: less-runoff", "an entry of a list begins with '-', not with '–'"),
    ("  - id: less-runoff", "  * id: less-runoff", "an entry of a list begins with '-', not with '*'"),
    ("  - id: less-runoff", "  - id less-runoff", "the colon of this key is missing"),
    ("  - id: less-runoff", "  - id: less runoff", "'less runoff' cannot be an id"),
    ("  - id: less-runoff", "  - id: Less-Runoff", "'Less-Runoff' cannot be an id"),
    ("  - id: less-runoff", "  - id: less_runoff", "'less_runoff' cannot be an id"),
    ("  - id: less-runoff", "  - id: less-runoff.", "'less-runoff.' cannot be an id"),
    ("  - id: less-runoff", "  - id: clean-air", "the id 'clean-air' is taken"),
    ("  - id: less-runoff", "  - Id: less-runoff", "there is no key 'Id' here"),
    ("steps:", "step:", "there is no collection 'step'"),
    ("steps:", "setps:", "there is no collection 'setps'"),
    (UNDER, "under: clean water", "there is no entry 'clean water'"),
    (UNDER, "under: Clean water", "there is no entry 'Clean water'"),
    (UNDER, "under: [clean-water]", "'under' should be text, not a list"),
    (UNDER, "under: council", "'council' is an actor, which is not allowed here"),
    (UNDER, "under: less-runoff", "these entries form a circle"),
    (UNDER, "parent: clean-water", "there is no key 'parent' here"),
    ("        cites: [paper p2.1]", "        cites: [paper, p2.1]", "there is no source 'p2.1'"),
    ("        cites: [paper p2.1]", "        cite: [paper p2.1]", "there is no key 'cite' here"),
    (
        "- done-by: council\n        cites: [p",
        "- done_by: council\n        cites: [p",
        "'done_by' is not a kind",
    ),
    (
        "- done-by: council\n        cites: [p",
        "- done-by: clean-air\n        cites: [p",
        "'clean-air' is a goal",
    ),
    ("- supports: clean-air", "- support: clean-air", "'support' is not a kind of relation"),
    ("- supports: clean-air", "- supports: [clean-air]", "a relation needs exactly one kind"),
    ("- supports: clean-air", "- supports: clean-air, clean-water", "there is no entry"),
    ("status: inferred", "status: Inferred", "'Inferred' is not a valid status"),
    ("status: inferred", "status: inferred.", "'inferred.' is not a valid status"),
    ("status: inferred", "status:", "'status' has no value"),
    ("kind: meeting", "kind: Meetings", "'Meetings' is not a kind of event"),
    ("kind: meeting", "type: meeting", "there is no key 'type' here"),
    ("sentences: 2, s", "sentence: 2, s", "there is no key 'sentence' here"),
    ("sentences: 2, s", "sentences: two, s", "'two' is not a number of sentences"),
    ("{id: p2,", "{id: p1,", "the passage 'p1' is written twice"),
    ("- section: All of it", "- section All of it", "the colon of this key is missing"),
    ("- section: All of it", "- sections: All of it", "there is no key 'sections' here"),
    ("passages:", "passage:", "there is no key 'passage' here"),
    ("outline:", "outlin:", "there is no key 'outlin' here"),
]


BESIDE = "because: Both need fewer fumes. [@paper p1.2]"
SLIPS_BESIDE = [
    ("(@Paper p1.1)", "[@paper p1.1]"),
    ("[Paper p1.1]", "[@paper p1.1]"),
    ("[papr p1.1]", "[@paper p1.1]"),
    ("[ paper p1.1]", "[@paper p1.1]"),
    ("[paper, p1.1]", "[@paper p1.1]"),
    ("(paper p1.1)", "[@paper p1.1]"),
    ("(see paper p1.1)", "[@paper p1.1]"),
    ("[see paper p1.1]", "[@paper p1.1]"),
    ("【paper p1.1】", "[@paper p1.1]"),
    ("{paper p1.1}", "[@paper p1.1]"),
    ("paper p1.1", "[@paper p1.1]"),
    ("[paper@p1.1]", "[@paper p1.1]"),
    ("@papr p1.1", "[@paper p1.1]"),
    ("﹫paper p1.1", "[@paper p1.1]"),
    ("`[@paper p1.1]`", "[@paper p1.1] without the backticks"),
    ("[@paper p1.1](x)", "[@paper p1.1], with a blank behind it"),
    ("[@paper](p1.1)", "[@paper], with a blank behind it"),
    ("[@report @paper p1.1]", "semicolons"),
    ("[@report, @paper p1.1]", "semicolons"),
    ("[@paper p1.1,]", "[@source place]"),
    ("[@paper p1.1-p1.2]", "[@paper p1.1-2]"),
    ("[@paper p1.1‑2]", "[@paper p1.1-2]"),
    ("[@paper p1.1—2]", "[@paper p1.1-2]"),
    ("[@paper p1.1～2]", "[@paper p1.1-2]"),
    ("[@paper p1.1 – 2]", "[@paper p1.1-2]"),
    ("[@paper ｐ1．1]", "[@paper p1.1]"),
    ("[@paper，p1.1]", "[@paper p1.1]"),
    ("[@paper, p1.1]", "[@paper p1.1]"),
    ("[@paper p1.1、p1.2]", "[@paper p1.1,p1.2]"),
    ("[@paper p1.1 and p2.1]", "[@paper p1.1, p2.1]"),
    ("[@paper/p1.1]", "[@paper p1.1]"),
    ("[@\u200bpaper p1.1]", "[@paper p1.1]"),
]
"""A citation that is nearly one, beside a good one, and what the hint says to write."""


@pytest.mark.parametrize(("slip", "right"), SLIPS_BESIDE, ids=[slip for slip, _ in SLIPS_BESIDE])
def test_a_slip_in_a_citation_is_told_beside_a_good_one(slip, right):
    (problem,) = problems_of("content.yaml", BESIDE, f"{BESIDE} {slip}")
    assert problem.location.line == 51
    assert right in problem.hint


@pytest.mark.parametrize(
    "words",
    [
        "the [Report] says",
        "mail to a@paper.org",
        "the paper of 1.5",
        "Paper 1.1 says",
        "`paper p1.1`",
        "[a](b)",
        "the [Report of 2015]",
        "[Paper, as revised]",
        "https://example.org/paper#p1.2",
        "[paper p1.2](https://example.org/)",
        "[a](https://example.org/@paper)",
    ],
)
def test_what_is_no_citation_is_left_alone(words):
    assert problems_of("content.yaml", BESIDE, f"{BESIDE} {words}") == []


LEVEL = "name: {one: Goal, many: Goals}"
SUMMARY_OF_GOAL = f"    {SUMMARY} [@paper p1.1]"
PASSAGE = "{id: p1, number: 1, sentences: 2, summary: Why water and air matter.}"
TOLD = [
    ("plan.yaml", "  en: {name: English}", "  en: English", "'en' should be a mapping", "write {name: …}"),
    ("plan.yaml", "  en: {name", "  english: {name", "'english' is not a language tag", "such as en"),
    ("plan.yaml", "{name: English}", "{name English}", "there is no key 'name English'", "'name: English'"),
    ("plan.yaml", LEVEL, "name: Goal", "'name' should be a mapping, not text", "{one: …, many: …}"),
    (
        "plan.yaml",
        "inverse: is sup",
        "inverse is sup",
        "there is no key 'inverse is",
        "'inverse: is supported by'",
    ),
    ("plan.yaml", "[clean-water]", "clean-water", "'members' should be a list", "write [clean-water]"),
    ("plan.yaml", "{body: Bodies}", "[body]", "'actor_kinds' should be a mapping", "write {KEY: …}"),
    ("plan.yaml", "{body: Bodies}", "{body: Bodies", "a mapping in braces is not closed", "close it"),
    ("plan.yaml", "primary: p", "statuses: {statd: X}\nprimary: p", "there is no key 'statd'", "'stated'"),
    (
        "content.yaml",
        SUMMARY,
        f"{SUMMARY.replace(' The', ' [The]')}",
        "the text ends at this bracket",
        "in quotes",
    ),
    (
        "content.yaml",
        SUMMARY,
        SUMMARY.replace(" The", " {The}"),
        "the text ends at this bracket",
        "in quotes",
    ),
    ("content.yaml", SUMMARY, SUMMARY.replace(" The", " ? The"), "text cannot start with '? '", "in quotes"),
    (
        "content.yaml",
        SUMMARY,
        SUMMARY.replace(":", " ："),
        "the colon of this key is full-width",
        "write 'summary: …'",
    ),
    ("content.yaml", SUMMARY_OF_GOAL, SUMMARY_OF_GOAL.lstrip(), "this key begins in column 1", "same column"),
    (
        "content.yaml",
        f"    {SUMMARY}",
        f"\u00a0\u00a0  {SUMMARY}",
        "this line begins with a blank",
        "ordinary",
    ),
    ("content.yaml", f"    {SUMMARY}", f"\u3000\u3000{SUMMARY}", "this line begins with a blank", "ordinary"),
    ("content.yaml", "goals:", "goals：", "the colon of this key is full-width", "write 'goals:'"),
    ("content.yaml", "goals:", "<<<<<<< HEAD\ngoals:", "this line is left of a conflict", "one side"),
    ("content.yaml", "goals:", "goals: -", "a list cannot start on this line", "own"),
    ("content.yaml", "goals:", "goals: |", "'goals' should be a list of entries", "'- '"),
    ("content.yaml", "id: p1,", "id: p 1,", "'p 1' cannot be what citations call a passage", "write 'p1'"),
    ("content.yaml", PASSAGE, "{id:p1, number: 1}", "there is no key 'id:p1'", "write 'id: p1'"),
    (
        "content.yaml",
        "sentences: 2,",
        "sentences: 2, joined: [[1, 7]],",
        "'p1' has no sentence 7",
        "it has 2",
    ),
    (
        "content.yaml",
        "sentences: 2,",
        "sentences: 2, joined: [1, 2],",
        "each entry of 'joined' should be a",
        "[",
    ),
    ("content.yaml", UNDER, f"{UNDER}\n    kind: body", "there is no key 'kind'", "keys here"),
    (
        "content.yaml",
        UNDER,
        f"{UNDER}\n    status: silence",
        "there is no key 'status'",
        "belongs to a statement",
    ),
    (
        "content.yaml",
        UNDER,
        f"{UNDER}\n    target: 80%",
        "'target' should be a mapping",
        "{indicator: …, value: …}",
    ),
    ("content.yaml", UNDER, f"{UNDER}\n    date: [2030, 2031]", "'date' should be a date", "2030/2031"),
    ("plan.yaml", "id: tiny", " id: tiny", "the first key begins in column 2", "column 1"),
    ("plan.yaml", "id: tiny", "id. tiny", "the colon of this key is missing", "write 'id: tiny'"),
    ("plan.yaml", "  - id: aims", "    - id: aims", "this entry begins in column 7, and", "column 3"),
    ("plan.yaml", "  - id: aims", " - id: aims", "this entry begins in column 4, and", "column 3"),
    ("content.yaml", "  - id: clean-w", "    id: clean-w", "the dash in front of this entry", "write '- id:"),
    ("content.yaml", "    - done-by: co", "     - done-by: co", "this entry begins in column 10", "column 7"),
    ("content.yaml", "- id: clean-air", "- id; clean-air", "the colon of this key is missing", "clean-air'"),
    ("content.yaml", "- {id: p2,", " - {id: p2,", "this dash stands in column 12", "same column"),
    ("plan.yaml", "map: grid", "hues: [#ff0000]", "'#' begins a comment here", "in quotes"),
    ("content.yaml", "goals:", "goals: []", "'goals' has a value in its line, and more", "remove '[]'"),
    ("content.yaml", "terms:", "terms: none", "'terms' has a value in its line, and more", "remove 'none'"),
    ("content.yaml", NAME, "name: {}\n      en: Water", "'name' has a value in its line", "remove '{}'"),
    ("content.yaml", NAME, "name: Clean \u202ewater", "an invisible character here turns", "delete it"),
]


@pytest.mark.parametrize(("file", "right", "typo", "message", "hint"), TOLD, ids=[each[2] for each in TOLD])
def test_what_is_told_of_a_typo_says_what_to_write(file, right, typo, message, hint):
    text = (plan_folder("tiny") / file).read_text(encoding="utf-8")
    both = zip(right.split("\n"), typo.split("\n"), strict=False)
    first = next((at for at, (one, other) in enumerate(both) if one != other), 1)
    told = [each for each in problems_of(file, right, typo) if each.message.startswith(message)]
    assert {each.location.line for each in told} == {text[: text.index(right)].count("\n") + 1 + first}
    assert all(hint in each.hint for each in told)


def test_text_that_goes_on_without_indentation_may_be_text():
    (problem,) = problems_of("content.yaml", SUMMARY_OF_GOAL, f"{SUMMARY_OF_GOAL}\n    more of it.")
    assert problem.hint.endswith("or indent the line deeper than 'summary' if it goes on with the text above")


@pytest.mark.parametrize("typo", ["goals: |", "terms:"])
def test_entries_that_could_not_be_read_are_not_missed_elsewhere(typo):
    (problem,) = problems_of("content.yaml", "goals:", typo)
    assert problem.code in ("not-a-list", "duplicate-key")


@pytest.mark.parametrize("text", ["\u2067نص\u2069 text", "\u202bنص\u202c text", "\u200fنص"])
def test_a_direction_that_is_ended_is_left_alone(text):
    assert problems_of("content.yaml", NAME, f"name: {text}") == []


def test_a_statement_is_more_than_a_citation():
    (problem,) = problems_of("content.yaml", f"{SUMMARY} [@paper p1.1]", 'summary: "[@paper p1.1]"')
    assert problem.message == "this statement has no text"


def problems_of(file, right, typo):
    """Return what is wrong once *typo* stands in place of *right*."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in plan_folder("tiny").glob("*.yaml")}
    assert right in texts[file]
    try:
        check_documents(
            *parse_documents({**texts, file: texts[file].replace(right, typo, 1)}, "plan"), "plan"
        )
    except PlanError as error:
        return error.problems
    return []


@pytest.mark.parametrize(("right", "typo", "message"), TYPOS, ids=[typo for _, typo, _ in TYPOS])
def test_a_typo_is_told_in_its_line(right, typo, message):
    texts = {path.name: path.read_text(encoding="utf-8") for path in plan_folder("tiny").glob("*.yaml")}
    before, _, after = texts["content.yaml"].partition(right)
    assert after
    with pytest.raises(PlanError) as error:
        check_documents(*parse_documents({**texts, "content.yaml": before + typo + after}, "plan"), "plan")
    changed = zip(f"{right}\n".split("\n"), f"{typo}\n".split("\n"), strict=False)
    line = before.count("\n") + 1 + [one == other for one, other in changed].index(False)
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
