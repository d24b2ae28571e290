"""A client for yaml-language-server, as an editor is one: it opens a file, and asks at places in it."""

import json
import queue
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import node

PACKAGE = "yaml-language-server@2.0.0"
WAIT = 60
"""Seconds to wait for an answer before giving up."""

SETTINGS = {"yaml": {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}}


class LanguageServer:
    """A running server; use it in a ``with`` statement."""

    def __enter__(self) -> "LanguageServer":
        script = node.installed(PACKAGE) / "yaml-language-server" / "bin" / "yaml-language-server"
        self._process = subprocess.Popen(
            ["node", str(script), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._received: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}}
        }
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": SETTINGS}})
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                stream.close()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open *path* as if *text* had been typed into it; return what the editor marks."""
        self._diagnostics.pop(path.as_uri(), None)
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        self._until(lambda message: path.as_uri() in self._diagnostics)
        return self._diagnostics[path.as_uri()]

    def at(self, method: str, path: Path, text: str, words: str) -> Any:
        """Return the answer of *method* with the cursor behind the first *words* of *text*."""
        before = text[: text.index(words) + len(words)]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", place)

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        return self._until(lambda message: message.get("id") == number and "method" not in message)["result"]

    def _until(self, wanted) -> dict[str, Any]:
        while True:
            message = self._received.get(timeout=WAIT)
            if message.get("method") == "textDocument/publishDiagnostics":
                self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif "method" in message and "id" in message:  # the server asks: there is nothing to tell
                self._send({"id": message["id"], "result": None})
            if wanted(message):
                return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        with suppress(ValueError):  # the stream was closed
            while line := stream.readline():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
                    while stream.readline().strip():
                        pass
                    self._received.put(json.loads(stream.read(length)))
