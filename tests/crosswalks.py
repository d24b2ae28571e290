"""A plan with a crosswalk to a framework that the site does not hold."""

import shutil
from pathlib import Path

from conftest import plan_folder

KINDS = """\
  equal: {name: is equal to, inverse: is equal to}
  subset: {name: is part of, inverse: includes}
"""
CROSSWALK = """\
sources:
  - id: valley-table
    name: Table of the valley
crosswalks:
  - id: valley
    name: River and valley
    to: the valley frame
    source: valley-table
    summary: The table pairs steps with measures. [@valley-table]
    others:
      - {code: "1", name: Clean valley, url: "https://example.org/1"}
      - {code: "1.1", name: Trees on banks, url: "javascript:alert(1)"}
      - {code: "9"}
    pairs:
      - {entry: plant-banks, relation: subset, other: "1.1"}
      - {entry: plant-banks, relation: equal, other: "1", because: It says *banks*., confidence: 90 %}
      - {entry: clean-river, relation: equal, other: "1"}
"""


def with_crosswalk(target: Path, text: str = CROSSWALK) -> Path:
    """Write the plan of the town with a crosswalk, and give its folder."""
    shutil.copytree(plan_folder("town"), target)
    add_crosswalk(target, text)
    return target


def add_crosswalk(folder: Path, text: str = CROSSWALK) -> None:
    settings = folder / "plan.yaml"
    words = settings.read_text(encoding="utf-8").replace("relations:\n", f"relations:\n{KINDS}")
    settings.write_text(words, encoding="utf-8")
    (folder / "crosswalks.yaml").write_text(text, encoding="utf-8")
