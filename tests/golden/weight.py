"""How many bytes a first visit takes, and how large the pages of entries are."""

import csv
import gzip
import posixpath
from collections.abc import Iterable
from pathlib import Path
from statistics import mean

from lxml import html


def figures(project: Path) -> dict[str, int]:
    """Return the figures of the build of *project*, by what they tell."""
    site, tree = project / "site", project / "tree" / "docs"
    items = item_pages(site)
    found = {}
    for name, page in (
        ("overview", "index.html"),
        (f"item page ({items[len(items) // 2]})", items[len(items) // 2]),
    ):
        visited = [site / page, *_linked(site, page)]
        found[f"first visit, {name}: raw"] = sum(path.stat().st_size for path in visited)
        found[f"first visit, {name}: gzip"] = sum(
            len(gzip.compress(path.read_bytes(), 9)) for path in visited
        )
    sources = [tree / Path(page).with_suffix(".md") for page in items]
    found["HTML of an item page, mean"] = _mean(site / page for page in items)
    found["Markdown of an item page in the tree, mean"] = _mean(sources)
    found["Markdown of any page in the tree, mean"] = _mean(tree.rglob("*.md"))
    found["Markdown beside an item page, mean"] = _mean((site / page).with_suffix(".md") for page in items)
    return found


def item_pages(site: Path) -> list[str]:
    """Return the pages that items of the plan have for themselves, as the exported tables tell."""
    items = {row["entry"] for row in _rows(site / "data" / "csv" / "items.csv")}
    entries = _rows(site / "data" / "csv" / "entries.csv")
    return sorted({row["url"] for row in entries if row["id"] in items and "#" not in row["url"]})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _linked(site: Path, page: str) -> list[Path]:
    """Return the styles and scripts that *page* loads."""
    root = html.document_fromstring((site / page).read_text(encoding="utf-8"))
    addresses = root.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    return [
        site / posixpath.normpath(posixpath.join(posixpath.dirname(page), address)) for address in addresses
    ]


def _mean(paths: Iterable[Path]) -> int:
    sizes = [path.stat().st_size for path in paths if path.exists()]
    return round(mean(sizes)) if sizes else 0
