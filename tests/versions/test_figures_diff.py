"""What changes in targets, values and progress is told in words."""

import pytest
from figured import write

from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.translation import read_catalogue, speaking
from plan_explorer.versions.diff import compare_plans
from plan_explorer.versions.diff_formats import as_text

EDITS = {
    "target": (
        "content.yaml",
        "value: 10\n            due: 2030",
        "value: 8\n            due: 2032",
        [("aimed", "target of Days of smoke", "10 days by 2030", "8 days by 2032")],
    ),
    "short": (
        "content.yaml",
        "value: 50, unit",
        "value: 45, unit",
        [("aimed", "target of Runoff", "at most 50% by 2030", "at most 45% by 2030")],
    ),
    "due": (
        "content.yaml",
        "due: 2027-05-02",
        "due: 2028",
        [("aimed", "milestone of Ponds", "The first pond by 2 May 2027", "The first pond by 2028")],
    ),
    "met": (
        "content.yaml",
        "due: 2027-05-02",
        "due: 2027-05-02\n            met: {date: 2025-10, cites: [report]}",
        [("aimed", "milestone of Ponds, met", "", "October 2025")],
    ),
    "value": (
        "values.csv",
        "clean-air;2024;20",
        "clean-air;2025;19,5;report;\r\nclean-air;2024;20",
        [("measured", "Days of smoke", "", "19.5 days in 2025")],
    ),
    "corrected": (
        "values.csv",
        "30,5",
        "31",
        [("re-measured", "value of Days of smoke", "30.5 days in 2023", "31 days in 2023")],
    ),
    "progress": (
        "content.yaml",
        "    progress:\n",
        "    progress:\n      - {state: late, date: 2025-12, because: A part is missing., cites: [report]}\n",
        [("progress", "progress", "On track (2025)", "Late (December 2025): A part is missing.")],
    ),
    "indicator": (
        "content.yaml",
        "      - {id: soot, name: Soot, values: [{value: 3, date: 2024, cites: [report]}]}\n",
        "",
        [("changed", "indicator", "Soot: 1 value", "")],
    ),
    "unit": (
        "content.yaml",
        "unit: days",
        "unit: nights",
        [("changed", "unit of Days of smoke", "days", "nights")],
    ),
    "revised": (
        "content.yaml",
        "values: [{value: 3, date: 2024,",
        "values: [{value: 2, date: 2024, quality: revised,",
        [("re-measured", "value of Soot", "3 in 2024", "2 in 2024 (revised)")],
    ),
    "another word": (
        "content.yaml",
        "- state: on-track",
        "- state: late",
        [("progress", "progress", "On track (2025)", "Late (2025): The filter is in use.")],
    ),
    "note": (
        "content.yaml",
        "date: 2024, cites: [report]}]}",
        "date: 2024, reason: One house less., cites: [report]}]}",
        [("changed", "note on value of Soot", "", "One house less.")],
    ),
    "earlier": (
        "content.yaml",
        "{due: 2028, until: 2024, because: The mill asked for time., cites",
        "{due: 2028, until: 2024, because: The mill burned down., cites",
        [
            (
                "aimed",
                "target of Days of smoke, earlier",
                "2028, until 2024: The mill asked for time.",
                "2028, until 2024: The mill burned down.",
            )
        ],
    ),
    "words": (
        "content.yaml",
        "Counted at the mill.",
        "Counted by the mill.",
        [("reworded", "", "Counted at the mill.", "Counted by the mill.")],
    ),
    "rule": (
        "plan.yaml",
        "actor_kinds:",
        "progress_rule: The share of the way.\nactor_kinds:",
        [("changed", "rule for progress", "", "The share of the way.")],
    ),
    "state": (
        "plan.yaml",
        "late: Late}",
        "late: {name: Behind, about: Less than half., at_least: 0.2}}",
        [("changed", "word for progress", "Late", "Behind (from 0.2 on): Less than half.")],
    ),
}


def edited(folder, edit):
    """Return the plan before and after an *edit*."""
    plans = []
    for number in range(2):
        where = write(folder / str(number))
        settings = (where / "plan.yaml").read_text(encoding="utf-8")
        (where / "plan.yaml").write_text(settings.replace("On track}", "On track, late: Late}"), "utf-8")
        file, before, after, _ = EDITS[edit]
        text = (where / file).read_bytes().decode()
        assert before in text
        if number:
            (where / file).write_bytes(text.replace(before, after, 1).encode())
        plans.append(load_plan(where).plan)
    return plans


@pytest.mark.parametrize("edit", EDITS)
def test_each_change_is_told_once(tmp_path, edit):
    plans = edited(tmp_path, edit)
    told = EDITS[edit][3]
    changes = compare_plans(*plans)
    assert [(each.kind, each.part, each.before, each.after) for each in changes] == told
    assert as_text(changes)
    assert compare_plans(plans[1], plans[1]) == []


IN_FRENCH = {
    "target": ("Days of smoke, cible", "10 days d’ici à 2030", "8 days d’ici à 2032"),
    "met": ("Ponds, jalon, atteint", "", "octobre 2025"),
    "corrected": ("Days of smoke, valeur", "30.5 days en 2023", "31 days en 2023"),
    "progress": (
        "avancement",
        "On track (2025)",
        "Late (décembre 2025) : A part is missing.",
    ),
    "indicator": ("indicateur", "Soot : 1 valeur", ""),
    "unit": ("Days of smoke, unité", "days", "nights"),
    "note": ("Soot, valeur, remarque", "", "One house less."),
    "earlier": (
        "Days of smoke, cible, auparavant",
        "2028, jusqu’au changement (2024) : The mill asked for time.",
        "2028, jusqu’au changement (2024) : The mill burned down.",
    ),
    "rule": ("règle de l’avancement", "", "The share of the way."),
    "state": ("mot de l’avancement", "Late", "Behind (à partir de 0,2) : Less than half."),
}


@pytest.mark.parametrize("edit", IN_FRENCH)
def test_a_change_is_told_in_the_language_that_is_spoken(tmp_path, edit):
    with speaking(read_catalogue("fr")):
        changes = compare_plans(*edited(tmp_path, edit))
    told = [[" ".join(words.split()) for words in (each.part, each.before, each.after)] for each in changes]
    assert [*IN_FRENCH[edit]] in told


def test_a_table_of_new_values_is_one_change(tmp_path):
    plans = []
    for number in range(2):
        folder = write(tmp_path / str(number))
        if number:
            rows = "".join(f"clean-air;{year};5;report;\r\n" for year in range(1990, 2020))
            with (folder / "values.csv").open("a", newline="", encoding="utf-8") as file:
                file.write(rows)
        plans.append(load_plan(folder).plan)
    (change,) = compare_plans(*plans)
    assert change.after.startswith("5 days in 1990; ")
    assert change.after.endswith("; 25 more")
