"""What follows from the citations of a statement, and where it stands."""

import pytest

from plan_explorer.model.entities import Item, Passage, Source

CONTEXT = {"primary": "report", "language": "en"}


def item(**fields):
    return Item.model_validate({"id": "water", "level": "goal", **fields}, context=CONTEXT)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It is asked for. [@report p1.1]", "stated"),
        ("It is asked for. [@report p1.1, p2.1]", "stated"),
        ("It is the law. [@act]", "background"),
        ("It is asked for and the law. [@report p1.1; @act]", "background"),
    ],
)
def test_only_what_rests_on_the_primary_source_alone_is_stated(text, status):
    assert item(statements=[text]).statements[0].status == status


def test_a_note_is_on_the_wording_unless_it_rests_on_another_source():
    notes = item(notes=["It says water. [@report p1.1]", "The act says wells. [@act]"]).notes
    assert [note.status for note in notes] == ["wording", "background"]
    assert (
        item(notes=[{"text": "It says water. [@report p1.1]", "status": "stated"}]).notes[0].status
        == "stated"
    )


def test_what_is_said_of_a_document_without_a_citation_rests_on_it():
    fields = {
        "id": "act",
        "statements": ["It has two parts.", {"text": "It is short."}, "It is new. [@press]"],
    }
    source = Source.model_validate(fields, context=CONTEXT)
    assert [[str(cite) for cite in each.cites] for each in source.statements] == [["act"], ["act"], ["press"]]
    assert {each.status for each in source.statements} == {"background"}
    site = {"id": "act", "statements": [{"text": "We read it twice.", "status": "editorial"}]}
    assert Source.model_validate(site, context=CONTEXT).statements[0].cites == ()


@pytest.mark.parametrize("sentences", ["2", [1, 1], [{"words": 1}, {}], [1, {"words": 1}]])
def test_sentences_may_be_counted_measured_or_described(sentences):
    assert Passage.model_validate({"id": "p1", "sentences": sentences}).lengths == [1, 1]


def test_only_the_blank_in_front_of_a_citation_goes():
    said = item(statements=["Trois priorités : l'eau [@act] ; l'air\u00a0: [@act]."]).statements[0]
    assert said.words == "Trois priorités : l'eau ; l'air\u00a0:."


def test_a_line_break_in_a_line_is_a_blank():
    passage = {"id": "p1", "title": "On\nwells", "frame": {"1": "No\nentry\n"}}
    source = {"id": "act", "name": {"en": "Act on\nwater\n"}, "publisher": "The\tState\n"}
    outline = [{"section": "One\n", "passages": [passage]}]
    folded = Source.model_validate({**source, "outline": outline}, context=CONTEXT)
    assert (folded.name["en"].text, folded.publisher) == ("Act on water", "The State")
    assert (folded.outline[0].section, folded.passages[0].title) == ("One", "On wells")
    assert folded.passages[0].frame == {1: "No entry"}
