"""Style sheets and scripts are bundled and minified when a site is built."""

import re

import pytest
from conftest import ROOT

from plan_explorer.rendering.assets import read_assets
from plan_explorer.rendering.site_files import STYLES

SOURCES = ROOT / "templates" / "assets"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "px" / "parts").mkdir(parents=True)
    (tmp_path / "px" / "all.css").write_text(
        '/* All */\n@import url("parts/b.css");\n@import url("parts/a.css");\n\np {\n  margin: 0;\n}\n',
        encoding="utf-8",
    )
    (tmp_path / "px" / "parts" / "a.css").write_text('a::after {\n  content: "→  →";\n}\n', encoding="utf-8")
    (tmp_path / "px" / "parts" / "b.css").write_text(
        ":root {\n  --b: calc(1px + 2px);\n}\n", encoding="utf-8"
    )
    (tmp_path / "px" / "run.js").write_text("// Why\nconst a = `x  y`;\n\nrun(a);\n", encoding="utf-8")
    (tmp_path / "mark.bin").write_bytes(b"/* kept */  \n")
    return tmp_path


def test_a_style_sheet_holds_what_it_imports_in_that_order_and_the_parts_are_not_published(folder):
    found = dict(read_assets(folder))
    assert list(found) == ["mark.bin", "px/all.css", "px/run.js"]
    assert found["px/all.css"].decode() == ':root{--b:calc(1px + 2px)}a::after{content:"→  →"}p{margin:0}'


def test_a_script_is_minified_and_any_other_file_stays_as_it_is(folder):
    found = dict(read_assets(folder))
    assert found["px/run.js"] == b"const a=`x  y`;run(a);"
    assert found["mark.bin"] == b"/* kept */  \n"


def test_an_import_of_nothing_is_an_error(folder):
    (folder / "px" / "parts" / "a.css").unlink()
    with pytest.raises(KeyError, match=r"a\.css"):
        dict(read_assets(folder))


def test_each_part_of_ours_is_in_one_published_style_sheet():
    parts = {path for path in SOURCES.rglob("*.css") if path.parent.name != "px"}
    imported = [
        path.parent / name
        for path in SOURCES.rglob("*.css")
        for name in re.findall(r"@import url\(\"(.+)\"\);", path.read_text(encoding="utf-8"))
    ]
    assert parts
    assert sorted(imported) == sorted(parts)


def test_nothing_of_ours_is_published_with_comments_or_imports():
    files = dict(read_assets(SOURCES))
    assert {path for path in files if path.endswith(".css")} == {
        f"px/{name}.css" for name in ("components", "other-theme", "pictures", "search", "theme")
    }
    assert not [path for path, content in files.items() if b"/*" in content]
    importing = {path for path, content in files.items() if b"@import" in content}
    assert importing == {"px/other-theme.css"}  # puts the others into a layer


def test_a_theme_of_others_gets_every_sheet_of_our_pages():
    sheet = dict(read_assets(SOURCES))["px/other-theme.css"].decode()
    imported = re.findall(r'@import url\("([^"]+)"\) layer\(px\);', sheet)
    assert [f"assets/px/{name}" for name in imported] == list(STYLES)


def test_the_source_can_be_read():
    lines = [
        (path.name, number)
        for path in SOURCES.rglob("*.*s")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert lines == []


def test_scripts_say_nothing_beside_a_number_that_no_catalogue_translates():
    beside = re.compile(r"\$\{[^}]*\} [a-z]{3,}|[a-z]{3,} \$\{")
    found = [
        (path.name, match[0])
        for path in (SOURCES / "px").glob("*.js")
        for match in beside.finditer(re.sub(r"`px-[^`]*`|new Error\([^)]*\)", "", path.read_text("utf-8")))
    ]
    assert found == []
