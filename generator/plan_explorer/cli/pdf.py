"""Provide the command ``pdf``."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from plan_explorer.build import build
from plan_explorer.cli.common import count, exit_on_problems, plan_option
from plan_explorer.model.folders import explain_errors
from plan_explorer.rendering.one_document import one_document, printable
from plan_explorer.rendering.site_files import STYLES
from plan_explorer.site.urls import url_of
from plan_explorer.translation import gettext, speaking

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # asks nobody for anything
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
PATIENCE = 3600
"""Seconds until a browser that does not end is given up."""


@click.command()
@plan_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("plan.pdf"),
    show_default=True,
    metavar="FILE",
    help="The file to write.",
)
@click.option("--base", default="", metavar="URL", help="The address of the published site, for every sheet.")
def pdf(plan: Path, output: Path, base: str) -> None:
    """Print the whole site into one PDF file, with Chromium."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        click.echo("printing needs Chromium or Chrome, and neither was found: apt install chromium", err=True)
        raise SystemExit(2)
    with exit_on_problems():
        site = build(plan, formats=())
    settings, pages = site.plan.settings, printable(site.pages)
    with speaking(site.renderer.catalogue):
        version = gettext("Version of %(date)s", date=settings.as_of)
    title = f"{settings.site_name} · {version}"
    with TemporaryDirectory() as folder:
        for path in STYLES:
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(site.own_files[path])
        page, printed = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        url = partial(url_of, directory_urls=False)
        document = one_document(pages, site.nav, url, title, base, settings.language)
        page.write_text("".join(document), encoding="utf-8")
        _print(browser, page, printed)
        with exit_on_problems(), explain_errors(output):
            output.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(printed, output)
    click.echo(f"{count(len(pages), 'page')} in {output}")


def _print(browser: str, page: Path, printed: Path) -> None:
    """Have *browser* print *page*."""
    # Chromium refuses to guard itself for root, as in a container; it opens nothing but our own file.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # Windows knows no such user
    own = [f"--user-data-dir={page.parent / 'profile'}", *(["--no-sandbox"] if is_root else [])]
    command = [browser, *OPTIONS, *own, f"--print-to-pdf={printed}", page.as_uri()]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        click.echo(f"{browser} did not end within {PATIENCE} seconds, and nothing was written", err=True)
        raise SystemExit(2) from None
    if not printed.exists():
        click.echo(f"{browser} printed nothing; it said:\n{result.stderr.strip()}", err=True)
        raise SystemExit(2)
