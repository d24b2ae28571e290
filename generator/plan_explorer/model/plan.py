"""Connect entities and answer questions about a plan."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from plan_explorer.documents.document import Document, Key
from plan_explorer.model.entities import (
    Actor,
    Comparison,
    ComparisonRow,
    Crosswalk,
    Entity,
    Event,
    Item,
    Pair,
    Passage,
    Relation,
    Source,
    Term,
    View,
    kind_noun,
)
from plan_explorer.model.indicators import Value, is_figure
from plan_explorer.model.settings import Level, Settings, Strand, row_label
from plan_explorer.model.statement_addresses import (
    ADDRESSED,
    PublishedStatement,
    RemovedStatement,
    StatementAddresses,
    StatementPlace,
    assign_addresses,
    new_address,
)
from plan_explorer.model.statements import Citation, Statement
from plan_explorer.model.term_matcher import Mention, TermMatcher

_CODE = re.compile(r"(.*?)(\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity and its place in a document."""

    entity: Entity
    document: Document
    key: Key


class Link(NamedTuple):
    """A relation seen from one of its ends."""

    relation: Relation
    here: Entity
    other: Entity
    label: str
    """Reads: *here* label *other*."""
    row_label: str
    """Reads, on the page of *here*: row label, a colon, *other*."""
    role: str
    """Reads, where actors of *here* are listed: role, a colon, *other*."""
    outgoing: bool
    """Whether the relation is written at *here*."""


class StatementRef(NamedTuple):
    """A statement, its holder and its number from 1."""

    holder: Entity
    statement: Statement
    number: int
    """Where it stands among the others, which may be shown but is no address."""
    key: Key
    address: str
    """What it is called within its entry, whatever becomes of the others: s3, s-1f9a20."""

    @property
    def published(self) -> bool:
        """Whether it has an address on the page of its holder."""
        return self.key[0] in ADDRESSED

    @property
    def of_passage(self) -> bool:
        """Whether it is about a passage of its holder, a source."""
        return self.key[0] == "outline"

    @property
    def in_text(self) -> bool:
        """Whether it is told as a sentence; reasons, figures and progress stand elsewhere."""
        return self.key[0] not in ("relations", "target", "indicators", "progress")

    @property
    def place(self) -> StatementPlace:
        """Its place, by which its address is known."""
        return StatementPlace(self.holder.id, self.holder.id, self.address)

    @property
    def grounded(self) -> bool:
        """Whether the cited places are about the holder.

        An editor's reason for a link is not.
        """
        return self.key[0] != "relations" or self.statement.status != "inferred"


class ComparedPoint(NamedTuple):
    """A point on which two sources differ, and what each of them has."""

    comparison: Comparison
    row: ComparisonRow
    sides: tuple[StatementRef, ...]
    """A statement on each source, in the order in which the comparison names them."""


@dataclass(frozen=True, eq=False)
class Plan:
    """An immutable graph of entities, with lookups in both directions."""

    settings: Settings
    entries: Mapping[str, Entry]
    """Every entity by id, in written order."""
    broken: frozenset[str] = field(default=frozenset())
    """Ids of unreadable entries; links to them are not reported as well."""
    published_statements: tuple[PublishedStatement, ...] = ()
    """Statements that readers may have noted, with their addresses."""
    original: "Plan | None" = None
    """The same plan in its first language, if it is told in another; it gives statements their addresses."""

    @property
    def first_edition(self) -> "Plan":
        """The plan as it is told in its first language."""
        return self.original or self

    def __getitem__(self, id: str) -> Entity:
        return self.entries[id].entity

    def __contains__(self, id: str) -> bool:
        return id in self.entries

    def __iter__(self) -> Iterator[Entity]:
        return (entry.entity for entry in self.entries.values())

    # --- by kind

    @cached_property
    def items(self) -> list[Item]:
        """Every item, strand by strand, in reading order."""
        return [each for strand in self.settings.strands for each in self.walk(strand)]

    @cached_property
    def order(self) -> dict[str, int]:
        """The reading position of every item, by id."""
        return {item.id: at for at, item in enumerate(self.items)}

    @cached_property
    def actors(self) -> list[Actor]:
        return [each for each in self if isinstance(each, Actor)]

    @cached_property
    def events(self) -> list[Event]:
        """Every event by date, undated ones last."""
        dated = [each for each in self if isinstance(each, Event) and each.period]
        rest = [each for each in self if isinstance(each, Event) and not each.period]
        return sorted(dated, key=lambda each: each.period.sort_key if each.period else ()) + rest

    @cached_property
    def terms(self) -> list[Term]:
        """Every term by name in the first language."""
        return sorted(
            (each for each in self if isinstance(each, Term)), key=lambda t: self.spelling(t).casefold()
        )

    @cached_property
    def sources(self) -> list[Source]:
        return [each for each in self if isinstance(each, Source)]

    @property
    def views(self) -> tuple[View, ...]:
        return self.settings.views

    @cached_property
    def comparisons(self) -> list[Comparison]:
        return [each for each in self if isinstance(each, Comparison)]

    @cached_property
    def crosswalks(self) -> list[Crosswalk]:
        return [each for each in self if isinstance(each, Crosswalk)]

    @property
    def primary(self) -> Source:
        """The source whose statements count as stated."""
        return self.source(self.settings.primary)

    def source(self, id: str) -> Source:
        """Return the source *id*, which has to be one."""
        source = self.find_source(id)
        assert source
        return source

    def find_source(self, id: str) -> Source | None:
        """Return the source *id*, if there is one."""
        entry = self.entries.get(id)
        return entry.entity if entry and isinstance(entry.entity, Source) else None

    # --- names

    def title(self, entity: Entity) -> str:
        """Return its name, or else its summary."""
        known = self._titles.get(entity.id)
        if known is None:
            known = self._titles[entity.id] = self._title(entity)
        return known

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}  # filled on demand, for every link

    def _title(self, entity: Entity) -> str:
        name = entity.name.get(self.settings.language) or next(iter(entity.name.values()), None)
        if name:
            return name.text
        return entity.summary.plain.rstrip(".") if entity.summary else entity.id

    def spelling(self, entity: Entity) -> str:
        """Return by what *entity* is sorted: its title, or how that is spelt in Latin letters."""
        name = entity.name.get(self._latin) if self._latin else None
        return name.text if name else self.title(entity)

    @cached_property
    def _latin(self) -> str:
        """The language that spells names of the first in Latin letters, if there is one."""
        tags = self.settings.languages.items()
        return next((tag for tag, each in tags if each.romanizes == self.settings.language), "")

    def short(self, entity: Entity) -> str:
        """Return its short name, or else its title."""
        short = entity.short.get(self.settings.language)
        return short.text if short else self.title(entity)

    def noun(self, entity: Entity) -> str:
        """Return the plan's noun for this kind of entity."""
        if isinstance(entity, Item):
            return self.level(entity).name.one
        return kind_noun(entity.kind_name)

    def level(self, item: Item) -> Level:
        """Return the level of *item*."""
        return self.settings.levels[item.level]

    def strand(self, item: Item) -> Strand:
        """Return the strand of *item*."""
        return self.settings.strand_of(item.level)

    # --- the trees

    def strand_of(self, view: View) -> Strand | None:
        """Return the strand that holds all members of *view*, if one does."""
        members = [self[id] for group in view.groups for id in group.members]
        strands = {self.strand(each).id: self.strand(each) for each in members if isinstance(each, Item)}
        alone = len(strands) == 1 and all(isinstance(each, Item) for each in members)
        return next(iter(strands.values())) if alone else None

    @cached_property
    def _children(self) -> dict[str, list[Item]]:
        by_parent: dict[str, list[Item]] = defaultdict(list)
        for entity in self:
            if isinstance(entity, Item):
                for parent in dict.fromkeys(entity.parents):
                    by_parent[parent].append(entity)
        return {parent: _by_number(children) for parent, children in by_parent.items()}

    @cached_property
    def _roots(self) -> dict[str, list[Item]]:
        by_level: dict[str, list[Item]] = {}
        for entity in self:
            if isinstance(entity, Item) and not self._below_its_like(entity):
                by_level.setdefault(entity.level, []).append(entity)
        return by_level

    def _below_its_like(self, item: Item) -> bool:
        """Return whether the parent is in the same strand."""
        parent = self.parent(item)
        return parent is not None and self.strand(parent) is self.strand(item)

    @cached_property
    def _tops(self) -> dict[str, list[Item]]:
        return {
            strand.id: [item for level in strand.levels for item in self._roots.get(level.id, ())]
            for strand in self.settings.strands
        }

    def roots(self, strand: Strand) -> list[Item]:
        """Return the top items of *strand*, level by level."""
        return self._tops[strand.id]

    def heads(self, strand: Strand) -> list[Item]:
        """Return the top items that the map shows."""
        return [item for item in self.roots(strand) if self.level(item).on_map]

    def children(self, item: Item) -> list[Item]:
        """Return the items under *item*, by number or as written."""
        return self._children.get(item.id, [])

    def rows(self, strand: Strand) -> list[tuple[Item, list[Item]]]:
        """Return the top items of *strand*, each with the items that the map shows for it."""
        return [
            (root, [each for each in self.within(root) if self.level(each).page == "own"] or [root])
            for root in self.roots(strand)
        ]

    def within(self, item: Item) -> list[Item]:
        """Return the children of *item* in the same strand."""
        strand = self.strand(item)
        return [child for child in self.children(item) if self.strand(child) is strand]

    def branches(self, item: Item) -> list[Item]:
        """Return the children whose first parent is *item*."""
        return [child for child in self.within(item) if child.under == item.id]

    def parent(self, item: Item) -> Item | None:
        """Return the first parent of *item*."""
        parent = self[item.under] if item.under else None
        return parent if isinstance(parent, Item) else None

    def ancestors(self, item: Item) -> list[Item]:
        """Return the ancestors of *item* through first parents, topmost first."""
        known = self._ways.get(item.id)
        if known is None:
            parent = self.parent(item)
            known = self._ways[item.id] = [*self.ancestors(parent), parent] if parent else []
        return known

    @cached_property
    def _ways(self) -> dict[str, list[Item]]:
        return {}  # filled on demand, for both ends of every link

    def top(self, item: Item) -> Item | None:
        """Return the closest ancestor with a hue, or the topmost."""
        if item.id not in self._heads:
            above = [*self.ancestors(item), item]
            hued = [each for each in above if self.level(each).hue == "each"]
            self._heads[item.id] = hued[-1] if hued else above[0] if len(above) > 1 else None
        return self._heads[item.id]

    def group_head(self, item: Item) -> Item | None:
        """Return the item that heads the group of *item* in a table, or None if it stands alone."""
        top = self.top(item)
        return None if top is item and not self.children(item) else top

    @cached_property
    def _heads(self) -> dict[str, Item | None]:
        return {}  # filled on demand

    def siblings(self, item: Item) -> list[Item]:
        """Return the items with the same first parent, including *item*."""
        parent = self.parent(item)
        if not parent:
            return self._roots.get(item.level, [])
        return [child for child in self.children(parent) if child.under == parent.id]

    def walk(self, strand: Strand) -> Iterator[Item]:
        """Yield every item of *strand* once, parents before their children."""
        stack = self.roots(strand)[::-1]
        while stack:
            item = stack.pop()
            yield item
            stack += reversed(self.branches(item))

    def descendants(self, item: Item) -> Iterator[Item]:
        """Yield every item below *item* once, in reading order."""
        seen: set[str] = set()
        stack = self.children(item)[::-1]
        while stack:
            below = stack.pop()
            if below.id not in seen:
                seen.add(below.id)
                yield below
                stack += self.children(below)[::-1]

    # --- what is said

    @cached_property
    def said(self) -> dict[str, list[StatementRef]]:
        """All statements by entity id, numbered as on pages."""
        return {entity.id: list(self._refs(entity)) for entity in self}

    def _refs(self, entity: Entity) -> Iterator[StatementRef]:
        if self.original:
            of_original = {ref.key: ref for ref in self.original.said[entity.id]}
            for key, statement in entity.said():
                yield of_original[key]._replace(holder=entity, statement=statement)
            return
        published = self.statement_addresses.now[entity.id]
        ahead, taken = iter(published), set(published)
        for number, (key, statement) in enumerate(entity.said(), 1):
            if key[0] in ADDRESSED:
                address = next(ahead)
            else:
                address = new_address(self._told_apart(entity, key, statement), taken)
                taken.add(address)
            yield StatementRef(entity, statement, number, key, address)

    def _told_apart(self, entity: Entity, key: Key, statement: Statement) -> str:
        """Return by what a statement that no list names is known: a relation by its kind and target."""
        if key[0] != "relations":
            return statement.all_words
        relation = entity.relations[int(key[1])]
        target = self.entries.get(relation.target)
        first = target.entity.formerly[:1] if target else ()  # so that a new id does not change it
        return f"{relation.kind} {(*first, relation.target)[0]}"

    @cached_property
    def statement_addresses(self) -> StatementAddresses:
        """The addresses of statements, now and before."""
        if self.original:
            return self.original.statement_addresses
        said = {
            entity.id: [(each.all_words, each.cited) for key, each in entity.said() if key[0] in ADDRESSED]
            for entity in self
        }
        return assign_addresses(said, self.published_statements, self._renamed, self._replaced)

    def written(self, ref: StatementRef) -> tuple[Document, Key]:
        """Return the file in which a statement was written, and the way to it there."""
        if is_figure(ref.key) and isinstance(ref.holder, Item):
            figure = ref.holder.figure_at[ref.key][1].figure
            if isinstance(figure, Value) and figure.written:
                return figure.written
        entry = self.entries[ref.holder.id]
        return entry.document, (*entry.key, *ref.key)

    def removed_statements(self, entity: Entity) -> Sequence[RemovedStatement]:
        """Return what was published of *entity* and is no longer there."""
        return self.statement_addresses.removed.get(entity.id, ())

    # --- ids that are no longer used

    @cached_property
    def _renamed(self) -> dict[str, str]:
        return {old: entity.id for entity in self for old in entity.formerly}

    @cached_property
    def _replaced(self) -> dict[str, str]:
        return {gone.id: gone.replaced_by for gone in self.settings.removed}

    @property
    def successors(self) -> dict[str, str]:
        """The current id for every id no longer used."""
        return {**self._renamed, **self._replaced}

    @cached_property
    def _citing(self) -> dict[str, dict[str, list[tuple[Citation, StatementRef]]]]:
        by_source: dict[str, dict[str, list[tuple[Citation, StatementRef]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for refs in self.said.values():
            for ref in refs:
                if ref.of_passage:
                    continue  # a passage's summary cites it, but is not an entry based on it
                for citation in dict.fromkeys(ref.statement.all_cites):
                    by_source[citation.source][citation.passage].append((citation, ref))
        return by_source

    def citing(self, source: str, passage: str) -> list[tuple[Citation, StatementRef]]:
        """Return the citations of *passage*, with their statements."""
        return self._citing.get(source, {}).get(passage, [])

    def citing_source(self, source: str) -> list[tuple[Citation, StatementRef]]:
        """Return the citations of *source*, with their statements."""
        return [pair for pairs in self._citing.get(source, {}).values() for pair in pairs]

    @cached_property
    def _on_sentence(self) -> dict[tuple[str, str, int], dict[str, Item]]:
        by_sentence: dict[tuple[str, str, int], dict[str, Item]] = {}
        for source, passages in self._citing.items():
            for passage, pairs in passages.items():
                for citation, ref in pairs:
                    if isinstance(ref.holder, Item) and ref.grounded:
                        for number in citation.sentences:
                            by_sentence.setdefault((source, passage, number), {})[ref.holder.id] = ref.holder
        return by_sentence

    def items_on(self, place: Citation) -> list[Item]:
        """Return the items that cite any sentence of *place*."""
        items: dict[str, Item] = {}
        for number in place.sentences:
            items |= self._on_sentence.get((place.source, place.passage, number), {})
        return list(items.values())

    def cited(self, item: Item) -> list[Citation]:
        """Return the primary source places that *item* cites, in order."""
        known = self._cited.get(item.id)
        if known is None:
            known = self._cited[item.id] = self._rests_on(item)
        return known

    @cached_property
    def _cited(self) -> dict[str, list[Citation]]:
        return {}  # filled on demand, five times per page

    def _rests_on(self, item: Item) -> list[Citation]:
        order, primary = self.primary.places, self.settings.primary
        citations = {
            citation: None
            for ref in self.said[item.id]
            if ref.key[0] != "relations"
            for citation in ref.statement.all_cites
            if citation.source == primary
        }
        return sorted(citations, key=lambda c: (order.get(c.passage, 0), c.first, c.last))

    def covered(self, source: Source) -> dict[str, set[int]]:
        """Return the cited sentences of *source*, by passage."""
        return self._covered[source.id]

    @cached_property
    def _covered(self) -> dict[str, dict[str, set[int]]]:
        return {
            source.id: {passage.id: self._sentences(source, passage) for passage in source.passages}
            for source in self.sources
        }

    def _sentences(self, source: Source, passage: Passage) -> set[int]:
        pairs = self.citing(source.id, passage.id)
        return {number for citation, _ in pairs for number in citation.sentences}

    # --- relations

    @cached_property
    def _links(self) -> dict[str, list[Link]]:
        by_entity: dict[str, list[Link]] = defaultdict(list)
        for entity in self:
            for relation in entity.relations:
                kind = self.settings.relations[relation.kind]
                target = self[relation.target]
                label, inverse = kind.labels
                role = row_label(kind.role) if kind.role else label
                by_entity[entity.id].append(Link(relation, entity, target, kind.name, label, role, True))
                by_entity[target.id].append(
                    Link(relation, target, entity, kind.inverse, inverse, inverse, False)
                )
        for links in by_entity.values():
            links.sort(key=_is_incoming)
        return by_entity

    def links(self, entity: Entity) -> list[Link]:
        """Return every relation of *entity*, outgoing ones first."""
        return self._links.get(entity.id, [])

    @cached_property
    def _shown_in(self) -> dict[str, dict[str, View]]:
        by_item: dict[str, dict[str, View]] = {}
        for view in self.views:
            for group in view.groups:
                for id in (*group.members, *([group.item] if group.item else [])):
                    by_item.setdefault(id, {})[view.id] = view
        return by_item

    def views_of(self, item: Item) -> list[View]:
        """Return the views that show *item*."""
        return list(self._shown_in.get(item.id, {}).values())

    # --- sources side by side

    @cached_property
    def _compared(self) -> dict[str, list[ComparedPoint]]:
        by_item: dict[str, list[ComparedPoint]] = defaultdict(list)
        for comparison in self.comparisons:
            for point in self.points(comparison):
                for id in dict.fromkeys(point.row.items):
                    by_item[id].append(point)
        return by_item

    def points(self, comparison: Comparison) -> list[ComparedPoint]:
        """Return the points of *comparison*, each with its statements."""
        said: dict[Key, list[StatementRef]] = defaultdict(list)
        for ref in self.said[comparison.id]:
            said[ref.key[:4]].append(ref)
        return [ComparedPoint(comparison, row, tuple(said[key])) for key, row in comparison.rows]

    def compared(self, item: Item) -> list[ComparedPoint]:
        """Return the points about *item* on which sources differ."""
        return self._compared.get(item.id, [])

    @cached_property
    def _counterparts(self) -> dict[str, list[tuple[Crosswalk, Pair]]]:
        found: dict[str, list[tuple[Crosswalk, Pair]]] = defaultdict(list)
        for crosswalk in self.crosswalks:
            for pair in crosswalk.pairs:
                found[pair.entry].append((crosswalk, pair))
        return found

    def counterparts(self, entity: Entity) -> list[tuple[Crosswalk, Pair]]:
        """Return the counterparts of *entity* in other frameworks, with the crosswalks that give them."""
        return self._counterparts.get(entity.id, [])

    # --- terms in running text

    @cached_property
    def finder(self) -> TermMatcher:
        """The matcher for all names and variants of glossary terms."""
        forms = {term.id: self.forms(term) for term in self.terms if term.find}
        names = (name.text for actor in self.actors for name in actor.name.values())
        return TermMatcher(forms, self.settings.language, names)

    def forms(self, term: Term) -> Iterator[str]:
        """Yield the names and variants by which *term* is found in texts."""
        for tag, name in term.name.items():
            if not self.settings.languages[tag].romanizes:
                yield name.text
        for forms in term.variants.values():
            yield from forms

    @cached_property
    def mentions(self) -> dict[str, list[tuple[StatementRef, Sequence[Mention]]]]:
        """Statements that mention terms, with positions, by entity id."""
        by_entity: dict[str, list[tuple[StatementRef, Sequence[Mention]]]] = {}
        find = self.finder.find
        for id, refs in self.said.items():
            for ref in refs:
                if is_figure(ref.key):
                    continue  # the name of an indicator is no running text
                mentions = find(ref.statement.text)
                if any(mention.id == id for mention in mentions):
                    mentions = tuple(mention for mention in mentions if mention.id != id)
                if mentions:
                    by_entity.setdefault(id, []).append((ref, mentions))
        return by_entity

    @cached_property
    def _mentioned(self) -> dict[str, list[StatementRef]]:
        by_term: dict[str, list[StatementRef]] = defaultdict(list)
        for pairs in self.mentions.values():
            for ref, mentions in pairs:
                for id in dict.fromkeys(mention.id for mention in mentions):
                    by_term[id].append(ref)
        return by_term

    def mentioned(self, term: Term) -> list[StatementRef]:
        """Return the statements that mention *term*, in plan order."""
        return self._mentioned.get(term.id, [])


def _is_incoming(link: Link) -> bool:
    return not link.outgoing


def _by_number(items: list[Item]) -> list[Item]:
    """Return *items* by the final number of their codes.

    They stay as written if the codes differ in anything else.
    """
    parts = [_CODE.fullmatch(item.code) for item in items]
    if not all(parts) or len({part[1] for part in parts if part}) > 1:
        return items
    numbers = {item.id: int(part[2]) for item, part in zip(items, parts, strict=True) if part}
    return sorted(items, key=lambda item: numbers[item.id])
