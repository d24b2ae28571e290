"""Find links on the pages of the plan that lead nowhere."""

import posixpath
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import Files

from plan_explorer.mkdocs_plugin.plan_page import PlanPage


def dead_links(pages: Iterable[PlanPage], files: Files) -> Iterator[tuple[PlanPage, str]]:
    """Yield each link of *pages* that leads nowhere, with the page it stands on."""
    there = {file.dest_uri: file for file in files}
    for page in pages:
        for address, links in groupby(sorted(page.links), lambda link: link.partition("#")[0]):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = there.get(_target(unquote(parts.path), page.file.dest_uri))
            ids = target.page.present_anchor_ids if target and target.page else None
            for link in links:
                anchor = unquote(link.partition("#")[2])
                if target is None or (anchor and ids is not None and anchor not in ids):
                    yield page, link


def _target(path: str, here: str) -> str:
    """Return the file that *path* leads to from the page at *here*, both from the top of the site."""
    if not path:
        return here
    found = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    return posixpath.normpath(f"{found}/index.html") if is_folder else found
