"""A published address leads to the same statement, whatever happens around it, or to a note on it."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_explorer.checking.published_statements import HEADER, format_statements, parse_statements
from plan_explorer.model.statement_addresses import (
    REMOVED,
    PublishedStatement,
    StatementPlace,
    assign_addresses,
    new_address,
)

WATER = "The paper asks for clean water in every town."
AIR = "Nobody is named who is to pay for cleaner air."
SOIL = "A third list has measures for the soil of fields."
NEW = "Two ministries signed the agreement on noise."
BEFORE = [
    PublishedStatement("a", "s1", WATER),
    PublishedStatement("a", "s2", AIR),
    PublishedStatement("a", "s3", SOIL),
    PublishedStatement("b", "s1", "Rivers are the subject of the second part."),
]
RIVERS = BEFORE[3].words


def assign(words, published=BEFORE, renamed=None, replaced=None):
    said = {
        id: [each if isinstance(each, tuple) else (each, "") for each in some] for id, some in words.items()
    }
    return assign_addresses(said, published, renamed or {}, replaced or {})


def publish(words, addresses):
    """Return what is published when *words* have these *addresses*."""
    lines = [
        PublishedStatement(id, address, said)
        for id in words
        for address, said in zip(addresses.now[id], words[id], strict=True)
    ]
    for gone in chain(*addresses.removed.values()):
        moved = (gone.moved_to.entry, gone.moved_to.address) if gone.moved_to else REMOVED
        entry, address = gone.place.entry, gone.place.address
        lines.append(gone.published._replace(entry=entry, address=address, moved_to=moved))
    return lines


@pytest.mark.parametrize(
    ("statements", "addresses"),
    [
        ([WATER, AIR, SOIL], ["s1", "s2", "s3"]),
        ([NEW, WATER, AIR, SOIL], [new_address(NEW, ()), "s1", "s2", "s3"]),
        ([SOIL, WATER, AIR], ["s3", "s1", "s2"]),
        ([AIR, WATER, SOIL], ["s2", "s1", "s3"]),
        ([WATER, "Nobody is named who has to pay for clean air.", SOIL], ["s1", "s2", "s3"]),
        (
            [
                NEW,
                "Measures for the soil of fields are a third list.",
                "Towns are to have clean water.",
            ],
            [new_address(NEW, ()), "s3", new_address("Towns are to have clean water.", ())],
        ),
        (
            [WATER, NEW, "Nobody is named who should pay for cleaner air.", SOIL],
            ["s1", new_address(NEW, ()), "s2", "s3"],
        ),
    ],
    ids=["as-it-was", "inserted", "moved", "swapped", "reworded", "far", "reworded-and-inserted"],
)
def test_a_statement_keeps_its_address(statements, addresses):
    assert assign({"a": statements, "b": [RIVERS]}).now["a"] == addresses


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ferry to Skarnes runs twice a day.", "Twice a day the ferry runs to Skarnes."),
        ("The port is old and its cranes are slow.", "Its cranes are slow, and the port is old."),
        ("Three berths are kept for small boats.", "For small boats, three berths are kept."),
    ],
)
def test_a_statement_whose_clauses_are_turned_round_keeps_its_address(before, after):
    published = [PublishedStatement("a", "s1", before), PublishedStatement("a", "s2", AIR)]
    assert assign({"a": [AIR, after]}, published).now["a"] == ["s2", "s1"]


@pytest.mark.parametrize(("cites", "kept"), [("@paper p1.1", True), ("@paper p1.2", False), ("", False)])
def test_the_same_places_are_evidence_for_the_same_statement(cites, kept):
    published = [PublishedStatement("a", "s1", "Universities are to take part.", cites="@paper p1.1")]
    reworded = "Universities are the first who are to take part with more energy."
    assert (assign({"a": [(reworded, cites)]}, published).now["a"] == ["s1"]) is kept


def test_new_words_in_the_list_keep_an_address_that_was_said_to_be_lost():
    words = {"a": [NEW], "b": []}
    lost = publish(words, assign(words, [PublishedStatement("a", "s1", AIR)]))
    assert [(each.address, each.moved_to) for each in lost] == [(new_address(NEW, ()), None), ("s1", REMOVED)]
    mended = [each._replace(words=NEW) for each in lost]
    found = assign(words, mended)
    assert found.published["a"]["s1"] == StatementPlace("a", "a", new_address(NEW, ()))
    assert publish(words, found)[1].moved_to == ("a", new_address(NEW, ()))


def test_a_statement_that_was_removed_leaves_a_note():
    found = assign({"a": [WATER, SOIL], "b": [RIVERS]})
    (gone,) = found.removed["a"]
    assert (gone.place, gone.published.words, gone.moved_to) == (StatementPlace("a", "a", "s2"), AIR, None)
    assert found.published["a"]["s2"] == gone.place


def test_an_address_is_never_given_twice():
    words = {"a": [WATER, SOIL], "b": [RIVERS]}
    later = {"a": [WATER, SOIL, NEW, NEW], "b": [RIVERS]}
    first = assign(later, publish(words, assign(words))).now["a"]
    assert first == ["s1", "s3", new_address(NEW, ()), f"{new_address(NEW, ())}-2"]
    gone = publish(words, assign(words, publish(later, assign(later))))
    assert assign({**words, "a": [NEW, "Other."]}, gone).now["a"][0] == new_address(NEW, ())


def test_a_statement_that_moved_to_another_entry_is_pointed_at_for_good():
    moved = {"a": [WATER, SOIL], "b": [RIVERS, AIR]}
    found = assign(moved)
    there = StatementPlace("b", "b", new_address(AIR, ()))
    assert [gone.moved_to for gone in found.removed["a"]] == [there]
    assert found.published["a"]["s2"] == there
    reworded = {**moved, "b": ["Nobody is named who should pay for the cleaner air.", RIVERS]}
    found = assign(reworded, publish(moved, found))
    assert found.now["b"] == [there.address, "s1"]
    assert found.published["a"]["s2"] == there
    back = {"a": [WATER, AIR, SOIL], "b": [RIVERS]}
    found = assign(back, publish(moved, assign(moved)))
    assert found.now["a"] == ["s1", "s2", "s3"]
    assert found.published["b"][there.address] == StatementPlace("a", "a", "s2")


def test_words_that_stand_elsewhere_as_well_have_not_moved():
    published = [*BEFORE, PublishedStatement("b", "s2", AIR)]
    (gone,) = assign({"a": [WATER, SOIL], "b": [RIVERS, AIR]}, published).removed["a"]
    assert gone.moved_to is None
    (gone,) = assign({"a": [WATER, SOIL], "b": [RIVERS, AIR], "c": [AIR]}).removed["a"]
    assert gone.moved_to is None


def test_statements_of_an_entry_that_was_renamed_keep_their_addresses():
    found = assign({"c": [NEW, WATER, SOIL], "b": [RIVERS]}, renamed={"a": "c"})
    assert found.now["c"] == [new_address(NEW, ()), "s1", "s3"]
    assert found.published["a"]["s1"] == StatementPlace("c", "c", "s1")
    assert found.published["a"]["s2"] == StatementPlace("c", "c", "s2")
    assert [gone.place for gone in found.removed["c"]] == [StatementPlace("c", "c", "s2")]


@pytest.mark.parametrize("how", ["renamed", "replaced"])
def test_statements_of_an_entry_that_became_part_of_another_do_not_take_its_addresses(how):
    found = assign({"b": [RIVERS, AIR]}, **{how: {"a": "b"}})
    assert found.now["b"][0] == "s1"
    assert found.published["b"]["s1"] == StatementPlace("b", "b", "s1")
    assert found.published["a"]["s1"] == StatementPlace("b", "a", "s1")
    kept = StatementPlace("b", "b", found.now["b"][1])
    assert found.published["a"]["s2"] == kept


def test_moves_in_a_circle_end():
    published = [
        PublishedStatement("a", "s1", WATER, ("b", "s1")),
        PublishedStatement("b", "s1", AIR, ("a", "s1")),
    ]
    found = assign({"a": [], "b": []}, published)
    assert found.published["a"]["s1"].holder == "b"
    assert (
        assign({"a": []}, [PublishedStatement("a", "s1", WATER, ("x", "s9"))]).removed["a"][0].moved_to
        is None
    )


def pairs(words, addresses, id):
    return sorted(zip(words[id], addresses[id], strict=True))


WORDS = st.lists(st.sampled_from([WATER, AIR, SOIL, NEW, RIVERS, "Short.", "Short?", ""]), max_size=5)
PLANS = st.lists(st.fixed_dictionaries({"a": WORDS, "b": WORDS, "c": WORDS}), min_size=1, max_size=4)


@given(PLANS)
def test_every_address_ever_published_leads_somewhere(plans):
    lines, ever = [], set()
    for words in plans:
        found = assign(words, lines)
        for id, addresses in found.now.items():
            assert len(addresses) == len(set(addresses)) == len(words[id])
        places = {(id, id, at) for id, all in found.now.items() for at in all}
        places |= {gone.place for gone in chain(*found.removed.values())}
        assert {found.published[id][at] for id, at in ever} <= places
        for line in lines:  # the same words in the same entry are the same statement
            if [each.words for each in lines if each.entry == line.entry].count(line.words) == 1:
                now = dict(zip(words[line.entry], found.now[line.entry], strict=True))
                if words[line.entry].count(line.words) == 1:
                    assert now[line.words] == line.address
        lines = publish(words, found)
        ever |= {line[:2] for line in lines}
        text = format_statements(lines)
        parsed, problems = parse_statements(text, "")
        assert (set(parsed), problems) == (set(lines), [])
        again = assign(words, lines).now  # of two with the same words either may be the first
        assert all(pairs(words, again, id) == pairs(words, found.now, id) for id in words)


def test_what_is_no_list_is_reported_line_by_line():
    text = HEADER + "a s1 Words.\na s1 Others.\nA s1 x\na s01 x\na p1 x\na s2→b x\na s3→b#s1 Moved.\n"
    text += "a s4→ Gone. [@x p1.2; @y]\na s5 [@x]\n\n"
    lines, problems = parse_statements(text, "list.txt")
    assert [problem.location.line - HEADER.count("\n") for problem in problems] == [2, 3, 4, 5, 6]
    assert {problem.code for problem in problems} == {"bad-ledger"}
    assert lines == [
        PublishedStatement("a", "s1", "Words."),
        PublishedStatement("a", "s3", "Moved.", ("b", "s1")),
        PublishedStatement("a", "s4", "Gone.", REMOVED, "@x p1.2; @y"),
        PublishedStatement("a", "s5", "", None, "@x"),
    ]
