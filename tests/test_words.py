"""The code and the templates know no plan: words that belong to one stand in its plan.yaml alone."""

import re

import yaml
from conftest import PLANS, ROOT, plan_folder

ALWAYS = {"2522", "china", "chinese", "digital", "pillar", "task", "umbrella", "xinhua", "party"}
"""Words of the first plan, whatever its plan.yaml says."""

GENERAL = {
    "axis": "of a drawing",
    "argument": "of a function",
    "group": "of a view",
    "mean": "to mean",
    "measure": "of success",
    "point": "in time, or of a drawing",
    "step": "in order, or in size; and what the examples in messages are about",
    "target": "of an indicator, or of a link",
    "theme": "of a site",
}
"""Levels of a plan that are words of every day, and what else the code means by them."""

ALLOWED = {
    "generator/plan_explorer/diagnostics/codes.py": {
        "goal"
    },  # examples are about the smallest of the test plans
    "generator/plan_explorer/cli/init.py": {"goal"},  # what levels are called unless somebody says
    "generator/plan_explorer/model/entities.py": {"party"},  # the translation of a source: third-party
    "generator/plan_explorer/model/examples.py": {"chinese", "goal"},  # about the smallest, too
    "generator/plan_explorer/exporters/stratml.py": {"goal", "objective"},  # as the standard calls them
    # The words of the standards that are read, and of the heads of tables.
    "generator/plan_explorer/importers/column_mapping.py": {
        *("axe", "mesure", "objectif"),
        *("goal", "initiative", "objective", "pillar", "programme", "task"),
        *("任务", "措施"),
    },
    "generator/plan_explorer/importers/cell_dates.py": {"horizon"},  # a French word before a date
    "generator/plan_explorer/importers/oscal.py": {"party"},
    "generator/plan_explorer/importers/oscal_xml.py": {"party"},
    "generator/plan_explorer/importers/stix.py": {"goal", "objective"},
    "generator/plan_explorer/importers/open_sdg.py": {"goal"},  # those of the United Nations
    "generator/plan_explorer/importers/stratml.py": {"goal", "objective"},
    # The language, where a file has to do with how it is written.
    "generator/plan_explorer/evidence/words.py": {"chinese"},
    "generator/plan_explorer/rendering/link_targets.py": {"chinese"},
    "generator/plan_explorer/rendering/html.py": {"chinese"},
    "generator/plan_explorer/rendering/markdown.py": {"party"},
    "templates/assets/px/search-engine.js": {"chinese"},
    # Markdown's own name for a list with boxes to tick.
    "templates/assets/px/theme/markdown.css": {"task"},
    "templates/assets/px/theme/page.css": {"chinese"},
    "templates/assets/px/theme.js": {"task"},
}
"""Words that a file may hold, and why."""


def words_of_plans() -> set[str]:
    """Return the names of all levels of all plans at hand, in the singular."""
    found = set(ALWAYS)
    for name in PLANS:
        settings = yaml.safe_load((plan_folder(name) / "plan.yaml").read_text(encoding="utf-8"))
        levels = [level for strand in settings["strands"] for level in strand["levels"]]
        for level in (each for each in levels if each["id"] not in GENERAL):
            one = level["name"]["one"]
            name = next(iter(one.values())) if isinstance(one, dict) else one  # of the first language
            found |= {level["id"], level["plural"].removesuffix("s"), name.lower()}
    return found


def words_of_plans_in_code() -> dict[str, set[str]]:
    """Return the words of plans that each file of code or template holds, by its path."""
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, words_of_plans())))})s?\b", re.IGNORECASE)
    found = {}
    for folder in ("generator", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".md", ".html", ".css", ".js"):
                text = path.read_text(encoding="utf-8")
                found[path.relative_to(ROOT).as_posix()] = {hit.lower() for hit in pattern.findall(text)}
    return found


def test_no_word_of_a_plan_stands_in_code_or_templates():
    assert len(words_of_plans()) > 20
    found = {path: hits - ALLOWED.get(path, set()) for path, hits in words_of_plans_in_code().items()}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_nothing_is_allowed_that_is_not_there():
    found = words_of_plans_in_code()
    assert {path: words for path, words in ALLOWED.items() if words - found[path]} == {}
