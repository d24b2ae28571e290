"""Hold what a plan says against the sentences that it cites."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, NamedTuple

from plan_explorer.evidence.ordinary_words import TIMES
from plan_explorer.evidence.ranking import Ranking
from plan_explorer.evidence.texts import Texts
from plan_explorer.evidence.words import (
    BEFORE,
    BEHIND,
    MONEY,
    Words,
    acronyms,
    bare_words,
    denied_clauses,
    denied_phrases,
    denies,
    negations,
    parts,
    plain,
    quotations,
    says_unsaid,
    squeeze,
    tells_silence,
)
from plan_explorer.model.entities import Actor, Term
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation

Finding = Literal["found", "weak", "absent", "unknown"]

CLEARLY = 0.6
"""Another sentence fits clearly better if what is cited reaches less than this part of its score."""

FACTS = (
    (
        re.compile(r"\b(?:date|day|year|deadline|month)s?\b|日期|年份|期限", re.I),
        re.compile(rf"{BEFORE}(?:1[5-9]|20)[0-9]{{2}}{BEHIND}"),
    ),
    (
        re.compile(r"\b(?:figure|number|amount|quantity|percentage)s?\b|数字|数量|数目|比例", re.I),
        re.compile(rf"{BEFORE}(?<![“\"])[0-9][0-9.,]*(?![”\"]){BEHIND}"),
    ),
    (
        re.compile(r"\b(?:sum|cost|price|budget|money)s?\b|金额|费用|价格|预算", re.I),
        MONEY,
    ),
)
"""What a silence may say is missing, and what a text has that gives it."""

MOST = 0.5
"""How much of what a silence says is not said may be there."""

CONTEXT = 0.8
"""What a word of the entry's own name weighs beside one of the statement."""

CLAIMS = ("stated", "background", "disputed")
"""The statuses that need a word of the statement in what it cites, and not of its title alone."""


@dataclass(frozen=True)
class Verdict:
    """How a statement stands to what it cites."""

    ref: StatementRef
    cites: tuple[Citation, ...]
    finding: Finding
    better: str = ""
    """The place of a sentence that fits clearly better."""
    why: str = ""


def held_statements(plan: Plan, sources: Collection[str]) -> Iterator[StatementRef]:
    """Yield every statement that cites a place in one of *sources*."""
    for refs in plan.said.values():
        for ref in refs:
            if any(cite.source in sources and cite.passage for cite in ref.statement.all_cites):
                yield ref


def verify_statements(plan: Plan, texts: Texts) -> list[Verdict]:
    """Return the verdict on every statement that cites a place in a source with an outline."""
    verifier = Verifier(plan, texts)
    outlined = {source.id for source in plan.sources if source.outline}
    return [verifier.verdict(ref) for ref in held_statements(plan, outlined)]


class _Facts(NamedTuple):
    """What a statement is looked for in."""

    squeezed: str
    numbers: set[str]
    units: set[str]
    stems: set[str]
    bare: set[str]
    parts: int
    """How many things may be listed."""


class Verifier:
    """The texts of a plan's sources, ready to be held against its statements."""

    def __init__(self, plan: Plan, texts: Texts) -> None:
        self.plan = plan
        self.texts = texts
        self.words = Words(plan.settings.language)
        self._facts = cache(self._read_facts)  # many statements cite the same sentence

    @cached_property
    def _sentences(self) -> dict[str, dict[str, str]]:
        """The sentences of each source, by place."""
        return {
            source: {
                f"{passage}.{number}": text
                for passage, sentences in passages.items()
                for number, text in enumerate(sentences, 1)
            }
            for source, passages in self.texts.items()
        }

    @cached_property
    def _rankings(self) -> dict[str, Ranking]:
        return {source: Ranking(texts, self.compared) for source, texts in self._sentences.items()}

    # --- words

    @cached_property
    def _forms(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """What terms and actors are called, as stems, by the first of them."""
        forms: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
        for entity in self.plan:
            if isinstance(entity, Actor | Term):
                for words in set(_called(entity)):
                    if stems := tuple(self.words.stems(words)):
                        forms[stems[0]].add((stems, f"={entity.id}"))
        return {first: sorted(each, key=lambda form: -len(form[0])) for first, each in forms.items()}

    def compared(self, text: str) -> list[str]:
        """Return the stems of *text*, and the terms and actors it names in whatever form."""
        stems = self.words.stems(text)
        return [*stems, *dict.fromkeys(id for _, id in self._named(stems))]

    def _named(self, stems: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
        for at, stem in enumerate(stems):
            for form, id in self._forms.get(stem, ()):
                if tuple(stems[at : at + len(form)]) == form:
                    yield form, id

    def _query(self, ref: StatementRef, own: Iterable[str]) -> dict[str, float]:
        """Return the words that a sentence should have, each with its weight."""
        around = f"{self.plan.title(ref.holder)}. {self._target(ref)}"
        return {**dict.fromkeys(self.compared(around), CONTEXT), **dict.fromkeys(own, 1.0)}

    def _target(self, ref: StatementRef) -> str:
        """Return the name of what a relation leads to, if *ref* is of one."""
        if ref.key[0] != "relations":
            return ""
        return self.plan.title(self.plan[ref.holder.relations[int(ref.key[1])].target])

    # --- verdicts

    def verdict(self, ref: StatementRef) -> Verdict:
        """Return how the statement stands to what it cites."""
        cites = tuple(cite for cite in ref.statement.all_cites if cite.passage)
        sources = {cite.source for cite in ref.statement.all_cites}
        known = {source for source in sources if source in self.texts}
        if not known:
            return Verdict(ref, cites, "unknown", why="the text is not at hand")
        if other := self._other_language(known):
            if year := self._missing_year(ref, cites, known, sources):
                return Verdict(ref, cites, "absent", why=f"the year {year} is not there")
            return Verdict(ref, cites, "unknown", why=f"the text is in another language: {other}")
        return self._held(ref, cites, known, known == sources)

    def _other_language(self, sources: Iterable[str]) -> str:
        for id in sorted(sources):
            language = self.plan.source(id).language
            if language and language.split("-")[0] != self.plan.settings.language.split("-")[0]:
                return language
        return ""

    def _missing_year(
        self, ref: StatementRef, cites: tuple[Citation, ...], known: set[str], sources: set[str]
    ) -> str:
        """Return a year of a statement that sentences in another language do not have."""
        places = [(source, place) for source in sorted(known) for place in self._places(cites, source)]
        text = " ".join(self._sentences[source][place] for source, place in places)
        if known != sources or "〇" in text:  # years may be written in characters
            return ""
        there = set(re.findall(r"[0-9]{4}", plain(text)))
        years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", plain(said_by(ref)))
        return next((year for year in years if year not in there), "")

    def _held(self, ref: StatementRef, cites: tuple[Citation, ...], known: set[str], whole: bool) -> Verdict:
        """Return the verdict; *whole* says whether the texts of all sources cited are known."""
        places = {source: self._places(cites, source) for source in sorted(known)}
        cited = tuple(self._sentences[source][place] for source, group in places.items() for place in group)
        said, status = said_by(ref), ref.statement.status
        own = self.compared(said or self._target(ref))
        if status == "silence" and (why := self._broken_silence(said, cited)):
            return Verdict(ref, cites, "weak", why=why)
        if status in CLAIMS and said and squeeze(said) in map(squeeze, cited):
            return Verdict(ref, cites, "found")  # it is the sentence itself
        if status == "stated" and says_unsaid(said):
            return Verdict(ref, cites, "weak", why="it says what is left unsaid: write 'status: silence'")
        if whole and status != "silence" and (why := self._missing(said, cited, about=status == "wording")):
            return Verdict(ref, cites, "absent", self._better(ref, own, places), why)
        reason = ref.statement.reason
        if reason and (why := self._missing(reason, self._all(known), about=True)):
            return Verdict(ref, cites, "absent", why=f"in the reason, {why}")
        if status == "wording" and quotations(said):
            return Verdict(ref, cites, "found")
        must = own if said and status in CLAIMS and not tells_silence(said) else self._query(ref, own)
        if whole and status != "silence" and not self._shared(must, places):
            finding: Finding = "weak" if status == "wording" else "absent"
            return Verdict(ref, cites, finding, self._better(ref, own, places), "no word is shared")
        if better := self._better(ref, own, places):
            return Verdict(ref, cites, "weak", better, f"{better} fits clearly better")
        if status == "stated" and (why := self._negated(said, cited)):
            return Verdict(ref, cites, "weak", why=why)
        if whole and status != "silence" and (why := self._missing_first(said, cited)):
            return Verdict(ref, cites, "absent", why=why)
        return Verdict(ref, cites, "found")

    def _shared(self, words: Iterable[str], places: Mapping[str, Sequence[str]]) -> bool:
        """Return whether any of *words* stands in one of the sentences at *places*."""
        bags = [self._rankings[source].bags[place] for source, group in places.items() for place in group]
        return any(word in bag for word in words for bag in bags)

    def _places(self, cites: Iterable[Citation], source: str) -> list[str]:
        passages = self.texts[source]
        places: dict[str, None] = {}
        for cite in cites:
            if cite.source == source and cite.passage in passages:
                numbers = cite.sentences or range(1, len(passages[cite.passage]) + 1)
                places |= dict.fromkeys(f"{cite.passage}.{number}" for number in numbers)
        return [place for place in places if place in self._sentences[source]]

    def _all(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Return every sentence of *sources*."""
        return tuple(text for source in sorted(sources) for text in self._sentences[source].values())

    def _better(self, ref: StatementRef, own: Iterable[str], places: Mapping[str, Sequence[str]]) -> str:
        """Return the place of a sentence that fits clearly better than all that are cited, or ""."""
        query = self._query(ref, own)
        best, reached, where = 0.0, 0.0, ""
        for source, cited in places.items():
            scores = self._rankings[source].scores(query)
            reached = max(reached, self._rankings[source].joint_score(query, cited))
            other = max((place for place in scores if place not in cited), key=scores.__getitem__, default="")
            if other and scores[other] > best:
                best, where = scores[other], f"{source} {other}"
        return where if reached < CLEARLY * best else ""

    # --- rules

    def _missing(self, said: str, cited: tuple[str, ...], *, about: bool = False) -> str:
        """Return which number, acronym, name or quotation of a statement is not in what it cites.

        What is said *about* the text may count its words, and quote how else they can be told.
        """
        there = self._facts(cited)
        spans = quotations(said)
        if about and any(squeeze(span) in there.squeezed for span in spans):
            spans = [span for span in spans if span.isascii() and squeeze(span) not in self._spellings]
        for span in spans:
            if squeeze(span) not in there.squeezed:
                return f"“{span}” is not quoted from there"
        said = self._place_names.sub(" ", said)
        for number, written in self.words.numbers(said).items():
            if number not in there.numbers and not (about and number in ("half", "twice", "double")):
                return f"the number {written} is not there"
        for amount, unit in self.words.amounts(said):
            if unit not in there.units and not there.stems.issuperset(self.words.stems(unit)):
                return f"{amount} {unit} is not there"
        for count in () if about else self.words.counts(said):
            if count.number not in there.numbers and int(count.number) > there.parts:
                return f"the number {count.word} is not there, and fewer things are listed"
        for acronym in acronyms(said):
            if acronym.casefold() not in there.bare:
                return f"{acronym} is not there"
        if names := self.words.names(said):
            known = there.stems | self._excused(said, there.stems) | self._common
            for name in names:
                if not known.issuperset(self.words.stems(name)):
                    return _not_there(name)
        return ""

    def _missing_first(self, said: str, cited: tuple[str, ...]) -> str:
        """Return which first word of a sentence is a name that is not in what it cites."""
        there = self._facts(cited).stems
        for word in self.words.first_words(self._place_names.sub(" ", said)):
            stems = self.words.stems(word)
            if not stems or not stems[0].isalpha():
                continue
            if there.issuperset(stems) or self._lower.issuperset(stems):
                continue
            if not self._common.union(self._excused(said, there)).issuperset(stems):
                return _not_there(word)
        return ""

    def _read_facts(self, cited: tuple[str, ...]) -> _Facts:
        text = "\n".join(cited)
        return _Facts(
            squeeze(text),
            {*self.words.numbers(text), *(count.number for count in self.words.counts(text))},
            {unit for _, unit in self.words.amounts(text)},
            set(self.words.stems(text)),
            bare_words(text),
            max(parts(text), len(cited)),
        )

    @cached_property
    def _place_names(self) -> re.Pattern[str]:
        """What names a section, passage or sentence by its number."""
        nouns = {"section", "part", "chapter"}
        closed: set[tuple[str, str]] = set()
        for source in self.plan.sources:
            for scheme in (source.passage, source.sentence):
                nouns |= {scheme.long, scheme.plural or scheme.long}
                if scheme.close:
                    closed.add((scheme.short, scheme.close))
        among = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
        more = r"\d+(?:(?:\s*[,–-]\s*|\s+(?:and|to|or)\s+)\d+)*"
        signs = "".join(f"|{re.escape(sign)}{more}{re.escape(end)}" for sign, end in sorted(closed))
        return re.compile(rf"\b(?:{among})s?\s+{more}{signs}", re.I)

    @cached_property
    def _common(self) -> set[str]:
        """The stems of words that a text has without a capital, too, so that they are no names."""
        texts = (text for sentences in self._sentences.values() for text in sentences.values())
        words = {word for text in texts for word in text.split() if word[:1].islower()}
        return {stem for word in words for stem in self.words.stems(word)}

    @cached_property
    def _spellings(self) -> set[str]:
        """What terms and actors are called, as quotations are looked for."""
        named = (entity for entity in self.plan if isinstance(entity, Actor | Term))
        return {squeeze(form) for entity in named for form in _called(entity)}

    @cached_property
    def _lower(self) -> set[str]:
        """The stems of words that the plan itself has without a capital."""
        said = (said_by(ref) for refs in self.plan.said.values() for ref in refs)
        words = {word.strip(".,;:()“”’") for text in said for word in text.split() if word[:1].islower()}
        return {stem for word in words for stem in self.words.stems(word)}

    def _excused(self, said: str, there: set[str]) -> set[str]:
        """Return the stems of names that what is cited has in another form, or that name the plan itself."""
        named = {id for _, id in self._named(list(there))}
        other = {stem for form, id in self._named(self.words.stems(said)) if id in named for stem in form}
        return other | self._own_names

    @cached_property
    def _own_names(self) -> set[str]:
        wording = self.plan.settings.wording
        subject = self.plan.title(self.plan[self.plan.settings.id])
        languages = " ".join(language.name for language in self.plan.settings.languages.values())
        return set(self.words.stems(f"{wording.primary} {wording.plan} {subject} {languages}"))

    def _broken_silence(self, said: str, cited: tuple[str, ...]) -> str:
        """Return what a silence names although it is there."""
        there = self._facts(cited)
        for span in (*quotations(said), *acronyms(said)):
            if squeeze(span) in there.squeezed:
                return f"{span} is there"
        for number, written in self.words.numbers(self._place_names.sub(" ", said)).items():
            if number in there.numbers:
                return f"the number {written} is there"
        text = "\n".join(cited)
        named = {id for _, id in self._named(self.words.stems(text))} & self._proper_names
        for phrase in denied_phrases(said):
            for kind, fact in FACTS:
                if kind.search(phrase) and (given := fact.search(text)):
                    return f"“{given[0]}” is there"
            for form, id in self._named(self.words.stems(phrase)):
                if id in named:
                    return f"{' '.join(form)} is named there"
            names = dict.fromkeys([*self.words.first_words(phrase), *self.words.names(phrase)])
            if names and all(re.search(rf"\b{re.escape(name)}\b", text) for name in names):
                return f"{' '.join(names)} is named there"
        for clause in denied_clauses(said):
            denied = set(self.words.stems(clause))
            if len(denied) > 1 and len(denied & there.stems) >= MOST * len(denied):
                return "what it says is not said is there"
        return ""

    @cached_property
    def _proper_names(self) -> set[str]:
        """Actors whose names are proper ones, and not those of a group such as 'the regions'."""
        names = {actor.id: self.plan.title(actor).split() for actor in self.plan.actors}
        return {f"={id}" for id, words in names.items() if sum(word[:1].isupper() for word in words) > 1}

    def _negated(self, said: str, cited: Sequence[str]) -> str:
        """Return which negation stands on one side only."""
        if tells_silence(said):
            return ""
        text = "\n".join(cited)
        if negations(said) and not denies(text, self.words.language):
            return "the statement denies, and what it cites does not"
        if not denies(said, self.words.language):
            own = set(self.words.stems(said))
            for each in negations(text):
                denied = self.words.stems(each)[:3]
                if len(own.intersection(denied)) > 1:
                    return f"what it cites denies: “{' '.join(each.split()[:4])} …”"
        return ""


def _not_there(word: str) -> str:
    """Return that a word with a capital is not in what is cited."""
    return f"{word} is not there" if word.casefold() in TIMES else f"the name {word} is not there"


def said_by(ref: StatementRef) -> str:
    """Return the words of a statement, and of its sides."""
    return " ".join([ref.statement.words, *(side.words for side in ref.statement.sides)]).strip()


def _called(entity: Actor | Term) -> Iterator[str]:
    for names in (entity.name, entity.short):
        yield from (name.text for name in names.values())
    if isinstance(entity, Term):
        for forms in entity.variants.values():
            yield from forms
        for wording in entity.wordings:
            yield from quotations(wording.words)
