"""Build the scripts with what the cards of links say: entries, passages and sentences of sources."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plan_explorer.evidence.texts import Texts
from plan_explorer.model.entities import Actor, Entity, Event, Item, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.site.addresses import Address, Addresses
from plan_explorer.site.shown_sentences import shown_sentence
from plan_explorer.site.urls import is_web_address
from plan_explorer.site.views import lists, overview
from plan_explorer.site.views.statements import SHOWN, date_status, is_stated_link, shown
from plan_explorer.translation import ngettext, numbered, pgettext, semicolons, with_capital

FOLDER = "assets/px/cards"
SHARD = 32_000
"""About how many bytes a script holds; it is loaded when a link to one of its pages is pointed at."""

Card = dict[str, Any]


def scripts(
    plan: Plan,
    addresses: Addresses,
    hues: Mapping[str, int],
    texts: Texts,
    url: Callable[[Address], str],
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each script; the first tells how many others there are."""
    cards = _Cards(plan, addresses, hues, texts, url)
    pages: dict[str, dict[str, Card]] = defaultdict(dict)
    for place, card in cards.all():
        page, _, anchor = place.partition("#")
        pages[page][anchor] = card
    number = 1 + sum(len(_json(held)) for held in pages.values()) // SHARD
    shards: list[dict[str, dict[str, Card]]] = [{} for _ in range(number)]
    for page, held in pages.items():
        shards[_shard(page, number)][page] = held
    index = {
        "shards": number,
        "sources": {source.id: cards.source(source) for source in plan.sources if source.outline},
        "labels": plan.settings.statuses,
    }
    yield f"{FOLDER}/index.js", f"window.PX_CARDS={_json(index)};\n".encode()
    for at, shard in enumerate(shards):
        yield f"{FOLDER}/{at}.js", f"window.PX_CARDS[{at}]={_json(shard)};\n".encode()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _shard(page: str, number: int) -> int:
    """Return which script holds the cards of *page*, as ``cards.js`` works it out, too."""
    value = 0
    for character in page:
        value = (value * 31 + ord(character)) % 2**32
    return value % number


@dataclass(frozen=True)
class _Cards:
    plan: Plan
    addresses: Addresses
    hues: Mapping[str, int]
    texts: Texts
    url: Callable[[Address], str]

    def all(self) -> Iterator[tuple[str, Card]]:
        """Yield the address of everything that has a card, from the top of the site, and the card."""
        used = lists.term_links(self.plan, self.plan.terms)["used_in"]
        for entity in self.plan:
            if entity.id != self.plan.settings.id:
                yield self.url(self.addresses.of(entity)), self._entity(entity, used.get(entity.id, ()))
        for source in self.plan.sources:
            for covered in lists.source_outline(self.plan, source)["passages"]:
                address = self.addresses.passage(source, covered.passage)
                yield self.url(address), self._passage(source, covered)

    def _entity(self, entity: Entity, users: Collection[Entity]) -> Card:
        plan = self.plan
        first, title = plan.settings.language, plan.title(entity)
        said, primary = entity.summary, plan.settings.primary
        cites = said.all_cites if said else ()
        places = [[self.addresses.locator(c).short, self.url(self.addresses.citation(c))] for c in cites[:1]]
        card = {
            "kind": plan.noun(entity),
            "code": entity.code if isinstance(entity, Item) else "",
            "hue": self.hues.get(entity.id),
            "title": title,
            "names": [[tag, n.text] for tag, n in entity.name.items() if tag != first and n.text != title],
            "words": said.plain if said else "",
            "status": said.status if said else "",
            "place": places[0] if places and not isinstance(entity, Source) else [],
            "other": bool(cites) and cites[0].source != primary,
            "more": self._more(entity, users),
        }
        kept = {key: value for key, value in card.items() if value or (key == "hue" and value is not None)}
        stated = self._more(entity, shown(plan, users), stated=True)
        return kept | ({} if stated == card["more"] else {"statedMore": stated})

    def _more(self, entity: Entity, users: Collection[Entity], *, stated: bool = False) -> str:
        """Return what else a card says: what an actor does, how often a term is used, a date.

        Args:
            entity: whose card it is.
            users: the entries that use it.
            stated: whether only what the lens shows is told.
        """
        if isinstance(entity, Term) and users:
            return ngettext("Used by %(n)s entry", "Used by %(n)s entries", len(users))
        if isinstance(entity, Actor):
            return self._deeds(entity, stated=stated)
        if isinstance(entity, Event | Source) and entity.date:
            hidden = stated and isinstance(entity, Event) and date_status(self.plan, entity) not in SHOWN
            return "" if hidden else str(entity.date)
        return ""

    def _deeds(self, actor: Actor, *, stated: bool) -> str:
        """Return what *actor* does in how many items: ``Monitors 5 measures``."""
        done: dict[str, list[Item]] = defaultdict(list)
        for link in self.plan.links(actor):
            if isinstance(link.other, Item) and (is_stated_link(link) or not stated):
                done[link.label].append(link.other)
        counts = Counter({label: len(items) for label, items in done.items()})
        shown = []
        for label, number in counts.most_common(2):
            nouns = [noun for _, noun in overview.numbers(self.plan, done[label])]
            items = (
                numbered(number, nouns[0])
                if len(nouns) == 1
                else ngettext("%(n)s item", "%(n)s items", number)
            )
            shown.append(pgettext("what an actor does", "%(does)s %(items)s", does=label, items=items))
        return with_capital(semicolons(shown))

    def _passage(self, source: Source, covered: lists.Covered) -> Card:
        passage = covered.passage
        numbers = {entry.id: at for at, entry in enumerate(covered.entries)}
        sentences = []
        for cited in covered.sentences:
            shown = shown_sentence(source, passage, cited.number, self.texts)
            card: Card = {
                "words": shown.words,
                "unit": shown.unit if shown.unit == "character" else "",
                "hidden": shown.hidden,
                "opening": shown.opening,
                "closing": shown.closing,
                "text": shown.text,
                "print": passage.sentences[cited.number - 1].fingerprint,
                "uses": [numbers[entry.id] for entry in cited.entries],
                "stated": sorted(numbers[id] for id in covered.resting.get(cited.number, ())),
            }
            sentences.append({key: value for key, value in card.items() if value})
        name = self.addresses.passage_name(source, passage)
        card = {"source": source.id, "name": name, "title": passage.title, "sentences": sentences}
        if covered.whole:
            card["uses"] = [numbers[entry.id] for entry in covered.whole]
            card["stated"] = sorted(numbers[id] for id in covered.resting.get(0, ()))
        return card | ({"words": passage.summary.plain} if passage.summary else {})

    def source(self, source: Source) -> Card:
        """Return what the cards of all sentences of *source* share."""
        plan = self.plan
        primary = source.id == plan.settings.primary
        shared = {
            "noun": plan.settings.wording.primary if primary else plan.short(source),
            "prefix": "" if primary else plan.short(source),
            "short": source.sentence.short,
            "close": source.sentence.close,
            "sentence": source.sentence.long,
            "sentences": source.sentence.plural or source.sentence.long,
            "show": source.text.show,
            "licence": source.text.licence or source.licence if source.text.show == "full" else "",
            "language": source.language if source.language != plan.settings.language else "",
            "url": source.url if is_web_address(source.url) else "",
            "archived": source.archived if is_web_address(source.archived) else "",
        }
        return {key: value for key, value in shared.items() if value}
