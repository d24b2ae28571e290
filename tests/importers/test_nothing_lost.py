"""What an import reads is in the plan or in its report, word by word."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bringing import bring

SAMPLES = Path(__file__).parent / "whole_samples"
FORMATS = {
    "oscal": "catalog.json",
    "ciso": "library.yaml",
    "skos": "vocabulary.ttl",
    "stix": "bundle.json",
    "stratml": "strategy.xml",
    "opensdg": "site",
}
IDS = {
    "oscal": {"uuid", "id", "href", "rel", "scheme", "type", "class", "role-id", "oscal-version", "name"}
    | {"party-uuids", "location-uuids", "member-of-organizations", "last-modified", "published", "how-many"},
    "ciso": {"urn", "ref_id", "locale", "publication_date", "assessable", "depth", "type", "parent_urn"}
    | {"threats", "reference_controls", "implementation_groups"},
    "stix": {"type", "id", "spec_version", "modified", "created", "source_ref", "target_ref", "tactic_refs"}
    | {"object_refs", "x_mitre_shortname", "kill_chain_name", "phase_name", "relationship_type", "start_time"}
    | {"source_name", "revoked", "is_family", "definition_type", "object_ref"},
}
"""The fields that hold no words of people: ids, kinds and dates."""
MAPS = ("translations", "questions")
"""The fields whose keys are ids or languages, so that there is no field to be unknown in them."""
BEGINNING = 60
"""How much of what is left out the report has to show."""


def words(text: str) -> str:
    """Return the words of a text without its markup, each after a blank."""
    bare = re.sub(r"\[@[^\]]*\]|<[^>]*>", " ", text)
    bare = re.sub(r"\]\(([^()]*)\)", r" ", bare)
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", bare.casefold()))


def pieces(text: str) -> Iterator[str]:
    """Yield the sentences, items and cells of a text, between which an import may part it."""
    text = re.sub(r"\(Citation: (\w+)\)", r"\n\1\n", text)
    for piece in re.split(r"\{\{ insert.*?\}\}|\n|(?<!\\)\||(?<=[.!?;:])\s", text):
        if words(piece):
            yield piece.replace("\\|", "|")


def leaves(value: Any, ids: set[str], field: str = "") -> Iterator[str]:
    """Yield every text below *value* that is none of *ids*."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ids or (
                key == "name" and "value" not in value and "parts" not in value and "prose" not in value
            ):
                yield from leaves(each, ids, key)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, ids, field)
    elif isinstance(value, str | int | float):
        yield str(value)


def texts_of(form: str, path: Path) -> list[str]:
    """Return what people wrote in a sample."""
    if form == "skos":
        from rdflib import Graph, Literal

        return [str(each) for each in Graph().parse(path).objects() if isinstance(each, Literal)]
    if form == "stratml":
        from lxml import etree

        elements = etree.parse(str(path)).iter()
        kinds = ("Identifier", "RoleType")
        return [
            each.text for each in elements if not len(each) and each.text and not each.tag.endswith(kinds)
        ]
    if form == "opensdg":
        _, meta, below = (path / "meta/1-1-1.md").read_text(encoding="utf-8").split("---\n")
        table = (path / "data/indicator_1-1-1.csv").read_text(encoding="utf-8").split("\n")
        translated = [
            each.read_text(encoding="utf-8").partition(": ")[2] for each in path.rglob("custom.yml")
        ]
        told = [each for each in leaves(yaml.safe_load(meta), set()) if each != "custom.limits"]
        told = [re.sub(r"^1(\.1)*(?= )", "", each) for each in told]  # the number of an entry is its code
        return [*told, below, *",".join(table[1:]).split(","), *translated, "archived"]
    return list(leaves(yaml.safe_load(path.read_text(encoding="utf-8")), IDS[form]))


def imported(form: str, path: Path, folder: Path) -> tuple[str, str]:
    """Return all words of the plan that *path* becomes, and those of the report."""
    bring(form, path, "--into", folder / "plan", "--as-of", "2025-06-01")
    plan = plan_texts(folder / "plan")
    report = (folder / "plan" / "import.md").read_text(encoding="utf-8").split("\n")
    return tuple(" /".join(map(words, told)) + " " for told in (plan, report))


def plan_texts(folder: Path) -> list[str]:
    """Return every text in the files of a plan."""
    texts: list[str] = []
    for each in sorted(folder.glob("*.yaml")):
        texts += leaves(yaml.load(each.read_text(encoding="utf-8"), yaml.BaseLoader), set())
    for each in sorted(folder.glob("*.csv")):
        texts += each.read_text(encoding="utf-8").replace("\n", ",").split(",")
    return texts


@pytest.mark.parametrize("form", FORMATS)
def test_every_word_of_a_file_is_in_the_plan_or_in_the_report(form, tmp_path):
    path = SAMPLES / FORMATS[form]
    plan, report = imported(form, path, tmp_path)
    texts = texts_of(form, path)
    assert len(texts) > 20
    shown = "\n".join(plan_texts(tmp_path / "plan"))
    assert not re.search(r"\{\{|\}\}|\]\((?!https?:)|<a |</", shown)
    lost = [
        piece
        for text in texts
        for piece in pieces(text)
        if f"{words(piece)} " not in plan and words(piece[:BEGINNING]) not in report
    ]
    assert lost == []


def with_oddities(value: Any, found: list[str], field: str = "") -> Any:
    """Return *value* with a field that nobody knows in every object, whose words are *found*."""
    if isinstance(value, list):
        return [with_oddities(each, found, field) for each in value]
    if not isinstance(value, dict):
        return value
    odd = {key: with_oddities(each, found, key) for key, each in value.items()}
    if field not in MAPS:
        found.append(f"odd word {len(found)}")
        odd["oddity"] = found[-1]
    return odd


@pytest.mark.parametrize("form", ["oscal", "ciso", "stix"])
def test_a_field_that_is_not_read_is_listed_wherever_it_stands(form, tmp_path):
    data = yaml.safe_load((SAMPLES / FORMATS[form]).read_text(encoding="utf-8"))
    found: list[str] = []
    odd = with_oddities(data, found)
    path = tmp_path / FORMATS[form]
    path.write_text(json.dumps(odd, default=str), encoding="utf-8")
    plan, report = imported(form, path, tmp_path)
    assert len(found) > 20
    assert [each for each in found if f"{words(each)} " not in plan + report] == []


def test_an_element_that_is_not_read_is_listed_wherever_it_stands(tmp_path):
    from lxml import etree

    tree = etree.parse(str(SAMPLES / FORMATS["stratml"]))
    holders = [each for each in tree.iter() if len(each)]
    for at, each in enumerate(holders):
        etree.SubElement(each, "{urn:odd}Oddity").text = f"odd word {at}"
    tree.write(str(tmp_path / "plan.xml"))
    plan, report = imported("stratml", tmp_path / "plan.xml", tmp_path)
    lost = [at for at in range(len(holders)) if f"{words(f'odd word {at}')} " not in plan + report]
    assert [holders[at].tag for at in lost] == []


def test_a_property_that_is_not_read_is_listed_of_every_subject(tmp_path):
    from rdflib import Graph, Literal, URIRef

    graph = Graph().parse(SAMPLES / FORMATS["skos"])
    subjects = sorted({each for each in graph.subjects() if isinstance(each, URIRef)})
    for at, subject in enumerate(subjects):
        graph.add((subject, URIRef("http://odd.example/p"), Literal(f"odd word {at}")))
    graph.serialize(tmp_path / "v.ttl")
    plan, report = imported("skos", tmp_path / "v.ttl", tmp_path)
    lost = [at for at in range(len(subjects)) if f"{words(f'odd word {at}')} " not in plan + report]
    assert [subjects[at] for at in lost] == []
