"""What the theme asks of the plugin while it writes a page."""

import json
import re
from types import SimpleNamespace

import pytest
from conftest import ROOT, build_site, plan_folder
from jinja2 import Environment

from plan_explorer.mkdocs_plugin.theme_context import href
from plan_explorer.rendering.interface_words import read_words


@pytest.mark.parametrize(
    ("target", "flat", "in_folders"),
    [
        ("a/c.md#d", "c.html#d", "../c/#d"),
        ("a/c.md", "c.html", "../c/"),
        ("a/index.md", "index.html", "../"),
        ("index.md#e", "../index.html#e", "../..#e"),
        ("g/myindex.md", "../g/myindex.html", "../../g/myindex/"),
        ("#s1", "#s1", "#s1"),
        ("assets/x.css", "../assets/x.css", "../../assets/x.css"),
    ],
)
def test_an_address_is_seen_from_the_page_at_hand(target, flat, in_folders):
    environment = Environment()
    environment.filters["href"] = href
    template = environment.from_string("{{ target | href }}")
    for folders, url, expected in ((False, "a/b.html", flat), (True, "a/b/", in_folders)):
        config = SimpleNamespace(use_directory_urls=folders)
        page = SimpleNamespace(url=url)
        assert template.render(target=target, config=config, page=page, base_url="..") == expected


def shell(folder, **options):
    """Return the page for missing addresses of a site with these *options*, and one of the plan."""
    site = build_site(plan_folder("tiny"), folder, **options)
    return [(site / path).read_text(encoding="utf-8") for path in ("404.html", "index.html")]


def test_words_that_the_catalogue_lacks_are_english_and_the_direction_is_that_of_the_language(tmp_path):
    for tag, direction in (("ar", "rtl"), ("xx", "ltr")):
        theme = {"name": "material", "font": False, "language": tag}
        for page in shell(tmp_path / tag, theme=theme):
            assert f'dir="{direction}"' in page
            assert ">Skip to content</a>" in page
            assert "Only what the source says" in page


def test_a_missing_page_has_its_styles_without_a_script_wherever_it_stands(tmp_path):
    link = r'<link rel="stylesheet" href="(?:\.\./)*assets/px/theme\.css">'
    styles = re.compile(f"<noscript>(?:{link})+</noscript>")
    missing, page = shell(tmp_path / "a")
    assert missing.count('"../../assets/px/theme.css"') == 1
    assert styles.search(missing)
    assert not styles.search(page)
    missing, _ = shell(tmp_path / "b", site_url="https://example.org/plan/")
    assert 'href="/plan/assets/px/theme.css"' in missing
    assert not styles.search(missing)


def test_a_site_changes_single_words(tmp_path):
    missing, page = shell(tmp_path, extra={"px": {"words": {"skip": "Hop", "copy": "Clone"}}})
    for html in (missing, page):
        assert ">Hop</a>" in html
        assert '"copy": "Clone"' in html
        assert ">Back to top</a>" in html
    assert "<h1>Page not found</h1>" in missing


def test_every_word_of_the_shell_is_in_the_catalogue():
    theme = ROOT / "templates" / "theme"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(theme.rglob("*.html")))
    asked = set(re.findall(r"\bwords\.(\w+)", text)) - {"items"}
    (said,) = re.findall(r"set said = (\[.*?\])", text)
    assert len(asked) > 20
    assert asked | set(json.loads(said)) == set(read_words("en", "it", [ROOT / "templates" / "words"]))
    assert "partials/language.html" not in text


def test_a_catalogue_of_a_language_wins_where_it_has_a_word(tmp_path):
    builtin, own = tmp_path / "builtin", tmp_path / "own"
    builtin.mkdir()
    own.mkdir()
    (builtin / "en.yaml").write_text("{top: Top, next: Next, lens: 'Only {primary}'}", encoding="utf-8")
    (builtin / "zh.yaml").write_text("{top: 顶部, next: 后}", encoding="utf-8")
    (own / "zh-Hant.yaml").write_text("{next: 後}", encoding="utf-8")
    (own / "en.yaml").write_text("{next: Onward}", encoding="utf-8")
    folders = (builtin, own)
    assert read_words("zh-Hant", "it", folders) == {"top": "顶部", "next": "後", "lens": "Only it"}
    assert read_words("fr", "it", folders) == {"top": "Top", "next": "Onward", "lens": "Only it"}


def test_a_site_has_words_in_another_language_beside_its_templates(tmp_path):
    words = tmp_path / "own" / "words"
    words.mkdir(parents=True)
    (words / "fr.yaml").write_text("skip: Aller au contenu\n", encoding="utf-8")
    missing, page = shell(
        tmp_path,
        plugins=[{"plan-explorer": {"templates": "own"}}],
        theme={"name": "material", "font": False, "language": "fr"},
    )
    for html in (missing, page):
        assert ">Aller au contenu</a>" in html
        assert ">Back to top</a>" in html


def test_settings_of_material_that_have_no_effect_are_told(tmp_path, caplog):
    theme = {"name": "material", "palette": {"primary": "teal"}, "font": {"text": "Lato"}}
    extra = {"social": [{"icon": "fontawesome/brands/mastodon", "link": "https://example.org/@us"}]}
    shell(tmp_path, strict=False, theme=theme, extra=extra)
    told = [each.getMessage() for each in caplog.records if "has no effect" in each.getMessage()]
    assert [message.split("'")[1] for message in told] == ["theme.palette", "theme.font", "extra.social"]
    assert all("hint: " in message for message in told)


def test_fonts_that_nobody_chose_are_not_told(tmp_path, caplog):
    shell(tmp_path, theme={"name": "material"})
    assert "has no effect" not in caplog.text
