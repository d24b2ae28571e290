"""A site with pages of its own, and plans below a prefix each."""

import shutil
from pathlib import Path

import yaml
from conftest import plan_folder
from mkdocs.commands.build import build
from mkdocs.config import load_config

HOME = """\
# Our portal

See [the water plan](water/index.md) and [its first goal](water/goals/clean-water/index.md).

## Who we are

We are the librarians of the *valley* archive.

<!-- plan-explorer: map -->
"""


def write_project(folder: Path, plans: dict[str, str], **options) -> Path:
    """Write a project into *folder* with the *plans*, by prefix, and give its mkdocs.yml."""
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "index.md").write_text(HOME, encoding="utf-8")
    (folder / "content" / "team.md").write_text("# The team\n\nPeople of the *library*.\n", encoding="utf-8")
    for prefix, name in plans.items():
        shutil.copytree(plan_folder(name), folder / "plans" / prefix)
    settings = {
        "site_name": "Portal",
        "docs_dir": "content",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "plugins": [{"plan-explorer": {"plan": f"plans/{each}", "prefix": each}} for each in plans],
        "markdown_extensions": [{"toc": {"permalink": "#", "toc_depth": 3}}],
        "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn"}},
        "strict": True,
        **options,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return folder / "mkdocs.yml"


def build_project(settings: Path) -> Path:
    """Build the site of *settings* and give its folder."""
    config = load_config(str(settings))
    build(config)
    return Path(config.site_dir)


def nothing_leads_nowhere(site: Path) -> None:
    """Fail if a link, style or script of a page of *site* leads to a file that is not there."""
    missing = []
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":
            continue
        for address in _addresses(page.read_text(encoding="utf-8")):
            target = (page.parent / address).resolve()
            if not (target.is_file() or (target / "index.html").is_file()):
                missing.append(f"{page.relative_to(site)}: {address}")
    assert missing == []


def _addresses(html: str) -> set[str]:
    import re
    from html import unescape
    from urllib.parse import unquote

    found = re.findall(r'\s(?:href|src)="([^"#?]+)', html)
    return {unquote(unescape(each)) for each in found if ":" not in each and not each.startswith("/")}
