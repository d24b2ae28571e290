"""Find settings of Material in mkdocs.yml that the pages of this theme do not follow."""

from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

OWN_STYLE = "set its variables, such as --link or --font-sans, in a style sheet under 'extra_css'"
OWN_FOOTER = "write the links on a page of your own, or replace the block 'footer' in a main.html"

FONTS = {"text": "Roboto", "code": "Roboto Mono"}
"""What Material has as fonts unless told otherwise."""


def unused_settings(config: MkDocsConfig) -> Iterator[str]:
    """Yield for each setting that has no effect what it is, and what to do instead."""
    theme: dict[str, Any] = {key: config.theme.get(key) for key in ("palette", "font", "icon")}
    for name, given, hint in (
        ("theme.palette", theme["palette"], OWN_STYLE),
        ("theme.font", theme["font"] and theme["font"] != FONTS, OWN_STYLE),
        ("theme.icon", theme["icon"], "name a picture under 'theme', 'logo' or 'favicon'"),
        ("extra.social", config.extra.get("social"), OWN_FOOTER),
        ("extra.analytics", config.extra.get("analytics"), "pages ask no other host for anything"),
    ):
        if given:
            yield f"'{name}' in mkdocs.yml has no effect\n    hint: {hint}"
