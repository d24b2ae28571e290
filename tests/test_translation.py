"""The words of the interface: catalogues, languages, plurals, and what scripts are told."""

import ast
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.extract import extract_from_file
from conftest import plan_folder

import plan_explorer
from plan_explorer.build import build
from plan_explorer.checking.catalogues import check_catalogues
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.model.dates import parse_date
from plan_explorer.model.settings import Numbers, Settings
from plan_explorer.package_files import builtin_templates
from plan_explorer.translation import (
    ENGLISH,
    commas,
    gettext,
    ngettext,
    pgettext,
    read_catalogue,
    said_in,
    semicolons,
    sentence_case,
    speaking,
    within_sentence,
)

FRENCH = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "about %(date)s"
msgstr "vers %(date)s"

msgid "Only what %(primary)s says"
msgstr "Seulement ce que dit %(primary)s"

#: a.js
msgid "1 result"
msgid_plural "%(n)s results"
msgstr[0] "%(n)s résultat"
msgstr[1] "%(n)s résultats"

msgctxt "of a table"
msgid "Any"
msgstr "Toutes"

#, fuzzy
msgid "Menu"
msgstr "Carte"
"""


def catalogue(folder, language, text=FRENCH, name=None):
    """Return the catalogue of *language* of a site whose own file is *text*."""
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{name or language}.po").write_text(text, encoding="utf-8")
    return read_catalogue(language, folder)


def test_a_message_is_said_in_the_language_that_is_spoken_and_else_in_english(tmp_path):
    with speaking(catalogue(tmp_path, "fr")):
        assert gettext("Only what %(primary)s says", primary="l’article") == "Seulement ce que dit l’article"
        assert [ngettext("1 result", "%(n)s results", n) for n in (0, 1, 2)] == [
            "0 résultat",
            "1 résultat",
            "2 résultats",
        ]
        assert pgettext("of a table", "Any") == "Toutes"
        assert gettext("In no catalogue: %(n)s %%", n=1) == "In no catalogue: 1 %"
    assert gettext("Only what %(primary)s says", primary="it") == "Only what it says"
    assert [ngettext("1 result", "%(n)s results", n) for n in (0, 1, 2)] == [
        "0 results",
        "1 result",
        "2 results",
    ]


def test_what_a_translator_marked_as_uncertain_is_not_said(tmp_path):
    with speaking(catalogue(tmp_path, "fr-CA", name="fr")):
        assert gettext("Menu") != "Carte"


def test_the_language_that_was_spoken_before_is_spoken_afterwards_whatever_happens(tmp_path):
    french = catalogue(tmp_path, "fr")
    with pytest.raises(ZeroDivisionError), speaking(french):
        raise ZeroDivisionError
    assert pgettext("of a table", "Any") == "Any"
    assert said_in(french, pgettext)("of a table", "Any") == "Toutes"


@pytest.mark.parametrize(
    ("language", "file", "fits"),
    [
        ("fr-CA", "fr", True),
        ("zh", "zh-Hans", True),
        ("zh-CN", "zh-Hans", True),
        ("zh-Hans-SG", "zh-Hans", True),
        ("zh-TW", "zh-Hans", False),
        ("zh-TW", "zh", False),
        ("zh-TW", "zh-Hant", True),
        ("sr", "sr-Latn", False),
        ("de", "fr", False),
    ],
)
def test_a_catalogue_fits_the_language_and_script(tmp_path, language, file, fits):
    said = catalogue(tmp_path, language, FRENCH, file).gettext("about %(date)s", date=1999)
    assert (said == "vers 1999") is fits


def test_the_nearest_catalogue_wins_message_by_message(tmp_path):
    catalogue(tmp_path, "fr")
    own = catalogue(tmp_path, "fr-CH", 'msgid "about %(date)s"\nmsgstr "environ %(date)s"\n')
    assert own.gettext("about %(date)s", date=1999) == "environ 1999"
    assert own.pgettext("of a table", "Any") == "Toutes"


def test_scripts_are_told_their_messages_and_a_form_for_each_plural_category(tmp_path):
    own = catalogue(tmp_path, "fr")
    assert own.for_scripts["1 result"] == {"one": "%(n)s résultat", "other": "%(n)s résultats"}
    assert "about %(date)s" not in own.for_scripts
    assert ENGLISH.for_scripts == {}


def test_a_file_that_is_no_catalogue_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"^fr\.po is no catalogue in the format of gettext: "):
        catalogue(tmp_path, "fr", "words: A\n")


def test_dates_are_written_as_the_language_writes_them(tmp_path):
    dates = ("2023-02-07", "2023-02", "2023", "2023~", "2023-02-07/2023-02-09")
    assert [str(parse_date(each)) for each in dates] == [
        "7 February 2023",
        "February 2023",
        "2023",
        "about 2023",
        "7–9 February 2023",
    ]
    with speaking(catalogue(tmp_path, "fr")):
        assert [str(parse_date(each)) for each in dates[:4]] == [
            "7 février 2023",
            "février 2023",
            "2023",
            "vers 2023",
        ]
    assert spoken_day("zh-Hans") == "2023年2月7日"
    assert spoken_day("xx") == "7 February 2023"


def spoken_day(language):
    """Return a day as *language* writes it."""
    with speaking(read_catalogue(language)):
        assert isinstance(read_catalogue(language).locale, Locale)
        assert parse_date("2023-02-07").first == date(2023, 2, 7)
        return str(parse_date("2023-02-07"))


def test_what_a_plan_calls_nothing_by_is_said_in_its_language(tmp_path):
    data = {
        "id": "p",
        "name": "P",
        "site_name": "P",
        "as_of": "2025",
        "primary": "s",
        "languages": {"fr": {"name": "français"}},
        "strands": [
            {
                "id": "a",
                "name": "A",
                "levels": [{"id": "b", "plural": "bs", "name": {"one": "b", "many": "b"}}],
            }
        ],
        "statuses": {"stated": "Dans le décret"},
    }
    own = catalogue(
        tmp_path,
        "fr",
        'msgid "the source"\nmsgstr "la source"\n\nmsgid "Not said"\nmsgstr "Passé sous silence"\n',
    )
    with speaking(own):
        settings = Settings.model_validate(data, context={"primary": "s", "language": "fr"})
    assert settings.wording.primary == "la source"
    assert settings.statuses["silence"] == "Passé sous silence"
    assert settings.statuses["stated"] == "Dans le décret"


CHINESE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "between the parts of a row"
msgid ", "
msgstr "、"

msgctxt "between the parts of a row"
msgid "; "
msgstr "；"
"""


def test_rows_are_parted_and_nouns_written_as_the_language_has_it(tmp_path):
    assert (commas("ab"), semicolons("ab")) == ("a, b", "a; b")
    assert (sentence_case("tasks and Aims"), within_sentence("Task")) == ("Tasks and aims", "task")
    with speaking(catalogue(tmp_path, "zh-Hans", CHINESE)):
        assert (commas("ab"), semicolons("ab")) == ("a、b", "a；b")
    with speaking(read_catalogue("de", tmp_path)):
        assert (sentence_case("die Ziele"), within_sentence("Ziel")) == ("Die Ziele", "Ziel")
    with speaking(read_catalogue("fr", tmp_path)):
        assert [*map(within_sentence, ("Mesures phares", "ODD", "É"))] == ["mesures phares", "ODD", "é"]


CALLS = {"N_": 0, "gettext": 0, "ngettext": 0, "pgettext": 1}
"""What says messages, and which of its values is the first that is one."""


def test_babel_finds_every_message_of_the_code():
    """It reads no message within an f-string."""
    keywords = {"N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    for path in sorted(Path(plan_explorer.__file__).parent.rglob("*.py")):
        text = path.read_text("utf-8")
        if "plan_explorer.translation import" not in text:
            continue
        found = set()
        for _, words, *_ in extract_from_file("python", path, keywords):
            found |= {words} if isinstance(words, str) else set(words)
        calls = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)]
        named = [(each, each.func.id) for each in calls if isinstance(each.func, ast.Name)]
        said = [call.args[CALLS[name]] for call, name in named if name in CALLS]
        assert [
            each.value for each in said if isinstance(each, ast.Constant) and each.value not in found
        ] == []


def test_a_noun_of_the_plan_has_the_form_that_stands_behind_its_number():
    goals = Numbers(one="هدف", many="هدفًا", forms={"two": "هدفان", "few": "أهداف", "other": "هدف"})
    with speaking(read_catalogue("ar")):
        assert [goals.of(n) for n in (1, 2, 3, 11, 100)] == ["هدف", "هدفان", "أهداف", "هدفًا", "هدف"]
    with speaking(read_catalogue("fr")):
        assert [Numbers(one="but", many="buts").of(n) for n in (0, 1, 2)] == ["but", "but", "buts"]
    assert [Numbers(one="aim", many="aims").of(n) for n in (0, 1, 2)] == ["aims", "aim", "aims"]


FAULTS = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "about %(date)s"
msgstr "vers %(dat)s"

msgid "Version of %(date)s"
msgstr "Version"

msgid "%(n)s term"
msgid_plural "%(n)s terms"
msgstr[0] "un mot"
msgstr[1] ""

msgid "Labels"
msgstr "100 %"

msgid "Serch"
msgstr "Chercher"

msgid "My own"
msgstr "Le mien"
"""


def test_each_fault_of_a_catalogue_is_told_with_its_place_and_a_hint(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "fr.po").write_text(FAULTS, encoding="utf-8")
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "own.md").write_text('{{ _("My own") }}', encoding="utf-8")
    found = list(check_catalogues(tmp_path))
    assert [(each.code, each.location.line, each.message, each.hint) for each in found] == [
        ("bad-message", 6, "“about %(date)s” has no value 'dat'", "did you mean 'date'?"),
        ("bad-message", 9, "“Version” leaves out 'date'", "write '%(date)s' where its value is to stand"),
        ("bad-message", 12, "“%(n)s term” has no form for msgstr[1]", "give all 2 plural forms: (n > 1)"),
        ("bad-message", 17, "“100 %” has a % that no value follows", "write %% for a percent sign"),
        ("unknown-message", 20, "there is no message “Serch”", "did you mean 'search'?"),
    ]
    assert [each.warning for each in found] == [False] * 4 + [True]
    with pytest.raises(PlanError) as error:
        build(plan_folder("rivage"), overrides=tmp_path, formats=())
    assert [each.code for each in error.value.problems] == ["bad-message"] * 4


def test_nothing_is_wrong_with_the_catalogues_of_the_program():
    folder = builtin_templates()
    assert "%%" in (folder / "words" / "fr.po").read_text("utf-8")
    assert list(check_catalogues(folder)) == []


def test_a_message_that_there_is_not_is_a_warning(tmp_path):
    catalogue(tmp_path, "fr", 'msgid "Serch"\nmsgstr "Chercher"\n')
    warnings = build(plan_folder("rivage"), overrides=tmp_path, formats=()).warnings
    assert [each.code for each in warnings if each.location.path == "words/fr.po"] == ["unknown-message"]
