"""The worklist says what is left to do, and a review holds as long as what is said and what it rests on."""

import json

import pytest
from conftest import plan_folder
from edited import copied, run, workspace_of

from plan_explorer.editing.reviews import accept_statements, format_reviews, parse_reviews, review_states
from plan_explorer.editing.worklist import worklist
from plan_explorer.editing.worklist_formats import as_markdown, as_text
from plan_explorer.editing.workspace import open_workspace

SECTIONS = [
    *(
        "read-again",
        "coverage",
        "unsure",
        "unseen",
        "languages",
        "unused",
        "unreferred",
        "unfinished",
        "source-changed",
        "text-changed",
    ),
    *("never-reviewed", "one-source", "known", "long", "loaded", "stale"),
]


def changed(folder, name, *pairs):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def report(folder, *options):
    result = run("report", folder, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return {section["id"]: section for section in json.loads(result.output)}


def states(folder):
    workspace = open_workspace(folder)
    known = parse_reviews(workspace.text("reviews.txt"), "reviews.txt")
    return {(said.holder.id, said.number): state for said, state in review_states(workspace.plan, known)}


@pytest.fixture
def folder(tmp_path):
    """Return a plan with something for every section but those of reviews."""
    folder = copied("tiny", tmp_path)
    changed(
        folder,
        "plan.yaml",
        ("languages:\n", "loaded_words: [regime]\nlanguages:\n  fr: {name: French}\n"),
    )
    changed(
        folder,
        "plan.yaml",
        ("  fr: {name: French}\n  en: {name: English}", "  en: {name: English}\n  fr: {name: French}"),
    )
    changed(
        folder,
        "content.yaml",
        ("name: Clean air", "name: {en: Clean air, fr: {text: Air, confidence: guess}}"),
        ("asks for clean water.", 'asks a regime for clean water, and not for a "regime" of water.'),
        ("The council is to see to less runoff.", " ".join(["The council is to"] + ["see"] * 40) + "."),
        ("goals:\n", "goals:\n  - id: quiet\n    name: Quiet\n"),
    )
    return folder


def test_every_section_finds_what_it_is_for(folder):
    found = report(folder)
    assert list(found) == SECTIONS
    texts = {id: [matter["text"] for matter in section["matters"]] for id, section in found.items()}
    assert texts["coverage"] == ["p1: 2 of 2 sentences are cited", "p2: 1 of 1 sentences are cited"]
    assert texts["unsure"] == ["Air (fr) is guess, with no basis given"]
    assert "'clean-water' has no name in French ('fr')" in texts["languages"]
    assert texts["unfinished"] == ["'Quiet' has no summary"]
    assert texts["one-source"] == ["cites only report"] * 2
    assert texts["long"] == ["44 words: The council is to see see see see …"]
    assert texts["loaded"] == ["'regime' in: … The paper asks a regime for clean water, and not for …"]
    assert texts["source-changed"] == texts["text-changed"] == []
    place = found["unfinished"]["matters"][0]
    lines = (folder / "content.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[place["line"] - 1] == "  - id: quiet"
    assert place["entry"] == "quiet"


def test_a_worklist_is_text_and_a_list_to_tick_off_too(folder):
    sections = worklist(open_workspace(folder).plan, [])
    text, markdown = "\n".join(as_text(sections)), "\n".join(as_markdown(sections, "Work"))
    for section in sections:
        assert f"{section.title} ({len(section.items)})" in text
        assert f"## {section.title} ({len(section.items)})" in markdown
    assert markdown.count("- [ ] `") == sum(len(section.items) for section in sections)
    assert run("report", folder, "--format", "markdown").output.startswith("# Worklist of Tiny explorer\n")
    assert list(report(folder, "--only", "long")) == ["long"]
    assert "unknown section 'lang'" in run("report", folder, "--only", "lang").output


def test_the_sections_of_a_large_plan_are_cut_short():
    sections = worklist(workspace_of("real").plan, [])
    short, whole = list(as_text(sections)), list(as_text(sections, all=True))
    assert len(short) < len(whole)
    assert any("more; --all shows them" in line for line in short)
    assert not any("--all shows them" in line for line in whole)


def test_a_review_holds_until_what_is_said_or_its_source_changes(tmp_path):
    folder = copied("tiny", tmp_path)
    assert set(states(folder).values()) == {"never"}
    assert run("review", "less-runoff", "clean-air", "--accept", "--plan", folder).exit_code == 0
    done = {key for key, state in states(folder).items() if state == "reviewed"}
    assert done == {("less-runoff", 1), ("less-runoff", 2), ("less-runoff", 3), ("clean-air", 1)}
    # A source that is counted anew is another source for what cites that passage, and for nothing else.
    changed(
        folder,
        "content.yaml",
        ("sentences: 1, summary: Who is to act.", "sentences: [14], summary: Who is to act."),
    )
    now = states(folder)
    assert {key for key in done if now[key] == "source-changed"} == {("less-runoff", 1), ("less-runoff", 2)}
    assert [t["text"] for t in report(folder)["source-changed"]["matters"]] == ["cites paper p2.1"] * 2
    shown = run("review", "--plan", folder)
    assert shown.output.count("(its source has changed since the review)") == 2
    assert run("review", "--accept", "--plan", folder).exit_code == 0
    assert {key for key, state in states(folder).items() if state == "reviewed"} == done
    changed(folder, "content.yaml", ("asks for clean air", "wants clean air"))
    assert states(folder)["clean-air", 1] == "text-changed"
    before = (folder / "reviews.txt").read_bytes()
    assert "1 statement to review" in run("review", "--plan", folder).output
    assert run("review", "--accept", "--dry-run", "--plan", folder).output.count("\n+clean-air ") == 1
    assert (folder / "reviews.txt").read_bytes() == before
    # How a sentence is broken into lines is no change of it.
    changed(folder, "content.yaml", ("wants clean air", "asks for\n      clean air"))
    assert states(folder)["clean-air", 1] == "reviewed"


def test_reviews_follow_an_entry(tmp_path):
    folder = copied("tiny", tmp_path)
    plan = open_workspace(folder).plan
    run("review", *plan.entries, "--accept", "--plan", folder)
    assert set(states(folder).values()) == {"reviewed"}
    before = len(states(folder))
    assert run("rename", "less-runoff", "dry-fields", "--plan", folder).exit_code == 0
    assert states(folder)["dry-fields", 1] == "reviewed"
    assert run("remove", "dry-fields", "--replaced-by", "clean-water", "--plan", folder).exit_code == 0
    assert "dry-fields" not in (folder / "reviews.txt").read_text(encoding="utf-8")
    assert len(states(folder)) == before - 3


def test_a_review_that_cannot_be_read_is_reported(tmp_path):
    folder = copied("tiny", tmp_path)
    (folder / "reviews.txt").write_text("clean-air 12345678\n", encoding="utf-8")
    result = run("report", folder)
    assert result.exit_code == 1
    assert "reviews.txt:1:1: this line is not a review of a statement [bad-ledger]" in result.output


def test_a_reason_about_an_entry_that_is_gone_is_listed_until_it_is_reworded_or_accepted(tmp_path):
    def again(folder):
        return [matter["text"] for matter in report(folder)["read-again"]["matters"]]

    for name in ("reworded", "accepted", "renamed"):
        folder = copied("tiny", tmp_path / name)
        assert again(folder) == []
        assert run("remove", "clean-air", "--replaced-by", "clean-water", "--plan", folder).exit_code == 0
        told = "supports clean-water, written about 'clean-air': Both need fewer fumes."
        assert again(folder) == [told]
        if name == "reworded":
            changed(folder, "content.yaml", ("Both need fewer fumes.", "Less runoff is cleaner water."))
        elif name == "accepted":
            assert run("review", "less-runoff", "--accept", "--plan", folder).exit_code == 0
        else:
            assert run("rename", "less-runoff", "dry-fields", "--plan", folder).exit_code == 0
            assert again(folder) == [told]
            assert run("rename", "clean-water", "good-water", "--plan", folder).exit_code == 0
            assert again(folder) == [told.replace("clean-water", "good-water")]
            assert run("remove", "dry-fields", "--replaced-by", "good-water", "--plan", folder).exit_code == 0
        assert again(folder) == []


def test_a_list_of_reasons_that_cannot_be_read_is_reported(tmp_path):
    folder = copied("tiny", tmp_path)
    (folder / "read-again.txt").write_text("clean-air\n", encoding="utf-8")
    for words in (
        ["report", folder],
        ["remove", "clean-air", "--replaced-by", "clean-water", "--plan", folder],
    ):
        result = run(*words)
        assert result.exit_code == 1
        assert "read-again.txt:1:1: this line is not a reason to read again [bad-ledger]" in result.output


def test_reviews_are_read_as_they_are_written():
    plan = workspace_of("tiny").plan
    reviews = accept_statements(plan, [], [said for said, _ in review_states(plan, [])])
    assert len(reviews) == 11
    assert parse_reviews(format_reviews(reviews), "x") == reviews


def test_an_entry_is_shown_with_all_that_points_to_it():
    result = run("show", "clean-water", "--plan", plan_folder("tiny"))
    for said in (
        "Goal: Clean water\n",
        "Above (1)\n  less-runoff (Less runoff)\n",
        "  s-6213d0 stated: The paper asks for clean water. [paper p1.1]\n",
        "Named at (2)\n",
    ):
        assert said in result.output
    assert "Cited by" in run("show", "report", "--plan", plan_folder("tiny")).output
    assert "did you mean 'council'?" in run("show", "counsil", "--plan", plan_folder("tiny")).output


def test_words_are_found_without_accents_tones_case_or_ends_of_lines(tmp_path):
    folder = copied("tiny", tmp_path)
    changed(
        folder,
        "content.yaml",
        ("name: Clean air", "name: Clean air\n    short: 'Shùjù zīyuán, 数据资源, Café'"),
        ("asks for clean air.", "asks for\n      clean air."),
    )
    for words in ("shuju ZIYUAN", "数据", "cafe", "for clean AIR"):
        result = run("find", words, "--plan", folder)
        assert result.exit_code == 0
        assert "(clean-air)\n1 place" in result.output, words
    line = run("find", "Cafe", "--plan", folder).output.split("\n")[0]
    path, number, column = line.split(": ")[0].rsplit(":", 2)
    assert (folder / "content.yaml").as_posix() == path
    text = (folder / "content.yaml").read_text(encoding="utf-8").split("\n")[int(number) - 1]
    assert text[int(column) - 1 :].startswith("Café")
    assert run("find", "nothing of the kind", "--plan", folder).exit_code == 1
    (folder / "more.yaml").write_text("terms: [: broken shale", encoding="utf-8")
    assert "more.yaml:1:" in run("find", "shale", "--plan", folder).output


def test_general_knowledge_is_listed_with_dated_facts_first(tmp_path):
    folder = copied("tiny", tmp_path)
    said = "summary: Water that leaves a field. [@report]"
    known = (
        "summary: {text: Water that leaves a field., status: known}\n"
        "    statements:\n      - {text: The word has been in use since 1890., status: known}"
    )
    changed(folder, "content.yaml", (said, known))
    section = report(folder)["known"]
    assert [each["text"] for each in section["matters"]] == [
        "The word has been in use since 1890.",
        "Water that leaves a field.",
    ]


@pytest.mark.parametrize(
    ("told", "listed"),
    [("confidence: standard", True), ("seen: [report]", False), ("confidence: guess, basis: ours", False)],
)
def test_names_that_are_neither_seen_nor_marked_are_listed(tmp_path, told, listed):
    folder = copied("tiny", tmp_path)
    english = "  en: {name: English}\n"
    changed(folder, "plan.yaml", (english, english + "  fr: {name: French}\n"))
    name = "name: {en: Runoff, fr: {text: Ruissellement, " + told + "}}"
    changed(folder, "content.yaml", ("name: Runoff", name))
    matters = report(folder)["unseen"]["matters"]
    assert [each["text"] for each in matters] == (["Ruissellement (fr) is standard"] if listed else [])
