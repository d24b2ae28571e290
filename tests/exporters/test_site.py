"""What stands in the built site: the page of data, and the files beside pages."""

import hashlib
import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import PLANS, build_site, plan_folder
from exporters.conftest import BASE
from mkdocs.exceptions import Abort

from plan_explorer.exporters import registry
from plan_explorer.exporters.registry import NAMES
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.translation import read_catalogue


@cache
def ids(path: Path) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', path.read_text(encoding="utf-8")))


def leads_somewhere(site: Path, url: str) -> bool:
    parts = urlsplit(url)
    path = site / unquote(parts.path)
    path = path / "index.html" if path.is_dir() else path
    return path.is_file() and (not parts.fragment or parts.fragment in ids(path))


def urls(data):
    """Yield every address of the site in *data*."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "url" and isinstance(value, str):
                yield value
            elif key not in ("files", "details"):
                yield from urls(value)
    elif isinstance(data, list):
        for each in data:
            yield from urls(each)


def plain(markdown: str) -> str:
    """Return what *markdown* says, without the places that it cites and without what its links lead to."""
    said = re.sub(r' ?\[[^\]]*\]\([^)\s]*source/[^)\s]*(?: "[^"]*")?\)', "", markdown)
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(said)).split())


@pytest.mark.parametrize("name", PLANS)
def test_the_page_of_data_lists_every_format_with_its_files(sites, name):
    site = sites(name)
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    sections = re.findall(r'<h3 id="([a-z-]+)"', page)
    assert sections == list(NAMES)
    files = {path.relative_to(site / "data").as_posix() for path in (site / "data").rglob("*.*")}
    linked = set(re.findall(r'href="([^"]+)"', page))
    assert files - {"index.html", "index.json", "index.md"} <= linked
    plan = json.loads((site / "data" / "plan.json").read_text(encoding="utf-8"))
    assert plan["hash"] in page
    said = read_catalogue(load_plan(plan_folder(name)).plan.settings.language)
    begins = said.gettext("Not in it: %(losses)s.", losses="\0").partition("\0")[0].strip()
    nothing = said.gettext("Not in it: nothing.")
    assert len(re.findall(rf"<p>(?:{begins}|{nothing})", page)) == len(NAMES)


@pytest.mark.parametrize("name", PLANS)
def test_every_address_in_plan_json_leads_somewhere(sites, name):
    data = json.loads((sites(name) / "data" / "plan.json").read_text(encoding="utf-8"))
    found = list(urls(data["entries"]))
    assert [url for url in found if not leads_somewhere(sites(name), url)] == []
    assert len(found) > 2 * len(data["entries"])


@pytest.mark.parametrize("name", PLANS)
def test_every_page_of_entries_has_its_json_and_markdown(sites, name):
    site = sites(name)
    data = json.loads((site / "data" / "plan.json").read_text(encoding="utf-8"))
    whole = {entry["id"]: entry for entry in data["entries"]}
    seen = []
    for path in sorted({entry["url"].split("#")[0] for entry in data["entries"]}):
        beside = (site / path).with_suffix(".json")
        entries = json.loads(beside.read_text(encoding="utf-8"))["entries"]
        said = plain(beside.with_suffix(".md").read_text(encoding="utf-8"))
        if path == "index.html":  # what is said of the plan is on two pages
            said += plain((site / "about.md").read_text(encoding="utf-8"))
        page = (site / path).read_text(encoding="utf-8")
        assert f'href="{beside.name}"' in page
        assert f'href="{beside.stem}.md"' in page
        for entry in entries:
            backlinks = entry.pop("backlinks", [])
            assert entry == whole[entry["id"]]
            assert entry["title"] in said or path == "index.html"  # whose title is that of the site
            assert all(each["source"] in whole for each in backlinks)
            statements = entry.get("statements", [])
            figures = [each for each in statements if each["part"] in ("target", "indicators")]
            texts = [plain(each.get("text", "")) for each in statements if each not in figures]
            # Of figures, a page has a table below the name of the indicator.
            assert [
                each for each in figures if re.split(": |：| : ", plain(each["text"]))[0] not in said
            ] == []
            assert [text for text in texts if text not in said] == []
            seen.append(entry["id"])
    assert sorted(seen) == sorted(whole)


@pytest.mark.parametrize("name", PLANS)
def test_a_relation_is_told_at_both_of_its_ends(sites, name):
    site = sites(name)
    data = json.loads((site / "data" / "plan.json").read_text(encoding="utf-8"))
    pages = {
        entry["id"]: (site / entry["url"].split("#")[0]).with_suffix(".json") for entry in data["entries"]
    }
    told = {
        (each["id"], backlink["source"], backlink["kind"])
        for path in set(pages.values())
        for each in json.loads(path.read_text(encoding="utf-8"))["entries"]
        for backlink in each.get("backlinks", [])
    }
    written = {
        (relation["target"], entry["id"], relation["kind"])
        for entry in data["entries"]
        for relation in entry.get("relations", [])
    }
    assert told == written


@pytest.mark.parametrize("name", PLANS)
def test_the_links_of_llms_txt_lead_somewhere(sites, name):
    text = (sites(name) / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.splitlines()[2].startswith("> ")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert [link for link in links if not (sites(name) / link).is_file()] == []
    markdown = [path.with_suffix(".md") for path in sites(name).rglob("*.json")]
    entries = {path.relative_to(sites(name)).as_posix() for path in markdown if path.exists()}
    _, *others = load_plan(plan_folder(name)).plan.settings.editions or ("",)
    assert set(links) >= {path for path in entries if path.split("/")[0] not in others} > set()


def test_tables_have_the_hashes_they_declare(sites):
    folder = sites("real") / "data" / "csv"
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_a_site_may_offer_some_formats_or_none(tmp_path):
    some = build_site(plan_folder("tiny"), tmp_path / "a", plugins=[{"plan-explorer": {"exports": ["csv"]}}])
    page = (some / "data" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<h3 id="([a-z-]+)"', page) == ["csv"]
    assert not (some / "llms.txt").exists()
    none = build_site(plan_folder("tiny"), tmp_path / "b", plugins=[{"plan-explorer": {"exports": []}}])
    assert not (none / "data").exists()
    assert ">Data<" not in (none / "about.html").read_text(encoding="utf-8")


def test_a_format_without_its_library_is_named_and_ends_a_strict_build(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(registry, "find_spec", lambda name: None if name == "rdflib" else True)
    named = {"plugins": [{"plan-explorer": {"exports": ["json", "skos"]}}]}
    with pytest.raises(Abort):
        build_site(plan_folder("tiny"), tmp_path / "strict", **named)
    assert "a library is missing for these formats: skos (rdflib) [no-library]" in caplog.text
    assert "pip install 'plan-explorer[export]'" in caplog.text
    site = build_site(plan_folder("tiny"), tmp_path / "lenient", strict=False, **named)
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    assert "a library is missing" in page.split('id="skos"')[1].split("<h3")[0]
    assert not (site / "data" / "plan.ttl").exists()


def test_a_format_that_nobody_named_is_left_out_without_its_library(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    caplog.set_level("INFO")
    site = build_site(plan_folder("tiny"), tmp_path)
    assert [each.message for each in caplog.records if "libraries" in each.message] == [
        "Without sheet-xlsx, skos, ical, stratml, as libraries are missing: "
        "pip install 'plan-explorer[export]'"
    ]
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    assert "csv" in re.findall(r'<h3 id="([a-z-]+)"', page)
    assert "library" not in page
    assert not (site / "data" / "plan.ics").exists()


def test_addresses_are_whole_where_the_site_has_one(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path, site_url=BASE, use_directory_urls=True)
    data = json.loads((site / "data" / "plan.json").read_text(encoding="utf-8"))
    assert data["site"] == BASE
    assert f"URL:{BASE}timeline/#first-meeting" in (site / "data" / "plan.ics").read_text(encoding="utf-8")
    beside = json.loads((site / "steps" / "less-runoff" / "index.json").read_text(encoding="utf-8"))
    assert urljoin(beside["url"], ".") == f"{BASE}steps/less-runoff/"
