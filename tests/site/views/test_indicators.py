"""Hold what pages reckon from figures to the figures of a plan."""

from datetime import date

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.dates import parse_date
from plan_explorer.model.indicators import Aim, Indicator, Value
from plan_explorer.site.views import indicators
from plan_explorer.site.views.standing import standing_context


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("wendmere")).plan


def measure(plan, id, number=0):
    return indicators.measures(plan, plan[id])[number]


def test_the_way_is_reckoned_from_baseline_latest_value_and_target(plan):
    trips = measure(plan, "trips")
    [(aim, way)] = trips.ways
    assert (trips.start.value, trips.latest.value, aim.value) == ("31", "39", "50")
    assert float(way.done) == pytest.approx(8 / 19)
    assert float(way.time) == pytest.approx(4 / 9, abs=0.001)
    assert not way.reached
    assert not way.overdue
    said = "8 of the 19 points from baseline to target, in 4 of 9 years"
    assert indicators.reckoned(trips, aim, way) == said


def test_a_falling_figure_is_reckoned_the_same_way(plan):
    hurt = measure(plan, "badly-hurt")
    aim, way = hurt.ways[-1]
    assert (hurt.start.value, hurt.latest.value, aim.value) == ("24", "18", "8")
    assert indicators.percent(way.done) == "38%"


def test_what_goes_the_wrong_way_is_said_so():
    start, latest = Value(value="10", date="2020"), Value(value="7", date="2024")
    aim = Aim(value="20", due="2030")
    indicator = Indicator(name="Trees", unit="trees", baseline=start, targets=[aim], values=[latest])
    way = indicators.Way(indicators.Decimal("-0.3"), indicators.Decimal("0.4"), False, None, False)
    fields = {"item": None, "key": (), "anchor": "", "rows": [], "statuses": {}, "about": None}
    told = indicators.Measure(indicator=indicator, ways=[(aim, way)], **fields)
    assert indicators.reckoned(told, aim, way).startswith("3 trees further from the target than the baseline")


def test_nothing_is_computed_without_a_rule(plan):
    [(_, way)] = measure(plan, "trips").ways
    assert indicators.computed_state(plan, way).name == "As planned"
    without = plan.settings.model_copy(update={"progress_rule": ""})
    bare = type(plan)(without, plan.entries)
    assert indicators.computed_state(bare, way) is None
    lines = indicators.in_sentences(bare, measure(plan, "trips"))
    assert lines[-1] == "Arithmetic of this site; it draws no conclusion."


def test_a_word_is_computed_only_where_no_source_has_one_and_with_the_rule(plan):
    assert not plan["school-ways"].progress
    lines = indicators.in_sentences(plan, measure(plan, "school-ways"))
    assert any("computed: " in line for line in lines)
    assert lines[-1].endswith(plan.settings.progress_rule)
    assert plan["trips"].progress
    assert not any("omputed" in line for line in indicators.in_sentences(plan, measure(plan, "trips")))


def test_the_table_has_every_figure_of_the_file_with_its_source(plan):
    for item in plan.items:
        for each in indicators.measures(plan, item):
            own = each.indicator
            count = len(own.values) + len(own.targets) + len(own.milestones) + bool(own.baseline)
            count += sum(len(aim.earlier) for aim in (*own.targets, *own.milestones))
            count += sum(bool(step.met) for step in own.milestones)
            base = own.baseline
            count -= sum(
                (value.value, value.date, value.cites, value.of) == (base.value, base.date, base.cites, "")
                for value in own.values
                if base
            )  # one row says both
            assert len(each.rows) == count, each.anchor
            assert [row for row in each.rows if not row.cites] == [], each.anchor


def test_rows_stand_in_the_order_of_time(plan):
    for each in indicators.all_measures(plan):
        days = [
            parse_date(row.said.statement.text and str(_day(row))).sort_key for row in each.rows if _day(row)
        ]
        assert days == sorted(days), each.anchor


def _day(row):
    placed = row.said and next(p for _, p in row.said.holder.figures if p.key == row.said.key)
    figure = placed.figure if placed else None
    if row.what.startswith(("earlier", "milestone “", "milestone reached")):
        return ""
    period = getattr(figure, "due", None) or getattr(figure, "date", None)
    return period.edtf if period else ""


def test_a_revised_value_takes_the_place_of_a_provisional_one(plan):
    insulated = measure(plan, "homes-insulated")
    by_date = {value.date.edtf: value for value in insulated.indicator.measured}
    dates = [value.date.edtf for value in insulated.indicator.values if not value.of]
    twice = next(each for each in dates if dates.count(each) > 1)
    assert by_date[twice].quality == "revised"


def test_the_deadline_to_come_is_told_before_one_that_has_passed(plan):
    bathing = measure(plan, "bathing")
    assert [aim.due.edtf for aim, _ in bathing.ways] == ["2025", "2030"]
    assert bathing.ways[0][1].overdue
    assert bathing.current[0].due.edtf == "2030"


def test_the_page_tells_what_is_due_late_and_missing(plan):
    told = standing_context(plan)
    today = plan.settings.as_of.first
    coming = told["coming"]
    late = told["overdue"]
    assert coming
    assert late
    assert all((due.aim.due.last or date.max) >= today for due in coming)
    assert all(due.aim.due.last < today and not due.met for due in late)
    assert told["number"] == 14
    assert told["with_value"] + len(told["valueless"]) == 14
    assert sum(len(each.items) for each in told["said"]) == len([i for i in plan.items if i.progress])


def test_a_plan_without_figures_has_no_such_page():
    plan = load_plan(plan_folder("tiny")).plan
    assert not indicators.has_standing(plan)


def way_of(plan, values, aim, **more):
    """Return how far an indicator with *values*, by year, has come to *aim*."""
    measured = [Value(value=str(number), date=str(year)) for year, number in values.items()]
    indicator = Indicator(name="A figure", values=measured, targets=[aim], **more)
    return indicators._way(plan, indicator, aim)


@pytest.mark.parametrize(
    ("comparator", "value", "reached"),
    [("at-least", "50", True), ("more-than", "50", False), ("at-most", "49", False), ("exactly", "50", True)],
)
def test_what_bounds_a_target_decides_whether_it_is_reached(plan, comparator, value, reached):
    aim = Aim(value=value, comparator=comparator)
    assert way_of(plan, {2024: 50}, aim).reached is reached


@pytest.mark.parametrize(
    ("more", "value", "reached"),
    [
        ({"direction": "down"}, 38, False),
        ({"direction": "up"}, 38, True),
        ({"baseline": Value(value="60", date="2020")}, 38, False),
        ({"baseline": Value(value="30", date="2020")}, 38, True),
        ({"baseline": Value(value="35", date="2020")}, 38, False),  # it was there, and has left it
        ({}, 38, False),
        ({}, 35, True),
        ({"baseline": Value(value="10", date="2025")}, 38, False),  # a value from before the beginning
    ],
)
def test_the_way_that_a_figure_is_to_go_decides_whether_it_is_there(plan, more, value, reached):
    assert way_of(plan, {2024: value}, Aim(value="35"), **more).reached is reached


def test_what_was_reached_in_time_is_not_late_whatever_came_after(plan):
    aim = Aim(value="100", comparator="at-least", due="2022")
    way = way_of(plan, {2022: 120, 2025: 40}, aim)
    assert (way.reached, way.in_time.date.edtf, way.overdue) == (False, "2022", False)
    way = way_of(plan, {2022: 40, 2025: 120}, aim)
    assert (way.reached, way.in_time, way.overdue) == (True, None, False)
    way = way_of(plan, {2021: 40}, aim)
    assert (way.reached, way.in_time, way.overdue) == (False, None, True)


def test_an_indicator_may_have_next_to_nothing(plan):
    for more in ({}, {"milestones": [{"name": "A law", "due": "2027"}]}, {"values": [GROUP]}):
        bare = Indicator.model_validate({"name": "Only a name", **more})
        told = indicators.Measure(None, bare, (), "", [], [], {}, None)
        assert indicators.in_short(told) == ""
        assert indicators.in_sentences(plan, told) == []


GROUP = {"value": "3", "date": "2024", "of": "men"}


def test_what_the_chart_leaves_out_is_said(plan):
    figure = {"date": "2020", "value": "1"}
    groups = [{**figure, "of": name, "date": day} for name in "abcde" for day in ("2020", "2021")]
    told = {
        "": {"values": [figure, {**figure, "date": "2021"}]},
        "1 figure without a date": {"baseline": {"value": "3"}},
        "1 figure without a number": {"milestones": [{"name": "A filter", "due": "2025"}]},
        "1 value that was replaced": {"values": [figure, {**figure, "quality": "revised"}]},
        "1 earlier aim": {"targets": [{"value": "3", "due": "2030", "earlier": [{"due": "2028"}]}]},
        "2 groups (one value each)": {"values": [{**figure, "of": "north"}, {**figure, "of": "south"}]},
        "5 groups (more than 4 lines)": {"values": groups},
    }
    for words, fields in told.items():
        own = Indicator(name="Smoke", **fields)
        measure = indicators.Measure(None, own, (), "", [], [], {}, None)
        assert indicators.not_drawn(measure) == (f"Not on the chart: {words}." if words else "")
