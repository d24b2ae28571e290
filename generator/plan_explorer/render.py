"""Turn pages into Markdown; the only module that knows Jinja."""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MethodType
from typing import Any

import yaml
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.runtime import Context
from jinja2.utils import internalcode

from plan_explorer import cells, cite, pictures, retelling
from plan_explorer.page import Page
from plan_explorer.pages import Arranger
from plan_explorer.phrases import Phrases
from plan_explorer.plan import Plan
from plan_explorer.problems import Location, PlanError, Problem, did_you_mean
from plan_explorer.redirects import Forward, Move, departed

EXTENSIONS = ("attr_list", "def_list", "md_in_html", "tables", "fenced_code")
"""Extensions of Python-Markdown that the pages need."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)
"""The Content-Security-Policy in every page, for folders and hosts without headers: that of ``hosting/``."""

GIVEN = ("plan", "settings", "page", "w", "h", "draw", "cite", "tell")
"""What every template is given."""

BLOCKS = ("counts", "map")
"""What a page written by hand may call for, as ``<!-- plan-explorer: NAME -->``."""

_BLOCK = re.compile(r"<!--\s*plan-explorer:\s*(\S+)\s*-->")

DESCRIPTION = 300
"""Longest description of a page, in characters."""


class Rendered:
    """A page as Markdown, written when it is asked for, and what the theme needs to know of it."""

    __slots__ = ("_known", "_write", "page")

    def __init__(self, page: Page, write: Callable[[Page], tuple[str, Mapping[str, Any]]]) -> None:
        """Prepare to *write* the Markdown of *page*, and what else is told of it."""
        self.page, self._write = page, write
        self._known: tuple[str, Mapping[str, Any]] | None = None

    def _written(self) -> tuple[str, Mapping[str, Any]]:
        if self._known is None:
            self._known = self._write(self.page)
        return self._known

    @property
    def text(self) -> str:
        return self._written()[0]

    @property
    def meta(self) -> Mapping[str, Any]:
        return self._written()[1]

    @property
    def source(self) -> str:
        """The Markdown file as it would lie on a disk."""
        front = yaml.safe_dump(dict(self.meta), allow_unicode=True, sort_keys=True, width=10**6)
        return f"---\n{front}---\n\n{self.text}"

    def forget(self) -> None:
        """Be as if it had not been written yet: the text of all pages would be much to keep."""
        self._known = None


class _Straight(Context):
    """Calls the methods of what templates are given as Python does.

    Jinja asks of each thing that is called, of ours a hundred times a page, whether it wants to be given
    the context; no method of ours does.
    """

    @internalcode
    def call(
        self, called: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any
    ) -> Any:
        if type(called) is MethodType:
            return called(*args, **kwargs)
        return super().call(called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)


def builtin_templates() -> Path:
    """Return the templates that come with the package.

    A wheel holds them beside this module; a checkout, at its top level.
    """
    here = Path(__file__).resolve().parent
    packaged = here / "templates"
    return packaged if packaged.is_dir() else here.parents[1] / "templates"


def environment(overrides: Path | None = None) -> Environment:
    """Return a Jinja environment in which *overrides* win over the built-in templates.

    An override may still extend what it replaces, as ``builtin/NAME``. Templates are compiled once, and
    again when a file has changed or when there are others: looked at here, and not for each page.
    """
    folders = [builtin_templates() / "pages", *([overrides] if overrides else [])]
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return _environment(overrides, tuple((path.as_posix(), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _environment(overrides: Path | None, stamps: tuple[tuple[str, int], ...]) -> Environment:
    builtin = FileSystemLoader(builtin_templates() / "pages")
    own = [FileSystemLoader(overrides)] if overrides else []
    env = Environment(
        loader=ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin})]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and str(name).endswith(".html"),  # the rest is Markdown
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.context_class = _Straight
    return env


@dataclass(frozen=True)
class Renderer:
    """Turns the pages of one plan into Markdown."""

    plan: Plan
    arranger: Arranger
    env: Environment
    directory_urls: bool = False
    moves: Sequence[Move] = ()
    """Addresses that were, and where they lead now."""

    def page(self, page: Page) -> Rendered:
        """Return *page*, to be written when it is asked for."""
        return Rendered(page, self._page)

    def _page(self, page: Page) -> tuple[str, Mapping[str, Any]]:
        write = self._writer(page.path)
        text = self._render(page.template, page, write, {**page.data, **page.fill()})
        if moves := self._left.get(page.path):
            text += self._render("blocks/departed.md", page, write, {"moves": moves})
        return _tidy(text), _meta(page) | self._tally(write)

    def _tally(self, write: Phrases) -> dict[str, Any]:
        """Return how many statements of each status a page has told."""
        labels = self.plan.settings.statuses
        found = [[status, labels[status], write.told[status]] for status in labels if write.told[status]]
        return {"px_tally": found} if found else {}

    @cached_property
    def _left(self) -> dict[str, list[Move]]:
        """What is no longer to be found on a page, by its path."""
        return departed(self.moves)

    def with_blocks(self, markdown: str, path: str) -> str:
        """Return a page written by hand, at *path*, with the generated blocks it calls for.

        Raises:
            PlanError: ``unknown-block``, if there is no block of that name.
        """
        home = next(self.arranger.pages())
        write = self._writer(path)

        def block(match: re.Match[str]) -> str:
            name = match[1]
            if name not in BLOCKS:
                line = markdown.count("\n", 0, match.start()) + 1
                message = f"there is no block '{name}'"
                hint = did_you_mean(name, BLOCKS) or f"blocks: {', '.join(BLOCKS)}"
                raise PlanError([Problem("unknown-block", message, Location(path, line, 1), hint)])
            return _tidy(self._render(f"blocks/{name}.md", home, write, {**home.data, **home.fill()}))

        return _BLOCK.sub(block, markdown)

    def forward(self, forward: Forward) -> str:
        """Return a page that sends a reader on, as HTML."""
        try:
            template = self.env.get_template("redirect.html")
            return template.render(settings=self.plan.settings, forward=forward, policy=POLICY)
        except TemplateError as error:
            raise PlanError([_fault(error, "redirect.html")]) from error

    def _writer(self, path: str) -> Phrases:
        return Phrases(
            self.plan, self.arranger.addresses, self.arranger.hues, path, directory_urls=self.directory_urls
        )

    def _render(self, template: str, page: Page, write: Phrases, data: Mapping[str, Any]) -> str:
        try:
            return self.env.get_template(template).render(
                plan=self.plan,
                settings=self.plan.settings,
                page=page,
                w=write,
                h=cells.Cells(write),
                draw=pictures.Artist(write),
                cite=cite.Citer(write),
                tell=retelling.Teller(write),
                **data,
            )
        except TemplateError as error:
            raise PlanError([_fault(error, template)]) from error


def _fault(error: TemplateError, template: str) -> Problem:
    """Return *error* at its place in the template at fault."""
    known = f"what is given: {', '.join(GIVEN)}; besides, what the page kind needs"
    hint = known if isinstance(error, UndefinedError) else ""
    if isinstance(error, TemplateSyntaxError):
        return Problem("template", str(error.message), Location(error.name or template, error.lineno), hint)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".md")]
    place = Location(Path(frames[-1].filename).name, frames[-1].lineno or 1) if frames else Location(template)
    return Problem("template", str(error.message), place, hint)


def _meta(page: Page) -> dict[str, Any]:
    description = " ".join(page.description.split())
    if len(description) > DESCRIPTION:
        description = description[:DESCRIPTION].rsplit(" ", 1)[0] + " …"
    meta: dict[str, Any] = {"title": page.title}
    if description:
        meta["description"] = description
    return meta | ({"hide": list(page.hide)} if page.hide else {})


def _tidy(text: str) -> str:
    """Return *text* without runs of empty lines, which templates leave behind."""
    lines: list[str] = []
    last = ""
    for line in map(str.rstrip, text.split("\n")):
        if line or last:
            lines.append(line)
        last = line
    return "\n".join(lines).strip() + "\n"
