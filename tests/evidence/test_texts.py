"""The texts of a plan's sources, as the build reads them."""

import shutil

import pytest
from conftest import plan_folder

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.evidence.texts import read_texts
from plan_explorer.loading.checked_plan import load_plan


@pytest.fixture
def river(tmp_path):
    return shutil.copytree(plan_folder("river"), tmp_path / "river")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_build_has_the_sentences_of_each_passage():
    checked = load_plan(plan_folder("river"))
    assert checked.texts == read_texts(checked.plan, plan_folder("river"))
    assert checked.texts["charter"]["p4"] == [
        "The water board reports every spring on soil, fish and trees.",
        "It has to publish its figures.",
        "Schools may use them freely.",
    ]
    assert checked.texts["notice"]["p2"][1:] == [
        "“没有树的河只是一条沟！”",
        "县长说。",
        "费用由县里和各镇分担。",
    ]


def test_without_a_text_everything_else_works(river):
    (river / "texts" / "charter.txt").unlink()
    checked = load_plan(river)
    assert (list(checked.texts), checked.warnings) == (["notice"], [])
    assert checked.plan.primary.passages[0].sentences[0].opening == "The River Ense carries soil"


def test_a_text_of_another_edition_is_told_and_left_out(river):
    change(river / "texts" / "charter.txt", "40 tonnes", "50 tonnes")
    checked = load_plan(river)
    assert list(checked.texts) == ["notice"]
    (warning,) = checked.warnings
    assert (warning.code, warning.warning) == ("other-text", True)
    assert warning.message == "1 of 14 sentences of 'charter' are not in 'charter.txt': p1.2"
    assert "plan-explorer outline" in warning.hint
    assert (warning.location.path.endswith("content.yaml"), warning.location.line) == (True, 6)


def test_what_stands_around_a_text_does_not_matter(river):
    """A copy from a page has more in it: a date stuck to the first sentence, links, a footer."""
    path = river / "texts" / "charter.txt"
    text = path.read_text(encoding="utf-8").replace(
        "The River Ense carries", "By our reporter The River Ense carries"
    )
    path.write_text(f"Home | News\n\n{text}\n\nShare this page. Read more.\n", encoding="utf-8")
    checked = load_plan(river)
    assert checked.warnings == []
    assert checked.texts["charter"]["p1"][0] == "The River Ense carries soil from the fields to the sea."


@pytest.mark.parametrize(
    "path", ["../charter.txt", "/etc/hostname", "texts/../../charter.txt", "texts/link.txt"]
)
def test_a_text_outside_the_folder_is_refused(path, river, tmp_path):
    (tmp_path / "charter.txt").write_text("Secret.", encoding="utf-8")
    (river / "texts" / "link.txt").symlink_to(tmp_path / "charter.txt")
    change(river / "content.yaml", "texts/charter.txt", path)
    with pytest.raises(PlanError) as error:
        load_plan(river)
    assert error.value.problems[0].code == "bad-text-path"
