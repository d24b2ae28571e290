"""Links as MkDocs writes them, for what the plugin converts itself."""

import json
import posixpath
import zlib
from collections.abc import Iterable
from functools import lru_cache

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

Found = tuple[File, str] | None
"""A file and its address as seen from a page; ``None`` if MkDocs has something to say of a link to it."""


FOLDERS = 4
"""Of so many folders it is remembered where links from their pages lead: many folders hold one page."""


def packed(page: MkDocsPage) -> bytes:
    """Return the links of *page* to places within pages, in little room: those of all pages are kept."""
    links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    return zlib.compress(json.dumps(links).encode(), 1)


def unpacked(packed: bytes, files: Files) -> dict[File, dict[str, str]]:
    """Return the links that were *packed*, which lead to *files*."""
    links = json.loads(zlib.decompress(packed))
    return {files.src_uris[path]: found for path, found in links.items()}


class Links:
    """The addresses of a site, as they stand in links."""

    def __init__(self, files: Files) -> None:
        """Look for what links lead to among *files*."""
        self._files = files
        self._known = lru_cache(maxsize=FOLDERS)(_nothing)

    def of(self, page: MkDocsPage) -> "PageLinks":
        """Return the links of *page*, none of which is known yet."""
        # The same link on a page beside it leads to the same file, at the same address.
        beside = posixpath.dirname(page.file.src_uri), posixpath.dirname(page.file.url)
        return PageLinks(page.file, self._files, self._known(*beside))


def _nothing(source: str, built: str) -> dict[str, Found]:
    return {}


class PageLinks:
    """The links of a page, of which MkDocs has to know those to places within pages."""

    def __init__(self, file: File, files: Files, known: dict[str, Found]) -> None:
        self._file = file
        self._files = files
        self._known = known
        self._anchors: dict[File, dict[str, str]] = {}

    def address(self, href: str) -> str | None:
        """Return the address that *href* becomes; ``None`` if that is better left to MkDocs."""
        if href.startswith(("https://", "http://")):
            return href
        path, _, anchor = href.partition("#")
        if path not in self._known:
            self._known[path] = self._find(path)
        found = self._known[path] if path else (self._file, "")
        if not found:
            return None
        if anchor:
            self._anchors.setdefault(found[0], {}).setdefault(anchor, href)
        return f"{found[1]}#{anchor}" if anchor else found[1] or href

    def _find(self, path: str) -> Found:
        if ":" in path or path.startswith("/"):
            return None
        source = posixpath.normpath(posixpath.join(posixpath.dirname(self._file.src_uri), path))
        file = self._files.src_uris.get(source)
        if not file or file.inclusion.is_excluded():
            return None
        return file, get_relative_url(file.url, self._file.url)

    def note(self, page: MkDocsPage, ids: Iterable[str]) -> None:
        """Tell *page* of these links and of the places in it, *ids*, as if MkDocs had met them."""
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *ids}
        if page.links_to_anchors is not None:  # else nobody will ask
            for file, found in self._anchors.items():
                there = page.links_to_anchors.setdefault(file, {})
                page.links_to_anchors[file] = found | there
