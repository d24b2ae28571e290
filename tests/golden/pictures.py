"""Take pictures of one page of each kind, the old beside the new."""

import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright
from served import ARGUMENTS, chromium

PAGES = {
    "overview": "real/site/index.html",
    "pillar": "real/site/pillars/*/index.html",
    "task": "real/site/tasks/*.html",
    "strand": "real/site/framework/index.html",
    "glossary": "real/site/glossary/index.html",
    "timeline": "real/site/timeline/index.html",
    "actors": "real/site/actors/index.html",
    "sources": "real/site/source/sources.html",
    "source": "real/site/source/index.html",
    "crosswalk": "real/site/compare/actors.html",
    "compare": "real/site/compare/index.html",
    "a-z": "real/site/a-z.html",
    "about": "real/site/about.html",
    "guide": "real/site/guide/index.html",
    "changes": "tiny-versions/site/changes/index.html",
}
"""Where a page of each kind is found: the first that fits."""
LOOKS: dict[str, Any] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 794, "height": 1123}},
}
TALLEST = 8000
"""Chromium cannot draw a picture of any height, and nobody looks at it."""
DIFFER = """async () => {
  await Promise.all([...document.images].map(image => image.decode()));
  const [old, now] = [...document.images].map(image => {
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height);
  });
  return old.height !== now.height || old.data.some((value, at) => Math.abs(value - now.data[at]) > 24);
}"""
"""Not to the bit: Chromium itself draws some edges in two ways."""


def take_pairs(old: Path, new: Path, target: Path) -> None:
    """Write the pictures of both builds to *target*, and print which of them differ."""
    path = chromium()
    if not path:
        sys.exit("Chromium is missing; install it to take pictures: apt install chromium")
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        pages = {kind: next(iter(sorted(old.glob(glob))), None) for kind, glob in PAGES.items()}
        found = {kind: page.relative_to(old) for kind, page in pages.items() if page}
        taken = [(f"{kind}.{look}", page, look) for look in LOOKS for kind, page in found.items()]
        for side, folder in (("old", old), ("new", new)):
            _take(browser, folder, target, side, taken)
        differ = [name for name, _, _ in taken if _join(browser, target, name)]
        browser.close()
    print(f"\n{len(taken)} pictures are in {target}; {len(differ)} differ: {', '.join(differ) or 'none'}")


def _take(
    browser: Browser, folder: Path, target: Path, side: str, taken: list[tuple[str, Path, str]]
) -> None:
    for look, options in LOOKS.items():
        page = browser.new_page(**options)
        page.emulate_media(media="print" if look == "print" else "screen", reduced_motion="reduce")
        for name, path, wanted in taken:
            if wanted == look and (folder / path).exists():
                page.goto((folder / path).as_uri())
                _shoot(page, target / f"{name}.{side}.png")
        page.close()


def _shoot(page: Page, target: Path) -> None:
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    clip: FloatRect = {"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": height}
    page.screenshot(path=target, full_page=True, clip=clip)


def _join(browser: Browser, target: Path, name: str) -> bool:
    """Keep one picture if both are the same, or else put them side by side; say whether they differ."""
    sides = [path for side in ("old", "new") if (path := target / f"{name}.{side}.png").exists()]
    same, pair = target / f"{name}.png", target / f"{name}.differs.png"
    for path in (same, pair):
        path.unlink(missing_ok=True)
    images = "".join(
        f'<img src="data:image/png;base64,{b64encode(path.read_bytes()).decode()}">' for path in sides
    )
    page = browser.new_page()
    page.set_content(f'<body style="margin:0;display:inline-flex;gap:8px;background:#f0f">{images}')
    differ = len(sides) == 1 or bool(page.evaluate(DIFFER))
    if differ:
        page.locator("body").screenshot(path=pair)
    else:
        sides[0].rename(same)
    page.close()
    for path in sides:
        path.unlink(missing_ok=True)
    return differ
