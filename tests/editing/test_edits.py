"""Edits by command keep what they were not asked to change, and leave a plan that is sound."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conftest import PLANS
from edited import called, comments, copied, entries, pages, run, workspace_of
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from plan_explorer.checking.published_ids import PUBLISHED_IDS
from plan_explorer.checking.published_statements import STATEMENTS
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.documents.document import parse_document
from plan_explorer.editing.formatter import format_files
from plan_explorer.editing.key_order import (
    AIM,
    DATE,
    EARLIER,
    ENTRY,
    INDICATOR,
    MET,
    MILESTONE,
    NAME,
    PASSAGE,
    PROGRESS,
    RELATION,
    ROW,
    STATEMENT,
    TARGET,
    VALUE,
)
from plan_explorer.editing.move import move_entry
from plan_explorer.editing.new import add_entry
from plan_explorer.editing.publish import publish_plan
from plan_explorer.editing.remove import remove_entry
from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.text_edits import FileText, Splice
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.loading.loader import load
from plan_explorer.model.entities import (
    KINDS,
    ComparisonRow,
    Item,
    Name,
    Passage,
    Relation,
    View,
)
from plan_explorer.model.indicators import (
    Aim,
    Earlier,
    Indicator,
    Met,
    Milestone,
    Progress,
    Target,
    Value,
)
from plan_explorer.model.statements import Date, EarlierDate, Statement
from plan_explorer.site.addresses import Addresses

FEW = settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)
DRAFTS = {name: workspace_of(name) for name in PLANS if name != "real"}
BEFORE = {name: pages(workspace) for name, workspace in DRAFTS.items()}


@cache
def real():
    """Return the real plan, and its pages."""
    workspace = workspace_of("real")
    return workspace, pages(workspace)


def drawn(data):
    """Return one of the plans, and its pages."""
    name = data.draw(st.sampled_from(["real", *sorted(DRAFTS)]))
    return real() if name == "real" else (DRAFTS[name], BEFORE[name])


@given(text=st.text("aé数\r\n\u2028 "), mark=st.sampled_from(["", "\ufeff"]), data=st.data())
def test_an_edit_leaves_the_rest_of_a_file_to_the_byte(text, mark, data):
    raw = FileText(mark + text)
    start = data.draw(st.integers(0, len(raw.plain)))
    end = data.draw(st.integers(start, len(raw.plain)))
    edited = raw.edit([Splice(start, end, "…")])
    assert edited.plain == raw.plain[:start] + "…" + raw.plain[end:]
    assert raw.edit([]) == raw
    before, after = edited.text.split("…")
    assert raw.text.startswith(before)
    assert raw.text.endswith(after)


@given(text=st.text(min_size=1))
def test_text_is_written_so_that_it_is_read_again(text):
    document, problems = parse_document(f"- {format_scalar(text)}\n", "x")
    readable = all(c.isprintable() or c in "\t\n" for c in text)
    assert document.data == [text] or not readable, (format_scalar(text), problems)


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_rename_changes_a_name_and_nothing_else(data):
    workspace, before = drawn(data)
    old = data.draw(
        st.sampled_from([id for id in workspace.plan.entries if id != workspace.plan.settings.id])
    )
    edited = rename_entry(workspace, old, "zq-called-anew")
    assert edited.plan["zq-called-anew"].formerly[-1] == old
    assert comments(edited) == comments(workspace)
    after = {called(path, "zq-called-anew", old): text for path, text in pages(edited).items()}
    assert after.keys() == before.keys()
    for path, text in after.items():
        assert called(text, "zq-called-anew", old) == called(before[path], old, old)
    back = rename_entry(edited, "zq-called-anew", old)
    assert back.plan[old].formerly == ("zq-called-anew", *workspace.plan[old].formerly)[-1:]


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_move_changes_the_parent_and_nothing_else(data):
    workspace, _ = drawn(data)
    plan = workspace.plan
    able = [(i.id, p.id) for i in plan.items if i.under for p in plan.items if _may_stand(plan, i, p)]
    id, parent = data.draw(st.sampled_from(able))
    edited = move_entry(workspace, id, parent)
    assert edited.plan[id].under == parent
    assert comments(edited) == comments(workspace)
    before, after = data_without_under(workspace, id), data_without_under(edited, id)
    assert before == after
    was, now = Addresses(plan).of(plan[id]), Addresses(edited.plan).of(edited.plan[id])
    assert was == now or (was.anchor == now.anchor == id and plan.level(plan[id]).page == "parent")
    again = move_entry(edited, id, plan[id].under)
    assert entries(again) == entries(workspace)


def data_without_under(workspace, id):
    found = entries(workspace)
    found[id] = {key: value for key, value in found[id].items() if key != "under"}
    return found


def _may_stand(plan, item, parent):
    below = {each.id for each in plan.descendants(item)} | {item.id}
    return parent.level in plan.level(item).under and parent.id not in (*below, *item.parents)


REAL = [
    ("data-resources", "data-system"),
    ("article", "the-article"),
    ("digital-economy", "economy-gone-digital"),
    ("xinhua", "news-agency"),
    ("2522", "two-five-two-two"),
]


@pytest.mark.parametrize(("old", "fresh"), REAL)
def test_rename_rewrites_every_reference_of_the_real_plan(old, fresh):
    workspace = workspace_of("real")
    if old not in workspace.plan:
        old = workspace.plan.views[0].id
    edited = rename_entry(workspace, old, fresh)
    before, after = entries(workspace), entries(edited)
    assert set(after) == set(before) - {old} | {fresh}
    assert after[fresh]["formerly"] == (old,)
    assert edited.plan.settings.primary == (fresh if old == "article" else "article")
    was, now = named(workspace.plan), named(edited.plan)
    assert was[old] == now[fresh] > 0
    assert (was - now, now - was) == ({old: was[old]}, {fresh: was[old]})


def named(plan):
    """Return how often each id is named in *plan*."""
    found = Counter(
        citation.source for said in plan.said.values() for s in said for citation in s.statement.all_cites
    )
    for entity in plan:
        found.update(relation.target for relation in entity.relations)
        found.update(getattr(entity, "parents", ()))
        found.update(citation.source for citation in (entity.date.cites if entity.date else ()))
        found.update(member for group in getattr(entity, "groups", ()) for member in group.members)
    return found


def test_comments_move_with_an_entry_into_the_file_of_its_siblings(tmp_path):
    folder = copied("tiny", tmp_path)
    path = folder / "content.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  - id: less-runoff\n", "  # About runoff.\n  - id: less-runoff  # a step\n"),
        encoding="utf-8",
    )
    more = "steps:\n  - id: fewer-fumes\n    under: clean-air\n    name: Fewer fumes\n    # to be written\n"
    (folder / "more.yaml").write_text(more, encoding="utf-8")
    workspace = open_workspace(folder)
    edited = move_entry(workspace, "less-runoff", "clean-air")
    assert "less-runoff" not in edited.text("content.yaml").split("terms:")[1].split("goals:")[1]
    assert "steps:" not in edited.text("content.yaml")
    assert edited.text("more.yaml").startswith(
        more + "\n  # About runoff.\n  - id: less-runoff  # a step\n    under: clean-air\n"
    )
    assert edited.plan["less-runoff"].under == "clean-air"


def test_nothing_is_written_that_would_not_be_sound(tmp_path):
    folder = copied("tiny", tmp_path)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for words, said in [
        (("rename", "less-runof", "x"), "did you mean 'less-runoff'?"),
        (("rename", "less-runoff", "clean-air"), "the id 'clean-air' is taken"),
        (("rename", "less-runoff", "Less Runoff"), "'Less Runoff' cannot be an id"),
        (("move", "less-runoff", "--under", "council"), "which is not allowed here"),
        (("move", "clean-air", "--under", "clean-water"), "a goal cannot be under a goal"),
        (("move", "council", "--under", "less-runoff"), "which is not allowed here"),
        (("move", "runoff", "--under", "clean-water"), "'runoff' is a term, which has no parent"),
        (("remove", "clean-air"), "'clean-air' is still referred to"),
        (("remove", "clean-air", "--replaced-by", "council"), "is an actor, which is not allowed here"),
        (("remove", "tiny"), "the plan itself cannot be removed"),
        (("new", "step", "council"), "the id 'council' is taken"),
        (("new", "stepp", "x"), "did you mean 'step'?"),
        (("new", "step", "x"), "'x' needs a parent"),
        (("new", "step", "x", "--under", "council"), "a step cannot be under 'council'"),
    ]:
        result = run(*words, "--plan", folder)
        assert (result.exit_code, said in result.output) == (1, True), (words, result.output)
        assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert "[cannot-edit]" in run("remove", "tiny", "--plan", folder).output


def test_a_dry_run_prints_a_diff_and_writes_nothing(tmp_path):
    folder = copied("tiny", tmp_path)
    before = (folder / "content.yaml").read_bytes()
    result = run("rename", "clean-air", "pure-air", "--plan", folder, "--dry-run")
    assert result.output.count("\n@@ ") == 2 + result.output.count("plan.yaml\n+++")
    assert "\n-  - id: clean-air\n+  - id: pure-air\n+    formerly: [clean-air]\n" in result.output
    assert (folder / "content.yaml").read_bytes() == before


def test_what_was_published_is_not_lost(tmp_path):
    folder = copied("tiny", tmp_path)
    assert run("publish", "--plan", folder).exit_code == 0
    listed = (folder / PUBLISHED_IDS).read_text(encoding="utf-8")
    assert "\nclean-air goals/clean-air.md\n" in listed.replace("/index.md", ".md")
    assert "can be removed" not in run("remove", "runoff", "--plan", folder).output
    assert "'runoff' was published" in run("remove", "runoff", "--plan", folder).output
    assert run("remove", "less-runoff", "--replaced-by", "clean-water", "--plan", folder).exit_code == 0
    assert "less-runoff" in (folder / "plan.yaml").read_text(encoding="utf-8")
    assert run("rename", "clean-water", "water", "--plan", folder).exit_code == 0
    assert run("publish", "--plan", folder).exit_code == 0
    assert set(listed.split("\n")) < set((folder / PUBLISHED_IDS).read_text(encoding="utf-8").split("\n"))
    assert run("check", folder).exit_code == 0
    refused = run("new", "goal", "less-runoff", "--plan", folder)
    assert "was used before and now leads to 'water'" in refused.output
    path = folder / "content.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("    formerly: [clean-water]\n", ""), encoding="utf-8"
    )
    assert "the id 'clean-water' was published but no longer leads anywhere" in run("check", folder).output


def test_publish_says_once_what_is_not_known_again(tmp_path):
    folder = copied("tiny", tmp_path)
    path = folder / "content.yaml"
    was = "The council is to see to less runoff."
    assert "removed:" not in run("publish", "--plan", folder).output
    assert f" {was} [@paper p2.1]\n" in (folder / STATEMENTS).read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(was, "Ditches come second."), encoding="utf-8")
    line = f"removed: less-runoff#s-6916c8 “{was}”; if it was reworded, put its new words into the list\n"
    assert line in run("publish", "--plan", folder, "--dry-run").output
    assert line in run("publish", "--plan", folder).output
    assert "removed:" not in run("publish", "--plan", folder).output


def outcome(workspace):
    """Return the plan of *workspace* and no problems, or None and what is wrong with it."""
    plan, problems = load(workspace.documents, workspace.shown)
    return (None if problems else plan), {problem.code for problem in problems}


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_remove_hands_everything_over(name):
    workspace = publish_plan(DRAFTS[name])
    plan = workspace.plan
    tried = 0
    for item in plan.items:
        for other in plan.siblings(item)[:2]:
            if other.id != item.id and other.level == item.level:
                edited = remove_entry(workspace, item.id, other.id)
                after, codes = outcome(edited)
                if after is None:
                    assert codes <= {"wrong-level", "cycle", "wrong-count"}
                    continue
                tried += 1
                assert item.id not in after
                assert [gone.id for gone in after.settings.removed][-1] == item.id
                assert set(comments(edited)) <= set(comments(workspace))
    assert tried


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_new_entries_of_every_kind_are_sound(name):
    workspace = DRAFTS[name]
    for level in workspace.plan.settings.levels.values():
        parents = [item.id for item in workspace.plan.items if item.level in level.under][:1]
        if parents or not level.under:
            workspace = add_entry(
                workspace, level.id, f"a-new-{level.id}", under=parents[0] if parents else ""
            ).workspace
            item = workspace.plan[f"a-new-{level.id}"]
            assert isinstance(item, Item)
            assert item.code not in [
                other.code for other in workspace.plan.items if other is not item and other.code
            ]
            assert item.under == (parents[0] if parents else None)
    for kind in ("actor", "event", "term", "source"):
        written = add_entry(workspace, kind, f"a-new-{kind}", name="It's: new")
        workspace = written.workspace
        assert workspace.plan[f"a-new-{kind}"].name[workspace.plan.settings.language].text == "It's: new"
        line = workspace.text(written.place.path.removeprefix("plan/")).split("\n")[written.place.line - 1]
        assert line.strip() == f"- id: a-new-{kind}"


@pytest.mark.parametrize("apart", ["", "\n"])
def test_an_entry_that_comes_before_the_first_of_its_file_is_put_there(apart):
    entries = [f"  # About {id}.\n  - id: {id}\n    name: {id.title()}\n" for id in ("fog", "mist", "rain")]
    text = f"# Of the weather.\n\nterms:\n{apart.join(entries)}"
    draft = DRAFTS["tiny"].put("weather.yaml", text)
    written = add_entry(draft, "term", "dew", name="Dew")
    edited = written.workspace.text("weather.yaml")
    top, rest = edited.split("terms:\n")
    body, first, last = rest.partition(entries[0])
    assert top + "terms:\n" + first + last == text, "the rest stays to the byte"
    assert body.startswith("  - id: dew\n    name: ")
    assert body.endswith("\n\n") == bool(apart)
    assert edited.split("\n")[written.place.line - 1] == "  - id: dew"
    plan = written.workspace.plan
    assert [term.id for term in plan.terms if term.id != "runoff"] == ["dew", "fog", "mist", "rain"]


UGLY = """\
# At the top.

terms:
   # About the first.
   - name:   Fog   # its name
     # About its id.
     id: fog-drops
     # summary: to be written


     notes:
     - cites: [paper p1.1]
       text: |
          As it was typed,
            to the column.

   # About the second.
   -
     id: mist
     name: "Two
       lines"
"""

NEAT = """\
# At the top.

terms:
  # About the first.
  # About its id.
  - id: fog-drops
    name:   Fog   # its name
    # summary: to be written

    notes:
      - text: |
           As it was typed,
             to the column.
        cites: [paper p1.1]

  # About the second.
  - id: mist
    name: "Two
      lines"
"""


def test_files_are_put_in_form():
    workspace = DRAFTS["tiny"].put("more.yaml", UGLY)
    assert format_files(workspace).text("more.yaml") == NEAT


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_form_changes_no_word_and_no_page(name):
    workspace = real()[0] if name == "real" else DRAFTS[name]
    edited = format_files(workspace)
    assert format_files(edited).changed_files(edited) == []
    assert comments(edited) == comments(workspace)
    assert entries(edited) == entries(workspace)
    assert list(edited.plan.entries) == list(workspace.plan.entries)
    assert pages(edited) == (real()[1] if name == "real" else BEFORE[name])


@FEW
@given(at=st.integers(0, 60), margin=st.integers(0, 6), name=st.sampled_from(["tiny", "vision"]))
def test_form_keeps_a_comment_wherever_it_stands(at, margin, name):
    workspace = DRAFTS[name]
    file = sorted(set(workspace.documents) - {"plan.yaml"})[0]
    lines = workspace.text(file).split("\n")
    lines.insert(at % len(lines), " " * margin + "# A remark.")
    document, problems = parse_document("\n".join(lines), file)
    assume(not problems and document.data == workspace.documents[file].data)
    edited = format_files(workspace.put(file, "\n".join(lines)))
    assert edited.text(file).count("# A remark.") == 1
    assert format_files(edited).changed_files(edited) == []


def test_every_key_has_its_place():
    models = {
        **{kind: (model, ENTRY) for kind, model in KINDS.items()},
        "item": (Item, (*ENTRY, "level")),
        "view": (View, ENTRY),
        "statement": (Statement, STATEMENT),
        "date": (Date, DATE),
        "name": (Name, NAME),
        "target": (Target, TARGET),
        "indicator": (Indicator, INDICATOR),
        "aim": (Aim, AIM),
        "milestone": (Milestone, MILESTONE),
        "met": (Met, MET),
        "earlier": (Earlier, EARLIER),
        "earlier date": (EarlierDate, EARLIER),
        "progress": (Progress, PROGRESS),
        "value": (Value, VALUE),
        "passage": (Passage, PASSAGE),
        "row": (ComparisonRow, ROW),
    }
    missing = {
        name: [f for f in model.model_fields if f not in order] for name, (model, order) in models.items()
    }
    assert {name: fields for name, fields in missing.items() if fields} == {}
    assert set(RELATION) == set(Relation.FIELDS)


@pytest.mark.parametrize(
    "words",
    [
        ["rename", "clean-air", "pure-air"],
        ["move", "less-runoff", "--under", "clean-air"],
        ["remove", "clean-air", "--replaced-by", "clean-water"],
        ["new", "step", "fewer-fumes", "--under", "clean-air"],
    ],
)
def test_a_file_from_windows_stays_one(tmp_path, words):
    folders = [copied("tiny", tmp_path / "unix"), copied("tiny", tmp_path / "windows")]
    for path in folders[1].iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    for folder in folders:
        assert run(*words, "--plan", folder).exit_code == 0
    for path in (folders[0] / name for name in ("plan.yaml", "content.yaml")):
        other = (folders[1] / path.name).read_bytes()
        assert other == b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"), path.name


def test_what_an_editor_program_keeps_beside_a_file_is_no_content(tmp_path):
    folder = copied("tiny", tmp_path)
    (folder / "parts" / ".git" / "x").mkdir(parents=True)
    before = open_workspace(folder)
    kept = (
        ".~lock.content.yaml#",
        "#content.yaml#",
        ".content.yaml.swp",
        "content.yaml~",
        "content.yaml.bak",
    )
    more = ("~$content.yaml", "~content.yaml", ".#content.yaml", "#content.yaml", "parts/.git/x/a.yaml")
    for name in (*kept, *more):
        (folder / name).write_bytes(b"\xff goals: [")
    assert open_workspace(folder).files == before.files
    assert run("check", folder).output == "sound: 10 entries, 0 warnings\n"


CODED = """\
goals:
  - {id: good, code: F1, name: Good, summary: "A. [@paper p1.1]"}
  - {id: better, code: F2, name: Better, summary: "B. [@paper p1.2]"}
steps:
  - {id: one, code: F1.1, under: good, name: One, summary: "A. [@paper p1.1]"}
  - id: two
    code: F2.1  # as printed
    under: better
    name: Two
    summary: B. [@paper p1.2]
  - {id: three, under: good, name: Three, summary: "A. [@paper p1.1]"}
"""


def test_an_entry_that_is_moved_is_offered_the_next_code(tmp_path):
    folder = copied("tiny", tmp_path)
    (folder / "coded.yaml").write_text(CODED, encoding="utf-8")
    moved = run("move", "two", "--under", "good", "--plan", folder)
    offer = "plan-explorer move two --under good --code F1.2"
    assert moved.stderr == (
        f"'two' keeps its code, which does not fit there; give it the next free one with '{offer}'\n"
    )
    assert "code: F2.1  # as printed" in (folder / "coded.yaml").read_text(encoding="utf-8")
    again = run(*offer.split()[1:], "--plan", folder)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "code: F1.2  # as printed" in (folder / "coded.yaml").read_text(encoding="utf-8")
    back = run("move", "two", "--under", "better", "--code", "F2.1", "--plan", folder)
    assert (back.exit_code, back.stderr) == (0, "")
    assert run("move", "three", "--under", "better", "--plan", folder).stderr == ""
    assert run("move", "three", "--under", "good", "--code", "'F", "--plan", folder).exit_code == 0
    assert open_workspace(folder).plan["three"].code == "'F"
    taken = run("move", "two", "--under", "good", "--code", "F1.1", "--plan", folder)
    assert "'one' has the code 'F1.1' [cannot-edit]" in taken.output
    none = run("move", "council", "--under", "good", "--code", "1", "--plan", folder)
    assert "'council' is an actor, which has no code" in none.output


def test_an_edit_rewrites_a_schema_only_if_an_editor_sees_the_difference(tmp_path):
    folder = copied("tiny", tmp_path)
    assert run("schema", "--write", folder).exit_code == 0
    own, shared = folder / "schema" / "plan.json", folder / "schema" / "content.json"
    before = own.read_bytes()
    result = run("new", "goal", "quiet", "--plan", folder)
    assert "plan.json" not in result.output
    assert "content.json" in result.output
    assert own.read_bytes() == before
    shared.write_text(json.dumps(json.loads(shared.read_text(encoding="utf-8"))), encoding="utf-8")
    known = shared.read_bytes()
    assert run("move", "less-runoff", "--under", "clean-air", "--plan", folder).exit_code == 0
    assert shared.read_bytes() == known


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_what_a_new_entry_has_in_comments_is_sound_once_it_is_filled_in(name):
    workspace = DRAFTS[name]
    filled = 0
    for level in workspace.plan.settings.levels.values():
        parents = [item.id for item in workspace.plan.items if item.level in level.under][:1]
        if parents or not level.under:
            added = add_entry(workspace, level.id, "quite-new", under=parents[0] if parents else "")
            file = added.place.path.removeprefix("plan/")
            text = added.workspace.text(file)
            for key in ("date", "target"):
                text, number = re.subn(rf"(?m)^( +)# {key}:", rf"\1{key}:", text)
                assert number == 1
            item = added.workspace.put(file, text).plan["quite-new"]
            assert item.date
            assert item.target
            filled += 1
    assert filled


def test_pages_written_by_hand_follow_a_rename(tmp_path):
    folder = copied("tiny", tmp_path)
    page = tmp_path / "notes" / "why.md"
    page.parent.mkdir()
    page.write_text(
        "See [air](../goals/clean-air/index.md#s1) and [all](../actors/council.md); clean-air.\n"
        "Said of clean-air. [@paper p1.2; @report]\n<!-- plan-explorer: map clean-air -->\n"
        "Elsewhere: [a page](../goals/clean-airs.md), [air](https://example.org/goals/clean-air/index.md)\n",
        encoding="utf-8",
    )
    for old, fresh in (("clean-air", "pure-air"), ("council", "assembly"), ("report", "sequel")):
        assert run("rename", old, fresh, "--plan", folder).exit_code == 0
    assert page.read_text(encoding="utf-8") == (
        "See [air](../goals/pure-air/index.md#s1) and [all](../actors/assembly.md); clean-air.\n"
        "Said of clean-air. [@paper p1.2; @sequel]\n<!-- plan-explorer: map pure-air -->\n"
        "Elsewhere: [a page](../goals/clean-airs.md), [air](https://example.org/goals/clean-air/index.md)\n"
    )


def test_files_are_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    folder = copied("tiny", tmp_path)
    before = open_workspace(folder)
    after = rename_entry(rename_entry(before, "clean-air", "pure-air"), "pair", "couple")
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    written = Path.write_bytes

    def full(path, content):
        if "plan.yaml" in path.name:
            raise OSError(28, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PlanError, match="this cannot be written: no space left on device"):
        after.write(before)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_page_by_hand_that_is_no_text_stops_an_edit(tmp_path):
    folder = copied("tiny", tmp_path)
    (tmp_path / "notes.md").write_bytes(b"\xff\xfe not UTF-8")
    result = run("rename", "clean-air", "pure-air", "--plan", folder)
    assert result.exit_code == 1
    assert "notes.md:1:1: this file is not UTF-8 text [not-utf-8]" in result.output
    assert "id: clean-air" in (folder / "content.yaml").read_text(encoding="utf-8")


def test_reasons_that_were_written_about_a_removed_entry_are_listed(tmp_path):
    folder = copied("tiny", tmp_path)
    result = run("remove", "clean-air", "--replaced-by", "clean-water", "--plan", folder)
    assert result.exit_code == 0, result.output
    listed = result.stderr.split("\n")
    assert listed[0] == "read these again: they were written about the entry that is gone"
    assert re.fullmatch(
        r"  \S*content\.yaml:\d+:\d+: less-runoff supports clean-water: Both need fewer fumes\.", listed[1]
    )
    assert listed[2] == "'plan-explorer report --only read-again' lists them until they are accepted"
    assert run("remove", "runoff", "--plan", folder).stderr == ""
