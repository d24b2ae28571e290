"""What a site's own templates may do, and what is said of those that are wrong."""

import shutil

import pytest
from conftest import build_site, plan_folder
from edited import run
from mkdocs.exceptions import Abort

from plan_explorer.build import build
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.rendering.html import HtmlWriter

ITEM = "steps/less-runoff.md"


@pytest.fixture
def site(tmp_path):
    """Return a function that builds the site of the smallest plan with templates by their paths."""

    plan = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    own = tmp_path / "own"
    own.mkdir()

    def built(**texts: str):
        for path, text in texts.items():
            (own / path).parent.mkdir(parents=True, exist_ok=True)
            (own / path).write_text(text, encoding="utf-8")
        return build(plan, overrides=own)

    return built


def article(site, path: str = ITEM) -> str:
    return next(each for each in site.pages if each.page.path == path).article().html


@pytest.mark.parametrize(
    ("name", "text", "report"),
    [
        (
            "components/facts.html",
            "\n{{ 1 / 0 }}",
            "components/facts.html:2:1: ZeroDivisionError: division by zero [template]",
        ),
        (
            "components/facts.html",
            "{{ item | link(1) }}{{ item | linc }}",
            "components/facts.html:1:1: No filter named 'linc'. [template]",
        ),
        (
            "layouts/item.html",
            '\n{% include "fact.html" %}',
            "layouts/item.html:2:1: there is no template 'fact.html' [template]\n"
            "    hint: did you mean 'facts.html'?",
        ),
        (
            "bodies/item.md",
            "# Title\n\nHere <b>not closed\n",
            "bodies/item.md:1:1: on the page 'steps/less-runoff.md', the HTML is not well-formed: "
            "mismatched tag after '<p>Here <b>not closed' [template]",
        ),
    ],
)
def test_a_fault_in_a_template_is_named_with_its_place(site, name, text, report):
    with pytest.raises(PlanError) as raised:
        article(site(**{name: text}))
    assert str(raised.value) == report


def test_a_name_that_a_template_is_not_given_is_told_with_those_it_is_given(site):
    with pytest.raises(PlanError) as raised:
        article(site(**{"components/facts.html": "{{ itm }}"}))
    report = str(raised.value)
    place, hint = report.split("\n")
    assert place == "components/facts.html:1:1: 'itm' is undefined [template]"
    assert hint.startswith("    hint: did you mean 'item'? (names at hand: below, ")
    assert " page, permalink, " in hint


def test_a_fault_of_the_program_keeps_its_traceback(site, monkeypatch):
    monkeypatch.setattr(HtmlWriter, "cite_page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        article(site())


def test_what_stands_above_a_body_leaves_the_page_as_it_was(site):
    whole = article(site())
    above = article(site(**{"bodies/item.md": 'Look *here*.\n\n{% include "builtin/item.md" %}'}))
    assert above == f"<p>Look <em>here</em>.</p>\n{whole}"


def test_a_template_that_no_page_uses_is_a_warning(site):
    texts = {
        "components/fact.html": "",
        "components/facts.html": '{% include "own/more.html" %}{% include "builtin/facts.html" %}',
        "components/own/more.html": "More.",
        "layouts/boxes.html": '{% include "builtin/boxes.html" %}',
        "bodies/items.md": "{% broken",
        "bodies/notes.txt": "",
        "component/facts.html": "",
        "partials/footer.html": "",
    }
    assert [str(each) for each in site(**texts).warnings] == [
        "component:1:1: warning: no page uses 'component' [unused-template]\n"
        "    hint: did you mean 'components'?",
        "bodies/items.md:1:1: warning: no page uses 'bodies/items.md' [unused-template]\n"
        "    hint: did you mean 'item.md'?",
        "components/fact.html:1:1: warning: no page uses 'components/fact.html' [unused-template]\n"
        "    hint: did you mean 'facts.html'?",
    ]


def test_the_folder_of_templates_must_be_there(tmp_path, caplog):
    done = run("render", plan_folder("tiny"), "--output", tmp_path / "tree", "--templates", tmp_path / "own")
    assert done.exit_code == 2
    assert "does not exist" in done.output
    with pytest.raises(Abort):
        build_site(plan_folder("tiny"), tmp_path, plugins=[{"plan-explorer": {"templates": "own"}}])
    assert f"The path '{tmp_path / 'own'}' isn't an existing directory." in caplog.text
