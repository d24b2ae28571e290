"""The pages for editors: in the words of the plan at hand, with examples that are sound."""

import shutil
from textwrap import indent

import pytest
import yaml
from conftest import PLANS, plan_folder

from plan_explorer.build import build
from plan_explorer.diagnostics.codes import CODES
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.mkdocs_plugin.config import PlanExplorerConfig
from plan_explorer.model.examples import DATE, INDICATOR, OPTIONS, PLAN_YAML, PROGRESS
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
    known = {key.name for part in editor_guide.mappings() for key in part.keys}
    for collection in schema["properties"].values():
        assert set(collection["items"]["properties"]) <= known
    assert all(key.about for part in editor_guide.mappings() for key in part.keys)
    assert all(f"`{key}`" in pages["guide/keys.md"] for key in known)


def test_every_key_of_plan_yaml_is_told_with_its_values(pages):
    text = pages["guide/keys.md"]
    schema = build_schemas(load_plan(plan_folder("tiny")).plan)["plan.json"]
    whole = next(part for part in editor_guide.mappings() if part.anchor == "settings")
    assert {key.name for key in whole.keys} == set(schema["properties"])
    assert "One of `grid`, `band`, `none`; `none` unless given." in text
    assert "One of `own`, `parent`; `own` unless given." in text
    assert "Its keys: `stated`, `inferred`" in text


def test_the_example_of_plan_yaml_is_a_sound_plan_and_has_every_key(tmp_path, pages):
    example = "".join(PLAN_YAML.values())
    (tmp_path / "plan.yaml").write_text(example, encoding="utf-8")
    content = (plan_folder("tiny") / "content.yaml").read_bytes()
    (tmp_path / "content.yaml").write_bytes(content)
    assert load_plan(tmp_path).warnings == []
    assert build(tmp_path).pages
    data = yaml.safe_load(example)
    for part in editor_guide.mappings():
        if part.anchor in written(data):
            assert {key.name for key in part.keys} == set(written(data)[part.anchor]), part.title
    assert set(PLAN_YAML) <= set(written(data))
    for text in PLAN_YAML.values():
        assert text in pages["guide/keys.md"]


def written(plan) -> dict[str, list[str]]:
    """Return the keys of each mapping of plan.yaml that *plan* has somewhere."""
    strands, views = plan["strands"], plan["views"]
    levels = [level for strand in strands for level in strand["levels"]]
    groups = [group for view in views for group in view["groups"]]
    found = {"state": plan["progress"].values()}
    found |= {"settings": [plan], "language": plan["languages"].values(), "wording": [plan["wording"]]}
    found |= {"strand": strands, "level": levels, "numbers": [level["name"] for level in levels]}
    found |= {"relation-kind": plan["relations"].values(), "view": views, "view-group": groups}
    found |= {"removed": plan["removed"]}
    return {name: sorted({key for each in mappings for key in each}) for name, mappings in found.items()}


def test_the_example_of_a_date_is_sound_and_has_every_key(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = tmp_path / "plan" / "content.yaml"
    text = content.read_text(encoding="utf-8")
    old = "    date: {edtf: 2025-05-02, cites: [report]}\n"
    assert old in text
    content.write_text(text.replace(old, indent(DATE, "    ")), encoding="utf-8")
    assert load_plan(tmp_path / "plan").warnings == []
    date = yaml.safe_load(DATE)["date"]
    parts = {part.anchor: {key.name for key in part.keys} for part in editor_guide.mappings()}
    assert (parts["date"], parts["alternative"]) == (set(date), set(date["alternatives"][0]))
    assert parts["earlier-date"] == set(date["earlier"][0])


def test_the_examples_of_indicators_and_progress_are_sound_and_have_every_key(tmp_path):
    shutil.copytree(plan_folder("tiny"), tmp_path / "plan")
    content = tmp_path / "plan" / "content.yaml"
    text = content.read_text(encoding="utf-8")
    old = "  - id: clean-water\n"
    assert old in text
    content.write_text(text.replace(old, old + indent(INDICATOR + PROGRESS, "    ")), encoding="utf-8")
    words = "progress: {on-track: On track, delayed: {name: Delayed, icon: pause}}\n"
    with (tmp_path / "plan" / "plan.yaml").open("a", encoding="utf-8") as settings:
        settings.write(words)
    values = "indicator,year,value,source\nnitrate,2025,36,report\n"
    (tmp_path / "plan" / "values.csv").write_text(values, encoding="utf-8")
    checked = load_plan(tmp_path / "plan")
    assert checked.warnings == []
    [indicator] = checked.plan["clean-water"].indicators
    assert [value.value for value in indicator.values] == ["39", "44", "37", "36"]
    [written] = yaml.safe_load(INDICATOR)["indicators"]
    parts = {part.anchor: {key.name for key in part.keys} for part in editor_guide.mappings()}
    assert parts["indicator"] == set(written)
    shared = {"cites", "status", "reason"}
    found = {
        "value": [written["baseline"], *written["values"]],
        "aim": written["targets"],
        "milestone": written["milestones"],
        "earlier": written["targets"][0]["earlier"],
    }
    for anchor, examples in found.items():
        keys = {key for each in examples for key in each}
        assert keys <= parts[anchor], anchor
        assert parts[anchor] - keys - shared <= {"comparator", "earlier", "value"}, anchor
    assert parts["progress"] == {
        "status",
        *(key for each in yaml.safe_load(PROGRESS)["progress"] for key in each),
    }


def test_every_form_of_a_date_is_shown(pages):
    assert len(editor_guide.date_forms()) == 9
    for form, shown in editor_guide.date_forms():
        assert f"| `{form}` | {shown} |" in pages["guide/keys.md"]


def test_the_options_of_the_plugin_are_told_and_taken(tmp_path):
    part = next(part for part in editor_guide.mappings() if part.anchor == "options")
    [plugin] = yaml.safe_load(OPTIONS)["plugins"]
    assert (
        {key.name for key in part.keys}
        == set(plugin["plan-explorer"])
        == set(PlanExplorerConfig()._schema_keys)
    )
    (tmp_path / "my-templates").mkdir()
    config = PlanExplorerConfig(str(tmp_path / "mkdocs.yml"))
    config.load_dict(plugin["plan-explorer"])
    assert config.validate() == ([], [])


def test_rules_of_a_plan_are_listed(tmp_path):
    for path in plan_folder("tiny").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("house_rules: [Mind the gap.]\nloaded_words: [sadly]\n")
    text = next(r.body for r in build(tmp_path).pages if r.page.path == "guide/index.md")
    assert "## Rules of this plan\n\n- Mind the gap.\n" in text
    assert "sadly." in text
