"""Build the same plans with the code of two checkouts, both with this interpreter."""

import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "site_name": "A plan",
    "site_url": "https://example.org/plan/",
    "docs_dir": "content",
    "use_directory_urls": False,
    "theme": {"name": "material", "font": False},
    "plugins": ["plan-explorer"],
    "markdown_extensions": ["admonition", {"toc": {"permalink": "#", "toc_depth": 3}}],
    "exclude_docs": "/plan/",
}
"""For all plans but the first, which has no address and a mkdocs.yml of its own."""
EARLIER = {"2026-01-31": "2025-01-31", "The paper asks for clean water.": "It asks for water."}
"""How an earlier version of the tiny plan differs from that of today."""


def git(*words: str | Path) -> str:
    """Return what git says in this repository."""
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@contextmanager
def worktree(commit: str) -> Iterator[Path]:
    """Check out *commit* into a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        checkout = Path(folder) / "checkout"
        git("worktree", "add", "--detach", checkout, commit)
        try:
            yield checkout
        finally:
            git("worktree", "remove", "--force", checkout)


class Program:
    """The program as it stands in a checkout."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root
        self._metadata = scratch
        self._write_metadata()

    def _write_metadata(self) -> None:
        """Write what an editable installation would: MkDocs finds plugins by it."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        name, version = project["name"], project["version"]
        folder = self._metadata / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        groups = {"console_scripts": project["scripts"], **project["entry-points"]}
        lines = [
            line
            for group, points in groups.items()
            for line in (f"[{group}]", *(f"{point} = {target}" for point, target in points.items()))
        ]
        (folder / "entry_points.txt").write_text("\n".join(lines) + "\n")

    def run(self, folder: Path, *words: str) -> None:
        """Run a module of the program, or of MkDocs, in *folder*.

        Raises:
            SystemExit: if it fails, with what it said.
        """
        environment = {
            **os.environ,
            # Before the installed program, which is found by the same name.
            "PYTHONPATH": os.pathsep.join((str(self._metadata), str(self.root / "generator"))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": "1700000000",  # MkDocs writes the day of the build into sitemap.xml
            "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(
                f"{' '.join(words)} failed with {self.root} on {folder.name}:\n{done.stdout}{done.stderr}"
            )

    def build(self, project: Path) -> None:
        """Make the site and the Markdown tree of *project*."""
        self.run(project, "mkdocs", "build", "--strict", "--quiet")
        self.run(project, "plan_explorer", "render", "content/plan", "--output", "tree")


def build_both(base: Path, old: Path, new: Path, items: int, only: list[str], own_plans: bool) -> list[str]:
    """Build every plan with the code in *base* and with this one; return the names of those built by both.

    Both read the plans of *base*, unless each is to read its *own_plans*.
    """
    before, after = (Program(root, folder / ".installed") for root, folder in ((base, old), (ROOT, new)))
    _write_projects(before, base, old, items)
    if own_plans:
        _write_projects(before, ROOT, new, items)
    else:
        shutil.copytree(old, new, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".installed"))
    names = {folder: {path.parent.name for path in folder.glob("*/mkdocs.yml")} for folder in (old, new)}
    for name in sorted(names[old] ^ names[new]):
        print(f"The plan '{name}' is in one of the two only: not compared")
    both = sorted(name for name in names[old] & names[new] if not only or name in only)
    jobs = [(program, folder / name) for name in both for program, folder in ((before, old), (after, new))]
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(lambda job: job[0].build(job[1]), jobs):
            pass
    return both


def _write_projects(program: Program, root: Path, target: Path, items: int) -> None:
    """Write a folder for each plan in *root*, ready for MkDocs."""
    shutil.copytree(root / "content", target / "real" / "content")
    shutil.copy(root / "mkdocs.yml", target / "real" / "mkdocs.yml")
    for plan in sorted((root / "tests" / "plans").iterdir()):
        if plan.is_dir():
            _write_project(plan, target / plan.name)
    project = target / "tiny-versions"
    _write_project(root / "tests" / "plans" / "tiny", project)
    _write_version(program, project)
    (target / "synthetic").mkdir()
    write = runpy.run_path(str(next((root / "tests").rglob("synthetic.py"))))["write"]
    write(target / "synthetic" / "content" / "plan", items)
    _write_settings(target / "synthetic", use_directory_urls=True)


def _write_project(plan: Path, project: Path) -> None:
    shutil.copytree(plan, project / "content" / "plan")
    _write_settings(project)


def _write_settings(project: Path, **options: object) -> None:
    (project / "mkdocs.yml").write_text(yaml.safe_dump(SETTINGS | options), encoding="utf-8")


def _write_version(program: Program, project: Path) -> None:
    """Keep an earlier version of the plan in *project*, so that it has changes to show."""
    earlier = project / "earlier"
    shutil.copytree(project / "content" / "plan", earlier)
    for path in earlier.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for now, then in EARLIER.items():
            text = text.replace(now, then)
        path.write_text(text, encoding="utf-8")
    versions = project / "content" / "versions"
    versions.mkdir()
    program.run(project, "plan_explorer", "export", "json", "--plan", "earlier", "--output", "exported")
    shutil.move(project / "exported" / "plan.json", versions / "2025-01-31.json")
    shutil.rmtree(earlier)
