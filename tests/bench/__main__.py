"""Measure building against other ways to build, and write BENCHMARKS.md.

What was measured is kept in .cache/bench, so that a run that was cut short goes on where it was; ``--anew``
measures everything again.
"""

import argparse
import json
import shutil
import subprocess
import time
from pathlib import Path

import live
import report
import synthetic
from engines import ENGINES, PYTHON, ROOT, Engine, Project, others
from measure import RunError, Taken, size

SIZES = (100, 1000)
LARGE = (3000, 10000)
TIMES = 3
"""How often the cold build of a small plan is measured, to which the large one is held; the median counts."""
HOME = ROOT / ".cache" / "bench"
CONFIG = """site_name: Synthetic explorer
docs_dir: content
use_directory_urls: false
theme: {name: material, font: false}
plugins: [plan-explorer: {exports: []}]
markdown_extensions: [admonition, toc: {permalink: "#", toc_depth: 3}]
exclude_docs: /plan/
"""


def main() -> None:
    options = _options()
    store = HOME / "results.json"
    results = {} if options.anew or not store.exists() else json.loads(store.read_text(encoding="utf-8"))
    ends = time.monotonic() + 60 * options.minutes
    for items in [0, *SIZES, *(LARGE if options.large else ())]:
        project = _project(items)
        print(f"\n{project.name}", flush=True)
        measured = results.setdefault(project.name, {})
        for engine in ENGINES:
            if engine.id in measured and "failed" not in measured[engine.id]:
                print(f"  {engine.name}: measured before")
            elif items > engine.most and not options.all:
                measured[engine.id] = {"failed": f"not tried above {engine.most:,}; `--all` does"}
            elif time.monotonic() > ends:
                measured[engine.id] = {"failed": "no time was left; run it again"}
            else:
                measured[engine.id] = _measure(engine, project)
                print(f"  {engine.name}: {_told(measured[engine.id])}", flush=True)
            _keep(store, results)
        if items in (0, 1000) and "live" not in measured and time.monotonic() < ends:
            measured["live"] = _live(project)
            _keep(store, results)
    print("\n" + "\n".join(report.ratios(results)))
    print("\nBENCHMARKS.md is written")


def _keep(store: Path, results: report.Results) -> None:
    """Write what is known so far: a run may be cut short at any time."""
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_text(json.dumps(results, indent=1), encoding="utf-8")
    names = {engine.id: engine.name for engine in ENGINES}
    python = HOME / "venv" / "bin" / "python"
    text = report.written(results, names, python if python.exists() else None)
    (ROOT / "BENCHMARKS.md").write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="measure 3,000 and 10,000 items, too")
    parser.add_argument("--all", action="store_true", help="try the slow engines at every size, too")
    parser.add_argument("--anew", action="store_true", help="forget what was measured before")
    parser.add_argument("--minutes", type=float, default=14, help="begin nothing after so many minutes")
    return parser.parse_args()


def _project(items: int) -> Project:
    """Return the project of so many items, written; 0 is the real plan."""
    folder = HOME / (str(items) if items else "real")
    project = Project(f"{items:,} items" if items else "the real plan", folder, items)
    shutil.rmtree(folder, ignore_errors=True)
    if items:
        synthetic.write(folder / "content" / "plan", items)
    else:
        shutil.copytree(ROOT / "content" / "plan", folder / "content" / "plan")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    # With components, so that all engines build the same pages.
    command = [PYTHON, "-m", "plan_explorer", "render", "content/plan", "--output", "tree", "--components"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return project


def _measure(engine: Engine, project: Project) -> dict[str, float | str]:
    times = TIMES if engine.id == "full" and project.items <= SIZES[-1] else 1
    try:
        taken = sorted((engine.measure(project) for _ in range(times)), key=lambda t: t.cpu)[times // 2]
    except RunError as error:
        return {"failed": str(error).strip().splitlines()[-1][:100] if str(error).strip() else "failed"}
    found = _numbers(taken)
    if engine.site:
        site = project.folder / engine.site
        found["bytes"], found["files"] = size(site)
        if leaf := _leaf(site):
            page = leaf.read_bytes()
            found["leaf"] = len(page)
            start, end = page.find(b"<article"), page.rfind(b"</article>")
            if 0 <= start < end:
                found["around"] = len(page) - (end - start)
    return found


def _numbers(taken: Taken) -> dict[str, float | str]:
    return {"cpu": taken.cpu, "wall": taken.wall, "memory": taken.memory}


def _leaf(site: Path) -> Path | None:
    """Return the page of an item in the middle of the plan."""
    for folder in ("steps", "tasks"):
        pages = sorted(path for path in (site / folder).rglob("*.html") if path.stat().st_size > 2000)
        if pages:
            return pages[len(pages) // 2]
    return None


def _live(project: Project) -> dict[str, float | str]:
    try:
        return _numbers(live.measure(project.folder, *project.edit))
    except (RunError, ValueError) as error:
        return {"failed": str(error)[:100]}


def _told(measured: dict[str, float | str]) -> str:
    return str(measured.get("failed") or f"{measured['cpu']:.2f} CPU s, {measured['memory']:.0f} MB")


if __name__ == "__main__":
    others()
    main()
