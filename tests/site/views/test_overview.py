"""The map and the numbers beside the title, on plans of several shapes."""

import re

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views import comparison, item_descendants, overview

PLANS = ("tiny", "decade", "vision", "real")


@pytest.fixture(scope="module")
def plans():
    return {name: load_plan(plan_folder(name)).plan for name in PLANS}


@pytest.mark.parametrize("name", PLANS)
def test_the_map_holds_every_box_of_a_row_once(plans, name):
    plan = plans[name]
    for part in overview.framework_map(plan):
        assert part.rows
        for row in part.rows:
            shown = [box.item.id for box in row.boxes]
            assert len(shown) == len(set(shown))
            assert shown
            assert [*row.shown, *row.folded] == row.boxes
        if part.strand.map == "band":
            assert shown == [item.id for item in plan.heads(part.strand)]


@pytest.mark.parametrize("name", PLANS)
def test_few_numbers_and_each_is_right(plans, name):
    plan = plans[name]
    found = overview.figures(plan)
    assert 1 <= len(found) <= overview.MAX_NUMBERS
    assert sum(each.number for each in found if each.where == "actors/index.md") in (0, len(plan.actors))
    told = [f"{each.number} {each.noun}" for each in found if each.where == "compare/index.md"]
    whole = sum(int(re.search(r"\((\d+) with", each)[1] if "(" in each else each.split()[0]) for each in told)
    assert whole in (0, sum(plan.level(item).commitment for item in plan.items))


def test_levels_that_are_counted_together_are_one_number(plans):
    plan = plans["real"]
    merged = [level for level in plan.settings.levels.values() if level.counted_as]
    assert merged
    nouns = [each.noun.partition(" (")[0] for each in overview.figures(plan)]
    assert not {level.name.many.lower() for level in merged} & set(nouns)


@pytest.mark.parametrize(
    ("number", "look"),
    [(1, "wide"), (3, "wide"), (4, "tall"), (6, "tall"), (7, "many"), (12, "many"), (60, "dense")],
)
def test_a_row_looks_as_its_boxes_need(number, look):
    boxes = [overview.Box(None, [], [], [])] * number
    row = overview.MapRow("Row", {}, None, [None] * number, boxes)
    assert row.density == look
    assert (len(row.shown) == number) == (number <= overview.MAX_OPEN_BOXES + 3)


def test_a_page_lists_the_pages_right_below_it(plans):
    plan = plans["real"]
    item = next(i for i in plan.items if plan.level(i).hue == "each" and plan.children(i))
    blocks = item_descendants.descendants_context(plan, item)
    assert [child.item for child in blocks["below"]] == [
        c for c in plan.children(item) if plan.level(c).page == "own"
    ]


def test_a_filter_finds_every_row_by_what_it_offers(plans):
    table = comparison.tables(plans["real"])[0]
    rows = [line for _, lines in table.groups for line in lines]
    for choice in table.filters:
        offered = {option.id for option in choice.options}
        assert all(set(row.tags[choice.key]) <= offered | {"none"} for row in rows)
        assert any(offered & set(row.tags[choice.key]) for row in rows)


def _flat(number: int, strand) -> overview.MapPart:
    """Return a part of *number* rows of six boxes each."""
    heads = [object() for _ in range(number)]
    rows = [overview.MapRow(f"Row {n}", {}, head, [object()] * 6) for n, head in enumerate(heads)]
    return overview.MapPart(strand, rows)


@pytest.mark.parametrize(("number", "gathered"), [(16, False), (17, True)])
def test_more_boxes_than_a_map_can_show_give_way_to_the_heads_of_their_rows(plans, number, gathered):
    part = _flat(number, plans["tiny"].settings.strands[0])
    found = overview._reduce_to_heads(part)
    if gathered:
        (row,) = found.rows
        assert row.members == [each.head for each in part.rows]
        assert row.head is None
    else:
        assert found is part


def test_rows_without_heads_of_their_own_stay(plans):
    part = _flat(30, plans["tiny"].settings.strands[0])
    part.rows[3] = overview.MapRow("No head", {}, None, [object()] * 6)
    assert overview._reduce_to_heads(part) is part


def test_an_entry_that_stands_alone_does_not_head_a_group_of_itself(plans):
    for plan in plans.values():
        for top, lines in comparison.commitments(plan).groups:
            assert top is None or plan.children(top) or [line.item for line in lines] != [top]
