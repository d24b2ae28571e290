"""Build pages of the plan one by one, with what MkDocs offers to everybody.

MkDocs keeps all pages until the last is converted, and cannot build a single one. Where no other plugin
wants to see the pages of the plan, they are built here instead: each is released before the next is built,
or is built when a browser asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from plan_explorer.mkdocs_plugin.generated_files import PlanFile
from plan_explorer.mkdocs_plugin.plan_page import PlanPage


@dataclass(frozen=True)
class PageBuilder:
    """Builds pages of one site."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any
    pages: Sequence[File]
    """Every page of the site, for templates that list them."""

    def build(self, file: PlanFile) -> None:
        """Build the page of *file* and put it into the site."""
        page = file.page
        assert isinstance(page, PlanPage)
        page.read_source(self.config)
        page.render(self.config, self.files)
        page.active = True
        context = get_context(self.nav, self.pages, self.config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        html = template.render(context)
        page.active = False
        file.put(file.dest_uri, html.encode("utf-8", errors="xmlcharrefreplace"))
        page.release()


class TemplateCache(BytecodeCache):
    """Keeps the compiled templates of a theme: MkDocs makes a new environment for each build."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._known.get((bucket.key, bucket.checksum))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
