"""The pages for editors: in the words of the plan at hand, with examples that are sound."""

import pytest
import yaml
from conftest import PLANS, plan_folder

from plan_explorer.build import build
from plan_explorer.diagnostics.codes import CODES
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.json_schema import build_schemas
from plan_explorer.site.views import editor_guide


@pytest.fixture(scope="module")
def pages():
    """Return the Markdown of every page of the tiny plan, by path."""
    return {rendered.page.path: rendered.body for rendered in build(plan_folder("tiny"), "plan").pages}


@pytest.mark.parametrize("name", PLANS)
def test_examples_are_entries_of_the_plan_as_they_stand_in_its_files(name):
    plan = load_plan(plan_folder(name), "plan").plan
    for recipe in editor_guide.recipes(plan):
        if recipe.sample:
            [entry] = yaml.load(recipe.sample.text, yaml.BaseLoader)
            assert entry["id"] in plan
            file = plan_folder(name) / recipe.sample.path.removeprefix("plan/")
            assert f"{recipe.collection}:" in file.read_text(encoding="utf-8")
            assert recipe.sample.text.split("\n")[0] in file.read_text(encoding="utf-8")


def test_the_words_are_those_of_the_levels_of_the_plan(pages):
    text = pages["guide/index.md"]
    assert '<a id="add-steps"></a>\n\n## Add a step\n' in text
    assert "Run `plan-explorer new step ID`" in text
    assert "| `steps` | Steps | goal or step | 1 |" in text
    assert "| `- supports: ID` | supports | is supported by |" in text
    assert "| `[@paper p1.1]` | the first sentence of `p1` in [The paper]" in text


def test_the_level_shown_is_the_one_that_binds_and_is_written_most():
    nouns = {
        name: editor_guide.recipes(load_plan(plan_folder(name)).plan)[0].noun for name in ("decade", "vision")
    }
    assert nouns == {"decade": "digital target", "vision": "pledge"}


def test_every_message_has_its_place(pages):
    text = pages["guide/messages.md"]
    for code, known in CODES.items():
        assert f'<a id="{code}"></a>\n\n## {known.title}\n' in text
        assert known.text in text
        for example in (known.before, known.after):
            assert f"```yaml\n{example}\n```" in text


def test_every_key_that_may_be_written_has_its_line(pages):
    schema = build_schemas(load_plan(plan_folder("tiny")).plan)["content.json"]
    known = {key for part in editor_guide.mappings() for key, _, _ in part.keys}
    for collection in schema["properties"].values():
        assert set(collection["items"]["properties"]) <= known
    assert all(about for part in editor_guide.mappings() for _, _, about in part.keys)
    assert all(f"`{key}`" in pages["guide/keys.md"] for key in known)


def test_rules_of_a_plan_are_listed(tmp_path):
    for path in plan_folder("tiny").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("house_rules: [Mind the gap.]\nloaded_words: [sadly]\n")
    text = next(r.body for r in build(tmp_path).pages if r.page.path == "guide/index.md")
    assert "## Rules of this plan\n\n- Mind the gap.\n" in text
    assert "sadly." in text
