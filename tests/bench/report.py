"""Write what was measured as Markdown: a table for each size, and the ratios that matter."""

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

Results = dict[str, dict[str, dict[str, Any]]]
"""What was measured, by the name of the project and the id of the engine."""

TRIED = {
    "peak memory": """\
Peak memory: a build of 10,000 items once held 785 MB. Pages are now made one by one and let
go, side trees and JSON-LD are worked out when they are asked for, links to places are packed, and
statements forget which of their fields were given. What is left is for the most part the plan itself
(*load and check alone*); smaller statements would be next.""",
}
"""What was done about a figure, told where it is missed nevertheless."""


def written(results: Results, names: dict[str, str], python: Path | None) -> str:
    """Return the report; *python* is that of the other engines."""
    parts = [
        "# Benchmarks\n",
        "Written by `make bench`: the same plans, in one run, side by side. Seconds are CPU seconds, of",
        "the program and all it starts; *wall* depends on what else the machine does. Memory is the peak.",
        "A leaf page is one item; *around* is what it weighs beyond its content. “Ready-made” Markdown is",
        "what `render --components` writes, so that the others need not generate it. The cold build of up",
        "to 1,000 items is the median of three.\n",
        f"{date.today().isoformat()}; {machine()}.  \n{versions(python)}.\n",
        "## Figures\n",
        "| what | size | measured | aim | |",
        "|---|--:|--:|--:|---|",
        *(lines := list(ratios(results))),
        "",
        *(f"{told}\n" for what, told in TRIED.items() if _missed(what, lines)),
    ]
    for project, measured in results.items():
        parts += [f"## {project}\n", *table(measured, names), ""]
    return "\n".join(parts)


def _missed(what: str, lines: list[str]) -> bool:
    return any(line.startswith(f"| {what} ") and "missed" in line for line in lines)


def table(measured: dict[str, dict[str, Any]], names: dict[str, str]) -> Iterator[str]:
    """Yield the lines of the table of one project."""
    yield "| | CPU s | wall s | peak MB | MB out | files | leaf kB | around kB |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for id, name in names.items():
        row = measured.get(id)
        if row is None:
            continue
        if "failed" in row:
            yield f"| {name} | {row['failed']} | | | | | | |"
            continue
        cells = [f"{row['cpu']:.2f}", f"{row['wall']:.1f}", f"{row['memory']:.0f}"]
        cells += [f"{row['bytes'] / 1e6:.1f}", str(row["files"])] if "bytes" in row else ["", ""]
        cells += [f"{row[part] / 1000:.1f}" if part in row else "" for part in ("leaf", "around")]
        yield f"| {name} | {' | '.join(cells)} |"


def ratios(results: Results) -> Iterator[str]:
    """Yield a line for every figure that can be told from *results*."""

    def of(size: str, engine: str, part: str = "cpu") -> float | None:
        value = results.get(size, {}).get(engine, {}).get(part)
        return float(value) if value is not None else None

    def line(what: str, size: str, value: float | None, aim: float, form: str = "{:.2f} ×") -> Iterator[str]:
        if value is not None:
            missed = "" if value <= aim else f"missed by {100 * (value / aim - 1):.0f} %"
            yield f"| {what} | {size} | {form.format(value)} | ≤ {form.format(aim)} | {missed or 'reached'} |"

    def by(one: float | None, other: float | None) -> float | None:
        return one / other if one is not None and other else None

    for size in ("1,000 items", "10,000 items"):
        yield from line("generation / plain build", size, by(of(size, "generation"), of(size, "plain")), 0.10)
    size = "1,000 items"
    for engine, what, aim in (
        ("full", "cold", 0.75),
        ("warm", "warm", 0.20),
        ("edit", "one edit while serving", 0.15),
    ):
        yield from line(f"{what} / plain build", size, by(of(size, engine), of(size, "plain")), aim)
    for size in ("1,000 items", "3,000 items"):
        yield from line("cold / Zensical cold", size, by(of(size, "full"), of(size, "zensical")), 0.25)
    yield from line("cold / Hugo", "3,000 items", by(of("3,000 items", "full"), of("3,000 items", "hugo")), 3)
    few, many = "1,000 items", "10,000 items"
    yield from line("10,000 items / 1,000 items, CPU", "", by(of(many, "full"), of(few, "full")), 10.5)
    yield from line(
        "10,000 items / 1,000 items, bytes", "", by(of(many, "full", "bytes"), of(few, "full", "bytes")), 10
    )
    yield from line("peak memory", many, of(many, "full", "memory"), 300, "{:.0f} MB")
    yield from line("load and check", few, of(few, "load"), 0.5, "{:.2f} s")
    yield from line("load and check", many, of(many, "load"), 5, "{:.2f} s")
    for size in (few, many):
        around = of(size, "full", "around")
        yield from line("leaf page around its content", size, around and around / 1000, 20, "{:.1f} kB")
    for size in (few, "the real plan"):
        yield from line("from the edit to the page, served", size, of(size, "live", "wall"), 1, "{:.2f} s")


def machine() -> str:
    """Return what kind of machine this is, without its name."""
    processor = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (found := re.search(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8"))):
        processor = found[1].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()}, {os.cpu_count()} cores ({processor}), {memory:.0f} GB{load}"


def versions(python: Path | None) -> str:
    """Return the versions of everything that was measured."""
    ours = ("plan-explorer", "mkdocs", "mkdocs-material", "Markdown", "Jinja2", "PyYAML", "pydantic")
    found = [f"Python {platform.python_version()}"]
    found += [f"{name} {importlib.metadata.version(name)}" for name in ours]
    if python:
        program = (
            "import importlib.metadata as m; [print(n, m.version(n)) for n in ('properdocs', 'zensical')]"
        )
        answer = subprocess.run([python, "-c", program], capture_output=True, text=True)
        found += answer.stdout.split("\n")[:-1]
    if hugo := shutil.which("hugo"):
        answer = subprocess.run([hugo, "version"], capture_output=True, text=True)
        found += [f"Hugo {number[1]}"] if (number := re.search(r"v(\d[\d.]*)", answer.stdout)) else []
    return ", ".join(found)
