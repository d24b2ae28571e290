"""Serve the site to an author: show edits soon, and problems over every page."""

import gc
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.mkdocs_plugin import error_overlay
from plan_explorer.mkdocs_plugin.generated_files import NO_SITE
from plan_explorer.mkdocs_plugin.lazy_pages import App, LazyPages, close
from plan_explorer.package_files import builtin_templates

log = logging.getLogger("mkdocs.plugins.plan-explorer")

LOOK, SETTLED = 0.15, 0.05
"""Seconds between two looks at the watched files, and without a change before a build begins."""

IDLE = 2
"""Seconds after a build until the page that shows an edit has surely been sent."""


def show(
    server: LiveReloadServer,
    builder: Callable[[], Any],
    lazy_pages: LazyPages,
    problems: Callable[[], Sequence[Problem]],
) -> None:
    """Let *server* build with *builder*, make *lazy_pages*, outlive what fails, and show the *problems*."""

    def rebuild() -> None:
        # An error that left this function would leave every browser waiting for an answer.
        try:
            with lazy_pages.building:
                builder()
        except (Exception, SystemExit) as error:
            if not problems():
                log.exception("the site could not be built: %s", error)

    app = server.get_app()
    assert app
    made = partial(_made, partial(lazy_pages.answer, app, server.mount_path))
    server.set_app(lambda environ, start: _with_problems(made, environ, start, problems()))
    server.builder = rebuild


def _made(app: App, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request as *app* does; if the page cannot be made, tell why instead."""
    try:
        return app(environ, start)
    except Exception as error:
        found = problems_in(error)
        log.error("the page could not be made\n\n%s", PlanError(found))
        shown = error_overlay.over(NO_SITE.encode(), found, wait=True)
        start(
            "500 Internal Server Error", [("Content-Type", "text/html"), ("Content-Length", str(len(shown)))]
        )
        return [shown]


def free_last_site() -> None:
    """Free the site before the last edit, in a while: at 1,000 items it takes 0.3 seconds.

    MkDocs' files and pages hold each other, and it is too old for a collection by itself to find it.
    """
    timer = Timer(IDLE, gc.collect)
    timer.daemon = True
    timer.start()


def watch(server: LiveReloadServer, config: MkDocsConfig, *sources: Path) -> None:
    """Let *server* look often at what *config* is made of, at *sources* that exist, and at templates."""
    server.build_delay = SETTLED
    asked = [config.docs_dir, *([config.config_file_path] if config.config_file_path else [])]
    for path in asked:  # asked for already, of an observer that looks only twice a second
        server.unwatch(path)
    server.observer = PollingObserver(timeout=LOOK)
    own = (*sources, config.theme.custom_dir, builtin_templates())
    for path in dict.fromkeys([*asked, *(str(path) for path in own if path and Path(path).exists())]):
        server.watch(path)


def problems_in(error: Exception) -> Sequence[Problem]:
    """Return what kept MkDocs from building: the problems behind *error*, or itself as one."""
    for each in (error, error.__cause__):
        if isinstance(each, PlanError):
            return each.problems
    return [Problem("not-built", str(error), Location("mkdocs.yml"))]


def _with_problems(
    app: App, environ: dict[str, Any], start: Callable[..., Any], problems: Sequence[Problem]
) -> Iterable[bytes]:
    """Answer a request as *app* does, with what is wrong over every page."""
    told: list[Any] = []
    answer = app(environ, lambda status, headers, *rest: told.extend([status, headers, *rest]))
    status, headers, *rest = told
    kinds = dict(headers)
    if not problems or not kinds.get("Content-Type", "").startswith("text/html"):
        start(status, headers, *rest)
        return answer
    page = b"".join(answer)
    close(answer)
    shown = error_overlay.over(page, problems, wait=not status.startswith("200"))
    kinds["Content-Length"] = str(len(shown))
    start(status, list(kinds.items()))
    return [shown]
