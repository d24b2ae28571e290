"""Reading a plan again after edits finds what reading it afresh finds, and keeps every entity not edited."""

import shutil
from pathlib import Path

import pytest
from conftest import plan_folder
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.loading.checked_plan import CheckedPlan, load_plan

MORE = """\
steps:
  - id: more-trees
    under: clean-water
    name: More trees
    summary: It asks for trees. [@paper p1.1]
  - id: more-shade
    under: clean-water
    name: More shade
    summary: {text: "It asks for shade. [@paper p1.1]", status: stated}
terms:
  - {id: tree, name: {en: Tree, zh: 树}, variants: {zh: [树木]}, summary: "A tall plant. [@report]"}
"""


def _replace(name: str, old: str, new: str):
    def edit(folder: Path) -> None:
        path = folder / name
        if path.exists():
            text = path.read_text(encoding="utf-8")
            path.write_text(
                text.replace(old, new) if old in text else text.replace(new, old), encoding="utf-8"
            )

    return edit


def _rename(old: str, new: str):
    def edit(folder: Path) -> None:
        there, gone = (old, new) if (folder / old).exists() else (new, old)
        (folder / there).rename(folder / gone)

    return edit


def _more(folder: Path) -> None:
    path = folder / "more.yaml"
    path.unlink() if path.exists() else path.write_text(MORE, encoding="utf-8")


EDITS = {
    "another summary": _replace("content.yaml", "The paper names a council.", "It names one."),
    "another id": _replace("content.yaml", "clean-air", "clear-air"),
    "an entry in a file of its own": _more,
    "another text in it": _replace("more.yaml", "It asks for", "Here it asks for"),
    "an id that is taken": _replace("more.yaml", "id: more-trees", "id: less-runoff"),
    "a term that is named elsewhere": _replace("more.yaml", "en: Tree", "en: Meeting"),
    "names in another order": _replace("more.yaml", "{en: Tree, zh: 树}", "{zh: 树, en: Tree}"),
    "a line more at the top": _replace("content.yaml", "sources:\n", "# a comment\nsources:\n"),
    "a sentence less": _replace("content.yaml", "number: 1, sentences: 2", "number: 1, sentences: 1"),
    "an entry less": _replace(
        "content.yaml", "  - id: report\n    name: A later report\n", "  # no report\n"
    ),
    "the file renamed": _rename("content.yaml", "a.yaml"),
    "broken YAML": _replace("content.yaml", "summary: Water", "summary: [Water"),
    "a key that is none": _replace("content.yaml", "    kind: body", "    kinds: body"),
    "a text cut off": _replace("content.yaml", "a council. [", "a council #1. ["),
    "a date": _replace("plan.yaml", "2026-01-31", "2026-02-01"),
    "another first language": _replace(
        "plan.yaml", "  en: {", "  de: {name: German, expected: false}\n  en: {"
    ),
    "another primary source": _replace("plan.yaml", "primary: paper", "primary: report"),
    "another view": _replace("plan.yaml", "name: The pair", "name: The two"),
    "levels that changed names": _replace("plan.yaml", "{id: goal, ", "{id: step, "),
}


def bilingual(target: Path) -> Path:
    """Return a copy of the smallest plan below *target*, with a second language."""
    folder = Path(shutil.copytree(plan_folder("tiny"), target / "plan"))
    settings = folder / "plan.yaml"
    more = "  en: {name: English}\n  zh: {name: Chinese, expected: false}\n"
    text = settings.read_text(encoding="utf-8").replace("  en: {name: English}\n", more)
    settings.write_text(text, encoding="utf-8")
    return folder


def found(folder: Path, last: CheckedPlan | None) -> CheckedPlan | list[str]:
    try:
        return load_plan(folder, "plan", last)
    except PlanError as error:
        return [str(problem) for problem in error.problems]


def _state(found: CheckedPlan | list[str]) -> object:
    if isinstance(found, list):
        return found
    entries = found.plan.entries.values()
    return repr(found.plan.settings), [(repr(e.entity), e.document.locate(e.key)) for e in entries]


def agree(folder: Path, last: CheckedPlan) -> CheckedPlan:
    """Hold what is read after *last* against what is read afresh; return it, or *last* if it is broken."""
    again, fresh = found(folder, last), found(folder, None)
    if isinstance(fresh, list):
        assert again == fresh
        return last
    assert isinstance(again, CheckedPlan)
    assert [str(problem) for problem in again.warnings] == [str(problem) for problem in fresh.warnings]
    assert _state(again) == _state(fresh), "down to the order in which names were written"
    assert again.plan.mentions.keys() == fresh.plan.mentions.keys()
    for entity in again.plan:
        if entity.id in last.plan and repr(last.plan[entity.id]) == repr(entity):
            assert last.plan[entity.id] is entity
    assert all(again.plan[view.id] is view for view in again.plan.views)
    return again


@settings(deadline=None, max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=6))
def test_a_plan_read_again_is_the_plan_read_afresh(tmp_path_factory, steps):
    folder = bilingual(tmp_path_factory.mktemp("again"))
    last = load_plan(folder, "plan")
    for step in steps:
        EDITS[step](folder)
        last = agree(folder, last)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_taken_up_and_can_be_undone(name, tmp_path):
    folder = bilingual(tmp_path)
    _more(folder)
    first = load_plan(folder, "plan")
    EDITS[name](folder)
    assert _state(found(folder, None)) != _state(first)
    edited = agree(folder, first)
    EDITS[name](folder)
    agree(folder, edited)


def test_a_document_that_was_not_edited_is_not_read_again(tmp_path):
    folder = shutil.copytree(plan_folder("vision"), tmp_path / "plan")
    last = load_plan(folder, "plan")
    path = folder / "people-and-words.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = load_plan(folder, "plan", last)
    kept = {name for name, document in again.documents.items() if document is last.documents[name]}
    assert kept == set(last.documents) - {path.name}
    assert all(now is before for now, before in zip(again.plan, last.plan, strict=True))
    assert again.plan.finder is last.plan.finder


def test_evidence_is_looked_at_again_if_another_source_is_the_primary_one(tmp_path):
    folder = bilingual(tmp_path)
    for summary in ("Why water and air matter.", "Who is to act."):  # or the source would change too
        _replace("content.yaml", f"summary: {summary}", f"title: {summary}")(folder)
    _more(folder)
    last = load_plan(folder, "plan")
    EDITS["another primary source"](folder)
    problems = found(folder, last)
    assert any("more.yaml" in problem and "[not-stated]" in problem for problem in problems)
    assert problems == found(folder, None)
