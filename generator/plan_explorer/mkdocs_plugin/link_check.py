"""Find links on the pages of the plan that lead nowhere."""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import File, Files

from plan_explorer.mkdocs_plugin.plan_page import PlanPage


def dead_links(pages: Iterable[PlanPage], files: Files) -> Iterator[tuple[PlanPage, str]]:
    """Yield each link of *pages* that leads nowhere, with the page it stands on."""
    there = {file.dest_uri: file for file in files}
    for page in pages:
        for link in sorted(page.links):
            if not _leads_somewhere(link, page, there):
                yield page, link


def _leads_somewhere(link: str, page: PlanPage, there: dict[str, File]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = there.get(_target(unquote(parts.path), page.file.dest_uri))
    if target is None:
        return False
    ids = target.page.present_anchor_ids if target.page else None
    return not parts.fragment or ids is None or unquote(parts.fragment) in ids


def _target(path: str, here: str) -> str:
    """Return the file that *path* leads to from the page at *here*, both from the top of the site."""
    if not path:
        return here
    found = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    return posixpath.normpath(f"{found}/index.html") if is_folder else found
