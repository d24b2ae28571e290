"""Statements by label: the order of the groups, what they share, and what the lens shows."""

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.plan import StatementRef
from plan_explorer.model.statements import Citation, Statement
from plan_explorer.site.views.statements import group_statements, is_stated


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("tiny")).plan


def said(plan, *statements: tuple[str, str]) -> list[StatementRef]:
    """Return statements with a status and places each, as said of one entry."""
    holder = plan["clean-water"]
    return [
        StatementRef(
            holder,
            Statement.model_validate(form, context={"primary": "paper"}),
            number,
            ("statements", number),
            f"s{number}",
        )
        for number, form in enumerate(
            ({"text": "It rains.", "status": status, "cites": places} for status, places in statements), 1
        )
    ]


def test_groups_follow_the_order_of_labels_and_leave_silences_out(plan):
    refs = said(
        plan,
        ("wording", "paper p1.1"),
        ("known", ""),
        ("silence", "paper p1.1"),
        ("background", "report"),
        ("disputed", ""),
        ("inferred", "paper p1.1"),
        ("stated", "paper p1.1"),
        ("editorial", ""),
    )
    assert [group.status for group in group_statements(refs)] == [
        "stated",
        "inferred",
        "disputed",
        "background",
        "known",
        "wording",
        "editorial",
    ]


def test_only_what_all_cite_stands_in_the_head(plan):
    refs = said(
        plan, ("stated", "paper p1.1, p1.2"), ("stated", "paper p1.2"), ("stated", "paper p1.2, p2.1")
    )
    assert group_statements(refs)[0].shared == (Citation("paper", "p1", 2, 2),)
    assert group_statements(said(plan, ("stated", "paper p1.1"), ("stated", "paper p1.2")))[0].shared == ()


def test_the_primary_source_says_something_by_a_statement_or_by_a_link(plan):
    told = {entity.id: is_stated(plan, entity) for entity in plan}
    assert told["clean-water"]
    assert told["council"]
    assert not told["report"]
    assert not told["first-meeting"]
