"""Tell the theme about the site, and about every page of the plan."""

from collections.abc import Collection
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url

from plan_explorer.build import Site
from plan_explorer.exporters.base import media_type
from plan_explorer.mkdocs_plugin import other_plugins
from plan_explorer.mkdocs_plugin.generated_files import FAVICON
from plan_explorer.rendering.interface_words import FALLBACK
from plan_explorer.rendering.renderer import POLICY, RenderedPage
from plan_explorer.rendering.site_files import MARK, STYLES
from plan_explorer.rendering.templates import builtin_templates
from plan_explorer.site.addresses import A_Z, ABOUT, CHANGES, DATA, GUIDE, SOURCES
from plan_explorer.site.urls import built
from plan_explorer.versions import atom_feed, visit_marks


@pass_context
def href(context: Context, target: Any) -> str:
    """Return the path of a source ("a/x.md#y"), or an address, as a link relative to the page at hand."""
    path, *anchor = str(target).split("#")[:2]
    if path.endswith(".md"):
        path = built(path, directory_urls=context["config"].use_directory_urls) or "."
    link = normalize_url(path, page=context["page"], base=context["base_url"]) if path else ""
    return "#".join([link, *anchor])


def set_up(config: MkDocsConfig, site: Site, *, serving: bool = False) -> None:
    """Give *config* what the pages of *site* need, and leave what somebody chose as it is.

    Args:
        config: that of MkDocs.
        site: what was built of the plan.
        serving: whether the server of MkDocs puts a script of its own into the pages.
    """
    there = {rendered.page.path for rendered in site.pages}
    config.site_name = config.site_name or site.plan.settings.site_name
    config.extra_css[:0] = STYLES
    if CHANGES in there:
        config.extra_javascript += [visit_marks.PATH, visit_marks.SCRIPT]
    folder = str(builtin_templates() / "theme")
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
    if config.nav is None and not other_plugins.makes_nav(config):
        config.nav = [{link.title: str(link.address)} for link in site.nav]
    if config.theme.get("favicon") == FAVICON:  # no icon of the site's own
        config.theme["favicon"] = MARK
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")
    config.extra.setdefault("homepage", "index.html" if not config.use_directory_urls else ".")
    own = config.extra.get("px", {})
    told = _of_site(site, there, _language(config, site))
    config.extra["px"] = {**told, **own, "words": {**told["words"], **own.get("words", {})}}
    if serving:
        config.extra["px"]["policy"] = ""


def _language(config: MkDocsConfig, site: Site) -> str:
    """Return the language of the shell: that of the theme if the site has chosen one, or of the plan."""
    chosen = config.theme.get("language")
    return chosen if chosen and chosen != FALLBACK else site.plan.settings.language


def _of_site(site: Site, there: Collection[str], language: str) -> dict[str, Any]:
    """Return what is the same on every page: the pages that are *there*, the words in *language*."""
    settings = site.plan.settings
    links = [("About", ABOUT), ("Sources", SOURCES)]
    links += [link for link in (("Data", DATA), ("Changes", CHANGES)) if link[1] in there]
    links += [("Feed", atom_feed.PATH)] if CHANGES in there else []
    links += [("For editors", GUIDE)]
    return {
        "policy": POLICY,
        "href": href,  # no filter: another plugin may take an environment of its own from the theme
        "az": A_Z,
        "mark": MARK,
        "as_of": settings.as_of.edtf,
        "as_of_text": str(settings.as_of),
        "footer": [{"title": title, "url": path} for title, path in links],
        "lang": settings.language,
        "dir": settings.direction(language),
        "words": site.renderer.words(language),
        "feed": atom_feed.PATH if CHANGES in there else "",
    }


def of_page(rendered: RenderedPage, page: MkDocsPage, site: Site) -> dict[str, Any]:
    """Return the metadata of a page of the plan, as front matter would give it."""
    return {
        **rendered.meta,
        "px_files": _beside(rendered, page, site),
        "px_jsonld": site.describe(rendered.page),
        "render_macros": False,  # mkdocs-macros would run what the text of a plan holds
    }


def _beside(rendered: RenderedPage, page: MkDocsPage, site: Site) -> list[dict[str, str]]:
    """Return the files beside *page* that say the same."""
    data = page.file.dest_uri.removesuffix(".html") + ".json"
    found = [("JSON", data)] if site.offers_markdown and data in site.exports else []
    found += [("Markdown", rendered.page.path)] if site.offers_markdown else []
    return [{"title": name, "path": path, "type": media_type(path)} for name, path in found]
