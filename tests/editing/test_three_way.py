"""Three states of a value make one: what one side changed, and nothing of the other is lost."""

from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.editing.three_way import NOTHING, Conflict, Merge

WORDS = st.sampled_from(["air", "water", "soil", "fire", "clean air for all", "clean water for all"])
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(WORDS, max_size=4) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def merged(base, ours, theirs):
    merge = Merge()
    return merge.merge(base, ours, theirs), merge.conflicts


@given(VALUES, VALUES)
def test_what_one_side_changed_is_taken(base, other):
    assert merged(base, other, base) == (other, [])
    assert merged(base, base, other) == (other, [])
    assert merged(base, other, other) == (other, [])


@given(st.lists(WORDS, max_size=5, unique=True), st.lists(WORDS, max_size=5, unique=True), st.data())
def test_what_was_added_by_hand_stays_whatever_was_moved(base, theirs, data):
    ours = list(base)
    for number in range(data.draw(st.integers(1, 3))):
        ours.insert(
            data.draw(st.integers(0, len(ours))), f"mine, number {number}, of which nobody else knows"
        )
    result, conflicts = merged(base, ours, theirs)
    assert sorted(e for e in result if e[:4] == "mine") == sorted(e for e in ours if e[:4] == "mine")
    assert set(theirs) <= {*result, *(conflict.theirs for conflict in conflicts)}


def test_words_and_what_they_cite_are_merged_apart():
    base, ours, theirs = "It is so. [@file a.1]", "It is not so. [@file a.1]", "It is so. [@file a.2]"
    assert merged(base, ours, theirs) == ("It is not so. [@file a.2]", [])
    both = "It is otherwise. [@file a.2]"
    assert merged(base, ours, both) == (ours, [Conflict((), ours, both)])


def test_statements_are_known_by_their_words_and_relations_by_their_ends():
    base = {
        "statements": ["One. [@f a.1]", "Two. [@f a.2]"],
        "relations": [{"uses": "x", "cites": ["f a.3"]}],
    }
    ours = {
        "statements": ["Mine.", "One. [@f a.1]", "Two, reworded. [@f a.2]"],
        "relations": [{"uses": "x", "cites": ["f a.3"], "because": "So."}, {"uses": "mine"}],
    }
    theirs = {
        "statements": ["One. [@f a.1]", "New. [@f a.2]", "Two. [@f a.3]"],
        "relations": [{"uses": "y", "cites": ["f a.4"]}, {"uses": "x", "cites": ["f a.4"]}],
    }
    assert merged(base, ours, theirs) == (
        {
            "statements": ["Mine.", "One. [@f a.1]", "New. [@f a.2]", "Two, reworded. [@f a.3]"],
            "relations": [
                {"uses": "y", "cites": ["f a.4"]},
                {"uses": "x", "cites": ["f a.4"], "because": "So."},
                {"uses": "mine"},
            ],
        },
        [],
    )


def test_what_one_side_removed_and_the_other_changed_is_a_conflict():
    base, changed = {"gist": "Air", "code": "1"}, {"gist": "Fresh air", "code": "1"}
    assert merged(base, changed, {"code": "1"}) == (changed, [Conflict(("gist",), "Fresh air", NOTHING)])
    assert merged(base, {"code": "1"}, changed) == (
        {"code": "1"},
        [Conflict(("gist",), NOTHING, "Fresh air")],
    )


def test_numbers_that_count_by_place_are_one_value():
    assert merged(["3", "3", "1"], ["3", "3", "1"], ["3", "3", "3", "1"]) == (["3", "3", "3", "1"], [])
    ours, theirs = ["3", "2", "1"], ["3", "3", "3", "1"]
    assert merged(["3", "3", "1"], ours, theirs) == (ours, [Conflict((), ours, theirs)])
