"""Collect the data of pages that are lists."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from unicodedata import normalize

from plan_explorer.model.entities import Entity, Item, Passage, Section, Source, Term
from plan_explorer.model.paths import bounded, slug
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Strand
from plan_explorer.model.statements import Citation
from plan_explorer.site import pagination
from plan_explorer.site.addresses import GLOSSARY, locator
from plan_explorer.site.collation import DIGITS, letter, sort_key
from plan_explorer.site.views.item import rows
from plan_explorer.site.views.statements import resting
from plan_explorer.translation import commas, gettext, ngettext

# --- a strand on one page


@dataclass(frozen=True)
class Block:
    """A heading on a strand's page, with its items."""

    title: str
    head: Item | None
    members: list[Item]
    cards: bool = False
    """Whether to show the members as cards with their contents."""
    holding: bool = False
    """Whether a member has something below it."""


def strand_outline(plan: Plan, strand: Strand) -> list[Block]:
    """Return the top of *strand* as blocks.

    Only a grid has items that head others; in other strands, items with children are cards.
    """
    blocks: list[Block] = []
    for level in strand.levels:
        roots = [root for root in plan.roots(strand) if root.level == level.id]
        holding = any(plan.within(root) for root in roots)
        if holding and strand.map == "grid":
            blocks += [_block(plan, plan.title(root), root, plan.within(root)) for root in roots]
        elif roots:
            blocks.append(_block(plan, level.name.many, None, roots, cards=holding))
    return blocks


def _block(plan: Plan, title: str, head: Item | None, members: list[Item], *, cards: bool = False) -> Block:
    return Block(title, head, members, cards, any(plan.children(member) for member in members))


def strand_uppers(plan: Plan, strand: Strand) -> list[Block]:
    """Return the upper levels of a long *strand*."""
    if sum(1 for _ in plan.walk(strand)) <= pagination.MAX_STRAND_ITEMS:
        return []
    uppers: list[Block] = []
    for level in strand.levels:
        roots = [root for root in plan.roots(strand) if root.level == level.id]
        if any(plan.branches(root) for root in roots):
            uppers += [Block(plan.title(root), root, plan.branches(root)) for root in roots]
        elif roots:
            uppers.append(Block(level.name.many, None, roots))
    return uppers


# --- glossaries


@dataclass(frozen=True)
class Order:
    """A sort order of the glossary."""

    path: str
    tag: str
    name: str
    label: str
    title: str
    """The same, as said outside the glossary."""


def glossary_orders(plan: Plan) -> list[Order]:
    """Return the glossary's orders: the first language and every romanisation."""
    first = plan.settings.language
    language = plan.settings.languages[first]
    label = gettext("By %(language)s", language=language.name)
    title = gettext("Glossary by %(language)s", language=language.name)
    orders = [Order(GLOSSARY, first, language.name, label, title)]
    for tag, other in plan.settings.languages.items():
        if other.romanizes:
            names = {"language": plan.settings.languages[other.romanizes].name, "other": other.name}
            label = gettext("By %(language)s and %(other)s", **names)
            title = gettext("Glossary by %(language)s and %(other)s", **names)
            called = plan.first_edition.settings.languages[tag].name  # in every edition
            file = bounded(_slug(called)) or slug(tag)
            orders.append(Order(f"glossary/{file}.md", tag, other.name, label, title))
    return orders


def glossary(plan: Plan, terms: Iterable[Term]) -> dict[str, Any]:
    """Return *terms* by letter, with their links."""
    terms = list(terms)
    return {
        "letters": _group_by_letter((plan.spelling(term), term) for term in terms),
        **term_links(plan, terms),
    }


def glossary_by(order: Order, terms: Iterable[Term]) -> dict[str, Any]:
    """Return *terms* by letter in another *order*."""
    return {"letters": _group_by_letter((term.name[order.tag].text, term) for term in terms)}


def _group_by_letter(named: Iterable[tuple[str, Any]]) -> list[tuple[str, list[Any]]]:
    """Return *named* things by first letter, ignoring tones and accents."""
    by_letter: dict[str, list[Any]] = defaultdict(list)
    # Ties stay as written, since ids may change.
    for name, thing in sorted(named, key=lambda pair: sort_key(pair[0])):
        by_letter[letter(name)].append(thing)
    return sorted(by_letter.items(), key=lambda pair: (pair[0] != DIGITS, sort_key(pair[0])))


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in normalize("NFC", sort_key(name))).split())


def term_links(plan: Plan, terms: Collection[Term]) -> dict[str, Any]:
    """Return the uses and relations of each term."""
    used: dict[str, dict[str, Entity]] = {term.id: {} for term in terms}
    related = {}
    for term in terms:
        for said in plan.mentioned(term):
            if not isinstance(said.holder, (Term, Source)):
                used[term.id][said.holder.id] = said.holder
        for link in plan.links(term):
            if not link.outgoing and isinstance(link.other, Item):
                used[term.id].setdefault(link.other.id, link.other)
        related[term.id] = [row for row in rows(plan, term) if row.other.id not in used[term.id]]
    return {"used_in": {id: list(entities.values()) for id, entities in used.items()}, "rows": related}


# --- sources

MAX_ENTRIES_IN_VIEW = 7
"""The most entries beside a sentence; the rest is folded."""


@dataclass(frozen=True)
class CitedSentence:
    """A sentence with the entries that cite it."""

    number: int
    entries: list[Entity]
    frame: str

    @cached_property
    def first(self) -> list[Entity]:
        """The entries that are always in view: items, or others where there are none."""
        items: list[Entity] = [entry for entry in self.entries if isinstance(entry, Item)]
        return (items or self.entries)[:MAX_ENTRIES_IN_VIEW]

    @cached_property
    def rest(self) -> list[Entity]:
        """The other entries: items, terms, and what is left."""
        first = {entry.id for entry in self.first}
        rest = [entry for entry in self.entries if entry.id not in first]
        return sorted(rest, key=lambda entry: (not isinstance(entry, Item), not isinstance(entry, Term)))

    @property
    def rest_in_words(self) -> str:
        """What the other entries are: ``9 more items, 15 terms``."""
        items = sum(isinstance(entry, Item) for entry in self.rest)
        terms = sum(isinstance(entry, Term) for entry in self.rest)
        others = len(self.rest) - items - terms
        counts = [
            ngettext("%(n)s more item", "%(n)s more items", items) if items else "",
            ngettext("%(n)s term", "%(n)s terms", terms) if terms else "",
            ngettext("%(n)s other", "%(n)s others", others) if others else "",
        ]
        return commas(filter(None, counts))


@dataclass(frozen=True)
class Covered:
    """A passage, with the entries that cite each sentence."""

    section: Section
    passage: Passage
    sentences: list[CitedSentence]
    whole: list[Entity]
    """Entries that cite the passage as a whole."""
    resting: Mapping[int, set[str]]
    """The ids of what rests on each sentence under the lens, by its number; 0 is the whole passage."""

    @property
    def stated(self) -> set[int]:
        """The sentences of which the lens shows an entry."""
        return self.resting.keys() - {0}

    @cached_property
    def entries(self) -> list[Entity]:
        """All entries that cite it, or a sentence of it."""
        found = (entry for sentence in self.sentences for entry in sentence.entries)
        return list({entry.id: entry for entry in (*found, *self.whole)}.values())

    @property
    def done(self) -> set[int]:
        return {sentence.number for sentence in self.sentences if sentence.entries}


class Cited(NamedTuple):
    """How many sentences are cited, and by how many percent of the text."""

    number: int
    share: int = 0


def source_outline(plan: Plan, source: Source, among: Collection[str] = ()) -> dict[str, Any]:
    """Return passages with citing entries and totals.

    Args:
        plan: the plan that cites it.
        source: the source.
        among: the ids of the passages; all passages if empty.
    """
    passages = [
        _covered(plan, source, section, passage)
        for section in source.outline
        for passage in section.passages
        if not among or passage.id in among
    ]
    total = sum(len(each.sentences) for each in passages)
    words = sum(sum(each.passage.lengths) for each in passages)

    def cited(which: Callable[[Covered], Collection[int]]) -> Cited:
        done = [each.passage.lengths[number - 1] for each in passages for number in which(each)]
        return Cited(len(done), int(100 * sum(done) / max(1, words)))

    whole, stated = cited(lambda each: each.done), cited(lambda each: each.stated)
    return {"passages": passages, "total": total, "whole": whole, "stated": stated}


def _covered(plan: Plan, source: Source, section: Section, passage: Passage) -> Covered:
    by_sentence: dict[int, dict[str, Entity]] = defaultdict(dict)
    for citation, said in plan.citing(source.id, passage.id):
        if said.grounded:
            for number in citation.sentences or [0]:
                by_sentence[number][said.holder.id] = said.holder
    order = plan.order
    sentences = [
        CitedSentence(
            number,
            sorted(by_sentence[number].values(), key=lambda entry: order.get(entry.id, len(order))),
            passage.frame.get(number, ""),
        )
        for number in range(1, len(passage.sentences) + 1)
    ]
    return Covered(section, passage, sentences, list(by_sentence[0].values()), resting(plan, source, passage))


@dataclass(frozen=True)
class SourcePart:
    """A page of a long source."""

    path: str
    label: str
    """Its first and last passage."""
    passages: list[Passage]
    sections: list[str]
    sentences: int
    covered: int
    stated: int
    """How many of them the lens shows an entry of."""


def source_parts(plan: Plan, source: Source, pages: Mapping[str, list[Passage]]) -> dict[str, Any]:
    """Return the parts of a long *source*."""
    section = {passage.id: each.section for each in source.outline for passage in each.passages}
    done = plan.covered(source)
    parts = [
        SourcePart(
            path,
            _first_to_last(source, passages),
            passages,
            list(dict.fromkeys(section[passage.id] for passage in passages)),
            sum(len(passage.sentences) for passage in passages),
            sum(len(done[passage.id]) for passage in passages),
            sum(len(set(resting(plan, source, passage)) - {0}) for passage in passages),
        )
        for path, passages in pages.items()
    ]
    total, covered = sum(p.sentences for p in parts), sum(p.covered for p in parts)
    stated = Cited(sum(p.stated for p in parts))
    return {"parts": parts, "total": total, "whole": Cited(covered), "stated": stated}


def _first_to_last(source: Source, passages: list[Passage]) -> str:
    ends = [Citation(source.id, each.id) for each in (passages[0], passages[-1])]
    first, last = (locator(source, each, primary=True, title="").short for each in ends)
    return first if first == last else gettext("%(first)s to %(last)s", first=first, last=last)


def sources(plan: Plan, among: Iterable[Source]) -> dict[str, Any]:
    """Return sources with citing entries."""
    sources: list[tuple[Source, list[Entity], bool]] = []
    for source in sorted(among, key=lambda s: sort_key(plan.spelling(s))):
        holders = {said.holder.id: said.holder for _, said in plan.citing_source(source.id)}
        others = [h for h in holders.values() if h.id != source.id]
        sources.append((source, others, bool(source.outline) and len(others) > pagination.MAX_USERS))
    return {"sources": sources}


# --- A to Z


def a_z(plan: Plan, entities: Iterable[Entity]) -> dict[str, Any]:
    """Return *entities* by letter."""
    return {"letters": _group_by_letter((plan.spelling(entity), entity) for entity in entities)}


def names(plan: Plan, entities: Iterable[Entity]) -> dict[str, Any]:
    """Return those of *entities* by letter that have a name in another language."""
    languages, first = plan.settings.languages, plan.settings.language
    others = {tag for tag, language in languages.items() if tag != first and not language.romanizes}
    return a_z(plan, (entity for entity in entities if others & entity.name.keys()))
