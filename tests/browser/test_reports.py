"""A reader reports a fault from the quotation of a statement."""

import pytest
from conftest import build_site
from edited import copied
from playwright.sync_api import expect
from served import Served


@pytest.fixture
def address(tmp_path):
    """Return the address of a site with a contact."""
    folder = copied("tiny", tmp_path)
    path = folder / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "contact: ed@example.org\n", encoding="utf-8")
    server = Served(build_site(folder, tmp_path / "site"))
    yield server.address
    server.close()


def test_a_fault_is_reported_from_any_statement(address, tab):
    page = tab(address + "steps/less-runoff.html")
    opener = page.locator(".px-qb").first
    id = opener.locator("xpath=ancestor::*[@id][1]").get_attribute("id")
    opener.click()
    link = page.locator(".px-card--quote:popover-open").get_by_role("link", name="Report a fault")
    expect(link).to_be_visible()
    subject = f"Fault%3A%20Less%20runoff%2C%20steps%2Fless-runoff.html%23{id}"
    expect(link).to_have_attribute("href", f"mailto:ed@example.org?subject={subject}")
