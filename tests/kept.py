"""A small plan with two kept versions, for tests of what changed."""

import shutil
from pathlib import Path

from conftest import plan_folder

from plan_explorer.build import exportable
from plan_explorer.exporters import plan_json

EDITS = (
    (
        "2025-01-31",
        {"id: less-runoff": "id: runoff-cut", "The paper asks for clean water.": "It asks for water."},
    ),
    ("2025-06-30", {"id: less-runoff": "id: little-runoff\n    formerly: [runoff-cut]"}),
)
"""The versions before that of today: their days, and how their texts differ from it."""


def keep(folder: Path) -> None:
    """Put two older versions of the tiny plan into *folder*."""
    folder.mkdir(parents=True)
    for day, edits in EDITS:
        plan = folder.parent / f"then-{day}"
        shutil.copytree(plan_folder("tiny"), plan)
        settings = (plan / "plan.yaml").read_text(encoding="utf-8")
        (plan / "plan.yaml").write_text(settings.replace("2026-01-31", day), encoding="utf-8")
        text = (plan / "content.yaml").read_text(encoding="utf-8")
        for now, then in edits.items():
            assert text.count(now) == 1
            text = text.replace(now, then)
        (plan / "content.yaml").write_text(text, encoding="utf-8")
        kept = plan_json.export(exportable(plan)).files["plan.json"]
        (folder / f"{day}.json").write_bytes(kept)
        shutil.rmtree(plan)


def project(folder: Path) -> Path:
    """Return *folder* with a plan of today and two kept versions in it."""
    shutil.copytree(plan_folder("tiny"), folder / "plan")
    path = folder / "plan" / "content.yaml"
    text = path.read_text(encoding="utf-8")
    edited = text.replace("id: less-runoff", "id: less-runoff\n    formerly: [little-runoff]")
    path.write_text(edited, encoding="utf-8")
    keep(folder / "versions")
    return folder
