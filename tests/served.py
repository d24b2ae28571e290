"""A site on a server of its own, as a browser test wants it."""

import secrets
import shutil
import socket
import subprocess
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from plan_explorer.build import build

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Arguments of a Chromium that asks nobody for anything by itself."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The strictest Content-Security-Policy that a site is to work under."""

BELOW = "/a/folder/"
"""Where on the server a site lies: a site must not need to be at the top."""


def chromium() -> str | None:
    """Return the path of an installed Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    """Return a free port, outside of those that the system gives to whoever asks for any."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def end_process(process: subprocess.Popen) -> None:
    """End a server, at once if it does not end by itself."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def page_kinds(plan: Path, site: Path) -> dict[str, str]:
    """Return the longest page of each kind in the built *site* of *plan*, and the shortest of an entry."""
    found: dict[str, list[str]] = {}
    for rendered in build(plan).pages:
        path = Path(rendered.page.path).with_suffix(".html").as_posix()
        found.setdefault(rendered.page.template, []).append(path)

    def size(path: str) -> int:
        return (site / path).stat().st_size

    longest = {template: max(paths, key=size) for template, paths in found.items()}
    return longest | {"item, short": min(found["item"], key=size)}


class Handler(SimpleHTTPRequestHandler):
    """Answers with files below a folder of the server, under a policy, and with 404.html."""

    def __init__(self, *args, site: Path, policy: str, **kwargs) -> None:
        self.site, self.policy = site, policy
        super().__init__(*args, directory=str(site), **kwargs)

    def translate_path(self, path):
        path = urlsplit(path).path
        return super().translate_path("/" + path.removeprefix(BELOW) if path.startswith(BELOW) else "/..none")

    def end_headers(self):
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        body = (self.site / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args):
        pass


class Served:
    """The site in a folder, served on a free port until it is closed; by default under the strict policy."""

    def __init__(self, site: Path, policy: str = POLICY) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site=site, policy=policy))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}{BELOW}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
