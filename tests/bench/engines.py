"""The ways to build the same site, each with the command that does it."""

import json
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import RunError, Taken, run

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
INSIDE = """
import sys, time
from pathlib import Path
from plan_explorer.build import build
from plan_explorer.loading.checked_plan import load_plan
started = time.process_time()
{call}
print(round(time.process_time() - started, 3))
"""
WRITTEN = """
for page in build(Path(sys.argv[1]), formats=()).pages:
    _ = page.body
    page.forget()
"""
SERVED = """
import logging, sys, time
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
# As `mkdocs serve` logs, but to nowhere.
logging.getLogger("mkdocs").addHandler(logging.NullHandler())
logging.getLogger("mkdocs").setLevel(logging.INFO)
def once():
    config = load_config("mkdocs.yml", site_dir="served")
    plugin = config.plugins["plan-explorer"]
    plugin.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1/")
    assert plugin.lazy_pages.made(sys.argv[2])
once()
once()
path = sorted(Path("content/plan").rglob(sys.argv[1]))[0]
text = path.read_text(encoding="utf-8")
path.write_text(text.replace("summary: The ", "summary: All the ", 1), encoding="utf-8")
started = time.process_time()
once()
print(round(time.process_time() - started, 3))
path.write_text(text, encoding="utf-8")
"""
"""A server for writing: an edit, and the page that shows it."""


@dataclass(frozen=True)
class Project:
    """A plan of some size, as content of our own and as Markdown ready-made."""

    name: str
    folder: Path
    """Holds mkdocs.yml and content/plan."""
    items: int

    @property
    def edit(self) -> tuple[str, str]:
        """The file in which something is edited, as a pattern, and the page that shows it."""
        if self.items:
            return "items-000.yaml", "goals/goal-0/index.html"
        return "01-*.yaml", "pillars/digital-infrastructure/index.html"

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    @property
    def hugo(self) -> Path:
        return self.folder / "hugo"


@dataclass(frozen=True)
class Engine:
    """One way to build, up to a size beyond which it is not tried unless asked."""

    id: str
    name: str
    most: int
    measure: Callable[[Project], Taken]
    site: str = ""
    """Where what it built is, in the folder of the project."""


def _inside(call: str) -> Callable[[Project], Taken]:
    """Return a measurement of a part of the program, without the start of Python."""

    def measured(project: Project) -> Taken:
        program = INSIDE.format(call=call)
        taken = run([PYTHON, "-c", program, str(project.folder / "content" / "plan")], project.folder)
        return Taken(float(taken.said), taken.wall, taken.memory)

    return measured


def _full(project: Project) -> Taken:
    shutil.rmtree(project.folder / ".cache", ignore_errors=True)
    shutil.rmtree(project.folder / "site", ignore_errors=True)
    return _warm(project)


def _warm(project: Project) -> Taken:
    return run([PYTHON, "-m", "mkdocs", "build"], project.folder)


def _edit(project: Project) -> Taken:
    taken = run([PYTHON, "-c", SERVED, *project.edit], project.folder)
    shutil.rmtree(project.folder / "served", ignore_errors=True)
    return Taken(float(taken.said), taken.wall, taken.memory)


def _plain(project: Project) -> Taken:
    return run([PYTHON, "-m", "mkdocs", "build", "-q", "--clean"], project.tree)


def others() -> Path:
    """Return the Python of the other engines, which live apart from ours.

    Raises:
        RunError: if they cannot be installed.
    """
    home = ROOT / ".cache" / "bench" / "venv"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        wanted = ["zensical", "properdocs", "mkdocs-material"]
        for name in wanted:  # one by one: that one cannot be had does not cost the others
            subprocess.run([python, "-m", "pip", "install", "-q", name], capture_output=True)
        (home / "ready").touch()
    return python


def _other(module: str, *arguments: str, cold: bool = True) -> Callable[[Project], Taken]:
    def measured(project: Project) -> Taken:
        program = others().with_name(module)
        if not program.exists():
            raise RunError(f"{module} is not installed")
        if cold:
            shutil.rmtree(project.tree / ".cache", ignore_errors=True)
            shutil.rmtree(project.tree / "site", ignore_errors=True)
        return run([str(program), "build", *arguments], project.tree)

    return measured


def _hugo(project: Project) -> Taken:
    program = shutil.which("hugo")
    if not program:
        raise RunError("hugo is not installed (apt install hugo)")
    if not project.hugo.exists():
        _hugo_site(project)
    shutil.rmtree(project.hugo / "public", ignore_errors=True)
    return run([program, "--quiet"], project.hugo, HUGO_CACHEDIR=str(project.hugo / "cache"))


def _hugo_site(project: Project) -> None:
    """Write the same Markdown for Hugo, and a theme that does no more than is needed."""
    layouts = project.hugo / "layouts" / "_default"
    layouts.mkdir(parents=True)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
        '<nav>{{ range .Site.Menus.main }}<a href="{{ .URL }}">{{ .Name }}</a>{{ end }}</nav>'
        "<main>{{ .Content }}</main></body></html>\n"
    )
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(page, encoding="utf-8")
    config = {
        "baseURL": "/",
        "disableKinds": ["taxonomy", "term", "RSS", "sitemap"],
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }
    (project.hugo / "config.json").write_text(json.dumps(config), encoding="utf-8")
    docs = project.tree / "docs"
    for path in docs.rglob("*.md"):
        target = project.hugo / "content" / path.relative_to(docs)
        target = target.with_name("_index.md") if target.name == "index.md" else target
        target.parent.mkdir(parents=True, exist_ok=True)
        # Hugo reads {{< and {{% as calls of its own.
        target.write_text(re.sub(r"\{\{([<%])", r"{ {\1", path.read_text(encoding="utf-8")), encoding="utf-8")


ENGINES = (
    Engine("load", "Plan Explorer: load and check alone", 10**6, _inside("load_plan(Path(sys.argv[1]))")),
    Engine("generation", "Plan Explorer: generation alone", 10**6, _inside(WRITTEN)),
    Engine("full", "Plan Explorer: full build, cold", 10**6, _full, "site"),
    Engine("warm", "Plan Explorer: the same again", 10**6, _warm, "site"),
    Engine("edit", "Plan Explorer: one edit while serving", 3000, _edit),
    Engine("plain", "MkDocs with Material, Markdown ready-made", 10**6, _plain, "tree/site"),
    Engine(
        "properdocs",
        "ProperDocs, the same",
        1000,
        _other("properdocs", "-q", "-f", "mkdocs.yml"),
        "tree/site",
    ),
    Engine("zensical", "Zensical, the same, cold", 3000, _other("zensical"), "tree/site"),
    Engine("zensical-warm", "Zensical, the same again", 3000, _other("zensical", cold=False), "tree/site"),
    Engine("hugo", "Hugo, the same, theme of one line", 3000, _hugo, "hugo/public"),
)
