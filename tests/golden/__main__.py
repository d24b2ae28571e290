"""Build the plans at hand with the code of an earlier commit and with this one, and say what differs.

By default pages are compared by what a reader gets, whatever their mark-up is, and all other files by their
bytes. Ends with 1 if anything differs.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

from .builds import build_both, git, worktree
from .differences import FILES, Change, Tally, compare_pages, differing_files, excerpt, files, kind_of
from .reader import KINDS
from .weight import figures

SHOWN = 12
"""So many differences of a kind, or pages, are shown without -v."""
EXCERPTS = 5


def main() -> None:
    """Build, compare, report."""
    options = _options()
    commit = git("rev-parse", "--verify", f"{options.base}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="golden-") as folder, worktree(commit) as base:
        old, new = Path(folder) / "old", Path(folder) / "new"
        plans = build_both(base, old, new, options.items, options.plan, options.own_plans)
        print(f"Compared with {git('log', '-1', '--format=%h %s', commit)}: {', '.join(plans)}\n")
        compare = _compare_bytes if options.bytes else _compare_reading
        differ = compare(old, new, plans, options)
        if "real" in plans:
            _print_weight(old / "real", new / "real")
        if options.pictures:
            from .pictures import take_pairs

            take_pairs(old, new, options.pictures)
        if options.keep:
            shutil.copytree(folder, options.keep)
            print(f"\nBoth builds are in {options.keep}")
    sys.exit(1 if differ else 0)


def _options() -> argparse.Namespace:
    kinds = "\n".join(f"  {kind:13}{text}" for kind, text in (KINDS | FILES).items())
    parser = argparse.ArgumentParser(
        prog="make golden",
        description=__doc__,
        epilog=f"kinds of difference:\n{kinds}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("base", nargs="?", default="HEAD", help="commit to compare with (HEAD)")
    parser.add_argument("--bytes", action="store_true", help="compare the bytes of every file")
    parser.add_argument("--ignore", action="append", default=[], metavar="KIND", choices=[*KINDS, *FILES])
    parser.add_argument(
        "--page", action="append", default=[], metavar="GLOB", help="pages, as in 'real/tasks/*'"
    )
    parser.add_argument("--plan", action="append", default=[], metavar="NAME", help="build this plan only")
    parser.add_argument("--own-plans", action="store_true", help="each builds the plans that lie beside it")
    parser.add_argument("--items", type=int, default=150, help="size of the synthetic plan (150)")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="take pictures, side by side")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep both builds in a new folder")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        parser.error(f"{options.keep} exists")
    return options


def _wanted(plan: str, path: str, options: argparse.Namespace) -> bool:
    return not options.page or any(fnmatch(f"{plan}/{path}", glob) for glob in options.page)


def _compare_bytes(old: Path, new: Path, plans: list[str], options: argparse.Namespace) -> bool:
    """Print the files that differ, with the beginning of how some of them do; say whether any does."""
    total, shown = 0, 0
    for plan in plans:
        before, after = files(old / plan), files(new / plan)
        compared = sum(_wanted(plan, path, options) for path in before.keys() | after.keys())
        found = _differing(old, new, plan, options)
        print(f"{plan}: {compared} files, {len(found)} not the same")
        for path, how in found.items():
            print(f"  {how:8}{path}")
            if how == "differs" and (options.verbose or shown < EXCERPTS):
                shown += 1
                print("".join(f"      {line}\n" for line in excerpt(before[path], after[path])), end="")
        total += len(found)
    return total > 0


def _differing(old: Path, new: Path, plan: str, options: argparse.Namespace) -> dict[str, str]:
    found = differing_files(old / plan, new / plan)
    return {
        path: how
        for path, how in found.items()
        if kind_of(path) not in options.ignore and _wanted(plan, path, options)
    }


def _compare_reading(old: Path, new: Path, plans: list[str], options: argparse.Namespace) -> bool:
    """Print what a reader gains or loses: by kind, then by page; say whether anything differs."""
    tallies = {kind: Tally() for kind in KINDS if kind not in options.ignore}
    other: dict[str, list[str]] = {kind: [] for kind in FILES if kind not in options.ignore}
    compared = 0
    for plan in plans:
        both = files(old / plan).keys() & files(new / plan).keys()
        pages = sorted(path for path in both if kind_of(path) == "pages" and _wanted(plan, path, options))
        compare_pages(old / plan / "site", new / plan / "site", pages, tallies, plan)
        compared += len(pages)
        for path, how in _differing(old, new, plan, options).items():
            if kind_of(path) != "pages" or how != "differs":
                other[kind_of(path)].append(f"{how:8}{plan}/{path}")
    print(f"{compared} pages\n\n{'':13}{'old':>9}{'new':>9}{'pages':>7}{'lost':>7}{'gained':>8}{'moved':>7}")
    for kind, tally in tallies.items():
        moved = (
            f"{len(tally.pages):7}{tally.lost:7}{tally.gained:8}{tally.moved:7}" if tally.pages else "      –"
        )
        print(f"{kind:13}{tally.old:9}{tally.new:9}{moved}")
    for kind, tally in tallies.items():
        _print_changes(kind, tally, options.verbose)
    _print_pages(tallies, options.verbose)
    for kind, lines in other.items():
        if lines:
            print(f"\n{kind} ({FILES[kind]}): {len(lines)} not the same")
            _print_some([f"  {line}" for line in lines], options.verbose)
    return any(tally.pages for tally in tallies.values()) or any(other.values())


def _print_changes(kind: str, tally: Tally, verbose: bool) -> None:
    """Print the differences of one kind, those that come most often first, each with a page."""
    if not tally.pages:
        return
    print(f"\n{kind} ({KINDS[kind]})")
    often = Counter(change for changes in tally.pages.values() for change in changes)
    first: dict[Change, str] = {}
    for page, changes in tally.pages.items():
        for change in changes:
            first.setdefault(change, page)
    width = 2000 if verbose else 120
    lines = []
    for change, times in often.most_common():
        old, new = (
            text if len(text) <= width else f"{text[:width]} … ({len(text)} characters)" for text in change
        )
        lines.append(f"  {times:5} × {old or '(nothing)'}  →  {new or '(nothing)'}   {first[change]}")
    _print_some(lines, verbose)


def _print_pages(tallies: dict[str, Tally], verbose: bool) -> None:
    """Print which pages differ, and in how many places of which kind."""
    pages: dict[str, list[str]] = {}
    for kind, tally in tallies.items():
        for page, changes in tally.pages.items():
            pages.setdefault(page, []).append(f"{kind} {len(changes)}")
    if pages:
        print(f"\nPages that differ: {len(pages)}")
        _print_some([f"  {page}: {', '.join(kinds)}" for page, kinds in sorted(pages.items())], verbose)


def _print_some(lines: list[str], verbose: bool) -> None:
    shown = lines if verbose else lines[:SHOWN]
    print("\n".join(shown))
    if len(shown) < len(lines):
        print(f"  … and {len(lines) - len(shown)} more: -v shows them")


def _print_weight(old: Path, new: Path) -> None:
    before, after = figures(old), figures(new)
    width = max(map(len, before | after))
    print(f"\n{'Bytes of the first plan':{width}}{'old':>10}{'new':>10}")
    for name in before | after:
        print(f"{name:{width}}{before.get(name, 0):10,}{after.get(name, 0):10,}")


if __name__ == "__main__":
    main()
