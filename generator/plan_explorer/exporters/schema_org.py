"""Describe pages as schema.org JSON-LD for search engines."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plan_explorer.exporters.base import ExportSource, media_type, without_empty
from plan_explorer.model.dates import Point
from plan_explorer.model.entities import Actor, Entity, Event, Item, Source, Term
from plan_explorer.site.addresses import GLOSSARY, HOME, SOURCES, TIMELINE, Address
from plan_explorer.site.page import Page
from plan_explorer.site.urls import is_web_address, relative
from plan_explorer.translation import gettext

Node = dict[str, Any]


@dataclass(frozen=True)
class Describer:
    """A writer of schema.org descriptions for one site."""

    source: ExportSource
    files: Sequence[tuple[str, int]] = ()
    """The downloadable files: paths and sizes in bytes."""

    def page(self, page: Page) -> Node:
        """Return what *page* is and what it is about."""
        place = _Place(self.source, page)
        about = list(self._about(page, place))
        web = {
            "@type": "WebPage",
            "@id": place.here,
            "url": place.here,
            "name": page.title,
            "description": " ".join(page.description.split()),
            "inLanguage": self.source.plan.settings.language,
            "dateModified": _day(self.source.version),
            "license": self.source.licence_url,
            "isPartOf": {"@id": place.site},
            "breadcrumb": self._crumbs(page, place),
            "mainEntity": {"@id": about[0]["@id"]} if about else None,
        }
        return {"@context": "https://schema.org", "@graph": [without_empty(web), *about]}

    def _crumbs(self, page: Page, place: "_Place") -> Node | None:
        if not page.crumbs:
            return None
        links = [(link.title, place.of(link.address)) for link in page.crumbs] + [(page.title, place.here)]
        elements = [
            {"@type": "ListItem", "position": at, "name": title, "item": {"@type": "WebPage", "@id": url}}
            for at, (title, url) in enumerate(links, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": elements}

    def _about(self, page: Page, place: "_Place") -> Iterator[Node]:
        """Yield the subjects of *page*, the main one first."""
        if page.path == HOME:
            yield from self._site(place)
        elif page.path in self._lists[GLOSSARY]:
            yield self._glossary(self._lists[GLOSSARY][page.path], place)
        elif page.path in self._lists[TIMELINE]:
            events = self._lists[TIMELINE][page.path]
            yield from (self._event(event, place) for event in events if _start(event))
        elif page.path in self._lists[SOURCES]:
            yield from (self._document(document, place) for document in self._lists[SOURCES][page.path])
        elif isinstance(page.entity, Source):
            yield self._document(page.entity, place)
        elif isinstance(page.entity, Actor):
            yield self._named("Thing", page.entity, place)  # a body, a person or a group: no key tells
        elif page.entity:
            yield self._work(page.entity, place)

    @cached_property
    def _lists(self) -> dict[str, dict[str, Sequence[Any]]]:
        """The entries on each page of every list."""
        lists: dict[str, dict[str, Sequence[Any]]] = {}
        for path in (GLOSSARY, TIMELINE, SOURCES):
            leaves = list(self.source.addresses.listed(path).leaves())
            lists[path] = {path: ()} | {leaf.path: leaf.entries for leaf in leaves}
        return lists

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each source among all; a plan can have thousands."""
        return {source.id: at for at, source in enumerate(self.source.plan.sources)}

    def _site(self, place: "_Place") -> Iterator[Node]:
        plan, settings = self.source.plan, self.source.plan.settings
        yield without_empty(
            {
                "@type": "WebSite",
                "@id": place.site,
                "url": place.site if self.source.base else "",
                "name": settings.site_name,
                "description": settings.plain_lede,
                "inLanguage": list(settings.languages),
            }
        )
        if self.files:
            subject = plan[settings.id]
            yield without_empty(
                {
                    "@type": "Dataset",
                    "@id": f"{place.of(Address(HOME))}#dataset",
                    "name": plan.title(subject),
                    "description": settings.summary.plain if settings.summary else settings.site_name,
                    "version": self.source.version,
                    "identifier": f"sha256:{self.source.hash}",
                    "license": self.source.licence_url,
                    "isBasedOn": [d.url for d in plan.sources if is_web_address(d.url)],
                    "distribution": [self._download(path, size, place) for path, size in self.files],
                }
            )

    @staticmethod
    def _download(path: str, size: int, place: "_Place") -> Node:
        return {
            "@type": "DataDownload",
            "name": posixpath.basename(path),
            "contentUrl": place.path(path),
            "encodingFormat": media_type(path),
            "contentSize": f"{size} B",
        }

    def _work(self, entity: Entity, place: "_Place") -> Node:
        plan = self.source.plan
        parents = [plan[id] for id in entity.parents] if isinstance(entity, Item) else []
        cited = {c.source for said in plan.said[entity.id] for c in said.statement.all_cites}
        documents = [plan.sources[at] for at in sorted(self._places[id] for id in cited)]
        return self._named(
            "CreativeWork",
            entity,
            place,
            isPartOf=[{"@id": self._id(parent, place)} for parent in parents],
            isBasedOn=[
                document.url if is_web_address(document.url) else place.of(self._address(document))
                for document in documents
            ],
        )

    def _glossary(self, terms: Sequence[Term], place: "_Place") -> Node:
        plan = self.source.plan
        return without_empty(
            {
                "@type": "DefinedTermSet",
                "@id": f"{place.of(Address(GLOSSARY))}#terms",
                "name": gettext("Glossary: %(site)s", site=plan.settings.site_name),
                "hasDefinedTerm": [self._term(term, place) for term in terms],
            }
        )

    def _term(self, term: Term, place: "_Place") -> Node:
        terms = f"{place.of(Address(GLOSSARY))}#terms"
        return self._named("DefinedTerm", term, place, inDefinedTermSet={"@id": terms})

    def _event(self, event: Event, place: "_Place") -> Node:
        end = event.period.end if event.period and not event.period.single else None
        return self._named("Event", event, place, startDate=_start(event), endDate=_known(end))

    def _document(self, document: Source, place: "_Place") -> Node:
        publisher = {"@type": "Organization", "name": document.publisher} if document.publisher else None
        return self._named(
            "CreativeWork",
            document,
            place,
            publisher=publisher,
            datePublished=_start(document),
            inLanguage=document.language,
            sameAs=document.url if is_web_address(document.url) else "",
        )

    def _named(self, kind: str, entity: Entity, place: "_Place", **more: Any) -> Node:
        plan = self.source.plan
        title = plan.title(entity)
        names = [name.text for name in entity.name.values()] + [name.text for name in entity.short.values()]
        node = {
            "@type": kind,
            "@id": self._id(entity, place),
            "url": place.of(self._address(entity)),
            "name": title,
            "alternateName": [name for name in dict.fromkeys(names) if name != title],
            "description": entity.summary.plain if entity.summary else "",
            "identifier": [entity.code, entity.id] if isinstance(entity, Item) and entity.code else entity.id,
        }
        return without_empty(node | more)

    def _address(self, entity: Entity) -> Address:
        return self.source.addresses.of(entity)

    def _id(self, entity: Entity, place: "_Place") -> str:
        """Return the identifier of *entity*, as distinct from its page."""
        url = place.of(self._address(entity))
        return url if "#" in url else f"{url}#it"


@dataclass(frozen=True)
class _Place:
    """A page from which links are made."""

    source: ExportSource
    page: Page

    def path(self, path: str) -> str:
        """Return the URL of a built file or page."""
        if self.source.base:
            return self.source.base + path
        near = relative(path, self._folder)
        return f"{near}/" if path.endswith("/") or not path else near

    @cached_property
    def _folder(self) -> str:
        return posixpath.dirname(self.source.url(Address(self.page.path)))

    def of(self, address: Address) -> str:
        """Return *address* as a link."""
        path, _, anchor = self.source.url(address).partition("#")
        return f"{self.path(path)}#{anchor}" if anchor else self.path(path)

    @property
    def here(self) -> str:
        return self.of(Address(self.page.path))

    @property
    def site(self) -> str:
        """The identifier of the whole site."""
        return f"{self.of(Address(HOME))}#site"


def _start(entity: Entity) -> str:
    """Return the start in ISO 8601, as far as known."""
    period = entity.date.edtf if entity.date else None
    return _known(period.start if period else None)


def _known(point: Point | None) -> str:
    if not point:
        return ""
    return point.first.isoformat()[: 10 if point.day else 7 if point.month else 4]


def _day(version: str) -> str:
    return version if len(version) == len("2026-01-31") else ""
