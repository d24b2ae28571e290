"""Measure what figures add to a build.

usage: figures.py [INDICATORS [VALUES]]    (1,000 indicators with 30 values each, unless told otherwise)

Builds a plan without figures, and the same with an indicator on each item, whose values stand in a file.
Prints CPU seconds and memory of both, from the same run, so that the two can be compared on any machine.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import synthetic
from engines import PYTHON, ROOT
from measure import run

HOME = ROOT / ".cache" / "bench" / "figures"
CONFIG = """site_name: Synthetic explorer
docs_dir: content
use_directory_urls: false
theme: {name: material, font: false}
plugins: [plan-explorer]
exclude_docs: /plan/
"""
LOAD = """
import sys, time
from pathlib import Path
from plan_explorer.loading.checked_plan import load_plan
started = time.process_time()
load_plan(Path(sys.argv[1]))
print(time.process_time() - started)
"""
LAST_YEAR = 2025


def main(indicators: int = 1000, values: int = 30) -> None:
    taken = {}
    for name in ("without", "with"):
        folder = HOME / name
        shutil.rmtree(folder, ignore_errors=True)
        plan = folder / "content" / "plan"
        synthetic.write(plan, indicators)
        if name == "with":
            add_figures(plan, values)
        (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        # Once for what is compiled and kept, which is not of figures.
        loaded = [float(run([PYTHON, "-c", LOAD, str(plan)], folder).said) for _ in range(3)]
        built = run([PYTHON, "-m", "mkdocs", "build", "-q"], folder)
        taken[name] = (sorted(loaded)[1], built.cpu, built.memory)
        said = "load and check {:.2f} CPU s, build {:.2f} CPU s, {:.0f} MB".format(*taken[name])
        print(f"{name} figures: {said}", flush=True)
    (load, build, memory), (own_load, own_build, own_memory) = taken["without"], taken["with"]
    print(
        f"{indicators:,} indicators with {values} values add {own_load - load:.2f} CPU s to loading, "
        f"{own_build - build:.2f} CPU s to a build ({own_build / build:.2f} times) "
        f"and {own_memory - memory:.0f} MB ({own_memory / memory:.2f} times)"
    )


def add_figures(plan: Path, values: int) -> None:
    """Give each item of *plan* an indicator, and write its values to a file."""
    rows = ["indicator,year,value,unit,source"]
    for path in sorted(plan.glob("items-*.yaml")):
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            lines.append(line)
            if line.startswith("  - id: "):
                id = line.removeprefix("  - id: ")
                lines += _indicator(id)
                start = LAST_YEAR - values + 1
                rows += (
                    f"{id},{start + at},{10 + (at * 7 + len(id)) % 40}.{at % 10},%,elsewhere"
                    for at in range(values)
                )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (plan / "values.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _indicator(id: str) -> list[str]:
    return [
        "    indicators:",
        f"      - name: Share of {id} that is done",
        '        unit: "%"',
        "        direction: up",
        "        baseline: {value: 8, date: 1990, cites: [elsewhere]}",
        "        targets:",
        "          - {value: 60, comparator: at-least, due: 2030, cites: [report p1.1]}",
        "        values_file: values.csv",
    ]


if __name__ == "__main__":
    subprocess.run([PYTHON, "-m", "compileall", "-q", str(ROOT / "generator")], check=True)
    main(*map(int, sys.argv[1:]))
