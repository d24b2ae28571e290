"""Every page is HTML as the W3C's checker wants it, drawings and all."""

import json
import shutil
import subprocess

import pytest
from conftest import PLANS, ROOT
from need import need

CHECKER = "vnu-jar@26.9.27"


@pytest.fixture(scope="session")
def checker():
    """Return the command of the Nu Html Checker, which is fetched into the ignored .venv once."""
    java = need(
        "Java", "install it to validate pages: apt install default-jre-headless", shutil.which("java")
    )
    npm = need("npm", "install it to fetch the HTML checker: apt install npm", shutil.which("npm"))
    folder = ROOT / ".venv" / "vnu"
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", CHECKER],
            check=False,
            capture_output=True,
        )
    need("the Nu Html Checker", f"npm could not fetch {CHECKER}", str(jar) if jar.exists() else None)
    return [java, "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout"]


@pytest.mark.parametrize("name", PLANS)
def test_every_page_is_valid_html(sites, checker, name):
    result = subprocess.run(
        [*checker, "--skip-non-html", sites(name)], check=True, capture_output=True, text=True
    )
    faults = {
        (fault["message"], fault.get("extract", "")[:120])
        for fault in json.loads(result.stdout)["messages"]
        if fault["type"] == "error" or fault.get("subType") == "warning"
    }
    assert sorted(faults)[:10] == []
