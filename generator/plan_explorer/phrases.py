"""Phrases of Markdown that pages are put together from: lists of links, cells of tables, lines of facts."""

import posixpath
import re
from collections.abc import Iterable, Sequence

from plan_explorer.addresses import Address
from plan_explorer.compare import Table
from plan_explorer.entities import Entity, Event, Item, Names, Passage, Source, Term
from plan_explorer.escaping import is_on_the_web
from plan_explorer.gathered import Child
from plan_explorer.item_page import Fact, Value
from plan_explorer.listings import Covered, Order
from plan_explorer.overview import MapPart, numbers
from plan_explorer.parts import Part
from plan_explorer.plan import Plan, Said
from plan_explorer.settings import Strand
from plan_explorer.statements import Citation, Status, status_of
from plan_explorer.writing import Writer, attribute, plain

MEANINGS: dict[Status, str] = {
    "stated": "{noun} says it at the place given.",
    "inferred": "the editors read it out of the place given; the reason stands with it.",
    "background": "it comes from another source, which is named.",
    "disputed": "sources differ; each side is given with its source.",
    "editorial": "it is about this site.",
}


class Phrases(Writer):
    """A writer that also knows the phrases of the built-in templates."""

    # --- entities

    def spoken(self, entity: Entity) -> str:
        """Return the title of *entity* for an attribute."""
        return attribute(self.plan.title(entity))

    def coded_short(self, entity: Entity) -> str:
        """Return a link to *entity* by its code, or else by its short name."""
        if isinstance(entity, Item) and entity.code:
            words = f'{self.code(entity)}<span class="px-sr"> {self.text(self.plan.short(entity))}</span>'
            return self.link(entity, words)
        return self.link(entity, self.text(self.plan.short(entity)))

    def ref(self, entity: Entity) -> str:
        """Return a link to *entity* with its code in a column of its own."""
        code = self.code(entity)
        return f'<span class="px-ref{" px-ref--coded" if code else ""}">{code}{self.link(entity)}</span>'

    def refs(self, entities: Iterable[Entity], *, nouns: bool = False) -> str:
        """Return links to *entities* in columns, with what each is unless its code says so."""
        shown = []
        for entity in entities:
            coded = isinstance(entity, Item) and entity.code
            noun = (
                f" <small>{self.text(self.plan.noun(entity).lower())}</small>" if nouns and not coded else ""
            )
            shown.append(self.ref(entity).removesuffix("</span>") + f"{noun}</span>")
        return f'<span class="px-its">{"".join(shown)}</span>' if shown else ""

    def tags(self, child: Child) -> str:
        """Return in small what the line of *child* shows besides: whom it names, and its other names."""
        actors = [
            f'<span class="px-tag">{self.link(a, self.text(self.plan.short(a)))}</span>' for a in child.actors
        ]
        silent = ['<span class="px-tag px-tag--none">no actor named</span>'] if child.silent else []
        names = self.names(child.item.name)
        return " ".join([*actors[:4], *silent, *([f'<span class="px-tag">{names}</span>'] if names else [])])

    def users(self, entities: Sequence[Entity]) -> str:
        """Return links to *entities* by their codes, in a row; the names of those without come last."""
        coded = [e for e in entities if isinstance(e, Item) and e.code]
        named = [e for e in entities if not (isinstance(e, Item) and e.code)]
        codes = " ".join(self.coded_short(each) for each in coded)
        return " ".join(filter(None, [codes, ", ".join(self.coded_short(each) for each in named)]))

    def others_in(self, item: Item) -> str:
        """Return a heading for the items beside *item*."""
        parent = self.plan.parent(item)
        return f"Others in {self.text(parent.code or self.plan.short(parent))}" if parent else "The others"

    def entries(self, entities: Iterable[Entity]) -> str:
        """Return links to *entities*, with their codes, in a row."""
        return "; ".join(self.coded(entity) for entity in entities)

    def value(self, value: Value) -> str:
        """Return one value of a fact: what it links to, words, and its status unless it is stated."""
        words = self.text(value.words)
        if not value.entity:
            return words
        link = self.term(value.entity) if isinstance(value.entity, Term) else self.ref(value.entity)
        status = value.says.status if value.says else "stated"
        label = "" if status == "stated" else self.label(status)
        return " ".join(filter(None, [link, f"<small>{words}</small>" if words else "", label]))

    def romanized(self, names: Names) -> str:
        """Return the names in Latin letters as a line of their own, or nothing."""
        languages = self.plan.settings.languages
        shown = [self.name(tag, name) for tag, name in names.items() if languages[tag].romanizes]
        return f'<span class="px-py">{" ".join(shown)}</span>' if shown else ""

    def scripts(self) -> list[str]:
        """Return what the languages besides the first are called."""
        settings = self.plan.settings
        return [
            self.text(known.name) for tag, known in settings.languages.items() if tag != settings.language
        ]

    def named(self, entity: Entity) -> list[str]:
        """Return the name of *entity* in each of these languages, empty where it has none."""
        others = [tag for tag in self.plan.settings.languages if tag != self.plan.settings.language]
        return [self.name(tag, entity.name[tag]) if tag in entity.name else "" for tag in others]

    def variants(self, term: Term) -> str:
        """Return the other forms of *term*, each in its language."""
        forms = [
            f'<span lang="{tag}">{plain(form)}</span>' for tag, all in term.variants.items() for form in all
        ]
        return ", ".join(forms)

    def in_order(self, term: Term, tag: str) -> str:
        """Return the line of *term* in a list by its name in the language *tag*."""
        language = self.plan.settings.languages[tag].romanizes or tag
        original = self.name(language, term.name[language]) if language in term.name else ""
        first = self.link(term, self.name(tag, term.name[tag]))
        return f"{first} {original} <small>{self.title(term)}</small>"

    # --- statements

    def further(self, entity: Entity) -> list[Said]:
        """Return what is said of *entity* besides its summary and its relations."""
        return [each for each in self.plan.said[entity.id] if each.key[0] in ("statements", "notes")]

    def anchor(self, said: Said) -> str:
        """Return the anchor of a statement, of its own on a page that many entries share."""
        alone = not self.addresses.of(said.holder).anchor
        return f"s{said.number}" if alone else f"{said.holder.id}-s{said.number}"

    def former(self, entity: Entity) -> str:
        """Return the anchors that *entity* had under the ids it had before."""
        return _places(entity.formerly)

    def former_places(self, said: Said) -> str:
        """Return the anchors that a statement had under the former ids of its entry, on a shared page."""
        if not self.addresses.of(said.holder).anchor:
            return ""
        return _places(f"{old}-s{said.number}" for old in said.holder.formerly)

    def meanings(self) -> list[tuple[Status, str]]:
        """Return every status with what it means."""
        noun = self.text(self.plan.settings.wording.primary)
        return [(status, MEANINGS[status].format(noun=noun)) for status in self.plan.settings.statuses]

    def example(self) -> str:
        """Return a locator as an example."""
        source = self.plan.primary
        first = source.passages[0] if source.passages else None
        return self.chip(Citation(source.id, first.id, 1, 1) if first else Citation(source.id))

    def places(self, places: Iterable[Citation]) -> str:
        """Return places in words, for a reference."""
        return ", ".join(self.locator(place).short for place in places)

    # --- to the letter

    @staticmethod
    def verbatim(text: str, language: str) -> str:
        """Return *text* as a block of code, fenced by more marks than it holds."""
        longest = max(map(len, re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}{language}\n{text}\n{fence}"

    @staticmethod
    def code_span(text: str) -> str:
        """Return *text* as code within a line."""
        return f"<code>{plain(text)}</code>" if re.search(r"[`|<>&\\\n]", text) else f"`{text}`"

    # --- files

    def file(self, path: str) -> str:
        """Return the address of the file at *path* of the site, as seen from the built page."""
        return posixpath.relpath(path, posixpath.dirname(self.page_url()) or ".")

    @staticmethod
    def size(size: int) -> str:
        """Return a number of bytes in words."""
        return (
            f"{size} bytes"
            if size < 1000
            else f"{size / 1000:.0f} kB"
            if size < 10**6
            else f"{size / 10**6:.1f} MB"
        )

    # --- levels and strands

    def counted(self, counts: Iterable[tuple[int, str]]) -> str:
        """Return how many there are of what, in words."""
        return self.html(", ".join(f"{number} {noun}" for number, noun in counts))

    def below(self, item: Item) -> list[tuple[int, str]]:
        """Return how many items of which kind stand right below *item*."""
        return numbers(self.plan, self.plan.branches(item))

    def names(self, names: Names) -> str:
        """Return the names in other scripts as HTML, unsure ones marked."""
        settings = self.plan.settings
        shown = []
        for tag, name in names.items():
            if tag != settings.language and not settings.languages[tag].romanizes:
                why = self.attr(f"{name.confidence}: {name.basis}".strip(": "))
                mark = f' class="px-maybe" title="{why}"' if name.unsure else ""
                way = ' dir="rtl"' if settings.direction(tag) == "rtl" else ""
                shown.append(f'<span lang="{tag}"{way}{mark}>{self.attr(name.text)}</span>')
        return " ".join(shown)

    def peeked(self, fact: Fact) -> str:
        """Return the first values of *fact* by their short names, or that there are none."""
        named = [value.entity for value in fact.values if value.entity]
        shown = [self.html(self.plan.short(entity)) for entity in named[:5]]
        rest = [f"{len(named) - 5} more"] if len(named) > 5 else []
        return ", ".join([*shown, *rest]) or f'<span class="px-none">{fact.silence}</span>'

    def how_to_read(self, parts: Sequence[MapPart]) -> str:
        """Return how the map is to be read, in this plan's words."""
        rows = [row for part in parts if part.strand.map == "grid" for row in part.rows]
        boxes = [item for row in rows for item in row.members]
        dotted = [box for row in rows if row.look != "dense" for box in row.boxes if box.dots]
        below = [noun for box in dotted for _, noun in box.below]
        figures = ", ".join(str(len(row.members)) for row in rows)
        words = f"Read the figures down the side: {figures}. " if len(rows) > 1 else ""
        if boxes:
            noun = self.plan.settings.levels[boxes[0].level].name.one.lower()
            words += f"A box is {_a(noun)}"
            words += f", a dot {_a(_one(self.plan, below[0]))}. " if below else ". "
        return self.html(
            words + "Point at a box, or reach it with the Tab key, to see here what it holds, whom it names "
            "and what it is linked with."
        )

    def chip_html(self, citation: Citation) -> str:
        """Return the short name of a place, for where it is no link."""
        return self.html(self.locator(citation).short)

    def rests(self, item: Item) -> list[Citation]:
        """Return the places of the primary source that the summary of *item* rests on."""
        cites = item.summary.all_cites if item.summary else ()
        return [citation for citation in cites if citation.source == self.plan.settings.primary]

    def pages_below(self, item: Item) -> list[Item]:
        """Return the items right below *item* that have a page of their own."""
        return [child for child in self.plan.children(item) if self.plan.level(child).page == "own"]

    def bears_on(self, item: Item) -> list[Item]:
        """Return the items with a hue that *item*, or what stands below it, is linked to."""
        found: dict[str, Item] = {}
        for each in (item, *self.plan.descendants(item)):
            for link in self.plan.links(each):
                if isinstance(link.other, Item) and self.plan.level(link.other).hue == "each":
                    found[link.other.id] = link.other
        return sorted(found.values(), key=lambda item: self.hues[item.id])

    def nouns(self, items: Iterable[Item]) -> str:
        """Return what *items* are called, level by level."""
        nouns = [noun for _, noun in numbers(self.plan, items)]
        return " and ".join(nouns).capitalize()

    def commitments(self) -> str:
        """Return what the plan calls the items it binds itself to."""
        levels = self.plan.settings.levels.values()
        names = [level.name.many.lower() for level in levels if level.commitment and not level.counted_as]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "items"

    def holders(self, items: Iterable[Item]) -> set[str]:
        """Return the ids of those *items* that hold others."""
        return {item.id for item in items if self.plan.children(item)}

    def place_name(self, item: Item) -> str:
        """Return the code and the name of the place of *item* on the map."""
        at = self._on_map(item)
        code = f"<strong>{plain(at.code)}</strong>" if at.code else ""
        return f"{code} {self.text(self.plan.short(at))}".strip()

    def place_label(self, item: Item) -> str:
        """Return the same, to be read out."""
        at = self._on_map(item)
        return attribute(f"{at.code} {self.plan.short(at)}".strip())

    def _on_map(self, item: Item) -> Item:
        way = [item, *reversed(self.plan.ancestors(item))]
        return next((i for i in way if self.plan.level(i).hue == "each"), way[-1])

    def place(self, where: Entity | Strand | str) -> Address | str:
        """Return the address of an entity, of a strand, or of a page."""
        if isinstance(where, Strand):
            return self.addresses.strand(where)
        return self.addresses.of(where) if isinstance(where, Entity) else where

    # --- lists

    def line(self, entity: Entity) -> str:
        """Return the line that leads to *entity* from a list in parts, with all the places it had there."""
        numbers = [f"-s{each.number}" for each in self.further(entity)]
        said = [f"{entity.id}{number}" for number in numbers]
        former = [f"{old}{place}" for old in entity.formerly for place in ("", *numbers)]
        where = self.href(self.addresses.of(entity))
        shown = (
            f'<a href="{where}">{self.html(self.plan.title(entity))}</a> {self.names(entity.name)}'.strip()
        )
        day = f" <small>{self.html(str(entity.date))}</small>" if entity.date else ""
        return f'<li id="{entity.id}">{_places([*former, *said])}{shown}{day}</li>'

    def passage_line(self, source: Source, passage: Passage) -> str:
        """Return the line that leads to *passage* from the list of the parts of *source*."""
        address = self.addresses.passage(source, passage)
        sentences = (f"{address.anchor}-s{number}" for number in range(1, len(passage.sentences) + 1))
        number = f'<span class="px-num">{self.html(self.passage(source, passage))}</span>'
        shown = f'<a href="{self.href(address)}">{number} {self.html(passage.title)}</a>'
        return f'<li id="{address.anchor}">{_places(sentences)}{shown}</li>'

    def part_name(self, part: Part) -> str:
        """Return what the entries of *part* have in common, as Markdown."""
        return self.text(part.label)

    def from_to(self, entities: Sequence[Entity], tag: str) -> str:
        """Return the names of the first and the last of *entities* in the language *tag* as HTML."""
        first, last = entities[0], entities[-1]
        ends = [e.name[tag].text if tag in e.name else self.plan.title(e) for e in (first, last)]
        return " to ".join(map(self.html, dict.fromkeys(ends)))

    @staticmethod
    def part_id(part: Part) -> str:
        """Return the anchor of *part* where parts are listed, without what goes before it."""
        return posixpath.basename(part.path).removesuffix(".md")

    @staticmethod
    def article(noun: str) -> str:
        """Return *noun* with the article that fits it."""
        return _a(noun)

    def letter(self, letter: str) -> str:
        """Return the anchor of a letter."""
        return f"letter-{letter.lower() if letter.isalpha() else 'number'}"

    def order_stops(self, orders: Iterable[Order]) -> list[tuple[str, str]]:
        """Return the orders of the glossary, as places to go to."""
        return [(self.text(order.label), order.path) for order in orders]

    def table_stops(self, tables: Iterable[Table]) -> list[tuple[str, str]]:
        """Return the tables, as places to go to."""
        return [(self.text(table.title), table.path) for table in tables]

    # --- evidence

    def link_statuses(self, table: Table) -> list[Status]:
        """Return the statuses that occur in *table*."""
        found = {cell.best.status for line in table.lines for cell in line.cells.values()}
        return [status for status in self.plan.settings.statuses if status in found]

    # --- dates

    def date_status(self, event: Event) -> Status:
        """Return on what the date of *event* rests."""
        if event.date and event.date.status:
            return event.date.status
        return status_of(event.date_cites, self.plan.settings.primary)

    def day(self, event: Event) -> str:
        """Return the date of *event* with its places, or that there is none."""
        return self.date(event.date) or '<span class="px-none">No date is given</span>'

    def about_date(self, event: Event) -> str:
        """Return the kind and place of *event*, what its date rests on, and other dates given for it."""
        kind = self.plan.settings.event_kinds.get(event.kind, "")
        pieces = [self.text(words) for words in (kind, event.place) if words]
        if event.date:
            pieces.append(f"Date: {self.label(self.date_status(event))}")
        line = " · ".join(pieces)
        if event.date and event.date.reason:
            line += f" <small>{self.text(event.date.reason)}</small>"
        for other in event.date.alternatives if event.date else ():
            words = f"“{plain(other.label)}”, " if other.label else ""
            line += (
                f"<br><small>Also given: {words}{plain(str(other.edtf))} {self.chips(other.cites)}</small>"
            )
        return line or "&nbsp;"

    # --- sources

    def source_facts(self, source: Source) -> list[tuple[str, str]]:
        """Return what is known about the document *source*, line by line."""
        how = {
            "none": "Original",
            "official": "Official translation",
            "third-party": "Translation by others",
            "machine": "Machine translation",
            "": "",
        }[source.translation]
        languages = self.plan.settings.languages
        name = languages[source.language].name if source.language in languages else source.language
        lines = [
            ("Published by", self.text(source.publisher)),
            ("Date", self.date(source.date)),
            ("Language", ", ".join(filter(None, [self.text(name), how]))),
            ("Address", f"<{source.url}>" if is_on_the_web(source.url) else self.text(source.url)),
            ("Read", self.text(source.checked)),
            ("Licence", self.text(source.licence)),
        ]
        return [(label, words) for label, words in lines if words]

    def coverage(self, source: Source, covered: Covered) -> str:
        """Return how many sentences of a passage carry an entry."""
        total = len(covered.sentences)
        noun = source.sentence.long if total == 1 else source.sentence.plural or source.sentence.long
        return self.html(f"{len(covered.done)} of {total} {noun}")

    def joined(self, source: Source, passage: object) -> str:
        """Return which sentences of a passage belong together though the text parts them."""
        groups = getattr(passage, "joined", ())
        runs = ["–".join(str(n) for n in (group[0], group[-1])) for group in groups]
        noun = source.sentence.plural or source.sentence.long
        return f"The text parts what belongs together: {noun} {', '.join(runs)}."


def _a(noun: str) -> str:
    """Return *noun* with the article that fits it."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _one(plan: Plan, noun: str) -> str:
    """Return the singular of a noun for items."""
    names = [level.name for level in plan.settings.levels.values()]
    return next((name.one for name in names if name.many.lower() == noun), noun).lower()


def _places(anchors: Iterable[str]) -> str:
    return "".join(f'<span id="{anchor}"></span>' for anchor in anchors)
