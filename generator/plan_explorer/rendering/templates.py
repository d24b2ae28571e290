"""Find and render templates: bodies as Markdown, layouts and components as escaped HTML."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.rendering.change_markdown import ChangeWriter
from plan_explorer.rendering.figures import Figures
from plan_explorer.rendering.html import HtmlWriter

FOLDERS = ("bodies", "layouts", "components")
"""What a site may override, each by name."""


@dataclass(frozen=True)
class Templates:
    """The templates of bodies, and those of layouts and components."""

    bodies: Environment
    html: Environment

    def body(self, name: str, context: Mapping[str, Any]) -> str:
        """Return the body that the template *name* gives, as Markdown.

        Raises:
            PlanError: ``template``, if the template is at fault.
        """
        return _render(self.bodies, name, context)

    def layout(self, name: str, context: Mapping[str, Any]) -> str:
        """Return what the layout or component *name* gives, as HTML.

        Raises:
            PlanError: ``template``, if the template is at fault.
        """
        return _render(self.html, name, context)


def builtin_templates() -> Path:
    """Return the templates that come with the package.

    A wheel holds them in the package; a checkout, at its top level.
    """
    package = Path(__file__).resolve().parents[1]
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"


def templates(overrides: Path | None = None) -> Templates:
    """Return the templates, of which those in *overrides* win by name.

    An override may still include what it replaces, as ``builtin/NAME``. Templates are compiled once, and
    again when a file has changed: looked at here, and not for each page.

    Raises:
        PlanError: ``template``, if *overrides* holds templates by the names of earlier versions.
    """
    if overrides:
        _refuse_old_names(overrides)
    folders = [builtin_templates(), *([overrides] if overrides else [])]
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return _templates(overrides, tuple((path.as_posix(), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _templates(overrides: Path | None, stamps: tuple[tuple[str, int], ...]) -> Templates:
    bodies = _environment(overrides, FOLDERS[:1], autoescape=False)
    _register(bodies, ChangeWriter, "markdown")
    html = _environment(overrides, FOLDERS[1:], autoescape=True)
    _register(html, HtmlWriter, "html")
    _register(html, Figures, "figures")
    return Templates(bodies, html)


def _environment(overrides: Path | None, folders: tuple[str, ...], *, autoescape: bool) -> Environment:
    builtin = FileSystemLoader([builtin_templates() / folder for folder in folders])
    theme = FileSystemLoader(builtin_templates() / "theme")
    own = [FileSystemLoader([overrides / folder for folder in folders])] if overrides else []
    return Environment(
        loader=ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin, "theme": theme})]),
        undefined=StrictUndefined,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _register(env: Environment, writer: type, key: str) -> None:
    """Give *env* the public methods of *writer* as filters and functions; *key* names one in the context."""
    for name in dir(writer):
        if not name.startswith("_"):
            env.filters[name] = env.globals[name] = _bound(name, key)


def _bound(name: str, key: str) -> Callable[..., Any]:
    @pass_context
    def call(context: Context, *args: Any, **options: Any) -> Any:
        return getattr(context[key], name)(*args, **options)

    return call


def _refuse_old_names(overrides: Path) -> None:
    """Tell somebody whose templates were written for an earlier version where they belong now."""
    if not overrides.is_dir() or any((overrides / folder).is_dir() for folder in FOLDERS):
        return
    for path in sorted(overrides.glob("*.md")):
        hint = f"put it into the folder 'bodies'; HTML goes into '{FOLDERS[1]}' or '{FOLDERS[2]}'"
        raise PlanError(
            [Problem("template", "templates are looked for in folders", Location(path.name), hint)]
        )


def _render(env: Environment, name: str, context: Mapping[str, Any]) -> str:
    try:
        return env.get_template(name).render(context)
    except TemplateError as error:
        raise PlanError([_fault(error, name)]) from error


def _fault(error: TemplateError, template: str) -> Problem:
    """Return *error* at its place in the template at fault."""
    hint = "what is given: plan, settings, page; besides, what the kind of page needs"
    if isinstance(error, TemplateSyntaxError):
        return Problem("template", str(error.message), Location(error.name or template, error.lineno))
    names = (".md", ".html")
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(names)]
    place = Location(Path(frames[-1].filename).name, frames[-1].lineno or 1) if frames else Location(template)
    return Problem("template", str(error.message), place, hint if isinstance(error, UndefinedError) else "")
