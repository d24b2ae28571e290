"""A browser for tests: Debian's Chromium, built sites on a local server and from the disk.

Every tab records what it asks for and what goes wrong in it; a test whose page asks a foreign host
for anything, writes an error to the console or breaks the Content-Security-Policy fails at its end.
"""

import json
import shutil
import subprocess

import pytest
from conftest import ROOT, plan_folder
from filelock import FileLock
from need import need
from served import ARGUMENTS, Served, chromium, page_kinds

CHECKER = "vnu-jar@26.9.27"
JAVA = ("-Xss4m", "-XX:TieredStopAtLevel=1")
"""Options of Java: pages nest deeply, and a run is too short to earn what the second compiler costs."""

PATIENCE = 30_000
"""Milliseconds until a test gives up; how fast a page is, is no matter of these tests."""


@pytest.fixture(scope="session")
def browser():
    """Return the one browser of all tests."""
    path = need("Chromium", "install it to run the tests of the site: apt install chromium", chromium())
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

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
        page.set_default_timeout(PATIENCE)
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


@pytest.fixture(scope="session")
def axe():
    """Return the script of axe-core, which looks for what keeps people out."""
    from axe_playwright_python.base import AXE_FILE_PATH

    return AXE_FILE_PATH.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checker():
    """Return the command of the Nu Html Checker, which is fetched into the ignored .venv once."""
    java = need(
        "Java", "install it to validate pages: apt install default-jre-headless", shutil.which("java")
    )
    npm = need("npm", "install it to fetch the HTML checker: apt install npm", shutil.which("npm"))
    folder = ROOT / ".venv" / "vnu"
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not jar.exists():
            subprocess.run(
                [npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", CHECKER],
                check=False,
                capture_output=True,
            )
    need("the Nu Html Checker", f"npm could not fetch {CHECKER}", str(jar) if jar.exists() else None)
    return [java, *JAVA, "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout"]


@pytest.fixture(scope="session")
def faults_of(checker):
    """Return a function that gives what is not valid in a built site.

    The checker guesses the language of a page from samples drawn at random: 4 times in 40 it took one for
    Norwegian. What it finds is looked for again, and counts if it is found each time.
    """

    def found(site):
        command = [*checker, "--skip-non-html", site]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        return {
            (fault["message"], fault.get("extract", "")[:120])
            for fault in json.loads(result.stdout)["messages"]
            if fault["type"] == "error" or fault.get("subType") == "warning"
            # The checker knows no address of the page, and takes linked data for a script; what browsers
            # make of the policy, test_policy shows.
            if "violates Content Security Policy" not in fault["message"]
        }

    def faults(site):
        each_time = found(site)
        for _ in range(2):
            each_time = each_time and each_time & found(site)
        return sorted(each_time)[:10]

    return faults
