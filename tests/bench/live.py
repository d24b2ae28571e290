"""How long it takes from saving an edit until the server answers with the new page."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from measure import RunError, Taken

TRIES = 5


def measure(folder: Path, pattern: str, page: str) -> Taken:
    """Serve the project in *folder*, edit what matches *pattern*, wait for *page*; the best of a few.

    Raises:
        RunError: if the edit does not show within two minutes.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = min((folder / "content" / "plan").rglob(pattern))
    text = path.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(  # not with --quiet: it mutes the messages that tell which pages may be reused
        command,
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/{page}"
    try:
        _wait(address, "</html>")
        seconds = []
        for number in range(TRIES):
            word = f"marker{number}x"
            time.sleep(1)
            path.write_text(text.replace("summary: The ", f"summary: The {word} ", 1), encoding="utf-8")
            started = time.monotonic()
            _wait(address, word)
            seconds.append(time.monotonic() - started)
    finally:
        process.terminate()
        process.wait()
        path.write_text(text, encoding="utf-8")
    return Taken(0, min(seconds), 0)


def _wait(address: str, word: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                if word in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise RunError(f"{word} did not come")
