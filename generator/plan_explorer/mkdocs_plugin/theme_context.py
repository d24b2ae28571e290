"""Tell the theme about the site, and about every page of the plan."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import nest_paths, normalize_url

from plan_explorer.build import Site
from plan_explorer.exporters.base import media_type
from plan_explorer.mkdocs_plugin import other_plugins
from plan_explorer.mkdocs_plugin.generated_files import FAVICON
from plan_explorer.mkdocs_plugin.placed_plan import PlacedPlan, first_editions, prefix_of
from plan_explorer.model.settings import Wording
from plan_explorer.model.texts import direction
from plan_explorer.package_files import builtin_templates
from plan_explorer.rendering.renderer import POLICY, RenderedPage
from plan_explorer.rendering.site_files import MARK, STYLES
from plan_explorer.site.addresses import A_Z, ABOUT, CHANGES, DATA, GUIDE, SOURCES
from plan_explorer.site.urls import built
from plan_explorer.translation import FALLBACK, Catalogue, comma, own_name, read_catalogue, said_in, speaking
from plan_explorer.versions import atom_feed, visit_marks


@pass_context
def href(context: Context, target: Any, prefix: str = "") -> str:
    """Return the path of a source ("a/x.md#y"), or an address, as a link relative to the page at hand.

    Args:
        context: that of the page at hand.
        target: the path, or the address.
        prefix: the folder of the site that it is below, as a path that ends in a slash, or nothing. An
            address of another site, and what begins with a slash, is not below it.
    """
    path, *anchor = str(target).split("#")[:2]
    if path.startswith("/") and not path.startswith("//"):
        path = path[1:] or "index.md"
    elif path and not urlsplit(path).scheme:
        path = prefix + path
    if path.endswith(".md"):
        path = built(path, directory_urls=context["config"].use_directory_urls) or "."
    link = normalize_url(path, page=context["page"], base=context["base_url"]) if path else ""
    return "#".join([link, *anchor])


def href_from(prefix: str) -> Callable[[Context, Any], str]:
    """Return a function that links to what is below *prefix*."""
    return pass_context(partial(href, prefix=prefix)) if prefix else href


def set_up(config: MkDocsConfig, plans: Sequence[PlacedPlan], *, serving: bool = False) -> None:
    """Give *config* what the pages of *plans* need, and leave what somebody chose as it is.

    Args:
        config: that of MkDocs.
        plans: those of the site.
        serving: whether the server of MkDocs puts a script of its own into the pages.

    Raises:
        PluginError: if a site of several plans has no name.
    """
    first = first_editions(plans)
    if len(first) > 1 and not config.site_name:
        raise PluginError(
            "the site holds several plans, and 'site_name' in mkdocs.yml is empty\n"
            "    hint: write what the whole site is called"
        )
    config.site_name = config.site_name or plans[0].name
    config.extra_css[:0] = STYLES
    folder = str(builtin_templates() / "theme")
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
    if config.theme.get("favicon") == FAVICON:  # no icon of the site's own
        config.theme["favicon"] = MARK
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")
    config.extra.setdefault("homepage", "index.html" if not config.use_directory_urls else ".")
    policy = {"policy": ""} if serving else {}
    chosen = {**config.extra.get("px", {})}
    for plan in plans:
        plan.told = {**_chosen(_of_plan(plan, config), chosen), **policy}
    config.extra["px"] = {**_chosen(_outside(first, config), chosen), **policy}


def set_up_nav(config: MkDocsConfig, plans: Sequence[PlacedPlan], files: Files) -> None:
    """Make the navigation of a site that has none: its own pages among *files*, and those of *plans*.

    The top pages of a plan at the top of the site are all of it, as ever; below a prefix they are a section.
    """
    plans = first_editions(plans)
    if config.nav is not None or other_plugins.makes_nav(config):
        return
    config.nav = []
    if all(plan.prefix for plan in plans):
        config.nav += nest_paths(
            page.src_uri for page in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        )
    for plan in plans:
        links = [{title: path} for path, title in plan.nav.items()]
        config.nav += [{plan.name: links}] if plan.prefix else links


def _chosen(told: dict[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pages are *told*, with what a site has *chosen* in its place, which is at its top."""
    chosen = dict(chosen)
    if "footer" in chosen:
        chosen["footer"] = [{**link, "url": _from_top(link["url"])} for link in chosen["footer"]]
    return {**told, **chosen, **{key: _from_top(chosen[key]) for key in ("az", "feed") if key in chosen}}


def _from_top(address: str) -> str:
    return address if not address or urlsplit(address).scheme else f"/{address.lstrip('/')}"


def _outside(plans: Sequence[PlacedPlan], config: MkDocsConfig) -> dict[str, Any]:
    """Return what pages outside of *plans* are told: as those of the first, but what differs between them."""
    first = plans[0]
    told = _of_plan(first, config)
    if first.prefix:
        told |= {"href": href_from(""), "root": "", "name": "", "tabs": [], "scripts": []}
        told["footer"] = [{**link, "url": first.prefix + link["url"]} for link in told["footer"]]
        for key in ("az", "feed"):
            told[key] = told[key] and first.prefix + told[key]
    catalogue = _catalogue(config, first.site)
    told |= {"gettext": catalogue.gettext, "comma": said_in(catalogue, comma)()}
    told |= {"dir": direction(catalogue.language)}
    if len(plans) > 1:
        with speaking(catalogue):
            told["primary"] = Wording().primary
        lists = [{"title": plan.name, "url": plan.prefix + A_Z} for plan in plans]
        told |= {"footer": [], "feed": "", "as_of": "", "as_of_text": "", "az_lists": lists}
    return told


def _catalogue(config: MkDocsConfig, site: Site) -> Catalogue:
    """Return the words around pages outside of a plan, in the language of the theme if one was chosen."""
    chosen = config.theme.get("language")
    language = chosen if chosen and chosen != FALLBACK else site.plan.settings.language
    return read_catalogue(language, site.renderer.templates.overrides)


def _of_plan(plan: PlacedPlan, config: MkDocsConfig) -> dict[str, Any]:
    """Return what is the same on every page of *plan*; addresses are those below its prefix."""
    site = plan.site
    settings, catalogue = site.plan.settings, site.renderer.catalogue
    gettext = catalogue.gettext
    there = {rendered.page.path for rendered in site.pages}
    links = [(gettext("About"), ABOUT), (gettext("Sources"), SOURCES)]
    links += [link for link in ((gettext("Data"), DATA), (gettext("Changes"), CHANGES)) if link[1] in there]
    links += [(gettext("Feed"), atom_feed.PATH)] if CHANGES in there else []
    links += [(gettext("For editors"), GUIDE)]
    return {
        "policy": POLICY,
        "href": href_from(
            plan.prefix
        ),  # no filter: another plugin may take an environment of its own from the theme
        "az": A_Z,
        "mark": MARK,
        "as_of": settings.as_of.edtf,
        "as_of_text": said_in(catalogue, str)(settings.as_of),
        "footer": [{"title": title, "url": path} for title, path in links],
        "lang": settings.language,
        "dir": direction(settings.language),
        "gettext": gettext,
        "comma": said_in(catalogue, comma)(),
        "primary": settings.wording.primary,
        "feed": atom_feed.PATH if CHANGES in there else "",
        "scripts": [visit_marks.PATH, visit_marks.SCRIPT] if CHANGES in there else [],
        "root": plan.prefix,
        "name": plan.name if plan.prefix else "",
        "site_name": plan.name if plan.edition and not plan.options.prefix else "",
        "tabs": [{"title": link.title, "url": str(link.address)} for link in site.nav] if plan.prefix else [],
        "edition": plan.edition,
        "machine": settings.languages[settings.language].translation == "machine",
    }


def editions(page: MkDocsPage, plan: PlacedPlan, config: MkDocsConfig) -> list[dict[str, str]]:
    """Return the same page in each language in which the plan is told, or nothing if that is one."""
    own = page.file.src_uri.removeprefix(plan.prefix)
    found = []
    for edition in ("", *plan.site.checked.editions) if plan.site.checked.editions else ():
        tag = edition or plan.site.plan.settings.editions[0]
        path = prefix_of(plan.options, edition) + own
        address = built(path, directory_urls=config.use_directory_urls)
        found.append(
            {
                "lang": tag,
                "name": own_name(tag),
                "url": f"/{path}",
                "full": urljoin(config.site_url, address) if config.site_url else "",
            }
        )
    return found


def of_page(rendered: RenderedPage, page: MkDocsPage, plan: PlacedPlan) -> dict[str, Any]:
    """Return the metadata of a page of *plan*, as front matter would give it."""
    return {
        **rendered.meta,
        "px_site": plan.told,
        "px_files": _beside(rendered, page, plan),
        "px_jsonld": plan.site.describe(rendered.page),
        "render_macros": False,  # mkdocs-macros would run what the text of a plan holds
    }


def _beside(rendered: RenderedPage, page: MkDocsPage, plan: PlacedPlan) -> list[dict[str, str]]:
    """Return the files beside *page* that say the same."""
    site, data = plan.site, page.file.dest_uri.removesuffix(".html") + ".json"
    there = site.offers_markdown and data.removeprefix(plan.prefix) in site.exports
    found = [("JSON", data)] if there else []
    found += [("Markdown", plan.prefix + rendered.page.path)] if site.offers_markdown else []
    return [{"title": name, "path": path, "type": media_type(path)} for name, path in found]
