"""What a form writes into an entry changes what was changed, and nothing else of its file."""

from copy import deepcopy

import pytest
from edited import comments, workspace_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.editing.set_entry import set_entry

NAMES = ("decade", "river", "tiny", "town", "vision", "wendmere")
DRAFTS = {name: workspace_of(name) for name in NAMES}

BEFORE = """\
# About the file.
terms:
  - id: fog
    name: "Fog"  # as printed
    # Why it is here.
    summary: >-
      Water that
      hangs low. [@report]
    statements:
      # The first.
      - It is cold. [@report]
      - text: It is grey.
        status: known
      - 'It''s wet. [@report]'  # said twice
    variants: {en: [fogs, "mists"]}
  # Another.
  - id: rain
    name: Rain
    summary: Drops. [@report]
"""


def edited(change, before=BEFORE):
    workspace = DRAFTS["tiny"].put("more.yaml", before)
    id = "fog" if "fog" in workspace.plan else "rain"
    entry = workspace.plan.entries[id]
    data = deepcopy(entry.document.data["terms"][entry.key[1]])
    change(data)
    return set_entry(workspace, id, data).text("more.yaml")


def test_nothing_changes_if_nothing_was_changed():
    assert edited(lambda data: None) == BEFORE
    assert edited(lambda data: data.update(summary="Water  that hangs\nlow. [@report]")) == BEFORE


def test_a_text_keeps_its_form_and_the_comment_behind_it():
    def change(data):
        data["name"] = 'It\'s a "fog"'
        data["summary"] = "Water that hangs high. [@report]"
        data["statements"][0] = "It is warm. [@report]"
        data["statements"][2] = "It isn't wet. [@report]"

    assert edited(change) == BEFORE.replace('"Fog"', '"It\'s a \\"fog\\""').replace(
        "Water that\n      hangs low.", "Water that hangs high."
    ).replace("cold", "warm").replace("It''s wet", "It isn''t wet")


@pytest.mark.parametrize(
    ("number", "written"),
    [("40000", "40000"), ("-0.5", "-0.5"), ("0", "0"), ("007", "'007'"), ("1.10", "'1.10'")],
)
def test_a_number_has_quotes_only_where_programs_read_it_otherwise(number, written):
    assert f"short: {written}\n" in edited(lambda data: data.update(short=number))


def test_a_key_that_is_new_takes_its_place_in_the_order():
    def change(data):
        data["short"] = {"en": "F"}
        data["relations"] = [{"supports": "clean-air", "because": "So it is. " + "word " * 30 + "[@report]"}]

    text = edited(change)
    assert "  # as printed\n    short: {en: F}\n    # Why it is here.\n    summary: >-\n" in text
    assert (
        '    variants: {en: [fogs, "mists"]}\n'
        "    relations:\n"
        "      - supports: clean-air\n"
        "        because: >-\n"
        "          So it is. word word"
    ) in text
    assert text.endswith("  # Another.\n  - id: rain\n    name: Rain\n    summary: Drops. [@report]\n")


def test_what_is_taken_out_leaves_what_stands_around_it():
    def change(data):
        del data["statements"][1]
        del data["summary"]
        data["variants"]["en"].pop(0)

    assert edited(change) == BEFORE.replace(
        "    summary: >-\n      Water that\n      hangs low. [@report]\n", ""
    ).replace("      - text: It is grey.\n        status: known\n", "").replace("fogs, ", "")


def test_statements_that_are_added_stand_where_they_were_put():
    def change(data):
        data["statements"].insert(1, {"text": "So it is.", "status": "known"})
        data["statements"].append("It goes. [@report]")

    text = edited(change)
    assert (
        "- It is cold. [@report]\n      - text: So it is.\n        status: known\n      - text: It is grey"
        in text
    )
    assert "# said twice\n      - It goes. [@report]\n    variants" in text


def test_a_form_that_becomes_longer_is_written_anew():
    def change(data):
        data["statements"][0] = {"text": "It is cold.", "status": "known"}
        data["statements"][1] = "It is grey. [@report]"

    text = edited(change)
    assert (
        "# The first.\n      - text: It is cold.\n        status: known\n      - It is grey. [@report]\n"
        in text
    )


def test_a_relation_keeps_its_place_when_its_kind_changes():
    before = (
        "terms:\n  - id: rain\n    name: Rain\n    relations:\n"
        "      - supports: clean-air  # indeed\n        cites: [report]\n"
    )

    def change(data):
        data["relations"][0] = {"done-by": "council", "cites": ["report", "paper p1"]}

    expected = before.replace("supports: clean-air", "done-by: council").replace(
        "[report]", "[report, paper p1]"
    )
    assert edited(change, before) == expected


def test_the_end_of_a_file_without_a_line_end_and_windows_endings():
    bare = "terms:\n  - id: rain\n    name: Rain"
    assert (
        edited(lambda data: data.update(kind="x"), bare)
        == "terms:\n  - id: rain\n    kind: x\n    name: Rain"
    )
    assert edited(lambda data: data.update(date="2025"), bare) == bare + "\n    date: 2025"
    windows = DRAFTS["tiny"].put("more.yaml", None)
    windows = windows.put("more.yaml", bare.replace("\n", "\r\n") + "\r\n")
    after = set_entry(windows, "rain", {"id": "rain", "name": "Rains", "date": "2025"})
    assert after.files["more.yaml"].text == (
        "terms:\r\n  - id: rain\r\n    name: Rains\r\n    date: 2025\r\n"
    )


def test_an_entry_in_braces_stays_one():
    before = "terms:\n  - {id: rain, name: 'Rain', summary: \"A. [@report]\"}  # short\n"
    text = edited(lambda data: data.update(name="Rain: much", date="2025"), before)
    assert text == (
        "terms:\n  - {id: rain, name: 'Rain: much', summary: \"A. [@report]\", date: 2025}  # short\n"
    )


def test_a_blank_that_does_not_break_stays():
    text = "Objectif\u00a0: 30\u202f%. [@report]"
    assert text in edited(lambda data: data["statements"].append(text))
    before = BEFORE.replace("It is cold.", "It is\u00a0cold.")
    changed = edited(lambda data: data["statements"].__setitem__(0, "It is cold. [@report]"), before)
    assert "- It is cold. [@report]" in changed


def test_a_comment_is_never_lost():
    def drop(data):
        data["statements"] = [{"text": "x", "status": "known"}]
        del data["name"]

    with pytest.raises(PlanError, match="a comment in here would be lost"):
        edited(drop)
    with pytest.raises(PlanError, match="a comment in here would be lost"):
        edited(lambda data: data.update(name={"en": "Fog"}))
    rows = BEFORE.replace("      - text: It is grey.", "      # The second.\n      - text: It is grey.")
    with pytest.raises(PlanError, match="a comment in here would be lost"):
        edited(lambda data: data.update(statements=["It is mild. [@report]", data["statements"][2]]), rows)


def words():
    return (
        st.text("ab:#'\"-[]{}数é, ", min_size=1, max_size=60)
        .map(lambda each: " ".join(each.split()))
        .filter(bool)
    )


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data())
def test_whatever_is_changed_nothing_around_it_is(data):
    workspace = DRAFTS[data.draw(st.sampled_from(NAMES))]
    own = [
        entry for entry in workspace.plan.entries.values() if len(entry.key) == 2 and entry.key[0] != "views"
    ]
    entry = data.draw(st.sampled_from(own))
    new = deepcopy(entry.document.data[entry.key[0]][entry.key[1]])
    change_one(data, new)
    try:
        after = set_entry(workspace, entry.entity.id, new)
    except PlanError as error:
        if "a comment in here would be lost" not in str(error):
            raise
        return
    file = workspace.name_of(entry.document)
    assert after.changed_files(workspace) in ([], [file])
    assert comments(after) == comments(workspace)
    first, last = entry.document.spans[entry.key]
    old, now = workspace.text(file).split("\n"), after.text(file).split("\n")
    assert now[:first] == old[:first]
    rest = len(old) - last
    assert now[len(now) - rest :] == old[last:]


def change_one(data, value):
    """Change one thing somewhere in *value*."""
    if isinstance(value, dict):
        name = data.draw(st.sampled_from([each for each in value if each != "id"] or ["gist"]))
        what = data.draw(st.sampled_from(["in", "out", "add"]))
        if what == "out" and len(value) > 1:
            value.pop(name, None)
        elif what == "add" or name not in value:
            value[data.draw(st.sampled_from(["gist", "reason", "status"]))] = data.draw(words())
        elif isinstance(value[name], str):
            value[name] = data.draw(words())
        else:
            change_one(data, value[name])
    else:
        at = data.draw(st.integers(0, len(value) - 1))
        what = data.draw(st.sampled_from(["in", "out", "add"]))
        if what == "out" and len(value) > 1:
            del value[at]
        elif what == "add":
            value.insert(at, data.draw(words()))
        elif isinstance(value[at], str):
            value[at] = data.draw(words())
        else:
            change_one(data, value[at])
