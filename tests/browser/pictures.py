"""Take a picture of every kind of page, on a desk, on a phone and in the dark, into pictures/."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import build_site, plan_folder  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from served import ARGUMENTS, Served, chromium, page_kinds  # noqa: E402

LOOKS = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


def main() -> None:
    """Build the first plan and take the pictures."""
    path = chromium()
    if not path:
        sys.exit("Chromium is missing; install it to take pictures: apt install chromium")
    target = ROOT / "pictures"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_site(plan_folder("real"), Path(folder))
        server = Served(site)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for look, options in LOOKS.items():
            page = browser.new_page(**options)
            for kind, address in page_kinds(plan_folder("real"), site).items():
                page.goto(server.address + address)
                page.screenshot(path=target / f"{kind.replace('.md', '').replace(', ', '-')}.{look}.png")
            page.keyboard.press("/")
            page.keyboard.type("data")
            page.get_by_role("option").first.wait_for()
            page.screenshot(path=target / f"search.{look}.png")
        browser.close()
        server.close()
    print(f"{len(list(target.glob('*.png')))} pictures are in pictures/")  # noqa: T201


main()
