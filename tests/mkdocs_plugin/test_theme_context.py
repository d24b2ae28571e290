"""What the theme asks of the plugin while it writes a page."""

import re
from types import SimpleNamespace

import pytest
from conftest import build_site, plan_folder
from jinja2 import Environment

from plan_explorer.mkdocs_plugin.theme_context import href


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


def test_the_direction_is_that_of_the_language_of_the_plan_or_outside_of_it_of_the_theme(tmp_path):
    for tag, direction in (("ar", "rtl"), ("xx", "ltr")):
        theme = {"name": "material", "font": False, "language": tag}
        missing, page = shell(tmp_path / tag, theme=theme)
        assert f'dir="{direction}"' in missing
        assert 'dir="ltr"' in page


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
    words = tmp_path / "own" / "words"
    words.mkdir(parents=True)
    (words / "en.po").write_text(
        'msgid "Skip to content"\nmsgstr "Hop"\n\n#: theme.js\nmsgid "Copy to clipboard"\nmsgstr "Clone"\n',
        encoding="utf-8",
    )
    missing, page = shell(tmp_path, plugins=[{"plan-explorer": {"templates": "own"}}])
    for html in (missing, page):
        assert ">Hop</a>" in html
        assert ">Back to top</a>" in html
    assert "<h1>Page not found</h1>" in missing
    assert '{"Copy to clipboard":"Clone"}' in (tmp_path / "site/assets/px/words.js").read_text("utf-8")


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
