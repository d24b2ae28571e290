"""No words of an author become the label of a status: what would is found by the check before."""

from itertools import product

import pytest
from conftest import plan_folder

from plan_explorer.checking.evidence import find_labels
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.rendering.commonmark import parse
from plan_explorer.rendering.decorator import decorate
from plan_explorer.rendering.link_targets import lookup
from plan_explorer.rendering.markdown import MarkdownWriter
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.site.addresses import Addresses

FORMS = (
    "{}",
    "*{}*",
    "_{}_",
    "**{}**",
    "__{}__",
    "***{}***",
    "_*{}*_",
    "*_{}_*",
    "**a *{}* b**",
    r"\*{}*",
    r"\\*{}*",
    r"*{}\*",
    "`*{}*`",
    "`` ` `` *{}*",
    r"\`*{}*`",
    "a*{}*b",
    "a_{}_b",
    "*{} *",
    "*{} a*",
    "*a {}*",
    "[*{}*](https://example.org)",
    "*{}* *{}*",
    "*{}**",
    "**{}*",
    "_{}__",
    "__{}_",
    "“*{}*”",
    "(_{}_)",
)


@pytest.fixture(scope="module")
def plan():
    return load_plan(plan_folder("tiny")).plan


def labels_shown(plan, text):
    """Return how many labels a page shows that holds *text* of an author."""
    root = parse(MarkdownWriter.prose(None, text))
    addresses = Addresses(plan)
    decorate(root, lookup(plan, addresses, {}), PageScope(plan, addresses, {}, "steps/less-runoff.md"))
    return sum("px-ev" in element.get("class", "") for element in root.iter())


def test_whatever_would_become_a_label_is_found(plan):
    labels = tuple(plan.settings.statuses.values())
    escaped = {label: label.replace("'", r"\'") for label in labels if "'" in label}
    assert escaped
    seen = 0
    for form, words in product(FORMS, [*labels, *escaped.values(), labels[1].replace(" ", "\n")]):
        text = f"A text: {form.replace('{}', words)} and on."
        shown, found = labels_shown(plan, text), len(list(find_labels(text, labels)))
        assert shown == found, text
        seen += shown
    assert seen > 50


def test_the_label_of_a_statement_is_shown(plan):
    assert labels_shown(plan, "A text. *Editors' reading*") == 1
