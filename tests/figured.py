"""The tiny plan with figures and progress: one indicator with a table of values, one without."""

from pathlib import Path

from conftest import plan_folder

INDICATORS = """\
    indicators:
      - name: Days of smoke
        about: Counted at the mill. [@report]
        unit: days
        by: season
        baseline: {value: 40, date: 2020, cites: [report]}
        targets:
          - value: 10
            due: 2030
            cites: [paper p1.2]
            earlier: [{due: 2028, until: 2024, because: The mill asked for time., cites: [report]}]
        milestones:
          - {name: A filter, due: 2025, met: {date: 2025-03, cites: [report]}, cites: [paper p1.2]}
        values_file: values.csv
      - {id: soot, name: Soot, values: [{value: 3, date: 2024, cites: [report]}]}
    progress:
      - state: on-track
        date: 2025
        because: The filter is in use. [@report]
"""
BELOW = """\
    target: {indicator: Runoff, value: 50, unit: '%', comparator: at-most, due: 2030, baseline: {value: 90}}
    indicators:
      - id: ponds
        name: Ponds
        targets:
          - value: 12
            due: 2030-06-30
            earlier: [{value: 9, due: 2028, until: 2024, cites: [report]}]
        milestones:
          - name: The first pond
            due: 2027-05-02
            earlier: [{due: 2026-05-02, because: "Rain. [@report]"}]
        values:
          - {value: -3, date: 2023, quality: provisional, cites: [report]}
          - {value: 4, date: 2023, quality: revised, cites: [report]}
          - {value: "1,200", date: 2024/2025, of: north, cites: [report]}
"""
VALUES = (
    "\ufeffIndicator;Year;Value;Source;Group\r\nclean-air;2023;30,5;report;\r\n"
    '"clean-air";2024;28;"paper p1.2; report";\r\nclean-air;2024;20;report;"winter; spring"\r\n'
)


def write(folder: Path) -> Path:
    """Write the plan to *folder* and return that."""
    folder.mkdir()
    for path in plan_folder("tiny").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("    name: Clean air\n", f"    name: Clean air\n{INDICATORS}")
        text = text.replace("    name: Less runoff\n", f"    name: Less runoff\n{BELOW}")
        text = text.replace("actor_kinds:", "progress: {on-track: On track}\nactor_kinds:")
        (folder / path.name).write_text(text, encoding="utf-8")
    (folder / "values.csv").write_text(VALUES, encoding="utf-8", newline="")
    return folder
