"""What is quoted has every letter of the statement, and none of its marks."""

import pytest
from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.plan import StatementRef
from plan_explorer.model.statements import Statement
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.quotations import quotation


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The site_name is the plan_name.", "The site_name is the plan_name."),
        ("__init__ and _very_ *much*, **so**", "init and very much, so"),
        ("See [the page](https://example.org/) and `a_b_c`.", "See the page and a_b_c."),
        ("3 * 4 * 5", "3 * 4 * 5"),
    ],
)
def test_a_quotation_has_the_letters_of_its_statement(text, words):
    plan = load_plan(plan_folder("tiny")).plan
    form = {"text": text, "cites": "paper p1.1"}
    statement = Statement.model_validate(form, context={"primary": "paper"})
    said = StatementRef(plan["clean-water"], statement, 1, ("statements", 1), "s1")
    assert quotation(plan, Addresses(plan), "s1", said).words == words
