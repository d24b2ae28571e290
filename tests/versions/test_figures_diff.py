"""What changes in targets, values and progress is told in words."""

import pytest
from figured import write

from plan_explorer.loading.checked_plan import load_plan
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
                "by 2028 until 2024: The mill asked for time.",
                "by 2028 until 2024: The mill burned down.",
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


@pytest.mark.parametrize("edit", EDITS)
def test_each_change_is_told_once(tmp_path, edit):
    plans = []
    for number in range(2):
        folder = write(tmp_path / str(number))
        settings = (folder / "plan.yaml").read_text(encoding="utf-8")
        (folder / "plan.yaml").write_text(settings.replace("On track}", "On track, late: Late}"), "utf-8")
        file, before, after, told = EDITS[edit]
        text = (folder / file).read_bytes().decode()
        assert before in text
        if number:
            (folder / file).write_bytes(text.replace(before, after, 1).encode())
        plans.append(load_plan(folder).plan)
    changes = compare_plans(*plans)
    assert [(each.kind, each.part, each.before, each.after) for each in changes] == told
    assert as_text(changes)
    assert compare_plans(plans[1], plans[1]) == []


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
