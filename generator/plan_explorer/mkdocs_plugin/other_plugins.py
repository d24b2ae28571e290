"""What is known of other plugins: which see pages, make the navigation, or cannot work beside ours."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

HARMLESS = {"plan-explorer", "offline"}
"""Plugins that do not look at pages."""

NAV_MAKERS = {"awesome-nav", "awesome-pages"}
"""Plugins that make a navigation of whatever is there, unless mkdocs.yml has one."""

REFUSED = {
    "blog": (
        "its posts need the page templates of Material, and the site has others",
        "write posts as pages of your own, or as a site beside this one",
    ),
    "encryptcontent": (
        "it encrypts pages, and leaves their Markdown, their data and the search open to everybody",
        "let the server ask for a password",
    ),
    "ezlinks": (
        "it looks for a file on the disk behind every page, and those of a plan are generated",
        "write links with their paths",
    ),
    "i18n": (
        "it makes each page anew for each language from a file on the disk; those of a plan are generated",
        "a plan has names in several languages ('languages' in plan.yaml); for whole texts in another "
        "language make a second plan, with a site of its own",
    ),
}
"""Plugins that cannot work beside ours: why, and what to do."""


def none_looks(config: MkDocsConfig) -> bool:
    """Return whether no other plugin or hook wants to see the pages of the plan."""
    return not config.hooks and _names(config) <= HARMLESS


def makes_nav(config: MkDocsConfig) -> bool:
    """Return whether another plugin makes the navigation."""
    return not NAV_MAKERS.isdisjoint(_names(config))


def refuse(config: MkDocsConfig) -> None:
    """Stop the build if another plugin cannot work beside ours.

    Raises:
        PluginError: with the reason, and what to do.
    """
    for name in sorted(REFUSED.keys() & _names(config)):
        why, hint = REFUSED[name]
        raise PluginError(f"the plugin '{name}' cannot work beside plan-explorer: {why}\n    hint: {hint}")


def _names(config: MkDocsConfig) -> set[str]:
    """Return the plugins of the site, without the theme that some are of; a second of a kind is 'NAME #2'."""
    return {name.rpartition("/")[2].partition(" #")[0] for name in config.plugins}
