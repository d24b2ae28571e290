"""What stands on a page: the facts, the silences, the links of both sides, on the tiny plan."""

import re
import shutil
from dataclasses import replace

import pytest
from conftest import plan_folder

from plan_explorer.build import build
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.dates import parse_date
from plan_explorer.model.statements import Citation
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.views import comparison, lists, overview, timeline
from plan_explorer.site.views import item as item_view
from plan_explorer.site.views.silences import silences


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("tiny")).plan


def test_facts_stand_in_a_fixed_order_and_none_is_empty(plan):
    facts = item_view.facts(plan, plan["less-runoff"])
    assert [
        (fact.label, [v.entity.id if v.entity else v.words for v in fact.values], fact.status)
        for fact in facts
    ] == [
        ("Goal", ["clean-water"], None),
        ("Terms", ["runoff"], None),
        ("Actors", ["council"], "stated"),
    ]


def test_what_the_source_leaves_open_is_said(plan):
    assert silences(plan, plan["less-runoff"], {}) == [
        "a date",
        "a figure",
    ]
    assert silences(plan, plan["clean-water"], {}) == ["a date for its step", "a figure"]
    assert silences(plan, plan["clean-air"], {}) == []  # no commitment, and none below


def test_who_is_only_named_does_not_carry_out(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    settings = tmp_path / "plan" / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(", carries_out: true", ""), encoding="utf-8")
    plan = load_plan(tmp_path / "plan").plan
    assert "who is to carry it out" in silences(plan, plan["less-runoff"], {})
    assert "who is to carry out its step" in silences(plan, plan["clean-water"], {})[0]
    assert comparison.silence(plan) == {"bound": 1, "stated": 1, "acting": 0, "named": 1, "linked": 1}


def test_a_date_that_is_not_of_the_primary_source_says_of_which(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = tmp_path / "plan" / "content.yaml"
    text = content.read_text(encoding="utf-8")
    dated = "name: Less runoff\n    date: {edtf: ../2030, cites: [report]}"
    content.write_text(text.replace("name: Less runoff", dated), encoding="utf-8")
    plan = load_plan(tmp_path / "plan").plan
    title = plan.short(plan["report"])
    assert silences(plan, plan["less-runoff"], {}) == [f"a date (by 2030 in {title})", "a figure"]
    fact = next(fact for fact in item_view.facts(plan, plan["less-runoff"]) if fact.label == "Date")
    assert fact.status == "background"


def test_a_link_is_seen_from_both_ends(plan):
    from_here = {(row.other.id, row.label, row.outgoing) for row in item_view.rows(plan, plan["less-runoff"])}
    assert ("clean-air", "Supports", True) in from_here
    from_there = {(row.other.id, row.label, row.outgoing) for row in item_view.rows(plan, plan["clean-air"])}
    assert ("less-runoff", "Supported by", False) in from_there


def test_two_relations_of_different_kinds_to_the_same_entry_are_two_rows(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = tmp_path / "plan" / "content.yaml"
    more = "      - supports: council\n        because: It eases its work. [@report]\n"
    content.write_text(content.read_text(encoding="utf-8") + more, encoding="utf-8")
    plan = load_plan(tmp_path / "plan").plan
    rows = [row for row in item_view.rows(plan, plan["less-runoff"]) if row.other.id == "council"]
    assert [(row.label, row.says.words) for row in rows] == [
        ("Done by", ""),
        ("Supports", "It eases its work."),
    ]
    back = [row for row in item_view.rows(plan, plan["council"]) if row.other.id == "less-runoff"]
    assert [(row.label, row.outgoing) for row in back] == [("Does", False), ("Supported by", False)]


def test_a_stated_link_and_one_the_editors_draw_differ(plan):
    status = {row.other.id: row.says.status for row in item_view.rows(plan, plan["less-runoff"])}
    assert status == {"clean-air": "inferred", "council": "stated"}


def test_the_places_of_an_item_are_those_it_cites(plan):
    assert plan.cited(plan["less-runoff"]) == [Citation("paper", "p2", 1, 1)]


def test_the_outline_counts_what_is_covered(plan):
    outline = lists.source_outline(plan, plan.primary)
    assert (outline["whole"].number, outline["stated"].number, outline["total"]) == (3, 3, 3)
    first = outline["passages"][0].sentences[0]
    assert [entity.id for entity in first.entries] == ["clean-water"]


def test_why_editors_link_two_entries_puts_none_on_the_sentence(plan):
    # The editors read the link from less runoff to clean air out of the second sentence.
    second = lists.source_outline(plan, plan.primary)["passages"][0].sentences[1]
    assert [entity.id for entity in second.entries] == ["clean-air"]
    assert [item.id for item in plan.items_on(Citation("paper", "p1", 2, 2))] == ["clean-air"]


def test_a_level_may_stay_off_the_map(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    settings = tmp_path / "plan" / "plan.yaml"
    band = settings.read_text(encoding="utf-8").replace("map: grid", "map: band")
    settings.write_text(band, encoding="utf-8")
    assert [
        len(part.rows[0].members) for part in overview.framework_map(load_plan(tmp_path / "plan").plan)
    ] == [2]
    settings.write_text(band.replace("{id: goal,", "{id: goal, on_map: false,"), encoding="utf-8")
    assert overview.framework_map(load_plan(tmp_path / "plan").plan) == []


def test_counts_come_from_the_data(plan):
    assert [(each.number, each.noun, each.stated) for each in overview.counts(plan)] == [
        (2, "goals", (2, "goals")),
        (1, "step", (1, "step")),
        (1, "actor", (1, "actor")),
        (1, "event", (0, "events")),
        (1, "term", (0, "terms")),
        (2, "sources", (1, "source")),
        (3, "sentences", (3, "sentences")),
    ]


def test_addresses_do_not_hold_the_parent(plan):
    addresses = Addresses(plan)
    assert str(addresses.of(plan["less-runoff"])) == "steps/less-runoff.md"
    assert str(addresses.of(plan["clean-water"])) == "goals/clean-water/index.md"
    assert str(addresses.of(plan["council"])) == "actors/council.md"
    assert str(addresses.citation(Citation("paper", "p1", 2, 2))) == "source/index.md#p1-s2"


def test_the_crosswalk_by_actor_shows_only_rows_that_name_one(plan):
    table = comparison.by_actor(plan)
    assert [(line.item.id, {id: cell.words for id, cell in line.cells.items()}) for line in table.lines] == [
        ("less-runoff", {"council": "Does it"})
    ]


def test_events_stand_by_year_and_the_first_after_the_date_of_the_site_is_marked(plan):
    years = timeline.timeline_context(plan, plan.events)["years"]
    assert [(year.id, [e.id for e in year.events], year.coming) for year in years] == [
        ("y2025", ["first-meeting"], False)
    ]
    early = plan.settings.model_copy(update={"as_of": parse_date("2024-12-31")})
    same = replace(plan, settings=early)
    assert timeline.timeline_context(same, same.events)["years"][0].coming


def test_a_period_goes_on_through_every_year_it_lies_in():
    plan = load_plan(plan_folder("real")).plan
    years = timeline.timeline_context(plan, plan.events)["years"]
    since = plan["since-18th"]
    lane = timeline.lane(plan, since)
    assert next(year.title for year in years if lane in year.going_on) == "2012"
    assert lane in years[-2].going_on  # it has no end
    assert years[-1].title == "No date"
    assert sum(len(year.events) for year in years) == len(plan.events)


def test_a_page_says_where_each_statement_comes_from():
    pages = {rendered.page.path: rendered for rendered in build(plan_folder("tiny")).pages}
    page = pages["steps/less-runoff.md"]
    head = '*In the source* [¶2 s1](../source/index.md#p2-s1 "the source, paragraph 2, sentence 1")\n\n'
    words = "The council is to see to less [runoff](../glossary/index.md#runoff)."
    assert re.search(re.escape(head) + r'- <a id="s-[0-9a-f]{6}"></a>' + re.escape(words), page.body)
    assert "**Not said in the source:** a date; a figure." in page.body
    html = page.article().html
    assert (
        '<span class="px-ev px-ev--stated">In the source</span> <a href="../source/index.html#p2-s1" '
        'class="px-loc" aria-label="¶2 s1: the source, paragraph 2, sentence 1">¶2 s1</a>' in html
    )


def test_a_term_is_linked_at_its_first_mention_only():
    pages = {rendered.page.path: rendered.body for rendered in build(plan_folder("tiny")).pages}
    assert pages["steps/less-runoff.md"].count("[runoff](../glossary/index.md#runoff)") == 1


def test_a_strand_may_hang_from_another_one():
    """Its items are at the top of their own strand, and below their parents on the pages of these."""
    plan = load_plan(plan_folder("vision")).plan
    vision, delivery = plan.settings.strands
    assert [item.id for item in plan.roots(vision)] == [
        "vibrant-society",
        "thriving-economy",
        "ambitious-nation",
    ]
    assert {item.id for item in plan.roots(delivery)} == {i.id for i in plan.items if i.level == "programme"}
    assert len({item.id for item in plan.items}) == len(plan.items) == 25
    assert "transformation" in {child.id for child in plan.children(plan["thriving-economy"])}
    blocks = lists.strand_outline(plan, delivery)
    assert [(block.title, len(block.members)) for block in blocks] == [("Programmes", 4)]
