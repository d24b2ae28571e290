"""The first plan: all of it is there, each sentence of its source is accounted for, told neutrally."""

import re
from collections import Counter
from functools import cache

import pytest
from conftest import ROOT

from plan_explorer.build import build
from plan_explorer.checking.quality import check_quality
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import Item
from plan_explorer.model.plan import Plan
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.views.comparison import by_actor, by_strand, commitments, silence
from plan_explorer.site.views.overview import figures, framework_map

LEVELS = {
    "argument": 4,
    "lead-in": 1,
    "point": 37,
    "group": 4,
    "pillar": 11,
    "umbrella": 5,
    "task": 52,
    "focus-area": 17,
    "safeguard": 4,
    "measure": 34,
    "principle": 12,
    "outcome": 12,
    "horizon": 2,
    "objective": 12,
    "initiative": 15,
}
VERDICTS = re.compile(
    r"\b(?:successful|glorious|profound|ambitious|steadfast|unprecedented|our party|my country)",
    re.IGNORECASE,
)
"""Words of praise or of the author's own voice."""
OWN_VOICE = re.compile(r"(?:^|[.!?] )(?:We|China|The Party|The government) (?:will|must|shall|should)\b")
"""A sentence in which the site itself promises or demands."""
ORDERS = re.compile(
    r"^(?:Build|Set up|Make|Improve|Promote|Raise|Speed up|Strengthen|Create|Let|Use|Take|Hold|Get|Give)\b"
)
"""How an order begins, where a report is asked for."""


@cache
def plan() -> Plan:
    return load_plan(ROOT / "content" / "plan").plan


def statements() -> list[tuple[str, str]]:
    """Return every text of the plan's entries with the id of the entry."""
    return [(entity.id, said.words) for entity in plan() for said in entity.says if said.words]


def test_every_level_holds_as_much_as_the_source_gives():
    assert Counter(item.level for item in plan().items) == LEVELS
    assert (len(plan().actors), len(plan().events), len(plan().terms)) == (32, 50, 147)


def test_there_are_116_sources_and_each_was_read():
    assert len(plan().sources) == 116
    assert [source.id for source in plan().sources if not source.summary or not source.checked] == []


def test_what_is_stated_is_neither_a_silence_nor_a_note_on_the_translation():
    """A statement of what is missing, or of words in the translation, has a label of its own."""
    wrong = re.compile(
        r"\b(?:is|are) (?:not (?:named|said|given)|left open)\b|\bnone is named\b|translat", re.IGNORECASE
    )
    stated = [
        (entity.id, said.words)
        for entity in plan()
        for said in entity.says
        if said.status == "stated" and entity is not plan().primary
    ]
    assert [each for each in stated if wrong.search(each[1])] == []


def test_remarks_of_the_site_are_about_the_site():
    about_us = re.compile(
        r"this site|the editors|(?:was|were) not (?:found|established)|was (?:read|found)|shown here"
        r"|Sentences are counted|The (?:address|Chinese name) is that|17 paragraphs|machine translation",
        re.IGNORECASE,
    )
    remarks = [
        (entity.id, said.words) for entity in plan() for said in entity.says if said.status == "editorial"
    ]
    assert len(remarks) >= 5
    assert [each for each in remarks if not about_us.search(each[1])] == []


def test_counts_of_one_thing_agree():
    """What the map counts, what the overview counts and what the table holds is told by one rule."""
    boxes = [box for part in framework_map(plan()) for row in part.rows for box in row.boxes]
    dots = sum(number for box in boxes for number, noun in box.below if noun.startswith("task"))
    measures = sum(number for box in boxes for number, noun in box.below if noun.startswith("measure"))
    shown = {each.noun: each.number for each in figures(plan())}
    assert shown["tasks (57 with their parts)"] == dots == 54
    assert shown["measures (34 with their parts)"] == measures == 30
    table = commitments(plan())
    assert table.about.startswith("57 tasks and 34 measures, parts included")
    naming = sum(bool(line.actors) for _, lines in table.groups for line in lines)
    told = silence(plan())
    assert naming == len(by_actor(plan()).lines) == told["linked"] == 30
    assert told == {"bound": 91, "stated": 90, "acting": 8, "named": 19, "linked": 30}


def test_the_plan_is_strictly_sound():
    assert check_quality(plan()) == []


def test_every_published_address_of_a_statement_is_on_a_page():
    bodies = {page.page.path: page.body for page in build(ROOT / "content" / "plan", formats=()).pages}
    published = plan().statement_addresses.published
    places = [place for each in published.values() for place in each.values()]
    addresses = [Addresses(plan()).statement(place) for place in places]
    assert len(places) > 900
    assert [at for at in addresses if f'<a id="{at.anchor}"></a>' not in bodies[at.path]] == []


def test_every_sentence_is_cited_or_marked_as_frame():
    source = plan().primary
    covered = plan().covered(source)
    sentences = [(p, n) for p in source.passages for n in range(1, len(p.sentences) + 1)]
    assert (len(source.passages), len(sentences)) == (17, 73)
    assert [f"{p.id}.{n}" for p, n in sentences if n not in covered[p.id] and n not in p.frame] == []
    assert [p.id for p in source.passages if not p.summary] == []


def test_nearly_every_sentence_is_what_a_statement_of_an_entry_rests_on():
    """A frame is the exception: sentences that carry a statement of their own are far more."""
    said = {
        (cite.passage, sentence)
        for entity in plan()
        if entity is not plan().primary
        for statement in entity.says
        for cite in statement.all_cites
        if cite.source == plan().primary.id
        for sentence in cite.sentences
    }
    assert len(said) >= 71


def test_the_map_shows_four_arguments_and_four_safeguards():
    bands = {part.strand.id: part.rows for part in framework_map(plan())}
    codes = {id: [box.item.code for row in rows for box in row.boxes] for id, rows in bands.items()}
    assert codes["arguments"] == ["A1", "A2", "A3", "A4"]
    assert codes["safeguards"] == ["S1", "S2", "S3", "S4"]
    assert len(codes["framework"]) == 11


def test_all_pillars_but_one_serve_an_argument_and_every_argument_is_served():
    strand = next(strand for strand in plan().settings.strands if strand.id == "arguments")
    table = by_strand(plan(), strand)
    assert table is not None
    assert len(table.lines) == 11
    assert [line.item.id for line in table.lines if not line.cells] == ["digital-infrastructure"]
    served = {column for line in table.lines for column in line.cells}
    assert served == {"modernization", "competition", "governance", "shared-future"}
    statuses = {said.status for line in table.lines for cell in line.cells.values() for said in cell.says}
    assert statuses == {"inferred"}


def test_what_the_editors_read_into_the_text_says_why():
    entities = [*plan(), *plan().items]
    inferred = [r.says for e in entities for r in e.relations if r.says.status == "inferred"]
    assert len(inferred) > 50
    assert [said for said in inferred if not (said.words and said.all_cites)] == []


def test_what_compares_the_source_with_another_text_is_a_reading():
    """Citing both is not enough for a fact from outside: the comparison is that of the editors."""
    said = [
        (entity.id, said)
        for entity in (*plan(), *plan().items)
        for said in (*entity.says, *(relation.says for relation in entity.relations))
    ]
    primary = plan().settings.primary
    mixed = [(id, s) for id, s in said if {primary} < {cite.source for cite in s.all_cites}]
    assert len(mixed) > 10
    assert [(id, s.words) for id, s in mixed if s.status == "background"] == []


def test_what_stands_in_narrow_boxes_is_short():
    shown = [item for item in plan().items if item.level in {"argument", "group", "pillar", "safeguard"}]
    assert [item.id for item in shown if not item.short or len(item.short["en"].text) > 28] == []
    assert [item.id for item in shown if not 2 <= len(item.gist.split()) <= 7] == []


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Latn"])
def test_everything_has_a_name_in_each_language(tag):
    named = [*plan().items, *plan().actors, *plan().events, *plan().terms]
    assert [entity.id for entity in named if tag not in entity.name] == []


def test_each_and_every_stands_apart_in_pinyin():
    """The word 各 is written apart from the noun after it, as the standard on word division says."""
    joined = re.compile(r"\bgè(?:jiè|guó|xiàng|lèi|dì|zú)", re.IGNORECASE)
    read = [(entity.id, entity.name["zh-Latn"].text) for entity in plan() if "zh-Latn" in entity.name]
    assert len(read) > 400
    assert [each for each in read if joined.search(each[1])] == []


def test_every_date_of_an_event_says_where_it_is_from():
    assert [event.id for event in plan().events if event.date and not event.date.cites] == []


def test_titles_are_short():
    assert [i.id for i in plan().items if len(i.name["en"].text) > 60] == []


def test_the_voice_is_that_of_a_report():
    for pattern in (VERDICTS, OWN_VOICE, ORDERS):
        assert [(id, text) for id, text in statements() if pattern.search(text)] == []


def test_what_is_said_of_an_item_is_a_full_sentence():
    summaries = [(e.id, e.summary.words) for e in plan() if isinstance(e, Item) and e.summary]
    assert len(summaries) == len(plan().items)
    assert [id for id, text in summaries if not re.match(r"[A-Z0-9“\"].*[.]$", text, re.DOTALL)] == []


def test_the_objectives_and_their_years_come_from_outside_the_source():
    for item in (i for i in plan().items if i.level in {"horizon", "objective"}):
        assert item.summary.status == "background", item.id
    stated = [(e.id, s.words) for e in plan() for s in e.says if s.status == "stated"]
    assert [id for id, text in stated if re.search(r"\b20(?:25|35)\b", text)] == []


def test_the_plan_is_published_on_a_day_and_issued_within_a_period():
    published, issued = plan()["plan-published"], plan()["plan-issued"]
    assert str(published.date) == "27 February 2023"
    assert str(issued.date) == "about December 2022 to 27 February 2023"
    assert len(issued.date.alternatives) == 2


def test_responsibilities_that_changed_have_a_period():
    dated = {
        (entity.id, relation.kind): str(relation.date)
        for entity in plan().actors
        for relation in entity.relations
        if relation.date
    }
    assert dated["national-data-administration", "plans-for"].startswith("from 25 October 2023")
    assert ("cyberspace-commission-office", "plans-for") in dated
    assert len(dated) >= 8


def test_three_translations_lead_to_one_term():
    term = plan()["cyber-power"]
    words = {wording.words for wording in term.wordings}
    assert words == {"network power", "power of the Internet", "cyber power"}
    assert "网络强国" in term.name["zh-Hans"].text
    assert "網絡強國" in term.variants["zh-Hant"]
