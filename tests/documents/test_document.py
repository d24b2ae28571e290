"""Reading YAML: what an author types is what is read, and nothing brings the reader down."""

import re
import shutil
from contextlib import suppress

import pytest
from conftest import plan_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_explorer.build import build
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.documents.document import Document, parse_document
from plan_explorer.documents.plan_files import parse_documents, read_documents
from plan_explorer.loading.loader import load


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("012", "012"),
        ("2025-02-30", "2025-02-30"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("true", "true"),
        ("~", None),
        ("null", None),
        ("", None),
        ("'~'", "~"),
        ('"null"', "null"),
    ],
)
def test_a_scalar_stays_what_the_author_typed(typed, read_as):
    document, problems = parse_document(f"key: {typed}\n", "a.yaml")
    assert (document.data, problems) == ({"key": read_as}, [])


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        (">-\n  把书屋办到每个村，\n  逐条列出 任务\n  和资金", "把书屋办到每个村，逐条列出 任务和资金"),
        ("把书屋\n  办到村里", "把书屋办到村里"),
        ('"把书屋\n  办到村里"', "把书屋办到村里"),
        (">-\n  A plan\n  for 书屋\n  5G\n  and 书", "A plan for 书屋 5G and 书"),
        ("|\n  第一段\n  第二段\n", "第一段\n第二段\n"),
    ],
)
def test_a_line_break_is_no_blank_between_characters_that_have_none(typed, read_as):
    document, problems = parse_document(f"key: {typed}\n", "a.yaml")
    assert (document.data, problems) == ({"key": read_as}, [])


@pytest.mark.parametrize("text", ["", "\n", "# note\n", "~", "---\n", "null # note"])
def test_a_file_in_which_nothing_is_written_is_empty(text):
    settings, _ = parse_document("id: x\n", "plan.yaml")
    document, problems = parse_document(text, "a.yaml")
    _, more = load({"plan.yaml": settings, "a.yaml": document}, "plan")
    assert (document.data, problems) == (None, [])
    assert [problem.code for problem in more if problem.location.path == "a.yaml"] == ["empty-file"]


def test_files_in_hidden_folders_are_not_read(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.yaml").write_text("a: 1", encoding="utf-8")
    (tmp_path / ".b.yaml").write_text("a: 1", encoding="utf-8")
    (tmp_path / "c.yml").write_text("a: 1", encoding="utf-8")
    documents, problems = read_documents(tmp_path, "plan")
    assert (list(documents), problems) == (["c.yml"], [])


def test_files_in_memory_are_read_as_those_on_a_disk(tmp_path):
    texts = {"b.yaml": "\ufeffb: 1\r\n", "a-b.yaml": "a: [", "a/b.yaml": "c: 2\n", "c/d.yml": "\tc"}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    parsed, read = parse_documents(texts, "plan"), read_documents(tmp_path, "plan")
    assert list(parsed[0]) == list(read[0]) == ["a/b.yaml", "a-b.yaml", "b.yaml", "c/d.yml"]
    assert parsed == read
    assert [problem.location.path for problem in parsed[1]] == ["plan/a-b.yaml", "plan/c/d.yml"]


def test_a_value_is_located_at_its_line_and_column():
    document, _ = parse_document("a:\n  - b: c\n    d: [e, f]\n", "a.yaml")
    assert str(document.locate(("a", 0, "d", 1))) == "a.yaml:3:12"
    assert str(document.locate(("a", 0, "gone"))) == "a.yaml:2:5"


def test_deep_nesting_is_a_problem_and_no_traceback():
    for text in ("[" * 100_000, "a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 60))):
        document, problems = parse_document(text, "a.yaml")
        assert {problem.code for problem in problems} <= {"too-deep", "yaml-syntax"}
        assert problems
        assert isinstance(document, Document)


def test_an_alias_bomb_is_refused_quickly():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    _, problems = parse_document(bomb, "a.yaml")
    assert {problem.code for problem in problems} == {"alias"}


@given(st.binary(max_size=400))
def test_any_bytes_give_a_plan_or_problems(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "plan.yaml").write_bytes(raw)
    (folder / "content.yaml").write_bytes(raw)
    documents, unread = read_documents(folder, "plan")
    plan, problems = load(documents, "plan")
    assert plan is None
    assert unread or problems


PIECES = st.sampled_from(
    [
        "goals:",
        "\n",
        "  ",
        "- ",
        "id: x",
        "name: X",
        "[@paper p1.1]",
        "[",
        "]",
        "{",
        "}",
        ": ",
        "#",
        "'",
        '"',
        "&a ",
        "*a",
        "\t",
        "summary: ",
        "relations:",
        "supports: x",
        "date: ",
        "2025/..",
        "status: inferred",
        "terms:",
        "sources:",
        "|",
        ">",
        "é",
        "中",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_like_yaml_gives_a_plan_or_problems(text):
    document, problems = parse_document(text, "a.yaml")
    _, more = load({"plan.yaml": document, "content.yaml": document}, "plan")
    assert problems or more
    for problem in problems + more:
        assert 1 <= problem.location.line <= text.count("\n") + 1


TINY = (plan_folder("tiny") / "content.yaml").read_text(encoding="utf-8")
WORDS = sorted(
    {*re.findall(r"[\w.-]+", TINY), "[@", "]", "'", "-", ": ", "\n  ", "#", "!", "&", "*", "中", "~"}
)


@settings(deadline=None)
@given(
    st.integers(0, len(TINY)), st.integers(0, 30), st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
)
def test_whatever_is_typed_into_a_sound_plan_is_refused_or_builds(tmp_path_factory, at, gone, typed):
    folder = tmp_path_factory.mktemp("typed")
    shutil.copy(plan_folder("tiny") / "plan.yaml", folder)
    (folder / "content.yaml").write_text(TINY[:at] + typed + TINY[at + gone :], encoding="utf-8")
    with suppress(PlanError):  # anything else is our fault
        assert build(folder, "plan").pages


@given(st.binary(max_size=200))
def test_any_bytes_beside_a_sound_plan_give_a_plan_or_problems(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("beside")
    shutil.copytree(plan_folder("tiny"), folder, dirs_exist_ok=True)
    (folder / "more.yaml").write_bytes(raw)
    documents, problems = read_documents(folder, "plan")
    _, more = load(documents, "plan")
    assert {problem.location.path for problem in problems + more} <= {"plan/more.yaml"}
