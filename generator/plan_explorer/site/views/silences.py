"""Tell what the primary source leaves open, as far as nothing that is known of it says otherwise."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from babel.dates import get_month_names
from babel.lists import format_list

from plan_explorer.evidence.texts import Texts
from plan_explorer.evidence.words import Words, acronyms, bare_words
from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Level
from plan_explorer.site.shown_sentences import shown_sentence
from plan_explorer.site.views.item import names_who_acts
from plan_explorer.site.views.statements import date_status, is_stated_link
from plan_explorer.translation import find_locale, gettext, numbered, spoken, within_sentence

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")
_SHARE = re.compile(r"\b(?:half|halves|thirds?|quarters?|twice|double[sd]?|trebled?|triple[sd]?)\b", re.I)
"""Figures that are no numbers."""


def silences(plan: Plan, item: Item, texts: Texts) -> list[str]:
    """Return what the primary source leaves open about a commitment, or about all those below *item*.

    What a stated statement tells is not left open, nor what is shown of a sentence that it rests on.
    """
    given = _given(plan, item, texts)
    if plan.level(item).commitment:
        who = [] if names_who_acts(plan, item) else [gettext("who is to carry it out")]
        when = [] if given.date else _undated(plan, item)
        return [*who, *when, *([] if item.measures or given.figure else [gettext("a figure")])]
    bound = [each for each in plan.descendants(item) if plan.level(each).commitment]
    if not bound:
        above = next((each for each in (item, *reversed(plan.ancestors(item))) if each.date), None)
        return _undated(plan, above) if above and not given.date else []
    silent, items = sum(not names_who_acts(plan, each) for each in bound), _nouns(plan, bound)
    found = []
    if silent == len(bound):
        found.append(gettext("who is to carry out its %(items)s", items=items))
    elif silent:
        found.append(gettext("who is to carry out %(number)s of its %(items)s", number=silent, items=items))
    if not given.date and not any(each.date or each.measures for each in bound):
        some = gettext("a date for any of its %(items)s", items=items)
        found.append(some if len(bound) > 1 else gettext("a date for its %(item)s", item=items))
    measured = given.figure or any(each.measures for each in (item, *bound))
    return [*found, *([] if measured else [gettext("a figure")])]


class _Given(NamedTuple):
    """What is said, or shown of the sentences it rests on, gives."""

    date: bool
    figure: bool


def _given(plan: Plan, item: Item, texts: Texts) -> _Given:
    language, said = plan.settings.language, list(_said(plan, item, texts))
    return _Given(
        any(_gives_date(words, language) for words in said),
        any(_gives_figure(words, language) for words in said),
    )


def silences_of_actor(plan: Plan, actor: Actor, texts: Texts) -> list[str]:
    """Return what the primary source leaves open about all that *actor* is to carry out."""
    kinds = plan.settings.relations
    links = [link for link in plan.links(actor) if is_stated_link(link) and not link.outgoing]
    held = {link.other.id: link.other for link in links if kinds[link.relation.kind].carries_out}
    bound = [each for each in held.values() if isinstance(each, Item) and plan.level(each).commitment]
    given, items = [_given(plan, each, texts) for each in bound], _nouns(plan, bound)
    pairs = list(zip(bound, given, strict=True))
    undated = sum(bool(not said.date and _undated(plan, each)) for each, said in pairs)
    unmeasured = sum(not (each.measures or said.figure) for each, said in pairs)
    found = []
    if undated and undated < len(bound):
        found.append(gettext("a date for %(number)s of its %(items)s", number=undated, items=items))
    elif undated > 1:
        found.append(gettext("a date for any of its %(items)s", items=items))
    elif undated:
        found.append(gettext("a date for its %(item)s", item=items))
    if unmeasured and unmeasured < len(bound):
        found.append(gettext("a figure for %(number)s of its %(items)s", number=unmeasured, items=items))
    elif unmeasured > 1:
        found.append(gettext("a figure for any of its %(items)s", items=items))
    elif unmeasured:
        found.append(gettext("a figure for its %(item)s", item=items))
    return found


def _nouns(plan: Plan, items: list[Item]) -> str:
    """Return what *items* are called, with their number: ``5 measures``."""
    levels: dict[str, Level] = {
        kind: plan.settings.levels[kind] for kind in (plan.level(each).kind for each in items)
    }
    if len(items) == 1:
        return within_sentence(next(iter(levels.values())).name.one)
    nouns = [within_sentence(level.name.many) for level in levels.values()]
    return numbered(len(items), format_list(nouns, locale=spoken().locale))


def _said(plan: Plan, item: Item, texts: Texts) -> Iterator[str]:
    """Yield the words of what is stated of *item* and its parts, and what is shown of the sentences cited."""
    for each in (item, *plan.descendants(item)):
        for said in plan.said[each.id]:
            if said.statement.status != "stated":
                continue
            yield said.statement.words
            for place in said.statement.cites:
                source = plan.source(place.source)
                passage = source.find_passage(place.passage)
                if passage is None:
                    continue
                for number in place.sentences:
                    shown = shown_sentence(source, passage, number, texts)
                    yield shown.text or f"{shown.opening} {shown.closing}"


@lru_cache(maxsize=65536)  # the words of an item are read again for each item above it
def _gives_date(words: str, language: str) -> bool:
    return bool(_YEAR.search(words) or _months(language) & bare_words(words))


@cache
def _months(language: str) -> set[str]:
    """Return the names of months, but for those that mean something else."""
    locale = find_locale(language)
    names = get_month_names("wide", locale=locale).values() if locale else ()
    return {name.casefold() for name in names} - {"may", "march"}


@lru_cache(maxsize=65536)
def _gives_figure(words: str, language: str) -> bool:
    names = "|".join(map(re.escape, acronyms(words)))
    rest = _YEAR.sub("", re.sub(rf"\b(?:{names})", "", words))
    known = _words_of(language)
    return bool(known.numbers(rest) or known.amounts(rest) or _SHARE.search(rest))


_words_of = cache(Words)


def _undated(plan: Plan, item: Item) -> list[str]:
    """Return that the primary source gives no date, and which other source gives one."""
    if item.deadlines:
        return []
    status = date_status(plan, item)
    if status in ("stated", "inferred"):
        return []
    if status is None or not item.date:
        return [gettext("a date")]
    where = [plan.short(plan[id]) for id in dict.fromkeys(cite.source for cite in item.date_cites)]
    day = f"{item.date.edtf or item.date}"
    if where:
        return [gettext("a date (%(date)s in %(source)s)", date=day, source=where[0])]
    return [gettext("a date (%(date)s)", date=day)]
