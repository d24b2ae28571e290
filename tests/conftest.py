"""What tests share: the plans at hand, and their built sites."""

import logging
import shutil
from functools import cache
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from hypothesis import HealthCheck, settings
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[1]
PLANS = {
    "real": ROOT / "content",
    **{path.name: path for path in sorted((ROOT / "tests" / "plans").iterdir()) if path.is_dir()},
}
"""The folder that holds the plan, by name: plan.yaml is in it, or in its folder 'plan'."""

# How fast an example is, is no matter of these tests: other workers and programs use the machine, too.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their markers
def pytest_collection_modifyitems(items):
    for item in items:
        if {"browser", "checker", "hosted", "nginx"} & set(item.fixturenames):
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter):
    skipped = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(skipped):
        terminalreporter.write_line(reason.replace("Skipped", "NOT TESTED"), yellow=True, bold=True)


@pytest.fixture(autouse=True)
def mkdocs_logs():
    """Undo what the mkdocs command does to its logger: it keeps later tests from reading what is logged."""
    logger = logging.getLogger("mkdocs")
    level, propagate, handlers = logger.level, logger.propagate, logger.handlers[:]
    yield
    logger.setLevel(level)
    logger.propagate, logger.handlers = propagate, handlers


def plan_folder(name: str) -> Path:
    """Return the folder of the plan called *name*."""
    folder = PLANS[name]
    return folder / "plan" if (folder / "plan").is_dir() else folder


def build_site(folder: Path, target: Path, **options) -> Path:
    """Build the site of the plan in *folder* below *target*, with every warning an error."""
    docs = target / "content"
    shutil.copytree(folder, docs / "plan")
    if (kept := folder.parent / "versions").is_dir():
        shutil.copytree(kept, docs / "versions")
    settings = {
        "site_name": "A plan",
        "docs_dir": "content",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "plugins": ["plan-explorer"],
        "markdown_extensions": ["admonition", {"toc": {"permalink": "#", "toc_depth": 3}}],
        "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
        "exclude_docs": "/plan/",
        "strict": True,
        **options,
    }
    (target / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    config = load_config(str(target / "mkdocs.yml"))
    build(config)
    return Path(config.site_dir)


@pytest.fixture(scope="session")
def sites(tmp_path_factory, worker_id):
    """Return a function that gives the built site of a plan by name, each built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    @cache
    def site(name: str) -> Path:
        note = shared / f"{name}.site"  # says where the site is
        with FileLock(f"{note}.lock"):
            if not note.exists():
                built = build_site(plan_folder(name), tmp_path_factory.mktemp(name))
                note.write_text(str(built), encoding="utf-8")
        return Path(note.read_text(encoding="utf-8"))

    return site
