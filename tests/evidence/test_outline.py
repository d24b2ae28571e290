"""Outlines are written from texts, and keep what people wrote."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import plan_folder

from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan

LOST = """\
“A river without trees is a ditch,” said Mayor Ada Moss. The fishers of the
lower valley have lost half of their catch since 2010.

"""

TEXT = """Why

Water comes first. Air comes second.

Who acts

The council acts.
"""


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["outline", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def passages(folder: Path, source: str = "paper") -> dict[str, list[str]]:
    plan = load_plan(folder).plan
    return {each.id: [s.opening for s in each.sentences] for each in plan[source].passages}


@pytest.fixture
def tiny(tmp_path):
    return Path(shutil.copytree(plan_folder("tiny"), tmp_path / "plan"))


@pytest.fixture
def river(tmp_path):
    return Path(shutil.copytree(plan_folder("river"), tmp_path / "plan"))


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def change(path, old, new):
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def test_a_source_gets_an_outline(tiny, text):
    report = run(text, tiny, "--source", "report")
    assert "Why\n  p1: 2 sentences, 6 words: Water comes first. …\nWho acts\n  p2: 1 sentence" in report
    assert (
        (tiny / "content.yaml")
        .read_text(encoding="utf-8")
        .split("\n\nactors:")[0]
        .endswith("""
  - id: report
    name: A later report
    outline:
      - section: Why
        passages:
          - id: p1
            number: 1
            sentences:
              - {words: 3, opening: Water comes first., fingerprint: 0f877c14b3fde39b}
              - {words: 3, opening: Air comes second., fingerprint: 5079b9f1beaa88f0}
      - section: Who acts
        passages:
          - id: p2
            number: 2
            sentences:
              - {words: 3, opening: The council acts., fingerprint: 7e80e9edf849a37a}""")
    )


def test_an_outline_in_braces_keeps_its_ids_numbers_and_summaries(tiny, text):
    before = (tiny / "content.yaml").read_text(encoding="utf-8")
    report = run(text, tiny, "--source", "paper")
    assert "changed" not in report
    after = (tiny / "content.yaml").read_text(encoding="utf-8")
    assert "- {id: p1, number: 1, sentences: [{words: 3, opening: Water comes first., " in after
    assert "}], summary: Why water and air matter.}" in after
    assert after.split("actors:")[1] == before.split("actors:")[1]
    assert passages(tiny) == {"p1": ["Water comes first.", "Air comes second."], "p2": ["The council acts."]}


def test_the_same_text_changes_nothing(river):
    before = files(river)
    assert "the outline matches the text" in run(
        river / "texts" / "charter.txt", river, "--source", "charter", "--check"
    )
    run(river / "texts" / "charter.txt", river, "--source", "charter")
    assert files(river) == before


def test_a_changed_text_tells_what_changed_came_and_went(river):
    """Titles, summaries, notes and comments stay with the passages they were written for."""
    charter = river / "texts" / "charter.txt"
    change(
        river / "content.yaml",
        "          - id: p4\n            number: 4\n",
        "          # on reports\n          - id: p4\n            number: 4\n            title: Reports\n"
        "            summary: Who reports what.\n",
    )
    change(charter, "40 tonnes", "42 tonnes")
    change(
        charter,
        "It has to\npublish its figures. ",
        "It has to\npublish its figures. It may charge for them. ",
    )
    change(charter, "How it is paid\n", "How it is paid\n\nNobody pays alone.\n")
    assert "the outline differs" in run(charter, river, "--source", "charter", "--check", code=1)
    report = run(charter, river, "--source", "charter")
    assert report.splitlines()[:4] == [
        "changed p1.2: In 2023 the county measured …",
        "came p4.3: It may charge for them. …",
        "moved p4.3 is now p4.4",
        "came p6.1: Nobody pays alone. …",
    ]
    text = (river / "content.yaml").read_text(encoding="utf-8")
    assert "# on reports\n          - id: p4\n            number: 4\n            title: Reports\n" in text
    plan = load_plan(river).plan
    assert [(each.id, each.number) for each in plan["charter"].passages][3:] == [
        ("p4", "4"),
        ("p6", "5"),
        ("p5", "6"),
    ]
    assert [len(section.passages) for section in plan["charter"].outline] == [2, 2, 2]
    assert plan["charter"].passages[3].summary.words == "Who reports what."


def test_a_new_heading_begins_a_section_and_a_lost_passage_goes(river):
    charter = river / "texts" / "charter.txt"
    change(
        charter,
        LOST,
        "",
    )
    for line in (
        '      - For the mayor, "a river without trees is a ditch". [@charter p2.1]\n',
        "      - Catches in the lower valley are half of what they were in 2010. [@charter p2.2]\n",
    ):
        change(river / "content.yaml", line, "")
    with charter.open("a", encoding="utf-8") as file:
        file.write("\nWhen it ends\n\nThe charter ends in 2040.\n")
    report = run(charter, river, "--source", "charter")
    assert "went p2.1: “A river without trees is …" in report
    assert "came p6.1: The charter ends in 2040. …" in report
    outline = load_plan(river).plan["charter"].outline
    assert [(each.section, [p.id for p in each.passages]) for each in outline] == [
        ("Why the river needs a charter", ["p1"]),
        ("What is to be done", ["p3", "p4"]),
        ("How it is paid", ["p5"]),
        ("When it ends", ["p6"]),
    ]


def test_nothing_is_written_if_a_citation_would_lead_nowhere(river):
    charter = river / "texts" / "charter.txt"
    change(charter, " Schools may use them freely.", "")
    before = files(river)
    assert "has no sentence p4.3" in run(charter, river, "--source", "charter", code=1)
    assert files(river) == before


def test_a_source_that_shows_nothing_keeps_no_words(river):
    charter, content = river / "texts" / "charter.txt", river / "content.yaml"
    change(content, "texts/charter.txt, show: full", "texts/charter.txt, show: none")
    before = content.read_text(encoding="utf-8")
    [problem] = [each for each in load_plan(river).warnings if each.code == "shown-words"]
    assert "show: none" in before.splitlines()[problem.location.line - 1]

    run(charter, river, "--source", "charter")
    written = content.read_text(encoding="utf-8")
    assert "The River Ense" not in written
    assert "closing: to the sea." not in written
    assert written.count("fingerprint") == before.count("fingerprint")
    assert not [each for each in load_plan(river).warnings if each.code == "shown-words"]
    assert "matches the text" in run(charter, river, "--source", "charter", "--check")


def test_what_stands_in_front_can_be_left_out(tiny, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(f"date 2025 {TEXT.removeprefix('Why').strip()}", encoding="utf-8")
    run(path, tiny, "--source", "paper", "--start-at", "Water comes")
    assert passages(tiny)["p1"] == ["Water comes first.", "Air comes second."]
    assert "Water nowhere' is not in" in run(
        path, tiny, "--source", "paper", "--start-at", "Water nowhere", code=2
    )


def test_a_dry_run_shows_and_writes_nothing(tiny, text):
    before = files(tiny)
    assert "+    outline:" in run(text, tiny, "--source", "report", "--dry-run")
    assert files(tiny) == before


@pytest.mark.parametrize(
    ("source", "message"),
    [("reprot", "there is no entry 'reprot'"), ("council", "'council' is not a source")],
)
def test_a_source_has_to_be_one(source, message, tiny, text):
    assert message in run(text, tiny, "--source", source, code=1)


def test_a_text_in_the_folder_of_the_plan_is_named(river):
    """So that 'check' and 'verify' look where the outline was made from."""
    second = shutil.copy(river / "texts" / "charter.txt", river / "texts" / "second.txt")
    change(Path(second), "40 tonnes", "42 tonnes")
    run(second, river, "--source", "charter")
    assert load_plan(river).plan["charter"].text.file == "texts/second.txt"
    assert load_plan(river).plan["charter"].text.show == "full"
    assert [each.code for each in load_plan(river).warnings if each.code == "other-text"] == []
    assert "matches the text" in run(second, river, "--source", "charter", "--check")
    assert "the outline differs" in run(
        river / "texts" / "charter.txt", river, "--source", "charter", "--check", code=1
    )


def test_headings_that_the_text_no_longer_has_are_told(river):
    charter = river / "texts" / "charter.txt"
    told = "headings that the outline keeps, and the text does not have"
    assert told not in run(charter, river, "--source", "charter")
    change(charter, "What is to be done\n", "What will be done\n")
    output = run(charter, river, "--source", "charter")
    assert f"{told}: 'What is to be done'\n" in output


def test_a_source_without_a_text_gets_its_name(tiny):
    (tiny / "texts").mkdir()
    (tiny / "texts" / "report.txt").write_text(TEXT, encoding="utf-8")
    run(tiny / "texts" / "report.txt", tiny, "--source", "report")
    assert "    text: {file: texts/report.txt}\n" in (tiny / "content.yaml").read_text(encoding="utf-8")


def test_a_text_that_lies_elsewhere_is_not_named_and_the_command_says_so(river, tmp_path):
    copy = shutil.copy(river / "texts" / "charter.txt", tmp_path / "copy.txt")
    output = run(copy, river, "--source", "charter")
    still = (
        f"'charter' still names texts/charter.txt as its text: to have it name this one, save it in {river}"
    )
    assert f"{still}/texts/ and run this command with it again\n" in output
    (river / "texts" / "charter.txt").unlink()
    output = run(copy, river, "--source", "charter")
    assert f"save {copy} as {river}/texts/charter.txt, where 'charter' has its text\n" in output


def test_a_text_that_does_not_fit_may_be_the_wrong_one(river):
    change(river / "texts" / "charter.txt", "40 tonnes", "42 tonnes")
    [problem] = [each for each in load_plan(river).warnings if each.code == "other-text"]
    command = f"plan-explorer outline {river}/texts/charter.txt --source charter"
    assert problem.hint == (
        f"if this is the text meant, run '{command}'; else name the file that the outline was made from"
    )


def test_another_text_of_as_many_paragraphs_is_refused(river, text):
    """It is not the same text, each paragraph reworded: it would be shown on the terms of the other one."""
    before = files(river)
    paragraphs = ["Wood burns.", "Stone does not.", "Sand is stone.", "Glass is sand.", "Ice melts."]
    assert len(load_plan(river).plan["charter"].passages) == len(paragraphs)
    text.write_text("\n\n".join(paragraphs), encoding="utf-8")
    refusal = "no passage of the outline of 'charter' is in this text"
    assert refusal in run(text, river, "--source", "charter", code=1)
    assert files(river) == before


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("reprot", "did you mean 'report'?"),
        ("rep", "did you mean 'report'?"),
        ("xyz", "sources: paper, report"),
    ],
)
def test_a_source_that_is_misspelt_is_found(written, hint, tiny, text):
    told = run(text, tiny, "--source", written, code=1)
    assert told.startswith(f"{tiny}: there is no entry '{written}' [unknown-id]\n    hint: {hint}\n")


def test_quite_another_text_is_refused(river, text):
    before = files(river)
    text.write_text(
        "Wood burns. Stone does not. Sand is what stone was.\n\nGlass is sand.\n", encoding="utf-8"
    )
    assert "no passage of the outline of 'charter' is in this text" in run(
        text, river, "--source", "charter", code=1
    )
    text.write_bytes("Der Müller zahlt.".encode("latin-1"))
    assert "was read as UTF-8" in run(text, river, "--source", "charter", code=1)
    assert files(river) == before
