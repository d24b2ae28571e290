"""Assign an address to every entity, passage and statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plan_explorer.documents.unspaced import beside
from plan_explorer.model.entities import (
    Actor,
    Comparison,
    Crosswalk,
    Entity,
    Event,
    Item,
    Passage,
    Source,
    Term,
    View,
)
from plan_explorer.model.paths import slug
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Level, Strand
from plan_explorer.model.statement_addresses import StatementPlace
from plan_explorer.model.statements import Citation
from plan_explorer.site import pagination
from plan_explorer.site.pagination import Part
from plan_explorer.translation import gettext, pgettext

HOME = "index.md"
BRIEF = "brief.md"
STANDING = "standing.md"
ACTORS = "actors/index.md"
TIMELINE = "timeline/index.md"
GLOSSARY = "glossary/index.md"
SOURCES = "source/sources.md"
SOURCE = "source/index.md"
COMPARE = "compare/index.md"
CHANGES = "changes/index.md"
NAMES = "names.md"
A_Z = "a-z.md"
ABOUT = "about.md"
MAX_SENTENCES_ON_PAGE = 300
"""The most sentences of a source on one page."""
SENTENCES_PER_PART = 100
"""The approximate number of sentences per page of a longer source."""
GUIDE = "guide/index.md"
KEYS = "guide/keys.md"
MESSAGES = "guide/messages.md"
DATA = "data/index.md"


@dataclass(frozen=True, slots=True)
class Address:
    """A page, by its Markdown file, with an optional anchor."""

    path: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.path}#{self.anchor}" if self.anchor else self.path


@dataclass(frozen=True, eq=False)
class Addresses:
    """The addresses of everything in a plan."""

    plan: Plan

    def of(self, entity: Entity) -> Address:
        """Return the address of *entity*."""
        return self._known[entity.id]

    @cached_property
    def _known(self) -> dict[str, Address]:
        addresses = {item.id: self._item(item) for item in self.plan.items}
        return addresses | {
            entity.id: self._other(entity) for entity in self.plan if not isinstance(entity, Item)
        }

    def _item(self, item: Item) -> Address:
        level = self.plan.level(item)
        if level.page == "parent" and (parent := self.plan.parent(item)):
            return Address(self._item(parent).path, item.id)
        index = "/index" if self._has_pages_below(level) else ""
        return Address(f"{level.place}/{item.id}{index}.md")

    def _has_pages_below(self, level: Level) -> bool:
        return any(
            below.page == "own" and below.id != level.id for below in self.plan.settings.below(level.id)
        )

    def _other(self, entity: Entity) -> Address:
        if isinstance(entity, Actor):
            return Address(f"actors/{entity.id}.md")
        if isinstance(entity, Event | Term):
            return Address(self._own_pages[entity.id], entity.id)
        if isinstance(entity, View):
            return Address(f"views/{entity.id}.md")
        if isinstance(entity, Comparison):
            return Address(f"source/{entity.id}.md")
        if isinstance(entity, Crosswalk):
            return Address(f"crosswalks/{entity.id}/index.md")
        if isinstance(entity, Source):
            return self.source(entity)
        return Address(HOME)

    def source(self, source: Source) -> Address:
        """Return the address of a source."""
        if source.id == self.plan.settings.primary:
            return Address(SOURCE)
        if source.outline:
            return Address(f"source/{source.id}.md")
        return Address(self._own_pages[source.id], source.id)

    def role(self, actor: Actor, kind: str) -> Address:
        """Return the address of what *actor* does by relations of *kind*."""
        return self.on_page_of(actor, f"role-{kind}")

    def on_page_of(self, entity: Entity, anchor: str) -> Address:
        """Return the address of a part of what the page of *entity* has of it, as an indicator."""
        return Address(self.of(entity).path, anchor)

    # --- statements

    def statement(self, place: StatementPlace) -> Address:
        """Return the address of a statement, or of a note about one that is gone."""
        path = self._beside_passages.get(place) or self.of(self.plan[place.holder]).path
        return Address(path, self.statement_anchors(place)[0])

    @cached_property
    def _beside_passages(self) -> dict[StatementPlace, str]:
        """The pages of statements about passages, as a long source has several."""
        return {
            ref.place: self.passage(source, source.outline[int(ref.key[1])].passages[int(ref.key[3])]).path
            for source in self.plan.sources
            for ref in self.plan.said[source.id]
            if ref.of_passage
        }

    def statement_anchors(self, place: StatementPlace) -> list[str]:
        """Return the anchor of a statement, and those it had under former ids of its entry."""
        if place.entry == place.holder and not self.of(self.plan[place.holder]).anchor:
            return [place.address]
        return self._anchors_with_id(place)

    def _anchors_with_id(self, place: StatementPlace) -> list[str]:
        """Return the anchors of a statement on a page that several entries share."""
        holder = self.plan[place.holder]
        if place.entry != holder.id:
            return [f"{place.entry}-{place.address}"]
        published = self.plan.statement_addresses.published
        former = [id for id in holder.formerly if published.get(id, {}).get(place.address, place) == place]
        return [f"{id}-{place.address}" for id in (holder.id, *former)]

    def listed_anchors(self, entity: Entity) -> list[str]:
        """Return the anchors that *entity*, and all that is or was said of it, have or had in a list."""
        places = [ref.place for ref in self.plan.said[entity.id]]
        places += [gone.place for gone in self.plan.removed_statements(entity)]
        said = (anchor for place in places for anchor in self._anchors_with_id(place))
        return list(dict.fromkeys([entity.id, *entity.formerly, *said]))

    # --- lists

    def listed(self, path: str) -> Part:
        """Return the list whose first page is *path*."""
        return self._lists[path]

    @cached_property
    def _lists(self) -> dict[str, Part]:
        return {
            ACTORS: pagination.actors(self.plan, ACTORS),
            TIMELINE: pagination.timeline(self.plan, TIMELINE),
            GLOSSARY: pagination.glossary(self.plan, GLOSSARY),
            SOURCES: pagination.sources(self.plan, SOURCES),
        }

    @cached_property
    def _own_pages(self) -> dict[str, str]:
        """The list page that describes each entry, by id."""
        leaves = (leaf for whole in self._lists.values() for leaf in whole.leaves())
        return {entry.id: leaf.path for leaf in leaves for entry in leaf.entries}

    def listing(self, entity: Entity) -> frozenset[str]:
        """Return the pages that list *entity*."""
        return self._listing.get(entity.id, frozenset())

    @cached_property
    def _listing(self) -> dict[str, frozenset[str]]:
        listings: dict[str, set[str]] = {}
        for whole in self._lists.values():
            for id, path in whole.above():
                listings.setdefault(id, set()).add(path)
        for leaf in self._lists[ACTORS].leaves():  # which only leads to the page of each
            for actor in leaf.entries:
                listings.setdefault(actor.id, set()).add(leaf.path)
        return {id: frozenset(paths) for id, paths in listings.items()}

    # --- places of sources

    @staticmethod
    def strand(strand: Strand) -> Address:
        """Return the address of the whole *strand*."""
        return Address(f"{strand.id}/index.md")

    def passage(self, source: Source, passage: Passage, sentence: int = 0) -> Address:
        """Return the address of a passage or sentence."""
        number = self._numbers[source.id][passage.id]
        anchor = f"p{number}-s{sentence}" if sentence else f"p{number}"
        return Address(self._parts[source.id][passage.id], anchor)

    def parts(self, source: Source) -> dict[str, list[Passage]]:
        """Return the pages of *source* with their passages."""
        pages: dict[str, list[Passage]] = {}
        for passage in source.passages:
            pages.setdefault(self._parts[source.id][passage.id], []).append(passage)
        return pages

    @cached_property
    def _parts(self) -> dict[str, dict[str, str]]:
        """The page of every passage, by source and id."""
        return {
            source.id: dict(_passages_with_pages(source, self.source(source).path))
            for source in self.plan.sources
        }

    @cached_property
    def _numbers(self) -> dict[str, dict[str, str]]:
        return {
            source.id: {p.id: _number(source, p) for p in source.passages} for source in self.plan.sources
        }

    def citation(self, citation: Citation) -> Address:
        """Return the address of the place cited."""
        known = self._cited.get(citation)
        if known is None:
            known = self._cited[citation] = self._citation(citation)
        return known

    @cached_property
    def _cited(self) -> dict[Citation, Address]:
        return {}  # a place is cited on the page of every entry that refers to it

    def _citation(self, citation: Citation) -> Address:
        source = self.plan.source(citation.source)
        passage = source.find_passage(citation.passage)
        return self.passage(source, passage, citation.first) if passage else self.source(source)

    def locator(self, citation: Citation) -> "Locator":
        """Return the short and long name of the place cited."""
        known = self._located.get(citation)
        if known is None:
            source, settings = self.plan.source(citation.source), self.plan.settings
            primary = source.id == settings.primary
            title = settings.wording.primary if primary else self.plan.short(source)
            known = locator(source, citation, primary=primary, title=title)
            self._located[citation] = known
        return known

    @cached_property
    def _located(self) -> dict[Citation, "Locator"]:
        return {}

    def passage_name(self, source: Source, passage: Passage, sentence: int = 0) -> str:
        """Return the short name of a passage or sentence of *source*."""
        citation = Citation(source.id, passage.id, sentence, sentence)
        return locator(source, citation, primary=True, title="").short

    def former(self) -> Iterator[tuple[str, Entity]]:
        """Yield every former id with its entity."""
        return ((old, entity) for entity in self.plan for old in entity.formerly)


def _passages_with_pages(source: Source, path: str) -> Iterator[tuple[str, str]]:
    """Yield every passage of *source* with its page."""
    if sum(len(passage.sentences) for passage in source.passages) <= MAX_SENTENCES_ON_PAGE:
        yield from ((passage.id, path) for passage in source.passages)
        return
    stem = "source/from" if path == SOURCE else f"{path.removesuffix('.md')}-from"
    page, filled, section, taken = "", SENTENCES_PER_PART, "", set[str]()
    for held in source.outline:
        for passage in held.passages:
            # A section starts a new page unless the current one is still short.
            if filled >= SENTENCES_PER_PART or (
                held.section != section and filled >= SENTENCES_PER_PART // 4
            ):
                page, filled = f"{stem}-{_number(source, passage)}", 0
                page += f"-{len(taken) + 1}" if page in taken else ""
                taken.add(page)
            section, filled = held.section, filled + len(passage.sentences)
            yield passage.id, f"{page}.md"


def _number(source: Source, passage: Passage) -> str:
    """Return the number of *passage*, or else its place, for an address."""
    return slug(passage.number or str(source.places[passage.id]))


@dataclass(frozen=True, slots=True)
class Locator:
    """The short and long name of a cited place."""

    short: str
    long: str


def locator(source: Source, citation: Citation, *, primary: bool, title: str) -> Locator:
    """Return the name of the place cited."""
    if not citation.passage:
        return Locator(title, title)
    passage = source.find_passage(citation.passage)
    number = (passage.number or str(source.places[passage.id])) if passage else citation.passage
    short, long = f"{source.passage.short}{number}{source.passage.close}", passage_label(source, number)
    if citation.first:
        many = citation.last > citation.first
        span = f"{citation.first}–{citation.last}" if many else f"{citation.first}"
        short = beside(short, f"{source.sentence.short}{span}{source.sentence.close}")
        long = gettext("%(title)s, %(part)s", title=long, part=_sentences(source, citation))
    if not primary:
        short = beside(title, short)
    return Locator(short, gettext("%(title)s, %(part)s", title=title, part=long))


def passage_label(source: Source, number: str) -> str:
    """Return the name of the passage of *source* with a *number*, as read aloud: paragraph 3."""
    return pgettext("a passage", "%(noun)s %(number)s", noun=source.passage.long, number=number)


def _sentences(source: Source, citation: Citation) -> str:
    """Return the name of the sentences cited: sentences 2 to 4."""
    noun, first, last = source.sentence.long, citation.first, citation.last
    if last <= first:
        return pgettext("a sentence", "%(noun)s %(number)s", noun=noun, number=first)
    noun = source.sentence.plural or noun
    return pgettext("sentences", "%(noun)s %(first)s to %(last)s", noun=noun, first=first, last=last)


def letter_anchor(letter: str) -> str:
    """Return the anchor of a letter in a list."""
    return f"letter-{letter.lower() if letter.isalpha() else 'number'}"
