"""Work out the address of a page, absolute or relative."""

import posixpath
from functools import lru_cache


@lru_cache(maxsize=65536)
def built(path: str, *, directory_urls: bool) -> str:
    """Return the root-relative URL of the page."""
    page = path.removesuffix(".md")
    if not directory_urls:
        return f"{page}.html"
    folder = posixpath.dirname(page) if posixpath.basename(page) == "index" else page
    return f"{folder}/" if folder else ""


def relative(path: str, folder: str) -> str:
    """Return *path* relative to *folder*, both given from the root."""
    path = path.strip("/")
    top, up = _climb(folder)
    if path and not path.startswith(top):
        return up + path
    there, here = path.split("/") if path else [], folder.split("/") if folder else []
    same = 0
    while same < min(len(there), len(here)) and there[same] == here[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


@lru_cache(maxsize=1024)
def _climb(folder: str) -> tuple[str, str]:
    """Return the top folder's prefix and the path out of it."""
    steps = folder.split("/")
    return steps[0], "../" * len(steps)
