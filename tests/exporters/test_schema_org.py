"""What pages say of themselves is JSON-LD that keeps to the vocabulary of schema.org."""

import json
import re
from collections import Counter
from datetime import date

import pytest
import schema_org
from conftest import PLANS, build_site, plan_folder
from exporters.conftest import BASE
from pydantic import ValidationError
from rdflib import RDF, Graph, Namespace

SDO = Namespace("https://schema.org/")


def blocks(site):
    """Yield the JSON-LD of every page, by the path of the page in the site."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            yield path.relative_to(site).as_posix(), json.loads(block)


DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DATES = ("dateModified", "datePublished", "startDate", "endDate")


def model(node, graph=()):
    """Return *node* as the model of its type, which knows the properties of the type and what they may hold.

    The models know no JSON-LD: ids are taken out, a reference is what it leads to in *graph*, or an address.
    """
    if isinstance(node, list):
        return [model(each, graph) for each in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"@id"}:
        found = [each["@type"] for each in graph if each["@id"] == node["@id"]]
        return getattr(schema_org, found[0])() if found else node["@id"]
    kind = getattr(schema_org, node["@type"])
    given = {name: model(value, graph) for name, value in node.items() if name[0] != "@"}
    for name in DATES:
        if name in given and DAY.fullmatch(given[name]):
            given[name] = date.fromisoformat((given[name] + "-01-01")[:10])
    return kind.model_validate(given)


def shape(value):
    """Return what *value* looks like: its keys, and the kinds of what they hold."""
    if isinstance(value, dict):
        return tuple((key, value[key] if key == "@type" else shape(value[key])) for key in sorted(value))
    if isinstance(value, list):
        return tuple(sorted({shape(each) for each in value}, key=repr))
    return (type(value).__name__, len(value) if DAY.fullmatch(str(value)) else 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_every_page_keeps_to_the_vocabulary(sites, name):
    found = dict(blocks(sites(name)))
    files = [path for path in sites(name).rglob("*.html") if path.name != "404.html"]
    assert len(found) == len([each for each in files if b'http-equiv="refresh"' not in each.read_bytes()])
    seen = set()  # the models are slow: one node of each shape will do
    for block in found.values():
        for node in block["@graph"]:
            if shape(node) not in seen:
                seen.add(shape(node))
                assert isinstance(model(node, block["@graph"]), getattr(schema_org, node["@type"]))
    assert seen


def test_every_kind_of_thing_is_described(sites):
    kinds = Counter(node["@type"] for _, block in blocks(sites("real")) for node in block["@graph"])
    assert set(kinds) == {"WebPage", "WebSite", "Dataset", "CreativeWork", "DefinedTermSet", "Event", "Thing"}
    text = json.dumps([block for _, block in blocks(sites("real"))])
    assert all(f'"@type": "{kind}"' in text for kind in ("BreadcrumbList", "DefinedTerm", "DataDownload"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its parser uses a class of its own past
def test_it_is_rdf_with_the_crumbs_in_order(sites):
    found = dict(blocks(sites("tiny")))
    block = (
        found["steps/less-runoff/index.html"]
        if "steps/less-runoff/index.html" in found
        else found["steps/less-runoff.html"]
    )
    block["@context"] = {"@vocab": str(SDO)}  # the same, without asking schema.org for it
    graph = Graph().parse(data=json.dumps(block), format="json-ld", publicID=BASE)
    (crumbs,) = graph.subjects(RDF.type, SDO.BreadcrumbList)
    elements = sorted(
        graph.objects(crumbs, SDO.itemListElement), key=lambda e: int(graph.value(e, SDO.position))
    )
    names = [str(graph.value(element, SDO.name)) for element in elements]
    assert names == ["Overview", "Aims", "Clean water", "Less runoff"]
    (work,) = graph.subjects(RDF.type, SDO.CreativeWork)
    assert str(graph.value(work, SDO.description)) == "The council is to see to less runoff."


def test_links_lead_somewhere_from_the_page_they_stand_on(sites):
    site = sites("real")
    for path, block in blocks(site):
        for node in block["@graph"]:
            crumbs = node.get("breadcrumb", {}).get("itemListElement", [])
            files = [each["contentUrl"] for each in node.get("distribution", [])]
            for url in [node.get("url", ""), *(crumb["item"]["@id"] for crumb in crumbs), *files]:
                if url:
                    assert ((site / path).parent / url.split("#")[0]).resolve().is_file(), (path, url)


def test_addresses_are_whole_where_the_site_has_one(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path, site_url=BASE)
    for _, block in blocks(site):
        for url in re.findall(r'"(?:@id|url|item|contentUrl)": "([^"]+)"', json.dumps(block)):
            assert url.startswith(BASE)


@pytest.mark.parametrize(
    ("planted", "error"),
    [
        ({"startDate": "2020"}, ValidationError),
        ({"@type": "Page"}, AttributeError),
        ({"breadcrumb": {"@type": "Event", "name": "x"}}, ValidationError),
        ({"inLanguage": 7}, ValidationError),
    ],
)
def test_a_fault_is_caught(sites, planted, error):
    graph = dict(blocks(sites("tiny")))["index.html"]["@graph"]
    assert model(graph[0], graph)
    with pytest.raises(error):
        model({**graph[0], **planted}, graph)
