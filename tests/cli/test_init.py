"""How a plan begins: by questions, by options, from a text or a table; what is there stays."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from mkdocs.commands.build import build
from mkdocs.config import load_config

from plan_explorer.cli import init
from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan

SAMPLES = ROOT / "tests" / "importers" / "samples"
DAY = ("--as-of", "2026-01-31")


def run(*args, answers: str | None = None):
    return CliRunner().invoke(cli, ["init", *map(str, args)], input=answers)


@pytest.fixture
def terminal(monkeypatch):
    """Have the command ask, although the runner is no terminal."""
    monkeypatch.setattr(init, "is_terminal", lambda: True)


def plan_in(folder: Path):
    """Return the plan in *folder*, which must be sound and without a warning."""
    checked = load_plan(folder / "content" / "plan")
    assert checked.warnings == []
    assert checked.unverified == []
    return checked.plan


def test_without_a_terminal_a_small_sound_plan_is_written(tmp_path):
    result = run(tmp_path / "town-pond", *DAY)
    assert result.exit_code == 0, result.output
    assert "mkdocs serve --livereload" in result.output
    plan = plan_in(tmp_path / "town-pond")
    assert plan.settings.site_name == "Town pond"
    assert [level.plural for level in plan.settings.levels.values()] == ["goals", "measures"]
    said = {said.statement.status for entity in plan for said in plan.said[entity.id]}
    assert said >= {"stated", "inferred", "silence", "editorial"}
    assert [item.under for item in plan.items if item.level == "measure"] == [
        *["cleaner-water"] * 2,
        "a-greener-shore",
    ]
    assert {link.kind for item in plan.items for link in item.relations} == {"supports", "carried-out-by"}
    assert (len(plan.actors), len(plan.events), len(plan.terms), len(plan.sources)) == (1, 1, 1, 1)
    assert plan.primary.has_fingerprints


def test_the_example_stays_an_example(tmp_path):
    """No text is published under the name of another, nor shown in full, nor under terms nobody gave."""
    run(tmp_path / "example", *DAY)
    plan = plan_in(tmp_path / "example")
    assert (plan.primary.id, plan.title(plan.primary)) == ("pond-charter", "Pond charter")
    assert (plan.primary.text.show, plan.primary.text.licence) == ("opening", "")
    result = run(tmp_path / "named", "--source", "Norddal programme", *DAY)
    plan = plan_in(tmp_path / "named")
    assert [(source.id, source.text.file, source.outline) for source in plan.sources] == [
        ("norddal-programme", "", ())
    ]
    assert "pond" not in " ".join(
        path.read_text(encoding="utf-8")
        for path in (tmp_path / "named" / "content" / "plan").rglob("*")
        if path.suffix in (".yaml", ".txt")
    )
    assert {said.statement.status for entity in plan for said in plan.said[entity.id]} == {"editorial"}
    text = tmp_path / "named" / "content" / "plan" / "texts" / "programme.txt"
    assert "'plan-explorer outline content/plan/texts/FILE --source norddal-programme'" in result.output
    text.parent.mkdir()
    text.write_text("We build two harbours. We dredge one.\n", encoding="utf-8")
    folder = str(tmp_path / "named" / "content" / "plan")
    outlined = CliRunner().invoke(cli, ["outline", str(text), folder, "--source", "norddal-programme"])
    assert outlined.exit_code == 0, outlined.output
    source = load_plan(tmp_path / "named" / "content" / "plan").plan.primary
    written = (tmp_path / "named" / "content" / "plan" / "sources.yaml").read_text(encoding="utf-8")
    assert written.rstrip().endswith("}")  # no comment that was about the source stands below its outline
    assert (source.text.file, source.text.show, source.text.licence) == ("texts/programme.txt", "opening", "")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "holds an example in every file"),
        (("--source", "A plan"), "'plan-explorer outline content/plan/texts/FILE --source a-plan'"),
        (("--from", "a.txt"), "content/plan/entries.yaml was made from the text"),
    ],
)
def test_it_says_what_to_replace(options, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("We plant trees.\n", encoding="utf-8")
    assert words in run("p", *options, *DAY).output


def test_it_says_that_nothing_was_asked(tmp_path, terminal):
    said = "nothing was asked, as this is no terminal; taken instead: "
    assert said not in run(tmp_path / "p", *DAY, answers="\n" * 9).output


def test_answers_that_nobody_reads_are_told(tmp_path):
    output = run(tmp_path / "my-pond", "--language", "fr", *DAY, answers="Other name\nde\n").output
    words = "--name 'My pond' --levels 'Goal/Goals, Measure/Measures' --source 'Pond charter'"
    assert f"nothing was asked, as this is no terminal; taken instead: {words}\n" in output


def test_the_same_answers_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        run(tmp_path / name, "--name", "One", *DAY)
    one, other = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()}
        for n in ("a", "b")
    )
    assert one == other


def test_the_site_has_the_name_of_the_plan(tmp_path):
    run(tmp_path, "--name", "Pond & plan", *DAY)
    config = load_config(str(tmp_path / "mkdocs.yml"), strict=True)
    build(config)
    assert config.site_name == "Pond & plan"
    page = (tmp_path / "site" / "about.html").read_text(encoding="utf-8")
    assert "Pond &amp; plan</title>" in page


@pytest.mark.parametrize(
    "words",
    [
        'O\'Hara: #1 "[x]" {y} & <b>*',
        "yes",
        "2030",
        "@home [@paper p1]",
        "目标 и цель",
        "- a\n\tb",
        "Example",
        "\u202eabc",
    ],
)
def test_any_words_are_taken_as_they_are(words, tmp_path):
    levels = f"{words.replace(',', '')}/{words.replace('/', '')}, Actor/Actors, Index/Index, Plan/Sources"
    options = ("--name", words, "--source", words, "--levels", levels, "--other-languages", "fr,zh-Hans")
    result = run(tmp_path / "p", *options, *DAY)
    assert result.exit_code == 0, result.output
    plan = plan_in(tmp_path / "p")
    shown = " ".join(words.replace("\u202e", "").split())
    assert plan.title(plan.primary) == plan.settings.site_name == shown
    assert next(iter(plan.settings.levels.values())).name.one == shown


@pytest.mark.parametrize("levels", ["Goal", "Goal/Goals", "A, B, C, D, E"])
def test_there_may_be_any_number_of_levels(levels, tmp_path):
    assert run(tmp_path, "--levels", levels, *DAY).exit_code == 0
    assert len(plan_in(tmp_path).settings.levels) == levels.count(",") + 1


def test_a_text_becomes_entries_and_an_outline(tmp_path):
    text = tmp_path / "River Charter.md"
    text.write_text(
        "# One\n\n2025. The *first* year. It has `no` end @all.\n\n> # Quoted\n\n***\n\nLast: [x](y).\n",
        encoding="utf-8",
    )
    result = run(tmp_path / "p", "--from", text, *DAY)
    assert result.exit_code == 0, result.output
    plan = plan_in(tmp_path / "p")
    assert plan.settings.site_name == "River Charter"
    assert plan.primary.text.file == "texts/river-charter.md"
    assert sum(len(passage.sentences) for passage in plan.primary.passages) >= 3
    verified = CliRunner().invoke(cli, ["verify", str(tmp_path / "p" / "content" / "plan")])
    assert "0 weak, 0 absent" in verified.output


@pytest.mark.parametrize("name", ["town", "river"])
def test_the_texts_of_other_plans_become_plans(name, tmp_path):
    for text in sorted((ROOT / "tests" / "plans" / name / "texts").iterdir()):
        assert run(tmp_path / text.stem, "--from", text, *DAY).exit_code == 0
        plan_in(tmp_path / text.stem)


def test_the_text_may_be_missing_where_the_plan_is_checked(tmp_path):
    run(tmp_path, *DAY)
    (tmp_path / "content" / "plan" / "texts" / "pond.txt").unlink()
    plan_in(tmp_path)


def test_a_table_is_imported(tmp_path, monkeypatch):
    table = tmp_path / "aims.csv"
    table.write_text("Goal,Measure,Due\nClean water,Filter,2030\nClean water,Test,2031\n", encoding="utf-8")
    result = run(tmp_path / "p", "--from", table, *DAY)
    assert result.exit_code == 0, result.output
    assert len(load_plan(tmp_path / "p" / "content" / "plan").plan.items) == 3
    assert (tmp_path / "p" / "content" / "plan" / "import.md").is_file()
    assert (tmp_path / "p" / "content" / "plan" / "schema" / "content.json").is_file()
    assert (tmp_path / "p" / ".gitlab-ci.yml").is_file()
    assert not list(tmp_path.glob("*.mapping*"))
    again = next(line for line in result.output.split("\n") if line.startswith("  plan-explorer import"))
    monkeypatch.chdir(tmp_path / "p")
    imported = CliRunner().invoke(cli, again.split()[1:])
    assert imported.exit_code == 0, imported.output


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_plan_may_begin_with_any_format_that_is_imported(path, tmp_path):
    result = run(tmp_path, "--from", path, *DAY)
    assert result.exit_code == 0, result.output
    plan_in(tmp_path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--language", "English (UK)"), "'English (UK)' is not a language tag"),
        (("--other-languages", "fr,?"), "'?' is not a language tag"),
        (("--levels", "Goal/Goals,,"), "has a level without a name; write 'Goal/Goals"),
        (("--levels", "Goal,goal"), "has two levels of one name"),
        (("--name", " "), "Invalid value for '--name': write at least a word"),
        (("--as-of", "soon"), "'soon' is not a valid date"),
        (("--from", "missing.txt"), "there is no such file"),
        (("--from", "missing.csv"), "this file does not exist"),
        (("--from", "plan.odt"), "'.odt' is not a format to begin with"),
        (("--from", "a.csv", "--name", "A"), "--name: 'a.csv' says so itself"),
    ],
)
def test_a_wrong_option_is_answered_and_nothing_written(options, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("p", *options)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_title_of_a_text_is_no_part_of_the_name_of_its_first_section(tmp_path):
    text = "# Our plan\n\n## Water: clean\n\nIt is clean.\n\n## Air\n\nIt is fresh.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert run(tmp_path / "p", "--from", tmp_path / "a.md", *DAY).exit_code == 0
    plan = plan_in(tmp_path / "p")
    assert [plan.title(item) for item in plan.items if not item.under] == ["Water: clean", "Air"]


def test_a_plan_is_named_after_its_text_and_numbered_headings_become_codes(tmp_path):
    headed = {
        "1. Safer streets": "It is safe.",
        "2 goals for schools": "It is near.",
        "2.1 Money": "It is there.",
    }
    text = "\n\n".join(["Walking plan 2030", *(f"{head}\n\n{says}" for head, says in headed.items())])
    (tmp_path / "draft-7.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path / "p", "--from", tmp_path / "draft-7.txt", *DAY).exit_code == 0
    plan = plan_in(tmp_path / "p")
    assert plan.settings.site_name == plan.title(plan.primary) == "Walking plan 2030"
    assert [(item.id, item.code, plan.title(item)) for item in plan.items if not item.under] == [
        ("safer-streets", "1", "Safer streets"),
        ("2-goals-for-schools", "", "2 goals for schools"),
        ("money", "2.1", "Money"),
    ]


def test_an_id_that_is_cut_ends_with_a_word_that_means_something(tmp_path):
    text = "Harbour charter of Norddal\n\nWork\n\nThe town will:\n- every dock worker gets a contract\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path / "p", "--from", tmp_path / "a.txt", *DAY).exit_code == 0
    plan = load_plan(tmp_path / "p" / "content" / "plan").plan
    assert plan.primary.id == "harbour-charter"
    assert "The town will" in [plan.title(item) for item in plan.items]
    assert ("every-dock-worker-gets", "Every dock worker gets a contract") in [
        (item.id, plan.title(item)) for item in plan.items
    ]


def test_languages_have_their_usual_tags(tmp_path):
    options = ("--language", "eng", "--other-languages", "EN, ZH-hans, pt_br")
    assert run(tmp_path, *options, *DAY).exit_code == 0
    found = plan_in(tmp_path).settings.languages
    assert {tag: each.name for tag, each in found.items()} == {
        "en": "English",
        "zh-Hans": "Chinese (Simplified)",
        "pt-BR": "Portuguese (Brazil)",
    }


def test_a_project_gets_the_examples_for_servers_and_is_told_how_to_build(tmp_path):
    result = run(tmp_path, *DAY)
    assert "mkdocs build" in result.output
    assert "hosting/" in result.output
    for name in ("nginx.conf", "Caddyfile", "_headers"):
        assert "Content-Security-Policy" in (tmp_path / "hosting" / name).read_text(encoding="utf-8")


def test_a_text_of_headings_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Only\n\nHeadings\n", encoding="utf-8")
    assert "only headings" in run(tmp_path / "p", "--from", tmp_path / "a.txt").output


@pytest.mark.parametrize(
    "path", ["mkdocs.yml", ".gitignore", "content/plan/more.yaml", ".github/workflows/site.yml"]
)
def test_what_is_there_stays(path, tmp_path):
    there = tmp_path / path
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("mine", encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "there is already" in result.output
    assert "[not-ours]" in result.output
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [there]
    assert there.read_text(encoding="utf-8") == "mine"


def test_nothing_is_asked_where_nothing_can_be_written(tmp_path, terminal):
    (tmp_path / "mkdocs.yml").write_text("", encoding="utf-8")
    assert "Name of the plan" not in run(tmp_path, answers="").output


def test_a_folder_with_other_files_is_fine(tmp_path):
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert run(tmp_path, *DAY).exit_code == 0


def test_a_folder_that_is_a_file_or_locked_is_answered(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(tmp_path / "file").exit_code == 2
    result = run(tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_a_beginner_is_asked_until_the_answer_fits(tmp_path, terminal):
    text = tmp_path / "a.txt"
    text.write_text("We plant trees. We water them.\n", encoding="utf-8")
    answers = f"My forest\n?\nde\nfr\nZiel/Ziele\nmissing.txt\n{text}\nDer Wald\n"
    result = run(tmp_path / "p", *DAY, answers=answers)
    assert result.exit_code == 0, result.output
    assert "'?' is not a language tag" in result.output
    assert "there is no file 'missing.txt'" in result.output
    plan = plan_in(tmp_path / "p")
    assert plan.settings.site_name == "My forest"
    assert {tag: each.name for tag, each in plan.settings.languages.items()} == {
        "de": "Deutsch",
        "fr": "Französisch",
    }
    assert plan.title(plan.primary) == "Der Wald"
    assert [item.level for item in plan.items] == ["ziel"]


def test_nothing_is_asked_that_an_option_says(tmp_path, terminal):
    options = (
        "--name",
        "A",
        "--language",
        "en",
        "--other-languages",
        "",
        "--levels",
        "Goal",
        "--source",
        "B",
    )
    assert run(tmp_path / "p", *options, *DAY, answers="").exit_code == 0


@pytest.mark.slow
def test_on_a_real_terminal_empty_answers_give_the_example(tmp_path):
    main, side = pty.openpty()
    command = [sys.executable, "-m", "plan_explorer", "init", *DAY]
    with subprocess.Popen(command, cwd=tmp_path, stdin=side, stdout=side, stderr=side) as process:
        os.close(side)
        os.write(main, b"\n" * 6)
        assert process.wait(300) == 0
    os.close(main)
    plan_in(tmp_path)
