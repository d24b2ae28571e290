"""What tables look like elsewhere: their trees, heads, sheets, dates and languages."""

import time
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from bringing import bring, tree
from openpyxl.styles import Alignment

from plan_explorer.importers.cell_dates import read_cell_date
from plan_explorer.importers.clean_text import markdown_paragraphs, plain_paragraphs, title
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.site.views.item import names_who_acts


def plan_of(words: str, folder, *options: object):
    """Return the plan that a table in CSV becomes below *folder*."""
    path = folder / "t.csv"
    path.write_text(words, encoding="utf-8")
    bring("csv", path, "--into", folder / "plan", "--as-of", "2025-01-01", *options)
    return load_plan(folder / "plan").plan


TREES = {
    "by codes": (
        "Nr;Bezeichnung\n1;Luft\n1.1;Messen\n1.1.1;Geräte\n1.10;Melden\n2;Wasser\n",
        ["1 Luft", "  1.1 Messen", "    1.1.1 Geräte", "  1.10 Melden", "2 Wasser"],
    ),
    "by codes that no heading names": (
        "Where,What it says\n1,Air\n1.1,Measure\n2,Water\n",
        ["1 Air", "  1.1 Measure", "2 Water"],
    ),
    "by numbers in front of names": (
        "Name,Text\n1. Air,x\n1.1 Measure,y\n2. Water,z\n",
        ["1 Air", "  1.1 Measure", "2 Water"],
    ),
    "by codes with letters": (
        "Code,Title\nGV,Govern\nGV.OC,Context\nGV.OC-01,Mission\n",
        ["GV Govern", "  GV.OC Context", "    GV.OC-01 Mission"],
    ),
    "by pairs of code and name": (
        "chapter_id,chapter_name,section_id,section_name,req_id,description\n"
        "V1,Design,V1.1,Process,V1.1.1,Verify it.\nV1,Design,V1.2,Login,V1.2.1,Verify that.\n",
        ["V1 Design", "  V1.1 Process", "    V1.1.1", "  V1.2 Login", "    V1.2.1"],
    ),
    "by indentation": (
        "Goal\nAir\n  Measure\n    Devices\n  Report\nWater\n",
        ["Air", "  Measure", "    Devices", "  Report", "Water"],
    ),
    "by depth": (
        "depth,ref_id,name\n1,A,Air\n2,A.x,Measure\n3,,Devices\n2,B,Report\n1,C,Water\n",
        ["A Air", "  A.x Measure", "    Devices", "  B Report", "C Water"],
    ),
    "by levels of which some are empty": (
        "Axe (x);Sous-axe (x.x);Titre de l'action;Titre de la sous-action;Descriptif\n"
        "Air;;Mesurer;;Tout\nAir;Dehors;Planter;Creuser;\nEau;;Garder;;\n",
        ["Air", "  Mesurer", "  Dehors", "    Planter", "      Creuser", "Eau", "  Garder"],
    ),
    "by levels beside their numbers": (
        "AimNumber,AimTitle,StepsNumber,Steps,PartsNumber,Parts,OfficePartCodes\n"
        "1,Air,1.1,Measure,1.1.1,Buy devices,C1\n1,Air,1.1,Measure,1.1.2,Read them,C2\n",
        ["1 Air", "  1.1 Measure", "    1.1.1 Buy devices", "    1.1.2 Read them"],
    ),
    "by groups of rows": (
        "Req,#,Category,Detail\n1,1.1,V1. Air,Measure it.\n2,1.2,V1. Air,Tell it.\n"
        "3,2.1,V2. Water,Dig.\n4,2.2,V2. Water,Fill.\n5,2.3,V2. Water,Wait.\n",
        ["V1. Air", "  1.1", "  1.2", "V2. Water", "  2.1", "  2.2", "  2.3"],
    ),
    "by groups of groups": (
        "Category,Subcategory,Requirement\nAir,Out,Measure\nAir,Out,Tell\nAir,In,Open\nWater,Rain,Dig\n",
        ["Air", "  Out", "    Measure", "    Tell", "  In", "    Open", "Water", "  Rain", "    Dig"],
    ),
    "by a level and a name": (
        "Objectif,Intitulé,Pilote\nAir,Mesurer,A\nAir,Planter,B\nEau,Creuser,A\n",
        ["Air", "  Mesurer", "  Planter", "Eau", "  Creuser"],
    ),
    "by numbers behind a word": (
        "Goals and targets,Where\nGoal 1. Air,x\n1.1 Measure,y\n1.a Tell,z\nGoal 2. Water,x\n2.1 Dig,y\n",
        ["1 Air", "  1.1 Measure", "  1.a Tell", "2 Water", "  2.1 Dig"],
    ),
    "by parents": (
        "identifiantReferentiel,titre,parents\ncae_1.a,Air,\ncae_1.b,Dehors,cae_1.a\n",
        ["cae_1.a Air", "  cae_1.b Dehors"],
    ),
    "not by labels that cross": (
        "name,category,priority\nFirewall,technical,1\nPlan,policy,2\nScan,technical,2\nDrill,policy,1\n",
        ["Firewall", "Plan", "Scan", "Drill"],
    ),
    "by codes of what they number": (
        "action_id,control_ref,actionName,city\nA-1,1.4,Dig,Lima\nA-2,1.4,Fill,Quito\n",
        ["A-1 Dig", "A-2 Fill"],
    ),
    "not by a column that is empty": ("Axe;Titre de l'action\n;Mesurer\n;Planter\n", ["Mesurer", "Planter"]),
    "in French": (
        "Axe,Objectif,Titre de l'action,Pilote (direction),Échéance\n"
        "Climat,Réduire,Isoler,DGE,2030\nClimat,Réduire,Planter,DGE,2031\n",
        ["Climat", "  Réduire", "    Isoler", "    Planter"],
    ),
    "in Spanish": ("Eje,Medida,Plazo\nAire,Medir,2030\nAire,Avisar,2031\n", ["Aire", "  Medir", "  Avisar"]),
    "by numbers of several styles": (
        "序号,任务\n一,治水\n1,测量\n2,公布\n二,治气\n3,监测\n",
        ["一 治水", "  1 测量", "  2 公布", "二 治气", "  3 监测"],
    ),
    "by numbers of three styles": (
        "序号,任务\n第一章,治水\n（一）,测量\n1,水位\n2,水质\n（二）,公布\n第二章,治气\n",
        ["第一章 治水", "  （一） 测量", "    1 水位", "    2 水质", "  （二） 公布", "第二章 治气"],
    ),
    "by numbers of several styles in front of names": (
        "任务,时间\n一、治水,2026\n（一）测量,2026\n（二）公布,2027\n二、治气,2028\n（一）监测,2028\n",
        ["一 治水", "  （一） 测量", "  （二） 公布", "二 治气", "  （一） 监测"],
    ),
    "by Roman numbers": (
        "Nr;Bezeichnung\nI.;Luft\n1.;Messen\n2.;Melden\nII.;Wasser\n1.;Graben\n",
        ["I. Luft", "  1. Messen", "  2. Melden", "II. Wasser", "  1. Graben"],
    ),
    "by a level of which no heading of a name says more": (
        "Pillar,Ref,Action,Lead\nAir,1.1,Measure,City\n,1.2,Tell,City\nWater,2.1,Dig,Port\n",
        ["Air", "  1.1 Measure", "  1.2 Tell", "Water", "  2.1 Dig"],
    ),
    "not by what is to be done about each row": (
        "risk_id,title,cause,actions\nR1,Flood,Rain,Dig\nR2,Fire,Heat,Rake\nR3,Noise,Cars,Hush\n",
        ["R1 Flood", "R2 Fire", "R3 Noise"],
    ),
    "not by a column of actions that is nearly empty": (
        "ID;Tipo;Riesgo identificado;Acción\nR1;Agua;Lluvia;Transferir\nR2;Agua;Fuga;\nR3;Aire;Humo;\n",
        ["R1 Lluvia", "R2 Fuga", "R3 Humo"],
    ),
    "by a column without a heading": (
        ",Task name,Start\nInception,,\n,Kick off,2026\n,Plan,2026\nWork,,\n,Dig,2027\n",
        ["Inception", "  Kick off", "  Plan", "Work", "  Dig"],
    ),
    "by groups in a column without a heading": (
        ",任务,完成时间\n制作原型,登录,2026\n,搜索,2026\n测试系统,压力,2027\n,安全,2027\n",
        ["制作原型", "  登录", "  搜索", "测试系统", "  压力", "  安全"],
    ),
    "not by a note in a column without a heading": (
        ",Task name,Start\nDo not delete this row.,,\n,Kick off,2026\n,Plan,2026\n",
        ["Do not delete this row.", "Kick off", "Plan"],
    ),
    "not by a stray blank": ("Name,What\nAir,x\n Water,y\nSoil,z\n", ["Air", "Water", "Soil"]),
    "of risks that a register in Spanish names": (
        "riesgo,severidad,control\nlluvia,alta,medir\nhumo,media,avisar\n",
        ["lluvia", "humo"],
    ),
    "not of ratings": ("Ref,Risk,Cause\nA,high,Rain\nB,low,Smoke\n", ["A Rain", "B Smoke"]),
    "not by days": (
        "Fecha de registro,Problema,Nota\n2026-02-17,Ruido,x\n2026-02-19,Humo,y\n2026-02-20,Agua,z\n",
        ["Ruido", "Humo", "Agua"],
    ),
    "not by letters behind numbers": ("No,Name\n1,Air\n2,Water\nA,Annex\n", ["1 Air", "2 Water", "A Annex"]),
    "in Chinese": ("编号,任务,责任单位\n1,治水\n1.1,测量,水利局\n", ["1 治水", "  1.1 测量"]),
}


@pytest.mark.parametrize(("words", "lines"), TREES.values(), ids=list(TREES))
def test_a_tree_is_found(words, lines, tmp_path):
    assert tree(plan_of(words, tmp_path)) == lines


def test_what_a_heading_means_and_its_language_are_guessed(tmp_path):
    plan = plan_of(TREES["in French"][0], tmp_path)
    assert plan.settings.language == "fr"
    assert [plan.title(actor) for actor in plan.actors] == ["DGE"]
    assert plan["isoler"].date.edtf.edtf == "2030"


def test_levels_are_called_what_their_headings_name(tmp_path):
    levels = plan_of(TREES["by pairs of code and name"][0], tmp_path).settings.levels.values()
    assert [level.name.one for level in levels] == ["Chapter", "Section", "Req"]


def test_who_is_responsible_counts_as_carrying_it_out(tmp_path):
    plan = plan_of("Goal,Measure,Responsible\nAir,Measure it,City\nAir,Report it,\n", tmp_path)
    assert plan.settings.relations["carried-out-by"].carries_out
    assert [names_who_acts(plan, item) for item in plan.items if item.under] == [True, False]


def test_a_column_of_fewer_values_is_no_level_below(tmp_path):
    plan = plan_of("Action,Priority\nDig,High\nFill,High\nRake,Low\n", tmp_path)
    assert tree(plan) == ["Dig", "Fill", "Rake"]


def test_headings_are_found_below_other_rows_and_empty_columns_are_left_out(tmp_path):
    words = "Our plan,,,,\nAs agreed,in spring,,,\nName,Owner,Deadline,,\nDig,Town,2030,,\n"
    plan = plan_of(words, tmp_path)
    assert (tree(plan), plan.settings.site_name) == (["Dig"], "Our plan")
    mapping = (tmp_path / "t.csv.mapping.yaml").read_text(encoding="utf-8")
    assert "Column 4" not in mapping


def test_a_code_that_occurs_twice_loses_no_row(tmp_path):
    plan = plan_of("Code,Name\n1,One\n1,Another\n", tmp_path)
    assert tree(plan) == ["1 One", "1 Another"]
    assert "occurs twice" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_a_mapping_gives_codes_languages_sources_summaries_and_the_row_of_headings(tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "head: 2\nlanguage: de\n"
        "columns: {A: code of B, B: step, C: step, D: name in fr, E: source, F: summary}\n",
        encoding="utf-8",
    )
    words = "x,y,z,,,\nA,B,C,D,E,F\n1,Luft,Messen,Mesurer,https://e.example/a,Kurz gesagt.\n"
    plan = plan_of(words, tmp_path, "--mapping", mapping)
    assert tree(plan) == ["1 Luft", "  Messen"]
    assert plan["messen"].name["fr"].text == "Mesurer"
    source = "E: [https://e.example/a](https://e.example/a)"
    assert [said.words for said in plan["messen"].says] == ["Kurz gesagt.", source]
    mapping.write_text("head: 2\ncolumns: {A: code of X, B: step}\n", encoding="utf-8")
    path = tmp_path / "t.csv"
    assert "no column 'X'" in bring("csv", path, "--into", tmp_path / "p", "--mapping", mapping, code=1)


def test_a_dry_run_shows_the_columns_and_the_tree_and_writes_nothing(tmp_path):
    rows = "".join(f"Air,Measure {n},2030\n" for n in range(5)) + "Water,Dig,\nSoil,Rake,\nNoise,Hush,\n"
    (tmp_path / "t.csv").write_text(f"Goal,Measure,Due\n{rows}", encoding="utf-8")
    said = bring("csv", tmp_path / "t.csv", "--into", tmp_path / "plan", "--dry-run")
    shown = """columns:
  Goal: step
  Measure: step
  Due: date
Goal: Air
  Measure: Measure 0
  Measure: Measure 1
  Measure: Measure 2
  … and 2 more
Goal: Water
Goal: Soil
… and 1 more
nothing written: 4 goals, 8 measures
"""
    assert said.endswith(shown)
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


def test_a_dry_run_opens_the_first_entry_of_each_level_and_stays_short(tmp_path):
    codes = ["0", "1", *(".".join(["1"] * depth) for depth in range(2, 30)), "2", "2.1"]
    rows = "".join(f"{code},Part\n" for code in codes)
    (tmp_path / "t.csv").write_text(f"Code,Name\n{rows}", encoding="utf-8")
    said = bring("csv", tmp_path / "t.csv", "--into", tmp_path / "plan", "--dry-run")
    shown = [line.strip().split()[2] for line in said.split("\n") if line.endswith(" Part")]
    assert shown == codes[:30]


def workbook(path):
    """Write a workbook with a manual in front, merged cells, indents, and days as numbers."""
    book = openpyxl.Workbook()
    manual = book.active
    manual.title = "Manual"
    for number in range(40):
        manual.append([f"How to fill in row {number}", "Read this first"])
    sheet = book.create_sheet("Plan")
    sheet.append(["Plan of the coast"])
    for row in (["Goal", "Measure", "Deadline"], ["Air", "Plant", 46143], [None, "Dig", date(2027, 5, 1)]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet["Z900"].alignment = Alignment(indent=1)
    other = book.create_sheet("List")
    for words, indent in (("Name", 0), ("Air", 0), ("Plant", 1), ("Water", 0)):
        other.append([words])
        other.cell(other.max_row, 1).alignment = Alignment(indent=indent)
    book.save(path)
    return path


def test_the_right_sheet_is_read_with_merged_cells_and_days_as_numbers(tmp_path):
    said = bring("xlsx", workbook(tmp_path / "b.xlsx"), "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert tree(plan) == ["Air", "  Plant", "  Dig"]
    assert [plan[id].date.edtf.edtf for id in ("plant", "dig")] == ["2026-05-01", "2027-05-01"]
    assert "the sheet 'Manual'" in said
    assert "Column" not in (tmp_path / "b.xlsx.mapping.yaml").read_text(encoding="utf-8")


def test_a_sheet_can_be_named_and_indented_cells_are_a_tree(tmp_path):
    path = workbook(tmp_path / "b.xlsx")
    bring("xlsx", path, "--into", tmp_path / "plan", "--as-of", "2025-01-01", "--sheet", "List")
    assert tree(load_plan(tmp_path / "plan").plan) == ["Air", "  Plant", "Water"]
    said = bring("xlsx", path, "--into", tmp_path / "other", "--sheet", "Lisst", code=1)
    assert "no sheet 'Lisst'" in said
    assert "'List'" in said


LANGUAGES = {
    "fr": "Le service mesure les rejets des usines pour la ville et publie une carte dans les rues.",
    "de": "Die Stadt misst den Lärm und zeigt ihn auf einer Karte für die Bürger, die im Ort sind.",
    "es": "La ciudad mide el ruido de las calles y lo muestra en un mapa para los vecinos por un año.",
    "en": "The city measures the noise of the streets and shows it on a map for the people with a note.",
    "zh": "城市测量街道的噪音，并在地图上公布结果。",
    "pt": "A cidade mede o ruído das ruas em todos os bairros, com o apoio da rede do município, e não para.",
    "it": "La città misura il rumore delle strade e lo mostra nella mappa che la gente legge, non di più.",
}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_language_is_that_of_the_cells_whatever_the_headings_are(tag, tmp_path):
    rows = "".join(f'{number},"{LANGUAGES[tag]}"\n' for number in (1, 2))
    assert plan_of(f"req_id,description\n{rows}", tmp_path).settings.language == tag


def test_what_an_entry_is_comes_first_and_marks_keep_their_heading(tmp_path):
    words = "assessable,ref_id,name,description\nx,A1,Air,The town measures it.\nx,A2,Water,\n"
    plan = plan_of(words, tmp_path)
    assert [said.words for said in plan["a1"].says] == ["The town measures it.", "assessable: x"]
    assert [said.words for said in plan["a2"].says] == ["assessable: x"]


def test_texts_and_names_in_other_languages_are_known_by_their_heading(tmp_path):
    words = "ref,name,description,name[fr],description[fr]\nA1,Air,Measure it.,L'air,Mesurez-le.\n"
    plan = plan_of(words, tmp_path)
    assert plan["a1"].name["fr"].text == "L'air"
    assert [said.words for said in plan["a1"].says] == ["Measure it."]
    assert plan.settings.editions == ("en", "fr")
    assert [said.words for said in load_plan(tmp_path / "plan").editions["fr"]["a1"].says] == ["Mesurez-le."]


def test_a_text_in_a_second_language_alone_is_kept(tmp_path):
    words = "ref,name,description,description[fr]\nA1,Air,,Mesurez-le.\nA2,Water,Measure the water.,\n"
    plan = plan_of(words, tmp_path, "--language", "en")
    assert [said.words for said in plan["a1"].says] == ["Mesurez-le."]
    assert plan["a1"].summary.language == "fr"


@pytest.mark.parametrize(
    ("heads", "language", "other"),
    [
        ("Intitulé,Title", "fr", "en"),
        ("Title,Intitulé", "en", "fr"),
        ("名称,Name", "zh", "en"),
        ("Nombre,Titre", "es", "fr"),
        ("Name,Title", "en", ""),
        ("Bezeichnung,Titel", "de", ""),
    ],
)
def test_a_second_heading_for_names_in_another_language_is_known(heads, language, other, tmp_path):
    plan = plan_of(f"{heads},Owner\nEau,Water,x\n", tmp_path, "--language", language)
    assert {tag: name.text for tag, name in plan["eau"].name.items()} == (
        {language: "Eau", other: "Water"} if other else {language: "Eau"}
    )


def test_the_language_of_the_first_names_is_that_of_the_table(tmp_path):
    said = "The city measures the noise of the streets and shows it on a map for the people with a note."
    plan = plan_of(f'Intitulé,Title,Text\nEau,Water,"{said}"\nAir,Air,"{said}"\n', tmp_path)
    assert plan.settings.language == "fr"
    assert plan["eau"].name["en"].text == "Water"


@pytest.mark.parametrize(
    ("head", "cells", "levels"),
    [
        ("Level", ("High", "Low", "High"), ["Entry"]),
        ("Type", ("integer", "text", "integer"), ["Entry"]),
        ("Type", ("Goal", "Action", "Action"), ["Goal", "Action"]),
        ("Type", ("Law", "Rule", "Rule"), ["Law", "Rule"]),
    ],
)
def test_a_column_of_ratings_or_labels_is_no_level(head, cells, levels, tmp_path):
    names = zip(("Air", "Water", "Soil"), cells, strict=True)
    plan = plan_of(f"Name,{head}\n" + "".join(f"{name},{cell}\n" for name, cell in names), tmp_path)
    assert [level.name.one for level in plan.settings.levels.values()] == levels


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("Handlungsfeld;Ziel;Maßnahme\nLuft;Rein;Messen\n", ["Handlungsfeld", "Ziel", "Maßnahme"]),
        ("Goal,Activity\nAir,Measure\nAir,Tell\n", ["Goals", "Activities"]),
        ("Bezeichnung;Frist\nLuft;2030\n", ["Entries"]),
    ],
)
def test_only_english_words_get_an_english_plural(words, many, tmp_path):
    levels = plan_of(words, tmp_path).settings.levels.values()
    assert [level.name.many for level in levels] == many


def test_names_without_latin_letters_get_ids_of_their_kind(tmp_path):
    plan = plan_of("编号,任务,责任单位\n1,治水,水利局；气象局\n2,治气,环保局\n", tmp_path)
    assert [actor.id for actor in plan.actors] == ["actor", "actor-2", "actor-3"]


def test_no_entry_without_latin_letters_is_called_like_its_level(tmp_path):
    plan = plan_of(TREES["by numbers of several styles"][0], tmp_path)
    assert [item.id for item in plan.items if not item.under] == ["item", "item-2"]


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (("05.03.2020", "7.4.2020"), ["2020-03-05", "2020-04-07"]),
        (("05/03/2020", "25/03/2020"), ["2020-03-05", "2020-03-25"]),
        (("05/03/2020", "03/25/2020"), ["2020-05-03", "2020-03-25"]),
        (("05/03/2020", "06/03/2020"), ["", ""]),
        (("25/03/2020", "03/25/2020"), ["2020-03-25", ""]),
    ],
)
def test_a_column_tells_whether_day_or_month_comes_first(cells, dates, tmp_path):
    plan = plan_of(f"Name,Due\nDig,{cells[0]}\nFill,{cells[1]}\n", tmp_path)
    assert [plan[id].date.edtf.edtf if plan[id].date.edtf else "" for id in ("dig", "fill")] == dates


HEADS = {
    "en": ("Objective", "Target value", "Deadline"),
    "fr": ("Objectif", "Valeur cible", "Échéance"),
    "de": ("Maßnahme", "Zielwert", "Frist"),
    "es": ("Medida", "Valor objetivo", "Plazo"),
    "zh": ("任务", "目标值", "完成时限"),
}


def cell_of(language: str, folder, *, value: str = "", due: str = ""):
    """Return the entry of a table in a language with one row, and the report of its import."""
    heads = ";".join(HEADS[language])
    plan = plan_of(f'{heads}\nA;"{value}";"{due}"\n', folder)
    (item,) = plan.items
    return item, (folder / "plan" / "import.md").read_text(encoding="utf-8")


NUMBERS = [
    ("es", "2.500", "2 500", 2500),
    ("es", "1.200,5", "1.200,5", "1200.5"),
    ("es", "2,5", "2,5", "2.5"),
    ("es", "2.5", "2.5", "2.5"),
    ("es", "0.500", "0.500", "0.5"),
    ("de", "2.500", "2 500", 2500),
    ("de", "-1.250.000", "-1 250 000", -1250000),
    ("de", "2,500", "2,5", "2.5"),
    ("de", "2,125", "2.125", "2.125"),
    ("de", "0,500", "0,500", "0.5"),
    ("fr", "2.500", "2 500", 2500),
    ("fr", "1 250,5", "1 250,5", "1250.5"),
    ("en", "2.500", "2.500", "2.5"),
    ("en", "2,500", "2,500", 2500),
    ("en", "1.250.000", "1 250 000", 1250000),
    ("zh", "2,500.5", "2,500.5", "2500.5"),
]


@pytest.mark.parametrize(("language", "cell", "value", "number"), NUMBERS)
def test_a_number_is_read_as_its_language_writes_it(language, cell, value, number, tmp_path):
    item, report = cell_of(language, tmp_path, value=cell)
    assert (item.target.value, item.target.number) == (value, Decimal(number))
    assert (f"{cell} is {value}" in report) == (cell != value)
    assert "--language" not in report


@pytest.mark.parametrize(("language", "value"), [("es", "2 500"), ("en-US", "2.500"), ("es-MX", "2.500")])
def test_the_language_that_is_given_tells_what_a_point_is(language, value, tmp_path):
    plan = plan_of("Name;Target value\nA;2.500\n", tmp_path, "--language", language)
    assert plan["a"].target.value == value


def test_a_number_that_nothing_settles_stays_and_is_reported(tmp_path):
    plan = plan_of("Item;Cible\nA;2.500\nB;7\n", tmp_path)
    assert plan["a"].target.value == "2.500"
    report = (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    assert "row 2, 'Cible': 2.500 is taken for 2.500" in report
    assert "--language" in report


def test_other_figures_tell_what_a_point_is(tmp_path):
    words = "Item;Cible\nA;2.500\nB;61,5 %\n"
    assert plan_of(words, tmp_path)["a"].target.value == "2 500"


def test_figures_that_are_not_written_as_in_the_language_of_the_table_are_reported(tmp_path):
    plan = plan_of("Objectif;Cible\nA;2.500\nB;61.5\n", tmp_path)
    assert plan["a"].target.value == "2.500"
    assert "2.500 is taken for" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_the_numbers_of_a_workbook_are_as_they_are(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADS["de"], ("A", 2.125, None), ("B", "2.500", None), ("C", 2500, None)):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    bring("xlsx", tmp_path / "t.xlsx", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert [item.target.value for item in plan.items] == ["2.125", "2 500", "2500"]


DATES = [
    ("fr", "mars 2026", "2026-03", ""),
    ("fr", "1er mars 2026", "2026-03-01", ""),
    ("fr", "T2 2028", "2028-04/2028-06", "T2 2028"),
    ("fr", "fin 2026", "2026", "fin 2026"),
    ("fr", "fin mars 2026", "2026-03", "fin mars 2026"),
    ("fr", "d'ici 2030", "../2030", "d'ici 2030"),
    ("fr", "03/04/2030", "2030-04-03", ""),
    ("fr", "2e trimestre 2027", "2027-04/2027-06", "2e trimestre 2027"),
    ("fr", "en continu", "", "en continu"),
    ("de", "Dezember 2027", "2027-12", ""),
    ("de", "Q1/2026", "2026-01/2026-03", "Q1/2026"),
    ("de", "IV. Quartal 2027", "2027-10/2027-12", "IV. Quartal 2027"),
    ("de", "31.12.2027", "2027-12-31", ""),
    ("de", "bis Ende 2026", "../2026", "bis Ende 2026"),
    ("de", "nach 2026", "", "nach 2026"),
    ("es", "15 de marzo de 2026", "2026-03-15", ""),
    ("es", "12/2028", "2028-12", ""),
    ("es", "2025-2027", "2025/2027", ""),
    ("en", "2026-Q1", "2026-01/2026-03", "2026-Q1"),
    ("en", "end of 2026", "2026", "end of 2026"),
    ("en", "from 2026", "2026/..", "from 2026"),
    ("en", "Sept 2026", "2026-09", ""),
    ("en", "Jan–Mar 2026", "2026-01/2026-03", "Jan–Mar 2026"),
    ("en", "03/04/2030", "", "03/04/2030"),
    ("en", "after 2026", "", "after 2026"),
    ("en", "30 February 2026", "", "30 February 2026"),
    ("zh", "2025年12月", "2025-12", ""),
    ("zh", "2025年12月31日", "2025-12-31", ""),
    ("zh", "2025年", "2025", ""),
    ("zh", "2026年一季度", "2026-01/2026-03", "2026年一季度"),
    ("zh", "2025年底", "2025", "2025年底"),
    ("zh", "2025年底前", "../2025", "2025年底前"),
    ("zh", "2025年至2027年", "2025/2027", "2025年至2027年"),
    ("zh", "持续推进", "", "持续推进"),
]


@pytest.mark.parametrize(("language", "cell", "edtf", "label"), DATES)
def test_a_date_in_words_is_read_or_its_words_are_kept(language, cell, edtf, label, tmp_path):
    item, report = cell_of(language, tmp_path, due=cell)
    assert (item.date.edtf.edtf if item.date.edtf else "", item.date.label) == (edtf, label)
    assert ("a date that cannot be read" in report) == (not edtf)


def test_a_date_in_many_words_is_a_statement(tmp_path):
    words = "As soon as the council has agreed, but not before the new road is open to traffic. " * 2
    item, report = cell_of("en", tmp_path, due=words)
    assert item.date is None
    assert [said.words for said in item.says] == [f"Deadline: {words.strip()}"]
    assert "kept in words" in report


@pytest.mark.parametrize("mark", ["-", " - ", ",", "1.", "2026 ", "by ", "mars–", "年"])
def test_long_cells_are_no_dates_and_take_no_time(mark):
    begun = time.process_time()
    assert read_cell_date(mark * 10_000, "fr", "day") == ("", "")
    assert read_cell_date(f"{mark * 40}x"[:90], "fr", "day")[0] == ""
    assert time.process_time() - begun < 1


def test_the_words_of_a_start_are_kept_beside_its_end(tmp_path):
    words = "Maßnahme;Beginn;Frist\nA;Q1/2026;2035\nB;demnächst;2027\nC;2026;bis 2030\n"
    plan = plan_of(words, tmp_path)
    dates = [(item.date.edtf.edtf, item.date.label) for item in plan.items]
    assert dates == [
        ("2026-01/2035", "Q1/2026 – 2035"),
        ("../2027", "demnächst – 2027"),
        ("2026/2030", "2026 – bis 2030"),
    ]


def test_commas_part_actors_that_stand_elsewhere_too(tmp_path):
    words = 'Name,Pilotes\nA,"CCNS, FDE80"\nB,"FDE80"\nC,"Ministry of Health, Labour and Welfare"\n'
    plan = plan_of(words, tmp_path)
    assert [plan.title(each) for each in plan.actors] == [
        *("CCNS", "FDE80", "Ministry of Health, Labour and Welfare")
    ]


def test_a_row_that_says_what_to_fill_in_is_left_out_and_told(tmp_path):
    heads = "Goal,Measure,Owner,Due,Budget,Text,Place,State,Note"
    words = (
        f"{heads}\n{','.join(['Free text'] * 8)},List\nAir,Measure,Town,2030,,,,,\nAir,Tell,Town,2030,,,,,\n"
    )
    plan = plan_of(words, tmp_path)
    assert tree(plan) == ["Air", "  Measure", "  Tell"]
    assert "a row that says what to fill in" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_a_row_without_a_name_goes_on_with_the_one_above(tmp_path):
    words = "Name,What\nAir,Measure it.\n,Tell it.\nWater,Dig.\n"
    plan = plan_of(words, tmp_path)
    assert tree(plan) == ["Air", "Water"]
    assert [said.words for said in plan["air"].says] == ["Measure it.", "Tell it."]


def test_figures_without_a_value_to_reach_are_kept_as_words(tmp_path):
    plan = plan_of("Code,Name,Indicator,Baseline,Unit\n1,Air,Dust,40,mg\n2,Water,,,\n", tmp_path)
    assert [said.words for said in plan["air"].says] == ["Indicator: Dust", "Baseline: 40 mg"]


def test_an_indicator_without_a_value_stands_where_its_column_does(tmp_path):
    plan = plan_of("Name,Indicators,Codes of office\nAir,Dust,C1\nWater,Salt,C2\n", tmp_path)
    assert [said.words for said in plan["air"].says] == ["Indicators: Dust", "Codes of office: C1"]


def test_the_year_in_a_heading_is_that_of_its_figures(tmp_path):
    plan = plan_of("Code,Name,Baseline 2020,Target 2030\n1,Air,40 %,20 %\n2,Water,,5\n", tmp_path)
    aim = plan["air"].target
    assert (aim.value, aim.unit, str(aim.due)) == ("20", "%", "2030")
    assert (aim.baseline.value, str(aim.baseline.date)) == ("40", "2020")


def test_a_second_row_of_an_entry_brings_its_own_indicator(tmp_path):
    words = (
        "Goal ID,Goal,Action ID,Action,KPI,Baseline,Target,Due\n"
        "G1,Health,G1.1,Vaccinate,Coverage,80%,95%,2027\nG1,Health,G1.1,Vaccinate,Doses,10,50,2028\n"
        "G1,Health,G1.2,Build,Clinics,1,2,2029\n"
    )
    plan = plan_of(words, tmp_path)
    assert plan["g1-1"].target.indicator == "Coverage"
    (more,) = plan["g1-1"].indicators
    assert (more.name, more.baseline.value, str(more.targets[0].due)) == ("Doses", "10", "2028")


def test_marks_and_numbers_keep_their_heading_even_if_they_come_first(tmp_path):
    plan = plan_of("Code,Name,Priority,Cost\n1,Air,high,12\n2,Water,low,5\n", tmp_path)
    assert [said.words for said in plan["air"].says] == ["Priority: high", "Cost: 12"]


def test_shares_in_percent_and_codes_are_read_as_a_workbook_shows_them(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Code", "Name", "Baseline", "Target"])
    for row in ((1, "Air", None, None), (1.1, "Measure", 0.12, 0.3), (1.2, "Tell", 0.5, 0.555)):
        book.active.append(row)
    for cell in (*book.active["C"], *book.active["D"]):
        cell.number_format = "0.0%"
    book.active["A3"].number_format = "0.00"
    book.save(tmp_path / "t.xlsx")
    bring("xlsx", tmp_path / "t.xlsx", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert tree(plan) == ["1 Air", "  1.2 Tell", "  1.10 Measure"]
    figures = {item.code: (item.target.value, item.target.unit) for item in plan.items if item.target}
    assert figures == {"1.10": ("30", "%"), "1.2": ("55.5", "%")}


def test_letters_that_are_no_letter_with_an_accent_stay_in_ids(tmp_path):
    plan = plan_of("Maßnahme;Text\nStraßen für Łódź;Alles.\nWege;Alles.\n", tmp_path)
    assert "strassen-fur-lodz" in plan.entries


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Isolation der <Kunde>-Netze", "Isolation der <Kunde>-Netze"),
        ("If T<Tmax and p>pmin", "If T<Tmax and p>pmin"),
        ("Clean <b>water</b>&nbsp;now<br/>", "Clean water now"),
        ("<p class='x'>Air</p>", "Air"),
        ("R&D < 3 %", "R&D < 3 %"),
    ],
)
def test_only_tags_of_html_are_left_out_of_a_name(cell, name):
    assert title(cell) == name


@pytest.mark.parametrize("total", ["Total", "Summe:", "合计", "Grand total (3)", "Somme"])
def test_a_row_of_totals_is_left_out_and_told(total, tmp_path):
    plan = plan_of(f"Code,Name,Cost\n1,Total recall,12\n2,Water,5\n,{total},17\n", tmp_path)
    assert tree(plan) == ["1 Total recall", "2 Water"]
    assert [said.words for said in plan["water"].says] == ["Cost: 5"]
    report = (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    assert "## Left out: a row of totals\n\n- row 4\n" in report


@pytest.mark.parametrize("head", ["Link", "URL", "Source", "See also"])
def test_addresses_become_links_and_the_words_beside_them_stay(head, tmp_path):
    words = (
        f"Code,Name,{head}\n1,Air,https://e.example/a_b_\n2,Water,see annex\n"
        "3,Soil,The map (https://e.example/c).\n"
    )
    plan = plan_of(words, tmp_path)
    assert [[said.words for said in item.says] for item in plan.items] == [
        [f"{head}: [https://e.example/a_b_](https://e.example/a_b_)"],
        [f"{head}: see annex"],
        [f"{head}: The map ([https://e.example/c](https://e.example/c))."],
    ]


def test_related_rows_become_links_and_other_words_stay(tmp_path):
    plan = plan_of("Code,Name,See also\n1,Air,2; the *annex*\n2,Water,\n", tmp_path)
    assert [link.other.id for link in plan.links(plan["air"]) if link.outgoing] == ["water"]
    assert [said.words for said in plan["air"].says] == [r"See also: the \*annex\*"]
    assert "kept in words" in (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")


def test_the_addresses_behind_cells_are_kept(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Action", "Text", "Source", "Lead"), ("Plant", "Along the road.", "Map [2]", "City")):
        book.active.append(row)
    book.active.append(("Dig", "Deep.", '=HYPERLINK("https://e.example/f?a=1&b=2","Sheet")', "Port"))
    for cell, address in zip(book.active[2], ("a", "b", "c", "d"), strict=True):
        cell.hyperlink = f"https://e.example/{address}?x=1&y=2"
    book.active["D3"].hyperlink = "mailto:port@e.example"
    book.save(tmp_path / "t.xlsx")
    bring("xlsx", tmp_path / "t.xlsx", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    assert [said.words for said in plan["plant"].says] == [
        "[Along the road.](https://e.example/b?x=1&y=2)",
        r"Source: Map \[2]",
        "[https://e.example/c?x=1&y=2](https://e.example/c?x=1&y=2)",
        "Action: [Plant](https://e.example/a?x=1&y=2)",
        "Lead: [City](https://e.example/d?x=1&y=2)",
    ]
    address = "https://e.example/f?a=1&b=2"
    assert [said.words for said in plan["dig"].says] == ["Deep.", f"Source: [{address}]({address})"]
    assert [plan.title(actor) for actor in plan.actors] == ["City", "Port"]


def test_the_address_behind_the_name_of_a_level_is_kept_once(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Goal", "Measure"), ("Air", "Plant"), (None, "Dig")):
        book.active.append(row)
    book.active["A2"].hyperlink = "https://e.example/air"
    book.save(tmp_path / "t.xlsx")
    bring("xlsx", tmp_path / "t.xlsx", "--into", tmp_path / "plan", "--as-of", "2025-01-01")
    plan = load_plan(tmp_path / "plan").plan
    says = {item.id: [said.words for said in item.says] for item in plan.items}
    assert says == {"air": ["Goal: [Air](https://e.example/air)"], "plant": [], "dig": []}


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("<ol><li>Dig.</li><li>Fill.</li></ol>", [r"1\. Dig.", r"2\. Fill."]),
        (
            "Do: <ol start='3'><li><p><b>Dig</b>.</p></li><li>Fill.</li></ol>",
            ["Do:", r"3\. **Dig**.", r"4\. Fill."],
        ),
        (
            "<ol><li>Dig<ol><li>deep</li><li>wide</li></ol></li><li>Fill</li></ol>",
            [r"1\. Dig", r"1\. deep", r"2\. wide", r"2\. Fill"],
        ),
        ("<ol><li>A<ul><li>b</li></ul></li><li><a href='https://e.example'>C</a></li></ol>",
         [r"1\. A", "b", r"2\. [C](https://e.example)"]),
        ("<ul><li>Dig.</li></ul>", ["Dig."]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("read", [plain_paragraphs, markdown_paragraphs])
def test_lists_of_html_keep_their_numbers(words, texts, read):
    assert read(words) == texts
