"""Text of a plan stays text: no script, no address that runs one, nothing from elsewhere, on any page."""

import itertools
import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, build_site, plan_folder
from hostile import ALL, TEXTS, Reader, address_fault, pages, plan, write
from mkdocs.config import load_config
from pydantic import BaseModel

from plan_explorer.build import exportable
from plan_explorer.exporters import plan_json
from plan_explorer.model.entities import KINDS, Item, View
from plan_explorer.model.settings import Settings
from plan_explorer.site import addresses, pagination
from plan_explorer.site.views import overview

PLAIN = "zq"
WRITTEN = {"em", "strong", "code", "pre", "p", "ol", "ul", "li", "hr", "h1", "h2", "blockquote"}
"""What the Markdown of an author may become besides."""
KEPT = {
    "id",
    "plural",
    "file",
    "folder",
    "counted_as",
    "editions",
    "state",
    "values_file",
    "under",
    "also_under",
    "on_map",
    "address",
    "contact",
    "replaced_by",
    "item",
    "items",
    "level",
    "members",
    "primary",
    "confidence",
    "romanizes",
    "hues",
    "kind",
    "target",
    "formerly",
    "source",
    "declared",
    "entry",
    "relation",
    "within",
}
"""Fields that hold ids, addresses or figures, which are checked, or name others, which must be there."""


def built(target: Path, text: str, before: str = "", **options) -> Path:
    """Return the site of the plan in which *text* stands in every field, with an older version."""
    folder = write(target / "plan", lambda word: f"{word} {text}")
    older = write(target / "older", lambda word: f"{word} {before or text} was")
    settings = json.loads((older / "plan.yaml").read_text(encoding="utf-8")) | {"as_of": "2025-01-31"}
    (older / "plan.yaml").write_text(json.dumps(settings), encoding="utf-8")
    kept = plan_json.export(exportable(older)).files["plan.json"]
    (target / "site" / "content" / "versions").mkdir(parents=True)
    (target / "site" / "content" / "versions" / "v1.json").write_bytes(kept)
    return build_site(folder, target / "site", strict=False, exclude_docs="/plan/\n/versions/", **options)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    """Return the site of the same plan with harmless words."""
    return built(tmp_path_factory.mktemp("plain"), PLAIN)


def shapes(site: Path) -> set[str]:
    """Return the tags, with their attributes, of which the pages of a site are made."""
    return {shape for _, html in pages(site) for shape in Reader(html).shapes}


def files(site: Path) -> set[str]:
    """Return the files of a site."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*")}


def faults(site: Path) -> list[str]:
    return [f"{path}: {fault}" for path, html in pages(site) for fault in Reader(html).faults]


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_becomes_more_than_text(name, tmp_path, harmless):
    site = built(tmp_path, TEXTS[name], plugins=[{"plan-explorer": {"exports": []}}])
    assert faults(site) == []
    assert shapes(site) - shapes(harmless) <= WRITTEN
    assert made_outside(tmp_path, site) == set()
    for rules in ("_redirects", "redirects/nginx.conf"):
        assert (site / rules).read_bytes() == (harmless / rules).read_bytes()


def made_outside(target: Path, site: Path) -> set[str]:
    """Return what a build of *site* below *target* has left beside it."""
    known = {"plan", "older", "site"}
    beside = {path.name for path in target.iterdir()} - known
    return beside | {path.name for path in site.parent.iterdir()} - {
        "content",
        "mkdocs.yml",
        "site",
        ".cache",
    }


EXTENSIONS = ["admonition", "smarty", "sane_lists", "abbr", "footnotes", {"toc": {"permalink": "#"}}]


@pytest.mark.parametrize("way", ["one parser", "extensions", "parts", "folders"])
def test_nor_do_all_of_them_whatever_makes_the_pages(way, tmp_path, monkeypatch):
    options = {}
    text = ALL
    if way == "one parser":
        text = ALL.replace("\t", " ").replace("\x02", "").replace("\x03", "").replace("px-finished", "")
    elif way == "extensions":
        options = {"markdown_extensions": EXTENSIONS}
    elif way == "folders":
        options = {"use_directory_urls": True, "site_url": "https://x.example/"}
    else:
        for module, limits in (
            (
                pagination,
                {"MAX_TERMS": 2, "MAX_ENTRIES": 2, "MAX_LINES": 3, "MAX_ROWS": 2, "MAX_STRAND_ITEMS": 2},
            ),
            (addresses, {"MAX_SENTENCES_ON_PAGE": 2, "SENTENCES_PER_PART": 1}),
            (overview, {"MAX_OPEN_BOXES": 0, "MAX_BOXES_ON_MAP": 1, "MAX_DESCRIBED_BOXES": 0}),
        ):
            for limit, number in limits.items():
                monkeypatch.setattr(module, limit, number)
    site = built(tmp_path, text, **options)
    assert faults(site) == []


TOKEN = re.compile(r"zq\d+q")
MARKS = [("", " <5 and >3 *"), ("1. ", ""), ("# ", ""), ("- ", " | a_b"), ("", " <b>x</b> &lt; \u00a0: !")]
"""What stands before and behind the name of each text."""


@pytest.mark.slow
@pytest.mark.parametrize(("before", "behind"), MARKS)
def test_text_stands_to_the_letter_in_every_field_on_every_page(before, behind, tmp_path):
    number = itertools.count()
    folder = write(tmp_path / "plan", lambda word: f"{before}zq{next(number)}q{behind}")
    site = build_site(folder, tmp_path / "site", strict=False, plugins=[{"plan-explorer": {"exports": []}}])
    behind, changed = f" {' '.join(behind.split())}" if behind else "", set()
    for path, html in pages(site):
        reader = Reader(html)
        shown = "".join(reader.text).replace(path, "")  # an address is told as one
        for text in (" ".join(shown.split()), *reader.told):
            for token in TOKEN.finditer(text):
                ahead, rest = text[: token.start()], text[token.end() :]
                cut = any(rest.startswith(f"{behind[:at].rstrip()}…") for at in range(len(behind)))
                whole = rest.startswith(behind) or cut
                if not whole or not ahead.endswith(before.lstrip()):
                    changed.add((path, text[max(0, token.start() - 20) : token.end() + 30]))
    assert changed == set()


def test_what_is_told_stands_there_to_the_letter(tmp_path):
    text = TEXTS["tag in an attribute"] + " " + TEXTS["escaped link"]
    site = built(tmp_path, text)
    html = (site / "steps" / "less-runoff.html").read_text(encoding="utf-8")
    shown = " ".join("".join(Reader(html).text).split())
    for word in ("less-runoff", "1.0", "Indicator", "goal", "step", "inferred", "名less-runoff"):
        assert f"{word} {text}" in shown, word
    html = (site / "actors" / "index.html").read_text(encoding="utf-8")
    assert f"Does it {text}" in " ".join("".join(Reader(html).text).split())
    # In a statement the author may escape a bracket.
    assert 'A statement "><script>alert(1)</script> [a](javascript:alert(1)).' in shown


def test_every_page_has_the_policy_of_the_examples_for_servers(harmless):
    headers = (ROOT / "templates" / "starter" / "hosting" / "_headers").read_text(encoding="utf-8")
    given = headers.partition("Content-Security-Policy: ")[2].splitlines()[0]
    policy = given.replace("; frame-ancestors 'none'", "")  # browsers do not take that from a page
    found = {path: Reader(html).policies for path, html in pages(harmless)}
    assert {"404.html", "index.html", "steps/gone.html", "guide/index.html"} <= found.keys()
    assert set(map(tuple, found.values())) == {(policy,)}
    for path, html in pages(harmless):
        assert html.index("Content-Security-Policy") < min(html.find("<script"), html.find("<link")), path


def test_a_site_may_have_another_policy_and_the_server_for_writing_has_none(tmp_path):
    own = "default-src 'self' https://x.example"
    for number, (policy, expected) in enumerate([(own, [own]), ("", [])]):
        site = build_site(plan_folder("tiny"), tmp_path / str(number), extra={"px": {"policy": policy}})
        assert Reader((site / "index.html").read_text(encoding="utf-8")).policies == expected
    config = load_config(str(tmp_path / "0" / "mkdocs.yml"))
    plugin = config.plugins["plan-explorer"]  # MkDocs has the same one for all builds of a process
    plugin.on_startup(command="serve", dirty=False)
    served = plugin.on_config(config)
    plugin.on_startup(command="build", dirty=False)
    assert served.extra["px"]["policy"] == ""


def test_every_field_is_hostile_in_the_plan():
    hit: set[str] = set()

    def walk(data, key):
        if isinstance(data, dict):
            for name, value in data.items():
                walk(value, name if not isinstance(name, int) else key)
                if "HOSTILE" in str(value):
                    hit.add(name)
        elif isinstance(data, list):
            for value in data:
                walk(value, key)

    walk(plan(lambda word: f"{word} HOSTILE"), "")
    fields = {
        name
        for model in models()
        for name, field in model.model_fields.items()
        if "str" in str(field.annotation)
    }
    assert fields - hit - KEPT == set()


def models() -> set[type[BaseModel]]:
    """Return every model that an author fills."""
    found: set[type[BaseModel]] = set()

    def add(model):
        if model not in found:
            found.add(model)
            for field in model.model_fields.values():
                look(field.annotation)

    def look(annotation):
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            add(annotation)
        for argument in getattr(annotation, "__args__", ()):
            look(argument)

    for model in (Settings, Item, View, *KINDS.values()):
        add(model)
    return found


def test_the_test_sees_what_it_looks_for():
    for html in (
        "<script>alert(1)</script>",
        '<script src="//x/y.js"></script>',
        "<a href='java\tscript:x'>",
        '<img src="http://x/y">',
        "<p onclick=x>",
        '<svg><a xlink:href="data:text/html,x">',
        '<meta http-equiv="refresh" content="0; url=javascript:x">',
    ):
        assert Reader(html).faults, html
    assert Reader('<a href="https://x/"><img src="a.png"></a>').faults == []
    assert address_fault("&#106;avascript:alert(1)", loaded=False)


@pytest.mark.parametrize("name", ["tiny", "decade"])
def test_a_sound_plan_has_no_fault_either(name, sites):
    assert faults(sites(name)) == []
