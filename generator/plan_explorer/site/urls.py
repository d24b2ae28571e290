"""Work out the address of a page, absolute or relative."""

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache

from plan_explorer.site.addresses import Address

UrlOf = Callable[[Address], str]
"""Gives the address of a built page from the top of the site."""


@lru_cache(maxsize=65536)
def built(path: str, *, directory_urls: bool) -> str:
    """Return the root-relative URL of the page."""
    page = path.removesuffix(".md")
    if not directory_urls:
        return f"{page}.html"
    folder = posixpath.dirname(page) if posixpath.basename(page) == "index" else page
    return f"{folder}/" if folder else ""


def url_of(address: Address, *, directory_urls: bool) -> str:
    """Return where *address* is found in the built site, from its top."""
    path = built(address.path, directory_urls=directory_urls)
    return f"{path}#{address.anchor}" if address.anchor else path


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


def is_web_address(url: str) -> bool:
    """Return whether *url* is that of a page or file on the web, and nothing else."""
    return re.fullmatch(r"https?://[^\s<>\"'`\\\x00-\x1f\x7f]+", url) is not None
