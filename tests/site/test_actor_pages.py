"""An actor has a page of its own, which tells what it does; the list of actors leads there."""

import re

import pytest
from conftest import PLANS, build_site, plan_folder
from edited import copied, pages, run

from plan_explorer import build, load_plan
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.model.entities import Item
from plan_explorer.site.addresses import ACTORS, Addresses
from plan_explorer.site.redirects import moves
from plan_explorer.site.views.actor import actor_context, roles_held
from plan_explorer.site.views.statements import is_stated_link

STEP = "    summary: The council is to see to less runoff. [@paper p2.1]\n"
DONE = "      - done-by: council\n        cites: [paper p2.1]\n"


@pytest.fixture
def folder(tmp_path):
    return copied("tiny", tmp_path)


def edit(folder, old, new):
    path = folder / "content.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_an_actor_does_stands_by_role_with_label_place_date_and_reason(folder):
    edit(folder, STEP, f"{STEP}    date: {{edtf: '2027', cites: [report]}}\n")
    body = pages(open_workspace(folder))["actors/council.md"]
    does = body.split("### Does")[1]
    stated, elsewhere = re.split(r"^\*Outside the source\*.*$", does, flags=re.MULTILINE)
    assert "*In the source* [¶2 s1]" in stated
    assert "- [Less runoff](../steps/less-runoff.md) · 2027 *Outside the source*\n" in stated
    assert "- [First meeting](../timeline/index.md#first-meeting) · 2 May 2025" in elsewhere


def test_what_the_source_leaves_open_is_said_once(folder):
    body = pages(open_workspace(folder))["actors/council.md"]
    assert body.count("**Not said in the source:** a date for its step; a figure for its step.") == 1
    edit(folder, "is to see to less runoff. [@", "is to dig 12 ditches by 2027. [@")
    assert "Not said" not in pages(open_workspace(folder))["actors/council.md"]


def test_a_plan_without_a_kind_for_an_actor_still_names_it_one(folder):
    edit(folder, "    kind: body\n", "")
    assert "\n\nActor\n" in pages(open_workspace(folder))["actors/council.md"]


@pytest.mark.parametrize("name", PLANS)
def test_every_actor_has_a_page_that_tells_all_its_links(name):
    site = build(plan_folder(name), formats=())
    plan, bodies = site.plan, {page.page.path: page.body for page in site.pages}
    index = "".join(body for path, body in bodies.items() if path.startswith("actors/"))
    for actor in plan.actors:
        body = bodies[f"actors/{actor.id}.md"]
        context = actor_context(plan, actor)
        told = [row.other.id for role in context["roles"] for each in role.deeds for row in each.rows]
        told += [row.other.id for row in context["others"]] + [term.id for term in context["terms"]]
        assert {link.other.id for link in plan.links(actor)} <= set(told), actor.id
        assert f'<a id="{actor.id}"></a>' in index
        for kind, links in roles_held(plan, actor).items():
            role = next(each for each in context["roles"] if each.kind == kind)
            section = re.split(r"^#{2,3} ", body.split(f'<a id="role-{kind}"></a>')[1], flags=re.MULTILINE)[1]
            assert len(re.findall(r"^- \[", section, re.MULTILINE)) == role.number == len(links)
            assert role.stated == sum(map(is_stated_link, links))


def test_numbers_in_the_table_of_roles_lead_to_what_they_count(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path / "site")
    table = (site / "actors" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<td class="px-yes"[^>]*><a class="px-number" href="council.html#role-done-by">', table)
    page = (site / "actors" / "council.html").read_text(encoding="utf-8")
    assert re.search(r'<h3 id="role-done-by">', page)
    assert '<aside class="px-facts" aria-label="Facts">' in page


def test_an_address_in_the_list_stays_when_it_was_published(folder):
    assert run("publish", "--plan", folder).exit_code == 0
    ids = folder / "published-ids.txt"
    ids.write_text(ids.read_text(encoding="utf-8") + "council actors/index.md#council\n", encoding="utf-8")
    checked = load_plan(folder)
    addresses = Addresses(checked.plan)
    assert moves(checked.plan, addresses, checked.published) == []
    (said,) = [ref for ref in checked.plan.said["council"] if ref.published]
    body = pages(open_workspace(folder))["actors/index.md"]
    assert f'<a id="council-{said.address}"></a>' in body
    assert str(addresses.statement(said.place)) == f"actors/council.md#{said.address}"


def test_an_actor_whose_id_is_that_of_a_kind_does_not_take_the_place_of_a_part(folder, monkeypatch):
    monkeypatch.setattr("plan_explorer.site.pagination.MAX_ENTRIES", 1)
    other = "  - {id: body, kind: body, name: A body, summary: There is a body. [@paper p2.1]}\n"
    edit(folder, "\nevents:\n", other.replace("There", "'There").replace("1]}", "1]'}") + "\nevents:\n")
    plan = load_plan(folder).plan
    addresses = Addresses(plan)
    parts = [leaf.path for leaf in addresses.listed(ACTORS).leaves()]
    own = [addresses.of(actor).path for actor in plan.actors]
    assert len(parts) == 2
    assert not set(parts) & set(own)


def test_no_item_is_counted_twice_in_one_role():
    plan = load_plan(plan_folder("real")).plan
    held = [links for actor in plan.actors for links in roles_held(plan, actor).values()]
    assert any(isinstance(link.other, Item) for links in held for link in links)
    assert all(len({link.other.id for link in links}) == len(links) for links in held)
