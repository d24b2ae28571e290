"""A source too long for one page is told in parts, and every place in it keeps an address."""

from conftest import build_site, plan_folder
from test_site import Page

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site import addresses


def test_a_long_source_has_a_page_for_each_part_and_a_list_of_them(monkeypatch, tmp_path):
    monkeypatch.setattr(addresses, "MAX_SENTENCES_ON_PAGE", 2)
    monkeypatch.setattr(addresses, "SENTENCES_PER_PART", 1)
    plan = load_plan(plan_folder("tiny")).plan
    parts = addresses.Addresses(plan).parts(plan.primary)
    assert {path: [p.id for p in passages] for path, passages in parts.items()} == {
        "source/from-1.md": ["p1"],
        "source/from-2.md": ["p2"],
    }
    site = build_site(plan_folder("tiny"), tmp_path)
    found = {path.resolve(): Page(path) for path in site.rglob("*.html")}
    assert {"p1", "p1-s1", "p1-s2"} <= set(found[(site / "source" / "from-1.html").resolve()].ids)
    assert "p2-s1" in found[(site / "source" / "from-2.html").resolve()].ids
    for path, page in found.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if "://" not in target and path.name != "404.html":
                leads = found.get((path.parent / target).resolve()) if target else page
                assert not anchor or (leads and anchor in leads.ids), (path.name, link)
    index = found[(site / "source" / "index.html").resolve()]
    assert [link for link in index.links if "from-" in link] == [
        *("from-1.html", "from-1.html#p1"),
        *("from-2.html", "from-2.html#p2"),
    ]
    # What was cited when the source was short still leads to the line of its passage.
    assert {"p1", "p1-s1", "p1-s2", "p2", "p2-s1"} <= set(index.ids)


def test_a_short_source_stays_on_one_page():
    plan = load_plan(plan_folder("real")).plan
    assert list(addresses.Addresses(plan).parts(plan.primary)) == ["source/index.md"]


def test_a_part_begins_with_a_section_unless_the_one_before_has_hardly_begun(monkeypatch):
    from plan_explorer.model.entities import Source

    monkeypatch.setattr(addresses, "MAX_SENTENCES_ON_PAGE", 10)
    monkeypatch.setattr(addresses, "SENTENCES_PER_PART", 16)
    outline = [
        {"section": name, "passages": [{"id": f"{name}{n}", "sentences": "2"} for n in range(size)]}
        for name, size in (("a", 3), ("b", 9), ("c", 1), ("d", 2))
    ]
    source = Source.model_validate({"id": "s", "name": "S", "outline": outline})
    paged = dict(addresses._passages_with_pages(source, "source/s.md"))
    starts = [path.removeprefix("source/s-from-").removesuffix(".md") for path in paged.values()]
    assert starts == ["1"] * 3 + ["4"] * 8 + ["12"] * 2 + ["14"] * 2
