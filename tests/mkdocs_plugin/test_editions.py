"""A plan told in several languages: the same pages and addresses, and a way from each to the other."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import build_site, plan_folder

from plan_explorer.build import exportable
from plan_explorer.exporters import plan_json
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.translation import read_catalogue

FRENCH = read_catalogue("fr")
RUNOFF = {"en": "Water that leaves a field. [@report]", "fr": "Eau qui quitte un champ."}


def in_two_languages(folder: Path, *tags: str) -> Path:
    """Write the tiny plan with some of its texts in French, told in the languages called *tags*."""
    data = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in plan_folder("tiny").glob("*.yaml")}
    plan, content = data["plan.yaml"], data["content.yaml"]
    plan |= {"editions": list(tags or ("en", "fr")), "site_name": {"en": "Tiny explorer", "fr": "Petit plan"}}
    plan["languages"]["fr"] = {"name": "French", "expected": False}
    plan["wording"] = {"primary": {"en": "the paper", "fr": "le document"}}
    content["terms"][0] |= {"summary": RUNOFF, "name": {"en": "Runoff", "fr": "Ruissellement"}}
    folder.mkdir()
    for name, each in data.items():
        (folder / name).write_text(yaml.safe_dump(each, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the site of a plan in English and French."""
    folder = tmp_path_factory.mktemp("editions")
    return build_site(in_two_languages(folder / "plan"), folder / "site", site_url="https://example.org/p/")


def page(site, path):
    """Return the page at *path* as text."""
    return (site / path).read_text(encoding="utf-8")


def ids(html):
    """Return every anchor of a page, but the letters of a list, which are those of its language."""
    return {id for id in re.findall(r'\sid="([^"]+)"', html) if not id.startswith("letter-")}


def test_every_edition_has_the_same_pages_and_anchors(site):
    first = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    english = {path for path in first if not path.startswith("fr/")}
    assert len(english) > 20
    assert first - english == {f"fr/{path}" for path in english}
    for path in english:
        assert ids(page(site, path)) == ids(page(site, f"fr/{path}")), path


def test_a_page_says_its_language_and_leads_to_the_same_page_in_the_other(site):
    english, french = page(site, "goals/clean-air/index.html"), page(site, "fr/goals/clean-air/index.html")
    assert '<html lang="en" dir="ltr"' in english
    assert '<html lang="fr" dir="ltr"' in french
    assert '<a href="../../fr/goals/clean-air/index.html" lang="fr" hreflang="fr"' in english
    assert '<a href="../../../goals/clean-air/index.html" lang="en" hreflang="en"' in french
    assert ">français</a>" in english


def test_engines_are_told_what_is_the_same_page(site):
    where = "https://example.org/p/{}glossary/index.html"
    for html in (page(site, "glossary/index.html"), page(site, "fr/glossary/index.html")):
        told = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
        first, second = where.format(""), where.format("fr/")
        assert dict(told) == {"en": first, "x-default": first, "fr": second}
    sitemap = page(site, "sitemap.xml")
    assert sitemap.count(f'hreflang="fr" href="{where.format("fr/")}"') == 2  # of either page
    assert f"<loc>{where.format('fr/')}</loc>" in sitemap


def test_what_is_translated_is_told_so_and_the_rest_says_in_which_language_it_is(site):
    glossary = page(site, "fr/glossary/index.html")
    assert "Eau qui quitte un champ." in glossary
    assert "Water that leaves" not in glossary
    assert FRENCH.gettext("Only what %(primary)s says", primary="le document") in glossary
    item = page(site, "fr/goals/clean-air/index.html")
    assert re.search(r'<span lang="en" dir="ltr">The paper asks for clean air\.</span>', item)
    assert "<em>(English)</em>" in item
    assert "(English)" not in page(site, "goals/clean-air/index.html")


def test_an_edition_is_called_what_the_plan_says_in_its_language(site):
    assert '<meta property="og:site_name" content="Petit plan">' in page(site, "fr/glossary/index.html")
    assert '<meta property="og:site_name" content="A plan">' in page(site, "glossary/index.html")


def test_the_words_of_a_source_are_marked_as_in_another_language_without_a_note(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    text = (folder / "content.yaml").read_text("utf-8")
    text = text.replace("- id: runoff\n", "- id: runoff\n  wordings:\n  - dirty water [@paper p1.1]\n")
    (folder / "content.yaml").write_text(text, "utf-8")
    glossary = page(build_site(folder, tmp_path / "site"), "fr/glossary/index.html")
    assert re.search(r'<span lang="en" dir="ltr">dirty water .*</span>', glossary)
    assert "<em>(English)</em>" not in glossary


def test_what_changed_is_told_in_the_first_language_and_marked(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    (tmp_path / "versions").mkdir()
    kept = plan_json.export(exportable(folder)).files["plan.json"]
    (tmp_path / "versions" / "old.json").write_bytes(kept)
    text = (folder / "content.yaml").read_text("utf-8")
    (folder / "content.yaml").write_text(text.replace("leaves a field", "runs off a field"), "utf-8")
    (folder / "plan.yaml").write_text(
        (folder / "plan.yaml").read_text("utf-8").replace("as_of: 2026", "as_of: 2027"), "utf-8"
    )
    site = build_site(folder, tmp_path / "site")
    (path,) = [each.relative_to(site / "fr") for each in (site / "fr" / "changes").glob("2027*.html")]
    changes = page(site, f"fr/{path}")
    assert re.search(
        r'<span lang="en" dir="ltr">Water that <del>leaves</del> <ins>runs off</ins> a field', changes
    )
    assert ">Ruissellement</a>" in changes
    assert 'lang="en" dir="ltr">Water' not in page(site, path)


def test_the_search_of_an_edition_finds_what_that_says(site):
    assert 'src="../assets/px/search.js"' in page(site, "fr/glossary/index.html")
    found = [path.read_text("utf-8") for path in (site / "fr/assets/px").rglob("*.js")]
    assert any("Ruissellement" in text and "fr/" not in text for text in found)
    names = site / "assets" / "px" / "search-index.js"
    assert "fr/glossary" not in "".join(path.read_text("utf-8") for path in names.parent.glob("*.js"))


def test_the_header_of_an_edition_leads_to_its_own_pages_only(site):
    html = page(site, "fr/goals/clean-air/index.html")
    tabs = re.search(r'<nav class="px-tabbar" .*?</nav>', html, re.DOTALL)[0]
    assert tabs.count("px-tabbar") == 1
    assert set(re.findall(r'href="([^"]+)"', tabs)) >= {"../../index.html", "../../glossary/index.html"}
    assert "../../../" not in tabs


def test_the_plan_in_other_formats_is_told_in_the_language_of_its_edition(site):
    tables = [(site / folder / "data/csv/statements.csv").read_text("utf-8") for folder in ("", "fr")]
    assert ["Eau qui quitte un champ." in table for table in tables] == [False, True]
    assert ["Water that leaves a field." in table for table in tables] == [True, False]


def test_a_plan_with_one_edition_has_no_switch(tmp_path):
    site = build_site(in_two_languages(tmp_path / "plan", "en"), tmp_path / "site")
    assert not (site / "fr").exists()
    assert "px-editions" not in page(site, "index.html")


def test_a_view_without_a_name_in_the_language_of_an_edition_has_no_other_names(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    data = yaml.safe_load((folder / "plan.yaml").read_text("utf-8"))
    del data["views"][0]["declared"]
    (folder / "plan.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    told = page(build_site(folder, tmp_path / "site"), "fr/views/pair.html")
    assert re.search(r"<h1[^>]*>.*The pair", told)
    assert "px-sub" not in told


def test_editions_stand_below_the_prefix_of_a_plan(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    plugins = [{"plan-explorer": {"plan": folder.as_posix(), "prefix": "tiny"}}]
    site = build_site(folder, tmp_path / "site", plugins=plugins, strict=False)
    assert '<a href="../../glossary/index.html" lang="en"' in page(site, "tiny/fr/glossary/index.html")


def test_nothing_of_the_first_edition_changes(tmp_path, site):
    alone = build_site(
        in_two_languages(tmp_path / "plan", "en"), tmp_path / "site", site_url="https://example.org/p/"
    )
    for path in alone.rglob("*.md"):
        name = path.relative_to(alone).as_posix()
        if name != "data/index.md":  # it names a fingerprint of the files
            assert page(alone, name) == page(site, name)


def test_an_edition_is_verified_with_its_original(tmp_path):
    checked = load_plan(in_two_languages(tmp_path / "plan"))
    assert checked.editions["fr"].original is checked.plan


def test_headings_keep_the_addresses_that_are_made_of_their_words(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    text = (folder / "plan.yaml").read_text("utf-8")
    text = text.replace("body: Bodies", "body: {en: Bodies, fr: Organes}")
    (folder / "plan.yaml").write_text(text, "utf-8")
    site = build_site(folder, tmp_path / "site")
    assert re.search(r'<h2[^>]* id="bodies"[^>]*>Bodies', page(site, "actors/index.html"))
    assert re.search(r'<h2[^>]* id="bodies"[^>]*>Organes', page(site, "fr/actors/index.html"))


def test_readers_are_told_that_a_machine_translated_an_edition(tmp_path, site):
    folder = in_two_languages(tmp_path / "plan")
    text = (folder / "plan.yaml").read_text("utf-8")
    (folder / "plan.yaml").write_text(
        text.replace("name: French", "name: French\n    translation: machine"), "utf-8"
    )
    told = build_site(folder, tmp_path / "site")
    words = FRENCH.gettext(
        "The texts of this edition were translated by a machine, and nobody has read them over."
    )
    assert words.startswith("Les textes de cette")
    assert words in page(told, "fr/glossary/index.html")
    assert words not in page(told, "glossary/index.html")
    assert words not in page(site, "fr/glossary/index.html")


def test_a_reader_is_told_that_the_name_in_his_language_is_a_reconstruction(tmp_path):
    folder = in_two_languages(tmp_path / "plan")
    text = (folder / "content.yaml").read_text("utf-8")
    unsure = "{text: Ruissellement, confidence: reconstructed, basis: {en: as usual, fr: comme d’usage}}"
    (folder / "content.yaml").write_text(text.replace("fr: Ruissellement", f"fr: {unsure}"), "utf-8")
    site = build_site(folder, tmp_path / "site")
    label = FRENCH.gettext("our reconstruction")
    assert f"{label}</a> comme d’usage" in page(site, "fr/glossary/index.html")
    assert "our reconstruction</a> as usual" in page(site, "glossary/index.html")
    assert "comme d’usage" in page(site, "fr/names.html")
