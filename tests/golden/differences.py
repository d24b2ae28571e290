"""What two builds differ in: what is read of each page, and the bytes of files."""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .reader import Contents, read

LONG = 1500
"""From so many items on, common ones are no longer tried as the start of a match: it would take minutes."""
FILES = {
    "pages": "pages that only one of the two has",
    "markdown": "Markdown files beside the pages",
    "search": "index of the search",
    "assets": "styles, scripts and pictures",
    "data": "exported and all other files",
    "tree": "files that 'plan-explorer render' writes",
}


class Change(NamedTuple):
    """What stands at one place of a page, in the old and the new build."""

    old: str
    new: str


@dataclass
class Tally:
    """What was compared of one kind, and what came out."""

    old: int = 0
    new: int = 0
    lost: int = 0
    gained: int = 0
    moved: int = 0
    pages: dict[str, list[Change]] = field(default_factory=dict)

    def compare(self, page: str, old: list[str], new: list[str]) -> None:
        """Note how the items of a page differ."""
        self.old += len(old)
        self.new += len(new)
        if old == new:
            return
        pairs = list(_changes(old, new))
        before, after = (Counter(item for pair in pairs for item in pair[side]) for side in (0, 1))
        self.lost += (before - after).total()
        self.gained += (after - before).total()
        self.moved += (before & after).total()
        self.pages[page] = [Change(*map(" ".join, pair)) for pair in pairs]


def compare_pages(old: Path, new: Path, pages: list[str], tallies: dict[str, Tally], name: str) -> None:
    """Compare what a reader gets of the *pages* in two sites of the plan *name*."""
    for page in pages:
        before, after = read(old, page), read(new, page)
        _keep_common_places(before, after)
        for kind, tally in tallies.items():
            if kind in before:
                tally.compare(f"{name}/{page}", before[kind], after[kind])


def _keep_common_places(old: Contents, new: Contents) -> None:
    """Leave the places of ids that both have; the others are told of as ids."""
    common = {f"#{id}:" for id in set(old["ids"]) & set(new["ids"])}
    for contents in (old, new):
        contents["places"] = [place for place in contents["places"] if place.split(" ")[0] in common]


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    unlike = (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    start = next(unlike, min(len(old), len(new)))
    old, new = old[start:], new[start:]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(new) > LONG)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield old[i1:i2], new[j1:j2]


def files(project: Path) -> dict[str, Path]:
    """Return all files that were built of *project*: those of the site, and of the tree below 'tree'."""
    site, tree = project / "site", project / "tree"
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return found | {path.relative_to(project).as_posix(): path for path in tree.rglob("*") if path.is_file()}


def kind_of(path: str) -> str:
    """Return the kind of a file that was built."""
    if path.startswith("tree/"):
        return "tree"
    if path.startswith("assets/"):
        return "search" if "/search/" in path else "assets"
    return {".html": "pages", ".md": "markdown"}.get(Path(path).suffix, "data")


def differing_files(old: Path, new: Path) -> dict[str, str]:
    """Return the files that are not the same in two builds, with 'missing', 'new' or 'differs'."""
    before, after = files(old), files(new)
    missing = dict.fromkeys(before.keys() - after.keys(), "missing")
    added = dict.fromkeys(after.keys() - before.keys(), "new")
    changed = {
        path: "differs"
        for path in before.keys() & after.keys()
        if before[path].read_bytes() != after[path].read_bytes()
    }
    return dict(sorted((missing | added | changed).items()))


def excerpt(old: Path, new: Path, lines: int = 14, width: int = 200) -> list[str]:
    """Return the beginning of how two text files differ; HTML is cut between its tags."""
    try:
        before, after = (path.read_text(encoding="utf-8").replace("><", ">\n<") for path in (old, new))
    except UnicodeDecodeError:
        return [f"{old.stat().st_size} and {new.stat().st_size} bytes"]
    if max(len(before), len(after)) > 300_000:
        return [f"{len(before)} and {len(after)} characters"]
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), "old", "new", lineterm="", n=1)
    return [line[:width] for _, line in zip(range(lines), diff, strict=False)]
