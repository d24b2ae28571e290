"""What was verified is stamped, what is right is accepted, and a change of either side brings it back."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import plan_folder

from plan_explorer.build import build
from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan

REASON = "pupils are those at schools"


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def river(tmp_path):
    return Path(shutil.copytree(plan_folder("river"), tmp_path / "plan"))


def change(path, old, new):
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def stale(folder):
    return [(p.message, p.location.line) for p in load_plan(folder).unverified]


def address(folder, entry, words):
    """Return the entry and the address of the statement *words*."""
    refs = load_plan(folder).plan.said[entry]
    return f"{entry}#{next(ref.address for ref in refs if ref.statement.words == words)}"


def line_of(folder, words):
    lines = (folder / "content.yaml").read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_check_says_with_which_text_a_plan_was_compared(river):
    shutil.rmtree(river / "texts")
    output = run("check", river, "--strict")
    assert "charter: 23 of 23 statements verified against the text of 2026-01-31\n" in output
    assert run("verify", river).endswith("24 statements held: 23 found, 0 weak, 0 absent, 1 unknown\n")


def test_a_plan_without_stamps_is_not_verified(river):
    (river / "verified.txt").unlink()
    assert "no stamp says that this was verified [unverified]" in run("check", river, "--strict", code=1)
    assert "sound: 15 entries, 24 warnings" in run("check", river)
    shutil.rmtree(river / "texts")
    assert "0 found, 0 weak, 0 absent, 24 unknown" in run("verify", river)


def test_a_reworded_statement_is_stale_until_it_is_verified_again(river):
    change(river / "content.yaml", "What is left goes to the ferry.", "The ferry gets what is left.")
    here = line_of(river, "The ferry gets")
    assert stale(river) == [("no stamp says that this was verified", here)]
    assert "no stamp says that this was verified [unverified]" in run("check", river, "--strict", code=1)
    assert "sound: 15 entries, 1 warning" in run("check", river)
    assert build(river).warnings == []  # a draft can be shown
    run("verify", river, "--stamp", "--date", "2026-02-01")
    assert "against the text of 2026-02-01" in run("check", river, "--strict")


def test_a_changed_sentence_makes_exactly_its_statements_stale(river):
    change(river / "texts" / "charter.txt", "40 tonnes", "40 tons")
    run("outline", river / "texts" / "charter.txt", river, "--source", "charter")
    lines = [
        line_of(river, "The county measured 40"),
        line_of(river, "text: The charter does not say how deep"),
    ]
    assert stale(river) == [("what this cites has changed since", line) for line in lines]


def test_what_raises_an_alarm_gets_no_stamp_unless_it_is_accepted(river):
    change(river / "content.yaml", "Schools are free to use them.", "Pupils profit.")
    output = run("verify", river, code=1)
    changed = address(river, "report", "Pupils profit.")
    told = f"absent: {changed}: no word is shared\n    Pupils profit.\n    charter p4.3: Schools may use"
    assert told in output
    run("verify", river, "--stamp", "--date", "2026-02-01", code=1)
    assert len(stale(river)) == 1
    run("verify", river, "--accept", changed, "--reason", REASON)
    assert (river / "accepted.txt").read_text(encoding="utf-8").endswith(f" {REASON}\n")
    run("verify", river, "--stamp", "--date", "2026-02-01")
    assert stale(river) == []
    change(river / "content.yaml", "Pupils profit.", "Pupils gain.")
    assert f"absent: {address(river, 'report', 'Pupils gain.')}" in run("verify", river, code=1)
    run("verify", river, "--stamp", "--date", "2026-02-01", code=1)
    assert REASON not in (river / "accepted.txt").read_text(encoding="utf-8")  # it is void


def test_the_way_to_accept_is_told_and_is_one_command(river):
    change(river / "content.yaml", "Schools are free to use them.", "Pupils profit.")
    accept = "plan-explorer verify --stamp --accept ENTRY#STATEMENT --reason"
    assert f"hint: mend the words or the citation, or accept what is right: '{accept}" in run(
        "verify", river, code=1
    )
    assert accept in run("check", river)
    assert accept.replace("ENTRY#STATEMENT", "clean-river#s2") in run("explain", "unverified")
    changed = address(river, "report", "Pupils profit.")
    run("verify", river, "--stamp", "--accept", changed, "--reason", REASON)
    run("check", river, "--strict")


def test_only_alarms_can_be_accepted_and_for_a_reason(river):
    sound = address(river, "report", "Schools are free to use them.")
    assert "needs a --reason" in run("verify", river, "--accept", sound, code=2)
    assert f"'{sound}' is found" in run("verify", river, "--accept", sound, "--reason", "x", code=2)
    assert "is called 'report#s99'" in run("verify", river, "--accept", "report#s99", "--reason", "x", code=2)


def test_verdicts_for_other_programs(river):
    change(river / "content.yaml", "[@charter p5.3]", "[@charter p5.2]")
    citations = json.loads(run("verify", river, "--format", "json", code=1))["citations"]
    assert list(citations[0]) == ["entry", "statement", "status", "cites", "verdict", "better", "why"]
    assert [each for each in citations if each["verdict"] in ("weak", "absent")] == [
        {
            "entry": "share-cost",
            "statement": address(river, "share-cost", "What is left goes to the ferry.").partition("#")[2],
            "status": "stated",
            "cites": ["charter p5.2"],
            "verdict": "absent",
            "better": "charter p5.3",
            "why": "no word is shared",
        }
    ]


def test_a_text_can_be_given_and_has_to_fit(river, tmp_path):
    copy = shutil.copy(river / "texts" / "charter.txt", tmp_path / "copy.txt")
    shutil.rmtree(river / "texts")
    assert "23 found" in run("verify", river, "--text", f"charter={copy}")
    change(Path(copy), "40 tonnes", "41 tonnes")
    output = run("verify", river, "--text", f"charter={copy}", code=1)
    assert "are not in 'copy.txt': p1.2 [other-text]" in output
    assert "--text needs ID=FILE" in run("verify", river, "--text", "charter", code=2)
    assert "there is no text to verify against" in run("verify", river, "--stamp", code=2)
    assert "give a day" in run("verify", river, "--stamp", "--date", "2026", code=2)


@pytest.mark.parametrize("name", ["verified.txt", "accepted.txt"])
def test_a_list_edited_by_hand_is_told(name, river):
    with (river / name).open("a", encoding="utf-8") as file:
        file.write("report found\n")
    assert "this line is not about a statement and what it cites [bad-ledger]" in run("verify", river, code=1)


def test_stamps_and_reasons_follow_a_new_id_and_go_with_an_entry(river):
    change(river / "content.yaml", "Schools are free to use them.", "Pupils profit.")
    run("verify", river, "--accept", address(river, "report", "Pupils profit."), "--reason", REASON)
    run("verify", river, "--stamp", "--date", "2026-02-01")
    run("rename", "report", "yearly-report", "--plan", river)
    run("rename", "charter", "river-charter", "--plan", river)
    assert stale(river) == []
    run("check", river, "--strict")
    assert "0 absent" in run("verify", river)
    run("remove", "yearly-report", "--replaced-by", "plant-alders", "--plan", river)
    assert "yearly-report" not in (river / "verified.txt").read_text(encoding="utf-8")
    assert "yearly-report" not in (river / "accepted.txt").read_text(encoding="utf-8")


def test_review_prints_the_sentence_or_what_is_known_of_it(river):
    assert "    charter p4.3: Schools may use them freely.\n" in run("review", "report", "--plan", river)
    shutil.rmtree(river / "texts")
    assert "    charter p5.3: Money that is left over … to the ferry. (9 words)\n" in run(
        "review", "share-cost", "--plan", river
    )


def test_a_review_rests_on_the_sentence_alone(river):
    run("review", "share-cost", "report", "--accept", "--plan", river)
    change(river / "content.yaml", "          - id: p5\n", "          - id: p5\n            title: Money\n")
    assert "0 statements to review" in run("review", "--plan", river)
    change(river / "texts" / "charter.txt", "to the ferry", "to the ferries")
    run("outline", river / "texts" / "charter.txt", river, "--source", "charter")
    report = run("review", "--plan", river)
    assert "1 statement to review" in report
    assert "What is left goes to the ferry. (its source has changed since the review)" in report
