"""What tests share: the plans at hand, and their built sites."""

import shutil
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[1]
PLANS = {
    "real": ROOT / "content",
    **{path.name: path for path in sorted((ROOT / "tests" / "plans").iterdir()) if path.is_dir()},
}
"""The folder that holds the plan, by name: plan.yaml is in it, or in its folder 'plan'."""


def plan_folder(name: str) -> Path:
    """Return the folder of the plan called *name*."""
    folder = PLANS[name]
    return folder / "plan" if (folder / "plan").is_dir() else folder


def build_site(folder: Path, target: Path, **options) -> Path:
    """Build the site of the plan in *folder* below *target*, with every warning an error."""
    docs = target / "content"
    shutil.copytree(folder, docs / "plan")
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
def sites(tmp_path_factory):
    """Return a function that gives the built site of a plan by name, each built once."""
    built: dict[str, Path] = {}

    def site(name: str) -> Path:
        if name not in built:
            built[name] = build_site(plan_folder(name), tmp_path_factory.mktemp(name))
        return built[name]

    return site
