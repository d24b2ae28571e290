"""Texts in several languages: which one is read, and what a translation rests on."""

import pytest
import yaml
from conftest import plan_folder

from plan_explorer.checking.translations import check_translations
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.loading.checked_plan import load_plan


def plan_in(folder, *edits, editions="[en, fr]"):
    """Return the tiny plan with French beside English and *edits*: its entries by id, changed."""
    data = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in plan_folder("tiny").glob("*.yaml")}
    data["plan.yaml"]["languages"]["fr"] = {"name": {"en": "French", "fr": "français"}, "expected": False}
    data["plan.yaml"]["languages"]["en"] = {"name": {"en": "English", "fr": "anglais"}}
    data["plan.yaml"]["editions"] = yaml.safe_load(editions)
    for file, change in edits:
        change(data[file])
    folder.mkdir(exist_ok=True)
    for name, each in data.items():
        (folder / name).write_text(yaml.safe_dump(each, allow_unicode=True, sort_keys=False), "utf-8")
    return load_plan(folder, "plan")


def entry(data, id):
    """Return the entry called *id* in the *data* of a file."""
    return next(each for entries in data.values() for each in entries if each["id"] == id)


def put(id, **values):
    """Return a change that puts *values* into an entry."""
    return "content.yaml", lambda data: entry(data, id).update(values)


RUNOFF = {"en": "Water that leaves a field. [@report]", "fr": "Eau qui quitte un champ."}


@pytest.mark.parametrize("form", ["short", "long"])
def test_a_statement_is_told_in_each_language_and_rests_on_the_same(tmp_path, form):
    summary = RUNOFF if form == "short" else {"text": RUNOFF, "status": "background"}
    checked = plan_in(tmp_path / "plan", put("runoff", summary=summary))
    french = checked.editions["fr"]
    (ours,), (theirs,) = checked.plan.said["runoff"], french.said["runoff"]
    assert ours.statement.words == "Water that leaves a field."
    assert theirs.statement.words == "Eau qui quitte un champ."
    assert theirs.statement.cites == ours.statement.cites != ()
    assert (theirs.statement.status, theirs.statement.language) == ("background", "")
    assert theirs.place == ours.place
    assert theirs.holder is french["runoff"]


def test_what_is_not_translated_is_told_as_it_is_and_says_in_which_language(tmp_path):
    french = plan_in(tmp_path / "plan", put("runoff", summary=RUNOFF)).editions["fr"]
    assert french.said["clean-air"][0].statement.language == "en"
    assert french.said["less-runoff"][0].statement.language == "en"


def test_every_statement_has_the_address_of_the_original_in_every_language(tmp_path):
    because = {"en": "Both need fewer fumes. [@paper p1.2]", "fr": "Les deux demandent moins de fumées."}
    relations = [{"supports": "clean-air", "because": because, "status": "inferred"}]
    checked = plan_in(
        tmp_path / "plan", put("runoff", summary=RUNOFF), put("less-runoff", relations=relations)
    )
    french = checked.editions["fr"]
    for id, refs in checked.plan.said.items():
        assert [ref.place for ref in refs] == [ref.place for ref in french.said[id]]
    (relation,) = french["less-runoff"].relations
    assert relation.says.words == "Les deux demandent moins de fumées."
    assert [str(place) for place in relation.says.cites] == ["paper p1.2"]


def test_what_is_said_of_a_source_rests_on_it_in_every_language(tmp_path):
    says = {"en": "It is short.", "fr": "Il est court."}

    def change(data):
        paper = entry(data, "paper")
        paper |= {"summary": {**says}, "statements": [{**says}], "notes": [{**says}]}
        paper["outline"][0]["passages"][0] |= {"summary": {**says}, "notes": [{**says}]}

    checked = plan_in(tmp_path / "plan", ("content.yaml", change))
    french = checked.editions["fr"].said["paper"]
    told = [(ref.statement.words, ref.statement.cited, ref.statement.status) for ref in french]
    assert told == [
        ("Il est court.", "@paper", "stated"),
        ("Il est court.", "@paper", "stated"),
        ("Il est court.", "@paper", "wording"),
        ("Il est court.", "@paper p1", "stated"),
        ("Il est court.", "@paper p1", "wording"),
        ("Who is to act.", "@paper p2", "stated"),
    ]


def test_a_note_is_one_about_the_wording_in_every_language(tmp_path):
    note = {"en": "“Runoff” is one word. [@paper p1.1]", "fr": "« Ruissellement » est un mot."}
    checked = plan_in(tmp_path / "plan", put("runoff", notes=[note]))
    told = checked.editions["fr"].said["runoff"]
    assert [ref.statement.status for ref in told] == ["background", "wording"]


def test_settings_may_be_in_several_languages_too(tmp_path):
    def change(data):
        data["site_name"] = {"en": "Tiny explorer", "fr": "Petit plan"}
        data["wording"] = {
            "primary": {"en": "the paper", "fr": "le document"},
            "method": {"en": "A.", "fr": "B."},
        }
        data["strands"][0]["name"] = {"en": "Aims", "fr": "Buts"}
        data["strands"][0]["levels"][0]["name"] = {
            "en": {"one": "Goal", "many": "Goals"},
            "fr": {"one": "but", "many": "buts"},
        }
        data["actor_kinds"] = {"body": {"en": "Bodies", "fr": "Organes"}}
        data["relations"]["supports"] = {
            "name": {"en": "supports", "fr": "soutient"},
            "inverse": {"en": "is supported by", "fr": "est soutenu par"},
        }

    checked = plan_in(tmp_path / "plan", ("plan.yaml", change))
    settings, french = checked.plan.settings, checked.editions["fr"].settings
    assert (settings.site_name, french.site_name) == ("Tiny explorer", "Petit plan")
    assert (settings.wording.primary, french.wording.primary) == ("the paper", "le document")
    assert (settings.wording.method, french.wording.method) == ("A.", "B.")
    assert french.strands[0].name == "Buts"
    assert french.levels["goal"].name.many == "buts"
    assert (settings.levels["goal"].name.many, french.levels["step"].name.many) == ("Goals", "Steps")
    assert (settings.actor_kinds["body"], french.actor_kinds["body"]) == ("Bodies", "Organes")
    assert french.relations["supports"].inverse == "est soutenu par"
    assert (settings.language, french.language) == ("en", "fr")
    assert [each.name for each in french.languages.values()] == ["français", "anglais"]


def test_names_are_kept_in_every_language(tmp_path):
    name = {"en": "Runoff", "fr": "Ruissellement"}
    checked = plan_in(tmp_path / "plan", put("runoff", name=name))
    for plan in (checked.plan, checked.editions["fr"]):
        assert {tag: each.text for tag, each in plan["runoff"].name.items()} == name
    assert checked.editions["fr"].title(checked.editions["fr"]["runoff"]) == "Ruissellement"
    assert checked.editions["fr"].title(checked.editions["fr"]["council"]) == "The council"


def test_a_plan_without_editions_may_have_texts_in_several_languages(tmp_path):
    checked = plan_in(tmp_path / "plan", put("runoff", summary=RUNOFF), editions="[]")
    assert checked.plan["runoff"].summary.words == "Water that leaves a field."
    assert checked.editions == {}


def test_a_text_in_another_language_only_is_told_in_that(tmp_path):
    checked = plan_in(tmp_path / "plan", put("runoff", summary={"fr": "Eau. [@report]"}), editions="[en]")
    statement = checked.plan["runoff"].summary
    assert (statement.words, statement.language) == ("Eau.", "fr")
    assert [str(place) for place in statement.cites] == ["report"]


def test_a_translation_may_repeat_its_citations_and_no_others(tmp_path):
    same = {"en": "Water. [@report]", "fr": "L’eau [@report] quitte un champ."}
    assert list(check_translations(plan_in(tmp_path / "a", put("runoff", summary=same)).editions["fr"])) == []
    other = {"text": {"en": "Water. [@report]", "fr": "Eau. [@paper p1]"}}
    with pytest.raises(PlanError, match="this is told in fr with other citations than in en") as error:
        plan_in(tmp_path / "b", put("runoff", summary=other))
    (problem,) = error.value.problems
    assert problem.excerpt.strip().startswith("fr: Eau.")


def test_what_is_wrong_in_a_translation_only_is_told(tmp_path):
    broken = {"en": "Water. [@report]", "fr": "Eau. [@]"}
    with pytest.raises(PlanError, match="is not a valid citation"):
        plan_in(tmp_path / "plan", put("runoff", summary=broken))
