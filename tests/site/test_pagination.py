"""A list too long for one page is told in parts: each entry has one address, and old ones lead there."""

import re
from itertools import pairwise

import pytest
from conftest import build_site, plan_folder
from hypothesis import given
from hypothesis import strategies as st
from long_lists import shrink, write
from test_site import Page

from plan_explorer.build import build
from plan_explorer.editing.publish import publish_plan
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import Actor, Event, Term
from plan_explorer.site import pagination
from plan_explorer.site.addresses import ACTORS, GLOSSARY, SOURCES, TIMELINE, Addresses
from plan_explorer.site.views import comparison


@pytest.fixture
def small(monkeypatch):
    shrink(monkeypatch)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("long") / "plan")


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        return build_site(folder, tmp_path_factory.mktemp("site"), strict=False)


def leaves(addresses):
    return {path: list(addresses.listed(path).leaves()) for path in (ACTORS, TIMELINE, GLOSSARY, SOURCES)}


def test_every_link_of_a_list_in_parts_leads_somewhere(site):
    found = {path.resolve(): Page(path) for path in site.rglob("*.html")}
    for path, page in found.items():
        assert len(set(page.ids)) == len(page.ids), path
        assert page.headings.count("h1") == 1, path
        assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(page.headings)), path
        for link in page.links if path.name != "404.html" else ():
            target, _, anchor = link.partition("#")
            if ":" not in target:
                leads = (path.parent / target).resolve() if target else path
                assert leads.is_file(), (path, link)
                assert not anchor or leads not in found or anchor in found[leads].ids, (path, link)


def test_an_entry_has_one_address_and_a_line_where_it_stood(small, site, folder):
    plan = load_plan(folder).plan
    addresses = Addresses(plan)
    homes = {Actor: "actors", Event: "timeline", Term: "glossary"}
    for entity in (*plan.actors, *plan.events, *plan.terms):
        home, now = homes[type(entity)], addresses.of(entity)
        told = site / now.path.replace(".md", ".html")
        assert told.parent == site / home
        assert told.name != "index.html"
        assert f'id="{entity.id}"' in told.read_text(encoding="utf-8")
        index = (site / home / "index.html").read_text(encoding="utf-8")
        line = next(line for line in index.split("\n") if f'<li id="{entity.id}"' in line)
        assert f'href="{told.name}#{entity.id}"' in line
    line = next(line for line in index.split("\n") if '<li id="free-thing"' in line)
    said = plan.said["free-thing"][1].address
    places = ("loose-thing", f"free-thing-{said}", f"loose-thing-{said}")
    assert [f'id="{place}"' in line for place in places] == [True] * 3


def test_no_part_is_too_long_and_together_they_are_the_list(small, folder):
    plan = load_plan(folder).plan
    addresses = Addresses(plan)
    for path, found in leaves(addresses).items():
        room = pagination.MAX_TERMS if path in (GLOSSARY, SOURCES) else pagination.MAX_ENTRIES
        if path != SOURCES:
            assert len(found) > 2
        entries = [entry.id for leaf in found for entry in leaf.entries]
        assert len(entries) == len(set(entries))
        assert len({leaf.path for leaf in found}) == len(found)
        for leaf in found:
            weights = [
                1 + (len(plan.links(e)) // pagination.LINKS_PER_ENTRY if path in (ACTORS, TIMELINE) else 0)
                for e in leaf.entries
            ]
            most = room if len(found) == 1 else -(-room // 2)
            assert len(leaf.entries) == 1 or sum(weights) <= most, leaf.path
    # Free is how others begin, so it must not stand at the address of the page that lists these.
    assert addresses.of(plan["free"]).path == "glossary/free-0.md"
    assert addresses.listing(plan["free"]) >= {"glossary/index.md", "glossary/f.md"}


def test_the_pages_of_a_list_know_each_other(small, folder):
    built = build(folder, formats=())
    pages = {rendered.page.path: rendered for rendered in built.pages}
    found = list(Addresses(load_plan(folder).plan).listed(GLOSSARY).leaves())
    for before, after in pairwise(found):
        assert pages[before.path].page.next.address.path == after.path
        assert pages[after.path].page.previous.address.path == before.path
    deep = pages["glossary/free-0.md"].page
    assert [link.title for link in deep.crumbs][:3] == ["Overview", "Glossary", "Glossary: F"]
    assert deep.title == "Glossary: Free"
    assert "<li><strong>A</strong></li>" in pages["glossary/a.md"].article().html
    assert '<li><a href="c.html">C</a></li>' in pages["glossary/a.md"].article().html
    found = b"".join(file for path, file in built.files.items() if path.endswith(".js"))
    assert b"Glossary: Free" in found


def test_each_part_describes_its_own_entries_to_other_programs(small, folder):
    built = build(folder, formats=())
    told, sets = [], set()
    for rendered in built.pages:
        if rendered.page.path.startswith(("glossary/", "timeline/")):
            for node in built.describe(rendered.page)["@graph"][1:]:
                told += [
                    each["identifier"] for each in node.get("hasDefinedTerm", [node]) if "identifier" in each
                ]
                sets |= {node["name"]} if node["@type"] == "DefinedTermSet" else set()
    assert sorted(told) == sorted(e.id for e in (*built.plan.terms, *built.plan.events))
    assert sets == {"Glossary: Synthetic explorer"}


def test_a_long_table_is_told_by_what_heads_its_rows(small, folder):
    built = build(folder, formats=())
    pages = {rendered.page.path: rendered for rendered in built.pages}
    for table in comparison.tables(built.plan):
        whole = comparison.in_parts(built.plan, table)
        found = list(whole.leaves())
        assert [item.id for leaf in found for item in leaf.entries] == [
            row.item.id for _, rows in table.groups for row in rows
        ]
        assert max(len(leaf.entries) for leaf in found) <= pagination.MAX_ROWS < len(whole.entries)
        for leaf in found:
            told = comparison.part_context(table, leaf.entries)["table"]
            assert {c.id for c in told.columns} == {id for line in told.lines for id in line.cells}
            assert {f.key: {o.id for o in f.options} for f in told.filters} == {
                f.key: used
                for f in table.filters
                if len(used := {id for _, rows in told.groups for row in rows for id in row.tags[f.key]}) > 1
            }
            text = pages[leaf.path].article().html
            assert [f'"{item.id}.html"' in text or f"/{item.id}.html" in text for item in leaf.entries] == [
                True
            ] * len(leaf.entries)
        # Where a group began in the table, its part is named now.
        assert '<li id="g-goal-31"><a href="' in pages[table.path].article().html
    assert (
        pages["compare/all/aim-1.md"].page.title == f"All steps: A1 {built.plan.title(built.plan['aim-1'])}"
    )


def test_a_long_strand_lists_its_two_upper_levels(small, site, folder):
    page = (site / "framework" / "index.html").read_text(encoding="utf-8")
    plan = load_plan(folder).plan
    listed = [item for item in plan.items if item.level in ("goal", "aim")]
    assert len(listed) == 12
    for item in listed:
        assert re.search(f'<(li|h2) id="{item.id}">.*href="../{item.level}s/{item.id}', page)
    for item in listed:
        if item.level == "aim":
            below = len(plan.branches(item))
            assert re.search(f'id="{item.id}">.* \\({below} steps?\\)</li>', page)
    assert "steps/step-2.html" not in page


def test_a_source_with_a_page_of_its_own_does_not_list_all_that_rests_on_it_twice(site):
    page = (site / "source" / "sources.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="index.html">\d\d entries, passage by passage</a>', page)


def test_rows_that_nothing_heads_are_told_by_letter(small, folder):
    plan = load_plan(folder).plan
    steps = [item for item in plan.items if item.level == "step"]
    whole = pagination.rows(plan, "t.md", "t", [(None, steps)])
    assert {leaf.path[:8] for leaf in whole.leaves()} == {"t/others"}
    assert len(list(whole.leaves())) > 3


def test_a_published_address_leads_on_whether_the_list_grows_or_shrinks(folder, tmp_path, monkeypatch):
    whole = publish_plan(open_workspace(folder)).text("published-ids.txt")
    assert "free-thing glossary/index.md#free-thing" in whole
    shrink(monkeypatch)
    split = publish_plan(open_workspace(folder)).text("published-ids.txt")
    assert re.search(r"^free-thing glossary/fr\S+\.md#free-thing$", split, re.MULTILINE)
    (folder / "published-ids.txt").write_text(whole, encoding="utf-8")
    try:
        grown = {rendered.page.path: rendered.body for rendered in build(folder, formats=()).pages}
        assert "Moved" not in grown["glossary/index.md"]
        monkeypatch.undo()
        (folder / "published-ids.txt").write_text(split, encoding="utf-8")
        files = build(folder, formats=()).files
        page = next(path for path in files if re.match(r"glossary/fr.*\.html", path))
        assert b'content="0; url=index.html"' in files[page]
        assert b'data-keep="true"' in files[page]
    finally:
        (folder / "published-ids.txt").unlink()


def test_lists_that_have_room_stay_on_one_page():
    plan = load_plan(plan_folder("real")).plan
    lists = [Addresses(plan).listed(path) for path in (ACTORS, TIMELINE, GLOSSARY, SOURCES)]
    lists.append(pagination.everything(plan, "a-z.md"))
    assert [whole.parts for whole in lists] == [()] * 5


def test_no_part_is_called_what_windows_cannot_store():
    slugs = [slug for slug, _ in pagination.beginnings("Con", 9)]
    assert slugs == ["c", "co", "con-", "con--0"]


NAMES = st.lists(st.text("abcé 7一丁数", min_size=1, max_size=5), min_size=1, max_size=30, unique=True)


def told(names):
    terms = [Term.model_validate({"id": f"t{at}", "name": name}) for at, name in names.items()]
    whole = pagination.paginate(
        "list.md",
        terms,
        lambda t: pagination.beginnings(t.name["en"].text, pagination.MAX_LETTERS),
        5,
        lambda t: 1,
    )
    return whole, {entry.id: leaf for leaf in whole.leaves() for entry in leaf.entries}


@given(NAMES, st.text("abcé 7一丁数", min_size=1, max_size=5))
def test_an_entry_stays_where_it_is_when_another_comes_elsewhere(names, new):
    whole, before = told(dict(enumerate(names)))
    assert sorted(before) == sorted(f"t{at}" for at in range(len(names)))
    paths = [leaf.path for leaf in whole.leaves()]
    assert len(set(paths)) == len(paths)
    assert all(path.isascii() for path in paths)
    _, after = told({**dict(enumerate(names)), "new": new})
    if whole.parts:
        for id, leaf in before.items():
            full = len(leaf.entries) >= 3
            assert leaf.path == after[id].path or full
