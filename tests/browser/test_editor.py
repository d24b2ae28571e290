"""An entry is edited in a browser by keyboard, without a script."""

import threading

import pytest
from edited import copied

from plan_explorer.cli.edit import serve


@pytest.fixture
def edited(tmp_path):
    """Return the folder of a plan, and the address at which it is edited."""
    folder = copied("river", tmp_path)
    server = serve(folder, 0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_entry_is_edited_by_keyboard(browser, edited):
    from playwright.sync_api import expect

    folder, address = edited
    before = (folder / "content.yaml").read_text(encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/?q=soil")
    page.get_by_role("link", name="A river without soil").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("text", exact=True).first
    field.focus()
    old = field.input_value()
    page.keyboard.press("Control+A")
    page.keyboard.type("A river to swim in.")
    page.keyboard.press("Tab")  # the place to be added
    expect(page.get_by_label("Add a place to it").first).to_be_focused()
    page.keyboard.type("charter p1.1")
    page.keyboard.press("Enter")  # the first button of the form saves
    expect(page.get_by_role("status")).to_contain_text("Saved. 1 statement of it is not verified:")
    expect(field).to_have_value("A river to swim in. [@charter p1.1]")
    after = (folder / "content.yaml").read_text(encoding="utf-8")
    assert " ".join(after.split()) == " ".join(before.replace(old, field.input_value()).split())
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("It is. [@charter p9]")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was written")
    expect(field).to_have_value("It is. [@charter p9]")
    assert (folder / "content.yaml").read_text(encoding="utf-8") == after
    assert [fault for fault in faults if "422" not in fault] == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(browser, edited, scheme):
    from axe_playwright_python.sync_playwright import Axe

    _, address = edited
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for path in ("/", "/edit/clean-river", "/edit/charter", "/edit/nothing"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    context.close()
