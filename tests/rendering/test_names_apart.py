"""Names in several languages stand apart wherever a page shows them in one line."""

import re
import shutil
from pathlib import Path

from conftest import plan_folder

from plan_explorer.build import build


def html(folder: Path, path: str) -> str:
    return next(each for each in build(folder, formats=()).pages if each.page.path == path).article().html


def test_names_in_one_line_stand_apart():
    found = {
        "compare/index.md": "Eine digital befähigte Bevölkerung</span> · <span",
        "glossary/index.md": "Randknoten</span> · <span",
    }
    for page, both in found.items():
        assert f'<span lang="de">{both} lang="fr">' in html(plan_folder("decade"), page)


def test_a_name_from_right_to_left_says_so_beside_a_term():
    page = html(plan_folder("vision"), "programmes/quality-of-life.md")
    assert re.search(r'class="px-term"[^>]*>[^<]*</a> <span lang="ar" dir="rtl">', page)


def test_a_box_of_the_map_has_each_name_on_a_line_of_its_own(tmp_path):
    shutil.copytree(plan_folder("decade"), tmp_path / "plan")
    targets = tmp_path / "plan" / "targets.yaml"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("fr: Des réseaux", "de: Gigabitnetze, fr: Des réseaux"), encoding="utf-8")
    page = html(tmp_path / "plan", "index.md")
    assert '<span lang="de">Gigabitnetze</span> <span lang="fr">Des réseaux' in page
