"""Provide the command ``edit``."""

import socketserver
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import click

from plan_explorer.cli.common import exit_on_problems, plan_option
from plan_explorer.editing.workspace import open_workspace
from plan_explorer.editor.app import EditorApp

HOST = "127.0.0.1"
"""The only address that it listens at: nobody on another machine can ask."""

PORT = 8010


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    """A server that a connection which a browser keeps open does not block."""

    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 30

    def log_message(self, *_: Any) -> None:
        pass


@click.command()
@click.argument("id", default="", metavar="[ID]")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="Its port.")
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
@plan_option
def edit(id: str, port: int, show: bool, plan: Path) -> None:
    """Edit entries in a form, on a page for this machine only.

    What is filled in is checked before it is written; comments, order and quoting of the rest stay as they
    are. With ID, it begins with this entry. Stop it with Ctrl+C.
    """
    with exit_on_problems():
        workspace = open_workspace(plan)
        path = f"/edit/{quote(workspace.entry(id).entity.id)}" if id else "/"
    server = serve(plan, port)
    address = f"http://{HOST}:{server.server_port}{path}"
    click.echo(f"edit the plan at {address} (stop with Ctrl+C)")
    if show:
        webbrowser.open(address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")


def serve(plan: Path, port: int) -> WSGIServer:
    """Return a server of the form for the plan in the folder *plan*, at a free port if *port* is 0."""
    try:
        server = _Server((HOST, port), _Handler)
    except OSError:
        hint = "another program uses it; choose another one with --port"
        raise click.ClickException(f"port {port} is taken: {hint}") from None
    names = (f"{name}:{server.server_port}" for name in (HOST, "localhost"))
    server.set_app(EditorApp(plan, names))
    return server
