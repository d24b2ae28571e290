"""Find and render templates: bodies as Markdown, layouts and components as escaped HTML."""

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
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
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.package_files import builtin_templates
from plan_explorer.rendering.change_markdown import ChangeWriter
from plan_explorer.rendering.figures import Figures
from plan_explorer.rendering.html import HtmlWriter
from plan_explorer.translation import WORDS, spoken

FOLDERS = ("bodies", "layouts", "components")
"""Where the templates are that a site may override, each by name."""
SUFFIXES = (".md", ".html")
"""How the names of templates end."""
WRITERS = frozenset({"markdown", "html", "figures"})
"""What writes for a template; it calls their methods as filters and functions, and not by these names."""

_UNDEFINED = re.compile(r"'(\w+)' is undefined")


@dataclass(frozen=True)
class Templates:
    """The templates of bodies, and those of layouts and components."""

    bodies: Environment
    html: Environment
    overrides: Path | None = None
    """The folder of those that win by name."""

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
    return Templates(bodies, html, overrides)


def _environment(overrides: Path | None, folders: tuple[str, ...], *, autoescape: bool) -> Environment:
    builtin = FileSystemLoader([builtin_templates() / folder for folder in folders])
    theme = FileSystemLoader(builtin_templates() / "theme")
    own = [FileSystemLoader([overrides / folder for folder in folders])] if overrides else []
    env = Environment(
        loader=ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin, "theme": theme})]),
        undefined=StrictUndefined,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    # Not those of `translation`: Jinja itself puts the values in, escaped where that is needed.
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: spoken().messages.gettext(message),
        lambda one, many, n: spoken().messages.ngettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, message: spoken().messages.pgettext(context, message),
    )
    return env


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


def unused(overrides: Path) -> Iterator[Problem]:
    """Yield a warning for each template in *overrides* that replaces none and is included by none."""
    known = (*FOLDERS, WORDS)
    for folder in sorted(overrides.iterdir()):
        if folder.name not in known and (hint := did_you_mean(folder.name, known)):
            yield _unused(folder.name, hint)
    found = templates(overrides)
    for env, folders in ((found.bodies, FOLDERS[:1]), (found.html, FOLDERS[1:])):
        builtin = {path.name for each in folders for path in (builtin_templates() / each).iterdir()}
        tops = [overrides / each for each in folders]
        own = {
            path: path.relative_to(top).as_posix()
            for top in tops
            for path in sorted(top.rglob("*"))
            if path.suffix in SUFFIXES
        }
        used = builtin.union(*(_included(env, path) for path in own))
        for path, name in own.items():
            if name not in used:
                yield _unused(path.relative_to(overrides).as_posix(), did_you_mean(name, builtin))


def _unused(path: str, hint: str) -> Problem:
    return Problem("unused-template", f"no page uses '{path}'", Location(path), hint, warning=True)


def _included(env: Environment, path: Path) -> set[str]:
    """Return the names of the templates that the one at *path* includes."""
    try:
        return {name for name in find_referenced_templates(env.parse(path.read_text("utf-8"))) if name}
    except TemplateSyntaxError:  # told when a page uses it
        return set()


def _refuse_old_names(overrides: Path) -> None:
    """Tell somebody whose templates were written for an earlier version where they belong now."""
    if not overrides.is_dir() or any((overrides / folder).is_dir() for folder in (*FOLDERS, WORDS)):
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
        raise PlanError([_fault(env, error, name, context)]) from error
    except Exception as error:
        frames = _frames(error)
        if all(path.is_relative_to(builtin_templates()) for path, _ in frames):
            raise  # a fault of ours, whose traceback is needed
        message = f"{type(error).__name__}: {error}"
        raise PlanError([Problem("template", message, _place(*frames[-1]))]) from error


def _fault(env: Environment, error: TemplateError, name: str, context: Mapping[str, Any]) -> Problem:
    """Return *error* of the template *name* at its place in the template at fault."""
    if isinstance(error, TemplateSyntaxError):
        path = Path(error.filename or error.name or name)
        return Problem("template", str(error.message), _place(path, error.lineno))
    frames = _frames(error)
    place = _place(*frames[-1]) if frames else Location(name)
    if isinstance(error, TemplateNotFound):
        hint = did_you_mean(str(error.name), env.list_templates())
        return Problem("template", f"there is no template '{error.name}'", place, hint)
    unknown = _UNDEFINED.fullmatch(str(error.message))
    return Problem(
        "template", str(error.message), place, _names_at_hand(unknown[1], context) if unknown else ""
    )


def _names_at_hand(unknown: str, context: Mapping[str, Any]) -> str:
    """Return a hint for a name that is *unknown*: the nearest, and all that the template is given."""
    names = sorted(context.keys() - WRITERS)
    at_hand = f"names at hand: {', '.join(names)}"
    meant = did_you_mean(unknown, names)
    return f"{meant} ({at_hand})" if meant else at_hand


def _frames(error: Exception) -> list[tuple[Path, int]]:
    """Return the files and lines of the templates that *error* passed, the one at fault last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [(Path(each.filename), each.lineno or 1) for each in frames if each.filename.endswith(SUFFIXES)]


def _place(path: Path, line: int) -> Location:
    """Return a place in the template at *path*, by its folder and name."""
    return Location("/".join(path.parts[-2:]), line)
