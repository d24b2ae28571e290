"""Decide what may become a path or an address of a site, and where files may be written."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from plan_explorer.diagnostics.problems import Location, PlanError, Problem

LONGEST = 100
"""Most characters of the name of a file or folder."""

DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that no file can have on Windows, whatever its extension."""

_NAME = f"[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}"

PAGE = rf"^({_NAME}/)*{_NAME}\.md(#[a-z0-9-]{{1,{LONGEST}}})?$"
"""A page that was, by the path of its Markdown file, and a place on it: ``glossary/index.md#a``."""

PAGE_LENGTH = 250
"""Most characters of such an address."""

_PAGE = re.compile(PAGE.strip("^$"))


def is_page(address: str) -> bool:
    """Return whether *address* can be that of a page, and of a place on it."""
    return len(address) <= PAGE_LENGTH and bool(_PAGE.fullmatch(address))


def slug(text: str) -> str:
    """Return *text* as a name for a file or a place: letters, digits, hyphens."""
    return bounded("".join(c if c.isalnum() else "-" for c in text.lower()).strip("-"))


def bounded(name: str) -> str:
    """Return *name*, with a hash for the end of one that is too long."""
    if len(name) <= LONGEST and len(name.encode()) <= 2 * LONGEST:
        return name
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST // 4]}-{digest}"


def encoded(url: str) -> str:
    """Return *url* as a server may read it in a rule: nothing in it ends a word or a line."""
    return quote(url, safe="/#.-_~")


def within(folder: Path, path: str) -> Path:
    """Return where the file at *path* of *folder* is to be written.

    Raises:
        PlanError: ``bad-address``, if that is not in *folder*, or no name for a file on every system.
    """
    plain = path.isprintable() and not any(c in path for c in '\\:*?"<>|')
    if not plain or any(part in ("", ".", "..") or len(part.encode()) > 255 for part in path.split("/")):
        shown = path.encode("unicode_escape").decode()[:LONGEST]
        message = "no file can be written here: this is not a path within the folder"
        raise PlanError([Problem("bad-address", message, Location(shown))])
    return folder / path
