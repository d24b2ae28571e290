"""What is pointed at, or reached by the keyboard, can still be read: states that axe does not see."""

import pytest

CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function pixel(colours) {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  function light(rgb) {
    const [r, g, b] = rgb.map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  const found = [];
  for (const box of document.querySelectorAll(".px-map .px-box > a, .px-peek, .px-map .px-lab")) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement;
      const shown = within.checkVisibility({ visibilityProperty: true }) && within.getClientRects().length;
      if (!walker.currentNode.data.trim() || !shown || within.closest(".px-sr")) continue;
      const grounds = [];
      for (let each = within; each; each = each.parentElement)
        grounds.unshift(getComputedStyle(each).backgroundColor);
      const ground = pixel(["Canvas", ...grounds]);
      const ink = pixel(["Canvas", ...grounds, getComputedStyle(within).color]);
      const [low, high] = [light(ground), light(ink)].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < 4.5) found.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
    }
  }
  return [...new Set(found)];
}"""


LIT = """() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  const boxes = [...document.querySelectorAll(".px-band--slim:first-child .px-box > a")];
  return boxes.filter((box) => getComputedStyle(box).color === ground).length;
}"""
"""How many boxes are shown in reverse."""

SMOOTH = """() => [...document.querySelectorAll("*")]
  .filter((each) => getComputedStyle(each).scrollBehavior !== "auto").length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["hover", "focus"])
def test_every_code_on_the_map_can_be_read_in_every_state(tab, served, scheme, state):
    page = tab(served() + "index.html", width=1300, color_scheme=scheme, reduced_motion="reduce")
    boxes = page.locator(".px-map .px-box > a").all()
    lit = 0
    for box in boxes:
        if state == "hover":
            box.hover()
        else:
            page.mouse.move(0, 0)
            page.keyboard.press("Tab")  # so that the focus is one of the keyboard
            box.focus()
        assert page.evaluate(CONTRAST) == [], box.inner_text()
        lit += page.evaluate(LIT)
    assert lit  # some were shown in reverse


def test_a_link_from_another_page_is_at_its_place_at_once(tab, served):
    page = tab(served() + "source/index.html")
    assert page.evaluate(SMOOTH) == 0
    last = page.locator(".px-para li[id]").last.get_attribute("id")
    page.goto(served() + "about.html")
    page.goto(served() + f"source/index.html#{last}", wait_until="load")
    page.wait_for_timeout(100)
    where = page.locator(f"#{last}").bounding_box()["y"]
    assert 0 <= where < 900
