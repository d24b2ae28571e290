"""The MkDocs plugin: the only module that knows MkDocs."""

import gc
import json
import logging
import posixpath
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from watchdog.observers.polling import PollingObserver

from plan_explorer import cache, exports, feed, overlay, render, seen
from plan_explorer.addresses import A_Z, ABOUT, CHANGES, DATA, GUIDE, SOURCES
from plan_explorer.build import MARK, STYLES, VERSIONS, Site, build
from plan_explorer.problems import Location, PlanError, Problem
from plan_explorer.render import Rendered
from plan_explorer.staging import Staging

log = logging.getLogger("mkdocs.plugins.plan-explorer")

FAVICON = "assets/images/favicon.png"
"""The icon of the theme."""

UNUSED = ("assets/javascripts/", "assets/stylesheets/", FAVICON)
"""Files of the theme that no page of ours loads."""


FINISHED = re.compile(
    r"<svg\b.*</svg>"  # a drawing: two thirds of a page, and most of its tags
    r"|<(span|small)(?![^>]* (?:id|markdown)=)[^<>]*>[^<>\[\]*_`\\{}|&!:]*</\1>"  # plain words
)
"""What stands in a line of Markdown and is HTML already: the parser would read it tag by tag, for nothing."""

PUT = "px-finished-{}-"
"""What stands for it while the Markdown around it is converted."""

_PUT = re.compile(r"px-finished-(\d+)-")

LINK = re.compile(r'href="([^"#?:]+)["#?]')
"""An address within the site; ``:`` is in those of other hosts."""

REPEATABLE = {"plan-explorer", "offline", "material/offline"}
"""Plugins with which the same things make the same page."""

SELF_CONTAINED = {
    *render.EXTENSIONS,
    *("abbr", "admonition", "codehilite", "footnotes", "meta", "nl2br", "sane_lists", "smarty", "toc"),
    *("pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys"),
    *("pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
}
"""Extensions of Python-Markdown that read no file and no clock."""

UNSEEN = (
    *("config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict"),
    *("plugins", "hooks", "theme", "nav"),
)
"""Settings that no page shows; the last is looked at as it is shown."""

NO_SITE = "<!doctype html><html lang=en><meta charset=utf-8><title>No site yet</title><body></body></html>"
"""What there is before a plan was sound for the first time."""

LOOK, SETTLED = 0.15, 0.05
"""Seconds between two looks at the watched files, and without a change before a build begins."""


class PlanExplorerConfig(base.Config):
    """The options of the plugin in mkdocs.yml."""

    plan = options.Type(str, default="")
    """The folder of the plan, as seen from mkdocs.yml; ``plan`` in the docs_dir unless given."""
    templates = options.Type(str, default="")
    """A folder of templates that win over the built-in ones of the same name."""
    exports = options.ListOfItems(options.Choice(exports.NAMES), default=list(exports.NAMES))
    """The formats in which the plan can be taken away, by their ids; ``[]`` for none."""


class PlanFile(File):
    """A page or file of the plan; a page that was finished by an earlier build is a file to copy."""

    finished = False
    staging: Staging | None = None
    rendered: Rendered | None = None

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        return self.rendered.text if self.rendered else super().content_string

    def finish(self, html: bytes) -> None:
        """Take *html* as the finished page."""
        _ = self.dest_uri, self.url  # worked out once, and otherwise for files that are no pages
        self.finished = True
        if self.staging:  # at once, so that not all of them are in memory
            self.staging.put(self.dest_uri, html)
        else:
            self.content_bytes = html

    def is_documentation_page(self) -> bool:
        return not self.finished and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        if not self.staging:
            super().copy_file(dirty)
        elif not self.finished:
            self.staging.put(self.dest_uri, self.content_bytes)


class PlanPage(MkDocsPage):
    """A page that takes little room between being read and being written: MkDocs keeps all of them."""

    @property
    def content(self) -> str | None:
        packed = self.__dict__.get("content")
        return zlib.decompress(packed).decode() if packed is not None else None

    @content.setter
    def content(self, html: str | None) -> None:
        self.__dict__["content"] = zlib.compress(html.encode(), 1) if html is not None else None


class _Listener(logging.Handler):
    """Counts what is said while a page is made: a page that gives cause for it is made anew each time."""

    heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1


class PlanExplorerPlugin(BasePlugin[PlanExplorerConfig]):
    """Adds the pages of a plan to a site."""

    _serving = False
    _shown_once = False
    _staging: Staging | None = None
    _cache: cache.Cache | None = None
    _problems: Sequence[Problem] = ()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether somebody watches."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build the plan, before MkDocs touches the last good site, and set up what its pages need.

        Raises:
            PluginError: with every problem of the plan.
        """
        self._root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._folder = self._root / self.config.plan if self.config.plan else Path(config.docs_dir) / "plan"
        self._overrides = self._root / self.config.templates if self.config.templates else None
        self._listener = _Listener(logging.INFO)
        self._keys: dict[str, str] = {}
        self._site: Site | None = None
        gc.unfreeze()
        try:
            self._site = self._build(config)
        except PlanError as error:
            self._problems = error.problems
            if not self._serving or self._shown_once:
                raise PluginError(f"the plan has problems; the site is left as it was\n\n{error}") from None
            log.error("the plan has problems; the browser shows them\n\n%s", error)
            config.nav = []
            config.theme.static_templates.clear()
            return config
        self._problems = ()
        gc.freeze()  # none of it is garbage until the next build, and there is much of it
        self._pages = {rendered.page.path: rendered for rendered in self._site.pages}
        self._ready: list[str] = []
        for warning in self._site.warnings:
            log.warning("%s", warning)
        self._set_up(config, self._site)
        return config

    def _build(self, config: MkDocsConfig) -> Site:
        return build(
            self._folder,
            _shown(self._folder, self._root),
            overrides=self._overrides,
            directory_urls=config.use_directory_urls,
            base=config.site_url or "",
            formats=() if self._serving else self.config.exports,  # they say the same, and take time
        )

    def _set_up(self, config: MkDocsConfig, site: Site) -> None:
        config.markdown_extensions += [e for e in render.EXTENSIONS if e not in config.markdown_extensions]
        config.extra_css[:0] = STYLES
        theme = str(render.builtin_templates() / "theme")
        if theme not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        if config.nav is None:
            config.nav = [{stop.title: str(stop.address)} for stop in site.nav]
        if config.theme.get("favicon") == FAVICON:  # no icon of the site's own
            config.theme["favicon"] = MARK
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        data = [{"title": "Data", "url": DATA}] if DATA in self._pages else []
        if CHANGES in self._pages:
            data.append({"title": "Changes", "url": CHANGES})
            config.extra_javascript += [seen.PATH, seen.SCRIPT]
        as_of = site.plan.settings.as_of
        config.extra.setdefault("homepage", "index.html" if not config.use_directory_urls else ".")
        config.extra["px"] = {
            "az": A_Z,
            "mark": MARK,
            "lens": f"Only what {site.plan.settings.wording.primary} says",
            "as_of": as_of.edtf,
            "as_of_text": str(as_of),
            "footer": [
                {"title": "About", "url": ABOUT},
                {"title": "Sources", "url": SOURCES},
                *data,
                {"title": "For editors", "url": GUIDE},
            ],
            "lang": site.plan.settings.language,
            "feed": feed.PATH if CHANGES in self._pages else "",
            **config.extra.get("px", {}),
        }

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build beside the last good site, and listen for what goes wrong."""
        logging.getLogger("mkdocs").addHandler(self._listener)
        self._final = Path(config.site_dir)
        try:
            self._staging = Staging(self._final)
        except OSError:  # nothing can be written beside it
            self._staging = None
        else:
            config.site_dir = str(self._staging.folder)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of the plan; what the site has under the same name wins."""
        if self._site is None:
            return Files([self._file(PlanFile.generated(config, "index.html", content=NO_SITE))])
        own = {file.src_uri for file in files}
        unused = UNUSED if config.site_url else (*UNUSED, "sitemap.xml")
        for file in list(files):
            if self._is_plan(file) or file.src_uri.startswith(unused):
                files.remove(file)
        for path, rendered in self._pages.items():
            if path not in own:
                files.append(self._page(rendered, config))
        for path, content in self._site.files.items():
            if path not in own:
                files.append(self._file(PlanFile.generated(config, path, content=content)))
        for path, content in self._site.taken.items():
            if path not in own:
                files.append(self._file(_taken(path, content, config)))
        return files

    def _file(self, file: File) -> PlanFile:
        assert isinstance(file, PlanFile)
        file.staging = self._staging
        return file

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take every page that an earlier build made of the very same things."""
        self._files = files
        self._cache = cache.Cache(self._root / cache.FOLDER) if _repeatable(config) else None
        if not self._cache or self._site is None:
            return nav
        # A build that does not hear of what is worth a line must not vouch for one that would.
        heard = log.isEnabledFor(logging.INFO) or not log.isEnabledFor(logging.WARNING)
        around = cache.key(cache.program_key(), _settings(config), list(_stops(nav.items)), heard)
        there = {posixpath.normpath(file.url): file for file in files} | {f.dest_uri: f for f in files}
        # MkDocs dates the site map by the pages it makes: one it has to make.
        made = min(self._pages, key=lambda path: len(self._pages[path].packed)) if config.site_url else ""
        for file in files:
            rendered = self._pages.get(file.src_uri)
            if not isinstance(file, PlanFile) or not rendered:
                continue
            page = file.page or PlanPage(None, file, config)
            page.__class__ = PlanPage  # of those in the navigation
            page.title = page.title or rendered.page.title
            page.update_date = self._site.plan.settings.as_of.edtf
            meta = self._meta(rendered, page)
            made_of = cache.key(around, file.src_uri, rendered.packed, meta, page.edit_url)
            self._keys[file.src_uri] = made_of
            if file.src_uri != made and (known := self._cache.read(made_of)):
                head, _, html = known.partition(b"\n")
                _finish(file, page, json.loads(head), html, there)
        return nav

    def _is_plan(self, file: File) -> bool:
        path = Path(file.abs_src_path or "")
        return any(path.is_relative_to(folder) for folder in (self._folder, self._folder.parent / VERSIONS))

    def _page(self, rendered: Rendered, config: MkDocsConfig) -> PlanFile:
        path = rendered.page.path
        file = self._file(PlanFile.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        file.rendered = rendered
        entity = rendered.page.entity
        if entity and self._site:
            place = self._site.plan.entries[entity.id].document.path
            file.edit_uri = _shown(self._root / place, Path(config.docs_dir))
        return file

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Tell the theme about a page of the plan; put blocks into a page written by hand."""
        assert self._site
        page.update_date = self._site.plan.settings.as_of.edtf
        rendered = self._pages.get(page.file.src_uri)
        if rendered is None or page.file.generated_by != "plan-explorer":
            return self._with_blocks(markdown, page.file.src_uri)
        page.meta.update(rendered.meta)
        self._heard = self._listener.heard
        text, self._ready = _without_finished(markdown)
        return text

    def _meta(self, rendered: Rendered, page: MkDocsPage) -> dict[str, Any]:
        """Return what the theme is told of a page."""
        assert self._site
        linked = self._site.linked[rendered.page.path]
        return {**rendered.meta, **_places(rendered), "px_files": self._beside(page), "px_jsonld": linked}

    def _beside(self, page: MkDocsPage) -> list[dict[str, str]]:
        """Return the files beside *page* that say the same."""
        stem = page.file.dest_uri.removesuffix(".html")
        kinds = {"JSON": ".json", "Markdown": ".md"}
        found = [(name, f"{stem}{suffix}") for name, suffix in kinds.items()]
        return [
            {"title": name, "path": path, "type": exports.media_type(path)}
            for name, path in found
            if self._site and path in self._site.taken
        ]

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put back what was HTML already."""
        ready, self._ready = self._ready, []
        if ready:
            html = _PUT.sub(lambda match: ready[int(match[1])], html)
        if self._listener.heard > getattr(self, "_heard", 0):
            self._keys.pop(page.file.src_uri, None)
        if isinstance(page, PlanPage):
            page.markdown = ""
        return html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Remember all pages: to MkDocs a finished one is none."""
        pages = [file for file in files if _is_finished(file) or file.is_documentation_page()]
        self._all = [file for file in pages if file.inclusion.is_included()]

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Show templates such as the site map all pages."""
        return context | {"pages": self._all}

    def on_page_context(self, context: Any, *, page: MkDocsPage, **_: Any) -> Any:
        """Tell the theme where a page of the plan is, and of all pages."""
        if isinstance(page.file, PlanFile):
            page.meta.update(self._meta(self._pages[page.file.src_uri], page))
        return context | {"pages": self._all}

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep the finished page for the next build."""
        known = self._keys.get(page.file.src_uri)
        if self._cache and known and log.isEnabledFor(logging.WARNING):  # else a fault may have gone unheard
            html = output.encode("utf-8", errors="xmlcharrefreplace")
            self._cache.write(known, json.dumps(_record(page)).encode() + b"\n" + html)
        if isinstance(page, PlanPage):
            page.content, page.toc, page.meta = None, TableOfContents([]), {}
        return output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the site in its place, now that it is whole."""
        for file in getattr(self, "_all", ()):
            if _is_finished(file) and file.page:
                file.page.validate_anchor_links(files=self._files, log_level=config.validation.links.anchors)
        if self._staging:
            self._staging.settle()
        if self._cache:
            self._cache.tidy()
        self._end()
        config.site_dir = str(self._final)
        self._shown_once = self._shown_once or self._site is not None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if not self._problems:
            self._problems = [Problem("not-built", str(error), Location("mkdocs.yml"))]
        if self._staging:
            self._staging.drop()
        self._end()

    def _end(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self._listener)
        self._staging = None

    def _with_blocks(self, markdown: str, path: str) -> str:
        assert self._site
        try:
            return self._site.renderer.with_blocks(markdown, path)
        except PlanError as error:
            raise PluginError(str(error)) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the plan and the templates too; show an edit soon, and problems in the browser."""

        def rebuild() -> None:
            # An error that left this function would leave every browser waiting for an answer.
            try:
                builder()
            except (Exception, SystemExit) as error:
                if not self._problems:
                    log.exception("the site could not be built: %s", error)

        inner = server.get_app()
        assert inner
        server.set_app(lambda environ, start: _with_problems(inner, environ, start, self._problems))
        server.builder = rebuild
        server.build_delay = SETTLED
        watched = [config.docs_dir, *([config.config_file_path] if config.config_file_path else [])]
        for path in watched:  # asked for already, of an observer that looks only twice a second
            server.unwatch(path)
        server.observer = PollingObserver(timeout=LOOK)
        versions = self._folder.parent / VERSIONS
        own = (self._folder, versions, self._overrides, config.theme.custom_dir, render.builtin_templates())
        for place in dict.fromkeys([*watched, *(str(path) for path in own if path and Path(path).exists())]):
            server.watch(place)
        return server


def _with_problems(
    app: Callable[..., Iterable[bytes]],
    environ: dict[str, Any],
    start: Callable[..., Any],
    problems: Sequence[Problem],
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
    if hasattr(answer, "close"):
        answer.close()
    shown = overlay.over(page, problems, wait=not status.startswith("200"))
    kinds["Content-Length"] = str(len(shown))
    start(status, list(kinds.items()))
    return [shown]


# --- what a finished page is made of


def _is_finished(file: File) -> bool:
    return isinstance(file, PlanFile) and file.finished


def _repeatable(config: MkDocsConfig) -> bool:
    """Return whether nothing but what we know of has a say in a page."""
    theme = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return (
        not config.hooks
        and set(config.plugins) <= REPEATABLE
        and set(config.markdown_extensions) <= SELF_CONTAINED
        and not (theme and any(theme.rglob("*.html")))
    )


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return every setting a page can show, and the templates around it."""
    theme = {name: config.theme[name] for name in config.theme}
    folders = [Path(folder) for folder in config.theme.dirs if "site-packages" not in Path(folder).parts]
    return {
        "config": {name: value for name, value in config.items() if name not in UNSEEN},
        "theme": [config.theme.name, theme, [cache.files_key(folder) for folder in folders]],
    }


def _stops(items: Iterable[Any]) -> Iterator[Any]:
    """Yield every title and address of a navigation, level by level."""
    for item in items:
        source = ""
        if item.is_page and item.title is None:  # the title is in the page, which is not read yet
            source = item.file.content_string
        yield [item.title, getattr(item, "url", None), source, list(_stops(item.children or ()))]


def _record(page: MkDocsPage) -> dict[str, Any]:
    """Return what a later build has to know of a finished page besides its HTML."""
    folder = posixpath.dirname(page.file.dest_uri)
    links = {posixpath.normpath(posixpath.join(folder, href)) for href in LINK.findall(page.content or "")}
    anchors = {file.dest_uri: found for file, found in (page.links_to_anchors or {}).items()}
    return {"links": sorted(links), "ids": sorted(page.present_anchor_ids or ()), "anchors": anchors}


def _finish(
    file: PlanFile, page: MkDocsPage, record: dict[str, Any], html: bytes, there: dict[str, File]
) -> None:
    """Make a file to copy of the page that *record* tells of, if all is *there* that it links to."""
    if there.keys() >= {*record["links"], *record["anchors"]}:
        page.present_anchor_ids = set(record["ids"])
        page.links_to_anchors = {there[path]: found for path, found in record["anchors"].items()}
        file.finish(html)


def _without_finished(markdown: str) -> tuple[str, list[str]]:
    """Return *markdown* without what is HTML already, and that; headings and code stay as they are."""
    ready: list[str] = []

    def put(match: re.Match[str]) -> str:
        ready.append(match[0])
        return PUT.format(len(ready) - 1)

    lines, in_code = markdown.split("\n"), False
    for at, line in enumerate(lines):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and "<" in line and not line.startswith("#"):
            lines[at] = FINISHED.sub(put, line)
    return "\n".join(lines), ready


def _places(rendered: Rendered) -> dict[str, Any]:
    """Return where *rendered* is: the tree beside it, the way to it, the pages before and after."""
    page = rendered.page
    tree = [
        {
            "title": line.stop.title,
            "code": line.stop.code,
            "url": str(line.stop.address),
            "level": line.depth,
            "current": line.current,
            "open": line.open,
        }
        for line in page.tree
    ]
    crumbs = [{"title": stop.title, "url": str(stop.address)} for stop in page.crumbs]
    found: dict[str, Any] = {"px_tree": tree, "px_crumbs": crumbs, "px_tab": page.tab}
    for key, stop in (("px_prev", page.previous), ("px_next", page.next)):
        found[key] = {"title": stop.title, "url": str(stop.address)} if stop else None
    return found


def _taken(path: str, content: bytes, config: MkDocsConfig) -> File:
    """Return the file at *path* of the site, which is no page even if it is Markdown."""
    file = PlanFile.generated(config, f"{path}.txt" if path.endswith(".md") else path, content=content)
    file.dest_uri = path
    return file


def _shown(path: Path, root: Path) -> str:
    """Return *path* as seen from *root* if it is below it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
