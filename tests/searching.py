"""Search as a reader does."""

import re

from playwright.sync_api import expect


def settle(page) -> None:
    """Wait until every part of the index has been searched: later parts may change the order of results."""
    expect(page.locator(".px-search__status")).to_have_text(re.compile(r"^[^…]+$"), timeout=20_000)
