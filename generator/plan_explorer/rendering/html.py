"""Write pieces of HTML for components: links, codes, labels and places, all escaped."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from markupsafe import Markup, escape

from plan_explorer.exporters.citation_formats import Reference
from plan_explorer.model.entities import Actor, Entity, Event, Item, Names, Sentence, Source, Term
from plan_explorer.model.plan import Link, StatementRef
from plan_explorer.model.statements import Citation, Status
from plan_explorer.model.texts import direction
from plan_explorer.rendering.counted import counted
from plan_explorer.rendering.lens import GHOST, left_out
from plan_explorer.rendering.link_targets import HAN, spoken_name
from plan_explorer.rendering.markdown import names_beside_title
from plan_explorer.rendering.page_scope import PageScope, Place, code_of, hue_class
from plan_explorer.rendering.sections import Section
from plan_explorer.site import fault_reports, quotations
from plan_explorer.site.addresses import COMPARE, Address, letter_anchor
from plan_explorer.site.urls import is_web_address
from plan_explorer.site.views import indicators, sheet, timeline
from plan_explorer.site.views.comparison import (
    Cell,
    Commitment,
    Line,
    RowDate,
    Table,
    can_be_chosen,
    row_dates,
)
from plan_explorer.site.views.crosswalk import Group, Matching, Row, Their
from plan_explorer.site.views.item import Fact, Value, by_role, others_in
from plan_explorer.site.views.lists import Covered
from plan_explorer.site.views.overview import Counts, MapPart, dots
from plan_explorer.site.views.statements import (
    SHOWN,
    date_status,
    group_statements,
    is_stated_link,
    shown,
    shown_ids,
)
from plan_explorer.translation import (
    commas,
    gettext,
    ngettext,
    numbered,
    paragraph,
    pgettext,
    within_sentence,
)

SHOWN_WORDS = "\0"
"""Stands in a message for the part of it that is seen; the rest is read out only."""

_FIGURE_ROW = (
    '<tr%s%s><th scope="row">%s</th><td class="px-num">%s</td><td>%s%s</td>'
    '<td class="px-rests">%s%s</td></tr>'
)


class HtmlWriter:
    """Writes for the components of one page; its public methods are filters and functions of templates."""

    def __init__(self, page: PageScope) -> None:
        """Prepare for *page*."""
        self._page, self._plan = page, page.plan
        self._chips: dict[Citation, Markup] = {}

    # --- words and names

    def text(self, words: str) -> Markup:
        """Return plain *words*, with each run of Chinese in its language where the page has another."""
        shown, settings = escape(words), self._plan.settings
        if words.isascii() or settings.han_language == settings.language:
            return shown
        language = escape(settings.han_language)
        return Markup(HAN.sub(lambda run: f'<span lang="{language}">{run[0]}</span>', shown))

    def short(self, entity: Entity) -> Markup:
        """Return the short name of *entity*."""
        return self.text(self._plan.short(entity))

    def title(self, entity: Entity) -> Markup:
        """Return the title of *entity*."""
        return self.text(self._plan.title(entity))

    def names(self, names: Names, between: str = " · ") -> Markup:
        """Return the names in other scripts that differ from the first."""
        settings = self._plan.settings
        first = names.get(settings.language) or next(iter(names.values()), None)
        shown = []
        for tag, name in names.items():
            if tag == settings.language or settings.languages[tag].romanizes:
                continue
            if not (first and first.text == name.text):
                way = Markup(' dir="rtl"') if direction(tag) == "rtl" else ""
                shown.append(Markup('<span lang="{}"{}>{}</span>').format(tag, way, name.text))
        return Markup(between).join(shown)

    def has_other_names(self, names: Names) -> bool:
        """Return whether there are names in other languages that differ from the title."""
        return bool(names_beside_title(self._plan.settings.language, names))

    def counted(self, counts: Counts, stated: Counts) -> Markup:
        """Return how many there are of what, in words, and what is *stated* of that."""
        shown = (commas(numbered(number, noun) for number, noun in each) for each in (counts, stated))
        return self.or_stated(*map(self.text, shown))

    def paragraph(self, *sentences: Markup | str) -> Markup:
        """Return *sentences* one behind the other."""
        return Markup(paragraph(map(escape, sentences)))

    def commas(self, words: Iterable[Markup | str]) -> Markup:
        """Return *words* in a row, with commas."""
        return Markup(commas(map(escape, words)))

    def others_in(self, item: Item) -> Markup:
        """Return what the items beside *item* are called together."""
        return self.text(others_in(self._plan, item))

    # --- links

    def href(self, place: Place) -> str:
        """Return the address of *place*, as seen from the page."""
        return self._page.to_built(place)

    def hue_of(self, id: str) -> str:
        """Return the class that gives the hue of the entity called *id*, after a space, or nothing."""
        return hue_class(self._page.hues, id)

    def letter_id(self, letter: str) -> str:
        """Return the anchor of a letter."""
        return letter_anchor(letter)

    def hue(self, entity: Entity) -> str:
        """Return the class that gives the hue of *entity*, after a space, or nothing."""
        return self.hue_of(entity.id)

    def code(self, entity: Entity) -> Markup:
        """Return the code of *entity* in its hue, or nothing."""
        code = code_of(entity)
        return Markup('<span class="px-code%s">%s</span>') % (self.hue(entity), code) if code else Markup("")

    def link(self, place: Place, words: str = "", css: str = "") -> Markup:
        """Return a link to *place*, by the short name of an entity or by *words*."""
        if not words:
            assert isinstance(place, Entity)
            words = self.short(place)
        attribute = Markup(' class="%s"') % css if css else ""
        return Markup('<a%s href="%s">%s</a>') % (attribute, self.href(place), words)

    def ref(self, entity: Entity, *, whole: bool = False) -> Markup:
        """Return a link to *entity* with its code in a column of its own, by its *whole* title if asked."""
        code = self.code(entity)
        link = self.link(entity, self.title(entity) if whole else "")
        return Markup('<span class="px-ref%s">%s%s</span>') % (" px-ref--coded" if code else "", code, link)

    def code_link(self, entity: Entity) -> Markup:
        """Return a link to *entity* by its code, read out with its short name; by that if it has no code."""
        code = self.code(entity)
        if not code:
            return self.link(entity)
        return self.link(entity, Markup('%s<span class="px-sr"> %s</span>') % (code, self.short(entity)))

    def column_head(self, column: Entity) -> Markup:
        """Return the head of a column: code above name, one link."""
        name = Markup('<span class="px-w">%s</span>') % self.short(column)
        return self.link(column, (Markup("%s %s") % (self.code(column), name)).strip())

    # --- evidence

    def label(self, status: Status) -> Markup:
        """Return the label of *status*: a mark and words."""
        words = self._plan.settings.statuses[status]
        return Markup('<span class="px-ev px-ev--%s">%s</span>') % (status, words)

    def mark(self, status: Status) -> Markup:
        """Return the mark of *status* alone, with its words for those who cannot see it."""
        words = self._plan.settings.statuses[status]
        pattern = Markup('<span class="px-ev px-ev--%s" title="%s"><span class="px-sr">%s</span></span>')
        return pattern % (status, words, words)

    def chips(self, places: Iterable[Citation]) -> Markup:
        """Return a link for each place cited, or that there is none."""
        shown = Markup(" ").join(map(self.chip, dict.fromkeys(places)))
        return shown or _none(pgettext("of cited places", "none"))

    def chip(self, place: Citation) -> Markup:
        """Return a link to the place cited; its spoken name begins with what is seen."""
        if place not in self._chips:  # the figures of an indicator often share one
            self._chips[place] = self._chip(place)
        return self._chips[place]

    def _chip(self, place: Citation) -> Markup:
        found = self._page.locator(place)
        primary = place.source == self._plan.settings.primary
        long = found.long if found.short != found.long else self._plan.title(self._plan[place.source])
        return Markup('<a class="px-loc%s" href="%s" aria-label="%s">%s</a>') % (
            "" if primary else " px-loc--other",
            self.href(self._page.addresses.citation(place)),
            spoken_name(found.short, long),
            self.text(found.short),
        )

    def page_note(self, statements: Iterable[StatementRef]) -> str:
        """Return what a page with *statements* rests on, in words."""
        said = [each.statement for each in statements]
        note = quotations.page_note(self._plan, self._page.addresses, said)
        return gettext("%(sentence)s.", sentence=note) if note else ""

    def cite_page(self, title: str, note: str = "") -> Reference:
        """Return the reference for the page; *note* tells what it rests on."""
        plan, path = self._plan, self._page.built(self._page.path)
        key = "-".join(path.removesuffix(".html").replace("/index", "").split("/"))
        version = plan.settings.as_of.end or plan.settings.as_of.start
        assert version
        return Reference(f"{plan.settings.id}-{key}", title, plan.settings.site_name, path, version, note)

    def report(self, reference: Reference, title: str = "", anchor: str = "") -> str:
        """Return the link that reports a fault on the page, or in what is said of *title* at *anchor*."""
        place = f"{reference.place}#{anchor}" if title or anchor else reference.place
        return fault_reports.report(self._page.report_to, title or reference.title, place)

    def prints(self, source: Source, passages: Sequence[Covered]) -> dict[str, str]:
        """Return the fingerprint of each sentence, by its anchor; nothing if all can be read on the page."""
        if source.text.show == "full" and source.id in self._page.texts:
            return {}
        return {
            anchor: sentence.fingerprint
            for anchor, sentence, _ in self._sentences(source, passages)
            if sentence.fingerprint
        }

    def sentence_names(self, source: Source, passages: Sequence[Covered]) -> dict[str, str]:
        """Return the short name of each sentence, by its anchor."""
        return {anchor: name for anchor, _, name in self._sentences(source, passages)}

    def _sentences(self, source: Source, passages: Sequence[Covered]) -> Iterator[tuple[str, Sentence, str]]:
        addresses = self._page.addresses
        for passage in (covered.passage for covered in passages):
            for number, sentence in enumerate(passage.sentences, 1):
                anchor = addresses.passage(source, passage, number).anchor
                yield anchor, sentence, addresses.passage_name(source, passage, number)

    def place_name(self, place: Citation) -> Markup:
        """Return the short name of a place, where it is no link."""
        return self.text(self._page.locator(place).short)

    # --- the lens

    def off(self, entity: Entity | str) -> str:
        """Return the class of what the lens leaves out, after a space, if nothing is stated of *entity*."""
        found = self._plan[entity] if isinstance(entity, str) and entity in self._plan else entity
        return " px-off" if isinstance(found, Entity) and found.id not in shown_ids(self._plan) else ""

    def off_status(self, status: Status | None) -> str:
        """Return the class of what the lens leaves out, after a space, if it does so with *status*."""
        return "" if status is None or status in SHOWN else " px-off"

    def off_fact(self, fact: Fact) -> bool:
        """Return whether the lens leaves out *fact*: its label, or all its values."""
        return bool(self.off_status(fact.status)) or all(self.off_value(value) for value in fact.values)

    def off_value(self, value: Value) -> str:
        """Return the class of what the lens leaves out, after a space, if it does so with *value*."""
        if not value.is_stated:
            return " px-off"
        return self.off(value.entity) if value.entity else ""

    def off_date(self, id: str) -> str:
        """Return the class of what the lens leaves out if the date of the event *id* is not stated."""
        if id not in self._plan or not isinstance(event := self._plan[id], Event):
            return ""
        return self.off_status(date_status(self._plan, event))

    # --- events

    def _event(self, id: str | None) -> Event:
        event = self._plan[id or ""]
        assert isinstance(event, Event)
        return event

    def lane(self, id: str) -> int:
        """Return the lane of the event *id*."""
        return timeline.lane(self._plan, self._event(id))

    def event_mark(self, id: str) -> Markup:
        """Return the mark of the event *id*: the letter of its kind, in the shape that tells of its date."""
        event = self._event(id)
        period = event.period
        status = date_status(self._plan, event)
        shapes = (
            " px-dot--stated" if status == "stated" else "",
            " px-dot--due" if period and not period.start else "",
            " px-dot--about" if period and not period.exact else "",
        )
        letter = timeline.letters(self._plan).get(event.kind, "")
        css = f"{''.join(shapes)}{self.off_status(status)}"
        return Markup('<span class="px-dot{}" aria-hidden="true"><span>{}</span></span>').format(css, letter)

    def event_tags(self, id: str) -> Markup:
        """Return what the event *id* can be found by, as attributes."""
        event = self._event(id)
        pattern = Markup(' data-kind="{}" data-label="{}"')
        return pattern.format(event.kind, date_status(self._plan, event) or "")

    def more_on(self, id: str) -> Markup:
        """Return what unfolds the rest that is said of the entry *id*."""
        words = gettext("%(more)s on %(entry)s", more=SHOWN_WORDS, entry=self._plan.title(self._plan[id]))
        return self._seen_in(words, gettext("More"))

    def event_choices(self, events: Sequence[Event]) -> list[tuple[str, str, str]]:
        """Return the kinds of *events* with a letter and a name each, if there are several."""
        letters, kinds = timeline.letters(self._plan), {event.kind for event in events}
        names = self._plan.settings.event_kinds.items()
        found = [(kind, letters[kind], name) for kind, name in names if kind in kinds]
        return found if len(found) > 1 else []

    def date_statuses(self, events: Sequence[Event]) -> list[Status]:
        """Return what the dates of *events* rest on."""
        found = {date_status(self._plan, event) for event in events}
        return [status for status in self._plan.settings.statuses if status in found]

    def first_statuses(self, events: Sequence[Event]) -> list[Status]:
        """Return what the first things that are said of *events* rest on."""
        said = ([each for each in self._plan.said[event.id] if each.published] for event in events)
        found = {groups[0].status for groups in map(group_statements, said) if groups}
        return [status for status in self._plan.settings.statuses if status in found]

    def first_group(self, blocks: Sequence[Markup]) -> Markup:
        """Return the first group of statements among *blocks*, or nothing."""
        return next((each for each in blocks if each.startswith('<div class="px-group ')), Markup(""))

    def _seen_in(self, words: str, seen: Markup | str) -> Markup:
        """Return *seen* in its place in *words*, of which the rest is read out only."""
        before, _, after = (
            Markup('<span class="px-sr">{}</span>').format(self.text(each)) if each else ""
            for each in words.partition(SHOWN_WORDS)
        )
        return Markup("{}{}{}").format(before, seen, after)

    # --- the lens, in numbers

    def or_stated(self, whole: Markup | str | int, stated: Markup | str | int) -> Markup:
        """Return *whole*, and what stands in its place under the lens."""
        if whole == stated:
            return Markup("{}").format(whole)
        pair = '<span class="px-n-all">{}</span><span class="px-n-lens">{}</span>'
        return Markup(pair).format(whole, stated)

    def number_of(self, entities: Collection[Entity]) -> Markup:
        """Return how many *entities* there are, and how many the lens shows."""
        return self.or_stated(len(entities), len(shown(self._plan, entities)))

    def ghost(self, number: int, kind: str) -> Markup:
        """Return the line with which the lens tells that it leaves out a *number* of a *kind*, or nothing."""
        if not number:
            return Markup("")
        return Markup('<p class="{}">{}</p>').format(GHOST, left_out({counted(kind, number): number}))

    def count_off(self, things: Iterable[Entity | Section]) -> int:
        """Return of how many entities, or sections about one, nothing is stated."""
        return sum(bool(self.off(each.id)) for each in things)

    # --- indicators

    def measure(self, anchor: str) -> indicators.Measure | None:
        """Return the indicator at *anchor*, if one stands there."""
        id, _, _ = anchor.rpartition("_")
        item = self._plan[id] if id in self._plan else None  # noqa: SIM401 - a plan has no get
        measures = self.measures(item) if isinstance(item, Item) else []
        return next((each for each in measures if each.anchor == anchor), None)

    def measures(self, item: Item) -> list[indicators.Measure]:
        """Return what the indicators of *item* tell."""
        return indicators.measures(self._plan, item)

    def in_sentences(self, measure: indicators.Measure) -> list[str]:
        """Return what can be reckoned from the figures of an indicator."""
        return indicators.in_sentences(self._plan, measure)

    def measure_place(self, measure: indicators.Measure) -> Address:
        """Return the address of an indicator on the page of its item."""
        return self._page.addresses.on_page_of(measure.item, measure.anchor)

    def way_of(self, item: Item) -> tuple[indicators.Measure, indicators.Way] | None:
        """Return how far the first indicator of *item* has come that has a value and a target."""
        aims = ((each, each.current) for each in self.measures(item))
        return next(
            ((each, current[1]) for each, current in aims if current and current[1].done is not None), None
        )

    def percent(self, share: Decimal | None) -> str:
        """Return *share* in percent, or nothing."""
        return indicators.percent(share)

    def computed(self, measure: indicators.Measure) -> str:
        """Return the word that the rule of the plan computes, unless a source has one."""
        current = None if measure.item.history else measure.current
        state = indicators.computed_state(self._plan, current[1]) if current else None
        return state.name if state else ""

    def figures_in_short(self, figures: Iterable[indicators.Measure]) -> Markup:
        """Return figures in short, each a link to the page that has it whole."""
        lines = []
        for each in figures:
            told = (indicators.in_short(each, stated=lens) or each.indicator.name for lens in (False, True))
            link = self.link(self.measure_place(each), self.or_stated(*map(self.text, told)))
            off = "" if each.is_stated else " px-off"
            lines.append(Markup('<span class="px-line%s">%s</span>') % (off, link))
        return Markup("").join(lines) or _none(pgettext("of dates", "none"))

    def progress_in_short(self, told: Iterable[indicators.Told]) -> Markup:
        """Return the word for progress with its date."""
        lines = [
            Markup('<span class="px-line%s">%s <small>%s</small></span>')
            % ("" if each.is_stated else " px-off", self.text(each.state.name), str(each.progress.date))
            for each in told
        ]
        return Markup("").join(lines) or _none(gettext("nothing said"))

    def not_drawn(self, measure: indicators.Measure) -> str:
        """Return what of the table of an indicator its chart leaves out, in words."""
        return indicators.not_drawn(measure)

    def figures_off(self, measure: indicators.Measure) -> int:
        """Return how many figures of an indicator the lens leaves out."""
        return sum(row.status not in SHOWN for row in measure.rows)

    def figure_row(self, row: indicators.FigureRow, told: Status | None = None) -> Markup:
        """Return a row of the table of an indicator, without the status that is *told* for all."""
        off = Markup(' class="px-off"') if self.off_status(row.status) else ""
        id = Markup(' id="%s"') % self.statement_id(row.addressed) if row.addressed else ""
        reason = Markup("<small>%s</small>") % self.text(row.reason) if row.reason else ""
        rests = self.mark(row.status) + " " if row.status not in ("stated", told) else ""
        when, value = escape(row.when), escape(row.value)  # the rest is markup: rows are many
        return Markup(
            _FIGURE_ROW % (off, id, when, value, self.text(row.what), reason, rests, self.chips(row.cites))
        )

    def statement_id(self, said: StatementRef) -> str:
        """Return the address of a statement within its page."""
        return self._page.addresses.statement(said.place).anchor

    def progress_of(self, item: Item) -> list[indicators.Told]:
        """Return what is said of the progress of *item*, the latest first."""
        return indicators.progress_of(self._plan, item)

    # --- components

    def value(self, value: Value) -> Markup:
        """Return one value of a fact: what it links to, and words."""
        if not value.entity:
            return self.or_stated(self.text(value.words), self.text(value.stated or value.words))
        entity = value.entity
        if isinstance(entity, Term):
            shown = self.link(entity, self.title(entity), "px-term") + " " + self.names(entity.name)
        else:
            shown = self.ref(entity, whole=True)
        words = Markup("<small>{}</small>").format(self.text(value.words)) if value.words else ""
        return Markup(" ").join(each for each in (shown.strip(), words) if each)

    def first_values(self, fact: Fact) -> Markup:
        """Return the first values of *fact* by their short names, or that there are none."""
        named = [value.entity for value in fact.values if value.entity]
        shown = [self.short(entity) for entity in named[:5]]
        rest = [counted("more", len(named) - 5)] if len(named) > 5 else []
        return self.commas([*shown, *rest])

    def actors(self, values: Sequence[Value]) -> Markup:
        """Return the actors of a commitment, one role a line, or that there are none."""
        shown, comma = [], commas(("", ""))
        for role, some in by_role(values).items():
            has_stated = some[0][1].is_stated
            named: list[Markup] = []
            for actor, value in some:
                status = value.says.status if value.says else "stated"
                mark = "" if status == "stated" else Markup(" {}").format(self.mark(status))
                link = Markup("{}{}{}").format(comma if named else "", self.link(actor), mark)
                left_out = has_stated and not value.is_stated
                named.append(Markup('<span class="px-off">{}</span>').format(link) if left_out else link)
            css = "px-line" if has_stated else "px-line px-off"
            pattern = Markup('<span class="{}"><small>{}</small> {}</span>')
            label = self.text(gettext("%(label)s:", label=role))
            shown.append(pattern.format(css, label, Markup("").join(named)))
        none = pgettext("of actors", "none named")
        if not shown:
            return _none(none)
        stated = any(value.is_stated for value in values)
        return Markup("").join(shown) + ("" if stated else _none(none, " px-n-lens"))

    def dates(self, dates: Sequence[RowDate]) -> Markup:
        """Return the dates of a row with what they rest on, one a line, or that there are none."""
        pattern = Markup('<span class="px-line{}">{}{}{}</span>')
        shown = [
            pattern.format(
                self.off_status(date.status),
                date.words,
                Markup(" ") + self.code_link(date.through) if date.through else "",
                "" if date.status == "stated" else Markup(" {}").format(self.mark(date.status)),
            )
            for date in dates
        ]
        bare = not any(date.is_stated for date in dates)
        none = _none(pgettext("of dates", "none"), " px-n-lens" if dates else "")
        return Markup("").join(shown) + (none if bare else "")

    def row_dates(self, item: Item) -> list[RowDate]:
        """Return the dates of *item*, as its row would show them."""
        return row_dates(self._plan, item)

    def sheet(self, table: Table) -> list[list[object]]:
        """Return the rows of *table* as a file holds them: the heads, then the cells of each row.

        Two texts stand for a cell that says something else under the lens.
        """
        read = partial(sheet.rows, self._plan, self._page.addresses, table)
        heads: list[object] = [sheet.address_head()]
        rows: list[list[object]] = []
        for (_, whole), (_, stated) in zip(read(), read(stated=True), strict=True):
            heads = [*whole, sheet.address_head()]
            rows.append(
                [text if text == stated[head] else [text, stated[head]] for head, text in whole.items()]
            )
        return [heads, *rows]

    def counterpart(self, their: Their, *, whole: bool = True) -> Markup:
        """Return a link to an entry of another framework, or what it is called if it has no address.

        It is called by its code and name, or by its name alone if not *whole*.
        """
        words = self.text(their.heading if whole else their.name or their.code)
        if their.place:
            return self.link(their.place, words)
        return Markup('<a href="%s">%s</a>') % (their.url, words) if is_web_address(their.url) else words

    def pair_sheet(self, matching: Matching, groups: Sequence[Group], *, back: bool) -> list[list[str]]:
        """Return the rows of the table of a crosswalk as a file holds them, the heads first."""
        cells = [matching.columns(row, back=back) for _, rows in groups for row in rows]
        return [
            [*matching.columns(Row(), back=back), sheet.address_head()],
            *(list(each.values()) for each in cells),
        ]

    def other_languages(self) -> list[str]:
        """Return the tags of the languages besides the first whose names stand in tables."""
        settings = self._plan.settings
        return [
            tag for tag, each in settings.languages.items() if tag != settings.language and not each.romanizes
        ]

    def terms(self, values: Iterable[Value]) -> Markup:
        """Return links to terms, one a line."""
        pattern = Markup('<span class="px-line{}">{}</span>')
        return Markup("").join(
            pattern.format(self.off_value(v), self.link(v.entity)) for v in values if v.entity
        )

    def crossing(self, cell: Cell, words: bool = True) -> Markup:
        """Return what stands in a cell of a crosswalk: a mark and the place, one link, and the *words*."""
        best = cell.best
        mark = self.mark(best.status)
        css = self.off_status(best.status)
        pattern = Markup('<span class="px-rl{}">{}</span>')
        shown = pattern.format(css, self.text(cell.words)) if words and cell.words else ""
        if not best.cites:
            return Markup('<span class="{}">{}{}</span>').format(css.strip(), mark, shown)
        place = best.cites[0]
        address = self.href(self._page.addresses.citation(place))
        name = Markup('<span class="px-lt">{}</span>').format(self.place_name(place))
        link = Markup('<a class="px-cross{}" href="{}">{}{}</a>').format(css, address, mark, name)
        return link + shown

    def stated_lines(self, lines: Iterable[Line]) -> list[Line]:
        """Return the rows of a crosswalk in which something is stated."""
        return [line for line in lines if any(cell.best.status in SHOWN for cell in line.cells.values())]

    def stated_columns(self, table: Table) -> list[str]:
        """Return the ids of the columns of a crosswalk in which something is stated."""
        cells = (pair for line in table.lines for pair in line.cells.items())
        return [id for id, cell in cells if cell.best.status in SHOWN]

    def role(self, links: Sequence[Link], name: str) -> Markup:
        """Return in how many entries an actor has the role *name*, and on what that rests."""
        stated = sum(map(is_stated_link, links))
        status = "stated" if stated else links[0].relation.says.status
        number = self.or_stated(len(links), stated or len(links))
        css = self.off_status(status)
        actor = links[0].here
        assert isinstance(actor, Actor)
        to = self.href(self._page.addresses.role(actor, links[0].relation.kind))
        words = ngettext(
            "%(number)s entry – %(role)s: %(actor)s",
            "%(number)s entries – %(role)s: %(actor)s",
            len(links),
            number=SHOWN_WORDS,
            role=name,
            actor=self._plan.short(actor),
        )
        return Markup('<a class="px-number{}" href="{}">{} {}</a>').format(
            css, to, self.mark(status), self._seen_in(words, number)
        )

    def total(self, column: Entity, table: Table) -> Markup:
        """Return how many rows of *table* have something under *column*, as a link to what is counted."""
        cells = [line.cells[column.id] for line in table.lines if column.id in line.cells]
        stated = sum(cell.best.status in SHOWN for cell in cells)
        to = self.href(column)
        if can_be_chosen(self._plan, column):
            to = f"{self.href(Address(COMPARE))}?actor={column.id}"
        words = gettext("%(number)s in all: %(column)s", number=SHOWN_WORDS, column=self._plan.short(column))
        number = self.or_stated(len(cells), stated)
        return Markup('<a class="px-number" href="{}">{}</a>').format(to, self._seen_in(words, number))

    def stated_roles(self, marks: Mapping[str, Mapping[str, Sequence[Link]]]) -> dict[str, list[str]]:
        """Return the roles that the primary source states, as their kinds, by the id of the actor."""
        return {
            id: [kind for kind, links in by_kind.items() if any(map(is_stated_link, links))]
            for id, by_kind in marks.items()
        }

    def row_noun(self, table: Table) -> str:
        """Return what the rows of *table* are called."""
        levels = {self._plan.level(line.item).name.one for line in table.lines}
        return levels.pop() if len(levels) == 1 else pgettext("of a plan", "Item")

    def tags(self, line: Commitment) -> Markup:
        """Return what a row can be found by, as attributes."""
        pairs = {f"{key}-lens": ids for key, ids in line.stated_tags.items() if ids != line.tags[key]}
        return Markup("").join(
            Markup(' data-%s="%s"') % (key, " ".join(ids)) for key, ids in (line.tags | pairs).items()
        )

    def link_statuses(self, table: Table) -> list[Status]:
        """Return the statuses that occur in *table*."""
        found = {cell.best.status for line in table.lines for cell in line.cells.values()}
        return [status for status in self._plan.settings.statuses if status in found]

    # --- the map

    def place_on_map(self, item: Item) -> Item:
        """Return the item on whose place on the map *item* stands."""
        lineage = [item, *reversed(self._plan.ancestors(item))]
        return next((each for each in lineage if self._plan.level(each).hue == "each"), lineage[-1])

    def how_to_read(self, parts: Sequence[MapPart]) -> Markup:
        """Return how the map is to be read, in this plan's words."""
        words = ""
        rows = [row for part in parts if part.strand.map == "grid" for row in part.rows]
        boxes = [item for row in rows for item in row.members]
        dotted = [box for row in rows if row.density != "dense" for box in row.boxes if dots(box.below)]
        below = [noun for box in dotted for _, noun in box.below]
        if boxes:
            box = _a(self._plan.settings.levels[boxes[0].level].name.one)
            words = (
                gettext("A box is %(box)s, a dot %(dot)s.", box=box, dot=_a(self._one(below[0])))
                if below
                else gettext("A box is %(box)s.", box=box)
            )
        point = gettext(
            "Point at a box, or reach it with the Tab key, to see here what it holds, whom it names and what "
            "it is linked with."
        )
        bar = gettext(
            "The bar in a box is the share of the way to its target, and the line across it that of the time."
        )
        return self.text(paragraph([words, bar if any(map(self.way_of, boxes)) else "", point]))

    def _one(self, noun: str) -> str:
        """Return the singular of a noun for items."""
        noun = noun.partition(" (")[0]
        names = [level.name for level in self._plan.settings.levels.values()]
        forms = ((name.one, form) for name in names for form in (name.many, *name.forms.values()))
        return next((one for one, form in forms if within_sentence(form) == noun), noun)


def _none(words: str, css: str = "") -> Markup:
    """Return the *words* that say that there is nothing."""
    return Markup('<span class="px-none{}">{}</span>').format(css, words)


def _a(noun: str) -> str:
    """Return *noun* within a sentence with its article, which in English goes by the first letter."""
    small = within_sentence(noun)
    if small[:1] in "aeiou":
        return pgettext("with its article", "an %(noun)s", noun=small)
    return pgettext("with its article", "a %(noun)s", noun=small)
