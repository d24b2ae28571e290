"""Plan the pages of a site, with their data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from plan_explorer.model.entities import Actor, Comparison, Crosswalk, Entity, Item, Source
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.site import counterparts, pagination
from plan_explorer.site.addresses import (
    A_Z,
    ABOUT,
    ACTORS,
    BRIEF,
    CHANGES,
    COMPARE,
    DATA,
    GLOSSARY,
    GUIDE,
    HOME,
    KEYS,
    MESSAGES,
    NAMES,
    SOURCE,
    SOURCES,
    STANDING,
    TIMELINE,
    Address,
    Addresses,
)
from plan_explorer.site.counterparts import OtherPlan
from plan_explorer.site.page import NavLink, Page, Switch, link_neighbours, split_page
from plan_explorer.site.sidebar import SideTree
from plan_explorer.site.views import actor as actor_view
from plan_explorer.site.views import (
    brief,
    comparison,
    crosswalk,
    editor_guide,
    indicators,
    item_descendants,
    lists,
    overview,
    side_by_side,
    standing,
    timeline,
)
from plan_explorer.site.views import item as item_view
from plan_explorer.translation import FALLBACK, N_, commas, gettext, pgettext, with_capital
from plan_explorer.versions.history import History

SEARCH: Mapping[str, str] = {
    ABOUT: N_("labels, cite, citation, licence, license, copyright, method, contact, help"),
    ACTORS: N_("who, organizations, bodies, ministries, departments, people"),
    CHANGES: N_("feed, RSS, Atom, subscribe, updates, news, history, versions, what changed"),
    COMPARE: N_("table, matrix, filter, list"),
    DATA: N_(
        "download, export, dataset, files, API, table, spreadsheet, Excel, CSV, XLSX, JSON, BibTeX, "
        "Zotero, RDF, SKOS, calendar file, iCal, graph, GraphML"
    ),
    GLOSSARY: N_("terms, definitions, dictionary, vocabulary, translations"),
    GUIDE: "contribute, edit, YAML",
    STANDING: N_(
        "progress, indicators, figures, targets, results, status, on time, late, overdue, monitoring"
    ),
    SOURCES: N_("bibliography, references, literature"),
    TIMELINE: N_("dates, deadlines, calendar, schedule, milestones, chronology, when"),
}
"""Words under which readers look for pages of the site, with commas of any script between them."""
_COMMA = re.compile(r"\s*[,،，、]\s*")


@dataclass(frozen=True)
class SitePlanner:
    """The plan of a site's pages."""

    plan: Plan
    addresses: Addresses
    hues: Mapping[str, int]
    history: History | None = None
    """What changed between versions, if any are kept."""
    others: Sequence[OtherPlan] = ()
    """Other plans of the web site that are compared with this one."""
    whole_tables: Sequence[tuple[str, str]] = ()
    """The files of the table of all commitments: what a link says, and where it leads."""

    def pages(self) -> Iterator[Page]:
        """Yield every page of the site."""
        yield self._overview()
        yield self._brief()
        if indicators.has_standing(self.plan):
            yield self._standing()
        for strand in self.plan.settings.strands:
            yield self._strand(strand)
        yield from link_neighbours([self._item(item) for item in self.plan.items if self._own_page(item)])
        for view in self.plan.views:
            yield self._page(
                f"views/{view.id}.md",
                "view",
                self.plan.title(view),
                HOME,
                entity=view,
                description=_words(view),
                context={"view": view, "rows": overview.view_rows(self.plan, view)},
            )
        yield from self._lists()
        yield from self._compare()
        for each in self.plan.crosswalks:
            yield from self._crosswalk(each)
        yield from self._beside_others()
        yield from self._guide()
        yield from self._changes()

    def data(self, **given: Any) -> Page:
        """Return the page of downloads; *given* is its template's data."""
        about = gettext(
            "The plan as files: for spreadsheets, reference managers, calendars, graphs and programs."
        )
        context = {**given, "history": self.history}
        return self._page(DATA, "data", gettext("Data"), DATA, description=about, context=context)

    def nav(self) -> list[NavLink]:
        """Return links to the top pages, in order."""
        plan = self.plan
        links = [_overview_link()]
        links += [NavLink(s.name, self.addresses.strand(s)) for s in plan.settings.strands if plan.roots(s)]
        links += [self._standing_link] if indicators.is_standing_stated(plan) else []
        links += [NavLink(gettext("Actors"), Address(ACTORS))] if plan.actors else []
        links += [NavLink(gettext("Timeline"), Address(TIMELINE))] if plan.events else []
        links += [NavLink(gettext("Glossary"), Address(GLOSSARY))] if plan.terms else []
        compare = NavLink(pgettext("a page", "Compare"), Address(COMPARE))
        return [*links, compare, NavLink(pgettext("a page", "Source"), Address(SOURCE))]

    def link(self, entity: Entity) -> NavLink:
        """Return a link to *entity*."""
        code = entity.code if isinstance(entity, Item) else ""
        return NavLink(self.plan.title(entity), self.addresses.of(entity), code, self.hues.get(entity.id))

    # --- one by one

    def _page(self, path: str, template: str, title: str, tab: str, **more: Any) -> Page:
        crumbs = more.pop("crumbs", None)
        more["description"] = more.get("description") or title
        more["search"] = tuple(_COMMA.split(gettext(SEARCH[path]))) if path in SEARCH else ()
        if crumbs is None:
            above = [link for link in self.nav() if link.address.path in (HOME, tab) and path != HOME]
            crumbs = tuple(link for link in above if link.address.path != path)
        return Page(path, template, title, tab=tab, crumbs=crumbs, **more)

    def _overview(self) -> Page:
        settings = self.plan.settings
        title = settings.title or settings.site_name
        lede = settings.plain_lede
        return self._page(HOME, "overview", title, HOME, description=lede, lazy_context=self._on_overview)

    def _on_overview(self) -> dict[str, Any]:
        return {
            "parts": overview.framework_map(self.plan),
            "counts": overview.figures(self.plan),
            "documents": side_by_side.documents(self.plan),
            "link_groups": self._overview_links(),
        }

    def _overview_links(self) -> list[tuple[str, list[NavLink]]]:
        """Return the links of the overview, by purpose."""
        plan = self.plan
        look_up = [NavLink(gettext("Actors"), Address(ACTORS))] if plan.actors else []
        standing = [self._standing_link] if indicators.has_standing(plan) else []
        look_up += [NavLink(gettext("Timeline"), Address(TIMELINE))] if plan.events else []
        if plan.terms:
            look_up += [NavLink(o.title, Address(o.path)) for o in lists.glossary_orders(plan)]
        check = [
            NavLink(gettext("The source, passage by passage"), Address(SOURCE)),
            *map(self.link, plan.comparisons),
            NavLink(gettext("All sources"), Address(SOURCES)),
            NavLink(gettext("How to read the labels and how to cite"), Address(ABOUT)),
            *([NavLink(gettext("What changed"), Address(CHANGES))] if self.history else []),
        ]
        index = NavLink(gettext("A–Z index"), Address(A_Z))
        return [
            (gettext("Reference"), [self._brief_link, *standing, *look_up, index]),
            (
                pgettext("a page", "Compare"),
                [NavLink(table.title, Address(table.path)) for table in self._tables]
                + [self.link(each) for each in plan.crosswalks]
                + [
                    NavLink(gettext("With %(plan)s", plan=other.name), Address(other.path))
                    for other in self.others
                ],
            ),
            (gettext("Sources and citation"), check),
        ]

    @property
    def _brief_link(self) -> NavLink:
        plan = with_capital(self.plan.settings.wording.plan)
        return NavLink(gettext("%(plan)s in brief", plan=plan), Address(BRIEF))

    def _brief(self) -> Page:
        about = gettext(
            "To print, on two pages or a few more: the summary, the map, and all %(items)s, "
            "with the actors that each names.",
            items=comparison.commitment_nouns(self.plan),
        )
        lazy, hide = partial(brief.brief_context, self.plan), ("navigation", "toc", "tally")
        title = self._brief_link.title
        return self._page(BRIEF, "brief", title, HOME, description=about, hide=hide, lazy_context=lazy)

    @property
    def _standing_link(self) -> NavLink:
        return NavLink(gettext("Where it stands"), Address(STANDING))

    def _standing(self) -> Page:
        about = gettext("What is measured, how far it has come, what is due next, and what is late.")
        lazy = partial(standing.standing_context, self.plan)
        title = self._standing_link.title
        return self._page(STANDING, "standing", title, STANDING, description=about, lazy_context=lazy)

    def _strand(self, strand: Strand) -> Page:
        path = self.addresses.strand(strand).path
        said = strand.summary.plain if strand.summary else ""
        tree = partial(self._side_tree.branches, strand, None)
        hide = ("toc",) if tree() else ("navigation", "toc")
        return self._page(
            path,
            "strand",
            strand.name,
            path,
            description=said,
            tree=tree,
            hide=hide,
            context={
                "strand": strand,
                "outline": lists.strand_outline(self.plan, strand),
                "uppers": lists.strand_uppers(self.plan, strand),
            },
        )

    @cached_property
    def _side_tree(self) -> SideTree:
        return SideTree(self.plan, self.addresses, self.hues)

    def _own_page(self, item: Item) -> bool:
        return not self.addresses.of(item).anchor

    def _item(self, item: Item) -> Page:
        plan = self.plan
        strand = plan.strand(item)
        tab = self.addresses.strand(strand).path
        title = f"{item.code} {plan.title(item)}".strip()
        return self._page(
            self.addresses.of(item).path,
            "item",
            title,
            tab,
            entity=item,
            description=_words(item),
            crumbs=self._way(item, strand),
            tree=partial(self._side_tree.branches, strand, item),
            hide=("toc", "tally"),  # each group of statements has its label
            lazy_context=partial(self._on_item, item),
        )

    def _on_item(self, item: Item) -> dict[str, Any]:
        given = {
            "item": item,
            "steps": self.history.of(item.id) if self.history else [],
            **item_view.item_context(self.plan, item),
            **item_descendants.descendants_context(self.plan, item),
            "compared": side_by_side.compared(self.plan, item),
            "elsewhere": [
                (other, each) for other in self.others if not other.crosswalk for each in other.of(item)
            ],
            "counterparts": [
                (each, each.by_words(item)) for each in self._matchings.values() if each.of(item)
            ],
        }
        linked = ("rows", "views", "compared", "elsewhere", "counterparts")
        return {**given, "linked": any(given[each] for each in linked)}

    def _way(self, item: Item, strand: Strand) -> tuple[NavLink, ...]:
        """Return the ancestors of *item* as links, shared between siblings."""
        key = strand.id, item.under or ""
        if key not in self._ways:
            first = _overview_link(), NavLink(strand.name, self.addresses.strand(strand))
            above = [each for each in self.plan.ancestors(item) if self.plan.strand(each) is strand]
            self._ways[key] = (*first, *map(self.link, above))
        return self._ways[key]

    @cached_property
    def _ways(self) -> dict[tuple[str, str], tuple[NavLink, ...]]:
        return {}

    def _lists(self) -> Iterator[Page]:
        plan, listed = self.plan, self.addresses.listed
        noun = plan.settings.wording.primary
        if plan.actors:
            about = gettext("Who %(source)s names, and in which role.", source=noun)
            page = self._page(ACTORS, "actors", gettext("Actors"), ACTORS, description=about)
            silence = comparison.silence(plan)
            yield from split_page(listed(ACTORS), page, lambda each: comparison.actors(plan, each), silence)
            leaves = listed(ACTORS).leaves()
            pages = [self._actor(actor, leaf.path) for leaf in leaves for actor in leaf.entries]
            yield from link_neighbours(pages)
        if plan.events:
            about = gettext("Dated and datable events, periods and targets.")
            page = self._page(TIMELINE, "timeline", gettext("Timeline"), TIMELINE, description=about)
            dates = {**timeline.stated_dates(plan), "dues": indicators.deadlines(plan)}
            yield from split_page(
                listed(TIMELINE), page, lambda each: timeline.timeline_context(plan, each), dates
            )
        if plan.terms:
            yield from self._glossary()
        for source in plan.sources:
            if not self.addresses.source(source).anchor:
                yield from self._source(source)
        for each in plan.comparisons:
            yield self._comparison(each)
        yield from self._always()

    def _actor(self, actor: Entity, list_path: str) -> Page:
        assert isinstance(actor, Actor)
        plan, title = self.plan, self.plan.title(actor)
        return self._page(
            self.addresses.of(actor).path,
            "actor",
            title,
            ACTORS,
            entity=actor,
            description=_words(actor),
            context={"list_path": f"{list_path}#{actor.id}"},
            lazy_context=partial(actor_view.actor_context, plan, actor),
        )

    def _comparison(self, each: Comparison) -> Page:
        path = self.addresses.of(each).path
        lazy = partial(side_by_side.comparison_context, self.plan, each)
        more: dict[str, Any] = {"entity": each, "description": _words(each), "lazy_context": lazy}
        return self._page(path, "comparison", self.plan.title(each), SOURCE, **more, context=self._beside)

    @property
    def _beside(self) -> dict[str, Any]:
        """The links between the primary source, comparisons and all sources, if anything is compared."""
        if not self.plan.comparisons:
            return {}
        stops = [(gettext("Passage by passage"), SOURCE)]
        stops += [(self.plan.title(each), self.addresses.of(each).path) for each in self.plan.comparisons]
        stops.append((gettext("All sources"), SOURCES))
        return {"switch": Switch(pgettext("a page", "Source"), stops)}

    def _always(self) -> Iterator[Page]:
        """Yield the lists that every plan has."""
        plan = self.plan
        about = gettext("Every document that a statement of this site rests on.")
        more: dict[str, Any] = {"layout": "entries", "context": self._beside}
        page = self._page(SOURCES, "sources", gettext("Sources"), SOURCE, description=about, **more)
        whole = self.addresses.listed(SOURCES)
        yield from split_page(whole, page, lambda each: lists.sources(plan, each))
        about = gettext("Everything on this site, in alphabetical order.")
        page = self._page(A_Z, "a-z", gettext("A–Z index"), A_Z, description=about, layout="index")
        yield from split_page(pagination.everything(plan, A_Z), page, lambda each: lists.a_z(plan, each))
        if any(not known.romanizes for known in list(plan.settings.languages.values())[1:]):
            about = gettext("Every name in another language: where it was seen, or how sure it is.")
            page = self._page(NAMES, "names", gettext("Names"), A_Z, description=about, layout="index")
            whole = pagination.everything(plan, NAMES)
            yield from split_page(whole, page, lambda each: lists.names(plan, each))
        yield self._page(
            ABOUT,
            "about",
            gettext("About"),
            ABOUT,
            context={"counts": overview.counts(plan)},
            description=gettext("How to read the labels and references, and how to cite."),
        )

    def _guide(self) -> Iterator[Page]:
        """Yield the pages for editors."""
        crumbs = (_overview_link(), NavLink(gettext("About"), Address(ABOUT)))
        title = gettext("For editors")
        below = (*crumbs, NavLink(title, Address(GUIDE)))
        description = gettext("How to add to this plan, how to cite, and what to do about a message.")
        context = editor_guide.guide_context(self.plan)
        yield self._page(
            GUIDE,
            "guide",
            title,
            "",
            description=description,
            crumbs=crumbs,
            layout="plain",
            language=FALLBACK,
            context=context,
        )
        description = gettext("The keys of each kind of entry, and what they are for.")
        yield Page(
            KEYS,
            "guide-keys",
            gettext("Entry reference"),
            description,
            crumbs=below,
            layout="plain",
            language=FALLBACK,
            context={"keys": editor_guide.mappings(), "dates": editor_guide.date_forms()},
        )
        description = gettext("Every message about a plan: what it means, and an example before and after.")
        context = {"messages": editor_guide.messages()}
        yield Page(
            MESSAGES,
            "guide-messages",
            gettext("Message reference"),
            description,
            crumbs=below,
            layout="plain",
            language=FALLBACK,
            context=context,
        )

    def _source(self, source: Source) -> Iterator[Page]:
        """Yield the page or pages of *source*."""
        plan, path = self.plan, self.addresses.source(source).path
        title, hide = plan.title(source), ("navigation", "toc")
        more: dict[str, Any] = {"entity": source, "hide": hide, "description": _words(source)}
        beside = {"documents": side_by_side.documents(plan), **self._beside} if path == SOURCE else {}
        parts = self.addresses.parts(source)
        if len(parts) < 2:
            context = {"source": source, "part": "", **beside, **lists.source_outline(plan, source)}
            yield self._page(path, "source", title, SOURCE, context=context, **more)
            return
        outline = lists.source_parts(plan, source, parts)
        context = {"source": source, **beside, **outline}
        yield self._page(path, "source-parts", title, SOURCE, context=context, **more)
        above = (_overview_link(), NavLink(title, Address(path)))
        pages = []
        for part in context["parts"]:
            ids = {passage.id for passage in part.passages}
            lazy = partial(lists.source_outline, plan, source, ids)
            name, about = commas([title, part.label]), commas(part.sections)
            context = {"source": source, "part": part.label}
            page = Page(
                part.path,
                "source",
                name,
                about,
                SOURCE,
                crumbs=above,
                hide=hide,
                context=context,
                lazy_context=lazy,
            )
            pages.append(page)
        yield from link_neighbours(pages)

    def _glossary(self) -> Iterator[Page]:
        plan = self.plan
        orders = lists.glossary_orders(plan)
        for order in orders:
            about = gettext(
                "The terms of %(plan)s, explained: %(order)s.",
                plan=plan.settings.wording.plan,
                order=order.label,
            )
            switch = Switch(pgettext("of entries", "Order"), [(each.label, each.path) for each in orders])
            more: dict[str, Any] = {"description": about, "context": {"order": order, "switch": switch}}
            if order.path == GLOSSARY:
                page = self._page(GLOSSARY, "glossary", gettext("Glossary"), GLOSSARY, **more)
                whole = self.addresses.listed(GLOSSARY)
                yield from split_page(whole, page, lambda each: lists.glossary(plan, each))
            else:
                title = gettext("Glossary by %(language)s", language=order.name)
                page = self._page(order.path, "glossary-by", title, GLOSSARY, layout="index", **more)
                whole = pagination.terms_by(plan, order.path, order.tag)
                data = partial(lists.glossary_by, order)
                yield from split_page(whole, page, data)

    @cached_property
    def _tables(self) -> list[comparison.Table]:
        return comparison.tables(self.plan)

    def _changes(self) -> Iterator[Page]:
        """Yield the pages of changes between kept versions."""
        if self.history is None:
            return
        about, title = gettext("What changed from one version to the next, word by word."), gettext("Changes")
        context = {"history": self.history}
        yield self._page(
            CHANGES, "changes", title, CHANGES, description=about, context=context, layout="lede"
        )
        above = (_overview_link(), NavLink(title, Address(CHANGES)))
        for step in self.history.steps:
            more: dict[str, Any] = {"crumbs": above, "context": {"step": step}, "description": step.counts}
            yield self._page(step.path, "change", step.title, CHANGES, **more)

    def _beside_others(self) -> Iterator[Page]:
        """Yield the pages that compare the plan with others of the web site."""
        for other in self.others:
            title = gettext("%(plan)s and %(other)s", plan=self.plan.settings.site_name, other=other.name)
            about = gettext(
                "What both have, and what one has that the other lacks; entries are matched %(by)s.",
                by=other.by,
            )
            context = {"other": other, "kinds": counterparts.compared(self.plan, other)}
            yield self._page(
                other.path, "plans", title, COMPARE, description=about, context=context, layout="lede"
            )

    @cached_property
    def _matchings(self) -> dict[str, crosswalk.Matching]:
        """What each crosswalk pairs, by its id."""
        others = {other.crosswalk: other for other in self.others}
        return {
            each.id: crosswalk.Matching(self.plan, each, others.get(each.id)) for each in self.plan.crosswalks
        }

    def _crosswalk(self, each: Crosswalk) -> Iterator[Page]:
        """Yield the pages of a crosswalk: from the plan to the other framework, and back."""
        matching, title, path = self._matchings[each.id], self.plan.title(each), self.addresses.of(each).path
        back_path = path.replace("/index.md", "/back/index.md")
        ours, source = self.plan.settings.wording.plan, self.plan.source(each.source)
        directions = [
            (gettext("From %(plan)s", plan=ours), path),
            (gettext("From %(plan)s", plan=each.to), back_path),
        ]
        switch = Switch(gettext("Direction"), directions)
        about = gettext("Entries of %(plan)s with their counterparts in %(other)s.", plan=ours, other=each.to)
        for back in (False, True):
            given = {
                "matching": matching,
                "switch": switch,
                "back": back,
                "ours": with_capital(ours),
                "source": source,
            }
            more: dict[str, Any] = {"description": about, "context": given}
            more |= {"layout": "pairs"} if back else {"entity": each}
            heading = gettext("%(title)s: from %(plan)s", title=title, plan=each.to) if back else title
            page = self._page(back_path if back else path, "pairs", heading, COMPARE, **more)
            data = partial(matching.table, back=back)
            yield from split_page(matching.pages(page.path, back=back), page, data)

    def _compare(self) -> Iterator[Page]:
        for table in self._tables:
            switch = Switch(gettext("Tables"), [(each.title, each.path) for each in self._tables])
            context = {"table": table, "switch": switch, "whole_tables": self.whole_tables}
            about = table.about
            page = self._page(
                table.path, table.template, table.title, COMPARE, description=about, context=context
            )
            yield from split_page(
                comparison.in_parts(self.plan, table), page, partial(comparison.part_context, table)
            )


def _overview_link() -> NavLink:
    return NavLink(gettext("Overview"), Address(HOME))


def _words(entity: Entity) -> str:
    return entity.summary.plain if entity.summary else ""


def hue_numbers(plan: Plan) -> dict[str, int]:
    """Return the hue number of items, by id."""
    own = [i for i in plan.items if plan.level(i).hue == "each"]
    numbers = {item.id: at for at, item in enumerate(own)}
    for item in plan.items:
        parent = plan.parent(item)
        if item.id not in numbers and parent and parent.id in numbers:
            numbers[item.id] = numbers[parent.id]
    return numbers


def hue_groups(plan: Plan) -> list[int]:
    """Return the number of items with hues in each group."""
    sizes: dict[str, int] = {}
    for item in plan.items:
        if plan.level(item).hue == "each":
            sizes[item.under or ""] = sizes.get(item.under or "", 0) + 1
    return list(sizes.values())
