"""Take the pictures of docs/gallery.md, of sites built from the plans it names."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import build_site, plan_folder  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from served import ARGUMENTS, Served, chromium  # noqa: E402

PICTURES = {
    "decade": "digital-targets/gigabit.html",
    "vision": "vision-themes/vibrant-society/index.html",
}
"""The page that is shown of each plan."""


def main() -> None:
    """Build the plans and take the pictures."""
    path = chromium()
    if not path:
        sys.exit("Chromium is missing; install it to take pictures: apt install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1300, "height": 740})
        for name, address in PICTURES.items():
            server = Served(build_site(plan_folder(name), Path(folder) / name, site_name=""))
            page.goto(server.address + address)
            page.screenshot(path=ROOT / "docs" / "gallery" / f"{name}.png")
            server.close()
        browser.close()


main()
