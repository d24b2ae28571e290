"""What each translation translates is remembered, and told when the original changes."""

import yaml
from click.testing import CliRunner
from conftest import plan_folder

from plan_explorer.cli.main import cli


def write(folder, **summaries):
    """Write the tiny plan in English and French, with *summaries* in both."""
    data = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in plan_folder("tiny").glob("*.yaml")}
    plan = data["plan.yaml"]
    plan["languages"] = {"en": {"name": "English"}, "fr": {"name": "French", "expected": False}}
    plan["editions"] = ["en", "fr"]
    for entries in data["content.yaml"].values():
        for entry in entries:
            if texts := summaries.get(entry["id"].replace("-", "_")):
                entry["summary"] = texts
    folder.mkdir(exist_ok=True)
    for name, each in data.items():
        (folder / name).write_text(yaml.safe_dump(each, allow_unicode=True, sort_keys=False), "utf-8")


def run(*arguments):
    """Return what a command prints."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return result.output


OLD = {"en": "Water that leaves a field. [@report]", "fr": "Eau qui quitte un champ."}
NEW = {**OLD, "en": "Rain that leaves a field. [@report]"}


def stale(folder):
    """Return the lines of the report on stale translations."""
    return [line for line in run("report", str(folder), "--only", "stale").splitlines() if "fr: " in line]


def test_a_translation_is_stale_once_its_original_has_changed(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff=OLD)
    run("publish", "--plan", str(folder))
    assert stale(folder) == []
    write(folder, runoff=NEW)
    (line,) = stale(folder)
    assert "content.yaml:" in line
    assert "fr: Eau qui quitte un champ." in line
    run("publish", "--plan", str(folder))
    assert stale(folder) == [line], "publishing says nothing about it"
    run("review", "runoff", "--accept", "--plan", str(folder))
    assert stale(folder) == []


def test_a_translation_that_was_mended_is_no_longer_stale(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff=OLD)
    run("publish", "--plan", str(folder))
    write(folder, runoff={**NEW, "fr": "Pluie qui quitte un champ."})
    assert stale(folder) == []
    run("publish", "--plan", str(folder))
    text = (folder / "translations.txt").read_text("utf-8")
    assert len([line for line in text.splitlines() if not line.startswith("#")]) == 1


def test_the_same_words_elsewhere_are_the_same_translation(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff=OLD)
    run("publish", "--plan", str(folder))
    write(folder, clean_air=OLD)
    assert stale(folder) == []


def test_the_report_counts_what_is_told_in_each_edition(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff=OLD)
    told = run("report", str(folder), "--only", "untranslated-fr")
    assert "1 of " in told
    assert "statements are told in fr" in told
    assert "The paper asks for clean air." in told
    assert "Water that leaves" not in told


def test_a_plan_in_one_language_has_no_list(tmp_path):
    folder = tmp_path / "plan"
    write(folder)
    run("publish", "--plan", str(folder))
    assert not (folder / "translations.txt").exists()


def test_a_damaged_list_is_told(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff=OLD)
    (folder / "translations.txt").write_text("fr what\n", "utf-8")
    result = CliRunner().invoke(cli, ["report", str(folder)])
    assert result.exit_code == 1
    assert "translations.txt:1" in result.output
    assert "this line is not about two texts" in result.output


def test_a_word_that_translates_two_others_is_not_stale(tmp_path):
    folder = tmp_path / "plan"
    write(folder, runoff={"en": "Run-off. [@report]", "fr": "Ruissellement."})
    run("publish", "--plan", str(folder))
    write(
        folder,
        runoff={"en": "Run-off. [@report]", "fr": "Ruissellement."},
        clean_water={"en": "Surface runoff. [@paper p1.1]", "fr": "Ruissellement."},
    )
    assert stale(folder) == []
