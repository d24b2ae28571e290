"""The code and the templates know no plan: words that belong to one stand in its plan.yaml alone."""

import re

import yaml
from conftest import PLANS, ROOT, plan_folder

ALWAYS = {"2522", "china", "chinese", "digital", "pillar", "task", "umbrella", "xinhua", "party"}
"""Words of the first plan, whatever its plan.yaml says."""

GENERAL = {
    "item",
    "point",
    "group",
    "objective",
    "argument",
    "arguments",
    "group of",
    "groups",
    "measure",
    "target",
    "goal",
    "step",
}
"""Words that code needs whatever the plan."""

ALLOWED = {
    "generator/plan_explorer/search.py": {"chinese"},
    "templates/assets/px/search-engine.js": {"chinese"},
    "generator/plan_explorer/writing.py": {"chinese"},
    "generator/plan_explorer/plan.py": {"chinese"},
    "generator/plan_explorer/terms.py": {"chinese"},
}
"""The language, where a file has to do with how it is written."""


def words_of_plans() -> set[str]:
    found = set(ALWAYS)
    for name in PLANS:
        settings = yaml.safe_load((plan_folder(name) / "plan.yaml").read_text(encoding="utf-8"))
        for strand in settings["strands"]:
            for level in strand["levels"]:
                found |= {level["id"], level["plural"], level["name"]["one"].lower()}
    return found - GENERAL


def test_no_word_of_a_plan_stands_in_code_or_templates():
    words = words_of_plans()
    assert len(words) > 20
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, words)))})s?\b", re.IGNORECASE)
    found = []
    for folder in ("generator", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".md", ".html", ".css", ".js"):
                place = path.relative_to(ROOT).as_posix()
                for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                    hits = {hit.lower() for hit in pattern.findall(line)} - ALLOWED.get(place, set())
                    found += [f"{place}:{number}: {hit}" for hit in sorted(hits)]
    assert found == []
