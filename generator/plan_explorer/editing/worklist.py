"""Collect what is left to do for a plan."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plan_explorer.checking import quality
from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.document import Key
from plan_explorer.editing.read_again import ReadAgain, find_read_again
from plan_explorer.editing.reviews import Review, State, review_states
from plan_explorer.editing.translations import Translation
from plan_explorer.model.entities import Actor, Event, Item, Source, Term
from plan_explorer.model.indicators import is_figure
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.translation import missing_messages

MAX_SENTENCE_WORDS = 35
"""The default number of words above which a sentence is long."""

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


QUALITY_RULES = (
    ("languages", "Names missing in a language", "plan.yaml expects them.", quality.find_missing_names),
    (
        "unused",
        "Terms that are never used",
        "No text, relation or wording uses them.",
        quality.find_unused_terms,
    ),
    (
        "unreferred",
        "Actors and events that nothing refers to",
        "They have no relations and do not cite the primary source.",
        quality.find_unreferred,
    ),
)
"""Sections whose items are warnings: id, title, note and rule."""


@dataclass(frozen=True)
class WorklistItem:
    """One thing to do."""

    place: Location
    entry: str
    """The id of the entry concerned."""
    text: str


@dataclass(frozen=True)
class WorklistSection:
    """Things to do for the same reason."""

    id: str
    title: str
    note: str
    items: tuple[WorklistItem, ...]


def worklist(
    plan: Plan,
    reviews: Collection[Review],
    long: int = MAX_SENTENCE_WORDS,
    read_again: Collection[ReadAgain] = (),
    editions: Mapping[str, Plan] = MappingProxyType({}),
    stale: Iterable[Translation] = (),
) -> list[WorklistSection]:
    """Return all sections of the worklist of *plan*.

    Args:
        plan: the plan.
        reviews: the statements that were compared with their sources.
        long: the number of words above which a sentence is long.
        read_again: the reasons that were written about an entry that is gone.
        editions: the plan as it is told in other languages.
        stale: the translations whose originals have changed.
    """
    return [
        WorklistSection(
            "read-again",
            "Reasons that were written about another entry",
            "That entry is gone. Reword them, or accept them with 'plan-explorer review --accept ID'.",
            tuple(_read_again(plan, read_again)),
        ),
        _coverage_section(plan),
        *_quality(plan),
        WorklistSection(
            "unfinished",
            "Entries that say nothing yet",
            "They have a name but no summary.",
            tuple(_unfinished(plan)),
        ),
        *_reviewed(plan, reviews),
        *_wording(plan, long),
        *(_untranslated(edition) for edition in editions.values()),
        WorklistSection(
            "stale",
            "Translations whose original has changed",
            "Mend them, or accept them with 'plan-explorer review --accept ID'.",
            tuple(
                WorklistItem(each.document.locate(each.key), "", f"{each.pair.language}: {each.words}")
                for each in stale
            ),
        ),
    ]


def _untranslated(edition: Plan) -> WorklistSection:
    language = edition.settings.language
    refs = [each for refs in edition.said.values() for each in refs if each.statement.text]
    written = [each for each in refs if not is_figure(each.key) and each.key[0] != "wordings"]
    missing = [each for each in written if each.statement.language]
    lacking = len(missing_messages(language))
    note = f"{len(refs) - len(missing)} of {len(refs)} statements are told in {language}."
    if lacking:
        note += f" {lacking} messages of the interface are said in English: words/{language}.po lacks them."
    items = tuple(_item_at(edition, ref, ref.statement.words) for ref in missing)
    return WorklistSection(
        f"untranslated-{language}", f"Statements that are not told in {language}", note, items
    )


def _wording(plan: Plan, long: int) -> Iterator[WorklistSection]:
    said = (each for statements in plan.said.values() for each in statements if each.statement.text)
    refs = [each for each in said if not is_figure(each.key)]  # a value is measured by one source
    yield WorklistSection(
        "one-source",
        "Statements from outside the primary source that cite only one source",
        "The primary source needs no other; background is safer with a second source.",
        tuple(
            _item_at(plan, ref, f"cites only {source}") for ref in refs if (source := _only_source(plan, ref))
        ),
    )
    known = [ref for ref in refs if ref.statement.status == "known"]
    yield WorklistSection(
        "known",
        "General knowledge without a document",
        f"{len(known)} statements have no source; those with a year in them come first.",
        tuple(_item_at(plan, ref, ref.statement.words) for ref in sorted(known, key=_undated)),
    )
    yield WorklistSection(
        "long",
        "Long sentences",
        f"They have more than {long} words.",
        tuple(item for ref in refs for item in _long(plan, ref, long)),
    )
    yield WorklistSection(
        "loaded",
        "Loaded words",
        "plan.yaml lists them under 'loaded_words'; quotations are ignored.",
        tuple(item for ref in refs for item in _loaded(plan, ref)),
    )


def _item(plan: Plan, id: str, text: str, key: Key = ()) -> WorklistItem:
    """Return what to do at *key* of the entry *id*."""
    entry = plan.entries[id]
    return WorklistItem(entry.document.locate((*entry.key, *key)), id, text)


def _item_at(plan: Plan, ref: StatementRef, text: str) -> WorklistItem:
    document, key = plan.written(ref)
    return WorklistItem(document.locate(key), ref.holder.id, text)


def _read_again(plan: Plan, reasons: Collection[ReadAgain]) -> Iterator[WorklistItem]:
    for holder, at, each in find_read_again(plan, reasons):
        relation = holder.relations[at]
        text = f"{relation.kind} {relation.target}, written about '{each.gone}': {relation.says.words}"
        yield _item(plan, holder.id, text, ("relations", at))


# --- coverage


def _coverage(plan: Plan) -> Iterator[WorklistItem]:
    source = plan.primary
    for at, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            cited = plan.covered(source)[passage.id]
            framed = passage.frame.keys() - cited
            total = range(1, len(passage.sentences) + 1)
            missing = [sentence for sentence in total if sentence not in cited and sentence not in framed]
            text = f"{passage.id}: {len(cited)} of {len(total)} sentences are cited"
            text += f", {len(framed)} only frame" if framed else ""
            text += f"; not cited: {', '.join(map(str, missing))}" if missing else ""
            yield _item(plan, source.id, text, ("outline", at, "passages", number))


def _coverage_section(plan: Plan) -> WorklistSection:
    cited = sum(len(each) for each in plan.covered(plan.primary).values())
    total = sum(len(passage.sentences) for passage in plan.primary.passages)
    note = f"{cited} of {total} sentences of '{plan.primary.id}' are cited."
    return WorklistSection("coverage", "Coverage, passage by passage", note, tuple(_coverage(plan)))


# --- names and terms


def _quality(plan: Plan) -> Iterator[WorklistSection]:
    yield WorklistSection(
        "unsure", "Uncertain names", "A parallel text may settle them.", tuple(_unsure(plan))
    )
    yield WorklistSection(
        "unseen",
        "Names that are neither marked nor seen",
        "Say under 'seen' where a name was read, or under 'confidence' that it is yours.",
        tuple(_unseen(plan)),
    )
    for id, title, note, find in QUALITY_RULES:
        items = (WorklistItem(each.location, _entry_at(plan, each), each.message) for each in find(plan))
        yield WorklistSection(id, title, note, tuple(items))


def _entry_at(plan: Plan, problem: Problem) -> str:
    return next((word for word in re.findall(r"'([a-z0-9-]+)'", problem.message) if word in plan), "")


def _unsure(plan: Plan) -> Iterator[WorklistItem]:
    for entity in plan:
        for tag, name in entity.name.items():
            if name.unsure:
                basis = f": {' '.join(name.basis.split())}" if name.basis else ", with no basis given"
                text = f"{name.text} ({tag}) is {name.confidence}{basis}"
                yield _item(plan, entity.id, text, ("name", tag))


def _unseen(plan: Plan) -> Iterator[WorklistItem]:
    settings = plan.settings
    for entity in plan:
        for tag, name in entity.name.items():
            foreign = tag != settings.language and not settings.languages[tag].romanizes
            if foreign and not name.seen and not name.unsure:
                yield _item(plan, entity.id, f"{name.text} ({tag}) is {name.confidence}", ("name", tag))


def _unfinished(plan: Plan) -> Iterator[WorklistItem]:
    for entity in plan:
        if isinstance(entity, Item | Actor | Event | Term) and not entity.summary and not entity.statements:
            yield _item(plan, entity.id, f"'{plan.title(entity)}' has no summary")


# --- reviews


def _reviewed(plan: Plan, reviews: Collection[Review]) -> Iterator[WorklistSection]:
    by_state: dict[State, list[StatementRef]] = defaultdict(list)
    for ref, state in review_states(plan, reviews):
        by_state[state].append(ref)
    done, total = len(by_state["reviewed"]), sum(map(len, by_state.values()))
    note = f"{done} of {total} statements are reviewed; 'plan-explorer review --accept ID' records a review."
    yield WorklistSection(
        "source-changed",
        "Statements whose sources have changed since they were reviewed",
        note,
        tuple(_item_at(plan, ref, f"cites {_cited(ref)}") for ref in by_state["source-changed"]),
    )
    yield WorklistSection(
        "text-changed",
        "Statements reworded since their entry was reviewed",
        "Compare them with their sources again.",
        tuple(_item_at(plan, ref, ref.statement.words or _cited(ref)) for ref in by_state["text-changed"]),
    )
    unreviewed = Counter(ref.holder.id for ref in by_state["never"])
    yield WorklistSection(
        "never-reviewed",
        "Entries with unreviewed statements",
        "Compare them with their sources and accept them.",
        tuple(
            _item(plan, id, f"{number} of {len(plan.said[id])} statements")
            for id, number in unreviewed.items()
        ),
    )


def _cited(ref: StatementRef) -> str:
    return "; ".join(map(str, ref.statement.all_cites))


# --- wording


def _only_source(plan: Plan, ref: StatementRef) -> str:
    """Return the only source if not primary, else ""."""
    sources = {citation.source for citation in ref.statement.all_cites}
    if len(sources) != 1 or plan.settings.primary in sources or isinstance(ref.holder, Source):
        return ""
    return next(iter(sources))


def _undated(ref: StatementRef) -> bool:
    """Return whether a statement names no year."""
    return not _YEAR.search(ref.statement.words)


def _long(plan: Plan, ref: StatementRef, limit: int) -> Iterator[WorklistItem]:
    for sentence in _SENTENCE.split(ref.statement.words):
        words = sentence.split()
        if len(words) > limit:
            yield _item_at(plan, ref, f"{len(words)} words: {' '.join(words[:8])} …")


def _loaded(plan: Plan, ref: StatementRef) -> Iterator[WorklistItem]:
    words = _QUOTED.sub(" ", ref.statement.words)
    for loaded in plan.settings.loaded_words:
        if match := re.search(rf"(?<!\w){re.escape(loaded)}(?!\w)", words, re.IGNORECASE):
            around = " ".join(words[max(match.start() - 30, 0) : match.end() + 30].split())
            yield _item_at(plan, ref, f"'{loaded}' in: … {around} …")
