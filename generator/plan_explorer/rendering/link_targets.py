"""Look up what the addresses, italics and names of a plan mean."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plan_explorer.model.entities import Entity, Item, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.texts import direction
from plan_explorer.rendering.commonmark import fold_blanks
from plan_explorer.rendering.markdown import SEEN_IN, WHY, unsure_words
from plan_explorer.rendering.page_scope import hue_class
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.views.statements import resting, shown_ids
from plan_explorer.translation import N_, gettext, labelled

HAN = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)
"""A run of Chinese characters, with the punctuation in it."""
NOTHING = r"(?!)"
"""What is found nowhere."""
SILENCES = (
    N_("No summary is given."),
    N_("No relation to another entry is recorded."),
    N_("No page uses it yet"),
)
"""Italics that say that something is missing."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What is at an address: an entity of some kind, its title and code, and the class of its hue."""

    kind: str
    title: str
    code: str = ""
    hue: str = ""
    stated: bool = True
    """Whether the primary source says anything of it, or of what is below it."""

    @property
    def heading(self) -> str:
        """The words that a heading of it begins with."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True)
class Lookup:
    """What the addresses and the italics of a plan mean."""

    targets: Mapping[str, LinkTarget]
    """By address, as ``path.md#anchor``."""
    sources: Mapping[str, str]
    """Pages of sources, and their languages: a link with a title to one is a place that is cited."""
    primary: frozenset[str]
    """Those of the primary source."""
    rests: Mapping[str, frozenset[str]]
    """The addresses of entries of which the primary source says something there, by that of each sentence."""
    words: Mapping[str, tuple[str, str]]
    """Words in italics: their class and their language, either of which may be empty."""
    names: Mapping[str, tuple[str, str]]
    """Names in other languages: the tag of their language, and their direction."""
    silence: str
    """What a line begins with that tells what the primary source leaves open."""
    seen_in: frozenset[str]
    """What a line begins with that tells where a name was seen."""
    han: str
    """The language of Chinese characters in running text."""
    foreign: re.Pattern[str] = field(default=HAN)
    """Finds what is in that language, on pages that are not."""


def lookup(plan: Plan, addresses: Addresses, hues: Mapping[str, int]) -> Lookup:
    """Return what the addresses and the italics of *plan* mean."""
    settings = plan.settings
    pages = {s.id: {*addresses.parts(s), addresses.source(s).path} for s in plan.sources}
    han = settings.han_language
    # Names that mix scripts are one run; the longest first, so that none hides in another.
    mixed = {name.text for each in plan for tag, name in each.name.items() if tag == han} - {""}
    mixed = {name for name in mixed if not HAN.fullmatch(name) and HAN.search(name)}
    longest = [re.escape(name) for name in sorted(mixed, key=lambda name: (-len(name), name))]
    return Lookup(
        {
            **{str(addresses.of(entity)): _target(plan, entity, hues) for entity in plan},
            **dict(_passages(plan, addresses)),
        },
        {path: _language(plan, source) for source in plan.sources for path in sorted(pages[source.id])},
        frozenset(pages[settings.primary]),
        dict(_rests(plan, addresses)),
        dict(_words(plan)),
        dict(_names(plan)),
        fold_blanks(gettext("Not said in %(primary)s:", primary=settings.wording.primary)),
        frozenset(
            fold_blanks(gettext(SEEN_IN, language=each.name)).strip() for each in settings.languages.values()
        ),
        han,
        re.compile(NOTHING if han == settings.language else "|".join([*longest, HAN.pattern])),
    )


def _rests(plan: Plan, addresses: Addresses) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the address of each sentence, and those of the entries that rest on it under the lens."""
    for source in plan.sources:
        for passage in source.passages if source.outline else ():
            under_lens = resting(plan, source, passage)
            for number in range(1, len(passage.sentences) + 1):
                place = str(addresses.passage(source, passage, number))
                yield place, frozenset(str(addresses.of(plan[id])) for id in under_lens.get(number, ()))


def _language(plan: Plan, source: Source) -> str:
    """Return the language of *source* if it has an outline, and is in another language than the pages."""
    return source.language if source.outline and source.language != plan.settings.language else ""


def _target(plan: Plan, entity: Entity, hues: Mapping[str, int]) -> LinkTarget:
    kind = "term" if isinstance(entity, Term) else "source" if isinstance(entity, Source) else "entry"
    kind = "primary" if entity.id == plan.settings.primary else kind
    title, stated = fold_blanks(plan.title(entity)), entity.id in shown_ids(plan)
    if not isinstance(entity, Item):
        return LinkTarget(kind, title, stated=stated)
    return LinkTarget(kind, title, fold_blanks(entity.code or ""), hue_class(hues, entity.id), stated)


def _passages(plan: Plan, addresses: Addresses) -> Iterator[tuple[str, LinkTarget]]:
    for source in plan.sources:
        for passage in source.passages if source.outline else ():
            name, title = addresses.passage_name(source, passage), fold_blanks(passage.title)
            yield str(addresses.passage(source, passage)), LinkTarget("passage", title, fold_blanks(name))


def _names(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every name and variant in another language that is not a name in the first language, too."""
    settings = plan.settings
    first = {name.text for each in plan if (name := each.name.get(settings.language))}
    for entity in plan:
        forms = [(tag, name.text) for tag, name in entity.name.items()]
        if isinstance(entity, Term):
            forms += [(tag, form) for tag, each in entity.variants.items() for form in each]
        for tag, form in forms:
            if tag != settings.language and form not in first:
                yield fold_blanks(form), (tag, direction(tag))


def _words(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what stands in italics, what is rarer first: what comes later wins."""
    languages = plan.settings.languages
    for entity in plan:
        for tag, name in entity.name.items():
            if name.unsure:
                yield fold_blanks(unsure_words(languages[tag].name, name.confidence)), ("px-unsure", "")
            if languages[tag].romanizes:
                yield fold_blanks(name.text), ("px-py", tag)
    yield from ((gettext(text), ("px-none", "")) for text in SILENCES)
    yield gettext(WHY), ("px-because", "")
    for status, text in plan.settings.statuses.items():
        yield fold_blanks(text), (f"px-ev px-ev--{status}", "")


def spoken_name(shown: str, whole: str) -> str:
    """Return how a chip is read out: the *whole* name of a place, beginning with what is *shown*."""
    return whole if whole.startswith(shown) else labelled(shown, whole)
