"""How MkDocs makes one page, apart from all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from plan_explorer.mkdocs_plugin.generated_files import PlanFile

try:
    from mkdocs.commands.build import _build_page, _populate_page
except ImportError:  # these two are no promise of MkDocs; without them, all pages are made at once
    POSSIBLE = False
else:
    POSSIBLE = True

SCRATCH_FOLDER = ".being-made"
"""A folder of the site in which a page is written before it is put in its place, whole."""


@dataclass(frozen=True)
class Maker:
    """Makes pages as MkDocs does, but one from first to last before the next is begun."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any
    pages: Sequence[File]

    def __call__(self, file: PlanFile) -> Page:
        """Make the page of *file*, and return it without what is no longer needed."""
        page = file.page or Page(None, file, self.config)
        page.title = page.title or (file.rendered.page.title if file.rendered else None)
        _populate_page(page, self.config, self.files)
        _build_page(page, self.config, self.pages, self.nav, self.env)
        page.markdown = page.content = None
        page.toc, page.meta = TableOfContents([]), {}
        return page

    def beside(self, file: PlanFile) -> None:
        """Make a page after the build, and put it into the site when it is whole."""
        site = Path(self.config.site_dir)
        file.dest_dir = str(site / SCRATCH_FOLDER)
        page = self(file)
        page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)
        target = site / file.dest_uri
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(file.abs_dest_path).replace(target)


class Bytecode(BytecodeCache):
    """Compiled templates of a theme, from one build to the next: MkDocs has a new environment for each."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._known.get((bucket.key, bucket.checksum))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
