"""The address of a statement on a page that readers have noted, after edits of every kind."""

import re

import pytest
from conftest import build_site
from edited import copied, pages, run

from plan_explorer.editing.workspace import open_workspace

FURTHER = (
    "    statements:\n"
    "      - It gives no date for cleaner rivers. [@paper p1.1]\n"
    "      - Wells in three towns come first. [@paper p1.2]\n"
)
SUMMARY = "    summary: The paper asks for clean water. [@paper p1.1]\n"
COUNCIL = "    summary: The paper names a council. [@paper p2.1]\n"


@pytest.fixture
def folder(tmp_path):
    """Return a published plan, with the addresses of positions that sites had once."""
    folder = copied("tiny", tmp_path)
    edit(folder, SUMMARY, SUMMARY + FURTHER)
    edit(folder, COUNCIL, COUNCIL + "    statements:\n      - It meets in May. [@paper p2.1]\n")
    assert run("publish", "--plan", folder).exit_code == 0
    path = folder / "published-statements.txt"
    lines = path.read_text(encoding="utf-8")
    for words, number in (
        ("The paper asks for clean water", 1),
        ("It gives no date", 2),
        ("Wells", 3),
        ("It meets", 2),
    ):
        lines = re.sub(rf"s-[0-9a-f]{{6}} {words}", f"s{number} {words}", lines)
    path.write_text(lines, encoding="utf-8")
    assert run("publish", "--plan", folder).exit_code == 0
    return folder


def edit(folder, old, new):
    path = folder / "content.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def page(folder, path="goals/clean-water/index.md"):
    """Return what stands at each address of a page, which is sound after publishing again, too."""
    before = pages(open_workspace(folder))[path]
    assert run("publish", "--plan", folder).exit_code == 0
    assert pages(open_workspace(folder))[path] == before
    return before


def at(text, anchor):
    """Return the line at *anchor*, without anchors and citations."""
    (line,) = re.findall(rf'^.*<a id="{re.escape(anchor)}"></a>.*$', text, re.MULTILINE)
    return re.sub(r"<a id[^>]*></a>|^- | \[.*", "", line)


def test_what_is_inserted_moved_or_reworded_changes_no_address(folder):
    first, second = FURTHER.split("\n")[1:3]
    new = "      - Two ministries have signed. [@paper p1.2]"
    reworded = "      - The wells of three towns come first of all. [@paper p1.2]"
    edit(folder, f"{first}\n{second}", f"{new}\n{reworded}\n{first}")
    text = page(folder)
    assert at(text, "s1") == "The paper asks for clean water."
    assert at(text, "s2") == "It gives no date for cleaner rivers."
    assert at(text, "s3") == "The wells of three towns come first of all."
    (fresh,) = re.findall(r'<a id="(s-[0-9a-f]{6})"></a>', text)
    assert at(text, fresh) == "Two ministries have signed."


def test_a_statement_that_was_removed_leaves_a_note(folder, tmp_path):
    edit(folder, FURTHER.split("\n")[1] + "\n", "")
    text = page(folder)
    assert at(text, "s2") == "This statement was removed: “It gives no date for cleaner rivers.”"
    assert at(text, "s3") == "Wells in three towns come first."
    site = build_site(folder, tmp_path / "site")
    html = (site / "goals" / "clean-water" / "index.html").read_text(encoding="utf-8")
    assert re.search(
        r'<div class="px-removed">\s*<h2[^>]*>.*?</h2>\s*<ul>\s*<li id="s2">This', html, re.DOTALL
    )
    assert html.index('class="px-removed"') > html.index('px-cite"')


def test_a_statement_that_moved_to_another_entry_is_pointed_at(folder):
    moved = FURTHER.split("\n")[2]
    edit(folder, moved + "\n", "")
    edit(folder, "[@paper p1.2]\n\nsteps:", f"[@paper p1.2]\n    statements:\n{moved}\n\nsteps:")
    line = next(x for x in page(folder).split("\n") if '<a id="s3">' in x)
    (there,) = re.findall(r"now in \[Clean air\]\(../clean-air/index.md#(s-[0-9a-f]{6})\)", line)
    assert at(page(folder, "goals/clean-air/index.md"), there) == "Wells in three towns come first."


def test_statements_of_an_entry_that_was_renamed_keep_their_addresses(folder, tmp_path):
    assert run("rename", "clean-water", "pure-water", "--plan", folder).exit_code == 0
    assert run("rename", "council", "assembly", "--plan", folder).exit_code == 0
    assert at(page(folder, "goals/pure-water/index.md"), "s3") == "Wells in three towns come first."
    actors = page(folder, "actors/index.md")
    assert at(actors, "council-s2") == at(actors, "assembly-s2") == "It meets in May."
    site = build_site(folder, tmp_path / "site")
    old = (site / "goals" / "clean-water" / "index.html").read_text(encoding="utf-8")
    assert 'data-keep="true"' in old
    assert "data-at" not in old


def test_statements_of_an_entry_that_was_replaced_lead_to_notes(folder, tmp_path):
    edit(folder, "[@paper p1.2]\n\nsteps:", "[@paper p1.1-2]\n\nsteps:")
    assert run("remove", "clean-water", "--replaced-by", "clean-air", "--plan", folder).exit_code == 0
    text = page(folder, "goals/clean-air/index.md")
    assert at(text, "clean-water-s3") == "This statement was removed: “Wells in three towns come first.”"
    site = build_site(folder, tmp_path / "site")
    old = (site / "goals" / "clean-water" / "index.html").read_text(encoding="utf-8")
    assert 'data-at-s3="../clean-air/index.html#clean-water-s3"' in old


def test_the_list_is_kept_and_checked(folder):
    list = folder / "published-statements.txt"
    before = list.read_text(encoding="utf-8")
    assert run("publish", "--plan", folder).exit_code == 0
    assert list.read_text(encoding="utf-8") == before
    assert (
        "clean-water s1 The paper asks for clean water. [@paper p1.1]\nclean-water s2 It gives no" in before
    )
    list.write_text(before + "nobody s1 Words.\n", encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "published-statements.txt:16:1: statements of 'nobody' were published" in result.output
    assert "[lost-id]" in result.output
    list.unlink()
    assert run("check", folder).exit_code == 0
