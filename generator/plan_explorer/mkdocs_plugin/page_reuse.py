"""Pages of earlier builds: taken again where they were made of the very same things."""

import json
import logging
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from plan_explorer.mkdocs_plugin import disk_cache
from plan_explorer.mkdocs_plugin.generated_files import PlanFile
from plan_explorer.rendering import renderer

log = logging.getLogger("mkdocs.plugins.plan-explorer")

LINK = re.compile(r'href="([^"#?:]+)["#?]')
"""An address within the site; ``:`` is in those of other hosts."""

REPEATABLE = {"plan-explorer", "offline", "material/offline"}
"""Plugins with which the same things make the same page."""

SELF_CONTAINED = {
    *renderer.EXTENSIONS,
    *("abbr", "admonition", "codehilite", "footnotes", "meta", "nl2br", "sane_lists", "smarty", "toc"),
    *("pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys"),
    *("pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
}
"""Extensions of Python-Markdown that read no file and no clock."""

PLAIN = {*renderer.EXTENSIONS, "admonition", "toc"}
"""Extensions of Python-Markdown that leave text, links, lists and tables without marks of their own alone."""

UNSEEN = (
    *("config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict"),
    *("plugins", "hooks", "theme", "nav"),
)
"""Settings that no page shows; the last is looked at as it is shown."""


class Listener(logging.Handler):
    """Counts what is said while a page is made: a page that gives cause for it is made anew each time."""

    heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1


class Reuse:
    """The finished pages of earlier builds, and what each page of this one is made of."""

    def __init__(self, root: Path, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """Look below *root*, the folder of mkdocs.yml, for pages as *config* and *nav* would make them."""
        # A build that does not hear of what is worth a line must not vouch for one that would.
        heard = log.isEnabledFor(logging.INFO) or not log.isEnabledFor(logging.WARNING)
        self._around = disk_cache.key(
            disk_cache.program_key(), _settings(config), list(_stops(nav.items)), heard
        )
        self._cache = disk_cache.Cache(root / disk_cache.FOLDER)
        self._keys: dict[str, str] = {}
        self._there = {posixpath.normpath(file.url): file for file in files}
        self._there |= {file.dest_uri: file for file in files}

    def note(self, page: MkDocsPage, *made_of: Any) -> None:
        """Remember what *page* is made of, besides what is around every page."""
        path = page.file.src_uri
        self._keys[path] = disk_cache.key(self._around, path, *made_of)

    def take(self, page: MkDocsPage, file: PlanFile) -> bool:
        """Finish *file* with the *page* that was made of the same, if all is there that it links to."""
        known = self._cache.read(self._keys[file.src_uri])
        if not known:
            return False
        head, _, html = known.partition(b"\n")
        record = json.loads(head)
        if not self._there.keys() >= {*record["links"], *record["anchors"]}:
            return False
        self.forget(page)
        page.present_anchor_ids = set(record["ids"])
        page.links_to_anchors = {self._there[path]: found for path, found in record["anchors"].items()}
        file.put(html)
        return True

    def forget(self, page: MkDocsPage) -> None:
        """Do not keep *page*: there was something to say of it."""
        self._keys.pop(page.file.src_uri, None)

    def keep(self, page: MkDocsPage, output: str) -> None:
        """Keep *output* as the finished *page* for the next build."""
        known = self._keys.pop(page.file.src_uri, None)
        if known and log.isEnabledFor(logging.WARNING):  # else a fault may have gone unheard
            html = output.encode("utf-8", errors="xmlcharrefreplace")
            self._cache.write(known, json.dumps(_record(page)).encode() + b"\n" + html)

    def tidy(self) -> None:
        """Delete pages that are no longer wanted, if there are many."""
        self._cache.tidy()


def is_alone(config: MkDocsConfig) -> bool:
    """Return whether nobody else wants to hear of a page, of whom we do not know what for."""
    return not config.hooks and set(config.plugins) <= REPEATABLE


def is_repeatable(config: MkDocsConfig) -> bool:
    """Return whether nothing but what we know of has a say in a page."""
    theme = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return (
        is_alone(config)
        and set(config.markdown_extensions) <= SELF_CONTAINED
        and not (theme and any(theme.rglob("*.html")))
    )


def is_plain(config: MkDocsConfig) -> bool:
    """Return whether the plainest shapes of Markdown mean on this site what they always mean."""
    settings = config.mdx_configs or {}
    plain = set(config.markdown_extensions) <= PLAIN and not set(settings) & set(renderer.EXTENSIONS)
    return plain and is_repeatable(config)


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return every setting a page can show, and the templates around it."""
    theme = {name: config.theme[name] for name in config.theme}
    folders = [Path(folder) for folder in config.theme.dirs if "site-packages" not in Path(folder).parts]
    return {
        "config": {name: value for name, value in config.items() if name not in UNSEEN},
        "theme": [config.theme.name, theme, [disk_cache.files_key(folder) for folder in folders]],
    }


def _stops(items: Iterable[Any]) -> Iterator[Any]:
    """Yield every title and address of a navigation, level by level."""
    for item in items:
        source = ""
        if item.is_page and item.title is None:  # the title is in the page, which is not read yet
            source = item.file.content_string
        yield [item.title, getattr(item, "url", None), source, list(_stops(item.children or ()))]


def _record(page: MkDocsPage) -> dict[str, Any]:
    """Return what a later build has to know of a finished page besides its HTML."""
    folder = posixpath.dirname(page.file.dest_uri)
    links = {posixpath.normpath(posixpath.join(folder, href)) for href in LINK.findall(page.content or "")}
    anchors = {file.dest_uri: found for file, found in (page.links_to_anchors or {}).items()}
    return {"links": sorted(links), "ids": sorted(page.present_anchor_ids or ()), "anchors": anchors}
