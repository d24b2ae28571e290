"""The whole site as one PDF file."""

import pytest
from click.testing import CliRunner
from conftest import plan_folder
from need import need
from pypdf import PdfReader
from served import chromium

from plan_explorer.build import build
from plan_explorer.cli import pdf as command
from plan_explorer.cli.main import cli
from plan_explorer.rendering.one_document import printable


@pytest.fixture(scope="module")
def file(tmp_path_factory, browser):
    need("Chromium", "install it to print: apt install chromium", chromium())
    path = tmp_path_factory.mktemp("pdf") / "plan.pdf"
    arguments = ["pdf", "--plan", str(plan_folder("river")), "--output", str(path)]
    result = CliRunner().invoke(cli, [*arguments, "--base", "https://example.org/"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{len(printable(build(plan_folder('river')).pages)) - 1} pages in {path}\n"
    return PdfReader(path)


def links(file):
    return [note.get_object() for sheet in file.pages for note in sheet.get("/Annots") or []]


def test_links_lead_within_the_file_or_to_the_web(file):
    places, within, outside = file.named_destinations, 0, []
    for link in links(file):
        if "/Dest" in link:
            assert link["/Dest"] in places
            within += 1
        else:
            outside.append(link["/A"]["/URI"])
    assert within > 200
    assert not [address for address in outside if not address.startswith(("https://", "http://", "mailto:"))]


def test_every_page_is_in_it_in_the_order_of_the_navigation(file):
    text = [" ".join(sheet.extract_text().split()) for sheet in file.pages]
    feet = list(dict.fromkeys(sheet[sheet.index("https://example.org/") :].split(" ")[0] for sheet in text))
    built = [each.page.path.replace(".md", ".html") for each in printable(build(plan_folder("river")).pages)]
    assert {foot.removeprefix("https://example.org/") for foot in feet} == {*built} - {"data/index.html"}
    assert [foot.split("/", 3)[3] for foot in feet[:4]] == [
        "index.html",
        "brief.html",
        "promises/index.html",
        "pledges/clean-river/index.html",
    ]
    assert all(f"{number} / {len(text)}" in sheet for number, sheet in enumerate(text, 1))


def test_the_bookmarks_follow_the_navigation(file):
    names = [mark.title for mark in file.outline if not isinstance(mark, list)]
    assert names == [
        "The river charter, point by point",
        "Pledges and measures",
        "Actors",
        "Timeline",
        "Glossary",
        "All measures",
        "Charter of the River Ense",
        "A–Z index",
        "About this site",
    ]


def test_without_a_browser_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(command.shutil, "which", lambda name: None)
    result = CliRunner().invoke(
        cli, ["pdf", "--plan", str(plan_folder("tiny")), "--output", str(tmp_path / "a.pdf")]
    )
    assert result.exit_code == 2
    assert result.stderr == "printing needs Chromium or Chrome, and neither was found: apt install chromium\n"


def test_a_browser_that_does_not_end_is_told(monkeypatch, tmp_path):
    waiting = tmp_path / "waiting"
    waiting.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    waiting.chmod(0o755)
    monkeypatch.setattr(command, "BROWSERS", (str(waiting),))
    monkeypatch.setattr(command, "PATIENCE", 0.1)
    monkeypatch.delattr(command.os, "geteuid")  # as on Windows
    arguments = ["pdf", "--plan", str(plan_folder("tiny")), "--output", str(tmp_path / "a.pdf")]
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.stderr) == (
        2,
        f"{waiting} did not end within 0.1 seconds, and nothing was written\n",
    )


def test_a_file_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "BROWSERS", ("true",))
    monkeypatch.setattr(command, "_print", lambda browser, page, printed: printed.write_bytes(b"%PDF"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    arguments = ["pdf", "--plan", str(plan_folder("tiny")), "--output", str(tmp_path / "file" / "a.pdf")]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 1
    assert "this cannot be written" in result.stderr
    assert "a part of this path is a file" in result.stderr


def test_a_browser_that_prints_nothing_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "BROWSERS", ("false",))
    result = CliRunner().invoke(
        cli, ["pdf", "--plan", str(plan_folder("tiny")), "--output", str(tmp_path / "a.pdf")]
    )
    assert result.exit_code == 2
    assert "printed nothing" in result.stderr
    assert not (tmp_path / "a.pdf").exists()
