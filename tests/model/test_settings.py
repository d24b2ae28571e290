"""What plan.yaml may leave out."""

import shutil

from conftest import plan_folder

from plan_explorer.loading.checked_plan import load_plan


def test_one_level_above_needs_no_brackets(tmp_path):
    shutil.copytree(plan_folder("river"), tmp_path / "plan")
    settings = tmp_path / "plan" / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "under: [pledge]" in text
    settings.write_text(text.replace("under: [pledge]", "under: pledge"), encoding="utf-8")
    assert load_plan(tmp_path / "plan").plan.settings.levels["measure"].under == ("pledge",)
