"""Write what a page says as plain Markdown: links, names, statements with what they rest on."""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from babel.lists import format_list
from babel.numbers import format_decimal

from plan_explorer.checking.ids import with_article
from plan_explorer.documents.unspaced import join_broken
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import (
    UNSURE_WORDS,
    Actor,
    Confidence,
    Crosswalk,
    Entity,
    Event,
    Item,
    Name,
    Names,
    Pair,
    Passage,
    Source,
    Term,
)
from plan_explorer.model.indicators import amount
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statement_addresses import RemovedStatement, StatementPlace
from plan_explorer.model.statements import Alternative, Citation, Date, Statement, Status, status_of
from plan_explorer.model.texts import direction
from plan_explorer.rendering.commonmark import fold_blanks, is_safe
from plan_explorer.rendering.counted import counted, linked_with
from plan_explorer.rendering.page_scope import PageScope, Place, code_of
from plan_explorer.site.addresses import letter_anchor
from plan_explorer.site.counterparts import OtherPlan
from plan_explorer.site.pagination import Part
from plan_explorer.site.shown_sentences import shown_sentence
from plan_explorer.site.urls import is_web_address
from plan_explorer.site.views import indicators
from plan_explorer.site.views.actor import date_of
from plan_explorer.site.views.comparison import RowDate, commitment_nouns
from plan_explorer.site.views.crosswalk import Their
from plan_explorer.site.views.item import (
    Row,
    RowGroup,
    Value,
    by_role,
    count_with_parts,
    others_in,
    rows,
    rows_by_label,
)
from plan_explorer.site.views.item_descendants import Child, bears_on, pages_below
from plan_explorer.site.views.lists import Cited, Covered
from plan_explorer.site.views.overview import numbers
from plan_explorer.site.views.side_by_side import Column, Line
from plan_explorer.site.views.silences import silences, silences_of_actor
from plan_explorer.site.views.statements import (
    SHOWN,
    StatementGroup,
    date_status,
    group_statements,
    lead_and_rest,
    shown,
)
from plan_explorer.translation import (
    N_,
    commas,
    gettext,
    labelled,
    ngettext,
    numbered,
    own_name,
    paragraph,
    pgettext,
    semicolons,
    sentence_case,
    spoken,
    with_note,
    within_sentence,
)

MEANINGS: dict[Status, str] = {
    "stated": N_("%(source)s says it at the place given."),
    "inferred": N_(
        "%(source)s does not say it in so many words; the editors conclude it and give the reason."
    ),
    "disputed": N_("two documents differ; both are given, and neither is preferred."),
    "background": N_("another document says it; the link names it."),
    "known": N_("it is generally known; no document was read for it."),
    "silence": N_("the editors looked for it at the place given, and it is not there."),
    "wording": N_("it is a remark on the translation or on a word, not on the substance."),
    "editorial": N_("it is about this site and how it was made."),
}
"""What each status means, behind its label."""
WHY = N_("Why:")
"""What stands before the reason of a reading."""
SEEN_IN = N_("%(language)s name seen in:")
"""What stands before the places of a name."""
TRANSLATIONS = {
    "none": N_("Original"),
    "official": N_("Official translation"),
    "third-party": N_("Translation by others"),
    "machine": N_("Machine translation"),
}

_SPECIAL = re.compile(r"[\\`*_\[\]{}|<]|&(?=#?\w+;)")
"""What means something in Markdown, or to a program that reads Markdown."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
"""What begins a character reference of HTML."""
_BLOCK_START = re.compile(
    r"^ *(?:(?=[#>+~-])|(?=={1,}\s*$)|(?=(?:[*_]\s*){3,}$)|(?<!\d)(?P<number>\d{1,9})(?=[.)]))"
)
"""What makes of a line more than a line, at its beginning."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_CLOSING = frozenset(".,;:!?)”’。，、；：！？）」』》،؛؟")
_INLINE = re.compile(
    r"(?P<code>(?<!(?<!\\)`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<image>!?)\[(?P<words>[^\[\]]+)\]\((?P<address>[^\s()<>\"]+)\)"
    r"|(?P<plain><https?://[^\s<>\"'`\\]+>)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<special>[\\`\[\]{}|<]|&(?=#?\w+;))",
    re.S,
)
"""Markdown within a line that authors may write: code, links, escapes; the rest is to the letter."""


@lru_cache(maxsize=65536)
def escape_markdown(text: str) -> str:
    """Return *text* as Markdown that shows it to the letter, wherever it stands."""
    return _escape_start(_SPECIAL.sub(_escaped, _BLANKS.sub(" ", text)))


def _escaped(match: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(match[0], f"\\{match[0]}")


def _escape_start(markdown: str) -> str:
    """Return *markdown* so that it is no list, heading, quotation, rule or fence, wherever it begins."""
    match = _BLOCK_START.match(markdown)
    if match is None:
        return markdown
    return f"{match[0]}\\{markdown[match.end() :]}"


def anchor(id: str) -> str:
    """Return an address within a page."""
    return f'<a id="{escape_attribute(id)}"></a>'


def mark_language(markdown: str, language: str) -> str:
    """Return *markdown* marked as written in another *language*."""
    return f'<span lang="{escape_attribute(language)}" dir="{direction(language)}">{markdown}</span>'


def in_language(markdown: str, language: str) -> str:
    """Return *markdown* marked as written in another *language*, which readers are told."""
    return f"{mark_language(markdown, language)} *({own_name(language)})*"


def escape_attribute(text: str) -> str:
    """Return *text* for an attribute of HTML."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def link_title(text: str) -> str:
    """Return *text* for the title of a link."""
    cleaned = _BLANKS.sub(" ", text).strip().replace("\\", "\\\\").replace('"', "”").replace("|", "\\|")
    return _ENTITY.sub("&amp;", cleaned).replace("<", "&lt;")


class MarkdownWriter:
    """Writes the body of one page; its public methods are filters and functions of templates."""

    def __init__(self, page: PageScope) -> None:
        """Prepare for *page*."""
        self._page, self._plan = page, page.plan
        self._linked: set[str] = set()
        """Terms that were linked already, which happens once on a page."""
        self.statement_counts: Counter[Status] = Counter()
        """How many statements of each status the page has told."""
        self.counts: dict[str, str] = {}
        """What the page says of numbers, and what it says of them under the lens."""

    # --- words

    def text(self, words: str) -> str:
        """Return plain *words* to the letter."""
        return escape_markdown(words)

    def prose(self, words: str) -> str:
        """Return *words* of an author, in paragraphs, in which code, links and emphasis work."""
        paragraphs = re.split(r"\n\s*\n", words.strip())
        return "\n\n".join(
            _escape_start(_BLANKS.sub(" ", _inline(join_broken(each))).strip()) for each in paragraphs
        )

    def or_stated(self, whole: str, stated: str) -> str:
        """Return the words *whole*; under the lens, the page says *stated* in their place."""
        if stated and whole != stated:
            self.counts[fold_blanks(whole)] = fold_blanks(stated)
        return escape_markdown(whole)

    def count(self, entities: Collection[Entity], kind: str) -> str:
        """Return how many *entities* there are, by what they are: a *kind* that `counted` knows."""
        whole, stated = len(entities), len(shown(self._plan, entities))
        return self.or_stated(counted(kind, whole), counted(kind, stated))

    def share(self, number: int | str, total: int) -> str:
        """Return *number* of a *total* in words."""
        return gettext("%(number)s of %(total)s", number=number, total=total)

    def commas(self, words: Iterable[str]) -> str:
        """Return *words* in a row, with commas."""
        return commas(words)

    def semicolons(self, words: Iterable[str]) -> str:
        """Return *words* in a row, with semicolons."""
        return semicolons(words)

    def paragraph(self, *sentences: str) -> str:
        """Return *sentences* one behind the other."""
        return paragraph(sentences)

    def with_note(self, words: str, note: object) -> str:
        """Return *words* with a *note* in brackets."""
        return with_note(words, note)

    def begin_sentence(self, words: str) -> str:
        """Return *words* with a capital letter, for those of the plan that a sentence may begin with."""
        return words[:1].upper() + words[1:]

    def linked_with(self, number: int) -> str:
        """Return what stands before a *number* of relations."""
        return linked_with(number)

    def anchor(self, id: str) -> str:
        """Return an address within the page."""
        return anchor(id)

    def table_row(self, cells: Iterable[str]) -> str:
        """Return a row of a table."""
        return f"| {' | '.join(cells)} |"

    # --- links

    def link(self, place: Place, words: str = "", title: str = "") -> str:
        """Return a link to *place*, by the title of an entity or by *words*, which are Markdown."""
        if not words:
            assert isinstance(place, Entity)
            words = self.title(place)
        shown = f' "{link_title(title)}"' if title else ""
        return f"[{words}]({self._page.to_markdown(place)}{shown})"

    def title(self, entity: Entity) -> str:
        """Return the title of *entity*."""
        return escape_markdown(self._plan.title(entity))

    def heading(self, entity: Entity) -> str:
        """Return the code and the title of *entity*."""
        return f"{escape_markdown(code_of(entity))} {self.title(entity)}".strip()

    def ref(self, entity: Entity, *, short: bool = False) -> str:
        """Return a link to *entity* by its code and its title, or by its code and its *short* name."""
        if short:
            words = f"{code_of(entity)} {self._plan.short(entity)}".strip()
            return self.link(entity, escape_markdown(words))
        return self.link(entity, self.heading(entity))

    def side(self, entities: Iterable[Entity], other: OtherPlan | None = None) -> str:
        """Return one side of a comparison: *entities*, of ours or an *other* plan, and what is stated."""
        shown = []
        for each in entities:
            plan, place = (other.plan, other.address(each)) if other else (self._plan, each)
            link = self.link(place, escape_markdown(plan.title(each)))
            # The code stands outside, as only the links of one plan could be drawn with it.
            words = f"{escape_markdown(code_of(each))} {link}".strip()
            said = each.summary.plain if each.summary and each.summary.status in SHOWN else ""
            if said:
                words = labelled(words, escape_markdown(said))
            shown.append(words)
        return "<br/>".join(shown)

    def counterpart(self, their: Their) -> str:
        """Return a link to an entry of another framework, or what it is called if it has no address."""
        words = escape_markdown(their.heading)
        if their.place:
            return self.link(their.place, words)
        return f"[{words}](<{their.url}>)" if is_web_address(their.url) and words else words

    def related_counterparts(self, found: Iterable[tuple[str, Iterable[Their]]]) -> str:
        """Return entries of another framework, behind what the relation to them is called."""
        return semicolons(
            f"{escape_markdown(words)} {commas(map(self.counterpart, theirs))}" for words, theirs in found
        )

    def pairs_in_short(self, pairs: Iterable[tuple[Crosswalk, Pair]]) -> str:
        """Return the counterparts in *pairs* with their relations, each with the crosswalk it is from."""
        kinds = self._plan.settings.relations
        words = ((f"{kinds[pair.relation].name} {pair.other}", crosswalk) for crosswalk, pair in pairs)
        return semicolons(with_note(escape_markdown(each), self.link(crosswalk)) for each, crosswalk in words)

    def linked_titles(self, pages: Iterable[tuple[str, str]]) -> list[str]:
        """Return a link to each of *pages*, given by title and path."""
        return [self.link(path, title) for title, path in pages]

    def refs(self, entities: Iterable[Entity], *, short: bool = False, nouns: bool = False) -> str:
        """Return links to *entities* in a row, by *short* names, and with *nouns* where no code says it."""
        shown = []
        for entity in entities:
            noun = (
                f" ({escape_markdown(within_sentence(self._plan.noun(entity)))})"
                if nouns and not code_of(entity)
                else ""
            )
            shown.append(self.ref(entity, short=short) + noun)
        return semicolons(shown)

    def code_link(self, entity: Entity) -> str:
        """Return a link to *entity* by its code, or else by its short name."""
        short = self._plan.short(entity)
        if code := code_of(entity):
            return self.link(entity, escape_markdown(code), title=short)
        return self.link(entity, escape_markdown(short))

    def code_links(self, entities: Iterable[Entity]) -> str:
        """Return links to *entities* by their codes; those without one come last, by name."""
        each = list(entities)
        codes = " ".join(self.code_link(entity) for entity in each if code_of(entity))
        names = commas(self.code_link(entity) for entity in each if not code_of(entity))
        return " ".join(filter(None, [codes, names]))

    # --- names

    def other_names(self, names: Names, *, romanized: bool = True, unsure: bool = False) -> str:
        """Return the names in all languages but that of the title, if they differ from that.

        If *unsure*, behind how sure that of the title is, if it is not.
        """
        settings = self._plan.settings
        own = names.get(settings.language)
        label = [f"*{self.unsure_words(settings.language, own)}*"] if unsure and own and own.unsure else []
        others = (
            self.name(tag, name, unsure=unsure)
            for tag, name in names_beside_title(settings.language, names)
            if romanized or not settings.languages[tag].romanizes
        )
        return " · ".join([*label, *others])

    def name(self, tag: str, name: Name, *, unsure: bool = True) -> str:
        """Return *name*, in italics if it romanizes another, with the word for how unsure it is."""
        shown = escape_markdown(name.text)
        if self._plan.settings.languages[tag].romanizes:
            shown = f"*{shown}*"
        return f"{shown} *{self.unsure_words(tag, name)}*" if name.unsure and unsure else shown

    def unsure_words(self, tag: str, name: Name) -> str:
        """Return how unsure *name* is, in words that name its language."""
        return escape_markdown(unsure_words(self._plan.settings.languages[tag].name, name.confidence))

    def name_notes(self, entity: Entity) -> list[str]:
        """Return how sure the names of *entity* are that are not, and where the others were seen."""
        settings = self._plan.settings
        notes = []
        for tag, name in foreign_names(self._plan, entity):
            if name.unsure:
                notes.append(f"*{self.unsure_words(tag, name)}* {escape_markdown(name.basis)}".strip())
            elif name.seen:
                language = escape_markdown(settings.languages[tag].name)
                notes.append(f"{gettext(SEEN_IN, language=language)} {self.chips(name.seen)}")
        return notes

    def romanized(self, names: Names) -> str:
        """Return the names in Latin letters, if others are not."""
        languages = self._plan.settings.languages
        return " ".join(self.name(tag, name) for tag, name in names.items() if languages[tag].romanizes)

    def how_sure(self, name: Name) -> str:
        """Return where *name* was seen, or else how sure it is."""
        if name.seen:
            return gettext("seen in %(places)s", places=self.chips(name.seen))
        if name.confidence == "verified":
            return gettext("read in a text that is not named")
        how_sure = gettext(UNSURE_WORDS[name.confidence])
        return " ".join(filter(None, [how_sure, escape_markdown(name.basis)]))

    def foreign_names(self, entity: Entity) -> list[tuple[str, Name]]:
        """Return the names of *entity* in other languages, but not those that romanize another."""
        return foreign_names(self._plan, entity)

    def unsure_example(self) -> str:
        """Return a label of a name that is not sure, as an example."""
        first, languages = self._plan.first_edition.settings.language, self._plan.settings.languages
        tag = next((tag for tag in languages if tag != first and not languages[tag].romanizes), "")
        return f"*{escape_markdown(unsure_words(languages[tag].name, 'reconstructed'))}*" if tag else ""

    def names_seen(self) -> tuple[int, int]:
        """Return for how many names in other languages a document is named, and of how many."""
        names = [name for entity in self._plan for _, name in foreign_names(self._plan, entity)]
        return sum(bool(name.seen) for name in names), len(names)

    def variants(self, term: Term) -> str:
        """Return the other forms of *term*."""
        return commas(escape_markdown(form) for forms in term.variants.values() for form in forms)

    # --- statements

    def say(
        self,
        statement: Statement,
        *,
        about: Entity | None = None,
        label: bool = True,
        quoted: bool = False,
        shared: Collection[Citation] = (),
    ) -> str:
        """Return *statement* with its terms linked, the places it rests on, and its status.

        Args:
            statement: what is said.
            about: the entity it is about; if that is a term, it is not linked to itself.
            label: whether the status of what is not plainly stated follows.
            quoted: whether these are the words of a source, in which nobody expects another language.
            shared: places that are given already, for several statements at once.
        """
        if statement.cites or statement.text.strip():
            self.statement_counts[statement.status] += 1
        shown = ""
        text = statement.text
        for part in statement.parts:
            if isinstance(part, slice):
                words = self._words(text, part, about)
            else:
                words = self.chips(place for place in part if place not in shared)
            # A full stop behind a place stands right behind it; other blanks are the author's.
            close = isinstance(part, slice) and text[part.start] in _CLOSING
            shown += f" {words}" if shown and words and not close else words
        pieces = [_escape_start(shown)]
        if shown and statement.language:
            pieces = [(mark_language if quoted else in_language)(pieces[0], statement.language)]
        if label and statement.status != "stated":
            pieces.append(self.label(statement.status))
        if why := statement.reason:
            words = self._words(why, slice(0, len(why)), about)
            pieces.append(f"*{gettext(WHY)}* {words}")
        return " ".join(pieces)

    def _words(self, text: str, part: slice, about: Entity | None) -> str:
        """Return *part* of *text* with each term linked at its first mention."""
        pieces: list[str] = []
        end, stop = part.start, part.stop
        for mention in self._plan.finder.find(text):  # as the whole of it was searched already
            if mention.id in self._linked or mention.start < end or mention.end > stop:
                continue
            if about and mention.id == about.id:
                continue
            self._linked.add(mention.id)
            pieces.append(_inline(text[end : mention.start]))
            pieces.append(self._mention(mention.id, _inline(text[mention.start : mention.end])))
            end = mention.end
        return _BLANKS.sub(" ", "".join([*pieces, _inline(text[end:stop])])).strip(" ")

    def _mention(self, id: str, words: str) -> str:
        """Return a link to a term that is named by *words*, with its other names."""
        term, first = self._plan[id], self._plan.settings.language
        names = " ".join(name.text for tag, name in term.name.items() if tag != first)
        return self.link(term, words, title=names)

    def label(self, status: Status) -> str:
        """Return the label of *status*."""
        return f"*{escape_markdown(self._plan.settings.statuses[status].strip())}*"

    def grouped(self, entity: Entity) -> list[StatementGroup]:
        """Return what is said of *entity* by label, without its relations."""
        said = self._plan.said[entity.id]
        return group_statements(each for each in said if each.published and not each.of_passage)

    def lead_and_rest(self, entity: Entity) -> list[StatementGroup]:
        """Return what is said of *entity* by label, the first statement in a group of its own."""
        return lead_and_rest(self.grouped(entity))

    def dated(self, item: Item) -> str:
        """Return the date of an item on the page of another, with its label unless it is stated."""
        assert item.date
        status = date_status(self._plan, item)
        label = f" {self.label(status)}" if status and status not in SHOWN else ""
        return "**" + gettext("Date:") + f"** {self.date(item.date)}{label}"

    def moved_dates(self, date: Date) -> str:
        """Return what *date* was before it was moved, when that was done and why."""
        lines = []
        for each in date.earlier:
            words = gettext("Earlier date: %(date)s", date=each.edtf)
            if each.until:
                words = gettext("Earlier date: %(date)s, until %(end)s", date=each.edtf, end=each.until)
            if each.because:
                words = labelled(words, escape_markdown(each.because))
            lines.append(f"{words} {self.chips(each.cites)}".rstrip())
        primary = self._plan.settings.primary
        outside = any(cite.source != primary for each in date.earlier for cite in each.cites)
        return semicolons(lines) + (f" {self.label('background')}" if outside else "")

    def measures(self, item: Item) -> list[indicators.Measure]:
        """Return what the indicators of *item* tell."""
        return indicators.measures(self._plan, item)

    def in_sentences(self, measure: indicators.Measure) -> list[str]:
        """Return what can be reckoned from the figures of an indicator."""
        return indicators.in_sentences(self._plan, measure)

    def figure_row(self, row: indicators.FigureRow) -> str:
        """Return a row of the table of an indicator."""
        at = self.statement_anchors(row.addressed) if row.addressed else ""
        what = escape_markdown(row.what) + (f": {escape_markdown(row.reason)}" if row.reason else "")
        source = self.chips(row.cites)
        if row.status != "stated":
            source = f"{self.label(row.status)} {source}"
        return self.table_row([at + escape_markdown(row.when), escape_markdown(row.value), what, source])

    def measure_link(self, measure: indicators.Measure) -> str:
        """Return a link to an indicator on the page of its item, after the code of that."""
        code = f"{escape_markdown(measure.item.code)} " if measure.item.code else ""
        place = self._page.addresses.on_page_of(measure.item, measure.anchor)
        return code + self.link(place, escape_markdown(measure.indicator.name))

    def standing_row(self, measure: indicators.Measure) -> str:
        """Return a row of the table that tells where all indicators stand."""
        current, unit = measure.current, measure.indicator.unit
        cells = [
            (with_note(amount(value.value, unit), value.date) if value.date else amount(value.value, unit))
            if value
            else "–"
            for value in (measure.start, measure.latest)
        ]
        aim = current[0].bound(amount(current[0].value, unit)) if current else "–"
        cells.append(with_note(aim, current[0].due) if current and current[0].due else aim)
        shares = [indicators.percent(each) for each in (current[1].done, current[1].time)] if current else []
        cells.append(commas(filter(None, shares)) or "–")
        return self.table_row([self.measure_link(measure), *map(escape_markdown, cells)])

    def figures_in_short(self, figures: Iterable[indicators.Measure]) -> str:
        """Return figures in short."""
        return semicolons(
            escape_markdown(indicators.in_short(each) or each.indicator.name) for each in figures
        )

    def progress_in_short(self, told: Iterable[indicators.Told]) -> str:
        """Return the word for progress with its date."""
        return semicolons(escape_markdown(each.dated) for each in told)

    def due_line(self, due: indicators.Due) -> str:
        """Return a target or milestone, for a list under its deadline."""
        link, figure = self.measure_link(due.measure), escape_markdown(due.words)
        words = labelled(link, figure)
        return words if due.status in SHOWN else f"{words} {self.label(due.status)}"

    def progress_of(self, item: Item) -> list[indicators.Told]:
        """Return what is said of the progress of *item*, the latest first."""
        return indicators.progress_of(self._plan, item)

    def rows(self, entity: Entity) -> list[Row]:
        """Return what is related to *entity*."""
        return rows(self._plan, entity)

    def rows_by_label(self, rows: Iterable[Row]) -> list[RowGroup]:
        """Return *rows* of related entries by label."""
        return rows_by_label(rows)

    def silences(self, entity: Item | Actor) -> list[str]:
        """Return what the primary source leaves open about *entity* that nobody wrote a statement on."""
        if isinstance(entity, Actor):
            return silences_of_actor(self._plan, entity, self._page.texts)
        return silences(self._plan, entity, self._page.texts)

    def silent(self, entity: Entity) -> list[StatementRef]:
        """Return the statements that the primary source leaves something open about *entity*."""
        said = self._plan.said[entity.id]
        return [each for each in said if each.statement.status == "silence" and not each.of_passage]

    def said_beside(self, source: Source, statements: Collection[Statement]) -> list[StatementRef]:
        """Return *statements* about a passage of *source* with their addresses."""
        ids = {id(each) for each in statements}
        return [each for each in self._plan.said[source.id] if id(each.statement) in ids]

    def by_label(self, said: Iterable[StatementRef]) -> list[StatementGroup]:
        """Return what is *said* by label, without silences."""
        return group_statements(said)

    def statement_anchors(self, said: StatementRef) -> str:
        """Return the address of a statement, and those it had under former ids of its entry."""
        addresses, holder = self._page.addresses, said.holder
        if addresses.statement(said.place).path == self._page.path:
            return "".join(map(anchor, addresses.statement_anchors(said.place)))
        # The list of sources repeats those that have a page; that of the primary one had no id in front once.
        bare = [said.address] if holder.id == self._plan.settings.primary else []
        return "".join(map(anchor, [f"{holder.id}-{said.address}", *bare]))

    def removed_anchors(self, gone: RemovedStatement) -> str:
        """Return the address of a statement that is gone."""
        return "".join(map(anchor, self._page.addresses.statement_anchors(gone.place)))

    def link_to_statement(self, said: StatementRef, words: str) -> str:
        """Return a link to a statement, by *words* of Markdown."""
        return self.link(self._page.addresses.statement(said.place), words)

    def moved_statement(self, place: StatementPlace) -> str:
        """Return a link to the statement at *place*, by the title of its entry."""
        return self.link(self._page.addresses.statement(place), self.heading(self._plan[place.holder]))

    def entry_anchors(self, entity: Entity) -> str:
        """Return the address of *entity* on a page that it shares, and those it had before."""
        return "".join(map(anchor, [entity.id, *entity.formerly]))

    # --- items

    def nouns(self, items: Iterable[Item]) -> str:
        """Return what *items* are called, level by level."""
        nouns = [count.name.of(count.number) for count in count_with_parts(self._plan, items)]
        return escape_markdown(sentence_case(format_list(nouns, locale=spoken().locale)))

    def commitments(self) -> str:
        """Return what the plan calls the items it binds itself to."""
        return escape_markdown(commitment_nouns(self._plan))

    def below_line(self, child: Child) -> str:
        """Return what the line of *child* shows besides: whom it names, and its other names."""
        actors = [self.link(each, escape_markdown(self._plan.short(each))) for each in child.actors]
        names = self.other_names(child.item.name, romanized=False)
        return " · ".join([*actors[:4], *([names] if names else [])])

    def others_in(self, item: Item) -> str:
        """Return a heading for the items beside *item*."""
        return escape_markdown(others_in(self._plan, item))

    def counted_below(self, item: Item) -> str:
        """Return how many items of which kind stand right below *item*."""
        below = self._plan.branches(item)
        return self.or_stated(
            *(
                commas(numbered(number, noun) for number, noun in numbers(self._plan, below, stated=stated))
                for stated in (False, True)
            )
        )

    def pages_below(self, item: Item) -> list[Item]:
        """Return the items right below *item* that have a page of their own."""
        return pages_below(self._plan, item)

    def bears_on(self, item: Item) -> dict[Status, list[Item]]:
        """Return the items with a hue that *item*, or what stands below it, is linked to, by label."""
        return bears_on(self._plan, item)

    def primary_places(self, item: Item) -> list[Citation]:
        """Return the places of the primary source that the summary of *item* rests on."""
        cites = item.summary.all_cites if item.summary else ()
        return [citation for citation in cites if citation.source == self._plan.settings.primary]

    def named_actors(self, values: Iterable[Value]) -> str:
        """Return the actors of a commitment by their roles, or that there are none."""
        shown = []
        for role, some in by_role(values).items():
            named = []
            for actor, value in some:
                status = value.says.status if value.says else "stated"
                label = "" if status == "stated" else f" {self.label(status)}"
                named.append(f"{self.link(actor)}{label}")
            shown.append(labelled(escape_markdown(role), commas(named)))
        return semicolons(shown) or "*" + gettext("none named") + "*"

    def dates(self, dates: Iterable[RowDate]) -> str:
        """Return the dates of a row with what they rest on, or that there are none."""
        shown = []
        for date in dates:
            through = f" ({self.link(date.through)})" if date.through else ""
            label = "" if date.status == "stated" else f" {self.label(date.status)}"
            shown.append(f"{escape_markdown(date.words)}{through}{label}")
        return commas(shown) or "*" + pgettext("instead of dates", "none") + "*"

    # --- lists

    def letter_id(self, letter: str) -> str:
        """Return the anchor of a letter."""
        return letter_anchor(letter)

    def part_id(self, part: Part) -> str:
        """Return the anchor of *part* where parts are listed, without what goes before it."""
        return posixpath.basename(part.path).removesuffix(".md")

    def listed(self, entity: Entity) -> str:
        """Return the line that leads to *entity* from a list in parts, with all the places it had there."""
        first, *others = map(anchor, self._page.addresses.listed_anchors(entity))
        link = f"{first}{self.link(entity)}{''.join(others)}"
        names = self.other_names(entity.name, romanized=False)
        day = escape_markdown(str(entity.date)) if entity.date else ""
        return " · ".join(filter(None, [link, names, day]))

    def first_to_last(self, entities: Sequence[Entity], tag: str) -> str:
        """Return the names of the first and the last of *entities* in the language *tag*."""
        first, last = (
            escape_markdown(each.name[tag].text if tag in each.name else self._plan.title(each))
            for each in (entities[0], entities[-1])
        )
        return first if first == last else gettext("%(first)s to %(last)s", first=first, last=last)

    def in_order(self, term: Term, tag: str) -> str:
        """Return the line of *term* in a list by its name in the language *tag*."""
        language = self._plan.settings.languages[tag].romanizes or tag
        original = self.name(language, term.name[language]) if language in term.name else ""
        return f"{self.link(term, self.name(tag, term.name[tag]))} {original} {self.title(term)}"

    # --- sources

    def source_facts(self, source: Source) -> list[tuple[str, str]]:
        """Return what is known about the document *source*, line by line."""
        languages = self._plan.settings.languages
        name = languages[source.language].name if source.language in languages else source.language
        translation = gettext(TRANSLATIONS[source.translation]) if source.translation else ""
        address = f"<{source.url}>" if is_web_address(source.url) else escape_markdown(source.url)
        lines = [
            (gettext("Published by"), escape_markdown(source.publisher)),
            (gettext("Date"), self.date(source.date)),
            (gettext("Language"), commas(filter(None, [escape_markdown(name), translation]))),
            (gettext("Address"), address),
            (gettext("Archived copy"), f"<{source.archived}>" if is_web_address(source.archived) else ""),
            (pgettext("of a document", "Read"), escape_markdown(source.checked)),
            (gettext("Licence"), escape_markdown(source.licence)),
        ]
        return [(label, words) for label, words in lines if words]

    def sentences(self, source: Source) -> str:
        """Return what the sentences of *source* are called."""
        return escape_markdown(source.sentence.plural or source.sentence.long)

    def coverage(self, source: Source, covered: Covered) -> str:
        """Return how many sentences of a passage carry an entry."""
        total = len(covered.sentences)
        noun = source.sentence.long if total == 1 else source.sentence.plural or source.sentence.long
        return self.or_stated(
            *(
                gettext("%(number)s of %(total)s %(noun)s", number=len(done), total=total, noun=noun)
                for done in (covered.done, covered.stated)
            )
        )

    def passage_anchor(self, source: Source, passage: Passage, sentence: int = 0) -> str:
        """Return the address of a passage or sentence within its page."""
        return anchor(self._page.addresses.passage(source, passage, sentence).anchor)

    def joined(self, source: Source, passage: Passage) -> str:
        """Return which sentences of a passage belong together."""
        runs = [f"{run[0]}–{run[-1]}" for run in passage.joined]
        return escape_markdown(
            gettext(
                "%(sentences)s %(numbers)s belong together.",
                sentences=sentence_case(source.sentence.plural or source.sentence.long),
                numbers=format_list(runs, locale=spoken().locale),
            )
        )

    def cited_sentences(self, source: Source, total: int, whole: Cited, stated: Cited) -> str:
        """Return how many sentences of *source* are cited, and how many for what the source says itself."""
        noun = source.sentence.long if total == 1 else source.sentence.plural or source.sentence.long
        sentences = self.or_stated(*(_share_of_text(cited, total, noun) for cited in (whole, stated)))
        return ngettext(
            "**%(sentences)s** is cited on this site.",
            "**%(sentences)s** are cited on this site.",
            whole.number,
            sentences=sentences,
        )

    def originals(self, source: Source, name: str = "") -> str:
        """Return links to the document itself and to its archived copy; *name* tells it from others."""
        primary = source.id == self._plan.settings.primary
        named = name or (self._plan.settings.wording.primary if primary else "")
        itself = gettext("Open %(document)s", document=named) if named else gettext("Open the document")
        copy = gettext("Archived copy of %(document)s", document=name) if name else gettext("Archived copy")
        places = ((source.url, itself), (source.archived, copy))
        return " · ".join(
            f"[{escape_markdown(words)}](<{url}>)" for url, words in places if is_web_address(url)
        )

    def sentence_words(self, source: Source, passage: Passage, number: int) -> str:
        """Return what may be shown of a sentence: all of it, its opening and closing, or its length."""
        shown = shown_sentence(source, passage, number, self._page.texts)
        if shown.text:
            return escape_markdown(shown.text)
        if not shown.opening:
            return f"*{shown.length}*"
        between = f"*… {shown.gap} …*" if shown.hidden else ""
        ends = (escape_markdown(shown.opening), between, escape_markdown(shown.closing))
        return " ".join(filter(None, ends))

    def listed_passage(self, source: Source, passage: Passage) -> str:
        """Return the line that leads to *passage* from the list of the parts of *source*."""
        address = self._page.addresses.passage(source, passage)
        places = (f"{address.anchor}-s{number}" for number in range(1, len(passage.sentences) + 1))
        anchors = "".join(map(anchor, [address.anchor, *places]))
        words = f"{self.passage_name(source, passage)} {escape_markdown(passage.title)}"
        return anchors + self.link(address, words)

    # --- sources side by side

    def column_head(self, column: Column) -> str:
        """Return a link to a source, by its name, and the label of most statements on it."""
        return f"{self.link(column.source, escape_markdown(column.head))} {self.label(column.status)}"

    def point(self, line: Line) -> str:
        """Return what a row is about, and how the sources differ on it."""
        words = escape_markdown(line.point)
        return " ".join([*map(self.code_link, line.items), words, f"*{escape_markdown(line.difference)}*"])

    def cell(self, column: Column, said: StatementRef) -> str:
        """Return what is *said* of the source of *column*, without what its head has."""
        other = said.statement.status != column.status
        words = self.say(said.statement, label=other, shared=column.shared)
        if other and said.statement.status == "stated":
            words += f" {self.label('stated')}"
        return self.statement_anchors(said) + words

    # --- actors

    def role_anchor(self, actor: Actor, kind: str) -> str:
        """Return the address of what *actor* does by relations of *kind*."""
        return anchor(self._page.addresses.role(actor, kind).anchor)

    def linked_line(self, numbers: tuple[int, int]) -> str:
        """Return with how many entries an actor is linked, and with how many by the primary source."""
        number, stated = numbers
        words = ngettext("%(n)s entry", "%(n)s entries", number) if number else gettext("no entries")
        if number == stated:
            return words
        told = {"entries": words, "source": escape_markdown(self._plan.settings.wording.primary)}
        if stated:
            return gettext("%(entries)s, %(number)s of them in %(source)s", number=stated, **told)
        if number > 1:
            return gettext("%(entries)s, none in %(source)s", **told)
        return gettext("%(entries)s, not in %(source)s", **told)

    def when(self, entity: Entity, known: Status, told: Collection[Citation] = ()) -> str:
        """Return the date of *entity*, its label unless *known*, and the item through which it holds.

        Its places are left out where all of them are *told* beside it.
        """
        found = date_of(self._plan, entity)
        if found is None:
            return ""
        date, status, through = found
        words = escape_markdown(date) if isinstance(date, str) else self.date(date, told)
        label = self.label(status) if status and status not in ("stated", known) else ""
        above = gettext("through %(entry)s", entry=self.code_link(through)) if through else ""
        return commas(filter(None, [f"{words} {label}".strip(), above]))

    # --- events

    def about_date(self, event: Event) -> str:
        """Return the kind and place of *event*, what its date rests on, and other dates given for it."""
        kind = self._plan.settings.event_kinds.get(event.kind, "")
        pieces = [escape_markdown(words) for words in (kind, event.place) if words]
        if event.date:
            status = event.date.status or status_of(event.date_cites, self._plan.settings.primary)
            what = f"{self.label(status)} {self.chips(event.date.cites)}".rstrip()
            pieces.append(labelled(gettext("Date"), what))
        line = " · ".join(pieces)
        if event.date and event.date.reason:
            line += f" {escape_markdown(event.date.reason)}"
        others = [
            gettext("also given: %(date)s", date=f"{self._other_date(other)} {self.chips(other.cites)}")
            for other in (event.date.alternatives if event.date else ())
        ]
        return semicolons([line, *others])

    def _other_date(self, date: Alternative) -> str:
        day = escape_markdown(str(date.edtf))
        return commas([gettext("“%(words)s”", words=escape_markdown(date.label)), day]) if date.label else day

    # --- about the site

    def meanings(self) -> list[tuple[Status, str]]:
        """Return every status with what it means."""
        noun = escape_markdown(self._plan.settings.wording.primary)
        return [(each, gettext(MEANINGS[each], source=noun)) for each in self._plan.settings.statuses]

    def example_place(self) -> str:
        """Return a link to a place of the primary source, as an example."""
        source = self._plan.primary
        first = source.passages[0] if source.passages else None
        return self.chip(Citation(source.id, first.id, 1, 1) if first else Citation(source.id))

    def with_article(self, noun: str) -> str:
        """Return *noun* with the article that fits it."""
        return escape_markdown(with_article(noun))

    def size(self, size: int) -> str:
        """Return a number of bytes in words."""
        if size < 1000:
            return ngettext("%(n)s byte", "%(n)s bytes", size)
        if size < 10**6:
            return gettext("%(number)s kB", number=f"{size / 1000:.0f}")
        return gettext("%(number)s MB", number=format_decimal(size / 10**6, "0.0", spoken().locale))

    # --- places and dates

    def chips(self, cites: Iterable[Citation]) -> str:
        """Return a link for each place cited."""
        return " ".join(self.chip(citation) for citation in dict.fromkeys(cites))

    def chip(self, citation: Citation) -> str:
        """Return a link to the place cited; its title names the place in words."""
        found = self._page.locator(citation)
        long = found.long if found.short != found.long else self._plan.title(self._plan[citation.source])
        return self.link(self._page.addresses.citation(citation), escape_markdown(found.short), title=long)

    def passage_name(self, source: Source, passage: Passage, sentence: int = 0) -> str:
        """Return the short name of a passage or sentence of *source*."""
        return escape_markdown(self._page.addresses.passage_name(source, passage, sentence))

    def date(self, date: Date | Period | None, told: Collection[Citation] = ()) -> str:
        """Return *date* in words, with the source's own for it, and with its places unless all are *told*."""
        if date is None or isinstance(date, Period):
            return escape_markdown(str(date)) if date else ""
        words = self.day(date)
        return f"{words} {self.chips(date.cites)}" if set(date.cites) - set(told) else words

    def day(self, date: Date | None) -> str:
        """Return *date* in words, with the source's own words for it."""
        if date is None:
            return ""
        words = escape_markdown(str(date))
        quoted = gettext("“%(words)s”", words=escape_markdown(date.label))
        return with_note(words, quoted) if date.label and date.edtf else words


def names_beside_title(language: str, names: Names) -> list[tuple[str, Name]]:
    """Return the *names* other than the title, which is that in *language*, or else the first."""
    title = names.get(language) or next(iter(names.values()), None)
    return [(tag, name) for tag, name in names.items() if title and name.text != title.text]


def foreign_names(plan: Plan, entity: Entity) -> list[tuple[str, Name]]:
    """Return the names of *entity* in other languages than that in which the plan is written first.

    Those that romanize another are left out.
    """
    first, languages = plan.first_edition.settings.language, plan.settings.languages
    return [(tag, name) for tag, name in entity.name.items() if tag != first and not languages[tag].romanizes]


def unsure_words(language: str, confidence: Confidence) -> str:
    """Return how unsure a name in *language* is: a label that needs no legend."""
    return labelled(language, gettext(UNSURE_WORDS[confidence]))


def _share_of_text(cited: Cited, total: int, noun: str) -> str:
    """Return how many of the *total* sentences are cited, by their *noun*, and how much of the text."""
    if 1 < total == cited.number:
        return gettext("All %(total)s %(noun)s", total=total, noun=noun)
    words = gettext("%(number)s of %(total)s %(noun)s", number=cited.number, total=total, noun=noun)
    if not cited.share or cited.number >= total:
        return words
    return gettext("%(sentences)s (%(share)s %% of the text)", sentences=words, share=cited.share)


def _inline(text: str) -> str:
    """Return what an author wrote within a line: code, links and emphasis work, the rest is to the letter."""
    return "".join(_inline_pieces(text))


def _inline_pieces(text: str) -> Iterator[str]:
    end = 0
    for match in _INLINE.finditer(text):
        yield text[end : match.start()]
        if match["code"] or match["escape"] or match["plain"]:
            yield match[0].replace("|", "\\|") if match["code"] else match[0]
        elif match["address"]:
            words = _inline(match["words"])
            link = f"{match['image']}[{words}]({match['address'].replace('|', '%7C')})"
            yield link if is_safe(match["address"]) else words
        else:
            yield _escaped_special(match["special"])
        end = match.end()
    yield text[end:]


def _escaped_special(sign: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(sign, f"\\{sign}")
