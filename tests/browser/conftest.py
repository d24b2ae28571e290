"""A browser for tests: Debian's Chromium, built sites on a local server and from the disk.

Every tab records what it asks for and what goes wrong in it; a test whose page asks a foreign host
for anything, writes an error to the console or breaks the Content-Security-Policy fails at its end.
"""

import shutil

import pytest
from conftest import plan_folder
from need import need, skipped
from served import ARGUMENTS, Served, chromium, page_kinds


def pytest_terminal_summary(terminalreporter):
    for message in sorted(skipped):
        terminalreporter.write_line(f"NOT TESTED: {message}", yellow=True, bold=True)


@pytest.fixture(scope="session")
def browser():
    """Return the one browser of all tests."""
    path = need("Chromium", "install it to run the tests of the site: apt install chromium", chromium())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(sites):
    """Return a function that gives the address of a served plan, below a folder of its server."""
    servers: dict[str, Served] = {}

    def address(name: str = "real") -> str:
        if name not in servers:
            servers[name] = Served(sites(name))
        return servers[name].address

    yield address
    for server in servers.values():
        server.close()


@pytest.fixture(scope="session")
def kinds(sites):
    """Return the longest built page of each kind of the first plan, and the shortest of entries."""
    return page_kinds(plan_folder("real"), sites("real"))


@pytest.fixture
def tab(browser):
    """Return a function that opens a page in a fresh profile; its faults fail the test."""
    contexts, faults = [], []

    def opened(address: str, *, width: int = 1280, height: int = 900, ready: str = "load", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        own = address.split("/")[2]

        def asked(request):
            url = request.url
            if not url.startswith((f"http://{own}/", "file:", "data:", "blob:")):
                faults.append(f"{address} asks for {url}")

        context.on("request", asked)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console", lambda said: said.type == "error" and faults.append(f"{said.location}: {said.text}")
        )
        page.on("pageerror", lambda error: faults.append(f"{address}: {error}"))
        page.goto(address, wait_until=ready)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def nginx():
    """Return the path of nginx."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return need("nginx", "install it to test hosting/: apt install nginx-light", path)
