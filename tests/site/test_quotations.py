"""What is quoted has every letter of the statement, and none of its marks."""

import shutil

import pytest
from click.testing import CliRunner
from conftest import PLANS, plan_folder

from plan_explorer import build
from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import Term
from plan_explorer.model.plan import StatementRef
from plan_explorer.model.statements import Statement
from plan_explorer.site import addresses as site_addresses
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


@pytest.mark.parametrize("name", PLANS)
def test_the_reason_of_a_link_has_an_address_and_one_button(name):
    site = build(plan_folder(name))
    plan, addresses = site.plan, Addresses(site.plan)
    pages = {each.page.path: each.article().html for each in site.pages}
    for entity in plan:
        for said in plan.said[entity.id]:
            if said.key[0] != "relations":
                continue
            target = plan[entity.relations[int(said.key[1])].target]
            if isinstance(target, Term) and not said.statement.words:
                continue  # the facts name it
            place = addresses.statement(said.place)
            html = pages[place.path]
            assert html.count(f' id="{place.anchor}"') == 1, (entity.id, target.id)
            buttons = html.count(f'<a class="px-qb" href="#{place.anchor}"')
            assert buttons == bool(said.statement.words), (entity.id, target.id)


def test_a_link_keeps_its_address_when_its_target_gets_another_id(tmp_path):
    folder = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")

    def address():
        return [
            ref.address for ref in load_plan(folder).plan.said["less-runoff"] if ref.key[0] == "relations"
        ]

    before = address()
    assert CliRunner().invoke(cli, ["rename", "clean-air", "pure-air", "--plan", str(folder)]).exit_code == 0
    assert address() == before


@pytest.mark.parametrize("sentences", [1, 400])  # on a page for each passage, and on one for all
def test_what_is_said_of_a_passage_has_a_label_a_reason_and_one_button(monkeypatch, tmp_path, sentences):
    monkeypatch.setattr(site_addresses, "MAX_SENTENCES_ON_PAGE", sentences)
    monkeypatch.setattr(site_addresses, "SENTENCES_PER_PART", sentences)
    folder = shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = folder / "content.yaml"
    said = """summary: "Why water and air matter. [@paper p1]",
            notes: [{text: Fumes is a word of towns., reason: It is said so., cites: [paper p1.2]}]}"""
    text = content.read_text(encoding="utf-8").replace("summary: Why water and air matter.}", said)
    content.write_text(text, encoding="utf-8")
    site = build(folder)
    addresses = Addresses(site.plan)
    pages = {each.page.path: each for each in site.pages}
    said = [each for each in site.plan.said["paper"] if each.of_passage]
    assert len(said) == 3
    for each in said:
        page = pages[addresses.statement(each.place).path]
        html = page.article().html
        assert html.count(f'id="{each.address}"') == 1
        assert html.count(f'<a class="px-qb" href="#{each.address}"') == 1
    page = pages[addresses.statement(said[0].place).path]
    assert "*In the source* [¶1]" in page.body
    assert "*Why:* It is said so." in page.body
