"""Turn pages into Markdown; the only module that knows Jinja."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from plan_explorer import cite, pictures
from plan_explorer.addresses import Addresses
from plan_explorer.pages import Arranger, Page
from plan_explorer.plan import Plan
from plan_explorer.writing import Writer

DESCRIPTION = 300
"""Longest description of a page, in characters."""


@dataclass(frozen=True)
class Rendered:
    """A page as Markdown, and what the theme needs to know of it."""

    page: Page
    text: str
    meta: Mapping[str, Any]

    @property
    def source(self) -> str:
        """The Markdown file as it would lie on a disk."""
        front = yaml.safe_dump(dict(self.meta), allow_unicode=True, sort_keys=True, width=10**6)
        return f"---\n{front}---\n\n{self.text}"


def builtin_templates() -> Path:
    """Return the templates that come with the package.

    A wheel holds them beside this module; a checkout, at its top level.
    """
    here = Path(__file__).resolve().parent
    packaged = here / "templates"
    return packaged if packaged.is_dir() else here.parents[1] / "templates"


def environment(overrides: Path | None = None) -> Environment:
    """Return a Jinja environment in which *overrides* win over the built-in templates.

    An override may still extend what it replaces, as ``builtin/NAME``.
    """
    builtin = FileSystemLoader(builtin_templates() / "pages")
    own = [FileSystemLoader(overrides)] if overrides else []
    return Environment(
        loader=ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin})]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - this writes Markdown; Writer disarms what authors write
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(
    plan: Plan, arranger: Arranger, env: Environment, *, directory_urls: bool = False
) -> Iterator[Rendered]:
    """Yield every page of *plan* as Markdown."""
    for page in arranger.pages():
        write = Writer(
            plan, arranger.addresses, arranger.hues, page.path, directory_urls=directory_urls
        )
        text = env.get_template(page.template).render(
            plan=plan, page=page, w=write, settings=plan.settings, draw=pictures.Artist(write),
            cite=cite.Citer(write), **page.data,
        )
        yield Rendered(page, _tidy(text), _meta(page))


def block(name: str, plan: Plan, addresses: Addresses, arranger: Arranger, env: Environment) -> str:
    """Return the generated block *name* for a hand-written page at the top of the site."""
    write = Writer(plan, addresses, arranger.hues, "index.md")
    template = env.get_template(f"blocks/{name}.md")
    return template.render(plan=plan, w=write, settings=plan.settings)


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
    for line in text.split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip() + "\n"
