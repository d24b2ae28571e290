"""What the theme asks of the plugin while it writes a page."""

from types import SimpleNamespace

import pytest
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
