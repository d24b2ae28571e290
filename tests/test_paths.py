"""No text of a plan becomes a file outside the folder written to, or a rule of a server."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import build_site
from edited import copied
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.exceptions import Abort

from plan_explorer.checking.published_ids import parse_published_ids
from plan_explorer.cli.main import cli
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.exporters.base import Export
from plan_explorer.exporters.registry import FORMATS
from plan_explorer.model.folders import NextFolder
from plan_explorer.model.paths import LONGEST, bounded, encoded, is_page, slug, within

OUTSIDE = [
    "/etc/x",
    "../x",
    "a/../../x",
    "a/./x",
    "a//x",
    "",
    "a\\..\\x",
    "C:/x",
    "a\nb",
    "a\0b",
    "a" * 300,
    'a"b',
    "a<b",
]
ADDRESSES = ["steps/a.md", "glossary/index.md#a", "a-z.md", "goals/clean-water/index.md#x-s1"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_leads_out_of_a_folder_is_written_nowhere(path, tmp_path):
    with pytest.raises(PlanError, match="bad-address"):
        within(tmp_path, path)
    fresh = NextFolder(tmp_path / "site")
    with pytest.raises(PlanError, match="bad-address"):
        fresh.put(path, b"")
    fresh.drop()
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("verb", ["render", "export", "build"])
def test_every_writer_refuses_it(verb, tmp_path, monkeypatch, caplog):
    folder = copied("tiny", tmp_path / "here")
    before = set(tmp_path.rglob("*"))
    whole = next(format for format in FORMATS if format.id == "json")
    monkeypatch.setitem(vars(whole), "export", lambda source: Export({"../../out.txt": b"out"}))
    if verb == "build":
        with pytest.raises(Abort):
            build_site(folder, tmp_path / "site")
        assert "out.txt:1:1: no file can be written here" in caplog.text
    else:
        words = {"render": ["render", folder], "export": ["export", "json", "--plan", folder]}[verb]
        result = CliRunner().invoke(cli, [*map(str, words), "--output", str(tmp_path / "a" / "b")])
        assert (result.exit_code, "[bad-address]" in result.output) == (1, True), result.output
    left = {path for path in set(tmp_path.rglob("*")) - before if path.is_file() and path.name == "out.txt"}
    assert left == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_the_site_gives_out_is_one(address):
    assert is_page(address)
    assert parse_published_ids(f"a {address}\n", "")[1] == []


@pytest.mark.parametrize(
    "address",
    [
        "/a.md", "../a.md", "a/../b.md", "a/..md", ".md", "a.html", "a b.md", "a.md#", "a.md#b c", 'a".md',
        "a;.md", "a\n.md", "a{}.md", "C:/a.md", "a\\b.md", "a\0.md", "é.md",
        f"{'a' * 101}.md", "a/" * 130 + "a.md",
    ],
)  # fmt: skip
def test_any_other_is_none(address):
    assert not is_page(address)
    assert not is_page(f"{ADDRESSES[0]}\n")
    assert parse_published_ids(f"a {address}\n", "")[0] == []


@given(st.text(max_size=400))
def test_any_text_is_a_sound_name_once_it_is_a_slug(text):
    name = slug(text)
    assert len(name) <= LONGEST
    assert not name or within(Path(), f"{name}.md") == Path(f"{name}.md")


@given(st.text(max_size=400))
def test_a_rule_is_one_word(text):
    assert len(encoded(text).split()) == bool(text)
    assert not set(encoded(text)) & set("\"'\\;{}<>$")


def test_names_that_were_cut_stay_apart():
    assert bounded("a" * 100) == "a" * 100
    assert len({bounded("a" * 200 + end) for end in "bcd"}) == 3


def test_a_site_of_hostile_names_stays_in_its_folder(tmp_path):
    folder = copied("tiny", tmp_path)
    path = folder / "plan.yaml"
    english = "languages:\n  en: {name: English}\n"
    more = "  zh: {name: ../../up}\n  zh-Latn: {name: /etc/x, romanizes: zh}\n"
    text = path.read_text(encoding="utf-8").replace(english, english + more)
    path.write_text(text.replace("actor_kinds: {body: Bodies}\n", ""), encoding="utf-8")
    content = folder / "content.yaml"
    text = content.read_text(encoding="utf-8").replace("number: 1,", f"number: {json.dumps('../' * 200)},")
    content.write_text(text.replace("kind: body", "kind: ../../../kind"), encoding="utf-8")
    actors = [
        {"id": f"actor-{at}", "name": f"Actor {at}", "kind": "../../../kind", "summary": "It acts. [@report]"}
        for at in range(210)
    ]
    (folder / "more.yaml").write_text(json.dumps({"actors": actors}), encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    site = build_site(folder, tmp_path / "built", strict=False)
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    outside = [path for path in made if not path.is_relative_to(site)]
    assert [path for path in outside if not path.is_relative_to(tmp_path / "built")] == []
    assert {path.relative_to(tmp_path / "built").parts[0] for path in outside} <= {
        "content",
        "mkdocs.yml",
        ".cache",
    }
    assert any((site / "actors" / "by-kind" / f"{name}.html").is_file() for name in ("kind", "kind-a"))
    rules = [
        *(site / "_redirects").read_text(encoding="utf-8").splitlines()[1:],
        *(site / "redirects" / "nginx.conf").read_text(encoding="utf-8").splitlines()[2:],
    ]
    assert rules == []
