"""What may be wrong with a page, as scripts that look for it in a browser, and what they find."""

from collections.abc import Iterator

from playwright.sync_api import Page

WIDTHS = (320, 390, 768, 1280, 1920)

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const shown = (e) => !e.closest('.px-sr') && e.getClientRects().length;
  const right = (e) => e.getBoundingClientRect().right;
  const wide = [...document.querySelectorAll('body *')].filter((e) => shown(e) && right(e) > width + 1);
  return wide.slice(-3).map((e) => e.outerHTML.slice(0, 120));
}"""

AXE = """async (only) => {
  // Of a long list the first thirty: the rest is made of the same.
  const exclude = ['.px-entry', 'tr', 'li'].map((e) => [`main ${e}:nth-child(n+30)`]);
  const options = { resultTypes: ['violations'], ...(only && { runOnly: only }) };
  return (await axe.run({ include: [['html']], exclude }, options)).violations
    .map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary]);
}"""
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
COLOURS = ["color-contrast", "link-in-text-block"]
"""What the scheme makes a difference for."""


def found_by_axe(page: Page, axe: str) -> Iterator[tuple]:
    """Yield what *axe* finds on the *page* at hand, in the dark and in the light scheme."""
    page.evaluate(axe)
    for scheme, only in (("dark", COLOURS), ("light", None)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(PAINTED)
        yield from ((scheme, *fault) for fault in page.evaluate(AXE, only))


def too_wide(page: Page) -> Iterator[tuple]:
    """Yield each width of a window that the *page* at hand is wider than, and what sticks out."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if found := page.evaluate(OVERFLOW):
            yield width, found
